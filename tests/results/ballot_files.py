"""Votes out of nothing, for those who write files of ballots and read them again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from workshop import rules
from workshop.models import Exercise, Response, Side, Workshop
from workshop.results import recount
from workshop.results.counting import Result

SEAL = "5ea1" * 16


def exercise(**facts: Any) -> Exercise:
    workshop = Workshop(code="K74M2P", title="Town centre", simulated=False, opened_at=1_573_776_000)
    plain: dict[str, Any] = {"number": 1, "prompt": "What matters?", "phase": "discuss", "allowance": 8}
    sides = [Side(key="yes", place=1, sign="tick"), Side(key="no", place=2, sign="cross")]
    return Exercise(workshop=workshop, **{"sides": sides, "totals": "hidden", "revealed": True} | plain | facts)


def result(ballots: Sequence[rules.Marks], responses: int = 4, **facts: Any) -> Result:
    """What some ballots come to; odd responses are under YES."""
    numbers = range(1, responses + 1)
    standings = rules.standings_of(ballots, numbers)
    used = sum(each.dots for each in standings)
    plain: dict[str, Any] = {
        "standings": standings,
        "responses": {n: Response(number=n, side="yes" if n % 2 else "no", text=f"Response {n}") for n in numbers},
        "merged": {},
        "allowance": 8,
        "joined": len(ballots),
        "people": len(ballots),
        "on_paper": 0,
        "in_ballots": used,
        "in_tally": used,
        "provisional": False,
        "ballots": ballots,
    }
    return Result(**plain | facts)


def written(ballots: Sequence[rules.Marks], responses: int = 4, **facts: Any) -> bytes:
    return recount.write(exercise(**facts), result(ballots, responses), SEAL)


def told(ballots: Sequence[rules.Marks], responses: int = 4, **facts: Any) -> Any:
    """The file as JSON."""
    return json.loads(written(ballots, responses, **facts))


def spend(responses: Sequence[int]) -> dict[int, int]:
    """A ballot of one dot on each of these, several times on the same."""
    return {number: responses.count(number) for number in sorted(responses)}


votes = st.integers(1, 6).flatmap(
    lambda responses: st.tuples(
        st.lists(st.lists(st.integers(1, responses), min_size=1, max_size=8).map(spend), max_size=9),
        st.just(responses),
    )
)
"""(ballots, how many responses there are)"""

"""Results made of ballots as one writes them down, without a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workshop import rules
from workshop.models import Exercise, Response, Theme
from workshop.results.counting import Result
from workshop.results.cutting import cut_of, draw


def exercise(cut: int | None = None, share: int | None = None, run_off_of: int | None = None) -> Exercise:
    return Exercise(number=1, cut=cut, cut_share=share, run_off_of=run_off_of, phase="discuss", revealed=True)


def result(
    *ballots: Mapping[int, int],
    of: int = 3,
    cut: int | None = None,
    share: int | None = None,
    themes: Mapping[int, int] | None = None,
    named: Sequence[str] = (),
) -> Result:
    """The result of an exercise with the responses R1, R2 … to `of`. `themes` says the theme of each response that has
    one, and `named` what the themes 1, 2 … are called.
    """
    responses = {
        number: Response(number=number, side="yes", text=f"Idea {number}", theme=(themes or {}).get(number))
        for number in range(1, of + 1)
    }
    standings = rules.standings_of(ballots, responses)
    cut = cut_of(cut, share, standings)
    dots = sum(each.dots for each in standings)
    people = sum(any(ballot.values()) for ballot in ballots)
    return Result(
        standings,
        responses,
        {},
        allowance=8,
        joined=len(ballots),
        people=people,
        on_paper=0,
        in_ballots=dots,
        in_tally=dots,
        provisional=False,
        ballots=ballots,
        line=None if cut is None else draw(standings, cut),
        themes={number: Theme(number=number, name=name) for number, name in enumerate(named, start=1)},
    )

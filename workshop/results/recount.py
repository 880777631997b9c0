"""The file of ballots, from which anybody can count again, and its fingerprint.

What may change after the reveal without changing the vote is not in it (themes, notes, the line, the phase), so that
the fingerprint that was shown at the reveal stays that of the file. Nor is anything that leads to a person: no times,
no authors, no names, no numbers of participants; and the order of the ballots follows from what they hold.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop import rules
from workshop.errors import N_, NotNow
from workshop.models import Exercise, Link, Side
from workshop.results.counting import Result

FORMAT = "Eight Dots ballots"
VERSION = 1


def check_taken_away(exercise: Exercise, result: Result, *, by_groups: bool, sure: bool) -> None:
    """Raise `NotNow` where there was no vote, while dots can still move, before the reveal, with the code
    `lenses_shown` where the result is shown `by_groups`, and with `few_voters` where there are few ballots and somebody
    is not sure.
    """
    if not exercise.has_results:
        raise NotNow(N_("There are no ballots: no vote was taken."), code="no_results")
    if result.provisional:
        raise NotNow(N_("Ballots can be taken away once voting has closed."), code="voting_not_closed")
    if not exercise.revealed:
        raise NotNow(N_("Ballots can be taken away once the result has been revealed."), code="not_revealed")
    if by_groups:
        raise NotNow(
            N_(
                "This result is shown by groups of people, so its ballots are not given away: held against that table, "
                "they would tell what is hidden in it, and which group a ballot comes from."
            ),
            code="lenses_shown",
        )
    if result.people > 0 and result.is_of_few and not sure:
        raise NotNow(
            N_("Fewer than ten people voted. Whoever reads their ballots may guess whose they are."), code="few_voters"
        )


def fingerprint_of(session: Session, exercise: Exercise, result: Result) -> str:
    """The fingerprint of the file of ballots of a counted exercise."""
    return fingerprint(written(session, exercise, result))


def fingerprint(file: bytes) -> str:
    """What tells a file from every other: its SHA-256 in hexadecimal, as `sha256sum` prints it."""
    return hashlib.sha256(file).hexdigest()


def written(session: Session, exercise: Exercise, result: Result) -> bytes:
    """The file of ballots of a counted exercise: the same bytes whenever its vote is the same."""
    return write(exercise, result, seal_of(session, exercise))


def seal_of(session: Session, exercise: Exercise) -> str:
    """A secret that only the file holds, always the same for an exercise.

    There are few ballots, and each is small: without it, whoever knows a fingerprint could try out ballots until it
    fits. It is made from the nonce of the workshop's first link, which is as random and is never taken away.
    """
    first = select(Link.nonce).where(Link.workshop_id == exercise.workshop_id, Link.role == "facilitator")
    nonce = session.scalars(first.order_by(Link.id).limit(1)).one()
    return hashlib.sha256(f"ballots {nonce} {exercise.number}".encode()).hexdigest()


def write(exercise: Exercise, result: Result, seal: str) -> bytes:
    """The bytes of the file: JSON with a line for each response and each ballot."""
    return _json(
        {
            "format": FORMAT,
            "version": VERSION,
            "workshop": {
                "title": exercise.workshop.title,
                "code": exercise.workshop.code,
                "simulated": exercise.workshop.simulated,
            },
            "exercise": {
                "number": exercise.number,
                "prompt": exercise.prompts or exercise.prompt,
                "allowance": exercise.allowance,
                "most_per_response": exercise.most_per_response,
                "run_off_of": exercise.run_off_of,
            },
            "columns": [_column(side) for side in exercise.sides],
            "responses": [
                {
                    "number": number,
                    "side": response.side,
                    "text": response.text,
                    "merged": sorted(each.number for each in result.merged.get(number, ())),
                }
                for number, response in sorted(result.responses.items())
            ],
            "on_paper": result.on_paper,
            "ballots": [
                {f"R{number}": dots for number, dots in sorted(ballot.items())} for ballot in mixed(result.ballots)
            ],
            "tally": [
                {"number": each.response, "dots": each.dots, "people": each.people}
                for each in sorted(result.standings, key=lambda each: each.response)
            ],
            "seal": seal,
        }
    ).encode()


def mixed(ballots: Sequence[rules.Marks]) -> list[rules.Marks]:
    """Ballots in an order that follows from all of them together, and so says nothing about any.

    Only `random()` is promised to give the same numbers in every version of Python, so no `shuffle`.
    """
    ordered = sorted(ballots, key=_marks)
    seed = hashlib.sha256(repr([_marks(ballot) for ballot in ordered]).encode()).digest()
    chance = random.Random(int.from_bytes(seed))  # noqa: S311 – it is to be foreseen
    keyed = [(chance.random(), ballot) for ballot in ordered]
    return [ballot for _, ballot in sorted(keyed, key=lambda pair: pair[0])]


def _marks(ballot: rules.Marks) -> list[tuple[int, int]]:
    return sorted(ballot.items())


def _column(side: Side) -> dict[str, Any]:
    named = {"yes": "YES", "no": "NO"}.get(side.key)
    return {"side": side.key, "name": side.name or named, "allowance": side.allowance}


def _json(document: Mapping[str, Any]) -> str:
    """JSON for people, too: each member on a line, and each row of a list on one of its own."""
    members = [f"  {json.dumps(name)}: {_rows(value)}" for name, value in document.items()]
    return "{\n" + ",\n".join(members) + "\n}\n"


def _rows(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return json.dumps(value, ensure_ascii=False)
    rows = ",\n".join(f"    {json.dumps(row, ensure_ascii=False)}" for row in value)
    return f"[\n{rows}\n  ]"

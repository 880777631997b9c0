"""Responses that the facilitator brings along as a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.actions.gathering import next_number
from workshop.actions.history import By, made, record
from workshop.actions.hosting import find_exercise
from workshop.agenda import PlannedSide
from workshop.agenda.lists import Line
from workshop.errors import N_, NotNow, Unacceptable
from workshop.models import Exercise, Response
from workshop.store import Store

Reading = Callable[[Sequence[PlannedSide], int], list[Line]]
"""Reads a list for an exercise with these columns and so long responses at the most."""


class Listed(NamedTuple):
    """What became of a list."""

    added: int
    there_already: int
    entry: int | None
    """In the history."""


def list_responses(store: Store, workshop_id: int, number: int, read: Reading, *, by: By) -> Listed:
    """Add a list of responses in draft or while responses are gathered: all of it, or nothing where a line is wrong.

    What stands in its column already, letter for letter but for capitals, is not added again. To undo it is to withdraw
    what was added.
    """
    with store.change(workshop_id) as session:
        exercise = find_exercise(session, workshop_id, number)
        if exercise.phase not in ("draft", "gather"):
            raise NotNow(N_("Responses are closed. Go back to gathering to add some."), code="not_gathering")
        sides = [PlannedSide(each.key, each.name, each.sign, name_in=each.name_in) for each in exercise.sides]
        lines = read(sides, exercise.longest)
        if not lines:
            raise Unacceptable(N_("There is no response in this list."), code="list")
        new = _new(session, exercise, lines)
        if not new:
            return Listed(0, len(lines), None)
        first = next_number(session, exercise, len(new))
        rows = [
            Response(exercise_id=exercise.id, number=place, side=each.side, text=each.text, op=f"list-{place}")
            for place, each in enumerate(new, start=first)
        ]
        session.add_all(rows)
        session.flush()
        for row in rows:
            made(row, state="withdrawn")
        last = first + len(new) - 1
        span = f"R{first}" if last == first else f"R{first}–R{last}"
        entry = record(session, workshop_id, by, "list_responses", exercise=number, responses=span)
        return Listed(len(new), len(lines) - len(new), entry)


def _new(session: Session, exercise: Exercise, lines: Sequence[Line]) -> list[Line]:
    """The lines that are not there yet, each once."""
    there = session.execute(
        select(Response.side, Response.text).where(Response.exercise_id == exercise.id, Response.state != "withdrawn")
    )
    known = {(side, text.casefold()) for side, text in there}
    new = []
    for line in lines:
        if (line.side, line.text.casefold()) not in known:
            known.add((line.side, line.text.casefold()))
            new.append(line)
    return new

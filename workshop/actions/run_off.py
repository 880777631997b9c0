"""A run-off: a vote among exactly the responses that tie across the line, for the places that are left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop import rules
from workshop.actions.history import By, made, put, record
from workshop.actions.hosting import check_on, find_exercise
from workshop.errors import N_, NotNow
from workshop.models import Exercise, Response, Side, Workshop
from workshop.results import counting, cutting
from workshop.results.cutting import Line
from workshop.store import Store


def start_run_off(store: Store, workshop_id: int, number: int, *, by: By) -> tuple[int, int | None]:
    """Start the run-off of an exercise, and open its vote. Returns its number, and the entry in the history; undoing
    that goes back to the exercise.

    Raises `NotNow` where there is no tie to settle, or where the run-off was started already.
    """
    with store.change(workshop_id) as session:
        exercise = find_exercise(session, workshop_id, number)
        line = _tie_across(session, exercise)
        workshop = session.get_one(Workshop, workshop_id)
        tied = session.scalars(
            select(Response).where(Response.exercise_id == exercise.id, Response.number.in_(line.tied))
        ).all()
        run_off = _new_run_off(exercise, line, tied)
        run_off.number = max(each.number for each in workshop.all_exercises) + 1
        for each in workshop.exercises:
            if each.place > exercise.place:
                put(each, place=each.place + 1)
        session.add(run_off)
        made(run_off, removed=True)
        session.expire(workshop, ["all_exercises"])
        session.add_all(_copies(tied, run_off))
        exercise.clear_timer()
        put(workshop, on=run_off.number)
        subject: dict[str, Any] = {"run_off": run_off.number, "responses": list(line.tied)}
        return run_off.number, record(session, workshop_id, by, "start_run_off", exercise=number, **subject)


def return_from_run_off(store: Store, workshop_id: int, number: int, *, by: By) -> tuple[int, int | None]:
    """Go back to the exercise whose tie a run-off has settled. Returns its number and the entry in the history."""
    with store.change(workshop_id) as session:
        run_off = find_exercise(session, workshop_id, number)
        if run_off.run_off_of is None:
            raise NotNow(N_("This exercise is no run-off."), code="no_run_off")
        check_on(run_off)
        if not run_off.revealed:
            raise NotNow(N_("Reveal the results first."), code="not_revealed")
        former = find_exercise(session, workshop_id, run_off.run_off_of)
        run_off.clear_timer()
        put(session.get_one(Workshop, workshop_id), on=former.number)
        return former.number, record(session, workshop_id, by, "return_from_run_off", exercise=number)


def _tie_across(session: Session, exercise: Exercise) -> Line:
    """The line of an exercise, if there is a tie across it that nobody has begun to settle."""
    # Asked first: of two who press at once, the second is told what the first has done.
    if not exercise.is_on and any(each.run_off_of == exercise.number for each in exercise.workshop.exercises):
        raise NotNow(N_("The run-off has been started already."), code="run_off_started")
    check_on(exercise)
    if not exercise.revealed:
        raise NotNow(N_("Reveal the results first."), code="not_revealed")
    line = counting.count(session, exercise).line
    if line is None or not line.tied:
        raise NotNow(N_("No responses tie across the line, so there is nothing to settle."), code="no_tie")
    if cutting.find_run_off(session, exercise, line) is not None:
        raise NotNow(N_("The run-off has been started already."), code="run_off_started")
    return line


def _new_run_off(exercise: Exercise, line: Line, tied: Sequence[Response]) -> Exercise:
    """The same prompt, the columns of those who tie, and a dot for each place; nobody writes anything new."""
    columns = {response.side for response in tied}
    return Exercise(
        workshop_id=exercise.workshop_id,
        place=exercise.place + 1,
        kind=exercise.kind,
        prompt=exercise.prompt,
        prompt_in=exercise.prompt_in,
        phase="vote",
        locked=True,
        longest=exercise.longest,
        allowance=min(line.places, rules.MOST_ALLOWANCE),
        most_per_response=1,
        order=exercise.order,
        cut=line.places,
        run_off_of=exercise.number,
        sides=[
            Side(
                key=side.key,
                place=side.place,
                name=side.name,
                sign=side.sign,
                prompt=side.prompt,
                name_in=side.name_in,
                prompt_in=side.prompt_in,
            )
            for side in exercise.sides
            if side.key in columns
        ],
    )


def _copies(tied: Sequence[Response], run_off: Exercise) -> list[Response]:
    """A response keeps its number, by which the room knows it, and has no author: there is nothing to edit, and
    everybody may put a dot on it.
    """
    return [
        Response(
            exercise_id=run_off.id, number=each.number, side=each.side, text=each.text, op=f"run-off-{each.number}"
        )
        for each in tied
    ]

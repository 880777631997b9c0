"""Which exercise is on, which are left out, and in which order they stand."""

from __future__ import annotations

from workshop.actions import settled
from workshop.actions.history import By, put, record
from workshop.actions.hosting import find_exercise
from workshop.errors import N_, NotNow
from workshop.models import Exercise, Workshop
from workshop.store import Store


def start(store: Store, workshop_id: int, number: int, *, by: By, seen: int | None = None) -> int | None:
    """Make an exercise the one that is on, in the phase that it is in; one that was skipped is skipped no more.

    `seen` is the number of the exercise that was on when somebody pressed: of two who start different ones, the first
    one does.
    """
    with store.change(workshop_id) as session:
        exercise = find_exercise(session, workshop_id, number)
        if not exercise.is_on:
            _check_seen(exercise.workshop, seen)
            if exercise.phase == "closed":
                raise NotNow(N_("Exercise %(number)s is closed. Reopen it instead."), code="is_closed", number=number)
            turn_to(exercise)
        return record(session, workshop_id, by, "start", exercise=number)


def reopen(store: Store, workshop_id: int, number: int, *, by: By, seen: int | None = None) -> int | None:
    """Make a closed exercise the one that is on, in `discuss`. Its dots are where they were."""
    with store.change(workshop_id) as session:
        exercise = find_exercise(session, workshop_id, number)
        if exercise.phase != "closed":
            raise NotNow(
                N_("Exercise %(number)s is not closed any more. Here is how it stands now."),
                code="moved_on",
                number=number,
            )
        if not exercise.is_on:
            _check_seen(exercise.workshop, seen)
            turn_to(exercise)
        put(exercise, phase="discuss")
        exercise.clear_timer()
        return record(session, workshop_id, by, "reopen", exercise=number)


def turn_to(exercise: Exercise) -> None:
    """Make an exercise the one that is on, within a change that is recorded."""
    settled.check_no_vote_elsewhere(exercise.workshop, exercise)
    # As with every step: the time that was set belongs to what is over.
    exercise.workshop.exercise.clear_timer()
    put(exercise, skipped=False)
    put(exercise.workshop, on=exercise.number)


def skip(store: Store, workshop_id: int, number: int, *, by: By) -> int | None:
    """Leave an exercise out. It stays in the agenda, and can be started after all."""
    with store.change(workshop_id) as session:
        exercise = find_exercise(session, workshop_id, number)
        if exercise.is_on:
            raise NotNow(N_("Exercise %(number)s is on. Start another one first."), code="is_on", number=number)
        put(exercise, skipped=True)
        return record(session, workshop_id, by, "skip", exercise=number)


def unskip(store: Store, workshop_id: int, number: int, *, by: By) -> int | None:
    with store.change(workshop_id) as session:
        put(find_exercise(session, workshop_id, number), skipped=False)
        return record(session, workshop_id, by, "unskip", exercise=number)


def move_up(store: Store, workshop_id: int, number: int, *, by: By, seen: int | None = None) -> int | None:
    """Let an exercise change places with the one before it. `seen` is where it stood, from 1, when somebody pressed."""
    return _move(store, workshop_id, number, -1, by, seen)


def move_down(store: Store, workshop_id: int, number: int, *, by: By, seen: int | None = None) -> int | None:
    """Let an exercise change places with the one after it. `seen` is where it stood, from 1, when somebody pressed."""
    return _move(store, workshop_id, number, 1, by, seen)


def _move(store: Store, workshop_id: int, number: int, way: int, by: By, seen: int | None) -> int | None:
    with store.change(workshop_id) as session:
        exercise = find_exercise(session, workshop_id, number)
        agenda = exercise.workshop.exercises
        here = agenda.index(exercise)
        if seen is not None and seen != here + 1:
            raise NotNow(
                N_("The exercises have been moved meanwhile. Here is the agenda as it is now."), code="moved_on"
            )
        if 0 <= here + way < len(agenda):
            other = agenda[here + way]
            mine, theirs = exercise.place, other.place
            put(exercise, place=theirs)
            put(other, place=mine)
        return record(session, workshop_id, by, "move_exercise", exercise=number)


def _check_seen(workshop: Workshop, seen: int | None) -> None:
    if seen is not None and seen != workshop.on:
        raise NotNow(
            N_("Meanwhile exercise %(number)s was started. Here is the agenda as it is now."),
            code="moved_on",
            number=workshop.on,
        )

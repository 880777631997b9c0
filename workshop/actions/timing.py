"""What a facilitator does with the timer of an exercise, and what the timer does at zero.

Times are in milliseconds since 1970, and passed in as `now_ms`. A timer that runs has `timer_ends`; one that stands has
`timer_left`.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop import rules
from workshop.actions.history import By, put, record
from workshop.actions.hosting import check_on, find_exercise
from workshop.errors import N_, NotNow, NotUnderstood, Unacceptable
from workshop.models import Exercise, Workshop
from workshop.store import Store


def set_timer(store: Store, workshop_id: int, number: int, minutes: int, *, by: By, now_ms: int) -> int | None:
    """Start a timer of so many minutes, where none runs or stands."""
    _check_length(minutes * rules.MINUTE)
    with store.change(workshop_id) as session:
        exercise = _exercise(session, workshop_id, number)
        if _left(exercise, now_ms):
            raise NotNow(N_("There is a timer already. Here is how it stands now."), code="timer_is_set")
        put(exercise, timer_ends=now_ms + minutes * rules.MINUTE)
        return record(session, workshop_id, by, "set_timer", exercise=number, minutes=minutes)


def pause_timer(store: Store, workshop_id: int, number: int, *, by: By, now_ms: int) -> int | None:
    """Stop the clock, and keep what is left."""
    with store.change(workshop_id) as session:
        exercise = _exercise(session, workshop_id, number)
        if exercise.timer_ends is None or exercise.timer_ends <= now_ms:
            raise NotNow(N_("The timer is not running."), code="timer_stands")
        put(exercise, timer_left=exercise.timer_ends - now_ms, timer_ends=None)
        return record(session, workshop_id, by, "pause_timer", exercise=number)


def start_timer(store: Store, workshop_id: int, number: int, *, by: By, now_ms: int) -> int | None:
    """Let a timer that stands run on."""
    with store.change(workshop_id) as session:
        exercise = _exercise(session, workshop_id, number)
        if exercise.timer_left is None:
            raise NotNow(N_("There is no timer that was paused."), code="timer_not_paused")
        put(exercise, timer_ends=now_ms + exercise.timer_left, timer_left=None)
        return record(session, workshop_id, by, "start_timer", exercise=number)


def add_time(store: Store, workshop_id: int, number: int, minutes: int, *, by: By, now_ms: int) -> int | None:
    """Add minutes to a timer, one of `rules.ADDED`; one that is over runs again from now on."""
    if minutes not in rules.ADDED:
        raise NotUnderstood(N_("A press adds 1 or 5 minutes, or takes 1 away."))
    with store.change(workshop_id) as session:
        exercise = _exercise(session, workshop_id, number)
        left = _left(exercise, now_ms)
        if left is None:
            raise NotNow(N_("There is no timer."), code="no_timer")
        if left + minutes * rules.MINUTE <= 0:
            raise NotNow(N_("Less than a minute is left, so none can be taken away."), code="too_little_left")
        left += minutes * rules.MINUTE
        _check_length(left)
        if exercise.timer_left is not None:
            put(exercise, timer_left=left)
        else:
            put(exercise, timer_ends=now_ms + left)
        return record(session, workshop_id, by, "add_time", exercise=number, minutes=minutes)


def stop_timer(store: Store, workshop_id: int, number: int, *, by: By) -> int | None:
    """Take the timer off every screen."""
    with store.change(workshop_id) as session:
        exercise = _exercise(session, workshop_id, number)
        if exercise.timer_ends is None and exercise.timer_left is None:
            raise NotNow(N_("There is no timer."), code="no_timer")
        put(exercise, timer_ends=None, timer_left=None)
        return record(session, workshop_id, by, "stop_timer", exercise=number)


def set_at_zero(store: Store, workshop_id: int, number: int, at_zero: str, *, by: By, now_ms: int) -> int | None:
    """Choose what happens at zero, one of `Exercise.AT_ZERO`, until the exercise goes on to another phase."""
    if at_zero not in Exercise.AT_ZERO:
        raise NotUnderstood(N_("At zero a timer reminds or closes."))
    with store.change(workshop_id) as session:
        exercise = _exercise(session, workshop_id, number)
        if _left(exercise, now_ms) == 0:
            # Otherwise it would close under the finger that chooses.
            raise NotNow(N_("The time is up already. Add a minute first."), code="time_is_up")
        put(exercise, at_zero=at_zero)
        return record(session, workshop_id, by, "set_at_zero", exercise=number, at_zero=at_zero)


# At zero --------------------------------------------------------------------------------------------------------------

_CLOSING = (
    select(Exercise.workshop_id, Exercise.number)
    .join(Workshop, (Workshop.id == Exercise.workshop_id) & (Workshop.on == Exercise.number))
    .where(Exercise.at_zero == "close", Exercise.phase.in_([*filter(rules.closes_at_zero, rules.PHASES)]))
)


def due(session: Session, now_ms: int) -> Sequence[tuple[int, int]]:
    """(workshop's id, exercise's number) of everything that is to close by now, the announced grace included."""
    over = Exercise.timer_ends <= now_ms - rules.GRACE
    return [(workshop_id, number) for workshop_id, number in session.execute(_CLOSING.where(over))]


def close_on_time(store: Store, workshop_id: int, number: int, *, now_ms: int) -> int | None:
    """Close what a timer was to close at zero: the vote, or the gathering of responses.

    Asks again under the lock, since somebody may have added a minute, gone on, or closed it meanwhile: then nothing
    happens. A dot counts if it was stored before, as when a facilitator closes the vote.
    """
    with store.change(workshop_id) as session:
        if (workshop_id, number) not in due(session, now_ms):
            return None
        exercise = find_exercise(session, workshop_id, number)
        phase = exercise.phase
        if phase == "vote":
            put(exercise, phase="reveal", revealed=rules.is_revealed("vote", "reveal", exercise.revealed))
        else:
            put(exercise, locked=True)
        by = By("timer", None, now_ms // 1000)
        entry = record(session, workshop_id, by, "close_on_time", exercise=number, phase=phase)
        exercise.clear_timer()
        return entry


def _exercise(session: Session, workshop_id: int, number: int) -> Exercise:
    exercise = find_exercise(session, workshop_id, number)
    check_on(exercise)
    return exercise


def _left(exercise: Exercise, now_ms: int) -> int | None:
    return rules.time_left(exercise.timer_ends, exercise.timer_left, now_ms)


def _check_length(milliseconds: int) -> None:
    if not 0 < milliseconds <= rules.MOST_MINUTES * rules.MINUTE:
        raise Unacceptable(N_("A timer runs for 1 to %(most)s minutes."), code="minutes", most=rules.MOST_MINUTES)

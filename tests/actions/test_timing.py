"""The timer: set, paused, prolonged, stopped, undone, and what closes when it is at zero."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

import pytest

from tests.cast import BY, Person, Room
from workshop.actions import history, hosting, timing
from workshop.actions.history import By
from workshop.errors import NotFound, NotNow, NotUnderstood, Unacceptable, WorkshopError
from workshop.models import Entry, Exercise, Workshop

# In the future: on a database that tests share, a server of other tests may look at the clock, too.
START = 2_000_000_000_000
MINUTE = 60_000


class Clock:
    """The timer of a workshop's first exercise, handled at a moment that the test chooses."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.now = START

    def after(self, seconds: float) -> Clock:
        self.now += int(seconds * 1000)
        return self

    def sets(self, minutes: int) -> int | None:
        return timing.set_timer(self.room.store, self.room.id, 1, minutes, by=self.by, now_ms=self.now)

    def pauses(self) -> int | None:
        return timing.pause_timer(self.room.store, self.room.id, 1, by=self.by, now_ms=self.now)

    def starts(self) -> int | None:
        return timing.start_timer(self.room.store, self.room.id, 1, by=self.by, now_ms=self.now)

    def adds(self, minutes: int) -> int | None:
        return timing.add_time(self.room.store, self.room.id, 1, minutes, by=self.by, now_ms=self.now)

    def stops(self) -> int | None:
        return timing.stop_timer(self.room.store, self.room.id, 1, by=self.by)

    def at_zero(self, what: str) -> int | None:
        return timing.set_at_zero(self.room.store, self.room.id, 1, what, by=self.by, now_ms=self.now)

    def undoes(self, entry: int | None) -> None:
        assert entry is not None
        history.undo(self.room.store, self.room.id, entry, by=self.by)

    @property
    def by(self) -> By:
        return BY._replace(at=self.now // 1000)

    @property
    def due(self) -> list[tuple[int, int]]:
        with self.room.store.reading() as session:
            return [each for each in timing.due(session, self.now) if each[0] == self.room.id]

    def strikes(self) -> int | None:
        return timing.close_on_time(self.room.store, self.room.id, 1, now_ms=self.now)

    def shows(self) -> tuple[int | None, int | None]:
        """The seconds until its end, and the seconds that a paused one has left."""
        exercise = first(self.room)
        ends = None if exercise.timer_ends is None else (exercise.timer_ends - self.now) // 1000
        return ends, None if exercise.timer_left is None else exercise.timer_left // 1000


@pytest.fixture
def clock(room: Room) -> Clock:
    return Clock(room)


@pytest.fixture
def voting(room: Room, ada: Person) -> Room:
    room.goes_to("gather")
    ada.writes("Free park and ride")
    room.goes_to("vote")
    return room


def first(room: Room) -> Exercise:
    with room.store.reading() as session:
        exercise = session.get_one(Workshop, room.id).exercises[0]
        session.expunge(exercise)
        return exercise


def newest(room: Room) -> Entry:
    with room.store.reading() as session:
        return history.entries(session, room.id)[0]


def refused(code: str, kind: type[WorkshopError], press: Callable[[], object]) -> None:
    with pytest.raises(kind) as error:
        press()
    assert error.value.code == code


# Handling it ----------------------------------------------------------------------------------------------------------


def test_a_timer_runs_from_the_moment_it_is_set(clock: Clock) -> None:
    assert clock.shows() == (None, None)
    clock.sets(5)
    assert clock.shows() == (300, None)
    assert clock.after(90).shows() == (210, None)


def test_a_paused_timer_stands_and_goes_on_with_what_was_left(clock: Clock) -> None:
    clock.sets(5)
    clock.after(60).pauses()
    assert clock.shows() == clock.after(1000).shows() == (None, 240)
    clock.starts()
    assert clock.after(40).shows() == (200, None)


def test_minutes_are_added_and_taken_away_while_it_runs_and_while_it_stands(clock: Clock) -> None:
    clock.sets(5)
    clock.adds(1)
    clock.adds(5)
    clock.adds(-1)
    assert clock.shows() == (600, None)
    clock.pauses()
    clock.adds(1)
    assert clock.shows() == (None, 660)


def test_a_timer_that_is_over_runs_again_from_when_a_minute_is_added(clock: Clock) -> None:
    clock.sets(1)
    assert clock.after(400).shows() == (-340, None)
    clock.adds(1)
    assert clock.shows() == (60, None)


def test_the_last_minute_is_not_taken_away(clock: Clock) -> None:
    clock.sets(1)
    refused("too_little_left", NotNow, partial(clock.after(30).adds, -1))
    assert clock.shows() == (30, None)


def test_a_stopped_timer_is_gone_and_a_new_one_can_be_set(clock: Clock) -> None:
    clock.sets(5)
    clock.stops()
    assert clock.shows() == (None, None)
    clock.sets(3)
    assert clock.shows() == (180, None)


def test_a_timer_that_is_over_makes_room_for_a_new_one(clock: Clock) -> None:
    clock.sets(1)
    clock.after(61).sets(3)
    assert clock.shows() == (180, None)


def test_what_makes_no_sense_now_is_refused_with_a_reason(clock: Clock) -> None:
    refused("timer_stands", NotNow, clock.pauses)
    refused("timer_not_paused", NotNow, clock.starts)
    refused("no_timer", NotNow, partial(clock.adds, 1))
    refused("no_timer", NotNow, clock.stops)
    clock.sets(5)
    refused("timer_not_paused", NotNow, clock.starts)
    clock.pauses()
    refused("timer_stands", NotNow, clock.pauses)
    refused("timer_is_set", NotNow, partial(clock.sets, 3))
    assert clock.shows() == (None, 300)


@pytest.mark.parametrize("minutes", [0, -5, 181, 10**9])
def test_a_timer_runs_for_a_sensible_time(clock: Clock, minutes: int) -> None:
    refused("minutes", Unacceptable, partial(clock.sets, minutes))
    assert clock.shows() == (None, None)


def test_a_timer_is_not_prolonged_for_ever(clock: Clock) -> None:
    clock.sets(178)
    refused("minutes", Unacceptable, partial(clock.adds, 5))
    refused("not_understood", NotUnderstood, partial(clock.adds, 2))
    assert clock.shows() == (178 * 60, None)


def test_there_is_no_other_exercise_to_time(room: Room) -> None:
    refused("no_such_exercise", NotFound, lambda: timing.stop_timer(room.store, room.id, 2, by=BY))


def test_of_many_who_set_a_timer_at_the_same_time_one_does(clock: Clock) -> None:
    start = threading.Barrier(6)
    ends: list[str] = []

    def presses() -> None:
        start.wait()
        try:
            clock.sets(5)
            ends.append("set")
        except WorkshopError as error:
            ends.append(error.code)

    threads = [threading.Thread(target=presses) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["set"] + ["timer_is_set"] * 5
    assert clock.shows() == (300, None)


def test_each_step_has_its_own_timer(clock: Clock, voting: Room) -> None:
    clock.sets(5)
    clock.at_zero("close")
    hosting.step(voting.store, voting.id, 1, "vote", "reveal", by=BY)
    assert (clock.shows(), first(voting).at_zero) == ((None, None), "remind")


# Undoing --------------------------------------------------------------------------------------------------------------


def test_whatever_is_done_with_a_timer_is_undone(clock: Clock) -> None:
    clock.undoes(clock.sets(5))
    assert clock.shows() == (None, None)
    clock.sets(5)
    clock.undoes(clock.adds(5))
    clock.undoes(clock.pauses())
    assert clock.shows() == (300, None)
    paused = clock.pauses()
    clock.undoes(clock.starts())
    assert clock.shows() == (None, 300)
    clock.undoes(paused)
    clock.undoes(clock.stops())
    assert clock.after(60).shows() == (240, None)


def test_a_pause_is_not_undone_when_its_time_is_over(clock: Clock, voting: Room) -> None:
    clock.at_zero("close")
    clock.sets(5)
    paused = clock.after(60).pauses()
    refused("time_is_up", NotNow, partial(clock.after(600).undoes, paused))
    assert clock.shows() == (None, 240)
    assert clock.due == []


def test_undoing_a_step_does_not_take_the_timer_of_the_next_one_back_with_it(clock: Clock, voting: Room) -> None:
    _, entry = hosting.step(voting.store, voting.id, 1, "vote", "reveal", by=BY)
    clock.sets(5)
    clock.undoes(entry)
    assert (voting.phase, clock.shows()) == ("vote", (None, None))


# At zero --------------------------------------------------------------------------------------------------------------


def test_a_timer_that_reminds_closes_nothing(clock: Clock, voting: Room) -> None:
    clock.sets(1)
    clock.after(3600)
    assert (clock.due, clock.strikes(), voting.phase) == ([], None, "vote")


def test_a_vote_closes_two_seconds_after_zero_and_not_before(clock: Clock, voting: Room, ada: Person) -> None:
    clock.at_zero("close")
    clock.sets(1)
    assert clock.after(61.9).due == []
    assert (clock.strikes(), voting.phase) == (None, "vote")
    ada.moves(1, 1)
    assert clock.after(0.1).due == [(voting.id, 1)]
    assert clock.strikes() is not None
    assert (voting.phase, voting.tally, clock.shows()) == ("reveal", {1: 1}, (None, None))
    refused("voting_closed", NotNow, lambda: _raise(ada.moves(2, 1).outcomes[0]))


def _raise(outcome: object) -> None:
    assert isinstance(outcome, WorkshopError)
    raise outcome


def test_that_the_timer_closed_it_is_in_the_history_and_can_be_undone(clock: Clock, voting: Room) -> None:
    clock.at_zero("close")
    clock.sets(1)
    entry = clock.after(62).strikes()
    kept = newest(voting)
    assert (kept.id, kept.role, kept.what, kept.subject) == (entry, "timer", "close_on_time", {"phase": "vote"})
    assert kept.at == clock.now // 1000
    clock.undoes(entry)
    assert (voting.phase, clock.shows(), clock.due) == ("vote", (None, None), [])


def test_while_responses_are_gathered_the_timer_locks_them(clock: Clock, room: Room, ada: Person) -> None:
    room.goes_to("gather")
    clock.at_zero("close")
    clock.sets(1)
    clock.after(62).strikes()
    assert (room.phase, first(room).locked, clock.due) == ("gather", True, [])
    refused("locked", NotNow, lambda: ada.writes("Too late"))


@pytest.mark.parametrize("phase", ["draft", "reveal", "discuss", "closed"])
def test_where_there_is_nothing_to_close_a_timer_only_reminds(
    clock: Clock, room: Room, ada: Person, phase: str
) -> None:
    room.goes_to("gather")
    ada.writes("Trees")
    room.goes_to(phase)
    clock.at_zero("close")
    clock.sets(1)
    assert (clock.after(100).due, clock.strikes(), room.phase) == ([], None, phase)


def test_of_two_that_see_the_end_one_closes(clock: Clock, voting: Room) -> None:
    clock.at_zero("close")
    clock.sets(1)
    clock.after(62)
    start = threading.Barrier(4)
    entries: list[int | None] = []

    def sees() -> None:
        start.wait()
        entries.append(clock.strikes())

    threads = [threading.Thread(target=sees) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [entry is None for entry in entries].count(False) == 1


@pytest.mark.parametrize("saves", ["adds", "pauses", "stops"])
def test_a_vote_stays_open_where_somebody_was_faster(clock: Clock, voting: Room, saves: str) -> None:
    clock.at_zero("close")
    clock.sets(1)
    ways: dict[str, Callable[[], object]] = {
        "adds": partial(clock.adds, 1), "pauses": clock.pauses, "stops": clock.stops
    }  # fmt: skip
    ways[saves]()
    assert clock.after(62).strikes() is None
    assert voting.phase == "vote"


def test_what_happens_at_zero_is_not_chosen_after_zero(clock: Clock, voting: Room) -> None:
    clock.sets(1)
    refused("time_is_up", NotNow, partial(clock.after(70).at_zero, "close"))
    refused("not_understood", NotUnderstood, partial(clock.at_zero, "explode"))
    assert (clock.due, first(voting).at_zero) == ([], "remind")

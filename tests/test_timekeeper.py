"""The timekeeper: what it closes, what it leaves alone, and that nothing stops it but the end."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable

import pytest

from tests.cast import BY, Room
from workshop import timekeeper
from workshop.actions import timing
from workshop.ballot_box import BallotBox
from workshop.errors import Busy
from workshop.store import Store
from workshop.timekeeper import SECONDS_AFTER_A_FAULT, SECONDS_BETWEEN_LOOKS, Timekeeper

# In the future: on a database that tests share, a server of other tests may look at the clock, too.
START = 2_000_000_000_000


@pytest.fixture
def voting(room: Room) -> Room:
    """Voting is open, and closes in a minute."""
    return opens_voting(room)


def opens_voting(room: Room) -> Room:
    room.goes_to("gather")
    room.person().writes("Free park and ride")
    room.goes_to("vote")
    timing.set_at_zero(room.store, room.id, 1, "close", by=BY, now_ms=START)
    timing.set_timer(room.store, room.id, 1, 1, by=BY, now_ms=START)
    return room


def keeper(store: Store, now: Callable[[], int], naps: list[float] | None = None) -> Timekeeper:
    """A timekeeper whose store is closed after three looks."""
    kept = [] if naps is None else naps

    def sleep(seconds: float) -> None:
        kept.append(seconds)
        if len(kept) == 3:
            store.close()

    return Timekeeper(store, sleep, now)


def test_a_vote_is_closed_by_whoever_looks_after_its_end(voting: Room) -> None:
    now = START + 61_000
    watch = Timekeeper(voting.store, lambda _: None, lambda: now)
    assert (watch.look(), voting.phase) == (True, "vote")
    now = START + 62_000
    assert (watch.look(), voting.phase) == (True, "reveal")


def test_a_vote_whose_end_fell_into_a_restart_is_closed_after_it(voting: Room) -> None:
    again = Timekeeper(voting.store, lambda _: None, lambda: START + 3_600_000)
    again.look()
    assert voting.phase == "reveal"


def test_whoever_watches_is_told(voting: Room) -> None:
    told: list[int] = []
    voting.store.announce_to(told.append)
    Timekeeper(voting.store, lambda _: None, lambda: START + 62_000).look()
    assert told == [voting.id]


def test_where_nothing_is_due_nothing_is_touched(voting: Room) -> None:
    before = voting.versions()
    for _ in range(3):
        Timekeeper(voting.store, lambda _: None, lambda: START).look()
    assert voting.versions() == before


def test_one_workshops_trouble_does_not_keep_anothers_vote_open(
    store: Store, box: BallotBox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    troubled, other = (opens_voting(Room(store, box, random.Random())) for _ in range(2))
    close = timing.close_on_time

    def fails_for_one(store: Store, workshop_id: int, number: int, *, now_ms: int) -> int | None:
        if workshop_id == troubled.id:
            raise Busy("The disk is full.")
        return close(store, workshop_id, number, now_ms=now_ms)

    monkeypatch.setattr(timing, "close_on_time", fails_for_one)
    watch = Timekeeper(store, lambda _: None, lambda: START + 62_000)
    with caplog.at_level(logging.CRITICAL, "workshop.timekeeper"):
        assert (watch.look(), troubled.phase, other.phase) == (False, "vote", "reveal")
    monkeypatch.undo()
    assert (watch.look(), troubled.phase) == (True, "reveal")


def test_it_looks_twice_a_second_until_the_store_is_closed(store: Store) -> None:
    naps: list[float] = []
    keeper(store, lambda: START, naps).run()
    assert naps == [SECONDS_BETWEEN_LOOKS] * 3


def test_where_the_database_does_not_answer_it_waits_and_goes_on(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(timing, "due", fails)
    naps: list[float] = []
    with caplog.at_level(logging.CRITICAL, "workshop.timekeeper"):
        keeper(store, lambda: START, naps).run()
    assert naps == [SECONDS_AFTER_A_FAULT] * 3


def test_its_clock_counts_milliseconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: 1_573_776_000.25)
    assert timekeeper.now_ms() == 1_573_776_000_250

"""Guessed codes: how many are borne, from one place and from all, and that a right one never is held up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.errors import TooMany
from workshop.guesses import Misses


class Clock:
    """Says what it is told; only goes forward."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def is_borne(misses: Misses, source: str) -> bool:
    try:
        misses.missed(source)
    except TooMany as error:
        return (error.status, error.code) != (429, "too_many_codes")
    return True


def test_so_many_misses_a_minute_are_borne_from_one_place_and_no_more(clock: Clock) -> None:
    misses = Misses(per_source=3, overall=100, clock=clock)
    assert [is_borne(misses, "a") for _ in range(5)] == [True, True, True, False, False]
    assert is_borne(misses, "b")


def test_so_many_misses_a_minute_are_borne_from_everywhere_and_no_more(clock: Clock) -> None:
    misses = Misses(per_source=3, overall=5, clock=clock)
    assert [is_borne(misses, str(place)) for place in range(7)] == [True] * 5 + [False] * 2


def test_after_a_minute_a_miss_is_forgotten(clock: Clock) -> None:
    misses = Misses(per_source=2, overall=100, clock=clock)
    assert is_borne(misses, "a")
    clock.now += 30
    assert is_borne(misses, "a")
    clock.now += 29.9
    assert not is_borne(misses, "a")
    clock.now += 0.2
    assert is_borne(misses, "a")
    assert not is_borne(misses, "a")


def test_whoever_was_turned_away_is_not_kept_out_longer_for_trying(clock: Clock) -> None:
    misses = Misses(per_source=1, overall=100, clock=clock)
    assert is_borne(misses, "a")
    for _ in range(59):
        clock.now += 1
        assert not is_borne(misses, "a")
    clock.now += 1
    assert is_borne(misses, "a")


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 30)), max_size=60))
def test_never_more_are_borne_in_any_minute_than_is_said(tries: list[tuple[str, float]]) -> None:
    clock = Clock()
    misses = Misses(per_source=3, overall=5, clock=clock)
    borne: list[tuple[str, float]] = []
    for source, later in tries:
        clock.now += later
        in_the_last_minute = [who for who, when in borne if when > clock.now - 60]
        expected = in_the_last_minute.count(source) < 3 and len(in_the_last_minute) < 5
        assert is_borne(misses, source) == expected
        if expected:
            borne.append((source, clock.now))

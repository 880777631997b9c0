"""How often chance gives what was seen: known answers, brute force, and how often it cries wolf."""

from __future__ import annotations

import math
import random
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.results import chance

# Darwin's fifteen pairs of maize, crossed less self-fertilised, in eighths of an inch: Fisher 1935, § 17 and § 21.
MAIZE = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]


def test_fishers_own_example_gives_fishers_own_answer() -> None:
    found = chance.off_zero(MAIZE)
    assert found.p == 1726 / 32768
    assert found.figure == 314 / 15
    assert found.least == 2 / 32768


def test_drawn_signs_come_close_to_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chance, "MOST_SIGNS", 3)
    assert chance.off_zero(MAIZE).p == pytest.approx(1726 / 32768, abs=0.015)


@pytest.mark.parametrize(
    ("values", "figure", "p"),
    [
        # Of the eight sums of 1, 2 and 3, only 6 and −6 are as far out as 6.
        ([1, 2, 3], 2, 2 / 8),
        # −4, −4, 4 and 4 are as far out as 4, and so are 6 and −6.
        ([-1, 2, 3], 4 / 3, 4 / 8),
        ([-1] * 6, -1, 2 / 64),
        ([0, 0], 0, 1),
        ([], 0, 1),
    ],
)
def test_signs_by_hand(values: list[float], figure: float, p: float) -> None:
    found = chance.off_zero(values)
    assert found.figure == pytest.approx(figure)
    assert found.p == p


def test_five_values_cannot_tell_and_six_can() -> None:
    assert [chance.off_zero([1] * count).can_tell for count in (5, 6)] == [False, True]
    # What lies at 0 says nothing, and counts for nothing.
    assert not chance.off_zero([1, 1, 1, 1, 1, 0]).can_tell


@given(st.lists(st.integers(-8, 8), min_size=1, max_size=7))
def test_all_signs_are_what_brute_force_goes_through(values: list[int]) -> None:
    every = [
        abs(sum(a * b for a, b in zip(values, signs, strict=True))) for signs in product((1, -1), repeat=len(values))
    ]
    as_far = sum(each >= abs(sum(values)) for each in every)
    found = chance.off_zero([value / 8 for value in values])
    assert found.p == as_far / len(every)
    assert found.least == sum(each == max(every) for each in every) / len(every)


def test_equal_scores_share_the_mean_of_their_ranks() -> None:
    assert chance.mid_ranks([10, 20, 20, 30, 5, 20]) == [2, 4, 4, 6, 1, 4]


@pytest.mark.parametrize(
    ("groups", "figure", "p"),
    [
        ([[1, 2, 3, 4, 5]], 1, 2 / 120),
        ([[9, 7, 5, 4, 1]], -1, 2 / 120),
        # Ranks 1½, 1½, 3 against 1, 2, 3: the highest is last, or first, in four of six orders.
        ([[0, 0, 4]], 0.75**0.5, 4 / 6),
        # Each column rises, though together they would not.
        ([[7, 8, 9], [1, 2, 3]], 1, 2 / 36),
        ([[3, 3, 3]], 0, 1),
        ([[3], [4]], 0, 1),
        ([], 0, 1),
    ],
)
def test_trends_by_hand(groups: list[list[int]], figure: float, p: float) -> None:
    found = chance.trend(groups)
    assert found.figure == pytest.approx(figure)
    assert found.p == p


def correlation(xs: list[float], ys: list[float]) -> float:
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    together: float = sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True))
    return together / math.sqrt(sum((a - x) ** 2 for a in xs) * sum((b - y) ** 2 for b in ys))


@given(st.lists(st.integers(0, 5), min_size=2, max_size=6).filter(lambda scores: len(set(scores)) > 1))
def test_a_trend_is_what_brute_force_finds(scores: list[int]) -> None:
    ranks = [sum(each < score for each in scores) + (scores.count(score) + 1) / 2 for score in scores]
    places = [float(place) for place in range(len(scores))]
    every = [abs(correlation(places, list(order))) for order in permutations(ranks)]
    found = chance.trend([scores])
    assert found.figure == pytest.approx(correlation(places, ranks))
    assert found.p == sum(each >= abs(found.figure) - 1e-9 for each in every) / len(every)
    assert found.least == sum(each >= max(every) - 1e-9 for each in every) / len(every)


@given(st.lists(st.integers(0, 9), min_size=8, max_size=12))
def test_the_other_way_round_is_the_other_sign_and_no_more_or_less_rare(scores: list[int]) -> None:
    there, back = chance.trend([scores]), chance.trend([scores[::-1]])
    assert there.figure == pytest.approx(-back.figure)
    assert there.p == pytest.approx(back.p, abs=0.06)
    assert 0 < there.p <= 1


def test_drawn_orders_come_close_to_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    scores = [[2, 0, 3, 5, 4, 1, 6]]
    exact = chance.trend(scores).p
    monkeypatch.setattr(chance, "MOST_ORDERS", 100)
    assert chance.trend(scores).p == pytest.approx(exact, abs=0.03)


def test_what_is_drawn_is_the_same_each_time() -> None:
    scores = [[4, 2, 7, 1, 9, 9, 3, 0, 5]]
    assert chance.trend(scores) == chance.trend(scores)


def test_false_alarms_are_about_one_in_twenty() -> None:
    """Of 200 a mean of 10, and more than 22 less than once in five thousand times."""
    luck = random.Random(14)
    signs = [chance.off_zero([luck.gauss(0, 1) for _ in range(20)]).is_rare for _ in range(200)]
    orders = [chance.trend([[luck.randrange(9) for _ in range(10)] for _ in range(2)]).is_rare for _ in range(200)]
    assert 1 <= sum(signs) <= 22
    assert 1 <= sum(orders) <= 22

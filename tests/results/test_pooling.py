"""Several groups' results together: known answers worked by hand, and what must hold whatever the groups say."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop import rules
from workshop.results.pooling import (
    Group,
    Idea,
    concordance,
    idea_of,
    in_all,
    in_one,
    kendalls_w,
    pool,
)


def group(name: str, dots: Mapping[str, int], forward: Sequence[str] | None = None) -> Group:
    """Each dot from a person of its own."""
    ideas: dict[str, Idea] = {text: idea_of("yes", text) for text in dots}
    numbers = {text: number for number, text in enumerate(dots, start=1)}
    ballots = [{numbers[text]: 1} for text, count in dots.items() for _ in range(count)]
    by_number = {each.response: each for each in rules.standings_of(ballots, numbers.values())}
    return Group(
        name,
        {idea: by_number[numbers[text]] for text, idea in ideas.items()},
        {idea: text for text, idea in ideas.items()},
        len(ballots),
        None if forward is None else frozenset(ideas[text] for text in forward),
    )


NORTH = group("North", {"Trees": 5, "Benches": 3, "Shade": 2}, ["Trees", "Benches"])
SOUTH = group("South", {"trees!": 1, "BENCHES": 6, "Bins": 3}, ["BENCHES", "Bins"])


def test_the_same_words_in_the_same_column_are_one_idea() -> None:
    assert idea_of("yes", "  Park-and-ride, FREE! ") == idea_of("yes", "park and ride free")
    assert idea_of("yes", "Tŷ") == idea_of("yes", "ty")
    assert idea_of("yes", "Trees") != idea_of("no", "Trees")
    assert idea_of("yes", "🎉") != idea_of("yes", "🚲")


def test_dots_and_people_of_all_groups_are_added_up_and_equal_sums_share_a_rank() -> None:
    pooled = pool([NORTH, SOUTH])
    # Benches 3 + 6, Trees 5 + 1, Bins 3, Shade 2.
    assert [(each.text, each.rank, each.shared, each.dots, each.people) for each in pooled] == [
        ("Benches", 1, False, 9, 9), ("Trees", 2, False, 6, 6), ("Bins", 3, False, 3, 3), ("Shade", 4, False, 2, 2),
    ]  # fmt: skip
    # Benches: 3/10 and 6/10; Bins only where it was: 3/10.
    assert [round(each.mean_share, 3) for each in pooled] == [0.45, 0.3, 0.3, 0.2]
    assert [each and each.dots for each in pooled[2].standings] == [None, 3]
    tied = pool([group("A", {"x": 2, "y": 1}), group("B", {"y": 1})])
    assert [(each.rank, each.shared) for each in tied] == [(1, True), (1, True)]


def test_what_all_share_and_what_only_one_has() -> None:
    assert in_all([NORTH, SOUTH]) == [idea_of("yes", "benches")]
    assert in_one([NORTH, SOUTH]) == [[idea_of("yes", "trees")], [idea_of("yes", "bins")]]
    without = group("East", {"Trees": 1})
    assert in_all([NORTH, SOUTH, without]) == [idea_of("yes", "benches")]
    assert in_all([without]) == []
    assert in_one([without]) == [[]]


def test_kendalls_w_is_as_worked_by_hand() -> None:
    # Three judges, four things, no ties. Ranks: 1 2 3 4, 1 2 4 3, 2 1 3 4; sums 4 5 10 11, mean 7.5,
    # S = 12.25 + 6.25 + 6.25 + 12.25 = 37, W = 12 · 37 / (9 · 60) = 0.8222.
    assert kendalls_w([[4, 3, 2, 1], [4, 3, 1, 2], [3, 4, 2, 1]]) == pytest.approx(444 / 540)
    # Ties: 2 2 1 has mid-ranks 1.5 1.5 3, 3 2 1 has 1 2 3; sums 2.5 3.5 6, mean 4, S = 2.25 + 0.25 + 4 = 6.5,
    # W = 12 · 6.5 / (4 · 24 − 2 · 6) = 78 / 84.
    assert kendalls_w([[2, 2, 1], [3, 2, 1]]) == pytest.approx(78 / 84)
    assert kendalls_w([[1, 2, 3], [3, 2, 1]]) == 0
    assert kendalls_w([[1, 1], [2, 2]]) is None
    assert kendalls_w([]) is None


def test_groups_that_rank_alike_largely_agree_and_shuffled_ones_do_not() -> None:
    texts = [f"Idea {letter}" for letter in "abcdefgh"]
    same = [group(str(n), {text: 9 - place for place, text in enumerate(texts)}) for n in range(4)]
    found = concordance(same)
    assert found.coefficient == pytest.approx(1.0)
    assert found.probability == 1 / 2000
    assert found.verdict == "largely"
    chance = random.Random(4)
    alarms = 0
    for _ in range(40):
        mixed = [group(str(n), dict(zip(texts, chance.sample(range(1, 9), 8), strict=True))) for n in range(3)]
        alarms += concordance(mixed).verdict != "no more than chance"
    # One in twenty is expected.
    assert alarms <= 6


def test_where_little_is_the_same_nothing_is_claimed() -> None:
    assert concordance([NORTH, SOUTH]).verdict == "too few"
    assert concordance([NORTH]).verdict == "too few"
    assert concordance([]).verdict == "too few"
    empty = [group(name, dict.fromkeys("abcde", 0)) for name in "xy"]
    assert concordance(empty) == (5, None, None, "too few")


@given(st.lists(st.lists(st.integers(0, 5), min_size=4, max_size=4), min_size=2, max_size=4))
def test_w_is_between_0_and_1_and_no_matter_of_order(scores: list[list[int]]) -> None:
    coefficient = kendalls_w(scores)
    assert coefficient is None or -1e-9 <= coefficient <= 1 + 1e-9
    for order in itertools.permutations(range(4)):
        turned = kendalls_w([[each[place] for place in order] for each in scores])
        assert turned == (None if coefficient is None else pytest.approx(coefficient))


@given(st.lists(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 6), min_size=1), min_size=1, max_size=4))
def test_nothing_is_lost_or_counted_twice(dots: list[dict[str, int]]) -> None:
    groups = [group(str(place), each) for place, each in enumerate(dots)]
    pooled = pool(groups)
    assert sum(each.dots for each in pooled) == sum(sum(each.values()) for each in dots)
    assert {each.idea for each in pooled} == {idea_of("yes", text) for each in dots for text in each}
    for one, other in itertools.pairwise(pooled):
        assert one.dots >= other.dots
        assert (one.dots == other.dots) == (one.rank == other.rank)

"""What is hidden of a table by groups, and that nobody can work it out from the rest."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.results.attacker import possible
from workshop.results.otherwise import ByGroup
from workshop.results.suppression import Shown, put_together, suppress

Ballots = Sequence[tuple[int, Mapping[int, int]]]
"""For each ballot the column of its group, and the dots on each row."""


def table(ballots: Ballots, groups: int, rows: int, allowances: Sequence[int], sides: Sequence[int] = ()) -> ByGroup:
    def of(row: int, column: int) -> list[int]:
        return [marks[row] for group, marks in ballots if group == column and marks.get(row)]

    cells = [[of(row, column) for column in range(groups)] for row in range(rows)]
    return ByGroup(
        [sum(1 for group, marks in ballots if group == column and marks) for column in range(groups)],
        [[len(cell) for cell in row] for row in cells],
        [[sum(cell) for cell in row] for row in cells],
        [max((dots for cell in row for dots in cell), default=0) for row in cells],
        allowances,
        sides or [0] * rows,
    )


def counted(sizes: Sequence[int], people: Sequence[Sequence[int]], allowance: int = 8) -> ByGroup:
    """A table in which everybody has put one dot on each response that they have any on."""
    return ByGroup(sizes, people, people, [1 if sum(row) else 0 for row in people], [allowance], [0] * len(people))


def seen(shown: Shown | None) -> list[list[int | None]]:
    """The people that can be read, None where they are hidden."""
    assert shown is not None
    return [
        [None if (row, column) in shown.hidden else people for column, people in enumerate(cells)]
        for row, cells in enumerate(shown.table.people)
    ]


# Worked by hand -------------------------------------------------------------------------------------------------------


def test_a_table_in_which_everything_is_large_hides_nothing() -> None:
    shown = suppress(counted([9, 8, 7], [[9, 8, 7], [5, 6, 5]]))
    assert seen(shown) == [[9, 8, 7], [5, 6, 5]]


def test_one_small_cell_takes_another_of_its_row_along() -> None:
    # R2 has 13 people. If 3 alone were hidden, 13 - 6 - 4 would tell it; 3 and 5 hidden could be 0 and 8 … 7 and 1.
    shown = suppress(counted([9, 8, 7], [[9, 8, 7], [3, 6, 5], [0, 0, 0]]))
    assert seen(shown) == [[9, 8, 7], [None, 6, None], [None, None, None]]


def test_two_small_cells_that_leave_too_little_take_a_third_along() -> None:
    # 1 and 0 together are 1: each would be 0 or 1. With the 6 they are 7.
    shown = suppress(counted([9, 8, 7], [[9, 8, 7], [1, 6, 0]]))
    assert seen(shown) == [[9, 8, 7], [None, None, None]]
    # 2 and 2 together are 4: each could be 0, 1, 2, 3 or 4, and nothing more has to go.
    shown = suppress(counted([9, 8, 7], [[9, 8, 7], [2, 6, 2]]))
    assert seen(shown) == [[9, 8, 7], [None, 6, None]]


def test_nothing_is_told_from_one_to_four_and_a_response_without_people_has_hidden_cells_too() -> None:
    for people in range(5):
        shown = suppress(counted([9, 8, 7], [[9, 8, 7], [people, 6, 7]]))
        assert seen(shown)[1] == [None, None, 7]
    assert seen(suppress(counted([9, 8, 7], [[9, 8, 7], [0, 0, 0]])))[1] == [None, None, None]


def test_a_cell_that_the_dots_of_its_column_give_away_takes_another_of_its_column_along() -> None:
    # The five of the second group have put all they had, a dot each, on R1: none is left for R2, where nobody else's
    # three could be told from theirs. So R1 hides its cells as well, and nothing is left to show.
    people = [[4, 5], [3, 0]]
    assert suppress(ByGroup([7, 5], people, people, [1, 1], [1], [0, 0])) is None
    # With a second dot in everybody's hand they could have been on R2.
    shown = suppress(ByGroup([9, 5], [[9, 5], [3, 0]], [[9, 5], [3, 0]], [1, 1], [2], [0, 0]))
    assert seen(shown) == [[9, 5], [None, None]]


def test_groups_that_are_too_small_are_put_together() -> None:
    assert put_together([12, 9, 3, 2]) == [[0], [1], [2, 3]]
    # Four together are too few, and one alone could be told from all the others: the smallest comes along.
    assert put_together([12, 9, 3, 1]) == [[0], [1, 2, 3]]
    assert put_together([12, 9, 0]) == [[0], [1, 2]]
    assert put_together([12, 9, 9, 4]) == [[0], [1], [2, 3]]
    assert put_together([12, 9, 5]) == [[0], [1], [2]]
    assert put_together([12, 2, 1]) == [[0, 1, 2]]
    assert put_together([0, 0, 0]) == [[0, 1, 2]]


def test_where_too_little_would_be_left_nothing_is_shown() -> None:
    assert suppress(counted([4, 3, 1], [[4, 3, 1], [2, 2, 0]])) is None
    assert suppress(counted([12, 2, 1], [[12, 2, 1]])) is None
    assert suppress(counted([9, 8], [[4, 4], [1, 0]])) is None
    assert suppress(counted([0, 0, 0], [[0, 0, 0]])) is None


def test_a_row_that_the_sizes_of_its_groups_give_away_has_groups_put_together() -> None:
    # Nine of the ten were for R1: of five and five that is four and five, or five and four.
    assert suppress(counted([5, 5], [[5, 4]])) is None
    shown = suppress(counted([8, 5, 5], [[8, 5, 4], [6, 0, 0]]))
    assert shown is not None
    assert shown.groups == [[0], [1, 2]]
    assert seen(shown)[0] == [8, 9]


# Against an attacker --------------------------------------------------------------------------------------------------


@st.composite
def tables(draw: st.DrawFn, fewest: int) -> ByGroup:
    """Small ones, of ballots as people cast them: some spend all they have on one response."""
    groups, rows = draw(st.integers(2, 3)), draw(st.integers(1, 4))
    allowances = draw(st.sampled_from([[1], [2], [3], [1, 2]]))
    sides = [draw(st.integers(0, len(allowances) - 1)) for _ in range(rows)]
    ballots = []
    for _ in range(draw(st.integers(2 * fewest, 3 * fewest + 2))):
        marks: dict[int, int] = {}
        for side, allowance in enumerate(allowances):
            own = [row for row in range(rows) if sides[row] == side]
            for _ in range(draw(st.integers(0, allowance)) if own else 0):
                row = draw(st.sampled_from(own))
                marks[row] = marks.get(row, 0) + 1
        ballots.append((draw(st.integers(0, groups - 1)), marks))
    return table(ballots, groups, rows, allowances, sides)


def check_protection(shown: Shown, fewest: int) -> None:
    for (row, column), people in possible(shown).items():
        assert shown.table.people[row][column] in people
        assert len(people) >= min(fewest, sum(shown.table.people[row]) + 1), (shown, row, column, people)


@given(st.data())
@settings(max_examples=400, deadline=None)
def test_an_attacker_who_tries_every_table_cannot_narrow_a_hidden_cell(data: st.DataObject) -> None:
    fewest = data.draw(st.sampled_from([2, 3]))
    shown = suppress(data.draw(tables(fewest)), fewest, data.draw(st.sampled_from([None, 1, 2])))
    if shown is not None:
        check_protection(shown, fewest)
        small = {(r, c) for r, row in enumerate(shown.table.people) for c, people in enumerate(row) if people < fewest}
        assert small <= shown.hidden
        assert all(size >= fewest for size in shown.table.sizes)


@pytest.mark.parametrize("seed", range(12))
def test_with_five_as_the_fewest_as_well(seed: int) -> None:
    chance = random.Random(seed)
    ballots = [
        (chance.choice((0, 0, 1)), dict.fromkeys(chance.sample(range(3), chance.choice((1, 2))), 1)) for _ in range(14)
    ]
    shown = suppress(table(ballots, 2, 3, [2]))
    if shown is not None:
        check_protection(shown, 5)


def test_hiding_the_small_cells_alone_would_not_be_enough() -> None:
    """The attacker is worth something: against a table that hides no more than it must he finds what is hidden."""
    whole = counted([9, 8, 7], [[9, 8, 7], [3, 6, 5], [0, 0, 0]])
    naive = Shown([[0], [1], [2]], whole, frozenset({(1, 0), (2, 0), (2, 1), (2, 2)}))
    assert possible(naive)[1, 0] == {3}
    with pytest.raises(AssertionError):
        check_protection(naive, 5)


@given(st.lists(st.integers(0, 12), min_size=2, max_size=7))
def test_groups_are_together_or_large_and_none_is_lost(sizes: list[int]) -> None:
    groups = put_together(sizes)
    assert sorted(column for group in groups for column in group) == list(range(len(sizes)))
    if len(groups) > 1:
        assert all(sum(sizes[column] for column in group) >= 5 for group in groups)
        assert not any(len(group) == 1 and sizes[group[0]] < 5 for group in groups)


def test_the_same_table_is_always_hidden_in_the_same_way() -> None:
    whole = counted([9, 8, 7], [[6, 6, 6], [3, 6, 6], [6, 6, 1]])
    assert {suppress(whole) == suppress(whole) for _ in range(3)} == {True}


def voted(people: int, responses: int, groups: int, *, steep: bool) -> ByGroup:
    """What so many people did with eight dots each, best first; `steep` where few responses have most of them."""
    chance = random.Random(people)
    liking = [1 / (1 + row) if steep else 1.0 for row in range(responses)]
    ballots = []
    for _ in range(people):
        marks = Counter(chance.choices(range(responses), liking, k=8))
        ballots.append((chance.choices(range(groups), [30, 25, 20, 15, 10, 5, 1][:groups])[0], marks))
    order = [row for row, _ in sum((marks for _, marks in ballots), Counter[int]()).most_common()]
    place = {row: at for at, row in enumerate(order)}
    ranked = [(group, {place[row]: dots for row, dots in marks.items()}) for group, marks in ballots]
    return table(ranked, groups, len(order), [8])


@pytest.mark.parametrize(
    ("people", "responses", "groups", "steep"),
    [(500, 100, 7, True), (500, 500, 7, True), (300, 500, 6, True), (300, 500, 7, False), (60, 500, 6, True)],
)
def test_of_many_responses_only_the_first_are_shown(people: int, responses: int, groups: int, steep: bool) -> None:
    whole = voted(people, responses, groups, steep=steep)
    shown = suppress(whole, rows=30)
    assert shown is not None
    assert all(people is None for row in seen(shown)[30:] for people in row)


def test_of_a_hundred_responses_much_is_shown() -> None:
    shown = suppress(voted(500, 100, 7, steep=True))
    assert sum(people is not None for row in seen(shown) for people in row) > 50

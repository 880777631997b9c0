"""Who the dots come from: many people, or one who spent all of theirs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.results.votes import result
from workshop import rules
from workshop.results.breadth import Breadth, breadth
from workshop.results.findings import Finding
from workshop.results.spread import of_breadth

Ballot = dict[int, int]

# R1 has 8 dots from one person and one from another, R2 has 3 + 3 + 2 = 8, R3 has 2 + 2 = 4, R4 has 1 + 1.
# By people R2 is first with three; R1, R3 and R4 have two each.
INTENSE: list[Ballot] = [{1: 8}, {1: 1, 2: 3, 3: 2}, {2: 3, 3: 2, 4: 1}, {2: 2, 4: 1}]


def found(ballots: list[Ballot], of: int = 4) -> dict[int, Breadth]:
    return breadth(ballots, rules.standings_of(ballots, range(1, of + 1)))


def says(ballots: list[Ballot], of: int = 4, **line: int) -> Finding:
    return of_breadth(result(*ballots, of=of, **line), found(ballots, of))  # type: ignore[arg-type]


# Worked by hand -------------------------------------------------------------------------------------------------------


def test_the_largest_share_is_that_of_whoever_put_most_on_a_response() -> None:
    there = found(INTENSE)
    assert [(each.dots, each.people, each.largest) for each in there.values()] == [
        (9, 2, 8), (8, 3, 3), (4, 2, 2), (2, 2, 1),
    ]  # fmt: skip
    assert [each.largest_share for each in there.values()] == [8 / 9, 3 / 8, 1 / 2, 1 / 2]


def test_half_or_more_is_told_from_less_than_half() -> None:
    assert [number for number, each in found(INTENSE).items() if each.is_from_one] == [1, 3, 4]
    assert not found([{1: 2}, {1: 2}, {1: 1}])[1].is_from_one


def test_a_response_without_dots_is_nobodys() -> None:
    assert found([{1: 1}])[4] == Breadth(4, 0, 0, 0, 2, True)
    assert (found([{1: 1}])[4].largest_share, found([{1: 1}])[4].is_from_one) == (0.0, False)


def test_ranks_by_people_are_shared_like_any_other() -> None:
    assert {number: (each.rank, each.shared) for number, each in found(INTENSE).items()} == {
        2: (1, False), 1: (2, True), 3: (2, True), 4: (2, True),
    }  # fmt: skip


BALLOTS = st.lists(st.dictionaries(st.integers(1, 5), st.integers(0, 8), max_size=5), max_size=8)


@given(BALLOTS)
def test_it_is_what_looking_through_all_ballots_gives(ballots: list[Ballot]) -> None:
    there = found(ballots)
    people = {number: sum(1 for ballot in ballots if ballot.get(number)) for number in range(1, 5)}
    for number, each in there.items():
        dots = [ballot.get(number, 0) for ballot in ballots]
        assert (each.dots, each.people, each.largest) == (sum(dots), people[number], max(dots, default=0))
        assert each.rank == 1 + sum(1 for other in people.values() if other > people[number])
        assert each.shared == (list(people.values()).count(people[number]) > 1)
        assert each.is_from_one == (sum(dots) > 0 and max(dots) >= sum(dots) - max(dots))


# In words -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ballots", "line", "sentences"),
    [
        # By people R2 is above the line; R1, R3 and R4 are level, and all of them below it.
        (
            INTENSE, {"cut": 1},
            ["Half or more of the dots are one person's on R1 (8 of 9).",
             "The same holds for 2 other responses; the table shows which.",
             "Ranked by people instead of dots, above the line would be: R2.",
             "Ranked by people instead of dots, below the line would be: R1."],
        ),
        # With two places they tie for the second.
        (
            INTENSE, {"cut": 2},
            ["Half or more of the dots are one person's on R1 (8 of 9).",
             "The same holds for 2 other responses; the table shows which.",
             "Ranked by people instead of dots, tied across the line would be: R1, R3 and R4."],
        ),
        (
            INTENSE, {},
            ["Half or more of the dots are one person's on R1 (8 of 9), R3 (2 of 4), R4 (1 of 2).",
             "First by dots: R1. First by people: R2."],
        ),
        (
            [{1: 2, 2: 1}] * 3, {"share": 60},
            ["Nothing that goes forward has half or more of its dots from one person.",
             "Ranked by people instead of dots, tied across the line would be: R1 and R2."],
        ),
        (
            [{1: 2, 2: 1}, {1: 2}, {1: 2, 2: 1}], {"cut": 1},
            ["Nothing that goes forward has half or more of its dots from one person.",
             "The same holds for 1 other response; the table shows which.",
             "Ranked by people instead of dots, the same responses are above the line."],
        ),
        (
            [{1: 1, 2: 1}] * 3, {},
            ["Nothing in the first ranks has half or more of its dots from one person.",
             "First by dots and by people: R1 and R2."],
        ),
        ([], {"cut": 2}, ["No response has a dot."]),
    ],
)  # fmt: skip
def test_the_finding_says_what_is_one_persons_and_what_people_would_rank_otherwise(
    ballots: list[Ballot], line: dict[str, int], sentences: list[str]
) -> None:
    assert says(ballots, **line).sentences == sentences


def test_the_table_has_both_ranks_side_by_side() -> None:
    (table,) = says(INTENSE).tables
    assert table.columns[-2:] == ["Largest share from one person", "Half or more from one person"]
    assert (table.columns.index("Largest share from one person"),) == tuple(table.percent)
    assert [list(row) for row in table.rows] == [
        ["R1", "Idea 1", 9, "1", 2, "2=", 8 / 9, "yes"],
        ["R2", "Idea 2", 8, "2", 3, "1", 3 / 8, ""],
        ["R3", "Idea 3", 4, "3", 2, "2=", 1 / 2, "yes"],
        ["R4", "Idea 4", 2, "4", 2, "2=", 1 / 2, "yes"],
    ]
    (empty,) = says([{1: 1}], of=2).tables
    assert list(empty.rows[1]) == ["R2", "Idea 2", 0, "2", 0, "2", None, ""]


def test_the_figures_name_who_is_first_by_people_and_what_is_one_persons() -> None:
    assert says(INTENSE).data["responses"][0] == {
        "number": 1, "dots": 9, "people": 2, "rank_by_people": 2, "shared_by_people": True, "largest": 8,
        "half_or_more_from_one": True,
    }  # fmt: skip

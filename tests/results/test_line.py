"""The line under what goes forward: where it is, by how much, and that it never cuts a tie."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.results.votes import exercise, result
from workshop import rules
from workshop.results.cutting import Line, cut_of, draw
from workshop.results.margins import margin, of_line


def standings(*dots: int) -> list[rules.Standing]:
    """Those of responses with so many dots, R1 first."""
    return rules.standings_of([{number: each} for number, each in enumerate(dots, start=1)], range(1, len(dots) + 1))


def line(dots: tuple[int, ...], cut: int | None = None, share: int | None = None) -> Line:
    there = standings(*dots)
    places = cut_of(cut, share, there)
    assert places is not None
    return draw(there, places)


# Worked by hand -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dots", "cut", "drawn", "by"),
    [
        ((9, 6, 4, 1), 2, Line([1, 2], []), 2),
        # Two are level at the second place: one of them would have to be cut off.
        ((9, 6, 6, 1), 2, Line([1], [2, 3], 1), 0),
        ((9, 6, 6, 6), 3, Line([1], [2, 3, 4], 2), 0),
        ((9, 6, 6, 1), 3, Line([1, 2, 3], []), 5),
        ((5, 5, 5), 1, Line([], [1, 2, 3], 1), 0),
        # More places than responses: nothing is below the line.
        ((5, 3), 7, Line([1, 2], []), None),
        # Three places and two with dots: the third is not drawn by lot among those that nobody chose.
        ((5, 3, 0, 0), 3, Line([1, 2], []), 3),
        ((5, 3, 0, 0), 2, Line([1, 2], []), 3),
        ((0, 0, 0), 2, Line([], []), None),
        ((), 2, Line([], []), None),
    ],
)  # fmt: skip
def test_a_line_by_places(dots: tuple[int, ...], cut: int, drawn: Line, by: int | None) -> None:
    assert (line(dots, cut), line(dots, cut).margin) == (drawn, by)


@pytest.mark.parametrize(
    ("dots", "share", "drawn"),
    [
        # 9 of 20 dots are 45 %, 15 are 75 %, 19 are 95 %.
        ((9, 6, 4, 1), 45, Line([1], [])),
        ((9, 6, 4, 1), 46, Line([1, 2], [])),
        ((9, 6, 4, 1), 75, Line([1, 2], [])),
        ((9, 6, 4, 1), 96, Line([1, 2, 3, 4], [])),
        # A third of the dots each: one of them holds 33 %, and it takes two to hold 34 %.
        ((2, 2, 2), 33, Line([], [1, 2, 3], 1)),
        ((2, 2, 2), 34, Line([], [1, 2, 3], 2)),
        ((2, 2, 2), 67, Line([1, 2, 3], [])),
        ((5, 3, 0, 0), 100, Line([1, 2], [])),
        ((0, 0, 0), 50, Line([], [])),
        ((), 50, Line([], [])),
    ],
)  # fmt: skip
def test_a_line_by_share(dots: tuple[int, ...], share: int, drawn: Line) -> None:
    assert line(dots, share=share) == drawn


def test_in_a_run_off_its_places_are_to_be_filled() -> None:
    """Two places, and dots on one of three: the other two tie for the second place."""
    assert cut_of(2, None, standings(4, 0, 0)) == 1
    places = cut_of(2, None, standings(4, 0, 0), run_off=True)
    assert places == 2
    assert draw(standings(4, 0, 0), places) == Line([1], [2, 3], 1)


def test_where_no_line_was_drawn_there_is_none() -> None:
    assert cut_of(None, None, standings(9, 6)) is None


DOTS = st.lists(st.integers(0, 12), max_size=12).map(tuple)


@given(DOTS, st.integers(1, 14))
def test_no_two_with_equal_dots_are_on_two_sides(dots: tuple[int, ...], cut: int) -> None:
    drawn = line(dots, cut)
    on = {number: dots[number - 1] for number in range(1, len(dots) + 1)}
    above, tied = {on[each] for each in drawn.above}, {on[each] for each in drawn.tied}
    below = {on[each] for each in on if each not in (*drawn.above, *drawn.tied)}
    assert len(above | tied | below) == len(above) + len(tied) + len(below)
    assert len(tied) <= 1
    assert 0 not in above | tied
    assert len(drawn.above) + drawn.places == min(cut, sum(1 for each in dots if each))
    assert bool(drawn.tied) == (0 < drawn.places < len(drawn.tied))


@given(DOTS, st.integers(1, 100))
def test_a_share_is_held_by_as_few_as_can(dots: tuple[int, ...], share: int) -> None:
    cut = cut_of(None, share, standings(*dots))
    assert cut is not None
    best = sorted(dots, reverse=True)
    assert 100 * sum(best[:cut]) >= share * sum(dots)
    assert cut == 0 or 100 * sum(best[: cut - 1]) < share * sum(dots)


# In words -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dots", "cut", "said"),
    [
        ((9, 6, 4, 1), 2, "R2, the last above the line, is 2 dots ahead of R3."),
        ((9, 5, 4, 1), 2, "R2, the last above the line, is 1 dot ahead of R3."),
        # Nobody among equals is singled out, on either side.
        ((9, 6, 6, 4, 4), 3, "R2 and R3, the last above the line, are 2 dots ahead of R4 and R5."),
        ((9, *(2,) * 7), 1, "R1, the last above the line, is 7 dots ahead of 7 responses."),
        ((9, 6, 0), 2, "R2, the last above the line, has 6 dots, and nothing below it has any."),
        ((6, 6, 0), 2, "R1 and R2, the last above the line, have 6 dots each, and nothing below it has any."),
        ((9, 6, 6, 1), 2, ""),
        ((9, 6), 2, ""),
        ((0, 0), 1, ""),
    ],
)
def test_the_margin_in_words(dots: tuple[int, ...], cut: int, said: str) -> None:
    ballots = [{number: each} for number, each in enumerate(dots, start=1)]
    assert margin(result(*ballots, of=len(dots), cut=cut)) == said


NINE_SIX = [{1: 5, 2: 3}, {1: 4, 2: 3, 3: 4}, {4: 1}]  # 9, 6, 4 and 1 dots
LEVEL = [{1: 8}, {2: 6}, {3: 6}]


@pytest.mark.parametrize(
    ("ballots", "drawn", "sentences"),
    [
        (
            NINE_SIX, {},
            ["No line was drawn under what goes forward.",
             "A facilitator draws it on the console, under “What goes forward”: by places, or by a share of the dots."],
        ),
        (
            NINE_SIX, {"cut": 2},
            ["R1 and R2 go forward.", "R2, the last above the line, is 2 dots ahead of R3.",
             "The line is under the first 2 places."],
        ),
        (
            NINE_SIX, {"share": 46},
            ["R1 and R2 go forward.", "R2, the last above the line, is 2 dots ahead of R3.",
             "To hold 46 % of the dots takes 2 responses, with 15 of 20."],
        ),
        (
            NINE_SIX, {"share": 45},
            ["R1 goes forward.", "R1, the last above the line, is 3 dots ahead of R2.",
             "To hold 45 % of the dots takes 1 response, with 9 of 20."],
        ),
        (NINE_SIX, {"cut": 4}, ["R1, R2, R3 and R4 go forward.", "The line is under the first 4 places."]),
        (
            [{1: 2}], {"cut": 3},
            ["R1 goes forward.", "R1, the last above the line, has 2 dots, and nothing below it has any.",
             "Of 3 places 1 is taken: what has no dot does not go forward."],
        ),
        (
            LEVEL, {"cut": 2},
            ["R1 goes forward.",
             "R2 and R3 tie across the line for 1 place. A run-off among them can settle that.",
             "The line is under the first 2 places."],
        ),
        (
            LEVEL[1:], {"cut": 1},
            ["Nothing is certain to go forward.",
             "R2 and R3 tie across the line for 1 place. A run-off among them can settle that.",
             "The line is under the first place."],
        ),
        ([], {"cut": 2}, ["Nothing goes forward.", "No response has a dot."]),
        ([], {"share": 50}, ["Nothing goes forward.", "No response has a dot."]),
    ],
)  # fmt: skip
def test_the_finding_says_what_goes_forward_and_by_how_much(
    ballots: list[dict[int, int]], drawn: dict[str, int], sentences: list[str]
) -> None:
    finding = of_line(exercise(**drawn), result(*ballots, of=4, **drawn))  # type: ignore[arg-type]
    assert finding.sentences == sentences


def test_the_finding_follows_a_run_off() -> None:
    counted = result(*LEVEL, cut=2)
    assert counted.line is not None
    begun = replace(counted.line, run_off=3)
    assert of_line(exercise(cut=2), replace(counted, line=begun)).sentences[:2] == [
        "R1 goes forward.",
        "R2 and R3 tie across the line for 1 place. The run-off in exercise 3 is to settle that.",
    ]
    settled = of_line(exercise(cut=2), replace(counted, line=replace(begun, settled=[3])))
    assert settled.sentences[:2] == ["R1 and R3 go forward.", "Settled by a run-off in exercise 3: R3 goes forward."]
    assert settled.data == {
        "cut": 2, "cut_share": None, "above": [1], "tied": [2, 3], "places": 1, "run_off": 3, "forward": [1, 3],
        "margin": 0,
    }  # fmt: skip

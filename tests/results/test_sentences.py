"""What a result says in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from workshop import rules
from workshop.results.counting import Result
from workshop.results.cutting import Line
from workshop.results.sentences import after, said_aloud, tie_sentences


def says(app: Flask, *dots: int) -> list[str]:
    """The sentences on responses with so many dots."""
    placed = [("ada", number) for number, count in enumerate(dots, start=1) for _ in range(count)]
    standings = rules.standings(placed, range(1, len(dots) + 1))
    result = Result(
        standings, {}, {}, 8, 1, 1, on_paper=0, in_ballots=len(placed), in_tally=len(placed), provisional=False
    )
    with app.test_request_context():
        return list(tie_sentences(result))


@pytest.mark.parametrize(
    ("dots", "sentences"),
    [
        ((5, 4, 4, 1), ["Two responses tie for 2nd place."]),
        ((3, 3, 3), ["Three responses tie for 1st place."]),
        ((5, 4, 3, 2), []),
        ((5, 0, 0, 0), []),
        ((), []),
        ((2,) * 12, ["12 responses tie for 1st place."]),
        # At most two are said; the table shows the others.
        ((9, 9, 7, 7, 5, 5), ["Two responses tie for 1st place.", "Two responses tie for 3rd place."]),
        # Nobody's decision hangs on a tie for the eleventh place.
        ((*range(20, 10, -1), 5, 5), []),
    ],
)
def test_ties_that_matter_are_said(app: Flask, dots: tuple[int, ...], sentences: list[str]) -> None:
    assert says(app, *dots) == sentences


@pytest.mark.parametrize(
    ("line", "under"),
    [
        (None, {}),
        (Line([5]), {5: "This one goes forward."}),
        (Line([5, 2, 4]), {4: "These 3 go forward."}),
        (Line([5, 2], [4, 7, 9], 1), {2: "These 2 go forward.", 9: "R4, R7 and R9 tie across the line."}),
        (Line([], [4, 7], 1), {7: "R4 and R7 tie across the line."}),
        (Line([], [*range(1, 9)], 3), {8: "8 responses tie across the line."}),
        (
            Line([], [4, 7], 1, run_off=3, settled=[7]),
            {7: "Settled by a run-off in exercise 3: R7 goes forward."},
        ),
        (
            Line([], [4, 7, 9], 2, run_off=3, settled=[9, 4]),
            {9: "Settled by a run-off in exercise 3: R9 and R4 go forward."},
        ),
    ],
)
def test_the_line_is_under_those_who_go_forward_and_never_in_a_tie(
    app: Flask, line: Line | None, under: dict[int, str]
) -> None:
    with app.test_request_context():
        said = {response: after(line, response) for response in range(1, 10)}
    assert {response: words for response, words in said.items() if words} == under


def test_at_the_reveal_a_tie_across_the_line_is_said_too(app: Flask) -> None:
    result = Result(
        rules.standings([("ada", 1), ("ada", 2)], [1, 2, 3]), {}, {}, 8, 1, 1, 0, 2, 2, False, line=Line([], [1, 2], 1)
    )
    with app.test_request_context():
        assert said_aloud(result) == "Two responses tie for 1st place. R1 and R2 tie across the line."
        assert said_aloud(replace(result, line=Line([1, 2]))) == "Two responses tie for 1st place."

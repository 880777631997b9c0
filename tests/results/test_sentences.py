"""What a result says in words."""

from __future__ import annotations

import pytest
from flask import Flask

from workshop import rules
from workshop.results.counting import Result
from workshop.results.sentences import tie_sentences


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

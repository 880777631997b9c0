"""The short report is one page, whatever was asked and however much was written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.results.test_downloads import exercise, workshop
from tests.results.test_workbook import counted, report
from tests.test_printing import pages
from workshop import documents
from workshop.documents import Table
from workshop.models import Side
from workshop.results.cutting import draw
from workshop.results.report_document import document
from workshop.results.reporting import Report


def crowd(length: int, cut: int = 5) -> Report:
    """Sixty responses of so many characters, by twelve people who leave few ties."""
    worded = [("Shade and benches for the square " * 20)[:length] for _ in range(60)]
    ballots = [{1 + (person * dot) % 60: dot for dot in range(1, 12)} for person in range(12)]
    result = counted(worded, ballots)
    return report(replace(result, line=draw(result.standings, cut)), exercise(allowance=4, cut=cut, sides=[]))


def shown(told: Report) -> list[str]:
    return pages(documents.write("pdf", document(told, full=False)))


@pytest.mark.parametrize("length", [5, 60, 140, 400])
def test_one_page_is_one_page(length: int) -> None:
    told = crowd(length)
    (page,) = shown(told)
    (ranking,) = [block for block in document(told, full=False).blocks if isinstance(block, Table)]
    assert ranking.rows
    assert f"{60 - len(ranking.rows)} more are in the full report." in page


def test_one_page_is_one_page_however_many_go_forward() -> None:
    assert len(shown(crowd(100, cut=40))) == 1


@pytest.mark.parametrize(
    ("columns", "prompt"), [(2, "Why would anybody want that " * 7), (5, "What would you like? " * 3)]
)
def test_one_page_is_one_page_where_much_was_asked(columns: int, prompt: str) -> None:
    told = crowd(140)
    for each in told.result.responses.values():
        each.side = "a"
    sides = [
        Side(key=key, place=place, sign="tick", name=f"A long name for it {place}", prompt=prompt)
        for place, key in enumerate("abcde"[:columns])
    ]
    told = replace(
        told,
        workshop=workshop(title="Wide words " * 9, simulated=True),
        exercise=exercise(prompt=None, sides=sides, in_the_room=30),
    )
    (page,) = shown(told)
    assert "12 ballots, 30 in the room." in page

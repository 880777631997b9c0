"""The workbook, opened again by openpyxl and by LibreOffice, and its values held against the result."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.workbook import Workbook as Opened

from tests.cast import NOW
from tests.results.test_downloads import HOSTILE, exercise, workshop
from workshop import rules
from workshop.models import Exercise, Response, Side, Theme
from workshop.results.breadth import breadth
from workshop.results.counting import Result
from workshop.results.cutting import draw
from workshop.results.findings import Finding
from workshop.results.reporting import Report
from workshop.results.stability import stability
from workshop.results.talk import Talk
from workshop.results.workbook import as_xlsx

BALLOTS = ({1: 3, 2: 1}, {1: 1, 3: 3}, {2: 2, 3: 2})
TEXTS = ("Trees", "=1+1", "Shade & shelter")


def counted(texts: Sequence[str] = TEXTS, ballots: Sequence[rules.Marks] = BALLOTS) -> Result:
    numbers = range(1, len(texts) + 1)
    standings = rules.standings_of(ballots, numbers)
    dots = sum(each.dots for each in standings)
    responses = {number: Response(number=number, side="yes", text=text) for number, text in enumerate(texts, start=1)}
    if responses:
        responses[1].theme = 1
    return Result(
        standings=standings,
        responses=responses,
        merged={1: [Response(number=9, side="yes", text="@More trees")]} if responses else {},
        allowance=4,
        joined=4,
        people=len(ballots),
        on_paper=1,
        in_ballots=dots,
        in_tally=dots,
        provisional=False,
        ballots=ballots,
        line=draw(standings, 1) if responses else None,
        themes={1: Theme(number=1, name="+Green")},
    )


def report(result: Result | None = None, of: Exercise | None = None, **facts: object) -> Report:
    result = result or counted()
    of = of or exercise(allowance=4, cut=1, sides=[Side(key="yes", place=1, sign="tick", name=None)])
    return Report(
        workshop=workshop(**facts),
        exercise=of,
        result=result,
        talk=Talk(notes={0: "A lively room", 2: "-What is meant?"}),
        findings=[Finding("order", "Order", ["No sign."], "It looks at order.", data={"probability": 0.4})],
        breadth=breadth(result.ballots, result.standings),
        stability=stability(result.ballots, result.responses, places=1),
        fingerprint="ab" * 32,
    )


def opened(body: bytes) -> Opened:
    return load_workbook(io.BytesIO(body))


def cells(book: Opened, sheet: str) -> list[tuple[object, ...]]:
    return [tuple(cell.value for cell in row) for row in book[sheet].iter_rows()]


def test_it_has_its_sheets_and_ballots_only_on_request() -> None:
    sheets = ["Summary", "Results", "Findings", "Responses", "Notes", "README"]
    assert opened(as_xlsx(report())).sheetnames == sheets
    book = opened(as_xlsx(report(), ballots=True))
    assert book.sheetnames == [*sheets[:-1], "Ballots", "README"]
    assert cells(book, "Ballots") == [
        ("Ballot", "R1", "R2", "R3"), (1, 3, 1, None), (2, 1, None, 3), (3, None, 2, 2),
    ]  # fmt: skip
    assert cells(book, "README")[-1][0] == "Ballots"


def test_numbers_are_numbers_and_words_are_words() -> None:
    book = opened(as_xlsx(report()))
    _, first, second, third = cells(book, "Results")
    assert first[:8] == ("1", "R3", "Shade & shelter", "YES", 5, 2, pytest.approx(5 / 12), 3)
    assert second[:8] == ("2", "R1", "Trees", "YES", 4, 2, pytest.approx(4 / 12), 3)
    assert third[:4] == ("3", "R2", "=1+1", "YES")
    # Without the second ballot R1 has 3 and R2 3 as well, and R3 2; without the third R1 leads.
    assert (first[9], first[10], second[11]) == ("1–3", "one person decides", "+Green")
    sheet = book["Results"]
    assert [sheet.cell(4, column).data_type for column in range(1, 8)] == ["s", "s", "s", "s", "n", "n", "n"]
    assert sheet["G2"].number_format == "0.0%"


def test_every_sheet_keeps_its_headings_in_sight_and_prints_them() -> None:
    book = opened(as_xlsx(report(), ballots=True))
    for sheet in book.worksheets:
        assert (sheet.title, sheet.freeze_panes) == (sheet.title, "A2")
        assert sheet.print_title_rows == "$1:$1"
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    widths = book["Results"].column_dimensions
    assert widths["C"].width > 5 * widths["E"].width


def test_originals_stand_under_what_they_were_merged_into() -> None:
    assert cells(opened(as_xlsx(report())), "Responses")[1:3] == [
        ("R1", None, "Trees", "YES", "+Green"), ("R9", "R1", "@More trees", "YES", "+Green"),
    ]  # fmt: skip


def test_notes_and_findings_have_their_sheets() -> None:
    book = opened(as_xlsx(report()))
    assert cells(book, "Notes")[1:] == [("the exercise", None, "A lively room"), ("R2", "=1+1", "-What is meant?")]
    assert cells(book, "Findings")[1:] == [("Order", "No sign.", "It looks at order.")]


def test_a_provisional_workbook_says_so_on_every_page() -> None:
    result = replace(counted(), provisional=True)
    book = opened(as_xlsx(report(result, title="Bed & breakfast")))
    assert ("To know", "Provisional: dots can still move.") in cells(book, "Summary")
    for sheet in book.worksheets:
        assert sheet.oddHeader is not None
        assert str(sheet.oddHeader.left.text).startswith("Provisional: dots can still move.")


def test_without_a_vote_nothing_is_said_of_dots() -> None:
    shown = report()
    shown = Report(shown.workshop, shown.exercise, shown.result, Talk(voted=False), breadth=shown.breadth)
    book = opened(as_xlsx(shown))
    assert cells(book, "Results")[1] == (None, "R1", "Trees", "YES", *[None] * 7, "+Green")
    assert "Dots used" not in [row[0] for row in cells(book, "Summary")]


def test_the_same_result_makes_the_same_bytes() -> None:
    body = as_xlsx(report())
    assert body == as_xlsx(report())
    assert opened(body).properties.created == datetime.fromtimestamp(NOW, UTC).replace(tzinfo=None)


def test_what_people_write_is_never_a_formula() -> None:
    shown = report(counted(HOSTILE, [{1: 1}]), title="=1+1")
    book = opened(as_xlsx(shown))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
    told = {str(row[2]) for row in cells(book, "Results")[1:]}
    # XML has no NUL and reads every line end as one kind; openpyxl shows what Excel's own escape stands for as it is.
    for text in HOSTILE:
        if not set(text) & set("\0\r"):
            assert text in told


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), min_size=1, max_size=5))
def test_whatever_people_write_can_be_opened_again(texts: list[str]) -> None:
    book = opened(as_xlsx(report(counted(texts, [{1: 1}]))))
    assert len(cells(book, "Results")) == len(texts) + 1


@pytest.mark.libreoffice
def test_libreoffice_reads_the_same_values(tmp_path: Path) -> None:
    program = shutil.which("soffice")
    assert program
    file = tmp_path / "results.xlsx"
    file.write_bytes(as_xlsx(report(counted((*TEXTS, '=HYPERLINK("http://evil.example")'), BALLOTS))))
    # -1 writes every sheet as a file of its own.
    filters = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    subprocess.run(
        [program, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", filters,
         "--outdir", str(tmp_path), str(file)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    rows = list(csv.reader(io.StringIO((tmp_path / "results-Results.csv").read_text("utf-8"), newline="")))
    assert [[*row[:6], round(float(row[6].rstrip("%")), 1)] for row in rows[1:]] == [
        ["1", "R3", "Shade & shelter", "YES", "5", "2", 41.7],
        ["2", "R1", "Trees", "YES", "4", "2", 33.3],
        ["3", "R2", "=1+1", "YES", "3", "2", 25.0],
        ["4", "R4", '=HYPERLINK("http://evil.example")', "YES", "0", "0", 0.0],
    ]
    assert (tmp_path / "results-README.csv").exists()

"""A result as an Excel workbook: numbers are numbers, and whatever people wrote is text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from workshop.documents import Cell
from workshop.results.reporting import Report
from workshop.results.rows import rows
from workshop.results.stamps import check_sentence, stamps

# What a cell of a workbook can hold.
LONGEST_CELL = 32_767
LONGEST_SHEET_NAME = 31
NARROW, MIDDLE, WIDE = 9, 16, 60

README = (
    ("Summary", "What was asked, of whom, and the headline."),
    ("Results", "One row for each response, in order of rank. Equal dots share a rank: 1, 2=, 2=, 4."),
    ("Findings", "What was looked for beside the ranking, what was found, and what it can tell."),
    ("Responses", "Every wording, with the originals under the response that they were merged into."),
    ("Notes", "What facilitators wrote down."),
)
README_BALLOTS = ("Ballots", "Each ballot by itself, in an order that says nothing about whose it is.")
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": False,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with one row of headings. Widths are in characters."""

    name: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[Cell]]
    percent: Sequence[int] = ()
    """The columns, from 0, whose numbers are shares from 0 to 1."""


def as_xlsx(report: Report, *, ballots: bool = False) -> bytes:
    """The workbook. `ballots` adds a sheet with each ballot by itself."""
    out = io.BytesIO()
    book = Workbook(out, OPTIONS)
    # A workbook made again of the same result has the same bytes.
    book.set_properties(
        {
            "title": report.workshop.title[:255],
            "subject": "Results of a dot vote",
            "created": datetime.fromtimestamp(report.workshop.opened_at, UTC).replace(tzinfo=None),
        }
    )
    looks = Looks(book)
    for sheet in _sheets(report, ballots=ballots):
        _write(book.add_worksheet(sheet.name[:LONGEST_SHEET_NAME]), sheet, looks, report)
    book.close()
    return out.getvalue()


class Looks:
    """How cells look."""

    def __init__(self, book: Workbook) -> None:
        self.heading: Format = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.text: Format = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        self.number: Format = book.add_format({"valign": "top", "num_format": "0"})
        self.percent: Format = book.add_format({"valign": "top", "num_format": "0.0%"})


def _write(page: Worksheet, sheet: Sheet, looks: Looks, report: Report) -> None:
    for column, (name, width) in enumerate(sheet.columns):
        page.set_column(column, column, width)
        page.write_string(0, column, name, looks.heading)
    for place, row in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                page.write_string(place, column, cell[:LONGEST_CELL], looks.text)
            elif cell is not None:
                page.write_number(place, column, cell, looks.percent if column in sheet.percent else looks.number)
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    # An ampersand would begin a code of the header's own language.
    marks = " ".join(stamps(report)).replace("&", "&&")
    if marks:
        page.set_header(f"&L{marks[:200]}")
    page.set_footer("&L&A&RPage &P of &N")


def _sheets(report: Report, *, ballots: bool) -> list[Sheet]:
    return [
        _summary(report),
        _results(report),
        _findings(report),
        _responses(report),
        _notes(report),
        *([_ballots(report)] if ballots else []),
        Sheet(
            "README", (("Sheet", MIDDLE), ("What is in it", WIDE)), [*README, *([README_BALLOTS] if ballots else [])]
        ),
    ]


def _summary(report: Report) -> Sheet:
    workshop, exercise, result = report.workshop, report.exercise, report.result
    prompts = exercise.prompts
    facts: list[tuple[str, Cell]] = [
        ("Workshop", workshop.title),
        ("Date", datetime.fromtimestamp(workshop.opened_at, UTC).date().isoformat()),
        ("Exercise", exercise.number),
        *((f"Prompt {key.upper()}", prompt) for key, prompt in prompts.items()),
        *([] if prompts else [("Prompt", exercise.prompt)]),
        ("People who joined", result.joined),
    ]
    if report.talk.voted:
        facts += [
            ("Dots each", exercise.allowance),
            ("Most on one response", exercise.most_per_response),
            ("People who voted", result.people),
            ("On paper", result.on_paper),
            ("Dots used", result.in_tally),
            ("Dots they had", result.available),
            ("Check", check_sentence(result)),
            ("Fingerprint of the ballots (SHA-256)", report.fingerprint or None),
        ]
    facts += [("To know", each) for each in stamps(report)]
    return Sheet("Summary", (("What", 36), ("Value", WIDE)), facts)


def _results(report: Report) -> Sheet:
    columns = (
        ("Rank", NARROW), ("Number", NARROW), ("Response", WIDE), ("Column", MIDDLE), ("Dots", NARROW),
        ("People", NARROW), ("Share of dots", NARROW), ("Most from one person", NARROW),
        ("Rank by people", NARROW), ("Ranks when any one ballot is left out", MIDDLE), ("Verdict", MIDDLE),
        ("Theme", MIDDLE),
    )  # fmt: skip
    cells: list[Sequence[Cell]] = [
        (
            row.rank,
            f"R{row.response.number}",
            row.response.text,
            row.column or row.response.side.upper(),
            row.standing and row.standing.dots,
            row.standing and row.standing.people,
            row.share,
            row.breadth and row.breadth.largest,
            row.rank_by_people,
            row.ranks,
            row.verdict,
            row.theme,
        )
        for row in rows(report)
    ]
    return Sheet("Results", columns, cells, percent=(6,))


def _findings(report: Report) -> Sheet:
    columns = (("Looked for", 24), ("Found", WIDE), ("What it can tell", WIDE))
    return Sheet(
        "Findings", columns, [(each.heading, "\n".join(each.sentences), each.meaning) for each in report.findings]
    )


def _responses(report: Report) -> Sheet:
    columns = (("Number", NARROW), ("Stands under", NARROW), ("Response", WIDE), ("Column", MIDDLE), ("Theme", MIDDLE))
    cells: list[Sequence[Cell]] = []
    for row in sorted(rows(report), key=lambda row: row.response.number):
        number, side = f"R{row.response.number}", row.column or row.response.side.upper()
        cells.append((number, None, row.response.text, side, row.theme))
        cells.extend((f"R{each.number}", number, each.text, side, row.theme) for each in row.merged)
    return Sheet("Responses", columns, cells)


def _notes(report: Report) -> Sheet:
    columns = (("On", MIDDLE), ("Response", WIDE), ("Note", WIDE))
    on_exercise = [("the exercise", None, report.talk.note(0))] if report.talk.note(0) else []
    on_responses = [(f"R{row.response.number}", row.response.text, row.note) for row in rows(report) if row.note]
    return Sheet("Notes", columns, [*on_exercise, *on_responses])


def _ballots(report: Report) -> Sheet:
    numbers = sorted(report.result.responses)
    columns = (("Ballot", NARROW), *((f"R{number}", NARROW) for number in numbers))
    cells = [(place, *(ballot.get(number) for number in numbers))
             for place, ballot in enumerate(report.result.ballots, start=1)]  # fmt: skip
    return Sheet("Ballots", columns, cells)

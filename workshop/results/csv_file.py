"""A result as CSV (RFC 4180), for whatever spreadsheet opens it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from workshop.documents import Table
from workshop.results.reporting import Report
from workshop.results.rows import Row, rows
from workshop.results.showing import show_share
from workshop.results.stamps import check_sentence, stamps

COLUMNS = (
    "rank", "number", "response", "side", "dots", "people", "share", "largest", "rank_by_people", "ranks", "verdict",
    "theme", "merged", "note",
)  # fmt: skip

# A spreadsheet takes a cell that begins like this for a formula, or drops the character and looks at the next.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def as_csv(report: Report) -> bytes:
    """The rows of a result, and in the last one the sums and what has to be known of the file."""
    return _written([COLUMNS, *(_cells(row) for row in rows(report)), _sums(report)])


def as_table(table: Table) -> bytes:
    """A table as a file by itself."""
    cells = [
        [
            show_share(cell)
            if column in table.percent and isinstance(cell, float)
            else _safe(cell)
            if isinstance(cell, str)
            else cell
            for column, cell in enumerate(row)
        ]
        for row in table.rows
    ]
    return _written([[_safe(name) for name in table.columns], *cells])


def _written(lines: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(lines)
    # Excel takes a file without the mark for one in the machine's old code page.
    return ("\ufeff" + out.getvalue()).encode()


def _cells(row: Row) -> list[object]:
    standing = row.standing
    return [
        row.rank,
        f"R{row.response.number}",
        _safe(row.response.text),
        row.response.side.upper(),
        standing and standing.dots,
        standing and standing.people,
        None if row.share is None else show_share(row.share),
        row.breadth and row.breadth.largest,
        row.rank_by_people,
        row.ranks,
        row.verdict,
        _safe(row.theme or ""),
        "\n".join(f"R{each.number} {each.text}" for each in row.merged),
        _safe(row.note),
    ]


def _sums(report: Report) -> list[object]:
    result, voted = report.result, report.talk.voted
    note = " ".join([*stamps(report), *([check_sentence(result)] if voted else [])])
    share = show_share(1.0 if result.in_tally else 0.0)
    sums = [result.in_tally, result.people, share] if voted else [None, None, None]
    return [None, None, "All responses", None, *sums, *[None] * 6, note]


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text

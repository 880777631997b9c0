"""A result on one page: what goes forward, and as much of the ranking as there is room for."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import ngettext

from workshop.documents import Block, Heading, Paragraph
from workshop.results import report_tables, sentences
from workshop.results.report_parts import across, headline, method
from workshop.results.reporting import Report
from workshop.results.rows import Row, rows
from workshop.results.stamps import stamps

# How many lines of a table there is room for on A4 under everything else, and how many characters a line of the page,
# of what was asked and of a table's column for responses has.
LINES_OF_A_PAGE = 17
LINE, LINE_OF_A_FACT, LINE_OF_A_CELL = 80, 55, 45


def one_page(report: Report) -> Iterator[Block]:
    """What stands on the page under its opening."""
    shown = _first_rows(report)
    yield Heading(1, _("What goes forward"))
    yield Paragraph(_forward_in_short(report))
    if shown:
        yield report_tables.ranking(report, shown)
    if len(shown) < len(report.result.standings):
        yield Paragraph(
            _("These are %(few)s of %(all)s responses.", few=len(shown), all=len(report.result.standings)), "hint"
        )
    yield from method(report)


def _forward_in_short(report: Report) -> str:
    """Who goes forward by their numbers, for the table underneath has their words."""
    line = report.result.line
    if line is None:
        return str(_("No line was drawn, so nothing says how many priorities go forward."))
    if line.above:
        goes = ngettext(
            "%(responses)s goes forward.",
            "%(responses)s go forward.",
            len(line.above),
            responses=sentences.names(line.above),
        )
    else:
        goes = _("Nothing is above the line for certain.")
    return " ".join(filter(None, [goes, across(report)]))


def _first_rows(report: Report) -> list[Row]:
    """As many of the ranking as there is room for on the page, and no part of a tie unless it is the first."""
    title, lead, said = report.workshop.title * 4, headline(report) * 2, " ".join(stamps(report))
    texts = [title, lead, said, _forward_in_short(report)]
    asked = list(report.exercise.prompts.values()) or [report.exercise.asked]
    left = LINES_OF_A_PAGE - sum(len(text) // LINE for text in texts)
    left -= sum(1 + len(text) // LINE_OF_A_FACT for text in asked)
    shown: list[Row] = []
    for row in rows(report):
        left -= 1 + len(row.response.text) // LINE_OF_A_CELL
        if left < 0 and shown:
            whole = [each for each in shown if each.rank != row.rank]
            return whole or shown
        shown.append(row)
    return shown

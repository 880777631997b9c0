"""A result as a document: everything that is known of it, or the one page that is handed round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from workshop.documents import Block, Bullets, Document, Figure, Heading, Paragraph
from workshop.models import Response
from workshop.results import report_tables, sentences
from workshop.results.one_page import one_page
from workshop.results.report_parts import across, method, opening
from workshop.results.report_tables import column_name
from workshop.results.reporting import Report
from workshop.results.rows import Row, rows


def document(report: Report, *, full: bool = True, figures: Sequence[Figure] = ()) -> Document:
    """The report as a document. Without `full` it is one page: what goes forward and the first of the ranking.

    `figures` stand before the ranking. An exercise without the result of a vote has its responses by theme.
    """
    if not report.talk.voted:
        blocks = [*opening(report), *_talked(report)]
    elif full:
        blocks = [*opening(report), *_everything(report, figures)]
    else:
        blocks = [*opening(report, full=False), *one_page(report)]
    return Document(report.workshop.title, blocks, report.workshop.opened_at, _marks(report))


def _marks(report: Report) -> list[str]:
    """What no page may be read without."""
    result, workshop = report.result, report.workshop
    marks = [_("Provisional")] if report.talk.voted and result.provisional else []
    if workshop.is_rehearsal:
        marks.append(_("Rehearsal"))
    elif workshop.simulated:
        marks.append(_("Simulated"))
    return marks if result.adds_up else [*marks, _("Does not add up")]


# Everything -----------------------------------------------------------------------------------------------------------


def _everything(report: Report, figures: Sequence[Figure]) -> Iterator[Block]:
    yield from _forward(report)
    yield Heading(1, _("The ranking"))
    yield from figures
    if report.result.standings:
        yield report_tables.ranking(report, list(rows(report)))
        yield from report_tables.each_column(report)
        yield from _trust(report)
    else:
        yield Paragraph(_("No response is left to rank."), "empty")
    if by_theme := report_tables.themes(report):
        yield Heading(1, _("By theme"))
        yield by_theme
    yield from _findings(report)
    if merged := report_tables.merged(report):
        yield Heading(1, _("Merged responses"))
        yield merged
    yield from _notes(report)
    yield from method(report)


def _forward(report: Report) -> Iterator[Block]:
    yield Heading(1, _("What goes forward"))
    line = report.result.line
    if line is None:
        yield Paragraph(_("No line was drawn, so nothing says how many priorities go forward."), "empty")
        return
    named = {row.response.number: _named(report, row) for row in rows(report)}
    if line.above:
        yield Paragraph(sentences.goes_forward(line))
        yield Bullets([named[number] for number in line.above])
    else:
        yield Paragraph(_("Nothing is above the line for certain."))
    if line.tied:
        yield Paragraph(across(report))
        yield Bullets([named[number] for number in line.tied])


def _named(report: Report, row: Row) -> str:
    """R3 More trees (YES, 12 dots from 9 people)."""
    standing, several = row.standing, len(report.exercise.sides) > 1
    column = [column_name(report, row.response.side)] if several else []
    if standing is not None:
        dots = ngettext("%(num)s dot", "%(num)s dots", standing.dots)
        people = ngettext("%(num)s person", "%(num)s people", standing.people)
        column.append(_("%(dots)s from %(people)s", dots=dots, people=people))
    return f"R{row.response.number} {row.response.text} ({', '.join(column)})"


def _trust(report: Report) -> Iterator[Block]:
    yield Heading(1, _("How far each rank can be trusted"))
    yield report_tables.trust(report)
    yield Paragraph(
        _(
            "Most from one: the most dots that any one person put on it; half or more means that it rests on one"
            " person. Rank by people: where it would stand if people were counted instead of dots. Ranks: the best and"
            " the worst rank that it takes when any one ballot is left out."
        ),
        "hint",
    )
    if report.result.line is not None:
        yield Paragraph(
            _(
                "Safe: it stays on its side of the line whichever ballot is left out. One person decides: without one"
                " of the ballots it would be elsewhere. Coin toss: it ties across the line."
            ),
            "hint",
        )


def _findings(report: Report) -> Iterator[Block]:
    if report.findings:
        yield Heading(1, _("What the result can bear"))
    for finding in report.findings:
        yield Heading(2, finding.heading)
        yield from map(Paragraph, finding.sentences)
        yield from (table for table in finding.tables if table.rows)
        yield Paragraph(_("What this means: %(meaning)s", meaning=finding.meaning), "hint")


def _notes(report: Report) -> Iterator[Block]:
    noted = [row for row in rows(report) if row.note]
    if report.talk.note(0) or noted:
        yield Heading(1, _("Notes"))
    if report.talk.note(0):
        yield Paragraph(report.talk.note(0))
    for row in noted:
        yield Heading(2, f"R{row.response.number} {row.response.text}")
        yield Paragraph(row.note)


# Without a vote -------------------------------------------------------------------------------------------------------


def _talked(report: Report) -> Iterator[Block]:
    """What was written and said where nothing was voted on."""
    if report.talk.note(0):
        yield Heading(1, _("Note on the exercise"))
        yield Paragraph(report.talk.note(0))
    for theme, responses in report.talk.by_theme:
        rest = _("Without a theme") if len(report.talk.by_theme) > 1 else _("Responses")
        yield Heading(1, theme.name if theme else rest)
        for response in responses:
            yield from _response(report, response)


def _response(report: Report, response: Response) -> Iterator[Block]:
    several = len(report.exercise.sides) > 1
    column = f" ({column_name(report, response.side)})" if several else ""
    yield Paragraph(f"R{response.number} {response.text}{column}")
    if originals := report.result.merged.get(response.number):
        yield Bullets([f"R{each.number} {each.text}" for each in originals])
    if note := report.talk.note(response.number):
        yield Paragraph(note, "hint")

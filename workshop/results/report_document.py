"""A result as a document: everything that is known of it, or the one page that is handed round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from workshop.documents import Block, Bullets, Document, Facts, Figure, Heading, Paragraph
from workshop.models import Response
from workshop.results import report_tables, sentences
from workshop.results.report_tables import column_name
from workshop.results.reporting import Report
from workshop.results.rows import Row, rows
from workshop.results.stamps import check_sentence, stamps

# With fewer ballots than this, whoever knows the people may guess who voted for what.
FEW_PEOPLE = 10
# Of one page: how many lines of a table there is room for under everything else, and how many characters a line of
# the page and of a table's column for responses has.
LINES_OF_A_PAGE = 31
LINE, LINE_OF_A_CELL = 85, 48


def document(report: Report, *, full: bool = True, figures: Sequence[Figure] = ()) -> Document:
    """The report as a document. Without `full` it is one page: what goes forward and the first of the ranking.

    `figures` stand before the ranking. An exercise without the result of a vote has its responses by theme.
    """
    if not report.talk.voted:
        blocks = [*_opening(report), *_talked(report)]
    elif full:
        blocks = [*_opening(report), *_everything(report, figures)]
    else:
        blocks = [*_opening(report), *_one_page(report)]
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


# What stands first ----------------------------------------------------------------------------------------------------


def _opening(report: Report) -> Iterator[Block]:
    yield Paragraph(_headline(report), "lead")
    if said := stamps(report):
        yield Paragraph(" ".join(said))
    if report.talk.voted and report.result.people < FEW_PEOPLE:
        yield Paragraph(_("Fewer than ten people voted, so results may let others guess who voted for what."), "hint")
    yield Facts(list(_facts(report)))


def _headline(report: Report) -> str:
    result = report.result
    if not report.talk.voted:
        return str(ngettext("%(num)s response.", "%(num)s responses.", len(result.responses)))
    used = ngettext(
        "%(num)s person used %(used)s of %(available)s dots.",
        "%(num)s people used %(used)s of %(available)s dots.",
        result.people,
        used=result.in_tally,
        available=result.available,
    )
    return " ".join([used, *sentences.tie_sentences(result)])


def _facts(report: Report) -> Iterator[tuple[str, str]]:
    workshop, exercise, result = report.workshop, report.exercise, report.result
    day = datetime.fromtimestamp(workshop.opened_at, UTC)
    yield _("Date"), f"{day.day} {day:%B %Y}"
    yield _("Exercise"), str(exercise.number)
    if exercise.prompt is not None:
        yield _("Question"), exercise.prompt
    for side, prompt in exercise.prompts.items():
        yield _("Question for %(column)s", column=column_name(report, side)), prompt
    yield _("People who joined"), str(result.joined)
    if report.talk.voted:
        yield _("People who voted"), str(result.people)
        yield _("Dots each"), str(exercise.allowance)
        yield _("Dots used"), _("%(used)s of %(available)s", used=result.in_tally, available=result.available)


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
    yield from _method(report)


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
        yield Paragraph(_across(report))
        yield Bullets([named[number] for number in line.tied])


def _across(report: Report) -> str:
    """What becomes of the tie across the line; nothing where there is none."""
    line = report.result.line
    if line is None or not line.tied:
        return ""
    between = ngettext("%(num)s place is open between them.", "%(num)s places are open between them.", line.places)
    return " ".join([sentences.tie_across(line), *([between] if line.is_open else [])])


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


def _method(report: Report) -> Iterator[Block]:
    exercise = report.exercise
    had = ngettext("Everybody had %(num)s dot.", "Everybody had %(num)s dots.", exercise.allowance)
    most = (
        ngettext(
            "At most %(num)s of them could go onto one response.",
            "At most %(num)s of them could go onto one response.",
            exercise.most_per_response,
        )
        if exercise.most_per_response
        else _("Any number of them could go onto one response.")
    )
    totals = (
        _("Totals could be seen while people voted.")
        if exercise.totals == "live"
        else _("Totals were hidden from everybody who voted until the reveal.")
    )
    yield Heading(1, _("How it was counted"))
    yield Paragraph(f"{had} {most} {totals}")
    yield Paragraph(
        _(
            "More dots means more priority, not agreement from everyone. Equal dots share a rank, and nothing but dots"
            " decides between two responses. Share is a response's part of all dots placed."
        )
    )
    yield Paragraph(check_sentence(report.result))
    if report.fingerprint:
        yield Paragraph(
            _("Fingerprint of the file of ballots (SHA-256): %(digest)s", digest=report.fingerprint), "hint"
        )


# One page -------------------------------------------------------------------------------------------------------------


def _one_page(report: Report) -> Iterator[Block]:
    shown = _first_rows(report)
    yield Heading(1, _("What goes forward"))
    yield Paragraph(_forward_in_short(report))
    if shown:
        yield report_tables.ranking(report, shown)
    if len(shown) < len(report.result.standings):
        yield Paragraph(
            _("These are %(few)s of %(all)s responses.", few=len(shown), all=len(report.result.standings)), "hint"
        )
    yield from _method(report)


def _forward_in_short(report: Report) -> str:
    """Who goes forward by their numbers, for the table underneath has their words."""
    line = report.result.line
    if line is None:
        return str(_("No line was drawn, so nothing says how many priorities go forward."))
    goes = _(
        "%(responses)s: %(sentence)s", responses=sentences.names(line.above), sentence=sentences.goes_forward(line)
    )
    return " ".join(
        filter(None, [goes if line.above else _("Nothing is above the line for certain."), _across(report)])
    )


def _first_rows(report: Report) -> list[Row]:
    """As many of the ranking as there is room for on the page, and no part of a tie unless it is the first."""
    above = [report.workshop.title * 2, _headline(report), *stamps(report), *report.exercise.prompts.values()]
    left = LINES_OF_A_PAGE - sum(len(text) // LINE for text in [*above, report.exercise.prompt or ""])
    left -= len(report.exercise.prompts) + len(_forward_in_short(report)) // LINE
    shown: list[Row] = []
    for row in rows(report):
        left -= 1 + len(row.response.text) // LINE_OF_A_CELL
        if left < 0 and shown:
            whole = [each for each in shown if each.rank != row.rank]
            return whole or shown
        shown.append(row)
    return shown


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

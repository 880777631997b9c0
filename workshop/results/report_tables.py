"""The tables of a report."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext

from workshop import rules
from workshop.documents import Cell, Table
from workshop.models import Response
from workshop.results.breadth import Breadth
from workshop.results.cutting import Line
from workshop.results.reporting import Report
from workshop.results.robustness import rank_range, verdict
from workshop.results.showing import show_rank, show_standing, side_name


def ranking(
    report: Report,
    standings: Sequence[rules.Standing],
    caption: str,
    *,
    is_whole: bool = True,
) -> Table:
    """Responses by rank. Only the ranking of all columns has a line in it, or columns to name."""
    line = report.result.line if is_whole else None
    has_sides = is_whole and len(report.exercise.sides) > 1
    columns = [gettext("Rank"), gettext("Number"), gettext("Response")]
    columns += [gettext("Column")] if has_sides else []
    columns += [gettext("Dots"), gettext("People"), gettext("Share")]
    columns += [gettext("Line")] if line else []
    rows: list[list[Cell]] = [
        [
            show_standing(each),
            f"R{each.response}",
            report.result.responses[each.response].text,
            *([side_name(report.exercise.side(report.result.responses[each.response].side))] if has_sides else []),
            each.dots,
            each.people,
            report.result.share(each),
            *([_place(line, each.response)] if line else []),
        ]
        for each in standings
    ]
    return Table(caption, columns, rows, percent=[5 + has_sides])


def _place(line: Line, response: int) -> str:
    if response in line.forward:
        return str(gettext("above"))
    return str(gettext("tied") if line.is_open and response in line.tied else gettext("below"))


def firmness(report: Report) -> Table:
    """What each rank rests on: how many people, and how few ballots could change it."""
    widely, steadily = report.breadth, report.stability
    has_verdicts = any(each.verdict for each in steadily.values())
    columns = [gettext("Rank"), gettext("Number"), gettext("Response")]
    columns += [gettext("Largest share from one person"), gettext("Rank by people")] if widely else []
    columns += [gettext("Ranks without any one ballot")] if steadily else []
    columns += [gettext("Verdict")] if has_verdicts else []
    rows = []
    for each in report.result.standings:
        row: list[Cell] = [show_standing(each), f"R{each.response}", report.result.responses[each.response].text]
        row += _breadth_cells(widely[each.response]) if widely else []
        row += [rank_range(steadily[each.response])] if steadily else []
        row += [verdict(steadily[each.response], report.result.line)] if has_verdicts else []
        rows.append(row)
    return Table(gettext("What each rank rests on"), columns, rows, percent=[3] if widely else [])


def _breadth_cells(each: Breadth) -> list[Cell]:
    return [each.largest_share if each.dots else None, show_rank(each.rank, each.shared)]


def merged(report: Report) -> Table:
    """Each response that was merged, in the words that it was written in."""
    rows = [
        [f"R{number}", f"R{each.number}", each.text]
        for number, originals in sorted(report.result.merged.items())
        for each in originals
    ]
    columns = [gettext("Counted under"), gettext("Number"), gettext("As it was written")]
    return Table(gettext("Merged responses as they were written"), columns, rows)


def notes(report: Report) -> Table:
    """What was said, in the order of the ranks."""
    rows = [
        [f"R{each.response}", report.result.responses[each.response].text, report.talk.note(each.response)]
        for each in report.result.standings
        if report.talk.note(each.response)
    ]
    return Table(gettext("Notes on responses"), [gettext("Number"), gettext("Response"), gettext("Note")], rows)


def talked_about(report: Report, responses: Sequence[Response]) -> Table:
    """Responses without dots, with what was said on them."""
    has_notes = any(report.talk.note(each.number) for each in responses)
    columns = [gettext("Number"), gettext("Response"), *([gettext("Note")] if has_notes else [])]
    rows = [
        [f"R{each.number}", each.text, *([report.talk.note(each.number)] if has_notes else [])] for each in responses
    ]
    return Table(gettext("Responses"), columns, rows)

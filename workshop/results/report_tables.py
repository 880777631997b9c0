"""The tables of a report."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext

from workshop import rules
from workshop.documents import Cell, Table
from workshop.errors import N_
from workshop.models import Exercise, Response
from workshop.results.breadth import Breadth
from workshop.results.cutting import Line
from workshop.results.reporting import Report
from workshop.results.rows import show_standing
from workshop.results.stability import Stability

VERDICTS = {
    "safe": N_("safe"),
    "one person decides": N_("one person decides"),
    "coin toss": N_("coin toss"),
}


def side_name(exercise: Exercise, key: str) -> str:
    """What a column is called; YES and NO are words of ours."""
    own = next((side.name for side in exercise.sides if side.key == key), None)
    return str(own or {"yes": gettext("YES"), "no": gettext("NO")}.get(key, ""))


def together(exercise: Exercise) -> str:
    """What the ranking of all columns is called."""
    if {side.key for side in exercise.sides} == set(rules.SIDES):
        return str(gettext("YES and NO together"))
    return str(gettext("All responses"))


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
            *([side_name(report.exercise, report.result.responses[each.response].side)] if has_sides else []),
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
        row += [_ranks(steadily[each.response])] if steadily else []
        row += [_verdict(steadily[each.response])] if has_verdicts else []
        rows.append(row)
    return Table(gettext("What each rank rests on"), columns, rows, percent=[3] if widely else [])


def _breadth_cells(each: Breadth) -> list[Cell]:
    return [each.largest_share if each.dots else None, f"{each.rank}=" if each.shared else str(each.rank)]


def _ranks(each: Stability) -> str:
    if each.best == each.worst:
        return str(each.best)
    return str(gettext("%(best)s to %(worst)s", best=each.best, worst=each.worst))


def _verdict(each: Stability) -> str:
    return str(gettext(VERDICTS[each.verdict])) if each.verdict else ""


def themes(report: Report) -> Table:
    """The dots of each theme, best first."""
    dots = {each.response: each.dots for each in report.result.standings}
    totals: list[tuple[str, str, int]] = [
        (
            theme.name if theme else gettext("Without a theme"),
            ", ".join(f"R{each.number}" for each in responses),
            sum(dots.get(each.number, 0) for each in responses),
        )
        for theme, responses in report.talk.by_theme
    ]
    columns = [gettext("Theme"), gettext("Responses"), gettext("Dots")]
    ranked = sorted(totals, key=lambda total: -total[2])
    return Table(gettext("Dots by theme"), columns, ranked)


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

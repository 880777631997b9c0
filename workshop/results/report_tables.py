"""The tables of a report on paper. One of eleven columns would be too wide for A4, so there are several."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from workshop import rules
from workshop.documents import Cell, Table
from workshop.errors import N_
from workshop.results.reporting import Report
from workshop.results.rows import Row, rows, show_standing

VERDICTS = {
    "safe above": N_("safe above"),
    "safe below": N_("safe below"),
    "one person decides": N_("one person decides"),
    "coin toss": N_("coin toss"),
}


def ranking(report: Report, shown: Sequence[Row]) -> Table:
    """Some responses in order of rank: dots, people and share."""
    several = len(report.exercise.sides) > 1
    cells = [
        [
            row.rank,
            f"R{row.response.number}",
            row.response.text,
            *([column_name(report, row.response.side)] if several else []),
            row.standing and row.standing.dots,
            row.standing and row.standing.people,
            row.share,
        ]
        for row in shown
    ]
    columns = [
        _("Rank"), _("Number"), _("Response"), *([_("Column")] if several else []), _("Dots"), _("People"),
        _("Share of dots"),
    ]  # fmt: skip
    return Table(_together(report), columns, cells, percent=(len(columns) - 1,))


def each_column(report: Report) -> list[Table]:
    """Each column ranked by itself, where there are several."""
    sides = report.exercise.sides
    return [_alone(report, side.key) for side in sides if len(sides) > 1 and report.result.on_side(side.key)]


def trust(report: Report) -> Table:
    """How far each rank can be trusted: whether it rests on one person, and whether it outlives any one ballot."""
    has_line = any(each.verdict for each in report.stability.values())
    cells: list[list[Cell]] = [
        [
            row.rank,
            f"R{row.response.number}",
            row.response.text,
            row.breadth and row.breadth.largest,
            row.rank_by_people,
            row.ranks,
            *([_verdict(report, row)] if has_line else []),
        ]
        for row in rows(report)
    ]
    columns = [
        _("Rank"), _("Number"), _("Response"), _("Most from one"), _("Rank by people"), _("Ranks"),
        *([_("Holds?")] if has_line else []),
    ]  # fmt: skip
    return Table(_("One person's part, people instead of dots, any one ballot left out"), columns, cells)


def merged(report: Report) -> Table | None:
    """The originals that were merged, with what they stand under."""
    cells = [
        [f"R{each.number}", each.text, f"R{row.response.number}", row.response.text]
        for row in rows(report)
        for each in row.merged
    ]
    columns = [_("Number"), _("As it was written"), _("Counted as"), _("Response")]
    return Table(_("What was merged, and into what"), columns, cells) if cells else None


def themes(report: Report) -> Table | None:
    """What the responses of each theme come to together; None where there is no theme."""
    dots = {each.response: each.dots for each in report.result.standings}
    cells: list[list[Cell]] = [
        [
            theme.name if theme else _("Without a theme"),
            ", ".join(f"R{each.number}" for each in responses),
            sum(dots[each.number] for each in responses),
        ]
        for theme, responses in report.talk.by_theme
    ]
    has_themes = any(theme for theme, _responses in report.talk.by_theme)
    return Table(_("Dots by theme"), [_("Theme"), _("Responses"), _("Dots")], cells) if has_themes else None


def column_name(report: Report, side: str) -> str:
    """What a column is called in files: YES and NO, or the facilitator's name for it."""
    named = {each.key: each.name for each in report.exercise.sides}
    return named.get(side) or side.upper()


def _together(report: Report) -> str:
    keys = [side.key for side in report.exercise.sides]
    return str(_("YES and NO together") if keys[:2] == ["yes", "no"] else _("All responses"))


def _alone(report: Report, side: str) -> Table:
    cells = [_standing(report, each) for each in report.result.on_side(side)]
    columns = [_("Rank"), _("Number"), _("Response"), _("Dots"), _("People")]
    return Table(_("%(column)s alone", column=column_name(report, side)), columns, cells)


def _standing(report: Report, standing: rules.Standing) -> list[Cell]:
    response = report.result.responses[standing.response]
    return [show_standing(standing), f"R{response.number}", response.text, standing.dots, standing.people]


def _verdict(report: Report, row: Row) -> str:
    """Whether its place holds. What a run-off has settled is a coin toss no more."""
    line = report.result.line
    if line is not None and line.settled is not None and row.response.number in line.tied:
        return str(_("settled by a run-off"))
    return str(_(VERDICTS[row.verdict])) if row.verdict else ""

"""What a chart says in words: its title, what it is about, and how its marks are to be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import gettext

from workshop import rules
from workshop.errors import N_
from workshop.models import Exercise, Side
from workshop.results import sentences
from workshop.results.reporting import Report
from workshop.results.showing import show_standing, side_name

# How the marks of a column are filled, and the word for it. Columns of the facilitator's own take them from the left.
FILLS = {
    "solid": N_("solid"), "striped": N_("striped"), "spotted": N_("spotted"), "lined": N_("with upright lines"),
    "hollow": N_("hollow"),
}  # fmt: skip
FILL_OF = {"yes": "solid", "no": "striped", "open": "solid", **dict(zip("abcde", FILLS, strict=True))}


def fills(exercise: Exercise) -> Iterator[tuple[Side, str]]:
    """Each column with how its marks are filled, where there is more than one to tell apart."""
    if len(exercise.sides) > 1:
        yield from ((side, FILL_OF[side.key]) for side in exercise.sides)


def standings_of(report: Report, side: str | None) -> Sequence[rules.Standing]:
    return report.result.standings if side is None else report.result.on_side(side)


def finding(report: Report, side: str | None = None) -> str:
    """What the chart says, in a sentence: R3 has most dots, 12 of 61."""
    standings = standings_of(report, side)
    most = standings[0].dots if standings else 0
    if not most:
        return str(gettext("No response has a dot."))
    first = [each.response for each in standings if each.dots == most]
    dots = sum(each.dots for each in standings)
    if len(first) == 1:
        return str(
            gettext("%(response)s has most dots: %(most)s of %(dots)s", response=f"R{first[0]}", most=most, dots=dots)
        )
    if len(first) > sentences.MOST_NAMES:
        return str(
            gettext("%(num)s responses have most dots: %(most)s of %(dots)s each", num=len(first), most=most, dots=dots)
        )
    named = sentences.names(first)
    return str(
        gettext("%(responses)s have most dots: %(most)s of %(dots)s each", responses=named, most=most, dots=dots)
    )


def title(report: Report, side: str | None) -> str:
    """The finding, and whose column it is about."""
    said = finding(report, side)
    return said if side is None else f"{side_name(report.exercise.side(side))}: {said}"


def asked(report: Report, side: str | None) -> str:
    """Which workshop, and what people were asked."""
    exercise = report.exercise
    prompt = exercise.asked if side is None else exercise.side(side).prompt or exercise.asked
    return f"{report.workshop.title} – {prompt}"


def foot(report: Report) -> str:
    """How many dots there were, and whether they are to be taken for what they seem."""
    parts = (
        sentences.used(report.result),
        sentences.provisional() if report.result.provisional else "",
        sentences.made_up(report.workshop),
    )
    return " ".join(filter(None, parts))


def description(report: Report, shown: Sequence[rules.Standing], *, is_bars: bool) -> str:
    """For whoever hears the picture: how to read it, and every figure in it."""
    marks = gettext("Bars are as long as their dots are many.") if is_bars else gettext("One mark is one dot.")
    filled = ", ".join(f"{side_name(side)} {gettext(FILLS[fill])}" for side, fill in fills(report.exercise))
    ranked = gettext("Responses are in order of rank.")
    figures = "; ".join(f"{show_standing(each)} R{each.response}: {each.dots}" for each in shown)
    return " ".join(filter(None, (marks, f"{filled}." if filled else "", ranked, f"{figures}." if figures else "")))

"""What a result says about the scope: which responses are in it, out of it, or parked because the room is divided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from flask_babel import force_locale, gettext

from workshop import rules
from workshop.languages import SOURCE
from workshop.models import Exercise, Side
from workshop.results.contested import contested_in
from workshop.results.reporting import Report
from workshop.results.robustness import settled_verdict
from workshop.results.sentences import names
from workshop.results.showing import show_standing, side_name

# A column says what is not to be looked at by what it is called, or by its sign.
OUT_SIGNS = ("cross", "minus")


class Derived(NamedTuple):
    """One response as the result alone would have it in the scope."""

    exercise: int
    response: int
    section: str
    text: str
    note: str
    """Why it is parked, where it is, and what was noted down while it was talked about."""
    evidence: dict[str, Any]
    """`dots`, `people`, `rank` (2=), `verdict`, `place` (above, tied, below), `side`, `of` (the number of the exercise)
    and `share` (0 to 1)."""


Derivation = Mapping[int, Sequence[Derived]]
"""What each exercise says, by its number, in the order of the ranking. One without a line says nothing and is not
here."""


def counts_for_scope(exercise: Exercise) -> bool:
    """Whether a result of this exercise is one of its own: a run-off only settles another's."""
    return exercise.revealed and exercise.run_off_of is None


def derive(reports: Iterable[Report]) -> Derivation:
    """What everything that was revealed and has a line says about the scope."""
    return {
        each.exercise.number: _derived(each)
        for each in reports
        if counts_for_scope(each.exercise) and each.result.line is not None
    }


def section_of(side: Side) -> str:
    """Where what is above the line goes: `in`, or `out` for a column of what is not wanted."""
    if side.key == "no" or (side.key in rules.OWN_SIDES and side.sign in OUT_SIGNS):
        return "out"
    return "in"


def _derived(report: Report) -> list[Derived]:
    """In words of the workshop's own language, whoever asks: they are kept, and others read them."""
    with force_locale(report.workshop.language):
        return [*_in_order(report)]


def _in_order(report: Report) -> Iterator[Derived]:
    line, responses = report.result.line, report.result.responses
    assert line is not None
    divided = dict(_divided(report))
    ranked = [each.response for each in report.result.standings]
    standings = {each.response: each for each in report.result.standings}
    # A run-off has its own order among those who tied.
    for number in [*line.forward, *(each for each in ranked if each not in line.forward)]:
        reason = ""
        if number in divided:
            section, reason = "parked", divided[number]
        elif number in line.forward:
            section = section_of(report.exercise.side(responses[number].side))
        elif line.is_open and number in line.tied:
            section = "parked"
            reason = gettext(
                "%(responses)s tie across the line, and nothing has settled it.", responses=names(line.tied)
            )
        else:
            continue
        note = "\n".join(filter(None, (reason, report.talk.note(number))))
        yield Derived(
            report.exercise.number,
            number,
            section,
            responses[number].text,
            note,
            _evidence(report, standings[number]),
        )


def _evidence(report: Report, standing: rules.Standing) -> dict[str, Any]:
    side = report.exercise.side(report.result.responses[standing.response].side)
    stability = report.stability.get(standing.response)
    # Only documents say it, and they are in English.
    with force_locale(SOURCE):
        column = side.name or side_name(side)
    return {
        "dots": standing.dots,
        "people": standing.people,
        "rank": show_standing(standing),
        "verdict": settled_verdict(stability, report.result.line) if stability else None,
        "place": stability and stability.side,
        "side": column,
        "of": report.exercise.number,
        "share": round(report.result.share(standing), 4),
    }


def _divided(report: Report) -> Iterator[tuple[int, str]]:
    """The responses on which the room is divided, each with the reason in a sentence."""
    dots = {each.response: each.dots for each in report.result.standings}
    for pair in _contested_in(report):
        for one, other in (pair, pair[::-1]):
            # What nobody chose is no side of a quarrel.
            if dots.get(one) and dots.get(other):
                text = report.result.responses[other].text
                yield (
                    one,
                    gettext("Contested: R%(other)s says it in another column, “%(text)s”.", other=other, text=text),
                )


def _contested_in(report: Report) -> list[tuple[int, int]]:
    """Pairs of responses that may be one idea, with dots for it and against it."""
    return [(each.one, each.other) for each in contested_in(report.result)]

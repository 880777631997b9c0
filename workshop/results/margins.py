"""The line in words: what goes forward, by how many dots, and what ties across it."""

from __future__ import annotations

from flask_babel import gettext, ngettext

from workshop.models import Exercise
from workshop.results.counting import Result
from workshop.results.cutting import Line
from workshop.results.findings import Finding
from workshop.results.sentences import show_dots, these, tie_across


def margin(result: Result) -> str:
    """R5, the last above the line, is 2 dots ahead of R9. Empty where one side of the line has nothing, or a tie lies
    across it.
    """
    line = result.line
    if line is None or not line.above or line.tied or line.margin is None:
        return ""
    dots = [each.dots for each in result.standings]
    last, first = dots[len(line.above) - 1], dots[len(line.above)]
    lasts = [each.response for each in result.standings if each.dots == last]
    if not first:
        return str(
            ngettext(
                "%(last)s, the last above the line, has %(dots)s, and nothing below it has any.",
                "%(last)s, the last above the line, have %(dots)s each, and nothing below it has any.",
                len(lasts),
                last=these(lasts),
                dots=show_dots(last),
            )
        )
    return str(
        ngettext(
            "%(last)s, the last above the line, is %(dots)s ahead of %(first)s.",
            "%(last)s, the last above the line, are %(dots)s ahead of %(first)s.",
            len(lasts),
            last=these(lasts),
            dots=show_dots(line.margin),
            first=these([each.response for each in result.standings if each.dots == first]),
        )
    )


def of_line(exercise: Exercise, result: Result) -> Finding:
    """What goes forward, by how much, and what ties across the line."""
    line = result.line
    return Finding(
        "line",
        gettext("The line"),
        [gettext("No line was drawn under what goes forward."), how_to_draw()]
        if line is None
        else list(filter(None, [_goes_forward(line), _tie(line), margin(result), _where(exercise, result, line)])),
        gettext(
            "The line parts what goes forward from what does not, and never two responses with equal dots; "
            "the margin is how many dots lie between its two sides."
        ),
        data={
            "cut": exercise.cut,
            "cut_share": exercise.cut_share,
            "above": list(line.above) if line else None,
            "tied": list(line.tied) if line else None,
            "places": line.places if line else None,
            "run_off": line.run_off if line else None,
            "forward": line.forward if line else None,
            "margin": line.margin if line else None,
        },
    )


def how_to_draw() -> str:
    return str(
        gettext(
            "A facilitator draws it on the console, under “What goes forward”: by places, or by a share of the dots."
        )
    )


def _goes_forward(line: Line) -> str:
    if not line.forward:
        return str(gettext("Nothing is certain to go forward.") if line.tied else gettext("Nothing goes forward."))
    return str(
        ngettext(
            "%(responses)s goes forward.",
            "%(responses)s go forward.",
            len(line.forward),
            responses=these(line.forward),
        )
    )


def _tie(line: Line) -> str:
    if not line.is_open:
        return tie_across(line) if line.tied else ""
    tie = ngettext(
        "%(responses)s tie across the line for %(num)s place.",
        "%(responses)s tie across the line for %(num)s places.",
        line.places,
        responses=these(line.tied),
    )
    settles = (
        gettext("A run-off among them can settle that.")
        if line.run_off is None
        else gettext("The run-off in exercise %(number)s is to settle that.", number=line.run_off)
    )
    return f"{tie} {settles}"


def _where(exercise: Exercise, result: Result, line: Line) -> str:
    """How the line was drawn."""
    if not result.in_tally and exercise.run_off_of is None:
        return str(gettext("No response has a dot."))
    places = len(line.above) + line.places
    if exercise.cut_share is not None:
        return str(
            ngettext(
                "To hold %(share)s %% of the dots takes %(num)s response, with %(dots)s of %(all)s.",
                "To hold %(share)s %% of the dots takes %(num)s responses, with %(dots)s of %(all)s.",
                places,
                share=exercise.cut_share,
                dots=sum(each.dots for each in result.standings[:places]),
                all=result.in_tally,
            )
        )
    if exercise.cut is not None and places < min(exercise.cut, len(result.standings)):
        return str(
            ngettext(
                "Of %(cut)s places %(num)s is taken: what has no dot does not go forward.",
                "Of %(cut)s places %(num)s are taken: what has no dot does not go forward.",
                places,
                cut=exercise.cut,
            )
        )
    return str(ngettext("The line is under the first place.", "The line is under the first %(num)s places.", places))

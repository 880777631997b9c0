"""How the dots behind a scope were counted, in sentences drawn from the results themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from flask_babel import gettext, ngettext

from workshop.documents import Block, Bullets, Heading, Paragraph
from workshop.models import Workshop
from workshop.results import sentences
from workshop.results.reporting import Report
from workshop.results.scope.phrases import nothing, paragraphs
from workshop.results.stamps import check_sentence


def method(parts: Mapping[str, Mapping[str, Any]], reports: Sequence[Report]) -> Iterator[Block]:
    """The note that somebody wrote, or what the results say of how they came about."""
    yield Heading(1, gettext("Method note"))
    if written := parts["method"]["text"]:
        yield from paragraphs(written)
        return
    if not reports:
        yield nothing()
        return
    yield from made_up(reports[0].workshop, "plain")
    yield Paragraph(
        gettext(
            "People wrote responses and placed dots on those that matter most to them. More dots mean a higher priority"
            " for those who were there; they do not mean that everybody agrees. Responses with equally many dots share"
            " a rank, and a line is never drawn through a tie."
        )
    )
    yield Bullets([" ".join(_of_exercise(each)) for each in reports])


def made_up(workshop: Workshop, style: Literal["plain", "lead"] = "lead") -> Iterator[Paragraph]:
    """That people or their dots are not real, where it is so."""
    if words := sentences.made_up(workshop):
        yield Paragraph(words, style)


def _of_exercise(report: Report) -> Iterator[str]:
    exercise, result = report.exercise, report.result
    yield gettext("Exercise %(number)s, “%(prompt)s”:", number=exercise.number, prompt=exercise.asked)
    responses = ngettext("%(num)s response", "%(num)s responses", len(result.responses))
    if not report.talk.voted:
        if not result.responses:
            responses = gettext("No responses were written down")
        yield gettext("%(responses)s, and there was no vote.", responses=responses)
        return
    yield gettext(
        "%(responses)s; %(people)s placed %(used)s of %(available)s dots, %(allowance)s each.",
        responses=responses,
        people=ngettext("%(num)s person", "%(num)s people", result.people),
        used=result.in_tally,
        available=result.available,
        allowance=exercise.allowance,
    )
    if exercise.most_per_response:
        yield sentences.most_on_one(exercise)
    if merged := sum(map(len, result.merged.values())):
        yield ngettext(
            "%(num)s response was merged into another before the vote.",
            "%(num)s responses were merged into others before the vote.",
            merged,
        )
    if result.on_paper:
        yield sentences.paper_sentence(result)
    yield sentences.totals(exercise)
    yield from _line(report)
    yield check_sentence(result)


def _line(report: Report) -> Iterator[str]:
    exercise, line = report.exercise, report.result.line
    if exercise.cut_share is not None:
        yield gettext(
            "The line is under the fewest responses that hold %(share)s%% of all dots.", share=exercise.cut_share
        )
    elif exercise.cut is not None:
        yield ngettext(
            "The line is under the first %(num)s place.", "The line is under the first %(num)s places.", exercise.cut
        )
    else:
        yield gettext("No line was drawn.")
    if line is not None and line.settled is not None:
        yield gettext("A tie across it was settled by a run-off in exercise %(number)s.", number=line.run_off)
    elif line is not None and line.is_open:
        yield gettext("Responses tie across it, and nothing has settled the tie.")

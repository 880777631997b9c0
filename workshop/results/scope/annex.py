"""The annex of a scope: the results that it was made from, in full, with what was noted down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext

from workshop.documents import Block, Heading, NewPage, Paragraph
from workshop.results import report_document
from workshop.results.reporting import Report
from workshop.results.scope.phrases import nothing


def annex(content: Mapping[str, Any], reports: Sequence[Report]) -> Iterator[Block]:
    yield NewPage()
    yield Heading(1, gettext("Annex: results and notes"))
    if not reports:
        yield nothing()
        return
    if changed := changed_since(content, reports):
        yield Paragraph(
            gettext(
                "These are the results as they stand now. Since the scope was made from them, dots have changed on:"
                " %(responses)s.",
                responses=", ".join(changed),
            )
        )
    for report in reports:
        yield from _of_exercise(report)


def changed_since(content: Mapping[str, Any], reports: Sequence[Report]) -> list[str]:
    """The responses whose dots are not those that the scope names as evidence."""
    now = {
        (report.exercise.number, f"R{each.response}"): each.dots
        for report in reports
        if report.talk.voted
        for each in report.result.standings
    }
    items = [each for those in content["items"].values() for each in those]
    return [
        gettext("%(response)s of exercise %(number)s", response=each["response"], number=each["exercise"])
        for each in items
        if each["response"]
        and each["evidence"].get("dots") != now.get((each["exercise"], each["response"]), each["evidence"].get("dots"))
    ]


def _of_exercise(report: Report) -> Iterator[Block]:
    """The report of an exercise, with its headings under the exercise's own."""
    exercise = report.exercise
    yield Heading(2, gettext("Exercise %(number)s: %(prompt)s", number=exercise.number, prompt=exercise.asked))
    for block in report_document.document(report).blocks:
        yield Heading(min(3, block.level + 2), block.text) if isinstance(block, Heading) else block

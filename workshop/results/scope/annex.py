"""The annex of a scope: the results that it was made from, in full, with what was noted down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext

from workshop.documents import Block, Heading, NewPage, Paragraph, Table
from workshop.results.downloads import show_rank
from workshop.results.reporting import Report
from workshop.results.scope.method import made_up
from workshop.results.scope.phrases import nothing


def annex(content: Mapping[str, Any], reports: Sequence[Report]) -> Iterator[Block]:
    yield NewPage()
    yield Heading(1, gettext("Annex: results and notes"))
    if not reports:
        yield nothing()
        return
    yield from made_up(reports[0].workshop, "plain")
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
    exercise, result, talk = report.exercise, report.result, report.talk
    yield Heading(2, gettext("Exercise %(number)s: %(prompt)s", number=exercise.number, prompt=exercise.asked))
    if talk.note(0):
        yield Paragraph(talk.note(0))
    if not result.responses:
        yield Paragraph(gettext("No responses were written down."))
    elif talk.voted:
        yield _ranking(report)
        if report.fingerprint:
            yield Paragraph(gettext("SHA-256 of the ballots: %(sum)s", sum=report.fingerprint), "hint")
    else:
        yield _without_vote(report)
    for finding in report.findings:
        yield Heading(3, finding.heading)
        yield from map(Paragraph, finding.sentences)
        yield Paragraph(finding.meaning, "hint")
        yield from finding.tables


def _ranking(report: Report) -> Table:
    result, talk = report.result, report.talk
    names = {side.key: side.name or side.key.upper() for side in report.exercise.sides}
    many = len(names) > 1
    columns = [gettext("Rank"), gettext("Response"), *([gettext("Column")] if many else [])]
    columns += [gettext("Dots"), gettext("People"), gettext("Share"), gettext("Note")]
    return Table(
        gettext("All responses by rank"),
        columns,
        [
            [
                show_rank(each),
                _named(report, each.response),
                *([names[result.responses[each.response].side]] if many else []),
                each.dots,
                each.people,
                result.share(each),
                talk.note(each.response) or None,
            ]
            for each in result.standings
        ],
        percent=(len(columns) - 2,),
    )


def _without_vote(report: Report) -> Table:
    return Table(
        gettext("All responses, without a vote"),
        [gettext("Response"), gettext("Note")],
        [[_named(report, number), report.talk.note(number) or None] for number in sorted(report.result.responses)],
    )


def _named(report: Report, number: int) -> str:
    """A response with its number, and what was merged into it."""
    originals = [f"{each.text} (R{each.number})" for each in report.result.merged.get(number, ())]
    text = f"{report.result.responses[number].text} (R{number})"
    if originals:
        text += "\n" + gettext("with: %(originals)s", originals="; ".join(originals))
    return text

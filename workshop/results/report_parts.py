"""What every document of a result has, long or short: how it begins and how it was counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from workshop.documents import Block, Facts, Heading, Paragraph
from workshop.results import sentences
from workshop.results.report_tables import column_name
from workshop.results.reporting import Report
from workshop.results.stamps import check_sentence, stamps

# With fewer ballots than this, whoever knows the people may guess who voted for what.
FEW_PEOPLE = 10


def opening(report: Report, *, full: bool = True) -> Iterator[Block]:
    """The headline, what has to be known before the result is believed, and what was asked of whom."""
    yield Paragraph(headline(report), "lead")
    if said := stamps(report):
        yield Paragraph(" ".join(said))
    if report.talk.voted and report.result.people < FEW_PEOPLE:
        yield Paragraph(_("Fewer than ten people voted, so results may let others guess who voted for what."), "hint")
    yield Facts([*_asked(report), *(_counted(report) if full else [])])


def headline(report: Report) -> str:
    """27 people used 212 of 216 dots; and the ties."""
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


def _asked(report: Report) -> Iterator[tuple[str, str]]:
    workshop, exercise = report.workshop, report.exercise
    day = datetime.fromtimestamp(workshop.opened_at, UTC)
    yield _("Date"), f"{day.day} {day:%B %Y}"
    yield _("Exercise"), str(exercise.number)
    if exercise.prompt is not None:
        yield _("Question"), exercise.prompt
    for side, prompt in exercise.prompts.items():
        yield _("Question for %(column)s", column=column_name(report, side)), prompt
    if report.talk.voted:
        yield _("Dots each"), str(exercise.allowance)


def _counted(report: Report) -> Iterator[tuple[str, str]]:
    result = report.result
    yield _("People who joined"), str(result.joined)
    if report.talk.voted:
        yield _("People who voted"), str(result.people)
        yield _("Dots used"), _("%(used)s of %(available)s", used=result.in_tally, available=result.available)


def method(report: Report) -> Iterator[Block]:
    """How it was counted, for whoever asks."""
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


def across(report: Report) -> str:
    """What becomes of the tie across the line; nothing where there is none."""
    line = report.result.line
    if line is None or not line.tied:
        return ""
    between = ngettext("%(num)s place is open between them.", "%(num)s places are open between them.", line.places)
    return " ".join([sentences.tie_across(line), *([between] if line.is_open else [])])

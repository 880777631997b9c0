"""The parts of a scope in its document, from its header to who signs it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext, ngettext

from workshop.documents import Block, Cell, Facts, Heading, NewPage, Paragraph, Signatures, Table
from workshop.errors import N_
from workshop.results.scope.dates import Due, follow_up, span_in_words, span_of
from workshop.results.scope.parts import AGREED, challenge_name
from workshop.results.scope.phrases import bullets, date_said, nothing, paragraphs, said
from workshop.results.showing import show_day

Parts = Mapping[str, Mapping[str, Any]]

FEWEST_LINES = 3
FOR = {"council": N_("the council"), "peers": N_("the peer team")}


def header(parts: Parts, state: str, title: str) -> Iterator[Block]:
    """`state` is said as a reader understands it: Draft, version 2."""
    head = parts["header"]
    yield Facts(
        [
            (gettext("Council"), said(head["council"])),
            (gettext("Type of challenge"), said(challenge_name(head))),
            (gettext("Workshop"), title),
            (gettext("State"), state),
            (gettext("Date"), date_said(head["date"])),
            (gettext("Audience"), said(head["audience"])),
        ]
    )


def purpose(parts: Parts) -> Iterator[Block]:
    yield Heading(1, gettext("Purpose"))
    yield from paragraphs(parts["purpose"]["purpose"])
    yield Heading(2, gettext("Critical friend"))
    yield from paragraphs(parts["purpose"]["friend"])
    yield Heading(2, gettext("The question"))
    yield from paragraphs(parts["purpose"]["question"])
    yield Heading(1, gettext("Local context"))
    yield from paragraphs(parts["context"]["context"])


def enquiry(parts: Parts) -> Iterator[Block]:
    yield Heading(1, gettext("Lines of enquiry"))
    rows = parts["enquiry"]["lines"]
    if not rows:
        yield nothing()
        return
    yield Table(
        gettext("What the peer team will follow up"),
        [gettext("No."), gettext("Line of enquiry"), gettext("Evidence wanted")],
        [[place, said(row["line"]), said(row["evidence"])] for place, row in enumerate(rows, start=1)],
    )
    if len(rows) < FEWEST_LINES:
        yield Paragraph(gettext("Three to six lines of enquiry are usual."), "hint")


def team(parts: Parts) -> Iterator[Block]:
    yield Heading(1, gettext("Peer team"))
    rows = parts["team"]["roles"]
    if not rows:
        yield nothing()
        return
    if people := sum(row["people"] or 0 for row in rows):
        yield Paragraph(ngettext("The team is %(num)s person.", "The team is %(num)s people.", people))
    yield Table(
        gettext("Who comes, and what they bring"),
        [gettext("Role"), gettext("People"), gettext("Skills"), gettext("Declared interests")],
        [[said(row["role"]), _number(row["people"]), said(row["skills"]), said(row["interests"])] for row in rows],
    )


def timing(parts: Parts) -> Iterator[Block]:
    said_of = parts["timing"]
    yield Heading(1, gettext("Duration and timetable"))
    days = said_of["days"]
    duration = ngettext("%(num)s day", "%(num)s days", days) if days else ""
    yield Facts(
        [
            (gettext("Duration on site"), said(duration)),
            (gettext("First day on site"), date_said(said_of["on_site"])),
        ]
    )
    if not said_of["steps"]:
        yield nothing()
        return
    rows = []
    for row in said_of["steps"]:
        span = span_of(row["when"], said_of)
        dates = row["dates"] or (span_in_words(span) if span else "")
        rows.append([said(row["step"]), said(row["when"]), said(dates)])
    yield Table(gettext("Timetable"), [gettext("Step"), gettext("When"), gettext("Dates")], rows)


def sign_off(parts: Parts) -> Iterator[Block]:
    rows = parts["sign_off"]["things"]
    yield Heading(1, gettext("Five things to agree") if len(rows) in (0, 5) else gettext("Things to agree"))
    if not rows:
        yield nothing()
        return
    answers = dict(AGREED)
    yield Table(
        gettext("What the council and the peer team settle before the challenge"),
        [gettext("What"), gettext("Agreed?"), gettext("By whom"), gettext("When")],
        [
            [
                said(row["thing"]),
                said(answers.get(row["agreed"]) and gettext(answers[row["agreed"]])),
                said(row["by"]),
                date_said(row["on"]),
            ]
            for row in rows
        ],
    )


def recommendations(parts: Parts) -> Iterator[Block]:
    """As many numbered places as were agreed, for the peer team to fill; until then each says that nobody has."""
    said_of = parts["recommendations"]
    number, shape = said_of["number"], said_of["shape"]
    yield Heading(1, gettext("Key recommendations"))
    yield Facts(
        [
            (gettext("How many"), said(number)),
            (gettext("What each of them says"), said(", ".join(shape))),
        ]
    )
    if number:
        yield Table(
            gettext("Places for the peer team’s recommendations"),
            [gettext("No."), *(shape or [gettext("Recommendation")])],
            [[place, *([said(None)] * max(1, len(shape)))] for place in range(1, number + 1)],
        )
    yield Heading(2, gettext("Themes from scoping"))
    yield bullets(said_of["scoping"])
    yield Heading(2, gettext("Themes from the peer team"))
    yield bullets(said_of["peers"])


def following_up(parts: Parts) -> Iterator[Block]:
    due, first = follow_up(parts), parts["timing"]["on_site"]
    yield Heading(1, gettext("Follow-up"))
    yield Table(
        gettext("What follows the challenge"),
        [gettext("What"), gettext("When"), gettext("How the date was found")],
        [
            [gettext("Report and action plan, at the latest"), _day(due["report"]), _found(due["report"])],
            [gettext("Progress review, about"), _day(due["review"]), _found(due["review"])],
        ],
    )
    if first and not all(each.own for each in due.values()):
        yield Paragraph(
            gettext(
                "Months are counted from the first day on site to the same day of the month, or to the month’s last day"
                " where it is shorter."
            ),
            "hint",
        )
    yield Heading(2, gettext("Note"))
    yield from paragraphs(parts["follow_up"]["note"])


def agreement(parts: Parts) -> Iterator[Block]:
    yield NewPage()
    yield Heading(1, gettext("Agreement"))
    signers = parts["agreement"]["signers"]
    if not signers:
        yield nothing()
        return
    yield Paragraph(gettext("By signing, the council and the peer team agree to the scope in this document."))
    by_side = [each for side in FOR for each in signers if each["side"] == side]
    yield Signatures(
        [
            gettext("For %(side)s: %(role)s", side=gettext(FOR[each["side"]]), role=said(each["role"]))
            for each in by_side
        ],
        [said(each["name"]) for each in by_side],
        said(None),
    )


def _number(number: int | None) -> Cell:
    return said(None) if number is None else number


def _day(due: Due) -> str:
    return said(due.day and show_day(due.day))


def _found(due: Due) -> str:
    """Where a date comes from; while there is none, what it will be worked out from."""
    if due.own:
        return str(gettext("Set by the organisers"))
    if due.months is None:
        return said(None)
    return str(
        ngettext("%(num)s month after the first day on site", "%(num)s months after the first day on site", due.months)
    )

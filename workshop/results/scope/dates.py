"""The dates of a challenge, worked out from its first day on site. Weekends and holidays are not known here."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from flask_babel import gettext

from workshop.results.scope import usual
from workshop.results.showing import show_day


class Span(NamedTuple):
    """From one day to another, both included."""

    first: date
    last: date


def months_after(day: date, months: int) -> date:
    """The same day some months later, or earlier where `months` is negative. In a month that is too short for it, the
    month's last day: three months after 30 November is 28 or 29 February.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def day_of(value: object) -> date | None:
    """A date as it is stored, 2026-03-14, or None."""
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def span_of(when: str, timing: Mapping[str, Any]) -> Span | None:
    """The days that a step of the timetable falls on. None where the first day on site is not known, or where `when` is
    not one of the usual words for it.
    """
    first = day_of(timing.get("on_site"))
    if first is None:
        return None
    last = first + timedelta(days=(timing.get("days") or 1) - 1)
    usually = {
        usual.SCOPING: Span(months_after(first, -6), months_after(first, -4)),
        usual.PRE_READING: Span(first - timedelta(weeks=3), first - timedelta(weeks=2)),
        usual.ON_SITE: Span(first, last),
        usual.FEEDBACK: Span(last, last),
    }
    return next((span for words, span in usually.items() if when in (words, gettext(words))), None)


class Due(NamedTuple):
    """A date of the follow-up. `own` says that somebody set it; otherwise it is so many `months` after."""

    day: date | None
    months: int | None
    own: bool


def follow_up(parts: Mapping[str, Mapping[str, Any]]) -> dict[str, Due]:
    """When the `report` with its action plan is due at the latest, and when the progress `review` is, about."""
    said, first = parts["follow_up"], day_of(parts["timing"].get("on_site"))
    return {
        "report": _due(said.get("report_by"), said.get("report_months"), first),
        "review": _due(said.get("review_on"), said.get("review_months"), first),
    }


def _due(own: object, months: int | None, first: date | None) -> Due:
    if day := day_of(own):
        return Due(day, months, own=True)
    return Due(None if first is None or months is None else months_after(first, months), months, own=False)


def span_in_words(span: Span) -> str:
    """14 March 2026, or 14 March 2026 to 15 March 2026."""
    if span.first == span.last:
        return show_day(span.first)
    return str(gettext("%(first)s to %(last)s", first=show_day(span.first), last=show_day(span.last)))

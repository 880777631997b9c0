"""Dates that are worked out from the first day on site. The answers were worked by hand, with a calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.results.scope import usual
from workshop.results.scope.dates import Due, Span, follow_up, months_after, span_in_words, span_of
from workshop.results.scope.parts import filled
from workshop.results.showing import show_day

DAYS = st.dates(date(2000, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 3, 14), 3, date(2026, 6, 14)),
        (date(2026, 3, 14), 10, date(2027, 1, 14)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 8, 31), 10, date(2027, 6, 30)),
        (date(2026, 3, 31), -4, date(2025, 11, 30)),
        (date(2026, 1, 31), -1, date(2025, 12, 31)),
        (date(2026, 12, 1), 0, date(2026, 12, 1)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


@given(DAYS, st.integers(-120, 120))
def test_months_are_never_more_than_a_day_of_the_month_off(day: date, months: int) -> None:
    then = months_after(day, months)
    assert (then.year * 12 + then.month) - (day.year * 12 + day.month) == months
    assert then.day == day.day or (then.day < day.day and (then + timedelta(days=1)).day == 1)


def test_the_timetable_is_worked_out_from_the_first_day_on_site() -> None:
    timing = {"on_site": "2026-03-31", "days": 2}
    assert span_of(usual.SCOPING, timing) == Span(date(2025, 9, 30), date(2025, 11, 30))
    assert span_of(usual.PRE_READING, timing) == Span(date(2026, 3, 10), date(2026, 3, 17))
    assert span_of(usual.ON_SITE, timing) == Span(date(2026, 3, 31), date(2026, 4, 1))
    assert span_of(usual.FEEDBACK, timing) == Span(date(2026, 4, 1), date(2026, 4, 1))


def test_nothing_is_worked_out_from_words_of_somebodys_own_or_without_a_first_day() -> None:
    assert span_of("A year before", {"on_site": "2026-03-31", "days": 2}) is None
    assert span_of(usual.ON_SITE, {"on_site": None, "days": 2}) is None


def test_a_date_of_ones_own_replaces_the_one_worked_out() -> None:
    parts = filled({"timing": {"on_site": "2026-11-30"}, "follow_up": {"review_on": "2027-10-04"}})
    assert follow_up(parts) == {
        "report": Due(date(2027, 2, 28), 3, own=False),
        "review": Due(date(2027, 10, 4), 10, own=True),
    }


def test_without_a_first_day_on_site_there_is_no_date_but_how_it_will_be_found() -> None:
    assert follow_up(filled({})) == {"report": Due(None, 3, own=False), "review": Due(None, 10, own=False)}


def test_dates_are_read_as_they_are_said() -> None:
    assert show_day(date(2026, 3, 4)) == "4 March 2026"
    assert span_in_words(Span(date(2026, 3, 4), date(2026, 3, 4))) == "4 March 2026"
    assert span_in_words(Span(date(2026, 3, 31), date(2026, 4, 1))) == "31 March 2026 to 1 April 2026"

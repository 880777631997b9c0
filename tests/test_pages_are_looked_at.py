"""No page is forgotten by the tests that look at pages: each has a place in tests/browser/places.py."""

from __future__ import annotations

from flask import Flask

from tests.browser.pages import NO_PAGES, PAGES, address
from tests.browser.places import PLACES


def test_every_address_that_can_be_opened_has_a_place_or_a_reason_why_not(app: Flask) -> None:
    """That a place is indeed at its address is seen when it is looked at."""
    opened = {address(rule.rule) for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    excepted = [each for group in NO_PAGES.values() for each in group]
    assert sorted(opened) == sorted([*PAGES, *excepted])


def test_every_page_has_a_place_that_exists() -> None:
    assert {place.name for place in PLACES} >= set(PAGES.values())


def test_no_two_places_have_the_same_name() -> None:
    names = [place.name for place in PLACES]
    assert sorted(names) == sorted(set(names))

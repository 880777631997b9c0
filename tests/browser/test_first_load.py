"""The first load of a phone's page: what Chromium asks for, and what can be done before any script has come."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from benchmarks.loading import COUNTED, MOST, load
from tests.browser.people import People, Phone, is_live
from tests.server.phones import Facilitator

pytestmark = pytest.mark.browser


def test_chromium_finds_all_it_needs_in_the_page_and_it_is_less_than_60_kb(
    people: People, facilitator: Facilitator
) -> None:
    facilitator.opens_voting(30)
    page = people.somebody_known(facilitator.phone())
    found = load(page, f"/w/{facilitator.code}")
    is_live(page)
    counted = found.of_kind(*COUNTED)
    assert {each.kind for each in counted} == set(COUNTED)
    assert [each for each in counted if each.round > 1 or each.coding != "gzip" or not 0 < each.sent <= each.raw] == []
    assert len({each.path for each in found.requests}) == len(found.requests)
    assert found.sent(*COUNTED) <= MOST


def test_before_any_script_has_come_people_join_and_vote(people: People, facilitator: Facilitator) -> None:
    facilitator.opens_voting(2)
    page = people.somebody()
    waiting: list[str] = []
    # On a bad line they may be a minute late, and the browser waits for them all the while.
    page.route("**/*.js", lambda route: waiting.append(route.request.url))
    page.goto(f"/j/{facilitator.code}", wait_until="commit")
    page.get_by_role("button", name="Join").click(no_wait_after=True)
    ada = Phone(page, facilitator.code)
    expect(page.locator("#stage .card")).to_have_count(2)
    # It looks as it will: the sheet of stickers is where a thumb reaches it.
    expect(page.locator(".dock")).to_have_css("position", "fixed")
    ada.card(1).get_by_role("button", name="Add dot").click(no_wait_after=True)
    ada.shows_left(7)
    ada.shows_dots({1: 1})
    assert ada.placed() == {1: 1}
    assert waiting
    expect(page.locator("html")).not_to_have_attribute("data-script", "on")

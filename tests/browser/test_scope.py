"""Writing a scope in a browser: nothing that was typed is lost beside what was saved."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.people import LAPTOP, People
from tests.server.phones import Organiser

pytestmark = pytest.mark.browser


def test_what_is_typed_into_one_form_is_still_there_when_another_was_saved(
    people: People, organiser: Organiser
) -> None:
    facilitator = organiser.opens()
    page = people.somebody_known(facilitator, viewport=LAPTOP)
    page.goto(f"/w/{facilitator.code}/scope")
    first, second = (page.locator(f"form[action$='/parts/{key}']") for key in ("context", "purpose"))
    for form in (first, second):
        form.evaluate("(form) => form.closest('details') && (form.closest('details').open = true)")
    first.locator("textarea").first.fill("Half a sentence about")
    second.locator("textarea").first.fill("To learn together")
    second.locator("button").last.click()
    expect(page.locator("form[action$='/parts/purpose'] textarea").first).to_have_value("To learn together")
    kept = page.locator("form[action$='/parts/context'] textarea").first
    expect(kept).to_be_visible()
    expect(kept).to_have_value("Half a sentence about")
    expect(page.locator("#kept")).to_be_visible()
    # Saved, it is kept no longer.
    page.locator("form[action$='/parts/context'] button").last.click()
    expect(page.locator("#kept")).to_be_hidden()
    page.reload()
    expect(page.locator("form[action$='/parts/context'] textarea").first).to_have_value("Half a sentence about")


def test_focus_goes_to_what_says_that_something_was_wrong(people: People, organiser: Organiser) -> None:
    facilitator = organiser.opens()
    page = people.somebody_known(facilitator, viewport=LAPTOP)
    page.goto(f"/w/{facilitator.code}/scope")
    form = page.locator("form[action$='/parts/context']")
    form.evaluate("(form) => form.closest('details') && (form.closest('details').open = true)")
    form.locator("textarea").first.evaluate("(field) => field.removeAttribute('maxlength')")
    form.locator("textarea").first.fill("x" * 40_000)
    form.locator("button").last.click()
    expect(page.locator("#problem")).to_be_focused()

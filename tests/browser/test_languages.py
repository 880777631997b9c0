"""Going over to another language keeps what was typed, in the field that it is meant for there."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import People
from tests.server.server import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def form(people: People, server: Server) -> Page:
    """The form of a new workshop."""
    page = people.somebody(server.organiser_path)
    page.goto("/workshops/new/blank")
    return page


def goes_over(page: Page, language: str) -> None:
    page.get_by_role("link", name=language, exact=True).first.click()
    expect(page.locator("html")).to_have_attribute("lang", {"English": "en", "Cymraeg": "cy"}[language])


def test_what_was_typed_in_two_languages_changes_places_with_the_language_of_the_form(form: Page) -> None:
    form.locator("#title").fill("Town centre")
    form.locator("details.further summary").click()
    form.locator("#title_in_cy").fill("Canol y dref")
    form.locator("#allowance").fill("6")
    goes_over(form, "Cymraeg")
    expect(form.locator("#title")).to_have_value("Canol y dref")
    expect(form.locator("#title_in_en")).to_have_value("Town centre")
    expect(form.locator("#allowance")).to_have_value("6")
    goes_over(form, "English")
    expect(form.locator("#title")).to_have_value("Town centre")
    expect(form.locator("#title_in_cy")).to_have_value("Canol y dref")


def test_a_form_that_came_back_keeps_what_was_typed(form: Page) -> None:
    for _ in range(2):
        form.locator("#allowance").fill("7")
        form.locator("main form button.primary").click()
        expect(form.locator("#problem")).to_be_visible()
    goes_over(form, "Cymraeg")
    expect(form.locator("#allowance")).to_have_value("7")

"""Going over to another language keeps what was typed, in the field that it is meant for there."""

from __future__ import annotations

from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

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


COUNTED = """async (lang) => {
  document.documentElement.lang = lang;
  const words = Object.assign(document.createElement("script"), { type: "application/json", className: "words" });
  words.textContent = '{"sum": {"100": "{num} – {text}"}}';
  document.head.append(words);
  const folder = document.querySelector("script[src*='/js/']").src.replace(/[^/]+$/, "");
  return (await import(`${folder}words.js`)).counted("sum", 1200, { text: "2026" });
}"""


@pytest.mark.parametrize(("language", "sum_of"), [("en", "1,200 – 2026"), ("de", "1.200 – 2026")])
def test_scripts_write_counts_as_their_reader_does(people: People, server: Server, language: str, sum_of: str) -> None:
    page = people.somebody("/")
    assert page.evaluate(COUNTED, language) == sum_of


@pytest.mark.parametrize("language", ["en", "cy"])
def test_what_it_does_with_data_is_printed_on_one_sheet(people: People, language: str) -> None:
    page = people.somebody(f"/data?language={language}")
    assert len(PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages) == 1

"""The results page in a browser: as a screen reader has it, on a small phone, and on paper."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from pypdf import PdfReader

from tests.browser.people import LAPTOP, PHONE, People
from tests.browser.places_of_results import crowded, lined, reads
from tests.browser.scene import Scene, Workshops
from tests.server.phones import Organiser

pytestmark = pytest.mark.browser

SMALL: ViewportSize = {"width": 320, "height": 640}
A4 = {"prefer_css_page_size": True}

# As a screen reader goes through it. A row that is laid out as a block, on a phone, is a row of the same table.
TABLE = """
- table "YES and NO together":
  - caption: YES and NO together
  - rowgroup:
    - row "Rank Response Column Dots People Share Most from one Rank by people Ranks Holds?":
      - columnheader "Rank"
      - columnheader "Response"
      - columnheader "Column"
      - columnheader "Dots"
      - columnheader "People"
      - columnheader "Share"
      - columnheader "Most from one"
      - columnheader "Rank by people"
      - columnheader "Ranks"
      - columnheader "Holds?"
  - rowgroup:
    - row /R1 What users need/:
      - cell "1="
      - rowheader "R1 What users need"
      - cell "YES"
      - cell /11/
      - cell /6/
      - cell /17.2%/
      - cell /3/
      - cell /2/
      - cell /1–2/
      - cell /Safe/
"""


@pytest.fixture
def scene(people: People, organiser: Organiser) -> Scene:
    return Scene(people, Workshops(organiser))


def printed(page: Page) -> list[str]:
    """The text of each sheet."""
    options: dict[str, Any] = A4
    sheets = PdfReader(io.BytesIO(page.pdf(**options))).pages
    assert {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in sheets} == {(595, 842)}
    return [" ".join(sheet.extract_text().split()) for sheet in sheets]


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_ranking_is_a_table_whose_cells_have_headings(scene: Scene, size: ViewportSize) -> None:
    page = reads(scene, lined(scene))
    page.set_viewport_size(size)
    expect(page.get_by_role("table", name="YES and NO together")).to_match_aria_snapshot(TABLE)


def test_of_two_drawings_of_the_chart_one_is_seen_and_says_the_finding(scene: Scene) -> None:
    page = reads(scene, lined(scene))
    for size in (LAPTOP, PHONE, SMALL):
        page.set_viewport_size(size)
        chart = page.get_by_role("img", name="R1 and R2 have most dots: 11 of 64 each")
        expect(chart).to_have_count(1)
        expect(chart).to_be_visible()


def test_a_small_phone_scrolls_in_one_direction_and_what_is_wider_by_itself(scene: Scene) -> None:
    page = reads(scene, crowded(scene))
    page.set_viewport_size(SMALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
    for region in page.locator(".scroller").all():
        expect(region).to_have_attribute("tabindex", "0")
        expect(region).to_have_accessible_name(re.compile(r"\w"))
    page.set_viewport_size({"width": 800, "height": 600})
    table = page.get_by_role("region", name="YES and NO together")
    assert table.evaluate("(it) => it.scrollWidth > it.clientWidth"), "Nothing to scroll, so nothing is shown by this."
    assert page.evaluate("document.documentElement.scrollWidth") <= 800
    table.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.scroller').scrollLeft > 0")


def test_sixty_responses_fit_on_one_sheet(scene: Scene) -> None:
    page = reads(scene, crowded(scene))
    page.get_by_role("link", name="Print one page").click()
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    (sheet,) = printed(page)
    for words in (
        "12 people used 96 of 96 dots.",
        "What goes forward",
        "R5 has most dots: 7 of 96",
        "Checked: 12 ballots",
    ):
        assert words in sheet
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 703, "height": 1032})
    hidden, text = page.evaluate(
        """() => {
          const main = document.querySelector("main");
          const letter = document.querySelector(".chart.sheet .rank").getBoundingClientRect();
          return [main.scrollHeight - main.clientHeight, letter.height];
        }"""
    )
    assert hidden <= 0
    # Nobody can read what is smaller than about six points.
    assert text >= 8


def test_the_whole_report_repeats_the_headings_of_its_tables_and_prints_nothing_to_press(scene: Scene) -> None:
    page = reads(scene, crowded(scene), "?print=all")
    sheets = printed(page)
    begins = next(place for place, sheet in enumerate(sheets) if "The ranking in figures" in sheet)
    ends = next(place for place, sheet in enumerate(sheets) if "What the figures mean" in sheet)
    assert ends > begins
    for sheet in sheets[begins : ends + 1]:
        assert "Rank by people" in sheet
    table = " ".join(sheets[begins : ends + 1])
    assert {int(number) for number in re.findall(r"\bR(\d+)\b", table)} >= set(range(1, 61))
    for words in ("Print one page", "Downloads", "For spreadsheets", "Skip to the main content", "SVG of"):
        assert all(words not in sheet for sheet in sheets), words


def test_without_scripts_the_ways_to_print_are_links(scene: Scene) -> None:
    workshop = lined(scene)
    page = scene.people.somebody(workshop.facilitator.path("results"), scripts=False, viewport=LAPTOP)
    page.get_by_role("link", name="Print one page").click()
    expect(page.get_by_role("heading", name="What goes forward")).to_be_visible()
    expect(page.get_by_role("heading", name="The ranking in figures")).to_have_count(0)
    expect(page.get_by_role("button", name="Print")).to_have_count(0)
    page.get_by_role("link", name="Show everything").click()
    expect(page.get_by_role("heading", name="The ranking in figures")).to_be_visible()

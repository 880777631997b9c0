"""Forced colours, no motion, paper: what the walk through all places cannot tell from a page that stands still."""

from __future__ import annotations

from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.inspection import EYES
from tests.browser.people import LAPTOP, People, Phone, is_live
from tests.server.phones import Facilitator

pytestmark = pytest.mark.browser

# How each looks, and how the system's two colours do.
IN_SYSTEM_COLOURS = """() => {
  const colour = (name) => {
    const probe = document.createElement("i");
    probe.style.cssText = `forced-color-adjust: none; color: ${name}`;
    document.body.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  };
  const names = { [colour("Canvas")]: "Canvas", [colour("CanvasText")]: "CanvasText" };
  const dot = (selector) => {
    const { backgroundColor, borderTopColor } = getComputedStyle(document.querySelector(`#sheet ${selector}`));
    return [names[backgroundColor], names[borderTopColor]];
  };
  return { held: dot(".dot:not(.spent)"), spent: dot(".dot.spent") };
}"""
EDGE = """(card) => {
  const { borderInlineStartWidth, borderInlineEndWidth } = getComputedStyle(card, "::before");
  return [borderInlineStartWidth, borderInlineEndWidth].map(parseFloat);
}"""
RING = """() => {
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(document.activeElement);
  return [outlineStyle, parseFloat(outlineWidth), outlineColor !== getComputedStyle(document.body).backgroundColor];
}"""


def opened(people: People, facilitator: Facilitator, responses: int, **options: str) -> Phone:
    facilitator.opens_voting(responses)
    phone = people.phone(facilitator, **options)
    phone.is_live()
    return phone


def test_in_forced_colours_dots_are_discs_and_rings_and_sides_have_their_edges(
    people: People, facilitator: Facilitator
) -> None:
    ada = opened(people, facilitator, 2, forced_colors="active")
    ada.adds(1, 3)
    ada.shows_left(5)
    found = ada.page.evaluate(IN_SYSTEM_COLOURS)
    assert found == {"held": ["CanvasText", "CanvasText"], "spent": ["Canvas", "CanvasText"]}
    edges = {side: ada.page.locator(f".card[data-side={side}]").evaluate(EDGE) for side in ("yes", "no")}
    assert edges["yes"][1] == 0 < edges["yes"][0], "One broad line."
    assert edges["no"][0] > 0 < edges["no"][1], "Two thin ones."
    ada.page.keyboard.press("Tab")
    style, width, stands_out = ada.page.evaluate(RING)
    assert style != "none"
    assert width >= 2
    assert stands_out


def test_who_wants_no_motion_sees_none_at_the_reveal(people: People, facilitator: Facilitator) -> None:
    ada = opened(people, facilitator, 3, reduced_motion="reduce")
    ada.adds(1)
    ada.has_saved(1)
    board = people.somebody(facilitator.path("board"), viewport=LAPTOP, reduced_motion="reduce")
    is_live(board)
    facilitator.goes_to("discuss")
    for page in (ada.page, board):
        expect(page.locator(".standings > li")).to_have_count(3)
        assert running(page) == []


def running(page: Page) -> list[str]:
    page.evaluate(EYES)
    found: list[str] = page.evaluate("eyes.running()")
    return found


def test_a_ballot_on_paper_has_its_responses_and_nothing_to_press(people: People, facilitator: Facilitator) -> None:
    ada = opened(people, facilitator, 30, color_scheme="dark")
    sheets = PdfReader(BytesIO(ada.page.pdf(format="A4"))).pages
    text = " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())
    assert [number for number in range(30) if f"Response {number}" not in text] == []
    assert "Add dot" not in text
    assert "Finished" not in text

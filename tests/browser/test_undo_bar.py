"""The bar that says what was done, with the way to take it back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import LAPTOP, People, is_live
from tests.browser.scene import play
from tests.server.phones import Organiser

pytestmark = pytest.mark.browser

# What a press would meet, along the middle of the bar.
MEETS = """() => {
  const { top, height, left, width } = document.querySelector(".dock").getBoundingClientRect();
  const across = Array.from({ length: 20 }, (_, at) => left + (width * (at + 0.5)) / 20);
  return across.every((x) => document.elementFromPoint(x, top + height / 2).closest(".dock"));
}"""

ROOM = """() => {
  const bar = document.querySelector(".dock").getBoundingClientRect();
  const way = document.querySelector("#undo button").getBoundingClientRect();
  return { share: bar.height / innerHeight, edge: Math.min(way.left, innerWidth - way.right) };
}"""


@pytest.fixture
def console(people: People, organiser: Organiser) -> Page:
    """Something has just been withdrawn."""
    workshop = play(organiser, "vote")
    console = people.somebody(workshop.facilitator.path("facilitator"), viewport=LAPTOP)
    is_live(console)
    console.locator("#r2").get_by_role("button", name="Withdraw").click()
    expect(console.locator("#undo")).to_be_visible()
    return console


def test_no_press_goes_through_it(console: Page) -> None:
    assert console.evaluate(MEETS)
    # What was said goes after a while, and the way back stays longer.
    console.evaluate("document.getElementById('said').textContent = ''")
    assert console.evaluate(MEETS)


@pytest.mark.parametrize("larger", [1, 2])
def test_it_has_room_for_a_long_word_and_takes_little(console: Page, larger: int) -> None:
    console.get_by_role("link", name="Cymraeg").click()
    is_live(console)
    console.locator("#r3").get_by_role("button", name="Tynnu'n ôl").click()
    expect(console.get_by_role("button", name="Dadwneud")).to_be_visible()
    console.set_viewport_size({"width": 320, "height": 640})
    console.evaluate("(larger) => { document.documentElement.style.fontSize = `${100 * larger}%`; }", larger)
    room = console.evaluate(ROOM)
    assert room["share"] <= 0.3
    assert room["edge"] >= 8

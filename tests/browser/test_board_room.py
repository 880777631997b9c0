"""What has its room on the board before it is there, and what a board shows that has no room at all."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import LAPTOP, PHONE, People, is_live
from tests.browser.scene import play, spend
from tests.server.phones import Organiser

pytestmark = pytest.mark.browser

PLACES = """() => [...document.querySelectorAll(".card")].map((card) => {
  const { left, top, height } = card.getBoundingClientRect();
  return [left, top, height].map(Math.round);
})"""


def test_no_card_grows_or_moves_while_everybody_sees_the_dots(people: People, organiser: Organiser) -> None:
    workshop = play(organiser, "vote", people=2, totals="live")
    board = people.somebody(workshop.facilitator.path("board"), viewport=LAPTOP)
    is_live(board)
    board.evaluate("document.fonts.ready")
    before = board.evaluate(PLACES)
    spend(workshop.phones[0], [1, 1, 1, 1, 1, 1, 1, 2])
    expect(board.locator("#r1 .dot")).to_have_count(7)
    assert board.evaluate(PLACES) == before
    # Too many to be drawn: a disc and a number
    spend(workshop.phones[1], [1, 1, 1, 1, 1, 1, 1, 2])
    expect(board.locator("#r1 .times")).to_have_text("× 14")
    assert board.evaluate(PLACES) == before


def test_an_empty_board_says_what_to_do_until_the_first_response_is_there(people: People, organiser: Organiser) -> None:
    workshop = play(organiser, "gather", responses=[], people=1)
    board = people.somebody(workshop.facilitator.path("board"), viewport=LAPTOP)
    is_live(board)
    first_steps = board.get_by_text("Write your first response on your phone.")
    expect(first_steps).to_be_visible()
    workshop.phones[0].writes("Free park and ride", "yes")
    expect(board.locator("#r1")).to_be_visible()
    expect(first_steps).to_have_count(0)


def test_a_board_on_a_phone_leads_to_what_can_be_read_there(people: People, organiser: Organiser) -> None:
    workshop = play(organiser, "discuss")
    board = people.somebody(workshop.facilitator.path("board"), viewport=PHONE)
    expect(board.get_by_role("heading")).to_have_text(["The board needs a large screen"])
    board.get_by_role("link", name="Show the board all the same").click()
    expect(board.get_by_role("heading", name="The board needs a large screen")).to_have_count(0)
    board.go_back()
    board.get_by_role("link", name="Join the workshop").click()
    expect(board).to_have_url(re.compile(f"/j/{workshop.code}$"))


@pytest.mark.parametrize(
    ("width", "height", "touch", "is_led_away"),
    # A phone held sideways; a laptop whose page is zoomed to 200 %, or has half of its window.
    [(844, 390, True, True), (640, 400, False, False), (620, 800, False, False)],
)
def test_only_a_phone_is_led_away_from_the_board(
    people: People, organiser: Organiser, width: int, height: int, touch: bool, is_led_away: bool
) -> None:
    workshop = play(organiser, "discuss")
    board = people.somebody(
        workshop.facilitator.path("board"),
        viewport={"width": width, "height": height}, is_mobile=touch, has_touch=touch,
    )  # fmt: skip
    expect(board.get_by_role("heading", name="The board needs a large screen")).to_have_count(int(is_led_away))
    expect(board.locator(".standings")).to_have_count(1)
    expect(board.locator(".standings")).to_be_visible(visible=not is_led_away)

"""The board: pages on which nothing is cut off, keys for a clicker, and what it says about itself."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.full_boards import leaf, opens_with
from tests.browser.people import LAPTOP, People, is_live
from tests.browser.pictures import read_qr
from tests.browser.scene import mixed, play
from tests.server.phones import Facilitator, Organiser

pytestmark = pytest.mark.browser

SIZES: list[ViewportSize] = [{"width": 1280, "height": 800}, {"width": 1920, "height": 1080}]

HEIGHTS = """() => [...document.querySelectorAll("#progress .dot")].map(
  (dot) => Math.round(dot.getBoundingClientRect().top))"""


@pytest.fixture
def facilitator(organiser: Organiser) -> Facilitator:
    """Sixty responses, while more are written."""
    facilitator = opens_with(organiser, mixed(60))
    facilitator.goes_to("gather")
    return facilitator


@pytest.fixture
def board(people: People, facilitator: Facilitator) -> Page:
    board = people.somebody(facilitator.path("board"), viewport=LAPTOP)
    is_live(board)
    return board


@pytest.mark.parametrize("people_there", [8, 9, 10])
def test_the_first_workshop_fits_on_one_page_and_its_dots_into_even_rows(
    people: People, organiser: Organiser, people_there: int
) -> None:
    workshop = play(organiser, "vote", people=people_there)
    board = people.somebody(workshop.facilitator.path("board"), viewport=LAPTOP)
    is_live(board)
    for size in SIZES:
        board.set_viewport_size(size)
        expect(board.locator("#page-number")).to_be_empty()
        leafed = leaf(board)
        assert (leafed.faults, leafed.numbers) == ([], list(range(1, 21))), size
        rows = Counter(board.evaluate(HEIGHTS)).values()
        assert sum(rows) == 8 * people_there
        assert max(rows) - min(rows) <= 1, (size, rows)


def test_the_clicker_turns_pages_both_ways(board: Page) -> None:
    place = board.locator("#page-number")
    for key, page in [("PageDown", 2), ("ArrowRight", 3), ("PageUp", 2), (" ", 3), ("ArrowLeft", 2), ("PageUp", 1),
                      ("PageUp", 1)]:  # fmt: skip
        board.keyboard.press(key)
        expect(place).to_have_text(re.compile(rf"^Page {page} of \d+$"))


def test_b_and_the_full_stop_blank_the_board_and_bring_it_back(board: Page) -> None:
    for on, off in [("b", "b"), (".", "."), ("b", "Escape")]:
        board.keyboard.press(on)
        expect(board.locator("#blank")).to_be_visible()
        board.keyboard.press(off)
        expect(board.locator("#blank")).to_be_hidden()


def test_q_brings_the_big_qr_code_and_takes_it_away(board: Page, facilitator: Facilitator) -> None:
    board.keyboard.press("q")
    expect(board.get_by_role("dialog").locator("img")).to_be_visible()
    assert read_qr(board).endswith(f"/j/{facilitator.code}")
    board.keyboard.press("Q")
    expect(board.get_by_role("dialog")).to_be_hidden()


def test_after_a_reload_the_board_goes_on(board: Page, facilitator: Facilitator) -> None:
    board.reload()
    is_live(board)
    expect(board.locator("#stage .card")).to_have_count(60)
    facilitator.phone().writes("One more", "yes")
    expect(board.locator("#stage .card")).to_have_count(61)
    facilitator.goes_to("vote")
    expect(board).to_have_title("Vote – Town centre – Eight Dots")


def test_responses_that_come_to_another_page_are_counted_in_the_corner(board: Page, facilitator: Facilitator) -> None:
    writer = facilitator.phone()
    for text in ("One", "Two", "Three"):
        writer.writes(f"{text} more", "yes")
    expect(board.locator("#page-number")).to_have_text(re.compile(r"^Page 1 of \d+ · \+3$"))
    for _ in range(20):
        board.keyboard.press("PageDown")
    expect(board.locator("#page-number")).to_have_text(re.compile(r"^Page (\d+) of \1$"))


def test_a_board_that_wants_no_motion_has_none(people: People, facilitator: Facilitator) -> None:
    board = people.somebody(facilitator.path("board"), viewport=LAPTOP, reduced_motion="reduce")
    is_live(board)
    facilitator.goes_to("reveal")
    expect(board.locator("#stage")).to_have_attribute("data-phase", "reveal")
    facilitator.goes_to("discuss")
    expect(board.locator(".standings > li")).to_have_count(60)
    assert board.evaluate("document.getAnimations().length") == 0
    assert board.evaluate("globalThis.diary['#countdown']") == []

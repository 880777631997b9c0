"""The board in three sizes of type, three resolutions and three themes: it pages, and nothing is ever cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.full_boards import leaf, looks, opens_with
from tests.browser.people import LAPTOP, People, is_live
from tests.browser.scene import mixed, spend
from tests.server.phones import Facilitator, Organiser
from workshop.models import Workshop

pytestmark = pytest.mark.browser

RESOLUTIONS: list[ViewportSize] = [
    {"width": 1280, "height": 800},
    {"width": 1920, "height": 1080},
    {"width": 3840, "height": 2160},
]
ORDER = "[...document.querySelectorAll('[data-standing]')].map((row) => Number(row.dataset.standing))"
MOST_PAGES = {"small": 4, "usual": 6, "large": 7}
"""For sixty responses of 8 to 140 characters in two columns, and voting under way."""


@pytest.fixture
def facilitator(organiser: Organiser) -> Facilitator:
    """Sixty responses, and twelve people who vote: their dots make three rows along the foot."""
    facilitator = opens_with(organiser, mixed(60))
    voters = [facilitator.phone() for _ in range(12)]
    facilitator.goes_to("gather")
    facilitator.goes_to("vote")
    for place, voter in enumerate(voters):
        spend(voter, [1 + (place * 7 + dot * dot * 5) % 60 for dot in range(8)])
    return facilitator


@pytest.fixture
def board(people: People, facilitator: Facilitator) -> Page:
    board = people.somebody(facilitator.path("board"), viewport=LAPTOP)
    is_live(board)
    return board


def resize(board: Page, resolution: ViewportSize) -> None:
    """Wait until the page has heard of it: browsers tell it with the next frame that they draw."""
    board.set_viewport_size(resolution)
    board.wait_for_function("width => innerWidth === width", arg=resolution["width"])
    board.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")


def each_look(
    board: Page, facilitator: Facilitator, themes: tuple[str, ...], resolutions: list[ViewportSize] = RESOLUTIONS
) -> Iterator[tuple[str, str]]:
    """(size, what it is) for every way to look, on one page that is resized and never reloaded."""
    for theme in themes:
        for size in Workshop.BOARD_SIZES:
            looks(facilitator, size, theme)
            expect(board.locator(f"[data-theme={theme}] > body[data-size={size}]")).to_have_count(1)
            for resolution in resolutions:
                resize(board, resolution)
                yield size, f"{size}, {theme}, {resolution['width']}"


def test_sixty_responses_are_each_seen_whole_on_one_page_at_every_size_and_in_every_theme(
    board: Page, facilitator: Facilitator
) -> None:
    pages: dict[str, set[int]] = {}
    for size, what in each_look(board, facilitator, Workshop.BOARD_THEMES):
        leafed = leaf(board)
        assert leafed.faults == [], what
        assert leafed.numbers == list(range(1, 61)), what
        assert leafed.rows == 3, what
        pages.setdefault(size, set()).add(len(leafed.pages))
    assert all(max(found) <= MOST_PAGES[size] for size, found in pages.items()), pages


def test_sixty_standings_are_each_seen_whole_and_in_their_order_at_every_size(
    board: Page, facilitator: Facilitator
) -> None:
    board.goto("about:blank")
    facilitator.goes_to("discuss")
    board.goto(f"/w/{facilitator.code}/board")
    is_live(board)
    order = board.evaluate(ORDER)
    for _, what in each_look(board, facilitator, ("light",)):
        leafed = leaf(board)
        assert leafed.faults == [], what
        assert [number for page in leafed.pages for _, number in page] == order, what


def test_a_timer_in_the_foot_covers_nothing_and_costs_no_dot(board: Page, facilitator: Facilitator) -> None:
    assert facilitator.ask(f"/w/{facilitator.code}/1/timer", {"minutes": "90"})["ok"]
    assert facilitator.ask(f"/w/{facilitator.code}/1/timer/at-zero", {"at_zero": "close"})["ok"]
    expect(board.locator("#timer .grace")).to_be_visible()
    for resolution in RESOLUTIONS[:2]:
        resize(board, resolution)
        leafed = leaf(board)
        assert leafed.faults == []
        assert leafed.numbers == list(range(1, 61))


def test_two_hundred_responses_page_in_order_and_new_ones_join_the_last_page(
    people: People, organiser: Organiser
) -> None:
    facilitator = opens_with(organiser, mixed(200))
    facilitator.goes_to("gather")
    board = people.somebody(facilitator.path("board"), viewport=LAPTOP)
    is_live(board)
    for _, what in each_look(board, facilitator, ("light",), RESOLUTIONS[:1]):
        leafed = leaf(board)
        assert leafed.faults == [], what
        assert leafed.numbers == list(range(1, 201)), what
        assert all(leafed.of(side) == sorted(leafed.of(side)) for side in ("yes", "no")), what
    # They join the last page of their column; whoever reads the first page is told.
    for _ in leafed.pages:
        board.keyboard.press("PageUp")
    last = {side for side, _ in leafed.pages[-1]}
    longer = max(last, key=lambda side: len(leafed.of(side)))
    writer = facilitator.phone()
    for text in ("One more", "Two more", "Three more"):
        writer.writes(text, longer)
    expect(board.locator("#page-number")).to_have_text(re.compile(r"^Page 1 of \d+ · \+3$"))
    again = leaf(board)
    assert again.of(longer)[-3:] == [201, 202, 203]
    assert (longer, 203) in again.pages[-1]
    expect(board.locator("#page-number")).to_have_text(re.compile(r"^Page (\d+) of \1$"))

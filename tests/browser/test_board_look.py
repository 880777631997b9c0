"""How the board looks while it is open: chosen at the console, kept through a reload, awake while it is seen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import localgovcamp
from tests.browser.full_boards import leaf, looks, opens_with
from tests.browser.people import LAPTOP, People, is_live, was_told
from tests.browser.pictures import find_qr
from tests.browser.scene import spend
from tests.server.phones import Facilitator, Organiser

pytestmark = pytest.mark.browser

# Whatever moves is written down, and so is every wish that the screen stay on.
WITNESS = """
globalThis.moves = [];
const animate = Element.prototype.animate;
Element.prototype.animate = function (frames, options) {
  const names = new Set(frames.flatMap((frame) => Object.keys(frame)));
  globalThis.moves.push([[...names].join(" "), options.duration + (options.delay ?? 0)]);
  return animate.call(this, frames, options);
};
globalThis.locks = 0;
Object.defineProperty(navigator, "wakeLock", { value: { request: async () => { globalThis.locks++; } } });
"""
SIZE_OF_TYPE = """() => {
  const card = document.querySelector("#stage .card");
  return Math.round((1000 * Number.parseFloat(getComputedStyle(card).fontSize)) / innerHeight) / 10;
}"""


@pytest.fixture
def facilitator(organiser: Organiser) -> Facilitator:
    facilitator = opens_with(organiser, localgovcamp.RESPONSES)
    facilitator.get(f"/w/{facilitator.code}/console")
    return facilitator


@pytest.fixture
def board(people: People, facilitator: Facilitator) -> Page:
    board = people.somebody(viewport=LAPTOP)
    board.add_init_script(WITNESS)
    board.goto(facilitator.path("board"))
    is_live(board)
    return board


def ground(board: Page) -> str:
    return str(board.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_what_is_chosen_at_the_console_shows_at_once_and_is_undone(
    people: People, facilitator: Facilitator, board: Page
) -> None:
    facilitator.goes_to("gather")
    console = people.somebody_known(facilitator, viewport=LAPTOP)
    console.goto(f"/w/{facilitator.code}/console")
    is_live(console)
    panel = console.get_by_role("region", name="How the board looks")
    expect(panel.get_by_role("radio", name="Large")).to_be_hidden()
    panel.get_by_role("heading").click()
    expect(panel.get_by_role("button", name="Change the board")).to_be_hidden()
    board.evaluate("globalThis.hasStayed = true")
    assert board.evaluate(SIZE_OF_TYPE) == 3.2
    panel.get_by_role("radio", name="Large").check()
    expect(board.locator("body[data-size=large]")).to_have_count(1)
    assert board.evaluate(SIZE_OF_TYPE) == 3.9
    panel.get_by_role("radio", name="Dark").check()
    expect(board.locator("html[data-theme=dark]")).to_have_count(1)
    assert ground(board) == "rgb(14, 21, 28)"
    assert leaf(board).faults == []
    was_told(console, "That is how the board looks now.")
    console.get_by_role("button", name="Undo").click()
    expect(board.locator("[data-theme=light] > body[data-size=large]")).to_have_count(1)
    expect(panel.get_by_role("radio", name="Light")).to_be_checked()
    expect(panel.get_by_role("radio", name="Large")).to_be_checked()
    assert (board.evaluate("globalThis.hasStayed"), ground(board)) == (True, "rgb(255, 255, 255)")


def test_the_code_in_the_lobby_is_large_and_black_on_white_whatever_the_theme(
    board: Page, facilitator: Facilitator
) -> None:
    for theme, width, height in (("light", 1920, 1080), ("white", 1280, 800), ("dark", 1280, 800), ("dark", 1024, 768)):
        looks(facilitator, "usual", theme)
        expect(board.locator(f"html[data-theme={theme}]")).to_have_count(1)
        board.set_viewport_size({"width": width, "height": height})
        code = find_qr(board)
        assert code.text.endswith(f"/j/{facilitator.code}")
        assert code.height >= 0.6 * height, (theme, width)
        assert (code.darkest, code.lightest) == (0, 255)
        assert code.lightest_around == code.darkest_around == 255, (theme, width)


def test_a_reload_keeps_the_large_code_and_blanking_takes_it_away(board: Page, facilitator: Facilitator) -> None:
    looks(facilitator, "large", "dark")
    facilitator.goes_to("gather")
    expect(board.locator("#stage")).to_have_attribute("data-phase", "gather")
    board.keyboard.press("q")
    board.reload()
    is_live(board)
    expect(board.locator("#big-qr")).to_be_visible()
    assert find_qr(board).height >= 0.6 * LAPTOP["height"]
    board.keyboard.press("b")
    expect(board.locator("#big-qr")).to_be_hidden()
    expect(board.locator("#blank")).to_be_visible()
    board.keyboard.press("b")
    expect(board.locator("[data-theme=dark] > body[data-size=large]")).to_have_count(1)
    expect(board.locator("#stage .card").first).to_be_visible()


def test_a_reveal_only_moves_things_and_a_reload_in_the_middle_of_it_shows_the_result(
    board: Page, facilitator: Facilitator
) -> None:
    voter = facilitator.phone()
    facilitator.goes_to("gather")
    facilitator.goes_to("vote")
    spend(voter, [1, 1, 2, 3, 14, 14, 14, 20])
    facilitator.goes_to("reveal")
    expect(board.locator("#stage")).to_have_attribute("data-phase", "reveal")
    board.keyboard.press("q")
    facilitator.goes_to("discuss")
    # The large code makes way for it.
    expect(board.locator("#countdown")).to_be_visible()
    expect(board.locator("#big-qr")).to_be_hidden()
    expect(board.locator("#stage")).to_have_attribute("data-phase", "discuss")
    moves = board.evaluate("globalThis.moves")
    assert {names for names, _ in moves} == {"transform"}
    assert 0 < max(duration for _, duration in moves) <= 600
    facilitator.goes_to("reveal")
    expect(board.locator("#stage")).to_have_attribute("data-phase", "reveal")
    facilitator.goes_to("discuss")
    expect(board.locator("#countdown")).to_be_visible()
    board.reload()
    expect(board.locator("#countdown")).to_be_hidden()
    expect(board.locator(".standings [data-standing]")).to_have_count(20)
    assert board.evaluate("globalThis.moves") == []


def test_the_screen_is_asked_to_stay_on_whenever_the_board_comes_back_to_sight(board: Page) -> None:
    assert board.evaluate("globalThis.locks") == 1
    board.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert board.evaluate("globalThis.locks") == 2


def test_f_fills_the_screen_and_gives_it_back(board: Page) -> None:
    for is_full in (True, False):
        board.keyboard.press("f")
        board.wait_for_function("wanted => Boolean(document.fullscreenElement) === wanted", arg=is_full)


def test_a_board_that_is_cut_off_says_so_and_comes_back(board: Page) -> None:
    connection = board.locator("#connection")
    expect(connection).to_have_text("Live")
    board.context.set_offline(True)
    expect(connection).to_have_text(re.compile("Reconnecting"))
    board.context.set_offline(False)
    expect(connection).to_have_text("Live")


def test_what_is_said_stands_over_the_large_timer_and_over_the_blank_board(
    board: Page, facilitator: Facilitator
) -> None:
    assert facilitator.ask(f"/w/{facilitator.code}/1/timer", {"minutes": "5"})["ok"]
    expect(board.locator("#timer .clock")).to_be_visible()
    for key in ("t", "b"):
        board.keyboard.press(key)
        board.keyboard.press("p")
        expect(board.locator("#said")).not_to_be_empty()
        assert board.evaluate(
            """() => {
              const box = document.querySelector("#said").getBoundingClientRect();
              const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
              return there.closest("#said") !== null;
            }"""
        ), key

"""The keys of the board: a clicker's, letters that can be switched off, and those that steer and ask twice."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.full_boards import opens_with
from tests.browser.people import LAPTOP, People, is_live, was_told
from tests.browser.scene import mixed
from tests.server.phones import Facilitator, Organiser

pytestmark = pytest.mark.browser


@pytest.fixture
def voting(organiser: Organiser) -> Facilitator:
    """Sixty responses, and voting is open."""
    facilitator = opens_with(organiser, mixed(60))
    facilitator.goes_to("gather")
    facilitator.goes_to("vote")
    return facilitator


@pytest.fixture
def board(people: People, voting: Facilitator) -> Page:
    board = people.somebody(voting.path("board"), viewport=LAPTOP)
    is_live(board)
    return board


@pytest.fixture
def steering(people: People, voting: Facilitator) -> Page:
    """A board that was opened from the console."""
    console = people.somebody_known(voting, viewport=LAPTOP)
    console.goto(f"/w/{voting.code}/console")
    with console.context.expect_page() as opened:
        console.get_by_role("link", name="Open the board to steer it").click()
    is_live(opened.value)
    return opened.value


def page_number(board: Page) -> Locator:
    return board.locator("#page-number")


def help_of(board: Page) -> Locator:
    return board.get_by_role("dialog", name="Keys")


def phase(board: Page, wanted: str) -> None:
    expect(board.locator("#stage")).to_have_attribute("data-phase", wanted)


def test_a_clickers_reload_leaves_the_board_where_it_was(board: Page) -> None:
    board.keyboard.press("PageDown")
    board.keyboard.press("PageDown")
    expect(page_number(board)).to_have_text(re.compile("^Page 3 of"))
    shown = page_number(board).text_content() or ""
    board.reload()
    is_live(board)
    expect(page_number(board)).to_have_text(shown)
    board.keyboard.press(".")
    board.reload()
    expect(board.locator("#blank")).to_be_visible()
    board.keyboard.press("Escape")
    expect(board.locator("#blank")).to_be_hidden()
    expect(page_number(board)).to_have_text(shown)
    board.reload()
    is_live(board)
    expect(board.locator("#blank")).to_be_hidden()


def test_another_phase_begins_on_its_first_page_after_a_reload(board: Page, voting: Facilitator) -> None:
    board.keyboard.press("PageDown")
    expect(page_number(board)).to_have_text(re.compile("^Page 2 of"))
    board.goto("about:blank")
    voting.goes_to("reveal")
    board.goto(f"/w/{voting.code}/board")
    expect(page_number(board)).to_have_text(re.compile("^Page 1 of"))


def test_t_shows_the_timer_large_and_small_again(board: Page, voting: Facilitator) -> None:
    board.keyboard.press("t")
    was_told(board, "There is no timer. It is set from the console.")
    assert voting.ask(f"/w/{voting.code}/1/timer", {"minutes": "5"})["ok"]
    clock = board.locator("#timer .clock")
    expect(clock).to_be_visible()
    small = height(clock)
    assert small < 800 / 10
    board.keyboard.press("t")
    assert height(clock) > 800 / 4
    board.reload()
    is_live(board)
    assert height(clock) > 800 / 4
    board.keyboard.press("T")
    assert height(clock) == small


def height(clock: Locator) -> float:
    box = clock.bounding_box()
    assert box
    return box["height"]


def test_the_question_mark_tells_which_keys_there_are(board: Page) -> None:
    board.keyboard.press("?")
    expect(help_of(board)).to_be_visible()
    for words in ("Page Down", "Blank the board", "Large timer", "only on a board that was opened from the console"):
        expect(help_of(board)).to_contain_text(words)
    # A key does nothing behind the dialog.
    board.keyboard.press("PageDown")
    expect(page_number(board)).to_have_text(re.compile("^Page 1 of"))
    board.keyboard.press("?")
    expect(help_of(board)).to_be_hidden()


def test_single_letter_keys_are_switched_off_for_this_browser(board: Page) -> None:
    board.get_by_role("button", name="Keys").click()
    switch = board.get_by_role("checkbox", name="Single-letter keys")
    # Whoever only wants the list away must not switch anything by that.
    expect(board.get_by_role("button", name="Close")).to_be_focused()
    switch.focus()
    board.keyboard.press("Space")
    expect(switch).not_to_be_checked()
    board.keyboard.press("Escape")
    expect(help_of(board)).to_be_hidden()
    for _ in range(2):
        for key in ("b", ".", "q", "t", "p", "?"):
            board.keyboard.press(key)
        expect(board.locator("#blank")).to_be_hidden()
        expect(board.get_by_role("dialog")).to_have_count(0)
        board.keyboard.press("PageDown")
        expect(page_number(board)).to_have_text(re.compile("^Page 2 of"))
        board.keyboard.press("PageUp")
        board.reload()
        is_live(board)
    # Without a key for it, the list is still there to be clicked.
    board.get_by_role("button", name="Keys").click()
    board.get_by_role("checkbox", name="Single-letter keys").check()
    board.get_by_role("button", name="Close").click()
    board.keyboard.press("b")
    expect(board.locator("#blank")).to_be_visible()


def test_a_board_that_was_not_opened_from_the_console_changes_nothing(board: Page) -> None:
    board.keyboard.press("p")
    was_told(board, "This board can't go to the next step. Open it from the console to steer it.")
    board.keyboard.press("p")
    board.wait_for_timeout(500)
    phase(board, "vote")


def test_p_asks_twice_and_then_takes_the_next_step(steering: Page, board: Page) -> None:
    asked = steering.locator("#press-again")
    for words, there in (("Close voting", "reveal"), ("Reveal results", "discuss")):
        steering.keyboard.press("p")
        expect(asked).to_have_text(f"Press P again: {words}")
        steering.keyboard.press("p")
        for screen in (steering, board):
            phase(screen, there)
        expect(asked).to_be_empty()


def test_what_was_asked_is_forgotten_after_four_seconds(steering: Page) -> None:
    asked = steering.locator("#press-again")
    steering.keyboard.press("p")
    expect(asked).to_have_text("Press P again: Close voting")
    expect(asked).to_be_empty()
    steering.keyboard.press("p")
    expect(asked).to_have_text("Press P again: Close voting")
    phase(steering, "vote")


def test_a_key_that_is_held_down_asks_once(steering: Page) -> None:
    asked = steering.locator("#press-again")
    steering.keyboard.down("p")
    expect(asked).to_have_text("Press P again: Close voting")
    # Pressed again without having been let go: that is how a browser tells of a key that is held.
    steering.keyboard.down("p")
    steering.wait_for_timeout(500)
    expect(asked).to_have_text("Press P again: Close voting")
    phase(steering, "vote")


def test_what_somebody_else_has_done_meanwhile_is_not_done_again(steering: Page, voting: Facilitator) -> None:
    steering.keyboard.press("p")
    expect(steering.locator("#press-again")).to_have_text("Press P again: Close voting")
    voting.goes_to("reveal")
    phase(steering, "reveal")
    steering.keyboard.press("p")
    expect(steering.locator("#press-again")).to_have_text("Press P again: Reveal results")
    phase(steering, "reveal")


def test_ties_are_said_aloud_on_the_board_and_on_phones(people: People, facilitator: Facilitator) -> None:
    facilitator.opens_voting(3)
    voter = facilitator.phone()
    moves = [voter.move(dot, 0, response) for dot, response in enumerate((1, 1, 2, 3), start=1)]
    assert voter.ask_json(f"/w/{voter.code}/1/dots", {"moves": moves}).json()["ok"]
    board = people.somebody(facilitator.path("board"), viewport=LAPTOP)
    is_live(board)
    ada = people.phone(facilitator)
    ada.is_live()
    facilitator.goes_to("discuss")
    was_told(board, "Two responses tie for 2nd place.")
    ada.was_told("Results. Two responses tie for 2nd place.")

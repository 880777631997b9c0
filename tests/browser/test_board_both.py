"""A board of two languages: everything twice, and nothing cut off."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.full_boards import leaf
from tests.browser.people import LAPTOP, People, is_live
from tests.browser.scene import mixed, spend
from tests.server.phones import Facilitator, Organiser

pytestmark = pytest.mark.browser

# What sticks out of the picture, or of the box that it is in. (That cards are whole is for the tests of pages.)
CLIPPED = """() => [...document.querySelectorAll("h1, h2, .prompt, .step, .hint, .people, .first, .second, .code")]
  .filter((it) => it.checkVisibility() && !it.closest("dialog, .window"))
  .filter((it) => {
    const { top, left, right, bottom } = it.getBoundingClientRect();
    const isWide = it.scrollWidth > it.clientWidth + 1 && getComputedStyle(it).display !== "inline";
    return top < -1 || left < -1 || right > innerWidth + 1 || bottom > innerHeight + 1 || isWide;
  }).map((it) => it.outerHTML)"""
SMALL = """() => [...document.querySelectorAll(".second, .beside, .draft-words")].filter((it) => it.checkVisibility())
  .filter((it) => parseFloat(getComputedStyle(it).fontSize) < 0.0235 * innerHeight).map((it) => it.outerHTML)"""
OVERLAPS = """() => {
  const [stage, foot] = ["#stage .window, .lobby .how", ".foot"].map((it) => document.querySelector(it));
  const covers = foot.checkVisibility() && stage.getBoundingClientRect().bottom > foot.getBoundingClientRect().top + 1;
  return covers || document.documentElement.scrollHeight > innerHeight;
}"""


@pytest.fixture
def facilitator(organiser: Organiser) -> Facilitator:
    return organiser.opens(
        title="What should the town centre be like?",
        title_in_cy="Sut le ddylai canol y dref fod?",
        prompts="two",
        yes_prompt="What should be considered in a digital peer challenge?",
        yes_prompt_in_cy="Beth ddylid ei ystyried mewn her ddigidol gan gymheiriaid?",
        no_prompt="What should not be considered?",
        no_prompt_in_cy="Beth na ddylid ei ystyried?",
    )


@pytest.fixture
def board(people: People, facilitator: Facilitator) -> Page:
    board = people.somebody(facilitator.path("board"), viewport=LAPTOP)
    is_live(board)
    return board


def shows_both(board: Page, *sentences: tuple[str, str]) -> None:
    """Each of these in English, and in Welsh that is marked as such; and nothing is cut off."""
    for english, welsh in sentences:
        expect(board.get_by_text(english).first).to_be_visible()
        expect(board.locator('[lang="cy"]').get_by_text(welsh).first).to_be_visible()
    board.evaluate("document.fonts.ready")
    for cut in (CLIPPED, SMALL):
        assert board.evaluate(cut) == []
    assert board.evaluate(OVERLAPS) is False


def test_a_board_of_both_languages_says_everything_twice_and_cuts_nothing_off(
    facilitator: Facilitator, board: Page
) -> None:
    title = ("What should the town centre be like?", "Sut le ddylai canol y dref fod?")
    expect(board.locator('[lang="cy"]:visible')).to_have_count(0)
    facilitator.ask(f"/w/{facilitator.code}/board/languages", {"languages": "both"})
    shows_both(board, title, ("Scan the code, or go to", "Sganiwch y cod"), ("and type", "a theipiwch"))

    facilitator.goes_to("gather")
    writer = facilitator.phone()
    for side, text in mixed(24):
        writer.writes(text, side)
    shows_both(board, title, ("YES", "IE"), ("What should not be considered?", "Beth na ddylid ei ystyried?"))

    facilitator.goes_to("vote")
    shows_both(board, title, ("0 of 1 person has finished", "wedi gorffen"))
    expect(board.locator(".draft-words")).to_be_visible()
    assert leaf(board).faults == []

    spend(writer, [1, 1, 2, 3, 3])
    facilitator.goes_to("discuss")
    expect(board.locator("#progress .second")).to_contain_text("dot")
    shows_both(board, title, ("Two responses tie for 1st place.", "n gydradd 1af"))

"""The spotlight: large on the board, at the foot of the phone, and in nobody's way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.people import LAPTOP, People, Phone, is_live
from tests.server.phones import Facilitator
from tests.server.server import Server

pytestmark = pytest.mark.browser

SIZES: list[ViewportSize] = [
    {"width": 1280, "height": 800},
    {"width": 1920, "height": 1080},
    {"width": 3840, "height": 2160},
    {"width": 1024, "height": 768},
]
SENTENCE = "Buses that come when the timetable says so, and a shelter with a roof that keeps the rain out. "
TEXTS = [
    "Lunch",
    (SENTENCE * 2)[:140],
    (SENTENCE * 5)[:400].strip(),
    "公共交通" * 100,
    "Donaudampfschifffahrtsgesellschaftskapitän" * 3,
    "خدمات عامة مفتوحة للجميع " * 10,
]

WHOLE = """() => {
  const [place, text] = ["#spotlight", "#spotlight .text > span"].map((each) =>
    document.querySelector(each).getBoundingClientRect());
  const size = parseFloat(getComputedStyle(document.querySelector("#spotlight .text > span")).fontSize);
  const isIn = text.top >= place.top && text.bottom <= place.bottom && text.left >= place.left
    && text.right <= place.right + 1 && place.bottom <= innerHeight && place.right <= innerWidth;
  const page = document.documentElement;
  const scrolls = page.scrollHeight > innerHeight || page.scrollWidth > innerWidth;
  return [isIn && !scrolls, size / innerHeight];
}"""
WHERE = "() => [document.activeElement.id, scrollY, document.querySelector('#text')?.value]"


@pytest.fixture
def facilitator(server: Server, tmp_path: Path) -> Facilitator:
    """An open exercise; people are writing, and have written long and wide things."""
    agenda = tmp_path / "agenda.json"
    exercise = {"kind": "open", "prompt": "What would help?", "longest": 400}
    agenda.write_text(json.dumps({"title": "Peer challenge", "exercises": [exercise]}))
    facilitator = Facilitator(server.base, json.loads(server.runs("workshop", "import", str(agenda)).stdout))
    facilitator.goes_to("gather")
    writer = facilitator.phone()
    for text in TEXTS:
        writer.writes(text, "open")
    return facilitator


@pytest.fixture
def board(people: People, facilitator: Facilitator) -> Page:
    board = people.somebody(facilitator.path("board"), viewport=LAPTOP)
    is_live(board)
    return board


def puts(facilitator: Facilitator, response: int | None) -> None:
    path = "spotlight/off" if response is None else f"responses/{response}/spotlight"
    assert facilitator.ask(f"/w/{facilitator.code}/1/{path}")["ok"]


def test_whatever_is_talked_about_is_whole_on_the_board_and_as_large_as_can_be(
    board: Page, facilitator: Facilitator
) -> None:
    for number, text in enumerate(TEXTS, start=1):
        puts(facilitator, number)
        expect(board.locator("#spotlight .text")).to_have_text(text.strip())
        for size in SIZES:
            board.set_viewport_size(size)
            is_whole, share = board.evaluate(WHOLE)
            # Never smaller than the responses of a list are.
            assert (is_whole, share > 0.032) == (True, True), (text, size, share)
    puts(facilitator, None)
    expect(board.locator("#spotlight")).to_be_hidden()


def test_the_boards_keys_work_under_the_spotlight(board: Page, facilitator: Facilitator) -> None:
    puts(facilitator, 1)
    expect(board.locator("#spotlight")).to_be_visible()
    board.keyboard.press("b")
    expect(board.locator("#blank")).to_be_visible()
    assert board.evaluate("document.elementFromPoint(innerWidth / 2, innerHeight / 2).id") == "blank"
    board.keyboard.press("b")
    board.keyboard.press("q")
    expect(board.get_by_role("dialog")).to_be_visible()
    board.keyboard.press("q")
    expect(board.locator("#spotlight")).to_be_visible()
    board.reload()
    expect(board.locator("#spotlight .text")).to_have_text("Lunch")


def test_on_a_phone_it_is_said_once_and_moves_nothing(ada: Phone, facilitator: Facilitator) -> None:
    page = ada.page
    ada.is_live()
    page.set_viewport_size({"width": 390, "height": 600})
    page.reload()
    ada.is_live()
    field = page.get_by_label("Your response", exact=True)
    field.fill("Half a sen")
    page.evaluate("scrollTo(0, 120)")
    before = page.evaluate(WHERE)
    puts(facilitator, 1)
    expect(page.locator("#spotlight")).to_be_visible()
    ada.was_told("Being discussed: R1 Lunch")
    assert page.evaluate(WHERE) == before
    puts(facilitator, None)
    expect(page.locator("#spotlight")).to_be_hidden()
    assert page.evaluate(WHERE) == before
    assert page.evaluate("globalThis.diary['#said']") == ["Being discussed: R1 Lunch"]


def test_who_folds_it_away_on_the_phone_has_it_folded(ada: Phone, facilitator: Facilitator) -> None:
    puts(facilitator, 1)
    summary = ada.page.locator("#spotlight summary")
    summary.click()
    expect(ada.page.locator("#spotlight .text")).to_be_hidden()
    puts(facilitator, 2)
    expect(summary).to_contain_text("R2")
    expect(ada.page.locator("#spotlight .text")).to_be_hidden()
    # Whoever stood on it when it went is not at the top of nowhere.
    puts(facilitator, None)
    expect(ada.page.locator("#spotlight")).to_be_hidden()
    assert ada.page.evaluate("document.activeElement.localName") == "h1"


def test_however_long_it_takes_a_third_of_a_small_phone_at_the_most(ada: Phone, facilitator: Facilitator) -> None:
    puts(facilitator, 3)
    for width, height in ((390, 844), (320, 640)):
        ada.page.set_viewport_size({"width": width, "height": height})
        expect(ada.page.locator("#spotlight .text")).to_be_visible()
        box = ada.page.locator("#spotlight").bounding_box()
        assert box
        assert box["height"] <= height / 3, (width, box)
        # The rest of a long one can be reached with a keyboard.
        ada.page.locator("#spotlight .text").focus()
        ada.page.keyboard.press("End")
        ada.page.wait_for_function("() => document.querySelector('#spotlight .text').scrollTop > 0")


def test_what_others_wrote_meanwhile_is_there_when_the_discussion_begins(
    people: People, facilitator: Facilitator
) -> None:
    ada = people.phone(facilitator)
    ada.is_live()
    facilitator.phone().writes("Not shown until it is asked for", "open")
    expect(ada.page.get_by_role("button", name="1 new response – show")).to_be_visible()
    assert facilitator.ask(f"/w/{facilitator.code}/1/phase", {"from": "gather", "to": "discuss"})["ok"]
    expect(ada.page.locator("#stage")).to_have_attribute("data-phase", "discuss")
    expect(ada.page.get_by_text("Not shown until it is asked for")).to_be_visible()


def test_without_javascript_the_phone_shows_it_too(people: People, facilitator: Facilitator) -> None:
    puts(facilitator, 1)
    phone = people.phone(facilitator, scripts=False)
    expect(phone.page.get_by_text("Being discussed now")).to_be_visible()
    expect(phone.page.locator("#spotlight .text")).to_have_text("Lunch")

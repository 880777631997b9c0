"""Notes that save themselves, by two facilitators in the same field at once, on good lines and on bad ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Dialog, Locator, Page, expect

from tests.browser.people import LAPTOP, People, is_live
from tests.browser.wire import Wire
from tests.server.phones import Facilitator, Organiser
from tests.server.server import Server

pytestmark = pytest.mark.browser

SAVED = re.compile(r"^Saved \d\d:\d\d")
UNSAVED = "Not saved yet. We'll keep trying."
CARET = "(field) => [field === document.activeElement, field.selectionStart, field.selectionEnd]"


@pytest.fixture
def facilitator(organiser: Organiser) -> Facilitator:
    """Three responses, and people are still writing."""
    facilitator = organiser.opens()
    facilitator.goes_to("gather")
    writer = facilitator.phone()
    for text in ("Free park and ride", "A night market", "Benches"):
        writer.writes(text)
    return facilitator


@pytest.fixture
def ana(people: People, facilitator: Facilitator) -> Page:
    return console(people, facilitator)


@pytest.fixture
def sam(people: People, facilitator: Facilitator) -> Page:
    return console(people, facilitator)


@pytest.fixture
def wire(server: Server) -> Iterator[Wire]:
    with Wire(server.port) as wire:
        yield wire


def console(people: People, facilitator: Facilitator, base: str = "") -> Page:
    page = people.somebody(base + facilitator.path("facilitator"), viewport=LAPTOP)
    is_live(page)
    return page


def field(page: Page, response: int = 0) -> Locator:
    return page.locator(f"#note-1-{response}-text")


def unfolds(page: Page, response: int) -> Locator:
    page.locator(f"#noting-1-{response} summary").click()
    return field(page, response)


def status(field: Locator) -> Locator:
    return field.page.locator(f"#{field.get_attribute('aria-describedby')}")


def is_saved(field: Locator) -> None:
    expect(status(field)).to_have_text(SAVED)


def stored(facilitator: Facilitator, response: int = 0) -> str:
    """The note as a colleague who comes now is shown it."""
    html = facilitator.get(f"/w/{facilitator.code}/console").text
    found = re.search(rf'<textarea id="note-1-{response}-text"[^>]*>([^<]*)', html)
    assert found
    return found.group(1)


def test_a_note_saves_itself_when_typing_stops_and_reaches_a_colleague(
    ana: Page, sam: Page, facilitator: Facilitator
) -> None:
    note = unfolds(ana, 1)
    note.press_sequentially("The bus company")
    expect(status(note)).to_have_text("")
    is_saved(note)
    assert stored(facilitator, 1) == "The bus company"
    expect(sam.locator("#r1 .has")).to_have_text("has a note")
    expect(unfolds(sam, 1)).to_have_value("The bus company")
    is_saved(field(sam, 1))


def test_a_note_is_saved_as_soon_as_one_leaves_it(ana: Page, facilitator: Facilitator) -> None:
    field(ana).fill("A lively room.")
    with ana.expect_response("**/notes/0") as answer:
        field(ana).blur()
    assert answer.value.ok
    assert stored(facilitator) == "A lively room."


def test_a_note_is_saved_when_the_page_goes(ana: Page, facilitator: Facilitator) -> None:
    field(ana).fill("A lively room.")
    ana.goto("about:blank")
    ana.wait_for_timeout(500)
    assert stored(facilitator) == "A lively room."


def test_two_who_type_at_both_ends_of_a_note_at_once_lose_no_word(
    ana: Page, sam: Page, facilitator: Facilitator
) -> None:
    field(ana).fill("Buses: \nTrees: ")
    is_saved(field(ana))
    expect(field(sam)).to_have_value("Buses: \nTrees: ")
    at_top, at_end = field(ana), field(sam)
    at_top.focus()
    ana.keyboard.press("Control+Home")
    ana.keyboard.press("End")
    at_end.focus()
    sam.keyboard.press("Control+End")
    tops = [f"bus{n}" for n in range(12)]
    ends = [f"tree{n}" for n in range(12)]
    # Now and then long enough for a save, and now and then not.
    for turn, (top, end) in enumerate(zip(tops, ends, strict=True)):
        ana.keyboard.type(f"{top} ")
        sam.keyboard.type(f"{end} ")
        if turn % 4 == 3:
            ana.wait_for_timeout(1300)
    for note in (at_top, at_end):
        is_saved(note)
    # A space at the end of a line may go.
    both = re.compile(rf"^Buses: {' '.join(tops)} ?\nTrees: {' '.join(ends)} ?$")
    for note in (at_top, at_end):
        expect(note).to_have_value(both)
    assert both.match(stored(facilitator))
    # Each is where they were typing, with a space before the next word.
    ana.keyboard.type("last")
    sam.keyboard.type("last")
    for note in (at_top, at_end):
        expect(note).to_have_value(f"Buses: {' '.join(tops)} last\nTrees: {' '.join(ends)} last")


def test_two_who_type_at_the_same_place_at_once_lose_no_word(ana: Page, sam: Page, facilitator: Facilitator) -> None:
    for page in (ana, sam):
        field(page).focus()
    for n in range(10):
        ana.keyboard.type(f"ana{n} ")
        sam.keyboard.type(f"sam{n} ")
        if n % 3 == 2:
            ana.wait_for_timeout(1300)
    for page in (ana, sam):
        is_saved(field(page))
    words = sorted(f"{name}{n}" for name in ("ana", "sam") for n in range(10))
    for page in (ana, sam):
        expect(field(page)).to_have_value(re.compile("ana9.*sam9|sam9.*ana9", re.DOTALL))
        assert sorted(field(page).input_value().split()) == words
    assert sorted(stored(facilitator).split()) == words


def test_a_colleagues_words_come_in_without_moving_the_caret(ana: Page, sam: Page) -> None:
    field(ana).fill("Buses\nTrees\n")
    is_saved(field(ana))
    expect(field(sam)).to_have_value("Buses\nTrees\n")
    field(sam).focus()
    field(sam).evaluate("(field) => field.setSelectionRange(6, 11)")
    for words in ("Buses and trams\nTrees\n", "Buses and trams\nTrees\nShade"):
        field(ana).fill(words)
        expect(field(sam)).to_have_value(words)
        assert field(sam).evaluate(CARET) == [True, 16, 21]


def test_what_is_typed_while_the_line_is_cut_is_saved_when_it_is_back(
    people: People, sam: Page, facilitator: Facilitator, wire: Wire
) -> None:
    ana = console(people, facilitator, wire.base)
    field(ana).fill("Buses\n")
    is_saved(field(ana))
    expect(field(sam)).to_have_value("Buses\n")
    wire.cut()
    field(ana).focus()
    ana.keyboard.press("Control+End")
    ana.keyboard.type("and trams")
    expect(status(field(ana))).to_have_text(UNSAVED)
    field(sam).fill("Many buses\n")
    is_saved(field(sam))
    wire.mend()
    is_saved(field(ana))
    both = "Many buses\nand trams"
    for page in (ana, sam):
        expect(field(page)).to_have_value(both)
    assert stored(facilitator) == both


def test_what_could_not_be_saved_outlives_a_reload(people: People, facilitator: Facilitator, server: Server) -> None:
    ana = console(people, facilitator)
    ana.route("**/notes/**", lambda route: route.abort())
    unfolds(ana, 1).fill("Ask Sam")
    expect(status(field(ana, 1))).to_have_text(UNSAVED)
    # Leaving is asked about first.
    asked: list[str] = []

    def leaves(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    ana.on("dialog", leaves)
    ana.reload()
    assert asked == ["beforeunload"]
    ana.unroute_all()
    expect(field(ana, 1)).to_have_value("Ask Sam")
    expect(status(field(ana, 1))).to_have_text(SAVED)
    assert stored(facilitator, 1) == "Ask Sam"


def test_too_long_a_note_stays_in_its_field_with_the_reason_beside_it(ana: Page, facilitator: Facilitator) -> None:
    field(ana).fill("x" * 10_001)
    expect(status(field(ana))).to_have_text("That is 10001 characters. A note has 10000 at the most.")
    field(ana).fill("x" * 10_000)
    is_saved(field(ana))
    assert len(stored(facilitator)) == 10_000


def test_whoever_types_goes_on_typing_when_a_colleague_moves_the_exercise_on(
    ana: Page, facilitator: Facilitator
) -> None:
    for there in ("vote", "reveal", "discuss"):
        page_note = field(ana)
        page_note.focus()
        ana.keyboard.type(f"before {there} ")
        facilitator.goes_to(there)
        expect(ana.locator("#stage")).to_have_attribute("data-phase", there)
        ana.keyboard.type("and after. ")
        is_saved(page_note)
    note = unfolds(ana, 2)
    note.press_sequentially("half a wo")
    facilitator.goes_to("closed")
    expect(ana.locator("#stage")).to_have_attribute("data-phase", "closed")
    ana.keyboard.type("rd")
    is_saved(note)
    assert stored(facilitator, 2) == "half a word"
    assert stored(facilitator) == "before vote and after. before reveal and after. before discuss and after. "


def test_a_field_that_somebody_types_in_stays_when_the_spotlight_goes_on(
    ana: Page, sam: Page, facilitator: Facilitator
) -> None:
    sam.get_by_role("button", name="Spotlight R1").click()
    first = ana.locator("#beside-1-1-text")
    first.press_sequentially("half a wo")
    sam.locator("#turn-next button").click()
    second = ana.locator("#beside-1-2-text")
    expect(second).to_be_visible()
    ana.keyboard.type("rd")
    expect(first).to_have_value("half a word")
    second.focus()
    # Saved, it goes; what comes next has its own field.
    expect(first).to_have_count(0)
    expect(second).to_have_value("")
    assert stored(facilitator, 1) == "half a word"
    assert stored(facilitator, 2) == ""


def test_the_same_note_in_the_panel_and_under_its_response_is_one(ana: Page) -> None:
    ana.get_by_role("button", name="Spotlight R1").click()
    beside = ana.locator("#beside-1-1-text")
    beside.fill("Written in the panel")
    expect(unfolds(ana, 1)).to_have_value("Written in the panel")
    # What was unfolded stays so, whatever is pushed.
    beside.fill("Written in the panel, and more")
    expect(field(ana, 1)).to_have_value("Written in the panel, and more")
    expect(field(ana, 1)).to_be_visible()
    field(ana, 1).fill("Under the response")
    expect(beside).to_have_value("Under the response")


def test_an_undone_note_comes_back_into_every_field(ana: Page, sam: Page, facilitator: Facilitator) -> None:
    field(ana).fill("Oops")
    is_saved(field(ana))
    expect(field(sam)).to_have_value("Oops")
    latest = re.search(r"/history/\d+/undo", facilitator.get(f"/w/{facilitator.code}/history").text)
    assert latest
    assert facilitator.ask(f"/w/{facilitator.code}{latest.group()}")["ok"]
    for page in (ana, sam):
        expect(field(page)).to_have_value("")

"""Whatever others do meanwhile, nobody's focus, caret, selection, words or place on the screen move.

A table: where somebody is and what they are in the middle of, and a hundred things that others do, over HTTP and
without browsers, so that they come as quickly as in a full room. A new screen joins by a row.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle, pairwise
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser import localgovcamp
from tests.browser.hurry import A_MINUTE_IN_SIX_SECONDS
from tests.browser.people import LAPTOP, People, Phone, is_live
from tests.browser.scene import mixed
from tests.server import phones
from tests.server.phones import Facilitator, Organiser

pytestmark = pytest.mark.browser

EVENTS = 100

# What somebody is at, where on their screen that is, and all that is theirs.
WHERE = """() => {
  const active = document.activeElement;
  const field = active.matches("textarea, input[type=text], input[type=search], input:not([type])") ? active : null;
  globalThis.was ??= { active, open: [...document.querySelectorAll("details[open]")] };
  const typed = [...document.querySelectorAll("textarea, input:not([type=hidden])")];
  return {
    focus: [active === globalThis.was.active, active.localName, active.id],
    caret: field && [field.selectionStart, field.selectionEnd, field.scrollTop],
    selected: String(getSelection()),
    words: typed.filter((each) => each.value !== each.defaultValue).map(({ id, value }) => [id, value]),
    ticked: typed.filter((each) => each.checked).map(({ id, value }) => [id, value]),
    unfolded: globalThis.was.open.every((each) => each.isConnected && each.open),
  };
}"""

SELECT = "(part) => getSelection().selectAllChildren(part)"

# When something was said on a phone, by its own clock.
SAID = """
addEventListener("DOMContentLoaded", () => {
  globalThis.told = [];
  const place = document.getElementById("said");
  new MutationObserver(() => place.textContent && globalThis.told.push([Date.now(), place.textContent])).observe(
    place, { childList: true });
});
"""

TOP = "(at) => document.querySelector(at).getBoundingClientRect().top"


class Room:
    """A workshop with browsers, and with people who have none and never rest."""

    def __init__(self, people: People, facilitator: Facilitator) -> None:
        self.people = people
        self.facilitator = facilitator
        self.ben = facilitator.phone()
        self.others = [facilitator.phone() for _ in range(4)]
        self._written = 0

    @property
    def code(self) -> str:
        return self.facilitator.code

    # Who looks --------------------------------------------------------------------------------------------------------

    def phone(self, person: phones.Phone | None = None, **options: Any) -> Phone:
        page = self.people.somebody_known(person or self.facilitator.phone(), **options)
        page.add_init_script(A_MINUTE_IN_SIX_SECONDS + SAID)
        page.goto(f"/w/{self.code}")
        is_live(page)
        return Phone(page, self.code)

    def desk(self, **options: Any) -> Page:
        page = self.people.somebody(self.facilitator.path("facilitator"), **{"viewport": LAPTOP, **options})
        is_live(page)
        return page

    def moderates(self) -> Page:
        link = self.does("links", role="moderator", name="")["link"]
        page = self.people.somebody(urlsplit(link).path, viewport=LAPTOP)
        is_live(page)
        return page

    def projects(self) -> Page:
        page = self.people.somebody(self.facilitator.path("board"), viewport=LAPTOP)
        is_live(page)
        return page

    # What others do ---------------------------------------------------------------------------------------------------

    def does(self, path: str, **fields: Any) -> Any:
        """The facilitator, at another desk."""
        answer = self.facilitator.ask(f"/w/{self.code}/{path}", fields)
        assert answer["ok"], (path, answer)
        return answer

    def writes(self, times: int) -> None:
        for _ in range(times):
            self._written += 1
            side = "yes" if self._written % 3 else "no"
            # Nobody may write more than fifty.
            self.others[self._written % len(self.others)].writes(
                f"Another thought, number {self._written}, in many words", side
            )

    def gathers(self, responses: list[tuple[str, str]] = localgovcamp.RESPONSES) -> None:
        self.facilitator.goes_to("gather")
        for side, text in responses:
            self.ben.writes(text, side)

    def votes(self, times: int) -> None:
        """Four people move their first dot from one response to the next and on."""
        for turn in range(times // len(self.others)):
            for person in self.others:
                moves = [person.move(1, turn, 4 + turn % 12)]
                assert person.ask_json(f"/w/{self.code}/1/dots", {"moves": moves}).json()["ok"]

    def is_seen_by(self, page: Page) -> None:
        """All that was done so far has come to a page: a timer that was set after it has."""
        self.does("1/timer", minutes="42")
        expect(page.locator("#timer[data-ends]")).to_be_attached()


class Case(NamedTuple):
    """`settles` brings somebody to a screen and into the middle of something; `at` is what they have before them."""

    settles: Callable[[Room], Page]
    at: str
    happens: Callable[[Room], None]
    opens: tuple[tuple[str, str], ...] = ()
    says: str = ""


# Phones ---------------------------------------------------------------------------------------------------------------


def _half_a_response(room: Room) -> Page:
    room.gathers()
    page = room.phone().page
    page.locator(".side[data-side=no]").click()
    field = page.get_by_label("Your response", exact=True)
    field.press_sequentially("Half a thought")
    field.evaluate("(field) => { field.setSelectionRange(2, 6); scrollTo(0, 120); }")
    return page


def _own_among_others(room: Room) -> Page:
    """They stand on what they wrote, between what others did."""
    room.gathers(localgovcamp.RESPONSES[:10])
    ada = room.facilitator.phone()
    ada.writes("Warm buses")
    room.gathers(localgovcamp.RESPONSES[10:])
    page = room.phone(ada).page
    page.locator("#r11 a").focus()
    return page


def _others_edit_remove_and_write(room: Room) -> None:
    for number in range(1, 9):
        room.ben.ask(f"/w/{room.code}/1/responses/{number}", {"side": "yes", "text": "Said in other words. " * 6})
    for number in (9, 10, 12):
        room.ben.ask(f"/w/{room.code}/1/responses/{number}/remove")
    room.writes(EVENTS - 11)


def _own_unchecked(room: Room) -> Page:
    room.gathers([])
    ada = room.facilitator.phone()
    for number in range(5):
        ada.writes(f"Idea {number}")
    page = room.phone(ada).page
    page.locator("[data-waiting='5'] button").focus()
    return page


def _shows_what_waits(room: Room) -> None:
    for number in range(1, 5):
        room.does("1/approve", response=f"{number}-{_wording(room, number)}")
    room.writes(EVENTS - 4)


def _wording(room: Room, number: int) -> str:
    page = room.facilitator.get(f"/w/{room.code}/console").text
    return page.split(f'name="response" value="{number}-')[1].split('"')[0]


def _a_dot_about_to_be_placed(room: Room) -> Page:
    room.gathers()
    room.facilitator.goes_to("vote")
    page = room.phone().page
    page.locator("#r8 [data-place] button").focus()
    # There has to be more above than what goes there.
    page.evaluate("scrollBy(0, 350)")
    return page


def _votes_and_withdraws(room: Room) -> None:
    room.votes(EVENTS - 20)
    for number in (1, 2, 3, 16, 17, 18, 19):
        room.facilitator.withdraws(number)
    for number in (1, 2, 3, 16, 17, 18, 19):
        room.facilitator.restores(number)


def _half_a_search(room: Room) -> Page:
    room.gathers()
    room.facilitator.goes_to("vote")
    phone = room.phone()
    find = phone.page.get_by_label("Find a response")
    # At once: letter by letter, it would be told them once or twice how many fit, as the machine has time.
    find.fill("coun")
    find.evaluate("(field) => field.setSelectionRange(1, 3)")
    phone.was_told("4 responses shown")
    return phone.page


def _a_sentence_of_the_result(room: Room) -> Page:
    room.gathers()
    room.facilitator.goes_to("vote")
    room.votes(40)
    room.facilitator.goes_to("discuss")
    page = room.phone().page
    row = page.locator("[data-standing='19'] .text")
    row.scroll_into_view_if_needed()
    row.evaluate(SELECT)
    return page


def _talks(room: Room) -> None:
    """Lines are drawn and withdrawn, and one response after the other is in the spotlight."""
    for turn, number in zip(range(EVENTS // 2), cycle(range(1, 9))):
        room.does(f"1/responses/{number}/spotlight")
        room.does("1/cut", cut="" if turn % 2 else str(1 + turn % 7))


# The console and the moderation desk ----------------------------------------------------------------------------------


def _half_a_note(room: Room) -> Page:
    room.gathers()
    page = room.desk()
    page.locator("#tick-9").check()
    page.locator("#noting-1-12 summary").click()
    note = page.locator("#note-1-12-text")
    note.press_sequentially("The bus company\nwould rather")
    note.evaluate("(field) => field.setSelectionRange(4, 7)")
    return page


def _writes_withdraws_and_moves_on(room: Room) -> None:
    room.writes(EVENTS - 20)
    for number in (1, 2, 3, 14, 15, 16):
        room.facilitator.withdraws(number)
    # What is noted down on goes with its response, wherever that goes.
    room.facilitator.withdraws(12)
    room.facilitator.restores(12)
    room.does("1/phase", **{"from": "gather", "to": "group"})


def _half_a_name_of_a_theme(room: Room) -> Page:
    room.gathers()
    room.does("1/theme", response="1", name="Transport")
    room.does("1/theme", response="2", name="Parks")
    page = room.desk()
    page.locator("#themes summary").click()
    page.locator("#tick-9").check()
    page.get_by_label("or a new one").fill("Half a na")
    name = page.locator("#name-2")
    name.fill("Parks and gar")
    name.evaluate("(field) => field.setSelectionRange(6, 9)")
    return page


def _groups(room: Room) -> None:
    """Themes come, go and are renamed, and so does the one that somebody is renaming; then grouping begins."""
    room.does("1/themes/1", name="Getting about")
    for number in range(3, 8):
        room.does("1/theme", response=str(number), name=f"Theme {number}")
    room.does("1/phase", **{"from": "gather", "to": "group"})
    room.does("1/themes/3/remove")
    room.does("1/themes/2/remove")
    for turn in range(EVENTS - 10):
        room.does("1/themes/4", name=f"Called {turn}")


def _half_a_number(room: Room) -> Page:
    room.gathers()
    room.facilitator.goes_to("reveal")
    page = room.desk()
    people = page.get_by_label("People in the room")
    people.fill("3")
    page.evaluate("scrollTo(0, 200)")
    return page


def _counts(room: Room) -> None:
    for number in range(EVENTS):
        room.does("1/in-the-room", people=str(20 + number))


def _words_of_a_response(room: Room) -> Page:
    """They are about to copy what somebody wrote, on a narrow screen, where both columns stand below each other."""
    room.gathers()
    page = room.desk(viewport={"width": 390, "height": 844})
    page.locator("#r20 .text").scroll_into_view_if_needed()
    page.locator("#r20 .text p").evaluate(SELECT)
    return page


def _a_response_to_be_checked(room: Room) -> Page:
    room.gathers()
    page = room.moderates()
    page.get_by_role("button", name="Show R12", exact=True).focus()
    return page


def _checks_others(room: Room) -> None:
    room.writes(EVENTS - 11)
    for number in range(1, 12):
        room.does("1/approve", response=f"{number}-{_wording(room, number)}")


# What is only looked at -----------------------------------------------------------------------------------------------


def _a_board_in_the_middle(room: Room) -> Page:
    room.gathers(mixed(40))
    page = room.projects()
    page.keyboard.press("PageDown")
    page.keyboard.press("q")
    return page


def _a_table_of_results(room: Room) -> Page:
    room.gathers()
    room.facilitator.goes_to("vote")
    room.votes(40)
    room.facilitator.goes_to("discuss")
    page = room.people.somebody(room.facilitator.path("results"), viewport=LAPTOP)
    page.locator("table td").nth(20).evaluate(SELECT)
    page.evaluate("scrollTo(0, 500)")
    return page


CASES = {
    "a phone, in the middle of a response": Case(
        _half_a_response, "#text", lambda room: room.writes(EVENTS), says="new response"
    ),
    "a phone, on one's own response": Case(_own_among_others, "#r11", _others_edit_remove_and_write),
    "a phone, on a response that waits to be checked": Case(
        _own_unchecked, "[data-waiting='5']", _shows_what_waits, (("checks_first", "yes"),)
    ),
    "a phone, about to place a dot": Case(
        _a_dot_about_to_be_placed, "#r8", _votes_and_withdraws, (("totals", "live"), ("order", "shared"))
    ),
    "a phone, looking for a response": Case(_half_a_search, "#find", _votes_and_withdraws, (("totals", "live"),)),
    "a phone, reading the result": Case(_a_sentence_of_the_result, "[data-standing='19']", _talks),
    "the console, in the middle of a note": Case(_half_a_note, "#note-1-12-text", _writes_withdraws_and_moves_on),
    "the console, in the middle of a theme's name": Case(_half_a_name_of_a_theme, "#name-2", _groups),
    "the console, in the middle of a number": Case(_half_a_number, "#people", _counts),
    "the console, about to copy something": Case(_words_of_a_response, "#r20", lambda room: room.writes(EVENTS)),
    "the moderation desk, about to show a response": Case(
        _a_response_to_be_checked, "#r12", _checks_others, (("checks_first", "yes"),)
    ),
    "the board, on its second page": Case(_a_board_in_the_middle, "#big-qr", lambda room: room.writes(EVENTS)),
    "the results page": Case(_a_table_of_results, "h1", _talks),
}


@pytest.mark.parametrize("name", CASES)
def test_nothing_moves_whatever_others_do(people: People, organiser: Organiser, name: str) -> None:
    case = CASES[name]
    room = Room(people, organiser.opens(**dict(case.opens)))
    page = case.settles(room)
    # Letters that come late move things, too, and nobody else does that.
    page.evaluate("document.fonts.ready.then(() => undefined)")
    before, top = page.evaluate(WHERE), page.evaluate(TOP, case.at)
    # Of others only: what somebody did themselves is said at once.
    page.evaluate("globalThis.told?.splice(0)")
    case.happens(room)
    if page.locator("body[data-version]").count():
        room.is_seen_by(page)
    assert page.evaluate(WHERE) == before
    # Pixels are rounded, and differently from one place to the next.
    assert abs(page.evaluate(TOP, case.at) - top) <= 1
    said = page.evaluate("globalThis.told ?? []")
    assert case.says in " ".join(words for _, words in said)
    # At the most two in a minute, as the phone counts it.
    assert [later - sooner for (sooner, _), (later, _) in pairwise(said) if later - sooner < 30_000] == []
    expect(page.locator("#alarm")).to_be_empty()

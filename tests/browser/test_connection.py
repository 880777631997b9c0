"""Phones on bad networks, asleep, or without a server: whatever was tapped is saved in the end, and nothing else is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Response, WebSocketRoute, expect

from tests.browser.hurry import A_MINUTE_IN_SIX_SECONDS
from tests.browser.people import People, Phone, everybody, is_live
from tests.browser.places import end
from tests.browser.places_of_connections import cut_off
from tests.browser.wire import Wire
from tests.server import phones
from tests.server.phones import Facilitator, Organiser
from tests.server.server import Server

pytestmark = pytest.mark.browser

NOT_CONNECTED = "Not connected. We'll send your dots when you're back."
CONNECTED = "Connected. All your dots are saved."

# A browser without a window always shows its pages.
LOOK = """(state) => {
  Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
  Object.defineProperty(document, "hidden", { value: state === "hidden", configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture
def facilitator(organiser: Organiser) -> Facilitator:
    """Eight responses, and voting is open."""
    facilitator = organiser.opens()
    facilitator.opens_voting(8)
    return facilitator


@pytest.fixture
def ada(people: People, facilitator: Facilitator, wire: Wire) -> Phone:
    """Her phone is on a network that is not to be relied upon."""
    ada = people.phone(facilitator, base_url=wire.base)
    ada.is_live()
    return ada


def test_taps_while_the_server_is_down_are_saved_when_it_is_back(browser: Browser, tmp_path: Path) -> None:
    with Server(tmp_path) as server, everybody(browser, server.base) as people:
        facilitator = Organiser(server.base, server.organiser_path).opens()
        facilitator.opens_voting(8)
        board, console = people.somebody(facilitator.path("board")), people.somebody(facilitator.path("facilitator"))
        ada = people.phone(facilitator)
        ada.is_live()
        ada.adds(1, 2)
        ada.has_saved(2)
        server.kill()
        ada.takes(1)
        ada.adds(2, 3)
        expect(ada.saved).to_have_text(NOT_CONNECTED)
        ada.shows_dots({1: 1, 2: 3})
        ada.shows_left(4)
        for page in (board, console):
            expect(page.locator("#connection")).to_have_text("Reconnecting")

        server.start()
        ada.was_told(CONNECTED)
        ada.has_saved(4)
        ada.shows_dots({1: 1, 2: 3})
        assert ada.placed() == {1: 1, 2: 3}
        expect(console.locator("#connection")).to_have_text("Live")
        console.get_by_role("button", name="Close voting").click()
        expect(board.locator("#stage")).to_have_attribute("data-phase", "reveal")
        assert server.faults() == []


def test_taps_without_a_network_are_saved_when_it_is_back(ada: Phone, wire: Wire) -> None:
    ada.adds(1)
    ada.has_saved(1)
    wire.cut()
    ada.adds(2, 2)
    expect(ada.saved).to_have_text(NOT_CONNECTED)
    wire.mend()
    ada.was_told(CONNECTED)
    ada.has_saved(3)
    assert ada.placed() == {1: 1, 2: 2}


def test_taps_that_could_not_be_sent_outlive_the_page(ada: Phone, wire: Wire) -> None:
    wire.cut()
    ada.adds(1, 2)
    ada.adds(2)
    expect(ada.saved).to_have_text(NOT_CONNECTED)
    ada.page.close()
    wire.mend()
    later = Phone(ada.page.context.new_page(), ada.code)
    later.page.goto(f"/w/{ada.code}")
    later.has_saved(3)
    later.shows_dots({1: 2, 2: 1})
    assert later.placed() == {1: 2, 2: 1}


def test_taps_that_still_cannot_be_sent_are_shown_after_a_reload(people: People, facilitator: Facilitator) -> None:
    ada = people.phone(facilitator)
    ada.is_live()
    cut_off(ada.page)
    for _ in range(2):
        ada.page.reload()
        ada.adds(1)
        expect(ada.saved).to_have_text(NOT_CONNECTED)
    ada.shows_dots({1: 2})
    assert ada.placed() == {}
    ada.page.unroute_all()
    ada.has_saved(2)
    assert ada.placed() == {1: 2}


def test_taps_on_a_page_that_has_expired_are_saved_by_the_page_that_comes_anew(
    people: People, facilitator: Facilitator, wire: Wire
) -> None:
    wire.refuses_sockets = True
    ada = people.phone(facilitator, base_url=wire.base)
    expect(ada.page.locator("#connection")).to_have_text("Checking every 5 seconds")
    ada.page.evaluate("document.querySelector('meta[name=csrf-token]').content = 'of yesterday'")
    with ada.page.expect_navigation():
        ada.adds(1)
    ada.has_saved(1)
    assert ada.placed() == {1: 1}


def test_a_network_that_takes_websockets_and_drops_them_does_so_too(people: People, facilitator: Facilitator) -> None:
    page = people.somebody_known(facilitator.phone())
    page.route_web_socket("**", lambda socket: socket.close())
    page.goto(f"/w/{facilitator.code}")
    ada = Phone(page, facilitator.code)
    ada.is_live()
    ada.adds(1, 2)
    ada.has_saved(2)


def test_a_phone_that_only_looks_rests_while_nobody_sees_it_and_has_a_socket_as_soon_as_it_can(
    people: People, facilitator: Facilitator, wire: Wire
) -> None:
    wire.refuses_sockets = True
    page = people.somebody_known(facilitator.phone(), base_url=wire.base)
    page.clock.install()
    page.goto(f"/w/{facilitator.code}")
    mark = page.locator("#connection")
    page.clock.run_for(3000)
    expect(mark).to_have_text("Checking every 5 seconds")

    def looks() -> int:
        return sum("/state" in each for each in wire.asked)

    page.evaluate(LOOK, "hidden")
    before = looks()
    facilitator.withdraws(1)
    page.clock.run_for(60_000)
    assert looks() == before
    expect(page.locator("#r1")).to_have_count(1)
    page.evaluate(LOOK, "visible")
    page.clock.run_for(600)
    expect(page.locator("#r1")).to_have_count(0)

    wire.refuses_sockets = False
    page.clock.resume()
    expect(mark).to_have_text("Live")


def test_a_phone_that_slept_catches_up(ada: Phone, facilitator: Facilitator) -> None:
    ada.adds(1, 2)
    ada.has_saved(2)
    with asleep(ada):
        facilitator.withdraws(1)
    expect(ada.card(1)).to_have_count(0)
    ada.was_told("A response was withdrawn. 2 of your dots are back.")
    ada.adds(2)
    ada.has_saved(1)


def test_a_phone_that_lost_its_network_while_it_slept_catches_up(
    ada: Phone, facilitator: Facilitator, wire: Wire
) -> None:
    ada.adds(1)
    ada.has_saved(1)
    with asleep(ada):
        wire.cut()
        facilitator.goes_to("discuss")
        wire.mend()
    expect(ada.page.get_by_role("heading", level=1)).to_have_text("Results")
    expect(ada.page.get_by_text("1 of them is yours")).to_be_visible()


def test_whoever_looks_again_after_a_while_gets_a_fresh_socket(ada: Phone) -> None:
    """The old one may be dead without knowing."""
    ada.page.evaluate(LOOK, "hidden")
    ada.page.clock.set_system_time(datetime.now(UTC) + timedelta(minutes=5))
    with ada.page.expect_websocket():
        ada.page.evaluate(LOOK, "visible")
    ada.adds(1)
    ada.has_saved(1)


def test_a_response_that_may_have_got_through_is_written_once_from_whatever_page_it_is_sent_again(
    people: People, organiser: Organiser, wire: Wire
) -> None:
    facilitator = organiser.opens()
    facilitator.goes_to("gather")
    ada, ben = people.phone(facilitator, base_url=wire.base), facilitator.phone()
    ada.is_live()
    wire.hold_back()
    ada.writes("Warm buses")
    expect(ada.page.locator("#adding")).to_have_text("Saving…")
    wire.cut()
    wire.let_go()
    expect(ada.page.locator("#adding")).to_have_text("Not connected. We'll send this when you're back.")
    assert numbers(ben) == ["r1"]
    wire.mend()
    ada.page.reload()
    ada.was_told("Added.")
    expect(ada.page.get_by_label("Your response", exact=True)).to_have_value("")
    expect(ada.card(1).get_by_role("link", name="Edit")).to_be_visible()
    assert numbers(ben) == ["r1"]


def test_a_workshop_that_has_ended_is_said_once_and_there_is_a_way_on(people: People, facilitator: Facilitator) -> None:
    ada = people.phone(facilitator)
    ada.is_live()
    end(ada.page)
    ada.page.reload()
    heading = ada.page.get_by_role("heading", level=1)
    expect(heading).to_have_text("This workshop has ended.")
    # It is announced by having focus.
    expect(heading).to_be_focused()
    expect(ada.page.get_by_text("This workshop has ended.")).to_have_count(1)
    ada.page.get_by_role("link", name="Join another workshop").click()
    expect(ada.page.get_by_label("Code")).to_be_visible()


def test_files_bring_no_cookie(people: People, facilitator: Facilitator) -> None:
    """One that comes late would put back the cookie that was there when it was asked for, and undo having joined."""
    page = people.somebody(f"/j/{facilitator.code}")
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.get_by_role("button", name="Join").click()
    is_live(page)
    files = [answer for answer in answers if "/static/" in answer.url]
    assert files
    assert [answer.url for answer in files if "set-cookie" in answer.all_headers()] == []


@contextmanager
def asleep(phone: Phone) -> Iterator[None]:
    """None of its scripts runs. A browser without a window does not freeze pages, so its debugger holds this one."""
    session = phone.page.context.new_cdp_session(phone.page)
    session.send("Debugger.enable")
    session.send("Debugger.pause")
    yield
    session.detach()


def numbers(person: phones.Phone) -> list[str]:
    """Of the responses that anybody sees."""
    return re.findall(r"\br\d+\b", " ".join(person.state()["fragments"]))


def test_a_state_that_overtakes_the_word_that_one_is_connected_is_not_waited_for_again(
    people: People, facilitator: Facilitator
) -> None:
    lines: list[WebSocketRoute] = []

    def turns_round(line: WebSocketRoute) -> None:
        lines.append(line)
        held: list[str | bytes] = []

        def passes_on(frame: str | bytes) -> None:
            if str(frame).startswith("40"):
                held.append(frame)
            else:
                line.send(frame)
                while held and str(frame).startswith('42["state"'):
                    line.send(held.pop())

        line.connect_to_server().on_message(passes_on)

    board = people.somebody()
    board.add_init_script(A_MINUTE_IN_SIX_SECONDS)
    board.route_web_socket("**", turns_round)
    board.goto(facilitator.path("board"))
    is_live(board)
    before = len(lines)
    # Longer than a page waits for the state before it connects anew.
    board.evaluate("() => new Promise((done) => setTimeout(done, 8000))")
    facilitator.goes_to("reveal")
    expect(board.locator("#stage")).to_have_attribute("data-phase", "reveal")
    assert len(lines) == before

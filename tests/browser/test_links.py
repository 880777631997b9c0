"""Pages that are open when what let them in is taken back: they stop at once, by the push and without a reload."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import LAPTOP, People, Phone, is_live
from tests.server.phones import Facilitator

pytestmark = pytest.mark.browser

REVOKED = "This link no longer works. Ask whoever gave it to you for a new one."
MOVED = "Your ballot is on another phone now."

# A reload, or a look that the page takes by itself, would take this away.
MARK = "globalThis.unmoved = true"
IS_MARKED = "globalThis.unmoved === true"

# How long after the facilitator pressed, by the clock that all pages of this machine share.
STOPPED = """() => new Promise((resolve) => {
  const look = () =>
    document.querySelector("#stage[data-phase=ended]") ? resolve(Date.now()) : requestAnimationFrame(look);
  look();
})"""


@pytest.fixture
def facilitator(facilitator: Facilitator) -> Facilitator:
    facilitator.opens_voting(3)
    return facilitator


def make(facilitator: Facilitator, role: str, name: str) -> str:
    """The path of a new link."""
    return str(urlsplit(facilitator.ask(f"/w/{facilitator.code}/links", {"role": role, "name": name})["link"]).path)


def opens(people: People, path: str) -> Page:
    page = people.somebody(path, viewport=LAPTOP)
    is_live(page)
    page.evaluate(MARK)
    return page


def desk(people: People, facilitator: Facilitator, page: str) -> Page:
    found = people.somebody_known(facilitator, viewport=LAPTOP)
    found.goto(f"/w/{facilitator.code}/{page}")
    return found


def test_a_revoked_links_open_pages_stop_by_the_push(people: People, facilitator: Facilitator) -> None:
    console = opens(people, make(facilitator, "cofacilitator", "Grace"))
    path = make(facilitator, "cofacilitator", "Board of Grace")
    other_console = opens(people, path)
    board = people.somebody_on(other_console, f"/w/{facilitator.code}/board")
    is_live(board)
    board.evaluate(MARK)
    links = desk(people, facilitator, "links")
    links.get_by_role("button", name="Revoke Board of Grace").click()
    for page in (other_console, board):
        expect(page.locator("#stage").get_by_text(REVOKED)).to_be_visible()
        assert page.evaluate(IS_MARKED)
        expect(page.locator("#connection")).to_be_hidden()
    expect(other_console.get_by_role("heading")).to_have_text("You can no longer open this page")
    expect(other_console.get_by_role("navigation", name="This workshop")).to_have_count(0)
    # Another link of the same role goes on.
    console.get_by_role("button", name="Close voting").click()
    expect(console.locator("#stage")).to_have_attribute("data-phase", "reveal")
    expect(board.locator("#stage")).to_have_attribute("data-phase", "ended")
    links.get_by_role("button", name="Undo").click()
    other_console.reload()
    is_live(other_console)


def test_pages_stop_within_a_second(people: People, facilitator: Facilitator) -> None:
    """Measured by the clock that the pages share; what is asserted is only that it was well within a poll."""
    path = make(facilitator, "cofacilitator", "Grace")
    console = opens(people, path)
    links = desk(people, facilitator, "links")
    links.evaluate("() => document.addEventListener('submit', () => sessionStorage.setItem('pressed', Date.now()))")
    links.get_by_role("button", name="Revoke Grace").click()
    stopped = console.evaluate(STOPPED)
    took = stopped - float(links.evaluate("() => sessionStorage.getItem('pressed')"))
    print(f"A console stopped {took:.0f} ms after Revoke was pressed.")
    assert took < 5000


def test_a_ballot_moves_between_two_phones(people: People, facilitator: Facilitator, ada: Phone) -> None:
    ada.is_live()
    ada.page.evaluate(MARK)
    ada.adds(1, 2)
    ada.has_saved(2)
    # The link is made in another tab, so that the page that is watched stays.
    tab = people.somebody_on(ada.page, f"/w/{ada.code}")
    tab.get_by_text("Ballot", exact=False).last.click()
    tab.get_by_role("button", name="Use another phone").click()
    expect(tab.get_by_role("img", name="QR code of the return link")).to_be_visible()
    path = urlsplit(tab.locator(".return a").inner_text()).path
    ben = Phone(people.somebody(path), ada.code)
    ben.page.get_by_role("button", name="Go on with this phone").click()
    ben.is_live()
    ben.shows_dots({1: 2})
    ben.shows_left(6)
    ben.adds(2)
    ben.has_saved(3)
    expect(ada.page.get_by_role("heading", name=MOVED)).to_be_visible()
    assert ada.page.evaluate(IS_MARKED)
    expect(ada.page.locator("#sheet")).to_be_hidden()
    assert ben.placed() == {1: 2, 2: 1}
    ada.page.get_by_role("link", name="Join anew with this phone").click()
    ada.page.get_by_role("button", name="Join").click()
    ada.is_live()
    ada.shows_left(8)


def test_a_phone_without_a_socket_is_told_as_well(people: People, facilitator: Facilitator) -> None:
    page = people.somebody()
    page.route_web_socket("**", lambda socket: socket.close())
    page.route("**/socket.io/**", lambda route: route.abort())
    page.goto(f"/j/{facilitator.code}")
    page.get_by_role("button", name="Join").click()
    expect(page.locator("#connection")).to_have_attribute("data-state", "polling")
    number = page.locator(".ballot summary").inner_text().split()[-1]
    link = facilitator.ask(f"/w/{facilitator.code}/people/{number}/return")["link"]
    other = people.somebody(urlsplit(link).path)
    other.get_by_role("button", name="Go on with this phone").click()
    expect(page.get_by_role("heading", name=MOVED)).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_whoever_waits_in_the_lobby_goes_on_by_themselves_or_by_looking(
    people: People, facilitator: Facilitator, scripts: bool
) -> None:
    facilitator.ask(f"/w/{facilitator.code}/people/door", {"door": "capped", "capacity": 1})
    page = people.somebody(f"/j/{facilitator.code}", java_script_enabled=scripts)
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", name="The room is full")).to_be_visible()
    expect(page.get_by_text("This page goes on by itself")).to_be_visible(visible=scripts)
    console = desk(people, facilitator, "console")
    expect(console.get_by_text("1 waits in the lobby")).to_be_visible()
    console.get_by_role("button", name="Let 1 in").click()
    expect(console.get_by_text("waits in the lobby")).to_have_count(0)
    if not scripts:
        page.get_by_role("link", name="Look now").click()
    expect(page.locator("#stage")).to_have_attribute("data-phase", "vote")

"""What a phone, a console and a board say of their connection, and of dots that something else moved: a part of
`places`.
"""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.people import LAPTOP, Phone
from tests.browser.scene import Scene, spend
from tests.server import phones

# What a phone says of a moment is gone after six or ten seconds, and the looking takes longer.
STAYS = """
const later = globalThis.setTimeout;
globalThis.setTimeout = (what, wait, ...more) => (wait > 5500 && wait <= 10_000 ? 0 : later(what, wait, ...more));
"""


def cut_off(page: Page) -> None:
    """Pages still come; nothing that scripts ask for does."""
    without_a_socket(page)
    for path in ("**/dots", "**/state?**"):
        page.route(path, lambda route: route.abort())


def without_a_socket(page: Page) -> None:
    page.route_web_socket("**", lambda socket: socket.close())
    page.route("**/socket.io/**", lambda route: route.abort())


def holds(scene: Scene, person: phones.Phone, *, socket: bool = True) -> Phone:
    """The phone of somebody who votes; whatever it says stays."""
    page = scene.people.somebody_known(person)
    page.add_init_script(STAYS)
    if not socket:
        without_a_socket(page)
    page.goto(f"/w/{person.code}")
    expect(page.locator("#connection")).to_have_attribute("data-state", "live" if socket else "polling")
    return Phone(page, person.code)


def back(scene: Scene) -> Page:
    phone = holds(scene, scene.workshops.at("vote").facilitator.phone())
    cut_off(phone.page)
    phone.page.reload()
    phone.adds(1, 2)
    expect(phone.saved).to_have_text("Not connected. We'll send your dots when you're back.")
    phone.page.unroute_all()
    expect(phone.saved).to_have_text("Connected. All your dots are saved.")
    return phone.page


def closed_mid_tap(scene: Scene) -> Page:
    workshop = scene.fresh("vote")
    spend(workshop.phones[-1], [1, 1, 2, 3, 4, 5, 6])
    phone = holds(scene, workshop.phones[-1], socket=False)
    workshop.facilitator.goes_to("reveal")
    phone.adds(2)
    expect(phone.alarm).to_have_text("Voting has closed. Your last dot didn't count. 7 were counted.")
    expect(phone.page.locator("#stage")).to_have_attribute("data-phase", "reveal")
    return phone.page


def another_tab(scene: Scene) -> Page:
    """The same ballot is spent elsewhere."""
    person = scene.workshops.at("vote").facilitator.phone()
    phone = holds(scene, person)
    spend(person, [1, 1, 2])
    expect(phone.said).to_have_text("Updated from another tab.")
    return phone.page


def withdrawn(scene: Scene) -> Page:
    workshop = scene.fresh("vote", people=3)
    spend(workshop.phones[-1], [1, 1, 2])
    phone = holds(scene, workshop.phones[-1])
    workshop.facilitator.withdraws(1)
    expect(phone.said).to_have_text("A response was withdrawn. 2 of your dots are back.")
    return phone.page


def looks_by_itself(scene: Scene) -> Page:
    page = holds(scene, scene.workshops.at("vote").facilitator.phone(), socket=False).page
    expect(page.locator("#connection")).to_have_text("Checking every 5 seconds")
    return page


def reconnects(scene: Scene, role: str) -> Page:
    page = scene.people.somebody(viewport=LAPTOP)
    without_a_socket(page)
    page.goto(scene.workshops.at("vote").facilitator.path(role))
    expect(page.locator("#connection")).to_have_text("Reconnecting")
    return page


PHONES = {
    "vote-back": back,
    "voting-closed-mid-tap": closed_mid_tap,
    "vote-from-another-tab": another_tab,
    "vote-withdrawn": withdrawn,
    "vote-looking-by-itself": looks_by_itself,
}
DESKS = {"console-reconnecting": lambda scene: reconnects(scene, "facilitator")}
BOARDS = {"board-reconnecting": lambda scene: reconnects(scene, "board")}

"""The pages of links and people, of the door, and of a ballot that moves: a part of `places`."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.people import LAPTOP
from tests.browser.scene import Scene, Workshop


def desk(scene: Scene, workshop: Workshop, page: str) -> Page:
    found = scene.people.somebody_known(workshop.facilitator, viewport=LAPTOP)
    found.goto(f"/w/{workshop.code}/{page}")
    return found


def ask(workshop: Workshop, path: str, **fields: str) -> dict[str, str]:
    answer: dict[str, str] = workshop.facilitator.ask(f"/w/{workshop.code}/{path}", fields)
    assert answer["ok"], answer
    return answer


def links(scene: Scene) -> Page:
    workshop = scene.fresh("draft")
    for role, name in (
        ("cofacilitator", "Grace's laptop"),
        ("moderator", "Table 2"),
        ("board", "Left screen"),
    ):
        ask(workshop, "links", role=role, name=name)
    page = desk(scene, workshop, "links")
    page.locator("summary", has_text="Show Left screen").click()
    return page


def links_problem(scene: Scene) -> Page:
    page = desk(scene, scene.fresh("draft"), "links")
    page.get_by_label("Name (optional)").fill("A name that is much longer than forty characters")
    page.get_by_role("button", name="Make the link").click()
    expect(page.locator("#problem")).to_be_visible()
    return page


def moderates(scene: Scene) -> Page:
    workshop = scene.fresh("gather")
    page = scene.people.somebody(viewport=LAPTOP)
    page.goto(urlsplit(ask(workshop, "links", role="moderator", name="")["link"]).path)
    return page


def full(scene: Scene) -> Workshop:
    """A room of eight in which three wait, and names are asked for."""
    workshop = scene.fresh("vote")
    ask(workshop, "people/names", names="yes")
    ask(workshop, "people/slips", slips="20")
    ask(workshop, "people/slips/void", slip="3")
    ask(workshop, "people/door", door="capped", capacity="8")
    for _ in range(3):
        workshop.facilitator.phone()
    workshop.phones[0].ask(f"/w/{workshop.code}/name", {"name": "Ada Lovelace"})
    return workshop


def people_problem(scene: Scene) -> Page:
    page = desk(scene, scene.made(full), "people")
    page.get_by_label("Seats", exact=True).fill("many")
    page.get_by_role("button", name="Save how people get in").click()
    expect(page.locator("#problem")).to_be_visible()
    return page


def return_link(scene: Scene) -> Page:
    page = desk(scene, scene.fresh("vote"), "people")
    page.get_by_role("button", name="Return link for ballot 2").click()
    return page


def slips(scene: Scene) -> Page:
    return desk(scene, scene.made(full), "people/slips")


def revoked(scene: Scene) -> Page:
    workshop = scene.fresh("vote")
    made = ask(workshop, "links", role="cofacilitator", name="")
    page = scene.people.somebody(urlsplit(made["link"]).path, viewport=LAPTOP)
    workshop.facilitator.ask(made["undo"], {})
    expect(page.locator("#stage[data-phase=ended]")).to_be_visible()
    return page


def joins_with_name(scene: Scene) -> Page:
    workshop = scene.fresh("draft")
    ask(workshop, "people/names", names="yes")
    return scene.goes(f"/j/{workshop.code}")


def needs_slip(scene: Scene) -> Page:
    workshop = scene.fresh("draft")
    ask(workshop, "people/door", door="slips")
    return scene.goes(f"/j/{workshop.code}")


def with_slip(scene: Scene) -> Page:
    """What the QR code of a slip leads to."""
    return scene.goes(urlsplit(slips(scene).locator(".address").last.inner_text()).path)


def lobby(scene: Scene) -> Page:
    page = scene.goes(f"/j/{full(scene).code}")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", name="The room is full")).to_be_visible()
    return page


def own_ballot(scene: Scene) -> Page:
    workshop = scene.fresh("draft")
    ask(workshop, "people/names", names="yes")
    phone = scene.people.phone(workshop.facilitator)
    phone.page.locator(".ballot summary").click()
    return phone.page


def another_phone(scene: Scene) -> Page:
    phone = scene.people.phone(scene.fresh("vote").facilitator)
    phone.page.locator(".ballot summary").click()
    phone.page.get_by_role("button", name="Use another phone").click()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Use another phone")
    return phone.page


def goes_on(scene: Scene) -> Page:
    return scene.goes(urlsplit(another_phone(scene).locator(".return a").inner_text()).path)


def moved(scene: Scene) -> Page:
    workshop = scene.fresh("vote")
    phone = scene.people.phone(workshop.facilitator)
    phone.is_live()
    number = phone.page.locator(".ballot summary").inner_text().split()[-1]
    other = scene.goes(urlsplit(ask(workshop, f"people/{number}/return")["link"]).path)
    other.get_by_role("button", name="Go on with this phone").click()
    expect(phone.page.locator("#stage[data-phase=ended]")).to_be_visible()
    return phone.page


PHONES = {
    "join-with-a-name": joins_with_name,
    "join-needs-a-slip": needs_slip,
    "join-with-a-slip": with_slip,
    "lobby": lobby,
    "own-ballot": own_ballot,
    "use-another-phone": another_phone,
    "go-on-with-this-phone": goes_on,
    "moved": moved,
}
DESKS = {
    "links": links,
    "links-problem": links_problem,
    "moderation": moderates,
    "people": lambda scene: desk(scene, scene.made(full), "people"),
    "people-problem": people_problem,
    "console-lobby": lambda scene: desk(scene, scene.made(full), "console"),
    "return-link": return_link,
    "slips": slips,
    "revoked": revoked,
}

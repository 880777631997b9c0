"""The pages where people are asked which group they are in: a part of `places`."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.places_at_the_door import ask, desk
from tests.browser.scene import Scene, Workshop

LENSES = "\n".join(("Councillor", "Officer", "Partner from another council", "Resident"))


def asking(scene: Scene, phase: str = "draft") -> Workshop:
    """In which eight people joined before they were asked, and twelve since."""
    workshop = scene.fresh(phase)
    ask(workshop, "people/lenses", lenses=LENSES)
    for lens in ["Councillor"] * 7 + ["Officer"] * 5:
        phone = workshop.facilitator.phone()
        phone.ask(f"/w/{workshop.code}/lens", {"lens": lens})
    return workshop


def joins(scene: Scene) -> Page:
    workshop = scene.fresh("draft", people=1)
    ask(workshop, "people/names", names="yes")
    ask(workshop, "people/lenses", lenses=LENSES)
    page = scene.goes(f"/j/{workshop.code}")
    page.get_by_label("Officer").check()
    return page


def join_problem(scene: Scene) -> Page:
    """What was chosen was taken off the list meanwhile."""
    workshop = scene.fresh("draft", people=1)
    ask(workshop, "people/lenses", lenses=LENSES)
    page = scene.goes(f"/j/{workshop.code}")
    page.get_by_label("Resident").check()
    ask(workshop, "people/lenses", lenses="Councillor\nOfficer")
    page.get_by_role("button", name="Join").click()
    expect(page.locator("#problem")).to_be_visible()
    return page


def chooses_later(scene: Scene) -> Page:
    workshop = scene.fresh("draft", people=1)
    ask(workshop, "people/lenses", lenses=LENSES)
    phone = scene.people.phone(workshop.facilitator)
    phone.page.locator(".ballot summary").click()
    return phone.page


def problem(scene: Scene) -> Page:
    page = desk(scene, scene.made(asking), "people")
    page.get_by_label("Groups to ask about").fill("Councillor")
    page.get_by_role("button", name="Save the groups").click()
    expect(page.locator("#problem")).to_be_visible()
    return page


PHONES = {
    "join-with-a-lens": joins,
    "join-with-a-lens-problem": join_problem,
    "own-lens": chooses_later,
}
DESKS = {
    "people-lenses": lambda scene: desk(scene, scene.made(asking), "people"),
    "people-lenses-problem": problem,
    "paper-lenses": lambda scene: desk(scene, asking(scene, "vote"), "1/paper"),
}

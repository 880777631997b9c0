"""The scope builder, empty and full, agreed and compared: a part of `places`."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser import localgovcamp
from tests.browser.places_at_the_door import desk
from tests.browser.places_of_the_desk import at, does, steps
from tests.browser.scene import Scene, Workshop, spend

NOTE = "Said by most of the room: start with what residents see first."


def empty(scene: Scene) -> Workshop:
    """Revealed, and nobody has drawn the line."""
    return scene.fresh("discuss")


def full(scene: Scene) -> Workshop:
    """Of five that go forward two tie; one has a note, one was edited, one was written by hand and one removed."""
    workshop = scene.fresh("gather", responses=localgovcamp.RESPONSES[12:18], people=3)
    steps(workshop, 1, "gather", "vote")
    for phone in workshop.phones:
        spend(phone, [1, 1, 1, 2, 2, 3, 4, 5])
    steps(workshop, 1, "vote", "reveal", "discuss")
    does(workshop, "1/notes/1", text=NOTE, base="")
    does(workshop, "1/cut", cut="4")
    does(workshop, "scope/derive")
    does(
        workshop, "scope/items/1", text="Understanding of what residents need", note=NOTE, priority="high",
        components=["Service delivery"], core_areas=["Local priorities and outcomes", "Governance and culture"],
    )  # fmt: skip
    does(workshop, "scope/items", section="out", text="School meals", elsewhere="The education service's own review")
    does(workshop, "scope/items", section="in", text="A second thought")
    does(workshop, "scope/items/7/remove")
    does(workshop, "scope/parts/context", context="A district of 90,000 people.\nTwo towns and forty villages.")
    return workshop


def agreed(scene: Scene) -> Workshop:
    workshop = full(scene)
    does(workshop, "scope/versions", label="Sent to the peers", agree="no")
    does(workshop, "scope/versions", label="", agree="yes")
    return workshop


def saved(scene: Scene) -> Workshop:
    """A version, and a draft that has gone on from it."""
    workshop = full(scene)
    does(workshop, "scope/versions", label="Sent to the peers", agree="no")
    does(workshop, "scope/items/1", text="Understanding of what residents really want", note="", priority="high")
    does(workshop, "scope/items/2/section", to="parked")
    does(workshop, "scope/items", section="in", text="Websites that work on a phone")
    does(workshop, "scope/parts/context", context="A district of 95,000 people.\nTwo towns and forty villages.")
    return workshop


def _edits(scene: Scene) -> Page:
    page = desk(scene, scene.made(full), "scope")
    page.locator("#item-1 summary").click()
    page.locator("#part-team summary").click()
    return page


def _conflict(scene: Scene) -> Page:
    """Two who save the same part."""
    workshop = full(scene)
    page = desk(scene, workshop, "scope")
    page.locator("#part-context summary").click()
    page.locator("#part-context textarea").fill("A district of many people.")
    does(workshop, "scope/parts/context", context="A district of 95,000 people.")
    page.locator("#part-context").get_by_role("button", name="Save").click()
    expect(page.locator("#problem")).to_be_visible()
    return page


def _compare(scene: Scene) -> Page:
    return desk(scene, scene.made(saved), "scope/compare")


def _reads(scene: Scene) -> Page:
    workshop = scene.made(full)
    page = scene.people.somebody(workshop.facilitator.path("results"))
    page.goto(f"/w/{workshop.code}/scope")
    return page


DESKS: dict[str, Any] = {
    "scope-empty": at(desk, empty, "scope"),
    "scope": at(desk, full, "scope"),
    "scope-editing": _edits,
    "scope-conflict": _conflict,
    "scope-agreed": at(desk, agreed, "scope"),
    "scope-saved": at(desk, saved, "scope"),
    "scope-read": _reads,
    "scope-version": at(desk, agreed, "scope/versions/1"),
    "scope-compare": _compare,
}

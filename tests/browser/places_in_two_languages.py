"""Pages in Welsh, and boards of both languages: a part of `places`."""

from __future__ import annotations

from functools import partial

from playwright.sync_api import Page, expect

from tests.browser.people import LAPTOP, is_live
from tests.browser.scene import Scene, Workshop

IN_WELSH = {
    "title_in_cy": "Her ddigidol gan gymheiriaid",
    "yes_prompt_in_cy": "Beth ddylid ei ystyried mewn her ddigidol gan gymheiriaid?",
    "no_prompt_in_cy": "Beth na ddylid ei ystyried mewn her ddigidol gan gymheiriaid?",
}


def workshop(scene: Scene, phase: str) -> Workshop:
    played = scene.fresh(phase, **IN_WELSH)
    played.facilitator.ask(f"/w/{played.code}/board/languages", {"languages": "both"})
    return played


def votes(scene: Scene) -> Page:
    page = scene.people.phone(workshop(scene, "vote").facilitator, locale="cy").page
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    return page


def projects(phase: str, scene: Scene) -> Page:
    page = scene.people.somebody(workshop(scene, phase).facilitator.path("board"), viewport=LAPTOP)
    is_live(page)
    return page


def runs(scene: Scene) -> Page:
    return scene.runs(workshop(scene, "vote"), locale="cy")


def plans(scene: Scene) -> Page:
    """The editor of an exercise, with what is written in the other language."""
    played = workshop(scene, "draft")
    page = scene.people.somebody_known(played.facilitator, viewport=LAPTOP)
    page.goto(f"/w/{played.code}/1/edit")
    expect(page.locator("details.further")).to_have_attribute("open", "")
    return page


PHONES = {"vote-in-welsh": votes}
DESKS = {"console-in-welsh": runs, "exercise-in-two-languages": plans}
BOARDS = {f"board-of-two-{phase}": partial(projects, phase) for phase in ("gather", "vote", "discuss")}

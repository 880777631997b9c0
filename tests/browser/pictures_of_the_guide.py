"""The pictures of docs/facilitators-guide.md: a workshop of two exercises, hour by hour. All its people are simulated.

They are smaller than what screens really have, so that one can read them on a page.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, ViewportSize, expect

from tests.browser import localgovcamp
from tests.browser.people import is_live
from tests.browser.places_at_the_door import ask, desk
from tests.browser.scene import Scene, Workshop, spend
from tests.server.phones import Facilitator

DESK: ViewportSize = {"width": 1024, "height": 720}
NARROW: ViewportSize = {"width": 720, "height": 720}
BOARD: ViewportSize = {"width": 1024, "height": 576}

OPEN = "How should a digital peer challenge or review operate?"
WAYS = (
    "Three days on site, and a month to prepare",
    "Start from a real service, not from a strategy",
    "Let frontline staff speak without their managers in the room",
    "Publish the findings together",
    "Come back after six months",
)
ALIKE = [("yes", "A scope that is clearly defined"), ("no", "Rankings in a league table")]

# Whose dots lie where, so that 3rd place is shared by three and the line is drawn through them.
VOTES = (
    (1, 1, 1, 2, 2, 9, 10, 18), (1, 1, 2, 2, 3, 9, 10, 18), (1, 1, 3, 2, 9, 9, 10, 18), (1, 2, 2, 3, 9, 10, 10, 18),
    (1, 1, 2, 12, 9, 17, 10, 18), (1, 2, 12, 12, 9, 17, 10, 18), (2, 2, 12, 17, 17, 4, 5, 18),
)  # fmt: skip


def _opens(scene: Scene, people: int = 8, **rules: Any) -> Workshop:
    """The workshop of two exercises."""
    agenda = {
        "title": localgovcamp.TITLE,
        "exercises": [
            {"kind": "columns", "prompt": localgovcamp.PROMPTS, "allowance": localgovcamp.ALLOWANCE, **rules},
            {"kind": "open", "prompt": OPEN},
        ],
    }
    organiser = scene.workshops.organiser
    organiser.get("/workshops/file")
    opened = organiser.ask("/workshops/file", {"agenda": json.dumps(agenda)})
    assert opened["ok"], opened
    facilitator = Facilitator(organiser.base, opened)
    return Workshop(facilitator, [facilitator.phone() for _ in range(people)])


def _writes(workshop: Workshop, responses: list[tuple[str, str]]) -> None:
    for place, (side, text) in enumerate(responses):
        workshop.phones[place % len(workshop.phones)].writes(text, side)


def _votes(scene: Scene) -> Workshop:
    """Seven have voted, and the eighth has not started."""
    workshop = _opens(scene, cut=3)
    workshop.facilitator.goes_to("gather")
    _writes(workshop, localgovcamp.RESPONSES)
    workshop.facilitator.goes_to("vote")
    for person, dots in zip(workshop.phones, VOTES, strict=False):
        spend(person, list(dots))
    for person in workshop.phones[:5]:
        person.ask(f"/w/{person.code}/1/finished", {"finished": "yes"})
    return workshop


def _runs(scene: Scene, workshop: Workshop, viewport: ViewportSize = DESK, begins: str = "body") -> Page:
    """The console, scrolled to where the element `begins`. In a narrow window it has one column."""
    page = scene.people.somebody_known(workshop.facilitator, viewport=viewport, locale="en-GB")
    page.goto(f"/w/{workshop.code}/console")
    is_live(page)
    page.locator(begins).evaluate("(element) => element.scrollIntoView()")
    return page


def _projects(scene: Scene, workshop: Workshop) -> Page:
    page = scene.goes(workshop.facilitator.path("board"), viewport=BOARD)
    is_live(page)
    return page


# In the order of the guide --------------------------------------------------------------------------------------------


def _agenda(scene: Scene) -> Page:
    return desk(scene, _opens(scene), "agenda")


def _lobby(scene: Scene) -> Page:
    return _projects(scene, _opens(scene))


def _moderation(scene: Scene) -> Page:
    workshop = _opens(scene, checks_first=True)
    workshop.facilitator.goes_to("gather")
    _writes(workshop, localgovcamp.RESPONSES[:16])
    page = _runs(scene, workshop, NARROW, ".steps")
    page.get_by_role("button", name="Show all 16").click()
    expect(page.locator("#pending-heading")).to_be_hidden()
    _writes(workshop, localgovcamp.RESPONSES[16:19])
    expect(page.locator("#pending-heading")).to_have_text("Waiting to be checked: 3")
    return page


def _grouping(scene: Scene) -> Page:
    workshop = _opens(scene)
    workshop.facilitator.goes_to("gather")
    _writes(workshop, [*localgovcamp.RESPONSES, *ALIKE])
    ask(workshop, "1/phase", **{"from": "gather", "to": "group"})
    page = _runs(scene, workshop, NARROW, ".suggestions")
    for number in (2, 3):
        page.locator(f"#tick-{number}").check()
    page.locator("#new-theme").fill("Openness")
    page.locator(".suggestions").evaluate("(element) => element.scrollIntoView()")
    return page


def _voting(scene: Scene) -> Page:
    workshop = _votes(scene)
    ask(workshop, "1/timer", minutes="10")
    ask(workshop, "1/timer/pause")
    return _runs(scene, workshop)


def _before_the_reveal(scene: Scene) -> Page:
    workshop = _votes(scene)
    workshop.facilitator.goes_to("reveal")
    ask(workshop, "1/in-the-room", people="6")
    return _runs(scene, workshop, NARROW, ".steps")


def _results(scene: Scene) -> Page:
    workshop = _votes(scene)
    workshop.facilitator.goes_to("discuss")
    return _projects(scene, workshop)


def _spotlight(scene: Scene) -> Page:
    workshop = _opens(scene)
    ask(workshop, "2/start")
    ask(workshop, "2/phase", **{"from": "draft", "to": "gather"})
    for person, text in zip(workshop.phones, WAYS, strict=False):
        answer = person.ask(f"/w/{person.code}/2/responses", {"side": "open", "text": text, "op": person.op()})
        assert answer["ok"], answer
    ask(workshop, "2/phase", **{"from": "gather", "to": "discuss"})
    ask(workshop, "2/responses/2/spotlight")
    ask(workshop, "2/notes/2", base="", text="Benefits claims, say: sit beside somebody who makes one.")
    page = _runs(scene, workshop, begins="#discussion")
    expect(page.locator("#shown")).to_contain_text(WAYS[1])
    return page


PICTURES: dict[str, tuple[Callable[[Scene], Page], ViewportSize]] = {
    "guide-agenda": (_agenda, DESK),
    "guide-lobby": (_lobby, BOARD),
    "guide-moderation": (_moderation, NARROW),
    "guide-grouping": (_grouping, NARROW),
    "guide-voting": (_voting, DESK),
    "guide-before-the-reveal": (_before_the_reveal, NARROW),
    "guide-results": (_results, BOARD),
    "guide-spotlight": (_spotlight, DESK),
}

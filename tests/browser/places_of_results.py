"""The results page in its states, for whoever holds the results link: a part of `places`."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser import localgovcamp
from tests.browser.people import LAPTOP
from tests.browser.places_of_the_desk import across, does, own_columns, steps
from tests.browser.scene import Scene, Workshop, mixed, spend

# Whose dots lie where: R1 and R2 are far above the line, four tie across it, and all dots of R15 are one person's.
VOTES = (
    (1, 1, 1, 2, 2, 3, 6, 7), (1, 1, 2, 2, 3, 3, 6, 8), (1, 1, 3, 2, 9, 9, 10, 18), (1, 2, 2, 3, 9, 10, 10, 18),
    (1, 1, 2, 12, 9, 17, 10, 18), (1, 2, 12, 12, 9, 17, 10, 18), (2, 2, 12, 17, 17, 4, 5, 18), (15,) * 8,
)  # fmt: skip


def reads(scene: Scene, workshop: Workshop, query: str = "") -> Page:
    """Somebody with the results link and nothing else."""
    page = scene.people.somebody(workshop.facilitator.path("results"), viewport=LAPTOP)
    page.goto(f"/w/{workshop.code}/results{query}")
    return page


def lined(scene: Scene) -> Workshop:
    """Three of five that go forward are certain, and one of them has its dots from one person."""
    workshop = scene.fresh("gather", responses=localgovcamp.RESPONSES)
    does(workshop, "1/cut", cut="5")
    steps(workshop, 1, "gather", "vote")
    for phone, dots in zip(workshop.phones, VOTES, strict=True):
        spend(phone, list(dots))
    steps(workshop, 1, "vote", "reveal", "discuss")
    does(workshop, "1/notes/1", text="Everybody in the room agreed on this one.", base="")
    return workshop


def crowded(scene: Scene) -> Workshop:
    """Sixty responses, and a line under twelve of them."""
    workshop = scene.fresh("gather", responses=mixed(60), people=12)
    does(workshop, "1/cut", cut="12")
    steps(workshop, 1, "gather", "vote")
    for place, phone in enumerate(workshop.phones):
        spend(phone, [1 + (place * place + 7 * dot * dot) % 60 for dot in range(8)])
    steps(workshop, 1, "vote", "reveal", "discuss")
    return workshop


def without_dots(scene: Scene) -> Workshop:
    """Nobody placed a dot, and nothing was written in the column NO."""
    workshop = scene.fresh("gather", responses=localgovcamp.RESPONSES[:4], people=2)
    steps(workshop, 1, "gather", "vote", "reveal", "discuss")
    return workshop


def in_own_columns(scene: Scene) -> Workshop:
    workshop = own_columns(scene, "vote")
    steps(workshop, 1, "vote", "reveal", "discuss")
    return workshop


def quarrelled(scene: Scene) -> Workshop:
    """The same idea in both columns, two of one column whose dots are split, live totals, and groups of people."""
    twice = [("yes", "League tables of councils"), ("yes", "Usable services"), ("yes", "Services that are usable")]
    workshop = scene.fresh("gather", responses=[*localgovcamp.RESPONSES, *twice], people=14, totals="live")
    does(workshop, "people/lenses", lenses="Councillor\nOfficer")
    for place, phone in enumerate(workshop.phones):
        phone.ask(f"/w/{workshop.code}/lens", {"lens": "Councillor" if place % 2 else "Officer"})
    does(workshop, "1/cut", cut="3")
    steps(workshop, 1, "gather", "vote")
    for place, phone in enumerate(workshop.phones):
        spend(phone, [(18, 21, 1, 1)[place % 4], (7, 22, 23, 18)[place % 4], 1, 2, 2, 5, 21, (22, 23)[place % 2]])
    steps(workshop, 1, "vote", "reveal", "discuss")
    return workshop


def side_by_side(scene: Scene) -> Page:
    """Two workshops that asked the same."""
    one, other = scene.made(lined), scene.made(quarrelled)
    return scene.organises(f"/across?of={one.code}-1&of={other.code}-1")


def chooses(scene: Scene) -> Page:
    scene.made(lined)
    return scene.organises("/across")


DESKS = {
    "results-findings": lambda scene: reads(scene, scene.made(quarrelled)),
    "across": side_by_side,
    "across-choose": chooses,
    "results-line": lambda scene: reads(scene, scene.made(lined)),
    "results-tie": lambda scene: reads(scene, scene.made(across)),
    "results-no-dots": lambda scene: reads(scene, without_dots(scene)),
    "results-own-columns": lambda scene: reads(scene, in_own_columns(scene)),
    "results-one-page": lambda scene: reads(scene, scene.made(crowded), "?print=one"),
    "results-everything": lambda scene: reads(scene, scene.made(crowded), "?print=all"),
}

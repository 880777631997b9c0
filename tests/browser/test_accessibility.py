"""Every page in every state against WCAG 2.2 AA, as far as a machine can judge."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import ViewportSize

from tests.browser.people import PHONE, People
from tests.browser.places import PLACES, Place
from tests.browser.scene import Scene, Workshops
from tests.server.phones import Organiser
from tests.server.server import ROOT, Server

pytestmark = pytest.mark.browser

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
EVERYTHING = {"runOnly": list(TAGS), "rules": {"target-size": {"enabled": True}}}
# What else axe looks at is the same in the dark.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}

SMALL: ViewportSize = {"width": 320, "height": 640}
HAND: list[ViewportSize] = [PHONE, SMALL, {"width": 1280, "height": 800}]
WALL: list[ViewportSize] = [{"width": 1280, "height": 800}, {"width": 1920, "height": 1080}]

FINDINGS = """async (how) => {
  const { violations } = await axe.run({ ...how, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => [id, html, failureSummary]));
}"""

IS_TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("body *")].filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
    .map((each) => each.outerHTML.slice(0, 200))"""
# WCAG 1.4.12. Not as an element, which our own policy would refuse.
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
# A live region that comes with its text, or comes later, says nothing in some screen readers.
SILENT_STATUS = re.compile(r'<div id="said"[^>]*role="status"[^>]*>\s*</div>')


@pytest.fixture(scope="package")
def workshops(running_server: Server) -> Workshops:
    return Workshops(Organiser(running_server.base, running_server.organiser_path))


@pytest.fixture
def scene(people: People, workshops: Workshops) -> Scene:
    return Scene(people, workshops)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_a_page_can_be_used_by_everybody(scene: Scene, place: Place) -> None:
    page = place.arrive(scene)
    page.evaluate(AXE)
    sizes = WALL if place.device == "board" else HAND
    for size in sizes:
        page.set_viewport_size(size)
        assert page.evaluate(FINDINGS, EVERYTHING) == [], (place.name, size)
    page.emulate_media(color_scheme="dark")
    # Both phones have the same colours.
    for size in sizes[::2]:
        page.set_viewport_size(size)
        assert page.evaluate(FINDINGS, COLOURS) == [], (place.name, size, "in the dark")
    if place.device != "board":
        page.set_viewport_size(SMALL)
        assert page.evaluate(IS_TOO_WIDE) == [], place.name
        page.evaluate(SPACED)
        assert page.evaluate(IS_TOO_WIDE) == [], f"{place.name} with text spaced widely"
    assert SILENT_STATUS.search(page.context.request.get(page.url).text()), "There is no #said, or not an empty one."

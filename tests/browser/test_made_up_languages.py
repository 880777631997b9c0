"""In a language with longer words, and in one from right to left, everything is there to be read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import made_up_languages
from tests.browser.inspection import Inspection
from tests.browser.people import People, everybody
from tests.browser.places import PLACES, Place
from tests.browser.scene import Scene, Workshops
from tests.server.phones import Organiser
from tests.server.server import Server

pytestmark = pytest.mark.browser

LANGUAGES = {made_up_languages.LONGER: "ltr", made_up_languages.LEFTWARDS: "rtl"}
# One of each page that a reload leaves as it was: each language is a reload.
LOOKED_AT = {
    "join", "respond-own-columns", "vote-some", "vote-many", "vote-timer",
    "phone-results", "phone-tie", "phone-spotlight",
    "workshops", "new-workshop", "console-vote", "console-group", "console-timer", "console-tie",
    "agenda", "people", "links", "results-line", "results-findings", "scope",
    "board-lobby", "board-timer", "board-tie", "board-own-columns",
}  # fmt: skip


@pytest.fixture(scope="module")
def abroad(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose pages can be had in them."""
    folder = tmp_path_factory.mktemp("translations")
    made_up_languages.write_catalogues(folder)
    with Server(tmp_path_factory.mktemp("abroad"), translations=str(folder)) as server:
        yield server


@pytest.fixture(scope="module")
def workshops_abroad(abroad: Server) -> Workshops:
    return Workshops(Organiser(abroad.base, abroad.organiser_path))


@pytest.fixture
def people(browser: Browser, abroad: Server) -> Iterator[People]:
    with everybody(browser, abroad.base) as people:
        yield people


def test_every_page_that_is_looked_at_exists() -> None:
    assert {place.name for place in PLACES} >= LOOKED_AT


@pytest.mark.parametrize("place", [place for place in PLACES if place.name in LOOKED_AT], ids=lambda place: place.name)
def test_nothing_is_cut_off_or_runs_out_of_its_place(people: People, workshops_abroad: Workshops, place: Place) -> None:
    page = place.arrive(Scene(people, workshops_abroad))
    address = page.url
    found: list[str] = []
    for language, direction in LANGUAGES.items():
        page.goto(f"{address}{'&' if '?' in address else '?'}language={language}")
        expect(page.locator("html")).to_have_attribute("dir", direction)
        found += [f"{language}, {fault}" for fault in Inspection(page, place.device).faults_of_layout()]
    assert found == []

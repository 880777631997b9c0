"""Every page in every state, in every view, against the acceptance list: WCAG 2.2 AA as far as a machine can judge."""

from __future__ import annotations

import re

import pytest

from tests.browser import trees
from tests.browser.axe import REVIEWED
from tests.browser.inspection import Inspection
from tests.browser.pages import is_at, pages_of
from tests.browser.people import People
from tests.browser.places import PLACES, Place
from tests.browser.scene import Scene, Workshops
from tests.server.phones import Organiser
from tests.server.server import Server

pytestmark = pytest.mark.browser

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
    assert [each for each in pages_of(place.name) if not is_at(page.url, each)] == []
    assert trees.changed(page, place.name) == {}, "make screens ARGS=--trees"
    inspection = Inspection(page, place.device)
    assert inspection.faults() == []
    gone = [left for at, left in enumerate(REVIEWED) if place.name in left.places and at not in inspection.reviewed]
    assert gone == [], "axe no longer leaves this open: its line in REVIEWED can go."
    assert SILENT_STATUS.search(page.context.request.get(page.url).text()), "There is no #said, or not an empty one."


def test_what_axe_leaves_open_was_looked_at_in_places_that_exist() -> None:
    names = {place.name for place in PLACES}
    assert [left for left in REVIEWED if not left.places or not names.issuperset(left.places)] == []


def test_what_a_screen_reader_is_given_is_kept_of_places_that_exist() -> None:
    assert trees.PIECES.keys() <= {place.name for place in PLACES}
    kept = {trees.path(name) for pieces in trees.PIECES.values() for name in pieces}
    assert kept == set(trees.FOLDER.iterdir())

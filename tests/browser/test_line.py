"""The line on a console with JavaScript: the fields say which line is drawn, and keep what somebody is typing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import People, is_live
from tests.browser.places_of_the_desk import across, does
from tests.browser.scene import Scene, Workshop, Workshops
from tests.server.phones import Organiser

pytestmark = pytest.mark.browser


@pytest.fixture
def scene(people: People, organiser: Organiser) -> Scene:
    return Scene(people, Workshops(organiser))


@pytest.fixture
def workshop(scene: Scene) -> Workshop:
    """Revealed; the line is under the first two places."""
    return across(scene)


@pytest.fixture
def console(scene: Scene, workshop: Workshop) -> Page:
    page = scene.runs(workshop)
    is_live(page)
    return page


def shows(console: Page, cut: str, share: str) -> None:
    expect(console.locator("#cut")).to_have_value(cut)
    expect(console.locator("#cut_share")).to_have_value(share)


def test_the_fields_say_which_line_is_drawn_and_never_two(console: Page) -> None:
    shows(console, "2", "")
    console.locator("#cut_share").fill("35")
    console.get_by_role("button", name="Draw it by dots").click()
    expect(console.locator(".cutting")).to_contain_text("R1, the last above the line, is 3 dots ahead of R2 and R3.")
    shows(console, "", "35")
    console.locator("#cut").fill("3")
    console.locator("#cut").press("Enter")
    expect(console.locator(".cutting")).to_contain_text("These 3 go forward.")
    shows(console, "3", "")
    expect(console.locator("#cut")).to_be_focused()


def test_what_is_typed_stays_while_others_do_something_else(console: Page, workshop: Workshop) -> None:
    console.locator("#cut_share").fill("5")
    does(workshop, "1/responses/1/spotlight", instead_of="0")
    expect(console.locator("body")).to_contain_text("Take it off")
    shows(console, "2", "5")

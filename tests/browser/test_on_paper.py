"""What the pages of a workshop leave on paper, where nothing can be pressed and which anybody may find."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.people import LAPTOP, People
from tests.browser.scene import Scene, Workshops, play
from tests.server.phones import Organiser

pytestmark = pytest.mark.browser

TEXT = "Free park and ride"


@pytest.fixture
def scene(people: People, organiser: Organiser) -> Scene:
    return Scene(people, Workshops(organiser))


def printed(page: Page) -> str:
    """The words on all sheets."""
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    return " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())


def test_a_console_leaves_the_way_in_on_paper_and_no_link_that_is_secret(scene: Scene) -> None:
    workshop = scene.fresh("gather", responses=[("yes", TEXT)], people=1)
    page = scene.runs(workshop)
    page.get_by_text("Facilitator's link").click()
    words = printed(page)
    for there in (TEXT, f"/j/{workshop.code}"):
        assert there in words
    for role in ("facilitator", "board", "results"):
        expect(page.get_by_text(workshop.facilitator.links[role])).to_be_visible()
        assert workshop.facilitator.path(role) not in words
    for control in ("How the board looks", "Rehearse", "Change the agenda", "Delete", "Minutes", "Note"):
        assert control not in words, control


def test_a_note_is_on_paper_to_its_last_line_and_with_what_was_typed_a_moment_ago(scene: Scene) -> None:
    workshop = scene.fresh("discuss", responses=[("yes", TEXT)], people=1)
    lines = [f"Line {number}." for number in range(1, 121)]
    workshop.facilitator.ask(f"/w/{workshop.code}/1/notes/0", {"text": "\n".join(lines), "base": ""})
    page = scene.runs(workshop)
    page.locator("#noting-1-1 summary").click()
    page.locator("#note-1-1-text").fill("Not stored yet.")
    words = printed(page)
    assert [line for line in lines if words.count(line) != 1] == []
    assert words.count("Not stored yet.") == 1


def test_a_phone_leaves_nothing_on_paper_of_where_its_dots_are(people: People, organiser: Organiser) -> None:
    workshop = play(organiser, "vote", responses=[("yes", TEXT)], people=3)
    phone = people.phone_of(workshop.phones[0])
    expect(phone.page.locator(".mine")).to_contain_text("8 dots")
    words = printed(phone.page)
    assert TEXT in words
    assert "8 dots" not in words.replace("your 8 dots", "")
    workshop.facilitator.goes_to("discuss")
    expect(phone.page.locator(".yours")).to_have_text("8 of them are yours")
    words = printed(phone.page)
    assert TEXT in words
    assert "yours" not in words


def test_the_response_in_the_spotlight_is_read_on_paper(people: People, organiser: Organiser) -> None:
    workshop = play(organiser, "discuss", responses=[("yes", TEXT)], people=1)
    workshop.facilitator.ask(f"/w/{workshop.code}/1/responses/1/spotlight")
    board = people.somebody(workshop.facilitator.path("board"), viewport=LAPTOP)
    expect(board.locator("#spotlight")).to_contain_text(TEXT)
    assert printed(board).count(TEXT) == 2


def test_at_the_desk_the_ranking_is_drawn_on_paper_too(scene: Scene) -> None:
    """Where the sheets of the desk and of the results meet."""
    page = scene.runs(scene.fresh("discuss", responses=[("yes", TEXT)], people=1))
    page.goto(page.url.replace("/console", "/results"))
    page.emulate_media(media="print")
    expect(page.locator(".chart:not(.narrow)").get_by_text(TEXT)).to_be_visible()

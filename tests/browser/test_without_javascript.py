"""Everything that is to be done, in browsers that run no scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import People, Phone
from tests.server.phones import Facilitator
from tests.server.server import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def ada(people: People, facilitator: Facilitator) -> Phone:
    """She stands before the page behind the QR code."""
    return Phone(people.somebody(f"/j/{facilitator.code}", java_script_enabled=False), facilitator.code)


@pytest.fixture
def console(people: People, facilitator: Facilitator) -> Page:
    return people.somebody(facilitator.path("facilitator"), java_script_enabled=False)


def joins(phone: Phone) -> None:
    phone.page.get_by_role("button", name="Join").click()


def looks_for_changes(phone: Phone) -> None:
    phone.page.get_by_role("link", name="Look for changes").click()


def has_a_problem(page: Page, sentence: str) -> None:
    expect(page.locator("#problem")).to_contain_text(sentence)
    expect(page).to_have_title(re.compile("^Problem: "))


def test_dots_come_back_all_at_once_and_whoever_has_finished_may_go_on(ada: Phone, facilitator: Facilitator) -> None:
    joins(ada)
    facilitator.opens_voting(2)
    looks_for_changes(ada)
    ada.adds(1, 3)
    expect(ada.said).to_have_text("5 of 8 dots left.")
    ada.adds(2)
    ada.shows_dots({1: 3, 2: 1})
    ada.page.get_by_role("button", name="Take all my dots back").click()
    ada.page.get_by_role("button", name="Take them back").click()
    ada.shows_left(8)
    assert ada.placed() == {}

    ada.adds(2, 2)
    ada.finishes()
    expect(ada.said).to_have_text("You have finished. You can still change your dots.")
    ada.page.get_by_role("button", name="Change my dots").click()
    expect(ada.said).to_have_text("Go on. Your dots are where you left them.")
    ada.adds(1)

    facilitator.goes_to("reveal")
    looks_for_changes(ada)
    expect(ada.page.locator(".counted")).to_have_text("3 of your dots were counted.")
    facilitator.goes_to("closed")
    looks_for_changes(ada)
    expect(ada.page.get_by_text("This exercise has closed.")).to_be_visible()


def test_a_wrong_code_is_shown_again_to_be_put_right(people: People, facilitator: Facilitator) -> None:
    page = people.somebody("/", java_script_enabled=False)
    page.get_by_label("Code").fill("K7 4M")
    page.get_by_role("button", name="Find the workshop").click()
    has_a_problem(page, "We can't find that code. Check the screen and try again.")
    expect(page.get_by_label("Code")).to_have_value("K7 4M")
    page.get_by_label("Code").fill(" ".join(facilitator.code.lower()))
    page.get_by_role("button", name="Find the workshop").click()
    expect(page.get_by_role("button", name="Join")).to_be_visible()


def test_what_was_typed_is_still_there_when_it_was_refused(ada: Phone, facilitator: Facilitator) -> None:
    joins(ada)
    facilitator.goes_to("gather")
    looks_for_changes(ada)
    field = ada.page.get_by_label("Your response", exact=True)
    field.fill("Warm buses")
    ada.page.get_by_role("button", name="Add response").click()
    has_a_problem(ada.page, "Choose YES or NO.")
    expect(field).to_have_value("Warm buses")

    ada.writes("B" * 141, "no")
    has_a_problem(ada.page, "That is 141 characters. A response has 140 at the most.")
    expect(field).to_have_value("B" * 141)
    expect(ada.page.locator("[name=side][value=no]")).to_be_checked()

    ada.writes("   ", "yes")
    has_a_problem(ada.page, "Write your response first.")
    expect(ada.page.locator("[name=side][value=yes]")).to_be_checked()
    ada.writes("Warm buses", "yes")
    expect(ada.page.locator("#problem")).to_have_count(0)
    expect(ada.page.locator("#stage .card .text")).to_have_text(["Warm buses"])


def test_a_response_can_be_edited_and_removed(ada: Phone, facilitator: Facilitator) -> None:
    joins(ada)
    facilitator.goes_to("gather")
    looks_for_changes(ada)
    ada.writes("Warm bosses")
    ada.card(1).get_by_role("link", name="Edit").click()
    field = ada.page.get_by_label("Your response", exact=True)
    field.fill("C" * 141)
    ada.page.get_by_role("button", name="Save").click()
    has_a_problem(ada.page, "That is 141 characters. A response has 140 at the most.")
    expect(field).to_have_value("C" * 141)
    field.fill("Warm buses")
    ada.page.locator(".side[data-side=no]").click()
    ada.page.get_by_role("button", name="Save").click()
    expect(ada.said).to_have_text("Changed.")
    expect(ada.page.locator("[data-items=no] .text")).to_have_text(["Warm buses"])
    ada.card(1).get_by_role("button", name="Remove").click()
    expect(ada.said).to_have_text("Removed.")
    expect(ada.page.locator("#stage .card")).to_have_count(0)


def test_what_comes_too_late_says_so_and_shows_what_was_written(ada: Phone, facilitator: Facilitator) -> None:
    joins(ada)
    facilitator.opens_voting(2)
    facilitator.goes_to("gather")
    looks_for_changes(ada)
    facilitator.goes_to("vote")
    ada.writes("Warm buses")
    has_a_problem(ada.page, "Responses are closed. What you wrote was not added.")
    expect(ada.page.locator("#problem")).to_contain_text("Warm buses")
    ada.adds(1, 2)
    facilitator.goes_to("reveal")
    ada.adds(2)
    has_a_problem(ada.page, "Voting has closed. Your last dot didn't count. 2 were counted.")
    assert ada.placed() == {1: 2}


def test_a_ninth_dot_is_refused(ada: Phone, facilitator: Facilitator) -> None:
    joins(ada)
    facilitator.opens_voting(2)
    looks_for_changes(ada)
    ada.adds(1, 8)
    ada.asks_for_one_too_many(2)
    has_a_problem(ada.page, "You've used all 8 dots. Remove one to move it.")
    ada.shows_dots({1: 8})


def test_the_console_runs_a_workshop(people: People, facilitator: Facilitator, console: Page) -> None:
    expect(console.locator("[aria-current=step]")).to_have_text("Draft")
    console.get_by_role("button", name="Open responses").click()
    ben = facilitator.phone()
    ben.writes("Warm buses")
    ben.writes("Free park and ride")
    # What the page says of the number of responses may be older; what it does is not.
    console.get_by_role("button", name="Start voting").click()
    expect(console.locator("#said")).to_have_text("Voting is open.")
    console.get_by_role("button", name="Withdraw R2").click()
    expect(console.locator("#said")).to_have_text("R2 is withdrawn. You can restore it below.")
    console.get_by_role("button", name="Restore R2").click()
    expect(console.locator("[data-items=yes] .card")).to_have_count(2)
    for button, phase in [("Close voting", "Reveal"), ("Open voting again", "Vote"), ("Close voting", "Reveal"),
                          ("Reveal results", "Discuss"), ("Close the exercise", "Closed")]:  # fmt: skip
        console.get_by_role("button", name=button).click()
        expect(console.locator("[aria-current=step]")).to_have_text(phase)
    console.get_by_role("link", name="Results and downloads").click()
    expect(console.get_by_role("link", name="CSV")).to_be_visible()


def test_the_console_says_when_somebody_else_was_first(facilitator: Facilitator, console: Page) -> None:
    facilitator.goes_to("gather")
    console.get_by_role("button", name="Open responses").click()
    has_a_problem(console, "This exercise has already moved on. Here is how it stands now.")
    expect(console.locator("[aria-current=step]")).to_have_text("Gather")


def test_the_organiser_opens_a_workshop(people: People, server: Server) -> None:
    page = people.somebody(server.organiser_path, java_script_enabled=False)
    page.get_by_role("link", name="New workshop").click()
    page.get_by_role("link", name="Blank").click()
    page.get_by_role("textbox", name="Title").fill("Town centre")
    page.get_by_role("button", name="Open the workshop").click()
    has_a_problem(page, "There is a problem")
    expect(page.get_by_role("textbox", name="Title")).to_have_value("Town centre")
    page.get_by_label("Prompt", exact=True).fill("What matters?")
    page.get_by_role("button", name="Open the workshop").click()
    expect(page.locator("[aria-current=step]")).to_have_text("Draft")


def test_a_board_says_that_it_has_to_be_reloaded(people: People, facilitator: Facilitator) -> None:
    board = people.somebody(facilitator.path("board"), java_script_enabled=False)
    note = "Without JavaScript the board doesn't change by itself: reload it."
    expect(board.locator(".without-script")).to_have_text(note)
    facilitator.opens_voting(3)
    board.reload()
    expect(board.locator("#stage .card .text")).to_have_text(["Response 1", "Response 0", "Response 2"])

"""What a phone says and shows in each state that it can be in: the sentences, and how often they are said.

Being without a network is in `test_connection`, other tabs in `test_phone`, other phones in `test_links`.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hurry import A_MINUTE_IN_SIX_SECONDS
from tests.browser.people import People, Phone
from tests.browser.places_of_connections import cut_off
from tests.browser.wire import Wire
from tests.server.phones import Facilitator, Organiser

pytestmark = pytest.mark.browser

WRONG = "We can't find that code. Check the screen and try again."
ENDED = "This workshop has ended."


@pytest.fixture
def facilitator(organiser: Organiser) -> Facilitator:
    """Twenty responses, and voting is open."""
    facilitator = organiser.opens()
    facilitator.opens_voting(20)
    return facilitator


def without_a_socket(people: People, facilitator: Facilitator) -> Phone:
    page = people.somebody_known(facilitator.phone())
    page.route_web_socket("**", lambda socket: socket.close())
    page.route("**/socket.io/**", lambda route: route.abort())
    page.goto(f"/w/{facilitator.code}")
    expect(page.locator("#connection")).to_have_attribute("data-state", "polling")
    return Phone(page, facilitator.code)


def diary(phone: Phone) -> list[str]:
    said: list[str] = phone.page.evaluate("globalThis.diary['#said']")
    return said


# Joining --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scripts", [True, False])
def test_a_wrong_code_is_said_first_of_all(people: People, scripts: bool) -> None:
    page = people.somebody("/", java_script_enabled=scripts)
    expect(page.get_by_role("heading", level=1)).to_have_text("Join a workshop")
    code = page.get_by_role("textbox", name="Code", description="It's on the screen, 6 letters and numbers")
    code.fill("K74 M2")
    code.press("Enter")
    summary = page.locator("#problem")
    expect(summary).to_contain_text(WRONG)
    expect(summary).to_be_focused()
    expect(code).to_have_value("K74 M2")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=WRONG)).to_be_focused()


def test_whoever_joins_reads_what_is_kept_of_them(people: People, facilitator: Facilitator) -> None:
    page = people.somebody(f"/j/{facilitator.code}")
    privacy = "No account needed. We don't ask who you are. We use one cookie so your dots stay yours on this phone."
    expect(page.locator(".privacy")).to_have_text(privacy)


# What is said ---------------------------------------------------------------------------------------------------------


def test_what_somebody_does_is_said_once_they_pause(ada: Phone) -> None:
    for role in ("status", "alert"):
        expect(ada.page.get_by_role(role)).to_be_empty()
        expect(ada.page.get_by_role(role)).to_have_count(1)
    expect(ada.page.get_by_role("status")).to_have_attribute("aria-atomic", "true")
    ada.adds(1, 3)
    ada.takes(1)
    expect(ada.said).to_have_text("2 dots on “Response 0”. 6 of 8 left.")
    assert diary(ada) == ["2 dots on “Response 0”. 6 of 8 left."]


def test_what_was_withdrawn_one_after_the_other_is_said_together(people: People, facilitator: Facilitator) -> None:
    page = people.somebody_known(facilitator.phone())
    page.add_init_script(A_MINUTE_IN_SIX_SECONDS)
    page.goto(f"/w/{facilitator.code}")
    ada = Phone(page, facilitator.code)
    ada.is_live()
    for number in (1, 2, 3, 4):
        ada.adds(number, 2)
    ada.has_saved(8)
    facilitator.withdraws(1)
    ada.was_told("A response was withdrawn. 2 of your dots are back.")
    for number in (2, 3, 4):
        facilitator.withdraws(number)
    facilitator.restores(4)
    ada.was_told("2 responses were withdrawn. 4 of your dots are back.")
    ada.shows_left(6)


# Saving ---------------------------------------------------------------------------------------------------------------


def test_what_takes_longer_than_a_second_is_being_saved(people: People, facilitator: Facilitator, wire: Wire) -> None:
    ada = people.phone(facilitator, base_url=wire.base)
    ada.is_live()
    wire.hold_back()
    ada.adds(1)
    expect(ada.saved).to_be_empty()
    expect(ada.saved).to_have_text("Saving…")
    wire.let_go()
    ada.has_saved(1)


def test_what_somebody_wrote_is_not_new_to_them(people: People, organiser: Organiser) -> None:
    facilitator = organiser.opens()
    facilitator.goes_to("gather")
    ada = people.phone(facilitator)
    ada.is_live()
    # It is stored, and its answer is lost.
    ada.page.route("**/responses", lambda route: (route.fetch(), route.abort())[1])
    ada.writes("Warm  buses")
    expect(ada.card(1)).to_be_visible()
    expect(ada.page.locator("#held-back")).to_be_hidden()
    ada.page.unroute_all()
    ada.was_told("Added. You can edit or remove it until voting starts.")


def test_whoever_is_cut_off_is_told_so_once(ada: Phone) -> None:
    cut_off(ada.page)
    ada.page.reload()
    ada.adds(1)
    ada.was_told("Not connected. We'll send your dots when you're back.")
    ada.adds(2)
    ada.was_told("1 dot on “Response 1”. 6 of 8 left.")
    assert sum("Not connected" in each for each in diary(ada)) == 1
    ada.page.unroute_all()
    ada.was_told("Connected. All your dots are saved.")


def test_a_page_from_the_back_forward_cache_gets_a_fresh_socket(ada: Phone) -> None:
    with ada.page.expect_websocket():
        ada.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    ada.adds(1)
    ada.has_saved(1)


# Closing --------------------------------------------------------------------------------------------------------------


def test_that_a_dot_came_too_late_is_not_overtaken_by_the_closing_itself(
    people: People, facilitator: Facilitator
) -> None:
    ada = without_a_socket(people, facilitator)
    ada.adds(1, 7)
    ada.has_saved(7)
    facilitator.goes_to("reveal")
    # Refused at once, and only at the next look is the page another.
    ada.adds(2)
    expect(ada.page.locator("#stage")).to_have_attribute("data-phase", "reveal")
    expect(ada.alarm).to_have_text("Voting has closed. Your last dot didn't count. 7 were counted.")


def test_dots_that_were_placed_offline_and_came_too_late_are_all_counted_up(
    people: People, facilitator: Facilitator, wire: Wire
) -> None:
    ada = people.phone(facilitator, base_url=wire.base)
    ada.is_live()
    ada.adds(1, 2)
    ada.has_saved(2)
    wire.cut()
    ada.adds(2, 3)
    expect(ada.saved).to_have_text("Not connected. We'll send your dots when you're back.")
    facilitator.goes_to("reveal")
    wire.mend()
    ada.was_told("Voting has closed. Your last 3 dots didn't count. 2 of your dots were counted.", "#alarm")


def test_dots_of_an_exercise_that_is_over_are_not_lost_without_a_word(
    people: People, facilitator: Facilitator, wire: Wire
) -> None:
    ada = people.phone(facilitator, base_url=wire.base)
    ada.is_live()
    wire.cut()
    ada.adds(1, 2)
    ada.adds(2, 1)
    expect(ada.saved).to_have_text("Not connected. We'll send your dots when you're back.")
    facilitator.goes_to("discuss")
    facilitator.asks_next("What would you like next?")
    wire.mend()
    ada.was_told("Voting has closed. Your last 3 dots didn't count.", "#alarm")
    assert ada.page.evaluate("() => Object.keys(localStorage)") == []


def test_while_a_dot_is_under_way_it_is_not_called_saved(people: People, facilitator: Facilitator, wire: Wire) -> None:
    ada = people.phone(facilitator, base_url=wire.base)
    ada.is_live()
    ada.adds(1, 3)
    ada.has_saved(3)
    wire.hold_back()
    ada.takes(1)
    ada.adds(2)
    expect(ada.saved).to_have_text("2 of 3 saved")


# Without JavaScript ---------------------------------------------------------------------------------------------------


def plain(people: People, facilitator: Facilitator) -> Phone:
    page = people.somebody(f"/j/{facilitator.code}", java_script_enabled=False)
    page.get_by_role("button", name="Join").click()
    return Phone(page, facilitator.code)


def looks_again(phone: Phone) -> Page:
    phone.page.get_by_role("link", name="Look for changes").click()
    return phone.page


def test_without_javascript_dots_that_came_back_are_said_to_have(people: People, facilitator: Facilitator) -> None:
    ada = plain(people, facilitator)
    ada.adds(1, 2)
    facilitator.withdraws(1)
    page = looks_again(ada)
    expect(page.get_by_text("A response was withdrawn. 2 of your dots are back.")).to_be_visible()
    ada.shows_left(8)


def test_without_javascript_the_old_phone_says_where_the_ballot_is(people: People, facilitator: Facilitator) -> None:
    ada = plain(people, facilitator)
    ada.page.locator(".ballot summary").click()
    ada.page.get_by_role("button", name="Use another phone").click()
    other = people.somebody(ada.page.locator(".return a").inner_text(), java_script_enabled=False)
    other.get_by_role("button", name="Go on with this phone").click()
    ada.page.get_by_role("link", name="Stay on this phone").click()
    expect(ada.page.get_by_role("heading", level=1)).to_have_text("Your ballot is on another phone now.")
    ada.page.get_by_role("link", name="Join anew with this phone").click()
    expect(ada.page.get_by_role("button", name="Join")).to_be_visible()


def test_without_javascript_a_workshop_that_was_deleted_has_ended(people: People, facilitator: Facilitator) -> None:
    ada = plain(people, facilitator)
    facilitator.ask(f"/w/{facilitator.code}/delete", {"title": "Town centre"})
    page = looks_again(ada)
    expect(page.get_by_role("heading", level=1)).to_have_text(ENDED)
    expect(page.get_by_role("link", name="Join a workshop")).to_be_visible()

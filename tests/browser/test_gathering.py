"""Writing responses on a phone, while others write, too."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.browser.people import People, Phone
from tests.browser.wire import Wire
from tests.server import phones
from tests.server.phones import Facilitator, Organiser

pytestmark = pytest.mark.browser


@pytest.fixture
def facilitator(organiser: Organiser) -> Facilitator:
    """Responses are open."""
    facilitator = organiser.opens()
    facilitator.goes_to("gather")
    return facilitator


@pytest.fixture
def ben(facilitator: Facilitator) -> phones.Phone:
    """He has no browser here."""
    return facilitator.phone()


def test_what_somebody_writes_is_theirs_to_edit_and_to_remove(ada: Phone, ben: phones.Phone) -> None:
    ada.writes("Warm buses")
    expect(ada.said).to_have_text("Added. You can edit or remove it until voting starts.")
    expect(ada.card(1).get_by_role("link", name="Edit R1")).to_be_visible()
    ben.writes("Free park and ride")
    ada.page.get_by_role("button", name="1 new response – show").click()
    expect(ada.card(2)).to_be_focused()
    expect(ada.card(2).get_by_role("link")).to_have_count(0)
    ada.card(1).get_by_role("button", name="Remove R1").click()
    expect(ada.said).to_have_text("Removed.")
    expect(ada.card(1)).to_have_count(0)


def test_a_response_that_is_too_long_is_refused_and_kept(ada: Phone) -> None:
    long = "A" * 141
    ada.writes(long, "no")
    expect(ada.alarm).to_have_text("That is 141 characters. A response has 140 at the most.")
    field = ada.page.get_by_label("Your response", exact=True)
    expect(field).to_have_value(long)
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("^Error: That is 141 characters"))
    expect(ada.page.locator("#text-left")).to_have_text("1 character too many")
    field.fill(long[1:])
    expect(ada.page.locator("#text-left")).to_have_text("0 characters left")
    ada.page.get_by_role("button", name="Add response").click()
    expect(ada.card(1).locator(".text")).to_have_text(long[1:])
    expect(ada.alarm).to_be_empty()


def test_a_response_needs_a_side_and_a_text(ada: Phone, facilitator: Facilitator) -> None:
    add = ada.page.get_by_role("button", name="Add response")
    field = ada.page.get_by_label("Your response", exact=True)
    field.fill("Warm buses")
    add.click()
    expect(ada.alarm).to_have_text("Choose YES or NO.")
    expect(ada.page.locator("[name=side]").first).to_be_focused()
    expect(sides(ada)).to_have_accessible_description("Error: Choose YES or NO.")
    # The columns are everybody's, and come anew when the exercise is another.
    facilitator.ask(f"/w/{ada.code}/1/edit", {"prompt": "What matters?", "longest": "150"})
    expect(ada.page.locator("#text-left")).to_have_text("140 characters left")
    expect(sides(ada)).to_have_accessible_description("Error: Choose YES or NO.")
    ada.writes("   ")
    expect(sides(ada)).to_have_accessible_description("")
    expect(ada.alarm).to_have_text("Write your response first.")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(re.compile("^Error: Write your response first. Other people"))
    expect(ada.page.locator("#text-error")).to_be_in_viewport(ratio=1)
    expect(field).to_have_attribute("aria-invalid", "true")
    field.press_sequentially("W")
    expect(field).to_have_accessible_description(re.compile("^Other people"))
    expect(field).not_to_have_attribute("aria-invalid", "true")


def test_what_was_wrong_before_the_scripts_came_is_said_until_it_is_mended(
    people: People, facilitator: Facilitator
) -> None:
    page = people.somebody_known(facilitator.phone())
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"/w/{facilitator.code}")
    page.locator(".side[data-side=yes]").click()
    page.unroute_all()
    page.get_by_role("button", name="Add response").click()
    ada = Phone(page, facilitator.code)
    ada.is_live()
    expect(page).to_have_title("Problem: Respond – Town centre – Eight Dots")
    field = page.get_by_label("Your response", exact=True)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("^Error: Write your response first."))
    ada.writes("Warm buses")
    expect(ada.card(1)).to_be_visible()
    expect(page).to_have_title("Respond – Town centre – Eight Dots")
    expect(page.locator("#problem")).to_have_count(0)
    expect(field).to_have_accessible_description(re.compile("^Other people"))
    expect(field).not_to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()


def test_a_double_tap_adds_one_response(ada: Phone, facilitator: Facilitator) -> None:
    ada.page.locator(".side[data-side=yes]").click()
    ada.page.get_by_label("Your response", exact=True).fill("Warm buses")
    ada.page.get_by_role("button", name="Add response").dblclick()
    expect(ada.card(1)).to_be_visible()
    ada.writes("Free park and ride")
    expect(ada.card(2).locator(".text")).to_have_text("Free park and ride")
    expect(ada.page.locator("#stage .card")).to_have_count(2)


def test_what_is_half_written_outlives_a_reload(ada: Phone) -> None:
    ada.page.locator(".side[data-side=no]").click()
    ada.page.get_by_label("Your response", exact=True).fill("Half a thought")
    ada.page.reload()
    expect(ada.page.get_by_label("Your response", exact=True)).to_have_value("Half a thought")
    expect(ada.page.locator("[name=side][value=no]")).to_be_checked()


def test_what_is_half_written_when_voting_starts_is_shown_once_more(ada: Phone, facilitator: Facilitator) -> None:
    ada.writes("Warm buses")
    expect(ada.card(1)).to_be_visible()
    ada.page.get_by_label("Your response", exact=True).fill("Half a thought")
    facilitator.goes_to("vote")
    ada.was_told("Responses are closed. What you were writing was not added: “Half a thought”", "#alarm")
    expect(ada.page.get_by_role("heading", level=1)).to_be_focused()
    ada.shows_left(8)


def test_what_is_half_written_is_no_answer_to_the_next_question(ada: Phone, facilitator: Facilitator) -> None:
    ada.page.locator(".side[data-side=no]").click()
    ada.page.get_by_label("Your response", exact=True).fill("Half a thought")
    facilitator.asks_next("And then?")
    ada.was_told("What you were writing was not added: “Half a thought”", "#alarm")
    facilitator.ask(f"/w/{ada.code}/2/phase", {"from": "draft", "to": "gather"})
    expect(ada.page.get_by_label("Your response", exact=True)).to_have_value("")


def test_what_may_have_got_through_before_the_next_question_is_not_called_lost(
    ada: Phone, facilitator: Facilitator
) -> None:
    loses_answers(ada)
    ada.writes("Warm buses")
    expect(ada.page.locator("#adding")).to_be_visible()
    facilitator.asks_next("And then?")
    expect(ada.page.locator("#stage")).to_have_attribute("data-exercise", "2")
    with ada.page.expect_response("**/1/responses") as answer:
        ada.page.unroute_all()
    assert answer.value.json()["number"] == 1
    expect(ada.alarm).to_be_empty()


def test_two_responses_can_be_removed_one_right_after_the_other(
    people: People, facilitator: Facilitator, wire: Wire
) -> None:
    ada = people.phone(facilitator, base_url=wire.base)
    ada.is_live()
    for number, text in ((1, "Warm buses"), (2, "Free park and ride")):
        ada.writes(text)
        expect(ada.card(number)).to_be_visible()
    wire.hold_back()
    for number in (1, 2):
        ada.card(number).get_by_role("button", name="Remove").click()
    wire.let_go()
    expect(ada.page.locator("#stage .card")).to_have_count(0)


def test_another_language_in_another_tab_leaves_what_is_written_here_alone(ada: Phone) -> None:
    field = ada.page.get_by_label("Your response", exact=True)
    field.fill("Warm b")
    with ada.page.context.expect_page():
        ada.page.locator("a[data-language]").click(modifiers=["ControlOrMeta"])
    ada.writes("Warm buses")
    expect(field).to_have_value("")
    ada.page.reload()
    ada.is_live()
    expect(ada.page.locator("#text")).to_have_value("")


def sides(phone: Phone) -> Locator:
    return phone.page.get_by_role("group", name="Your response goes under")


def loses_answers(phone: Phone) -> None:
    """What is posted arrives, and no answer to it does."""

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    phone.page.route("**/responses", lose)

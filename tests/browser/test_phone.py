"""Voting on a phone: taps, tabs, and what others do meanwhile."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from playwright.sync_api import expect

from tests.browser.people import People, Phone
from tests.browser.wire import Wire
from tests.server.phones import Facilitator, Organiser

pytestmark = pytest.mark.browser

TAP = """async (bursts) => {
  for (const { taps, pause } of bursts) {
    for (const [form, number] of taps) document.querySelector(`#r${number} [data-${form}] button`).click();
    await new Promise((done) => setTimeout(done, pause));
  }
}"""


@pytest.fixture
def facilitator(organiser: Organiser) -> Facilitator:
    """Eight responses, and voting is open."""
    facilitator = organiser.opens()
    facilitator.opens_voting(8)
    return facilitator


def test_a_tap_shows_at_once_and_is_saved(ada: Phone) -> None:
    ada.adds(1, 2)
    ada.adds(2)
    ada.shows_left(5)
    ada.shows_dots({1: 2, 2: 1})
    ada.takes(1)
    ada.shows_left(6)
    ada.has_saved(2)
    assert ada.placed() == {1: 1, 2: 1}


def test_seven_used_dots_leave_one_of_eight_dots(ada: Phone) -> None:
    ada.adds(1, 7)
    expect(ada.left).to_have_text("1 of 8 dots left")


def test_a_dot_can_be_moved_when_all_are_used(ada: Phone) -> None:
    ada.adds(1, 8)
    ada.asks_for_one_too_many(2)
    expect(ada.said).to_have_text("You've used all 8 dots. Remove one to move it.")
    ada.takes(1)
    ada.adds(2)
    ada.has_saved(8)
    assert ada.placed() == {1: 7, 2: 1}


def test_all_dots_come_back_when_that_is_confirmed(ada: Phone) -> None:
    ada.adds(1, 3)
    back = ada.page.get_by_role("button", name="Take all my dots back")
    back.click()
    ada.page.get_by_role("button", name="Leave them").click()
    ada.shows_left(5)
    expect(back).to_be_focused()
    back.click()
    ada.page.get_by_role("button", name="Take them back").click()
    ada.shows_left(8)
    ada.shows_dots({})
    expect(ada.saved).to_be_empty()
    assert ada.placed() == {}


def test_a_reload_in_the_middle_changes_nothing(ada: Phone) -> None:
    ada.adds(3, 2)
    ada.has_saved(2)
    order = ada.page.locator("#stage .card").evaluate_all("cards => cards.map((card) => card.id)")
    ada.page.reload()
    ada.is_live()
    ada.shows_left(6)
    ada.shows_dots({3: 2})
    assert ada.page.locator("#stage .card").evaluate_all("cards => cards.map((card) => card.id)") == order


def test_looking_for_what_nobody_wrote_says_that_nothing_matches(people: People, organiser: Organiser) -> None:
    facilitator = organiser.opens()
    facilitator.opens_voting(20)
    ada = people.phone(facilitator)
    ada.is_live()
    nothing = ada.page.locator("#stage").get_by_text("No response matches.")
    expect(nothing).to_be_hidden()
    ada.page.get_by_role("button", name="My dots", exact=True).click()
    expect(nothing).to_be_visible()
    ada.was_told("No response matches.")
    ada.page.get_by_role("button", name="All", exact=True).click()
    expect(nothing).to_be_hidden()
    find = ada.page.get_by_label("Find a response")
    find.fill("R20")
    ada.was_told("1 response shown")
    expect(nothing).to_be_hidden()
    facilitator.withdraws(20)
    expect(nothing).to_be_visible()
    find.fill("")
    expect(nothing).to_be_hidden()


def test_a_burst_of_quick_taps_ends_as_the_last_ones_said(ada: Phone) -> None:
    chance = random.Random(8)
    on: Counter[int] = Counter()
    bursts = []
    for _ in range(25):
        taps = []
        for _ in range(chance.randint(4, 24)):
            number = chance.randint(1, 8)
            if on[number] and chance.random() < 0.5:
                taps.append(["take", number])
                on[number] -= 1
            else:
                # Where none is left in hand it says so and does nothing.
                taps.append(["place", number])
                on[number] += on.total() < 8
        bursts.append({"taps": taps, "pause": chance.choice([0, 5, 40])})
    ada.page.evaluate(TAP, bursts)
    there = {number: count for number, count in on.items() if count}
    ada.has_saved(on.total())
    ada.shows_dots(there)
    ada.shows_left(8 - on.total())
    assert ada.placed() == there


def test_two_tabs_of_a_phone_agree(people: People, ada: Phone) -> None:
    other = Phone(ada.page.context.new_page(), ada.code)
    other.page.goto(ada.page.url)
    other.is_live()
    ada.adds(1, 2)
    other.shows_dots({1: 2})
    other.was_told("Updated from another tab.")
    other.takes(1)
    other.adds(2)
    ada.shows_dots({1: 1, 2: 1})
    ada.was_told("Updated from another tab.")
    for tab in (ada, other):
        tab.has_saved(2)
        assert tab.placed() == {1: 1, 2: 1}


def test_two_tabs_that_tap_at_once_agree_in_the_end(ada: Phone) -> None:
    other = Phone(ada.page.context.new_page(), ada.code)
    other.page.goto(ada.page.url)
    other.is_live()
    ada.page.evaluate(TAP, [{"taps": [["place", 1]] * 5 + [["place", 2]] * 3, "pause": 0}])
    other.page.evaluate(TAP, [{"taps": [["place", 3]] * 5 + [["place", 4]] * 3, "pause": 0}])
    ada.has_saved(8)
    other.has_saved(8)
    for tab in (ada, other):
        tab.shows_dots(tab.placed())


def test_what_is_tapped_while_voting_closes_does_not_count_and_the_phone_says_so(
    people: People, facilitator: Facilitator, wire: Wire
) -> None:
    ada = people.phone(facilitator, base_url=wire.base)
    ada.is_live()
    ada.adds(1, 7)
    ada.has_saved(7)
    wire.hold_back()
    facilitator.goes_to("reveal")
    ada.adds(2)
    ada.shows_left(0)
    wire.let_go()
    ada.was_told("Voting has closed. Your last dot didn't count. 7 were counted.", "#alarm")
    expect(ada.page.locator(".counted")).to_have_text("7 of your dots were counted.")
    expect(ada.page.locator("#sheet")).to_be_hidden()
    assert ada.placed() == {1: 7}


def test_dots_on_a_withdrawn_response_come_back_and_return_with_it(ada: Phone, facilitator: Facilitator) -> None:
    ada.adds(1, 2)
    ada.adds(2)
    ada.has_saved(3)
    facilitator.withdraws(1)
    expect(ada.card(1)).to_have_count(0)
    ada.was_told("A response was withdrawn. 2 of your dots are back.")
    ada.shows_left(7)
    facilitator.restores(1)
    ada.shows_dots({1: 2, 2: 1})
    ada.shows_left(5)


def test_more_than_the_most_on_one_response_is_refused_on_that_card_only(people: People, organiser: Organiser) -> None:
    facilitator = organiser.opens(most_per_response="2")
    facilitator.opens_voting(3)
    ada = people.phone(facilitator)
    ada.is_live()
    ada.adds(2)
    ada.adds(1, 3)
    expect(ada.alarm).to_have_text("2 on one response is the most in this exercise.")
    ada.shows_dots({1: 2, 2: 1})
    ada.has_saved(3)


def test_finishing_is_told_and_can_be_taken_back(ada: Phone) -> None:
    expect(ada.page.locator("#people")).to_have_text("0 of 2 people have finished")
    sheet = ada.page.locator("#sheet").bounding_box()
    ada.finishes()
    expect(ada.page.locator("#people")).to_have_text("1 of 2 people have finished")
    expect(ada.saved).to_have_text("Finished")
    assert ada.page.locator("#sheet").bounding_box() == sheet
    ada.page.get_by_role("button", name="Change my dots").click()
    expect(ada.page.get_by_role("button", name="Finished")).to_be_visible()
    expect(ada.saved).to_be_empty()
    expect(ada.page.locator("#people")).to_have_text("0 of 2 people have finished")

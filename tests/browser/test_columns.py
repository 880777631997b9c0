"""Exercises and columns on phones that are open: they follow when the facilitator plans something else."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import axe
from tests.browser.inspection import EYES
from tests.browser.people import LAPTOP, People, Phone, is_live
from tests.browser.views import SMALL
from tests.server.phones import Facilitator

pytestmark = pytest.mark.browser

OWN = {"prompt": "What next?", "columns": "own", "name_a": "Now", "sign_a": "flag", "name_b": "Soon", "sign_b": "star",
       "name_c": "Ask the neighbours first", "sign_c": "question"}  # fmt: skip


def edits(facilitator: Facilitator, **fields: str) -> None:
    answer = facilitator.ask(f"/w/{facilitator.code}/1/edit", {"prompt": "What matters?"} | fields)
    assert answer["ok"], answer


def test_every_open_page_follows_when_another_exercise_is_started(
    people: People, facilitator: Facilitator, ada: Phone
) -> None:
    console = people.somebody_known(facilitator, viewport=LAPTOP)
    console.goto(f"/w/{facilitator.code}/console")
    board = people.somebody(facilitator.path("board"), viewport=LAPTOP)
    for page in (console, board, ada.page):
        is_live(page)
    assert facilitator.ask(f"/w/{facilitator.code}/agenda", OWN)["ok"]
    expect(console.locator("#agenda")).to_contain_text("What next?")
    assert facilitator.ask(f"/w/{facilitator.code}/2/start")["ok"]
    for page in (console, board, ada.page):
        expect(page.locator("#stage")).to_have_attribute("data-exercise", "2")
    expect(console.locator("#about")).to_contain_text("What next?")
    ada.is_live()
    facilitator.ask(f"/w/{facilitator.code}/2/phase", {"from": "draft", "to": "gather"})
    ada.writes("A market hall", "c")
    expect(board.locator(".column[data-side=c] .card")).to_contain_text("A market hall")
    expect(console.locator(".column[data-side=c] .card")).to_contain_text("A market hall")


def test_columns_that_change_take_nothing_from_somebody_who_is_writing(facilitator: Facilitator, ada: Phone) -> None:
    edits(facilitator, **OWN)
    facilitator.goes_to("gather")
    ada.page.locator(".side[data-side=c]").click()
    text = ada.page.get_by_label("Your response", exact=True)
    text.fill("A market hall")
    edits(facilitator, **OWN | {"name_a": "This year", "name_b": "", "longest": "40"})
    expect(ada.page.locator("label.side")).to_have_count(2)
    expect(ada.page.locator("label.side").first).to_contain_text("This year")
    expect(text).to_be_focused()
    expect(text).to_have_value("A market hall")
    expect(ada.page.locator(".side[data-side=c] input")).to_be_checked()
    expect(ada.page.locator("#text-left")).to_have_text("27 characters left")
    ada.page.get_by_role("button", name="Add response").click()
    expect(ada.page.locator(".column[data-side=c] .card")).to_contain_text("A market hall")


def test_an_allowance_that_was_changed_before_the_vote_is_on_every_phone(facilitator: Facilitator, ada: Phone) -> None:
    facilitator.goes_to("gather")
    ada.writes("Trees")
    edits(facilitator, allowance="3")
    facilitator.goes_to("vote")
    ada.shows_left(3, 3)
    ada.adds(1, 3)
    ada.has_saved(3)
    ada.shows_left(0, 3)


def test_a_full_column_says_so_before_anything_is_sent(facilitator: Facilitator, ada: Phone) -> None:
    edits(facilitator, dots="apart", allowance_yes="2", allowance_no="1")
    facilitator.goes_to("gather")
    ada.writes("Trees")
    expect(ada.card(1)).to_be_visible()
    ada.writes("Cars", "no")
    facilitator.goes_to("vote")
    expect(ada.page.locator(".room")).to_contain_text("NO 1 of 1 left")
    ada.adds(2)
    ada.has_saved(1)
    expect(ada.page.locator(".room")).to_contain_text("NO 0 of 1 left")
    ada.asks_for_one_too_many(2)
    ada.was_told("This column has all of your dots that it takes: 1. In hand for the others: 2.")
    ada.adds(1, 2)
    ada.has_saved(3)
    assert ada.placed() == {1: 2, 2: 1}
    ada.takes(2)
    expect(ada.page.locator(".room")).to_contain_text("NO 1 of 1 left")


def test_ones_own_response_has_no_button_on_ones_own_phone_alone(
    people: People, facilitator: Facilitator, ada: Phone
) -> None:
    ben = people.phone(facilitator)
    edits(facilitator, own_allowed="no")
    facilitator.goes_to("gather")
    ada.writes("Trees")
    expect(ben.card(1)).to_be_attached()
    facilitator.goes_to("vote")
    for _ in range(2):
        expect(ada.card(1)).to_contain_text("Yours: no dots on your own response.")
        expect(ada.card(1).get_by_role("button")).to_have_count(0)
        ada.page.reload()
    expect(ben.card(1).get_by_role("button", name="Add dot")).to_be_visible()
    expect(ben.card(1).get_by_text("Yours: no dots")).to_be_hidden()


def test_the_agenda_and_its_editor_can_be_used_by_everybody(people: People, facilitator: Facilitator) -> None:
    apart = {"dots": "apart", "prompts": "two"} | {
        f"{what}_{key}": value for key in "abc" for what, value in (("allowance", "2"), ("prompt", "What?"))
    }
    for fields in (OWN, OWN | apart, {"kind": "open", "prompt": "Who?"}):
        assert facilitator.ask(f"/w/{facilitator.code}/agenda", fields)["ok"]
    page = people.somebody_known(facilitator, viewport=LAPTOP)
    for path in ("agenda", "agenda/new", "3/edit", "4/edit"):
        for size in (LAPTOP, SMALL):
            page.set_viewport_size(size)
            page.goto(f"/w/{facilitator.code}/{path}")
            page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
            page.evaluate(axe.SCRIPT + EYES)
            assert axe.ask(page, axe.EVERYTHING).violations == [], (path, size)
            assert page.evaluate("eyes.tooWide()") == [], (path, size)

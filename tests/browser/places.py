"""Every page, in the states that it can be in. Accessibility is checked and pictures are taken of each; a new one joins
by a line in `PLACES`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Page, expect

from tests.browser import (
    localgovcamp,
    places_at_the_door,
    places_in_two_languages,
    places_of_connections,
    places_of_lenses,
    places_of_results,
    places_of_the_board,
    places_of_the_desk,
    places_of_the_scope,
)
from tests.browser.people import Phone
from tests.browser.places_of_connections import cut_off
from tests.browser.scene import Scene, spend
from tests.browser.views import Device

TOO_LONG = "A sentence that goes on and on, as sentences do. " * 3


class Place(NamedTuple):
    name: str
    device: Device
    arrive: Callable[[Scene], Page]


# A phone: respond -----------------------------------------------------------------------------------------------------


def _writing(scene: Scene) -> Page:
    """One's own response among the others', and another one begun."""
    phone = scene.returns("gather")
    phone.page.locator(".side[data-side=no]").click()
    phone.page.get_by_label("Your response", exact=True).fill("Anything that only counts what is easy to count")
    return phone.page


def _added(scene: Scene) -> Page:
    phone = scene.people.phone(scene.fresh("gather").facilitator)
    phone.is_live()
    phone.writes("A review that other councils can read")
    expect(phone.said).to_have_text("Added. You can edit or remove it until voting starts.")
    return phone.page


def _too_long(scene: Scene) -> Page:
    phone = scene.joins("gather")
    phone.writes(TOO_LONG)
    expect(phone.alarm).not_to_be_empty()
    return phone.page


def _new_responses(scene: Scene) -> Page:
    workshop = scene.fresh("gather")
    phone = scene.people.phone(workshop.facilitator)
    phone.is_live()
    for text in ("Reports in plain English", "Time to talk", "Lunch"):
        workshop.phones[0].writes(text)
    expect(phone.page.get_by_role("button", name="3 new responses – show")).to_be_visible()
    return phone.page


def _response_problem(scene: Scene) -> Page:
    phone = scene.joins("gather", scripts=False)
    phone.writes(TOO_LONG, "no")
    expect(phone.page.locator("#problem")).to_be_visible()
    return phone.page


def _editing(scene: Scene) -> Page:
    page = scene.returns("gather").page
    page.get_by_role("link", name="Edit").first.click()
    expect(page.get_by_role("button", name="Save")).to_be_visible()
    return page


def _editing_problem(scene: Scene) -> Page:
    page = _editing(scene)
    page.get_by_label("Your response", exact=True).fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#problem")).to_be_visible()
    return page


# A phone: vote --------------------------------------------------------------------------------------------------------


def _voting(scene: Scene, *responses: int) -> Phone:
    """Somebody who has put dots on these responses of a workshop that goes on."""
    person = scene.workshops.at("vote").facilitator.phone()
    spend(person, list(responses))
    phone = scene.people.phone_of(person)
    phone.is_live()
    return phone


def _vote_some(scene: Scene) -> Page:
    phone = _voting(scene, 1, 1)
    phone.page.locator("#stage .card").nth(1).get_by_role("button", name="Add dot").click()
    phone.has_saved(3)
    return phone.page


def _vote_one_too_many(scene: Scene) -> Page:
    phone = _voting(scene, 1, 1, 1, 2, 3, 14, 15, 15)
    phone.asks_for_one_too_many(1)
    expect(phone.said).to_have_text("You've used all 8 dots. Remove one to move it.")
    return phone.page


def _vote_finished(scene: Scene) -> Page:
    phone = _voting(scene, 1, 1, 1, 2, 3, 14)
    phone.finishes()
    expect(phone.page.get_by_role("button", name="Change my dots")).to_be_visible()
    return phone.page


def _vote_generous(scene: Scene) -> Page:
    person = scene.workshops.at("vote", "generous").facilitator.phone()
    spend(person, [1] * 12 + [2] * 3)
    phone = scene.people.phone_of(person)
    phone.is_live()
    return phone.page


def _vote_found(scene: Scene) -> Page:
    page = scene.joins("vote", "many").page
    page.get_by_label("Find a response").fill("library")
    page.get_by_role("button", name="NO", exact=True).click()
    expect(page.locator("#none-found")).to_be_visible()
    return page


def _vote_all_back(scene: Scene) -> Page:
    phone = _voting(scene, 1, 2, 3)
    phone.page.get_by_role("button", name="Take all my dots back").click()
    expect(phone.page.get_by_role("dialog")).to_be_visible()
    return phone.page


def _vote_all_back_asked(scene: Scene) -> Page:
    """By a page, where no script asks."""
    phone = scene.joins("vote", scripts=False)
    phone.adds(1, 2)
    phone.page.get_by_role("button", name="Take all my dots back").click()
    expect(phone.page.get_by_role("button", name="Take them back")).to_be_visible()
    return phone.page


def _vote_cut_off(scene: Scene) -> Page:
    phone = scene.joins("vote")
    cut_off(phone.page)
    phone.page.reload()
    phone.adds(1, 2)
    expect(phone.saved).to_have_text("Not connected. We'll send your dots when you're back.")
    return phone.page


def _vote_problem(scene: Scene) -> Page:
    phone = scene.joins("vote", scripts=False)
    phone.adds(1, 8)
    phone.asks_for_one_too_many(1)
    expect(phone.page.locator("#problem")).to_be_visible()
    return phone.page


# A phone: the end -----------------------------------------------------------------------------------------------------


def _ended(scene: Scene) -> Page:
    """The server says that the workshop is gone."""
    phone = scene.joins("draft")
    end(phone.page)
    phone.page.reload()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("This workshop has ended.")
    return phone.page


def end(page: Page) -> None:
    """Whatever a script asks, the workshop is gone."""
    body = json.dumps({"ok": False, "error": {"code": "no_such_workshop", "message": "This workshop has ended."}})
    page.route_web_socket("**", lambda socket: socket.close())
    page.route("**/socket.io/**", lambda route: route.abort())
    page.route("**/state?**", lambda route: route.fulfill(status=404, content_type="application/json", body=body))


def _expired(scene: Scene) -> Page:
    phone = scene.joins("gather", scripts=False)
    phone.page.locator("#add [name=csrf_token]").evaluate("(field) => { field.value = 'of yesterday'; }")
    phone.writes("Written on a page of yesterday")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Send it again")
    return phone.page


# The organiser, the facilitator ---------------------------------------------------------------------------------------


def _two_prompts(scene: Scene) -> Page:
    page = scene.organises("/workshops/new/blank")
    page.get_by_role("textbox", name="Title").fill(localgovcamp.TITLE)
    page.get_by_label("One prompt for YES and one for NO").check()
    page.get_by_role("textbox", name="YES prompt").fill(localgovcamp.PROMPTS["yes"])
    return page


def _new_workshop_problem(scene: Scene) -> Page:
    page = _two_prompts(scene)
    page.get_by_label("Dots each").fill("200")
    page.get_by_role("textbox", name="NO prompt").fill(localgovcamp.PROMPTS["no"])
    page.get_by_role("button", name="Open the workshop").click()
    expect(page.locator("#problem")).to_be_visible()
    return page


def _withdrawn(scene: Scene) -> Page:
    page = scene.runs(scene.fresh("vote"))
    page.get_by_role("button", name="Withdraw R2").last.click()
    expect(page.get_by_role("button", name="Restore")).to_be_visible()
    return page


def _console_problem(scene: Scene) -> Page:
    """Somebody else was first."""
    workshop = scene.fresh("gather")
    page = scene.runs(workshop, scripts=False)
    workshop.facilitator.goes_to("vote")
    page.get_by_role("button", name="Start voting").click()
    expect(page.locator("#problem")).to_be_visible()
    return page


def _few_ballots(scene: Scene) -> Page:
    page = scene.reads_results("discuss")
    page.locator("a[href$='ballots.json']").click()
    expect(page.get_by_role("button", name="Download the ballots anyway")).to_be_visible()
    return page


# The board ------------------------------------------------------------------------------------------------------------


def _board_qr(scene: Scene) -> Page:
    page = scene.projects("vote")
    page.keyboard.press("q")
    expect(page.get_by_role("dialog")).to_be_visible()
    return page


def _board_blank(scene: Scene) -> Page:
    page = scene.projects("vote")
    page.keyboard.press(".")
    expect(page.locator("#blank")).to_be_visible()
    return page


def _board_last_page(scene: Scene) -> Page:
    page = scene.projects("vote", "many")
    page.keyboard.press("PageDown")
    return page


# The table ------------------------------------------------------------------------------------------------------------

PLACES = [
    Place("join", "phone", lambda scene: scene.goes("/")),
    Place("join-wrong-code", "phone", lambda scene: scene.goes("/j?code=K7+4M+2P")),
    Place("join-by-qr", "phone", lambda scene: scene.goes(f"/j/{scene.workshops.at('draft').code}")),
    Place("waiting", "phone", lambda scene: scene.joins("draft").page),
    Place("respond-first", "phone", lambda scene: scene.joins("gather", "empty").page),
    Place("respond", "phone", _writing),
    Place("respond-added", "phone", _added),
    Place("respond-too-long", "phone", _too_long),
    Place("respond-new-ones", "phone", _new_responses),
    Place("respond-problem", "phone", _response_problem),
    Place("respond-many", "phone", lambda scene: scene.joins("gather", "many").page),
    Place("edit", "phone", _editing),
    Place("edit-problem", "phone", _editing_problem),
    Place("vote", "phone", lambda scene: scene.joins("vote").page),
    Place("vote-some", "phone", _vote_some),
    Place("vote-one-too-many", "phone", _vote_one_too_many),
    Place("vote-finished", "phone", _vote_finished),
    Place("vote-many", "phone", lambda scene: scene.joins("vote", "many").page),
    Place("vote-found-none", "phone", _vote_found),
    Place("vote-generous", "phone", _vote_generous),
    Place("vote-live", "phone", lambda scene: scene.joins("vote", "live").page),
    Place("vote-all-back", "phone", _vote_all_back),
    Place("vote-all-back-asked", "phone", _vote_all_back_asked),
    Place("vote-cut-off", "phone", _vote_cut_off),
    Place("vote-problem", "phone", _vote_problem),
    Place("voting-closed", "phone", lambda scene: scene.returns("reveal").page),
    Place("phone-results", "phone", lambda scene: scene.returns("discuss").page),
    Place("phone-results-crowd", "phone", lambda scene: scene.returns("discuss", "crowd").page),
    Place("exercise-closed", "phone", lambda scene: scene.returns("closed").page),
    Place("ended", "phone", _ended),
    Place("expired", "phone", _expired),
    Place("not-found", "phone", lambda scene: scene.goes("/nowhere")),
    Place("not-allowed", "phone", lambda scene: scene.goes(f"/w/{scene.workshops.at('vote').code}/console")),
    Place("accessibility", "desk", lambda scene: scene.goes("/accessibility")),
    Place("data", "desk", lambda scene: scene.goes("/data")),
    Place("workshops", "desk", lambda scene: scene.organises("/workshops")),
    Place("new-workshop", "desk", lambda scene: scene.organises("/workshops/new")),
    Place("new-workshop-file", "desk", lambda scene: scene.organises("/workshops/file")),
    Place("new-workshop-template", "desk", lambda scene: scene.organises("/workshops/new/hopes-and-fears")),
    Place("new-workshop-two-prompts", "desk", _two_prompts),
    Place("new-workshop-problem", "desk", _new_workshop_problem),
    Place("console-draft", "desk", lambda scene: scene.facilitates("draft")),
    Place("console-gather", "desk", lambda scene: scene.facilitates("gather")),
    Place("console-vote", "desk", lambda scene: scene.facilitates("vote")),
    Place("console-withdrawn", "desk", _withdrawn),
    Place("console-reveal", "desk", lambda scene: scene.facilitates("reveal")),
    Place("console-discuss", "desk", lambda scene: scene.facilitates("discuss")),
    Place("console-closed", "desk", lambda scene: scene.facilitates("closed")),
    Place("console-many", "desk", lambda scene: scene.facilitates("vote", "many")),
    Place("console-problem", "desk", _console_problem),
    Place("results-too-early", "desk", lambda scene: scene.reads_results("gather")),
    Place("results-while-voting", "desk", lambda scene: scene.reads_results("vote")),
    Place("results-provisional", "desk", lambda scene: scene.reads_results("vote", query="?before_reveal=yes")),
    Place("results", "desk", lambda scene: scene.reads_results("discuss")),
    Place("results-crowd", "desk", lambda scene: scene.reads_results("discuss", "crowd")),
    Place("results-many", "desk", lambda scene: scene.reads_results("closed", "many")),
    Place("results-few-ballots", "desk", _few_ballots),
    Place("board-lobby", "board", lambda scene: scene.projects("draft")),
    Place("board-gather-empty", "board", lambda scene: scene.projects("gather", "empty")),
    Place("board-gather", "board", lambda scene: scene.projects("gather")),
    Place("board-vote", "board", lambda scene: scene.projects("vote")),
    Place("board-vote-many", "board", lambda scene: scene.projects("vote", "many")),
    Place("board-vote-page-two", "board", _board_last_page),
    Place("board-vote-live", "board", lambda scene: scene.projects("vote", "live")),
    Place("board-vote-crowd", "board", lambda scene: scene.projects("vote", "crowd")),
    Place("board-closed", "board", lambda scene: scene.projects("reveal")),
    Place("board-results", "board", lambda scene: scene.projects("discuss")),
    Place("board-results-crowd", "board", lambda scene: scene.projects("discuss", "crowd")),
    Place("board-results-many", "board", lambda scene: scene.projects("closed", "many")),
    Place("board-qr", "board", _board_qr),
    Place("board-blank", "board", _board_blank),
    *(Place(name, "phone", arrive) for name, arrive in places_at_the_door.PHONES.items()),
    *(Place(name, "desk", arrive) for name, arrive in places_at_the_door.DESKS.items()),
    *(Place(name, "phone", arrive) for name, arrive in places_of_lenses.PHONES.items()),
    *(Place(name, "desk", arrive) for name, arrive in places_of_lenses.DESKS.items()),
    *(Place(name, "phone", arrive) for name, arrive in places_of_the_desk.PHONES.items()),
    *(Place(name, "desk", arrive) for name, arrive in places_of_the_desk.DESKS.items()),
    *(Place(name, "board", arrive) for name, arrive in places_of_the_desk.BOARDS.items()),
    *(Place(name, "board", arrive) for name, arrive in places_of_the_board.BOARDS.items()),
    *(Place(name, "desk", arrive) for name, arrive in places_of_results.DESKS.items()),
    *(Place(name, "desk", arrive) for name, arrive in places_of_the_scope.DESKS.items()),
    *(Place(name, "phone", arrive) for name, arrive in places_in_two_languages.PHONES.items()),
    *(Place(name, "desk", arrive) for name, arrive in places_in_two_languages.DESKS.items()),
    *(Place(name, "board", arrive) for name, arrive in places_in_two_languages.BOARDS.items()),
    *(Place(name, "phone", arrive) for name, arrive in places_of_connections.PHONES.items()),
    *(Place(name, "desk", arrive) for name, arrive in places_of_connections.DESKS.items()),
    *(Place(name, "board", arrive) for name, arrive in places_of_connections.BOARDS.items()),
]

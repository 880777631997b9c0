"""The people page: numbers and never who, the doors and the lobby, slips, names and return links."""

from __future__ import annotations

import io
import re
from urllib.parse import urlsplit

import pytest
from flask import Flask
from pypdf import PdfReader

from tests.pages.people import JSON, Browser, Facilitator, Phone


@pytest.fixture
def people(facilitator: Facilitator) -> Facilitator:
    facilitator.get(f"/w/{facilitator.code}/people")
    assert facilitator.status == 200
    return facilitator


def look(facilitator: Facilitator) -> str:
    facilitator.get(f"/w/{facilitator.code}/people")
    return facilitator.page.text


def arrives(facilitator: Facilitator) -> Phone:
    """Somebody presses Join, whatever becomes of it."""
    phone = Phone(facilitator.app, facilitator.code)
    phone.presses("Join")
    return phone


def caps(facilitator: Facilitator, capacity: int) -> None:
    look(facilitator)
    facilitator.presses("Save how people get in", door="capped", capacity=str(capacity))
    assert facilitator.status == 200


def waits(phone: Phone) -> bool:
    phone.get(phone.home)
    return "The room is full" in phone.page.text


# Who is here ----------------------------------------------------------------------------------------------------------


def test_how_many_have_finished_and_not_started_is_told_and_not_who(
    people: Facilitator, ada: Phone, ben: Phone
) -> None:
    people.goes_to("gather")
    ada.writes("Trees")
    assert "Not started" not in look(people)
    people.goes_to("vote")
    ben.moves(ben.move(1, 0, 1))
    ben.asks(f"{ben.home}/1/finished", {"finished": "yes"})
    text = look(people)
    for words in ("Joined 2", "Not started 1", "1 of 2 people have finished."):
        assert words in text
    rows = re.findall(r"<tr>.*?</tr>", people.shown.partition('class="ballots"')[2], re.DOTALL)[1:]
    bare = [re.sub(r'csrf_token" value="[^"]+"', "", row) for row in rows]
    assert len(bare) == 2
    assert re.sub(r"\b1\b", "2", bare[0]) == bare[1]
    people.get(f"/w/{people.code}/console")
    assert "Not started 1" in people.page.text


def test_everybody_finds_the_number_of_their_ballot(ada: Phone, ben: Phone) -> None:
    assert "Ballot 1" in ada.page.text
    assert "Ballot 2" in ben.page.text


# The lobby ------------------------------------------------------------------------------------------------------------


def test_whoever_comes_to_a_full_room_waits_and_goes_on_when_let_in(people: Facilitator) -> None:
    caps(people, 1)
    ada, ben, grace = (arrives(people) for _ in range(3))
    assert [waits(each) for each in (ada, ben, grace)] == [False, True, True]
    assert "refresh" not in ben.shown
    people.get(f"/w/{people.code}/console")
    assert "2 wait in the lobby" in people.page.text
    people.presses("Let 1 in")
    assert (people.path, "1 person is let in." in people.page.text) == (f"/w/{people.code}/console", True)
    assert [waits(each) for each in (ada, ben, grace)] == [False, False, True]
    assert "In the lobby 1" in look(people)
    people.presses("Let in ballot 3")
    assert not waits(grace)
    assert "lobby" not in look(people).partition("How people get in")[0]


def test_whoever_waits_can_do_nothing_else(people: Facilitator) -> None:
    caps(people, 1)
    ada, ben = arrives(people), arrives(people)
    people.goes_to("gather")
    ada.writes("Trees")
    people.goes_to("vote")
    asks = (
        ben.asks(f"{ben.home}/1/responses", {"side": "yes", "text": "Benches", "op": "x"}),
        ben.moves(ben.move(1, 0, 1)),
        ben.asks(f"{ben.home}/1/finished", {"finished": "yes"}),
        ben.asks(f"{ben.home}/return"),
        ben.get(f"{ben.home}/state", headers=JSON),
        ben.get(f"{ben.home}/join.svg", headers=JSON),
    )
    for answer in asks:
        assert (answer.status_code, answer.get_json()["error"]["code"]) == (403, "waiting")
    assert "Joined 1" in look(people)
    # Pressing Join again neither gets one in nor makes somebody else.
    ben.post(f"/j/{ben.code}")
    assert waits(ben)
    assert "In the lobby 1" in look(people)


def test_of_two_facilitators_who_let_the_last_one_in_the_second_is_told(people: Facilitator) -> None:
    caps(people, 1)
    arrives(people), arrives(people)
    look(people)
    other = Browser(people.app)
    other.get(people.links["facilitator"])
    people.presses("Let all in")
    other.presses("Let 1 in")
    assert (other.status, "Nobody is waiting there any more." in other.page.text) == (409, True)


def test_opening_the_door_lets_everybody_in_and_can_be_undone(people: Facilitator) -> None:
    caps(people, 1)
    phones = [arrives(people) for _ in range(3)]
    look(people)
    people.presses("Save how people get in", door="open")
    assert not any(waits(each) for each in phones)
    people.presses("Undo")
    assert [waits(each) for each in phones] == [False, True, True]


@pytest.mark.parametrize("typed", ["", "0", "-1", "many", "1.5", "１", "99999999999"])
def test_a_number_of_seats_that_cannot_be_is_said_and_stays(people: Facilitator, typed: str) -> None:
    people.presses("Save how people get in", door="capped", capacity=typed)
    assert (people.status, "Say how many may join" in people.page.problem) == (422, True)
    form = people.page.form("Save how people get in")
    assert (form.fields["door"], form.fields["capacity"]) == ("capped", typed)


def test_each_door_says_what_it_does_not_promise(people: Facilitator) -> None:
    for words in ("never claims one person one vote", "doesn't promise", "as much as you do when you hand them out"):
        assert words in people.page.text


# Slips ----------------------------------------------------------------------------------------------------------------


def printed(facilitator: Facilitator) -> dict[int, str]:
    """The path of each slip that is printed, by its number."""
    facilitator.get(f"/w/{facilitator.code}/people/slips")
    slips = re.findall(r"Slip (\d+)</p>.*?class=\"address\">([^<]+)<", facilitator.shown, re.DOTALL)
    return {int(number): urlsplit(address).path for number, address in slips}


def makes_slips(facilitator: Facilitator, count: int) -> dict[int, str]:
    look(facilitator)
    facilitator.presses("Make slips", slips=str(count))
    assert facilitator.status == 200, facilitator.page.problem
    return printed(facilitator)


def test_slips_are_made_printed_used_and_made_void(people: Facilitator) -> None:
    slips = makes_slips(people, 3)
    assert list(slips) == [1, 2, 3]
    look(people)
    people.presses("Save how people get in", door="slips")
    phone = Browser(people.app)
    phone.get(slips[1])
    assert "Slip 1 lets one phone in, once." in phone.page.text
    phone.presses("Join")
    assert (phone.status, phone.path) == (200, f"/w/{people.code}")
    # The same phone goes on, and another is told.
    phone.get(slips[1])
    assert phone.path == f"/w/{people.code}"
    other = Browser(people.app)
    other.get(slips[1])
    assert (other.status, "This slip has been used." in other.page.text) == (409, True)
    look(people)
    people.presses("Make it void", slip="2")
    assert "Slip 2 lets nobody in any more." in people.page.text
    assert "3 made: 1 used, 1 void, 1 still let somebody in." in people.page.text
    other.get(slips[2])
    assert (other.status, "This slip no longer works." in other.page.text) == (409, True)
    assert printed(people) == {3: slips[3]}


def test_looking_at_a_slip_uses_nothing_up(people: Facilitator) -> None:
    (path,) = makes_slips(people, 1).values()
    for _ in range(3):
        Browser(people.app).get(path)
    assert "Joined 0" in look(people)
    phone = Browser(people.app)
    phone.get(path)
    phone.presses("Join")
    assert phone.path == f"/w/{people.code}"
    assert "Joined 1" in look(people)


def test_where_slips_are_asked_for_the_code_alone_lets_nobody_in(people: Facilitator, ada: Phone) -> None:
    people.presses("Save how people get in", door="slips")
    stranger = Phone(people.app, people.code)
    assert "This workshop is joined with a slip." in stranger.page.text
    assert not any("Join" in form.buttons for form in stranger.page.forms)
    answer = stranger.asks(f"/j/{people.code}")
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (403, "needs_slip")
    # Whoever has joined already stays.
    assert ada.get(ada.home).status_code == 200


def test_the_slips_that_are_left_come_as_pdf(people: Facilitator) -> None:
    slips = makes_slips(people, 9)
    people.asks(f"/w/{people.code}/people/slips/void", {"slip": "2"})
    people.get(f"/w/{people.code}/people/slips")
    (path,) = [link for link in people.page.links if link.endswith("/slips.pdf")]
    answer = people.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    pages = PdfReader(io.BytesIO(answer.data)).pages
    words = "".join(re.sub(r"\s|\u200b", "", page.extract_text()) for page in pages)
    assert len(pages) == 1
    assert [number for number, slip in slips.items() if slip in words] == [1, 3, 4, 5, 6, 7, 8, 9]
    later = PdfReader(io.BytesIO(people.get(f"{path}?from=9").data)).pages[0].extract_text()
    assert "Seat 9" in later
    assert "Seat 8" not in later


def test_there_is_nothing_to_print_before_slips_are_made(people: Facilitator) -> None:
    answer = people.get(f"/w/{people.code}/people/slips", headers=JSON)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (404, "no_slips")


def test_so_many_slips_and_no_more_are_made_at_once(people: Facilitator) -> None:
    for typed in ("0", "201", "some", ""):
        people.presses("Make slips", slips=typed)
        assert (people.status, "Make 1 to 200 slips at a time." in people.page.problem) == (422, True)
        assert people.page.form("Make slips").fields["slips"] == typed


# Names ----------------------------------------------------------------------------------------------------------------


def test_names_are_asked_for_only_where_the_facilitator_wants_them(people: Facilitator, ada: Phone) -> None:
    stranger = Phone(people.app, people.code)
    assert "name" not in stranger.page.form("Join").fields
    people.presses("Ask for a name, optionally")
    grace, silent = Phone(people.app, people.code), Phone(people.app, people.code)
    grace.presses("Join", name="Grace Hopper")
    silent.presses("Join")
    assert "Grace Hopper" in look(people)
    grace.presses("Save name", name="G. Hopper")
    assert "Your name is noted." in grace.page.text
    text = look(people)
    assert "G. Hopper" in text
    assert "Grace" not in text
    people.presses("Don't ask for names")
    assert "Hopper" not in look(people)


def test_a_name_is_nowhere_but_on_the_people_page(people: Facilitator) -> None:
    people.presses("Ask for a name, optionally")
    grace = Phone(people.app, people.code)
    grace.presses("Join", name="Grace Hopper")
    people.goes_to("gather")
    grace.writes("Trees")
    people.goes_to("vote")
    grace.moves(grace.move(1, 0, 1))
    ben = arrives(people)
    people.goes_to("discuss")
    base = f"/w/{people.code}"
    for page in ("console", "board", "results", "1/results.csv", "1/results.json", "history", "links"):
        assert "Hopper" not in people.get(f"{base}/{page}").text, page
    assert "Hopper" not in ben.get(ben.home).text
    assert "Hopper" not in ben.get(f"{ben.home}/state", headers=JSON).text
    assert "Hopper" in grace.get(grace.home).text


def test_a_name_that_is_too_long_is_said_and_stays(people: Facilitator) -> None:
    people.presses("Ask for a name, optionally")
    phone = Phone(people.app, people.code)
    phone.presses("Join", name="x" * 41)
    assert (phone.status, "40 characters at the most" in phone.page.problem) == (422, True)
    assert phone.page.form("Join").fields["name"] == "x" * 41
    phone.presses("Join", name="x" * 40)
    assert phone.path == phone.home
    phone.presses("Save name", name="y" * 41)
    assert (phone.status, "y" * 41 in phone.page.text) == (422, True)


# Another phone --------------------------------------------------------------------------------------------------------


@pytest.fixture
def voting(people: Facilitator, ada: Phone) -> Facilitator:
    """Ada has written a response and placed two dots."""
    people.goes_to("gather")
    ada.writes("Trees")
    people.goes_to("vote")
    ada.moves(ada.move(1, 0, 1), ada.move(2, 0, 1))
    return people


def shown_link(browser: Browser) -> str:
    (address,) = re.findall(r'href="(http://localhost/t/[\w-]+)"', browser.shown)
    return str(urlsplit(address).path)


def new_phone(app: Flask, path: str) -> Browser:
    browser = Browser(app)
    browser.get(path)
    return browser


def test_a_ballot_moves_to_another_phone_and_the_one_that_had_it_says_so(voting: Facilitator, ada: Phone) -> None:
    ada.get(ada.home)
    ada.presses("Use another phone")
    assert (ada.status, "Ballot 1 moves with all its dots and responses" in ada.page.text) == (200, True)
    other = new_phone(voting.app, shown_link(ada))
    assert "Ballot 1 moves to this phone" in other.page.text
    # Looking moved nothing.
    assert ada.get(ada.home).status_code == 200
    other.presses("Go on with this phone")
    assert (other.status, other.path) == (200, ada.home)
    assert "6 of 8 dots left" in other.page.title
    assert "Ballot 1" in other.page.text
    ada.get(ada.home)
    assert (ada.status, "Your ballot is on another phone now." in ada.page.text) == (403, True)
    answer = ada.moves(ada.move(3, 0, 1))
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (403, "moved")
    # The way on leads to where one joins anew.
    assert f"/j/{ada.code}" in ada.page.links
    ada.get(f"/j/{ada.code}")
    ada.presses("Join")
    assert "8 of 8 dots left" in ada.page.title
    assert "Ballot 2" in ada.page.text


def test_the_facilitator_gives_a_return_link_to_whom_has_lost_their_phone(voting: Facilitator, ada: Phone) -> None:
    look(voting)
    voting.presses("Return link for ballot 1")
    assert "within 15 minutes" in voting.page.text
    other = new_phone(voting.app, shown_link(voting))
    other.presses("Go on with this phone")
    assert "6 of 8 dots left" in other.page.title
    voting.get(f"/w/{voting.code}/history")
    assert "Facilitator made a return link for ballot 1" in voting.page.text


def test_of_two_phones_that_open_one_link_the_second_is_told(voting: Facilitator, ada: Phone) -> None:
    ada.presses("Use another phone")
    path = shown_link(ada)
    first, second = new_phone(voting.app, path), new_phone(voting.app, path)
    first.presses("Go on with this phone")
    second.presses("Go on with this phone")
    assert (second.status, "This link has been used" in second.page.text) == (409, True)
    # The phone that won may press again, or open the link again.
    first.post(path)
    first.get(path)
    assert (first.status, first.path) == (200, ada.home)
    second.get(path)
    assert second.status == 409


def test_a_link_in_json_says_how_long_it_is_good(voting: Facilitator, ada: Phone) -> None:
    answer = ada.asks(f"{ada.home}/return").get_json()
    assert (answer["ok"], answer["minutes"], "/t/" in answer["link"]) == (True, 15, True)
    answer = voting.asks(f"/w/{voting.code}/people/1/return").get_json()
    assert (answer["minutes"], "/t/" in answer["link"], "undo" in answer) == (15, True, True)
    answer = voting.asks(f"/w/{voting.code}/people/99/return")
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (404, "no_such_ballot")
    assert voting.get("/t/" + "x" * 43).status_code == 404


def test_a_phone_that_holds_a_ballot_is_told_that_it_stays_behind(voting: Facilitator, ada: Phone, ben: Phone) -> None:
    ada.presses("Use another phone")
    ben.get(shown_link(ada))
    assert "This phone holds ballot 2. It stays behind" in ben.page.text
    ben.presses("Go on with this phone")
    assert "6 of 8 dots left" in ben.page.title


def test_a_link_can_be_used_by_the_phone_that_made_it(voting: Facilitator, ada: Phone) -> None:
    ada.presses("Use another phone")
    ada.get(shown_link(ada))
    assert "stays behind" not in ada.page.text
    ada.presses("Go on with this phone")
    assert (ada.path, "6 of 8 dots left" in ada.page.title) == (ada.home, True)

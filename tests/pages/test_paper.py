"""The page on which paper ballots are entered: by hand, without JavaScript, and with what was typed kept."""

from __future__ import annotations

import csv
import io
import re

import pytest

from tests.pages.people import JSON, Browser, Facilitator, Phone


@pytest.fixture
def voting(facilitator: Facilitator, ada: Phone) -> Facilitator:
    """Three responses, eight dots each; Ada has placed one. The facilitator is at the page for paper ballots."""
    facilitator.goes_to("gather")
    for text, side in (("Trees", "yes"), ("Benches <b>", "yes"), ("Cars", "no")):
        ada.writes(text, side)
    facilitator.goes_to("vote")
    ada.moves(ada.move(1, 0, 1))
    facilitator.get(home(facilitator))
    return facilitator


def home(facilitator: Facilitator) -> str:
    return f"/w/{facilitator.code}/1/paper"


def tally(facilitator: Facilitator) -> dict[str, int]:
    """Dots on each response, from the file of results."""
    rows = facilitator.http.get(f"/w/{facilitator.code}/1/results.csv", base_url=facilitator.base).text
    return {row["number"]: int(row["dots"]) for row in csv.DictReader(io.StringIO(rows[1:])) if row["number"]}


def value(facilitator: Facilitator, field: str) -> str:
    found: str = next(form.fields[field] for form in facilitator.page.forms if field in form.fields)
    return found


def test_the_console_leads_there_while_people_vote(voting: Facilitator) -> None:
    voting.get(f"/w/{voting.code}/console")
    assert home(voting) in voting.page.links
    voting.goes_to("reveal")
    voting.get(f"/w/{voting.code}/console")
    assert home(voting) not in voting.page.links


def test_only_whoever_runs_the_workshop_gets_there(voting: Facilitator, ada: Phone) -> None:
    board = Browser(voting.app)
    board.get(voting.links["board"])
    for somebody in (ada, board, Browser(voting.app)):
        somebody.get(home(voting))
        assert somebody.status == 403
        for path in ("", "/2", "/2/withdraw"):
            assert somebody.asks(home(voting) + path, {"r1": "1", "op": "a"}).status_code == 403


def test_the_responses_are_in_the_order_of_the_printed_sheet(voting: Facilitator) -> None:
    assert re.findall(r'<input id="(r\d+)"', voting.page.html) == ["r1", "r2", "r3"]
    assert "Benches &lt;b&gt;" in voting.page.html
    assert "0 of 8 dots" in voting.page.text


def test_a_ballot_is_entered_by_pressing_a_button(voting: Facilitator) -> None:
    voting.presses("Enter this ballot", r1="5", r3=" 3 ")
    assert (voting.status, voting.path) == (200, home(voting))
    assert "Ballot 2 is entered. Write this number on the sheet." in voting.page.text
    assert "Ballot 2 (paper)" in voting.page.text
    assert "8 of 8 dots" in voting.page.text
    assert tally(voting) == {"R1": 6, "R2": 0, "R3": 3}
    voting.presses("Undo")
    assert tally(voting) == {"R1": 1, "R2": 0, "R3": 0}


def test_a_form_that_is_sent_twice_enters_one_ballot(voting: Facilitator) -> None:
    op = value(voting, "op")
    for undoes in (True, False):
        answer = voting.asks(home(voting), {"r1": "5", "op": op})
        told = answer.get_json()
        assert (answer.status_code, told["ballot"], "undo" in told) == (200, 2, undoes)
    assert tally(voting)["R1"] == 6


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"r1": "8", "r2": "3"}, "11 dots are on this ballot. Everybody has 8."),
        ({"r1": "two"}, "Beside R1, write a number of dots such as 2, or nothing."),
        ({"r2": "-1"}, "Beside R2, write a number of dots such as 2, or nothing."),
        ({"r2": "²"}, "Beside R2, write a number of dots such as 2, or nothing."),
        ({"r1": " "}, "There are no dots on this ballot."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    voting: Facilitator, typed: dict[str, str], sentence: str
) -> None:
    op = value(voting, "op")
    voting.presses("Enter this ballot", **typed)
    assert (voting.status, sentence in voting.page.problem) == (422, True)
    assert {field: value(voting, field) for field in typed} == typed
    assert value(voting, "op") == op
    assert tally(voting)["R1"] == 1


def test_when_voting_has_closed_meanwhile_what_was_typed_is_kept(voting: Facilitator) -> None:
    voting.asks(f"/w/{voting.code}/1/phase", {"from": "vote", "to": "reveal"})
    voting.presses("Enter this ballot", r1="5")
    assert voting.status == 409
    assert "Voting has closed. Open it again to enter a paper ballot." in voting.page.problem
    assert value(voting, "r1") == "5"
    voting.asks(f"/w/{voting.code}/1/phase", {"from": "reveal", "to": "vote"})
    voting.presses("Enter this ballot")
    assert tally(voting)["R1"] == 6


def test_a_ballot_is_changed_and_withdrawn(voting: Facilitator) -> None:
    voting.presses("Enter this ballot", r1="5", r3="3")
    voting.get(f"{home(voting)}/2")
    assert (value(voting, "r1"), value(voting, "r2"), value(voting, "r3")) == ("5", "", "3")
    voting.presses("Change ballot 2", r1="9")
    assert (voting.status, value(voting, "r1"), value(voting, "r3")) == (422, "9", "3")
    voting.presses("Change ballot 2", r1="4", r2="1")
    assert "Ballot 2 is changed." in voting.page.text
    assert tally(voting) == {"R1": 5, "R2": 1, "R3": 3}
    voting.presses("Withdraw")
    assert "Ballot 2 is withdrawn." in voting.page.text
    assert "None yet." in voting.page.text
    assert tally(voting) == {"R1": 1, "R2": 0, "R3": 0}


def test_two_who_correct_a_ballot_at_once_are_told(voting: Facilitator) -> None:
    voting.presses("Enter this ballot", r1="5")
    voting.get(f"{home(voting)}/2")
    other = Browser(voting.app)
    other.get(voting.links["facilitator"])
    other.get(f"{home(voting)}/2")
    other.presses("Change ballot 2", r1="6")
    voting.presses("Change ballot 2", r1="7")
    assert (voting.status, value(voting, "r1")) == (409, "7")
    assert "Somebody else has changed ballot 2 meanwhile." in voting.page.problem
    assert tally(voting)["R1"] == 7


def test_after_the_close_nobody_looks_up_what_is_on_a_ballot(voting: Facilitator) -> None:
    voting.presses("Enter this ballot", r1="5")
    voting.goes_to("reveal")
    voting.get(f"{home(voting)}/2")
    assert voting.status == 409
    voting.get(home(voting))
    assert (voting.status, "Ballot 2 (paper)" in voting.page.text) == (200, True)
    assert not any("r1" in form.fields for form in voting.page.forms)


def test_phones_see_that_somebody_more_has_finished(voting: Facilitator, ada: Phone) -> None:
    voting.presses("Enter this ballot", r1="5")
    ada.get(ada.home)
    assert "1 of 2" in ada.page.text


def test_every_export_says_how_many_ballots_were_on_paper(voting: Facilitator) -> None:
    results = f"/w/{voting.code}/1/results"
    assert "on paper" not in voting.http.get(f"{results}.csv", base_url=voting.base).text
    voting.presses("Enter this ballot", r1="5")
    voting.goes_to("discuss")
    table = voting.http.get(f"{results}.csv", base_url=voting.base).text
    assert "1 of 2 ballots was on paper." in table.splitlines()[-1]
    told = voting.http.get(f"{results}.json", base_url=voting.base).json
    assert told is not None
    assert (told["people"], told["on_paper"], told["joined"]) == (2, 1, 2)
    assert "1 of 2 ballots was on paper." in told["notes"]
    voting.get(f"/w/{voting.code}/results")
    assert "1 of 2 ballots was on paper." in voting.page.text
    history = voting.http.get(f"/w/{voting.code}/history.json", base_url=voting.base)
    assert [each["sentence"] for each in history.get_json()["entries"]][2] == "Facilitator entered paper ballot 2"
    assert "changes" not in history.text


def test_an_answer_in_json_names_what_is_wrong(voting: Facilitator) -> None:
    for path, fields, status, code in (
        ("", {"r1": "9", "op": "a"}, 422, "too_many_dots"),
        ("", {"r1": "1"}, 400, "not_understood"),
        ("", {"r9": "1", "op": "a"}, 422, "no_such_response"),
        ("", {"r1": "1", "op": "a", "ballot": "7"}, 404, "no_such_ballot"),
        ("", {"r1": "1", "op": "a", "ballot": "x"}, 422, "no_such_ballot"),
        ("/1", {"r1": "1"}, 404, "no_such_ballot"),
        ("/99999999999999/withdraw", {}, 404, "no_such_ballot"),
    ):
        answer = voting.post(home(voting) + path, fields, headers=JSON)
        assert answer.json is not None
        assert (answer.status_code, answer.json["error"]["code"]) == (status, code)

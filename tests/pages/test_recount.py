"""The file of ballots over HTTP: for whoever may see the results, once voting has closed; and where its fingerprint is
shown.
"""

from __future__ import annotations

import hashlib
import io
import json

import pytest
from openpyxl import load_workbook

from tests.pages.people import JSON, Browser, Facilitator, Organiser, Phone

MEANING = "The fingerprint of this result."


@pytest.fixture
def voted(facilitator: Facilitator, ada: Phone, ben: Phone) -> Facilitator:
    """Two people have placed five dots. Voting is open."""
    facilitator.goes_to("gather")
    for text, side in (("Free park and ride", "yes"), ("A night market", "no"), ("Benches", "yes")):
        ada.writes(text, side)
    facilitator.goes_to("vote")
    ada.moves(ada.move(1, 0, 2), ada.move(2, 0, 2), ada.move(3, 0, 1))
    ben.moves(ben.move(1, 0, 2), ben.move(2, 0, 3))
    return facilitator


@pytest.fixture
def reader(facilitator: Facilitator) -> Browser:
    """Somebody who holds the results link."""
    reader = Browser(facilitator.app)
    reader.get(facilitator.links["results"])
    return reader


def ballots(code: str) -> str:
    return f"/w/{code}/1/ballots.json"


def fingerprint(browser: Browser, code: str) -> str:
    return hashlib.sha256(browser.get(ballots(code), query_string={"sure": "yes"}).data).hexdigest()


def shown(browser: Browser) -> str:
    """The page's words without spaces, as the groups of a fingerprint are copied."""
    return browser.page.text.replace(" ", "")


def test_whoever_may_see_the_results_may_take_the_ballots_away(voted: Facilitator, reader: Browser) -> None:
    voted.goes_to("discuss")
    answer = reader.get(ballots(voted.code), query_string={"sure": "yes"})
    assert (answer.status_code, answer.content_type) == (200, "application/json")
    assert answer.headers["Content-Disposition"].endswith('_town-centre_ex1-ballots.json"')
    assert answer.headers["Cache-Control"] == "no-store"
    assert sorted(map(sorted, map(dict.items, json.loads(answer.data)["ballots"]))) == [
        [("R1", 1), ("R2", 2)],
        [("R2", 1), ("R3", 1)],
    ]
    assert voted.get(ballots(voted.code), query_string={"sure": "yes"}).data == answer.data


def test_nobody_else_may(voted: Facilitator, ada: Phone, organiser: Organiser) -> None:
    voted.goes_to("discuss")
    board = Browser(voted.app)
    board.get(voted.links["board"])
    for somebody in (Browser(voted.app), ada, board, organiser.opens()):
        somebody.get(ballots(voted.code), query_string={"sure": "yes"})
        assert (somebody.status, "This page needs the results link." in somebody.page.text) == (403, True)


def test_few_ballots_are_given_to_whoever_has_read_what_they_may_tell(voted: Facilitator, reader: Browser) -> None:
    voted.goes_to("discuss")
    reader.get(f"/w/{voted.code}/1/results")
    assert reader.page.links[ballots(voted.code)].strip() == "Ballots: To check"
    reader.get(ballots(voted.code))
    assert (reader.status, reader.page.ids.count("main")) == (409, 1)
    assert "Fewer than ten people voted." in reader.page.text
    assert "The file holds 2 ballots." in reader.page.text
    answer = reader.presses("Download the ballots anyway")
    assert (answer.status_code, len(answer.get_json()["ballots"])) == (200, 2)


def test_the_workbook_with_ballots_is_asked_for_in_the_same_way(voted: Facilitator, reader: Browser) -> None:
    voted.goes_to("discuss")
    reader.get(ballots(voted.code).replace("json", "xlsx"))
    assert (reader.status, "The file holds 2 ballots." in reader.page.text) == (409, True)
    answer = reader.presses("Download the ballots anyway")
    assert answer.headers["Content-Disposition"].endswith('_town-centre_ex1-ballots.xlsx"')
    book = load_workbook(io.BytesIO(answer.data))
    assert book["Ballots"].max_row == 1 + 2


def test_a_program_is_told_that_there_are_few(voted: Facilitator, reader: Browser) -> None:
    voted.goes_to("discuss")
    for sure in ("", "no", "YES", "1"):
        answer = reader.get(ballots(voted.code), headers=JSON, query_string={"sure": sure})
        assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "few_voters")
    assert reader.get(ballots(voted.code), headers=JSON, query_string={"sure": "yes"}).status_code == 200


def test_ten_ballots_are_given_at_once(voted: Facilitator, reader: Browser) -> None:
    for _ in range(8):
        phone = voted.phone()
        phone.moves(phone.move(1, 0, 3))
    voted.goes_to("discuss")
    assert len(reader.get(ballots(voted.code)).get_json()["ballots"]) == 10


def test_before_the_reveal_and_without_a_vote_there_is_no_file(voted: Facilitator, reader: Browser) -> None:
    for phase, code, sentence in (
        ("vote", "voting_not_closed", "Ballots can be taken away once voting has closed."),
        ("reveal", "not_revealed", "Ballots can be taken away once the result has been revealed."),
        ("gather", "no_results", "There are no ballots: no vote was taken."),
    ):
        voted.goes_to(phase)
        for sure in ("", "yes"):
            answer = reader.get(ballots(voted.code), headers=JSON, query_string={"sure": sure})
            assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, code)
            reader.get(ballots(voted.code), query_string={"sure": sure})
            assert (reader.status, sentence in reader.page.text) == (409, True)
    assert reader.get(f"/w/{voted.code}/2/ballots.json").status_code == 404


def test_at_the_reveal_everybody_is_shown_the_fingerprint_and_nobody_before(
    voted: Facilitator, ada: Phone, reader: Browser
) -> None:
    board = Browser(voted.app)
    board.get(voted.links["board"])
    screens = {
        ada: f"/w/{voted.code}",
        board: f"/w/{voted.code}/board",
        voted: f"/w/{voted.code}/console",
        reader: f"/w/{voted.code}/results",
    }
    voted.goes_to("discuss")
    expected = fingerprint(reader, voted.code)
    voted.goes_to("reveal")
    for browser, path in screens.items():
        browser.get(path)
        assert (expected in shown(browser), "ingerprint" in browser.page.text) == (False, False), path
    voted.goes_to("discuss")
    for phase in ("discuss", "closed"):
        voted.goes_to(phase)
        for browser, path in screens.items():
            browser.get(path)
            assert expected in shown(browser), (phase, path)
    assert MEANING in ada.page.text
    assert MEANING in reader.page.text


def test_before_the_reveal_the_results_page_shows_it_to_whoever_asks_once_voting_has_closed(
    voted: Facilitator, reader: Browser
) -> None:
    reader.get(f"/w/{voted.code}/results", query_string={"before_reveal": "yes"})
    assert "ingerprint" not in reader.page.text
    assert ballots(voted.code) not in reader.page.links
    voted.goes_to("discuss")
    expected = fingerprint(reader, voted.code)
    voted.goes_to("reveal")
    reader.get(f"/w/{voted.code}/results", query_string={"before_reveal": "yes"})
    assert expected in shown(reader)
    assert ballots(voted.code) not in reader.page.links


# Shown by groups ------------------------------------------------------------------------------------------------------


def test_where_the_result_is_shown_by_groups_nobody_is_given_the_ballots(
    facilitator: Facilitator, ada: Phone, reader: Browser
) -> None:
    facilitator.goes_to("gather")
    ada.writes("Free park and ride", "yes")
    facilitator.asks(f"/w/{facilitator.code}/people/lenses", {"lenses": "Councillor\nOfficer"})
    facilitator.goes_to("vote")
    for place in range(12):
        phone = facilitator.phone()
        phone.asks(f"/w/{facilitator.code}/lens", {"lens": "Councillor" if place % 2 else "Officer"})
        phone.moves(phone.move(1, 0, 1))
    facilitator.goes_to("discuss")
    reader.get(f"/w/{facilitator.code}/1/results")
    assert "Groups side by side" in reader.page.text
    assert "ingerprint" in reader.page.text
    assert not [address for address in reader.page.links if "/ballots." in address]
    for form in ("json", "xlsx"):
        path = ballots(facilitator.code).replace("json", form)
        for browser in (reader, facilitator):
            answer = browser.get(path, headers=JSON, query_string={"sure": "yes"})
            assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "lenses_shown")
        reader.get(path)
        assert (reader.status, "This result is shown by groups of people" in reader.page.text) == (409, True)


def test_where_groups_are_asked_for_and_nobody_has_said_the_ballots_are_given(
    voted: Facilitator, reader: Browser
) -> None:
    voted.asks(f"/w/{voted.code}/people/lenses", {"lenses": "Councillor\nOfficer"})
    voted.goes_to("discuss")
    assert reader.get(ballots(voted.code), query_string={"sure": "yes"}).status_code == 200

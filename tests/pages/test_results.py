"""The results page and its downloads: whole after the close, only on request before, and the same bytes everywhere."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.cast import ALL_PHASES
from tests.pages.people import JSON, Browser, Facilitator, Organiser, Phone


@pytest.fixture
def voted(facilitator: Facilitator, ada: Phone, ben: Phone) -> Facilitator:
    """R2 has three dots from two people, R1 and R3 have one each. Voting is open."""
    facilitator.goes_to("gather")
    for text, side in (("Free park and ride", "yes"), ("=1+1 <b>&", "no"), ("Benches", "yes"), ("Cars", "no")):
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


def test_the_link_leads_to_a_clean_address(facilitator: Facilitator, reader: Browser) -> None:
    assert (reader.status, reader.path) == (200, f"/w/{facilitator.code}/results")


def test_without_the_link_there_are_no_results(voted: Facilitator, ada: Phone, organiser: Organiser) -> None:
    voted.goes_to("discuss")
    board = Browser(voted.app)
    board.get(voted.links["board"])
    for somebody in (Browser(voted.app), ada, board, organiser.opens()):
        for path in ("results", "1/results.csv", "1/results.json"):
            somebody.get(f"/w/{voted.code}/{path}")
            assert (somebody.status, "This page needs the results link." in somebody.page.text) == (403, True)
    voted.get(f"/w/{voted.code}/results")
    assert voted.status == 200


def test_between_the_close_and_the_reveal_nothing_is_shown_unless_asked_for(
    voted: Facilitator, reader: Browser
) -> None:
    voted.goes_to("reveal")
    reader.get(reader.path)
    assert "Voting has closed." in reader.page.text
    assert "used" not in reader.page.text
    reader.get(reader.path, query_string={"before_reveal": "yes"})
    assert "2 people used 5 of 16 dots." in reader.page.text
    assert "Provisional" not in reader.page.text


def test_after_the_reveal_the_page_ranks_all_and_each_column(voted: Facilitator, reader: Browser) -> None:
    voted.goes_to("discuss")
    reader.get(reader.path)
    assert "2 people used 5 of 16 dots." in reader.page.text
    assert "Two responses tie for 2nd place." in reader.page.text
    assert "=1+1 <b>&" in reader.page.text
    assert "<b>&" not in reader.page.html
    for caption in ("YES and NO together", "YES alone", "NO alone"):
        assert caption in reader.page.text
    assert "the tally holds the same 5" in reader.page.text
    assert "Fewer than ten people voted" in reader.page.text
    assert "Provisional" not in reader.page.text


def test_while_voting_is_open_nothing_is_shown_unless_asked_for(voted: Facilitator, reader: Browser) -> None:
    reader.get(reader.path)
    assert "Voting is still open." in reader.page.text
    assert "used" not in reader.page.text
    for asked in ("no", "", "YES", "1"):
        reader.get(reader.path, query_string={"before_reveal": asked})
        assert "used" not in reader.page.text
    reader.get(reader.path, query_string={"before_reveal": "yes"})
    assert "Provisional" in reader.page.text
    assert "2 people used 5 of 16 dots." in reader.page.text


@pytest.mark.parametrize("phase", ["draft", "gather"])
def test_before_voting_there_is_nothing_to_read_or_to_take_away(
    facilitator: Facilitator, reader: Browser, phase: str
) -> None:
    facilitator.goes_to(phase)
    reader.get(reader.path, query_string={"before_reveal": "yes"})
    assert reader.status == 200
    for form in ("csv", "json"):
        answer = reader.get(f"/w/{facilitator.code}/1/results.{form}", headers=JSON)
        assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "no_results")


def test_a_download_says_what_it_is_and_has_a_name(voted: Facilitator, reader: Browser) -> None:
    voted.goes_to("closed")
    for form, kind in (("csv", "text/csv; charset=utf-8"), ("json", "application/json")):
        answer = reader.get(f"/w/{voted.code}/1/results.{form}")
        assert (answer.status_code, answer.content_type) == (200, kind)
        disposition = answer.headers["Content-Disposition"]
        assert disposition.startswith('attachment; filename="')
        assert disposition.endswith(f'_town-centre_ex1-results.{form}"')
        assert answer.headers["Cache-Control"] == "no-store"


def test_downloads_hold_what_the_page_shows(voted: Facilitator, reader: Browser) -> None:
    voted.goes_to("reveal")
    table = reader.get(f"/w/{voted.code}/1/results.csv").data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table, newline="")))
    assert [row[:6] for row in rows[1:5]] == [
        ["1", "R2", "'=1+1 <b>&", "NO", "3", "2"],
        ["2=", "R1", "Free park and ride", "YES", "1", "1"],
        ["2=", "R3", "Benches", "YES", "1", "1"],
        ["4", "R4", "Cars", "NO", "0", "0"],
    ]
    told = json.loads(reader.get(f"/w/{voted.code}/1/results.json").data)
    assert [(each["number"], each["response"], each["dots"]) for each in told["results"]] == [
        (2, "=1+1 <b>&", 3), (1, "Free park and ride", 1), (3, "Benches", 1), (4, "Cars", 0),
    ]  # fmt: skip


def test_a_download_while_voting_is_stamped_provisional(voted: Facilitator, reader: Browser) -> None:
    answer = reader.get(f"/w/{voted.code}/1/results.csv")
    assert "Provisional: dots can still move." in answer.text
    assert "-results-provisional.csv" in answer.headers["Content-Disposition"]
    assert json.loads(reader.get(f"/w/{voted.code}/1/results.json").data)["provisional"] is True


def test_there_are_no_other_downloads(voted: Facilitator, reader: Browser) -> None:
    for path in ("2/results.csv", "0/results.json", "1/results.xlsx", f"{2**63}/results.csv"):
        assert (path, reader.get(f"/w/{voted.code}/{path}").status_code) == (path, 404)


def test_the_page_is_there_in_every_phase(voted: Facilitator, reader: Browser) -> None:
    for phase in (*ALL_PHASES, *reversed(ALL_PHASES)):
        voted.goes_to(phase)
        reader.get(reader.path)
        assert (phase, reader.status) == (phase, 200)

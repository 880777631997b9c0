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
    for path in ("2/results.csv", "0/results.json", "1/results.exe", f"{2**63}/results.csv"):
        assert (path, reader.get(f"/w/{voted.code}/{path}").status_code) == (path, 404)


@pytest.fixture
def moved_on(voted: Facilitator) -> Facilitator:
    """The result of exercise 1 has been revealed, and exercise 2 is on, gathering responses; 3 has not been begun."""
    voted.goes_to("discuss")
    for prompt in ("What comes next?", "Who does it?"):
        assert voted.asks(f"/w/{voted.code}/agenda", {"prompt": prompt}).status_code == 200
    assert voted.asks(f"/w/{voted.code}/2/start", {"from": "1"}).status_code == 200
    return voted


def test_the_results_of_an_exercise_stay_in_reach_when_another_is_on(moved_on: Facilitator, reader: Browser) -> None:
    base = f"/w/{moved_on.code}"
    reader.get(f"{base}/results")
    assert "There are no results yet" in reader.page.text
    assert "What matters?" in reader.page.text
    assert f'href="{base}/2/results" aria-current="page"' in reader.page.html
    assert f"{base}/3/results" not in reader.page.links
    assert f"{base}/1/results" in reader.page.links
    reader.get(f"{base}/1/results")
    assert (reader.status, "2 people used 5 of 16 dots." in reader.page.text) == (200, True)
    assert f'href="{base}/1/results" aria-current="page"' in reader.page.html
    assert {f"{base}/1/results.csv", f"{base}/1/results.json"} <= set(reader.page.links)


def test_an_exercise_that_is_not_on_shows_nothing_before_its_reveal_either(voted: Facilitator, reader: Browser) -> None:
    base = f"/w/{voted.code}"
    voted.goes_to("reveal")
    assert voted.asks(f"{base}/agenda", {"prompt": "What comes next?"}).status_code == 200
    assert voted.asks(f"{base}/2/start", {"from": "1"}).status_code == 200
    reader.get(f"{base}/1/results")
    assert "Voting has closed." in reader.page.text
    assert "used" not in reader.page.text
    reader.get(f"{base}/1/results", query_string={"before_reveal": "yes"})
    assert "2 people used 5 of 16 dots." in reader.page.text


def test_only_an_exercise_of_the_agenda_has_a_page(moved_on: Facilitator, reader: Browser, ada: Phone) -> None:
    base = f"/w/{moved_on.code}"
    assert ada.get(f"{base}/1/results").status_code == 403
    assert reader.get(f"{base}/3/results").status_code == 200
    assert moved_on.asks(f"{base}/3/remove", {"name": "exercise 3"}).status_code == 200
    for number in (0, 3, 4, 2**63):
        assert (number, reader.get(f"{base}/{number}/results").status_code) == (number, 404)


def test_the_agenda_leads_to_what_has_results(moved_on: Facilitator) -> None:
    moved_on.get(f"/w/{moved_on.code}/agenda")
    listed = [number for number in (1, 2, 3) if f"/w/{moved_on.code}/{number}/results" in moved_on.page.links]
    assert listed == [1]


def test_the_page_is_there_in_every_phase(voted: Facilitator, reader: Browser) -> None:
    for phase in (*ALL_PHASES, *reversed(ALL_PHASES)):
        voted.goes_to(phase)
        reader.get(reader.path)
        assert (phase, reader.status) == (phase, 200)

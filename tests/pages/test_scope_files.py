"""The challenge scope to take away: for whoever may see results, the same bytes as the command line gives."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from tests.pages.people import JSON, Browser, Facilitator, Organiser, Phone
from workshop.pages.front import static_address
from workshop.results.scope.files import FORMATS


@pytest.fixture
def facilitator(organiser: Organiser) -> Facilitator:
    return organiser.opens(cut="1")


@pytest.fixture
def talked(facilitator: Facilitator, ada: Phone, ben: Phone) -> Facilitator:
    """R1 has two dots, R2 has one; the result was shown. One goes forward."""
    facilitator.goes_to("gather")
    ada.writes("Trees")
    ben.writes("Cars", "no")
    facilitator.goes_to("vote")
    ada.moves(ada.move(1, 0, 1), ada.move(2, 0, 2))
    ben.moves(ben.move(1, 0, 1))
    facilitator.goes_to("discuss")
    return facilitator


def address(facilitator: Facilitator, form: str) -> str:
    return f"/w/{facilitator.code}/scope.{form}"


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_is_a_file_with_a_name_that_says_what_it_is(talked: Facilitator, form: str) -> None:
    answer = talked.get(address(talked, form))
    assert (answer.status_code, answer.content_type) == (200, FORMATS[form])
    day = answer.headers["Content-Disposition"].partition('"')[2]
    assert day[10:] == f'_town-centre_scope-v1-draft.{form}"'
    assert talked.get(address(talked, form)).data == answer.data


def test_whoever_has_the_results_link_may_take_it_away_and_nobody_else(talked: Facilitator, ada: Phone) -> None:
    guest = Browser(talked.app)
    assert guest.get(address(talked, "md")).status_code == 403
    guest.get(talked.links["results"])
    assert guest.get(address(talked, "md")).status_code == 200
    assert ada.get(address(talked, "md")).status_code == 403


def test_what_can_still_change_is_no_part_of_the_annex(facilitator: Facilitator, ada: Phone) -> None:
    facilitator.goes_to("gather")
    ada.writes("Trees")
    for phase, results in (("vote", 0), ("reveal", 0), ("discuss", 1)):
        facilitator.goes_to(phase)
        found = facilitator.get(address(facilitator, "json")).get_json()["results"]
        assert (phase, len(found)) == (phase, results)


def test_the_file_is_what_the_schema_says_that_is_served(talked: Facilitator) -> None:
    schema = json.loads(talked.get(static_address("schemas/scope.schema.json")).text)
    file = talked.get(address(talked, "json")).get_json()
    Draft202012Validator(schema).validate(file)
    assert [each["dots"] for each in file["results"][0]["responses"]] == [2, 1]


def test_the_builders_pages_lead_to_every_form(talked: Facilitator) -> None:
    talked.get(f"/w/{talked.code}/scope")
    assert {address(talked, form) for form in FORMATS} <= set(talked.page.links)
    talked.presses("Bring in the results")
    talked.presses("Save version 1")
    talked.get(f"/w/{talked.code}/scope/versions/1")
    assert {f"{address(talked, form)}?version=1" for form in FORMATS} <= set(talked.page.links)


def test_what_was_brought_in_and_written_is_in_the_file_and_a_version_stays_as_it_was(talked: Facilitator) -> None:
    home = f"/w/{talked.code}/scope"
    talked.get(home)
    talked.presses("Bring in the results")
    talked.presses("Save: Header", council="Ayton")
    talked.presses("Save version 1")
    saved = talked.get(f"{address(talked, 'md')}?version=1").text
    assert "Trees (R1)" in saved
    assert "Ayton" in saved
    talked.get(home)
    talked.presses("Save: Header", council="Beeton")
    now = talked.get(address(talked, "md")).text
    assert ("Ayton" in now, "Beeton" in now, "Draft, version 2" in now) == (False, True, True)
    assert talked.get(f"{address(talked, 'md')}?version=1").text == saved


def test_what_was_agreed_is_one_file_with_its_number_or_without(talked: Facilitator) -> None:
    talked.get(f"/w/{talked.code}/scope")
    talked.presses("Bring in the results")
    talked.presses("Save it as agreed")
    answer = talked.get(address(talked, "json"))
    assert answer.headers["Content-Disposition"].endswith('_scope-v1-agreed.json"')
    assert answer.get_json()["state"] == "agreed"
    assert answer.data == talked.get(f"{address(talked, 'json')}?version=1").data


def test_a_version_that_was_never_saved_is_not_to_be_had(talked: Facilitator) -> None:
    for version, status, code in (("7", 404, "no_such_version"), ("two", 400, "not_understood"), ("9" * 30, 400, "")):
        answer = talked.get(f"{address(talked, 'md')}?version={version}", headers=JSON)
        assert answer.status_code == status
        assert answer.get_json()["error"]["code"] == code or not code


def test_a_form_that_there_is_not_is_not_found(talked: Facilitator) -> None:
    assert talked.get(address(talked, "exe")).status_code == 404

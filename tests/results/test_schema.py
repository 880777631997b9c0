"""Every JSON file of a result is held against the schema that is published for it."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from tests.cast import Room
from tests.results.test_workbook import report
from workshop.ballot_box import BallotBox
from workshop.results import downloads
from workshop.results.reporting import Report
from workshop.results.talk import Talk
from workshop.settings import assets
from workshop.store import Store

SCHEMA = json.loads((assets() / "static" / "schemas" / "results.schema.json").read_text("utf-8"))


def check(shown: Report) -> Any:
    told = json.loads(downloads.write("json", shown))
    Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(told)
    return told


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_a_result_is_as_its_schema_says() -> None:
    told = check(report())
    assert told["findings"]["order"]["data"] == {"probability": 0.4}
    assert told["results"][0]["verdict"] == "one person decides"


def test_an_exercise_without_a_vote_is_as_its_schema_says() -> None:
    assert check(replace(report(), talk=Talk(voted=False)))["findings"] == {}


def test_a_real_workshop_is_as_its_schema_says_in_every_phase(store: Store, box: BallotBox) -> None:
    room = Room(store, box, random.Random(8), allowance=4)
    ada, ben = room.person(), room.person()
    room.goes_to("gather")
    for text in ("Trees", "Benches", "Trees!"):
        ada.writes(text)
    for phase in ("vote", "reveal", "discuss", "closed"):
        room.goes_to(phase)
        if phase == "vote":
            ada.moves(1, 1)
            ben.moves(1, 2)
        assert check(room.report)["exercise"]["phase"] == phase


def test_the_schema_refuses_what_is_not_in_it() -> None:
    told = check(report())
    for path, wrong in (("people", -1), ("fingerprint", "abc"), ("author", "ada"), ("line", {"forward": [1]})):
        with pytest.raises(ValidationError):
            Draft202012Validator(SCHEMA).validate(told | {path: wrong})

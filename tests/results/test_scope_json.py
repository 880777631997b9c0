"""The scope as JSON: what its schema says, and the same as the document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from tests.results import scoped
from tests.results.scoped import item
from tests.results.test_scope_document import blank, nameless
from workshop.results.scope.parts import PARTS
from workshop.settings import assets

EMPTY = "Not agreed in the workshop"
SCHEMA = json.loads((assets() / "static" / "schemas" / "scope.schema.json").read_text())
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=FormatChecker())


def file(content: dict[str, Any] | None = None) -> Any:
    return json.loads(scoped.written("json", content))


def full() -> dict[str, Any]:
    """A scope in which everything was written down."""
    content = scoped.content() | {"state": "agreed", "version": 3}
    parts = content["parts"]
    parts["header"] |= {"council": "Ayton", "challenge": "other", "other": "Culture", "date": "2026-03-14"}
    parts["enquiry"]["lines"] = [{"line": "Who answers?", "evidence": ""}]
    parts["timing"]["on_site"] = "2026-11-30"
    parts["sign_off"]["things"][0] |= {"agreed": "yes", "by": "Ada", "on": "2026-03-01"}
    parts["recommendations"] |= {"number": 3, "shape": ["What", "Who"]}
    parts["follow_up"] |= {"report_months": None, "report_by": "2027-02-01"}
    content["items"]["out"].append(item(9, "Parks", elsewhere="Leisure review", priority="low"))
    return content


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("content", [scoped.content(), full(), blank() | {"parts": scoped.content()["parts"]}])
def test_a_file_is_what_the_schema_says(content: dict[str, Any]) -> None:
    VALIDATOR.validate(file(content))


def test_the_schema_knows_every_field_of_every_part_and_no_other() -> None:
    parts = SCHEMA["properties"]["parts"]["properties"]
    assert {key: set(part["properties"]) for key, part in parts.items()} == {
        part.key: {field.name for field in part.fields} for part in PARTS
    }
    for part in PARTS:
        for field in part.fields:
            if field.kind == "rows":
                rows = parts[part.key]["properties"][field.name]["items"]
                assert set(rows["properties"]) == {column.name for column in field.columns}


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "final"},
        {"version": "1"},
        {"author": "Ada"},
        {"made_at": 5},
        {"items": {"in": [], "out": []}},
    ],
)
def test_the_schema_refuses_what_is_no_scope(broken: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        VALIDATOR.validate(file() | broken)


def test_dates_that_were_worked_out_stand_beside_those_that_were_set() -> None:
    worked_out = file(full())["worked_out"]
    assert worked_out["report"] == {"date": "2027-02-01", "own": True}
    assert worked_out["review"] == {"date": "2027-09-30", "own": False}
    assert worked_out["timetable"][2] == {"step": "On site", "first": "2026-11-30", "last": "2026-12-01"}


def test_the_results_are_those_of_the_annex() -> None:
    voted, talked = file()["results"]
    assert (voted["people"], voted["dots"], len(voted["responses"])) == (8, 64, 20)
    assert voted["responses"][0] == {
        "response": "R1",
        "text": "What users need",
        "side": "yes",
        "rank": 1,
        "shared": False,
        "dots": 12,
        "people": 6,
        "note": "Simulated: nothing was published of what was said.",
    }
    assert (talked["voted"], talked["people"], talked["responses"]) == (False, None, [])


def test_made_up_dots_are_marked() -> None:
    assert file()["simulated"] is True


def test_the_schema_refuses_a_day_that_is_none() -> None:
    content = full()
    content["parts"]["sign_off"]["things"][0]["on"] = "2026-02-30"
    with pytest.raises(ValidationError, match="2026-02-30"):
        VALIDATOR.validate(file(content))


def test_every_empty_field_says_so_by_its_path() -> None:
    told = file()
    assert told["not_agreed"]["parts.header.council"] == "Not agreed in the workshop"
    assert told["not_agreed"]["parts.agreement.signers.0.name"] == "Not agreed in the workshop"
    assert told["not_agreed"]["items.in.1.priority"] == "Not agreed in the workshop"
    assert not [path for path in told["not_agreed"] if path.endswith(("response", "evidence"))]
    assert {path for path in told["not_agreed"] if path.endswith("elsewhere")} == {
        "items.out.0.elsewhere",
        "items.out.1.elsewhere",
    }
    assert {"parts.header.other", "parts.method.text"}.isdisjoint(told["not_agreed"])
    for path in told["not_agreed"]:
        found: Any = told
        for name in path.split("."):
            found = found[int(name)] if isinstance(found, list) else found[name]
        assert found in (None, "", []), path
    filled = full()
    filled["parts"]["agreement"]["signers"][0]["name"] = "Ada Ayton"
    assert {"parts.header.council", "parts.agreement.signers.0.name"}.isdisjoint(file(filled)["not_agreed"])


def dated() -> dict[str, Any]:
    """A scope whose first day on site is known, from which its other dates are worked out."""
    content = scoped.content()
    content["parts"]["timing"]["on_site"] = "2026-11-30"
    content["parts"]["timing"]["steps"].append({"step": "Thanks", "when": "Soon", "dates": ""})
    return content


def of_no_name() -> dict[str, Any]:
    """A scope of another type than is known, which nobody has named."""
    content = blank()
    content["parts"]["header"]["challenge"] = "other"
    content["parts"]["follow_up"]["note"] = "The council asks for one."
    return content


@pytest.mark.parametrize("with_results", [True, False])
@pytest.mark.parametrize("content", [scoped.content(), full(), dated(), nameless(scoped.content()), of_no_name()])
def test_the_document_says_of_as_many_fields_that_they_were_not_agreed(
    content: dict[str, Any], with_results: bool
) -> None:
    results = scoped.reports() if with_results else []
    told = json.loads(scoped.written("json", content, results))
    worked_out = told["worked_out"]
    left_open = [*told["not_agreed"].values(), *texts(worked_out["recommendations"])]
    left_open += [each["date"] for each in worked_out["signatures"]]
    # Without results there is no annex either.
    left_open += [] if with_results else [EMPTY]
    assert set(left_open) >= {EMPTY}
    assert scoped.written("md", content, results).decode().count(EMPTY) == left_open.count(EMPTY)


def texts(value: Any) -> Iterator[str]:
    """Every text in a value of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts(each)


def test_what_nobody_has_recommended_or_signed_says_so() -> None:
    content = scoped.content()
    content["parts"]["agreement"]["signers"][0]["name"] = "Ada Ayton"
    worked_out = file(content)["worked_out"]
    assert worked_out["recommendations"][9] == {"number": 10, "says": "Not agreed in the workshop"}
    assert worked_out["signatures"][:2] == [
        {
            "role": "Leader of the council",
            "name": "Ada Ayton",
            "date": "Not agreed in the workshop",
            "side": "council",
        },
        {
            "role": "Chief executive",
            "name": "Not agreed in the workshop",
            "date": "Not agreed in the workshop",
            "side": "council",
        },
    ]
    shaped = file(full())["worked_out"]["recommendations"]
    assert [each["says"] for each in shaped] == [dict.fromkeys(("What", "Who"), "Not agreed in the workshop")] * 3

"""The parts of a scope: what usually stands in them, what may be typed, and inputs that give back what they show."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.datastructures import MultiDict

from tests.pages.people import Page
from workshop.errors import Unacceptable
from workshop.results.scope.fields import Field, Part
from workshop.results.scope.parts import PARTS, defaults, filled, read, typed
from workshop.settings import assets

BY_KEY = {part.key: part for part in PARTS}
KEYS = (
    "header", "purpose", "context", "core_areas", "components", "enquiry", "team", "timing", "sign_off",
    "recommendations", "follow_up", "method", "agreement",
)  # fmt: skip


def drawn(part: Part, value: dict[str, Any], **problem: str) -> str:
    """The inputs of a part, in a form."""
    env = Environment(
        loader=FileSystemLoader(assets() / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, extensions=["jinja2.ext.i18n"],
    )  # fmt: skip
    env.install_null_translations()  # type: ignore[attr-defined]
    macro: Any = env.get_template("scope/part.html").module
    return f"<form>{macro.part_fields(part, value, **problem)}</form>"


def form_of(part: Part, value: dict[str, Any]) -> MultiDict[str, str]:
    """What a browser sends when somebody saves the inputs as they are."""
    return MultiDict(Page(drawn(part, value)).forms[0].fields)


def refused(key: str, **form: str) -> Unacceptable:
    with pytest.raises(Unacceptable) as caught:
        read(BY_KEY[key], MultiDict({name.replace("__", "-"): value for name, value in form.items()}))
    return caught.value


# What usually stands there -------------------------------------------------------------------------------------------


def test_there_is_a_part_for_everything_around_the_items() -> None:
    assert tuple(part.key for part in PARTS) == KEYS
    assert tuple(filled({})) == KEYS


def test_a_scope_begins_with_what_the_first_workshop_came_to() -> None:
    assert [(row["role"], row["people"]) for row in defaults("team")["roles"]] == [
        ("Councillor", 2),
        ("Chief digital officer or equivalent", 1),
        ("Communications director", 1),
        ("Head of an operational service", 1),
    ]
    assert defaults("timing")["days"] == 2
    assert defaults("recommendations")["number"] == 10
    assert [row["thing"] for row in defaults("sign_off")["things"]] == [
        "Focus",
        "Team",
        "Timing",
        "Preparatory material",
        "Form of feedback",
    ]
    assert [row["step"] for row in defaults("timing")["steps"]] == [
        "Scoping",
        "Pre-reading for the peer team",
        "On site",
        "Feedback to the council",
    ]
    assert "not an inspection" in defaults("purpose")["purpose"]
    assert "critical friends" in defaults("purpose")["friend"]


@pytest.mark.parametrize(
    ("challenge", "areas", "components"), [("digital", 6, 5), ("corporate", 6, 0), ("other", 0, 0)]
)
def test_lists_begin_with_what_is_usual_for_the_type_of_challenge(challenge: str, areas: int, components: int) -> None:
    parts = filled({"header": {"challenge": challenge}})
    assert (len(parts["core_areas"]["areas"]), len(parts["components"]["components"])) == (areas, components)


def test_what_somebody_wrote_stays_whatever_the_type_of_challenge() -> None:
    parts = filled({"header": {"challenge": "corporate"}, "components": {"components": ["Phones"]}})
    assert parts["components"] == {"components": ["Phones"]}


def test_what_is_stored_stands_beside_what_usually_does() -> None:
    parts = filled({"team": {"roles": []}, "timing": {"days": 3}, "gone": {"long": "ago"}, "method": {"old": 1}})
    assert parts["team"] == {"roles": []}
    assert parts["timing"] == defaults("timing") | {"days": 3}
    assert parts["method"] == {"text": ""}
    assert tuple(parts) == KEYS


def test_writing_in_one_scope_leaves_the_next_as_it_usually_begins() -> None:
    filled({})["team"]["roles"][0]["role"] = "Somebody else"
    assert defaults("team")["roles"][0]["role"] == "Councillor"


# Forms ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", PARTS, ids=KEYS)
def test_saving_inputs_as_they_are_changes_nothing(part: Part) -> None:
    assert read(part, form_of(part, defaults(part.key))) == defaults(part.key)


FULL: dict[str, dict[str, Any]] = {
    "header": {
        "council": "Ayton & Sons", "challenge": "other", "other": "Culture", "audience": "<b>", "date": "2026-03-14",
    },
    "enquiry": {"lines": [{"line": "Who answers?\nAnd when?", "evidence": "“Call logs”"}] * 6},
    "sign_off": {"things": [{"thing": "Focus", "agreed": "no", "by": "Ada", "on": "2026-02-28"}]},
    "follow_up": {"report_months": None, "report_by": "2026-06-01", "review_months": 0, "review_on": None, "note": "x"},
    "agreement": {"signers": [{"role": "Lead", "name": "Ben", "side": "peers"}]},
}  # fmt: skip


@pytest.mark.parametrize("key", FULL)
def test_whatever_somebody_wrote_is_shown_and_read_again(key: str) -> None:
    assert read(BY_KEY[key], form_of(BY_KEY[key], FULL[key])) == FULL[key]


@given(st.lists(st.text(max_size=30), max_size=12))
def test_lines_are_read_as_they_would_be_read_again(lines: list[str]) -> None:
    part = BY_KEY["components"]
    value = read(part, MultiDict({"components": "\n".join(lines)}))
    assert read(part, MultiDict({"components": "\r\n".join(value["components"])})) == value
    assert all(line == line.strip() and line for line in value["components"])


def test_a_row_that_was_emptied_is_taken_away_and_empty_ones_stand_at_the_end() -> None:
    form = form_of(BY_KEY["team"], defaults("team"))
    assert {f"roles-{index}-role" for index in range(6)} <= set(form)
    assert "roles-6-role" not in form
    form["roles-0-role"], form["roles-0-people"] = "", ""
    form["roles-5-role"], form["roles-5-people"] = "Resident", "1"
    assert [row["role"] for row in read(BY_KEY["team"], form)["roles"]] == [
        "Chief digital officer or equivalent",
        "Communications director",
        "Head of an operational service",
        "Resident",
    ]


def test_there_are_no_more_than_six_lines_of_enquiry_to_fill_and_five_things_to_agree() -> None:
    for key, rows, most in (("enquiry", "lines", 6), ("sign_off", "things", 5)):
        value = {rows: [{column.name: "x" for column in BY_KEY[key].fields[0].columns}] * most}
        assert drawn(BY_KEY[key], value).count('class="part-row"') == most


def test_an_input_has_a_label_and_says_its_hint_and_what_is_wrong_with_it() -> None:
    html = drawn(BY_KEY["timing"], defaults("timing"), problem="No such day.", problem_code="timing-on_site")
    assert '<label for="timing-on_site">' in html
    assert 'aria-describedby="timing-on_site-error"' in html
    assert 'aria-invalid="true"' in html
    assert html.count("No such day.") == 1
    for part in PARTS:
        html = drawn(part, defaults(part.key))
        ids = Page(html).ids
        assert len(ids) == len(set(ids))
        inputs = [f'id="{one}"' in html for one in ids if f'<label for="{one}"' in html]
        assert inputs
        assert all(inputs)
        for found in html.split('aria-describedby="')[1:]:
            assert set(found.partition('"')[0].split()) <= set(ids)


def test_every_input_is_named_by_a_label() -> None:
    for part in PARTS:
        html = drawn(part, defaults(part.key))
        assert html.count("<label ") == html.count("<input ") + html.count("<textarea ") + html.count("<select ")
        assert html.count("<fieldset") == html.count("<legend")


# What may not be typed ------------------------------------------------------------------------------------------------


def test_what_is_too_long_is_refused_with_the_room_that_there_is() -> None:
    assert refused("header", council="x" * 201).sentence.startswith("%(field)s")
    error = refused("header", council="x" * 201)
    assert (str(error), error.code) == (
        "Council: that is 201 characters. There is room for 200.",
        "header-council",
    )
    assert "4001" in str(refused("context", context="x" * 4001))
    assert "201" in str(refused("components", components="Phones\n" + "x" * 201))


@pytest.mark.parametrize("number", ["0", "-1", "1.5", "two", "21", "99999999", "²"])
def test_a_number_is_whole_and_in_range(number: str) -> None:
    error = refused("timing", days=number)
    assert (str(error), error.code) == ("Days on site: give a whole number from 1 to 20.", "timing-days")


@pytest.mark.parametrize("day", ["14.3.2026", "2026-02-30", "20260314", "2026-3-14", "1926-03-14", "9999-12-31", "x"])
def test_a_date_is_one_of_the_calendar(day: str) -> None:
    error = refused("timing", on_site=day)
    assert str(error) == "First day on site: give a date as year, month and day, such as 2026-03-14."
    assert error.code == "timing-on_site"


def test_a_choice_is_one_of_those_offered() -> None:
    assert str(refused("header", challenge="inspection")) == "Type of challenge: choose one of the list."


def test_an_error_in_a_row_names_the_input_that_it_is_in() -> None:
    assert refused("team", roles__0__role="Ada", roles__1__people="many").code == "team-roles-1-people"
    assert refused("sign_off", things__4__on="soon").code == "sign_off-things-4-on"


def test_too_many_rows_or_lines_are_refused() -> None:
    error = refused("enquiry", **{f"lines__{index}__line": "Who?" for index in range(7)})
    assert str(error) == "Lines of enquiry: there is room for 6, and those are 7."
    assert "room for 20" in str(refused("components", components="\n".join(map(str, range(21)))))


def test_what_was_typed_is_shown_again_right_or_wrong() -> None:
    form = MultiDict({"days": "many", "on_site": "", "steps-0-step": "Meet", "steps-0-when": "Soon"})
    again = typed(BY_KEY["timing"], form)
    assert again == {"days": "many", "on_site": "", "steps": [{"step": "Meet", "when": "Soon", "dates": ""}]}
    assert 'value="many"' in drawn(BY_KEY["timing"], again)


def test_fields_that_the_form_left_out_are_empty() -> None:
    for part in PARTS:
        for field, value in zip(part.fields, read(part, MultiDict()).values(), strict=True):
            assert value == _empty(field), (part.key, field.name)


def _empty(field: Field) -> Any:
    return {"number": None, "date": None, "lines": [], "rows": [], "choice": field.default}.get(field.kind, "")

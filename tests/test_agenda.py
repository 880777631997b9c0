"""Agendas: what a form or a file may say of a workshop, and the sentence where it may not."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop import agenda, rules
from workshop.agenda import NO_COLUMNS, PlannedExercise, PlannedSide
from workshop.demo import example
from workshop.errors import NotUnderstood, Unacceptable, WorkshopError


def form(**fields: str) -> dict[str, str]:
    return {"title": "Town centre", "prompts": "one", "prompt": "What matters?", **fields}


def file(**exercise: Any) -> dict[str, Any]:
    return {"title": "Town centre", "exercises": [{"prompt": "What matters?", **exercise}]}


def prompts(exercise: agenda.PlannedExercise) -> list[str | None]:
    return [side.prompt for side in exercise.sides]


def test_a_form_with_nothing_but_a_title_and_a_prompt_is_enough() -> None:
    planned = agenda.from_form({"title": " Town  centre ", "prompt": "What matters?\n"})
    (exercise,) = planned.exercises
    assert (planned.title, exercise.prompt, prompts(exercise)) == ("Town centre", "What matters?", [None, None])
    assert (exercise.kind, exercise.allowance, exercise.most_per_response, exercise.totals) == (
        "columns", 8, None, "hidden",
    )  # fmt: skip
    assert not planned.simulated


def test_a_form_can_have_a_prompt_for_each_column() -> None:
    (exercise,) = agenda.from_form(form(prompts="two", yes_prompt="What should?", no_prompt="What not?")).exercises
    assert (exercise.prompt, prompts(exercise)) == (None, ["What should?", "What not?"])


def test_a_form_says_how_many_dots_and_whether_totals_are_live() -> None:
    (exercise,) = agenda.from_form(form(allowance=" 5 ", most_per_response="2", totals="live")).exercises
    assert (exercise.allowance, exercise.most_per_response, exercise.totals) == (5, 2, "live")


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("title", "", 422),
        ("title", " \t", 422),
        ("title", "x" * 101, 422),
        ("prompt", "", 422),
        ("prompt", "x" * 201, 422),
        ("allowance", "0", 422),
        ("allowance", "21", 422),
        ("allowance", "-1", 422),
        ("allowance", "eight", 422),
        ("allowance", "8.0", 422),
        ("allowance", "٨", 422),
        ("allowance", "²", 422),
        ("allowance", "9" * 5000, 422),
        ("most_per_response", "0", 422),
        ("most_per_response", "9", 422),
        ("most_per_response", "x", 422),
        ("totals", "secret", 400),
    ],
)
def test_a_form_that_cannot_be_meant_says_which_field_and_why(field: str, value: str, status: int) -> None:
    with pytest.raises(WorkshopError) as refused:
        agenda.from_form(form(**{field: value}))
    assert (refused.value.code if status == 422 else field, refused.value.status) == (field, status)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("field", ["yes_prompt", "no_prompt"])
def test_a_form_with_two_prompts_needs_both(field: str) -> None:
    both = {"yes_prompt": "What should?", "no_prompt": "What not?"}
    with pytest.raises(Unacceptable) as refused:
        agenda.from_form(form(prompts="two", **(both | {field: " "})))
    assert refused.value.code == field


def test_the_most_on_one_response_may_be_the_whole_allowance_and_no_more() -> None:
    (exercise,) = agenda.from_form(form(allowance="3", most_per_response="3")).exercises
    assert exercise.most_per_response == 3
    with pytest.raises(Unacceptable):
        agenda.from_form(form(allowance="3", most_per_response="4"))


def test_a_file_brings_exercises_and_their_responses() -> None:
    planned = agenda.from_json(
        {
            "title": "Town centre",
            "about": "other fields are left alone",
            "exercises": [
                {
                    "prompt": {"yes": "What should?", "no": "What not?"},
                    "allowance": 5,
                    "most_per_response": 2,
                    "totals": "live",
                    "responses": [{"side": "no", "text": " Cars ", "theme": "left alone"}],
                },
                {"kind": "open", "prompt": "How?"},
            ],
        }
    )
    one, two = planned.exercises
    assert prompts(one) == ["What should?", "What not?"]
    assert (one.prompt, one.allowance, one.most_per_response, one.totals) == (None, 5, 2, "live")
    assert one.responses == (("no", "Cars"),)
    assert (two.kind, two.prompt, two.responses) == ("open", "How?", ())


def test_the_first_workshop_of_all_can_be_opened_again() -> None:
    planned = agenda.from_json(example())
    assert planned.title == "Digital peer challenge"
    assert [each.kind for each in planned.exercises] == ["columns", "open"]
    assert [side for side, _ in planned.exercises[0].responses] == ["yes"] * 13 + ["no"] * 7


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "title",
        {},
        {"title": "Town centre"},
        {"title": "Town centre", "exercises": []},
        {"title": "Town centre", "exercises": {}},
        {"title": "Town centre", "exercises": ["one"]},
        {"title": 7, "exercises": [{"prompt": "What matters?"}]},
        {"exercises": [{"prompt": "What matters?"}]},
        file(prompt=None),
        file(prompt=["What matters?"]),
        file(prompt={}),
        file(prompt={"yes": "What should?"}),
        file(kind="poll"),
        file(kind=["columns"]),
        file(totals=True),
        file(allowance=0),
        file(allowance=21),
        file(allowance=8.5),
        file(allowance=True),
        file(allowance=None),
        file(most_per_response=9),
        file(most_per_response=False),
        file(responses="R1"),
        file(responses=["R1"]),
        file(responses=[{"side": "yes"}]),
        file(responses=[{"side": "maybe", "text": "Benches"}]),
        file(responses=[{"side": "yes", "text": ""}]),
        file(responses=[{"side": "yes", "text": "x" * 141}]),
        file(responses=[{"side": "yes", "text": None}]),
        file(responses=[{"side": "yes", "text": ["Benches"]}]),
        file(responses=[{"side": "yes", "text": "Benches"}] * 501),
    ],
    ids=lambda data: str(data)[:90],
)
def test_a_file_that_cannot_be_meant_is_refused_with_a_sentence(data: Any) -> None:
    with pytest.raises((NotUnderstood, Unacceptable)) as refused:
        agenda.from_json(data)
    assert str(refused.value).endswith(".")


# Columns of one's own -------------------------------------------------------------------------------------------------

THREE = [{"name": "Now", "sign": "flag"}, {"name": "Soon"}, {"name": "Later", "sign": "circle"}]


def test_a_file_names_two_to_five_columns_and_each_has_a_sign() -> None:
    (exercise,) = agenda.from_json(file(columns=THREE)).exercises
    assert [(side.key, side.name, side.sign) for side in exercise.sides] == [
        ("a", "Now", "flag"), ("b", "Soon", "cross"), ("c", "Later", "circle"),
    ]  # fmt: skip


def test_responses_in_a_file_name_their_column_as_people_know_it() -> None:
    responses = [{"side": "later", "text": "Trees"}, {"side": "b", "text": "Benches"}]
    (exercise,) = agenda.from_json(file(columns=THREE, responses=responses)).exercises
    assert exercise.responses == (("c", "Trees"), ("b", "Benches"))


def test_columns_that_a_file_calls_yes_and_no_are_those_that_are_called_so_in_every_language() -> None:
    (exercise,) = agenda.from_json(file(columns=[{"name": "Yes"}, {"name": "No"}])).exercises
    assert [(side.key, side.name) for side in exercise.sides] == [("yes", None), ("no", None)]


def test_where_each_column_has_an_allowance_everybody_has_their_sum() -> None:
    columns = [{**each, "allowance": dots} for each, dots in zip(THREE, (3, 2, 1), strict=True)]
    (exercise,) = agenda.from_json(file(columns=columns, allowance=8)).exercises
    assert (exercise.allowance, [side.allowance for side in exercise.sides]) == (6, [3, 2, 1])
    (exercise,) = agenda.from_form(form(allowance_yes="5", allowance_no="3")).exercises
    assert exercise.allowance == 8
    (exercise,) = agenda.from_form(form(allowance="4", dots="together", allowance_yes="5", allowance_no="x")).exercises
    assert (exercise.allowance, [side.allowance for side in exercise.sides]) == (4, [None, None])


@pytest.mark.parametrize(
    "columns",
    [
        [],
        THREE[:1],
        THREE * 2,
        "Now",
        ["Now", "Later"],
        [{"name": "Now"}, {"name": " now "}],
        [{"name": "Now", "sign": "star"}, {"name": "Later", "sign": "star"}],
        [{"name": "Now"}, {"name": "Later", "sign": "skull"}],
        [{"name": "Now"}, {"sign": "star"}],
        [{"name": "Now"}, {"name": "x" * 25}],
        [{"name": "Now", "allowance": 4}, {"name": "Later"}],
        [{"name": "Now", "allowance": 0}, {"name": "Later", "allowance": 4}],
        [{"name": "Now", "allowance": 12}, {"name": "Later", "allowance": 9}],
    ],
    ids=str,
)
def test_columns_that_cannot_be_meant_are_refused_with_a_sentence(columns: Any) -> None:
    with pytest.raises((NotUnderstood, Unacceptable)) as refused:
        agenda.from_json(file(columns=columns))
    assert str(refused.value).endswith(".")


def test_a_column_left_out_of_a_form_leaves_the_others_what_they_are() -> None:
    fields = {"columns": "own", "name_a": "Now", "sign_a": "star", "name_c": "Later", "sign_c": "flag"}
    (exercise,) = agenda.from_form(form(**fields)).exercises
    assert [(side.key, side.name) for side in exercise.sides] == [("a", "Now"), ("c", "Later")]


TEXTS = st.text("abcdefgh ", min_size=1, max_size=12).map(rules.tidy).filter(bool)


@st.composite
def exercises(draw: st.DrawFn) -> PlannedExercise:
    """Whatever the form of an exercise can say."""
    kind = draw(st.sampled_from(rules.KINDS))
    prompt = draw(TEXTS if kind == "open" else st.none() | TEXTS)
    sides = NO_COLUMNS if kind == "open" else draw(columns(has_prompts=prompt is None))
    allowance = sum(side.allowance or 0 for side in sides) or draw(st.integers(1, rules.MOST_ALLOWANCE))
    by_share = draw(st.booleans())
    return PlannedExercise(
        kind=kind,
        prompt=prompt,
        sides=sides,
        allowance=allowance,
        most_per_response=draw(st.none() | st.integers(1, allowance)),
        totals=draw(st.sampled_from(["hidden", "live"])),
        checks_first=draw(st.booleans()),
        locked=draw(st.booleans()),
        longest=draw(st.integers(rules.SHORTEST_CAP, rules.LONGEST_CAP)),
        own_allowed=draw(st.booleans()),
        order=draw(st.sampled_from(["shuffled", "shared"])),
        cut=None if by_share else draw(st.none() | st.integers(1, 9)),
        cut_share=draw(st.none() | st.integers(1, 100)) if by_share else None,
    )


@st.composite
def columns(draw: st.DrawFn, has_prompts: bool) -> tuple[PlannedSide, ...]:
    is_own = draw(st.booleans())
    keys = sorted(draw(st.sets(st.sampled_from(rules.OWN_SIDES), min_size=2))) if is_own else list(rules.SIDES)
    names = draw(st.lists(TEXTS, min_size=len(keys), max_size=len(keys), unique_by=str.casefold))
    signs = draw(st.permutations(rules.SIGNS)) if is_own else rules.SIGNS
    apart = draw(st.booleans())
    return tuple(
        PlannedSide(
            key,
            name if is_own else None,
            sign,
            draw(TEXTS) if has_prompts else None,
            draw(st.integers(1, 4)) if apart else None,
        )
        for key, name, sign in zip(keys, names, signs, strict=False)
    )


@given(exercises())
def test_what_a_form_says_is_read_back_from_the_form_that_shows_it(exercise: PlannedExercise) -> None:
    assert agenda.exercise_from_form(agenda.to_form(exercise)) == exercise


@given(exercises(), st.data())
def test_a_file_that_was_written_is_read_back(exercise: PlannedExercise, data: st.DataObject) -> None:
    """A column that was taken away from between the others leaves no gap in a file: its keys are counted anew."""
    keys = [side.key for side in exercise.sides]
    anew = dict(zip(keys, rules.OWN_SIDES if exercise.sides[0].name else keys, strict=False))
    written = data.draw(st.lists(st.tuples(st.sampled_from(keys), TEXTS), max_size=4))
    there = agenda.Agenda("Town centre", (replace(exercise, responses=tuple(written)),))
    back = agenda.from_json(json.loads(json.dumps(agenda.to_json(there))))
    expected = replace(
        exercise,
        sides=tuple(replace(side, key=anew[side.key]) for side in exercise.sides),
        responses=tuple((anew[side], text) for side, text in written),
    )
    assert back == agenda.Agenda("Town centre", (expected,))

"""Agendas: what a form or a file may say of a workshop, and the sentence where it may not."""

from __future__ import annotations

from typing import Any

import pytest

from workshop import agenda
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

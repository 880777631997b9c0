"""Agendas that say things in more than one language, in a form and in a file; and the sentence where they may not."""

from __future__ import annotations

from typing import Any

import pytest

from workshop import agenda
from workshop.agenda.shipped import SHIPPED, shipped
from workshop.errors import WorkshopError

FILE = {
    "title": "Start or stop",
    "title_in": {"cy": "Dechrau neu stopio"},
    "exercises": [
        {
            "kind": "columns",
            "prompt": {"a": "Start what?", "b": "Stop what?"},
            "prompt_in": {"cy": {"a": "Dechrau beth?", "b": "Stopio beth?"}, "pl": {"b": "Co zakończyć?"}},
            "columns": [
                {"name": "Start", "sign": "plus", "name_in": {"cy": "Dechrau"}},
                {"name": "Stop", "sign": "cross"},
            ],
            "allowance": 8,
        },
        {
            "kind": "columns",
            "prompt": {"yes": "What should?", "no": "What not?"},
            "prompt_in": {"cy": {"yes": "Beth ddylai?", "no": "Beth na ddylai?"}},
            "allowance": 8,
        },
        {"kind": "open", "prompt": "Who?", "prompt_in": {"cy": "Pwy?"}, "allowance": 8},
    ],
}


def file(**fields: Any) -> dict[str, Any]:
    exercise = {"prompt": "What matters?"} | {
        key: value for key, value in fields.items() if key not in ("language", "title_in")
    }
    return {"title": "Town centre", "exercises": [exercise]} | {
        key: value for key, value in fields.items() if key in ("language", "title_in")
    }


def test_a_file_says_title_prompts_and_names_in_further_languages_and_is_written_the_same() -> None:
    planned = agenda.from_json(FILE)
    start, stop = planned.exercises[0].sides
    assert planned.title_in == {"cy": "Dechrau neu stopio"}
    assert (start.name_in, start.prompt_in) == ({"cy": "Dechrau"}, {"cy": "Dechrau beth?"})
    assert (stop.name_in, stop.prompt_in) == (None, {"cy": "Stopio beth?", "pl": "Co zakończyć?"})
    assert planned.exercises[2].prompt_in == {"cy": "Pwy?"}
    assert agenda.to_json(planned) == FILE


def test_a_file_may_be_in_another_language_than_english() -> None:
    planned = agenda.from_json(file(language="cy", title_in={"en": "Town"}))
    assert (planned.language, planned.title_in) == ("cy", {"en": "Town"})
    assert agenda.to_json(planned)["language"] == "cy"
    assert agenda.from_json(file(language="pt-BR")).language == "pt_BR"
    assert "language" not in agenda.to_json(agenda.from_json(file()))


@pytest.mark.parametrize(
    ("fields", "code", "sentence"),
    [
        ({"language": "klingonese"}, "language", "“klingonese” is not the code of a language"),
        ({"language": 3}, "language", "“3” is not the code of a language"),
        ({"title_in": {"xx-yy-zz": "?"}}, "title_in", "is not the code of a language"),
        ({"title_in": "Canol y dref"}, "title_in", "“title_in” is an object with a text for each language"),
        ({"title_in": {"cy": "x" * 101}}, "title_in_cy", "There is room for 100."),
        ({"title_in": {"cy": 3}}, "title_in_cy", "“title_in_cy” is a text."),
        ({"title_in": {"en": "Town"}}, "title_in", "“en” is the one that the workshop itself is in"),
        ({"prompt_in": ["Beth?"]}, "prompt_in", "“prompt_in” is an object with a text for each language"),
        ({"prompt_in": {"cy": {"yes": "Beth?"}}}, "prompt_in_cy", "“prompt_in_cy” is a text."),
        ({"prompt_in": {"cy": "x" * 201}}, "prompt_in_cy", "There is room for 200."),
        (
            {"prompt": {"yes": "What?", "no": "What not?"}, "prompt_in": {"cy": "Beth?"}},
            "prompt_in",
            "an object like “prompt” for each language",
        ),
        (
            {"columns": [{"name": "A", "name_in": {"cy": "x" * 25}}, {"name": "B"}]},
            "name_in_cy",
            "There is room for 24.",
        ),
    ],
)
def test_what_is_wrong_with_a_language_is_said(fields: dict[str, Any], code: str, sentence: str) -> None:
    with pytest.raises(WorkshopError) as caught:
        agenda.from_json(file(**fields))
    assert caught.value.code == code
    assert sentence in str(caught.value)


def test_what_is_left_empty_is_not_written() -> None:
    planned = agenda.from_json(file(title_in={"cy": " "}, prompt_in={"cy": "", "pl": None}))
    assert (planned.title_in, planned.exercises[0].prompt_in) == (None, None)


def test_a_form_says_the_same_and_is_filled_in_with_it_again() -> None:
    for exercise in agenda.from_json(FILE).exercises:
        assert agenda.exercise_from_form(agenda.to_form(exercise)) == exercise


def test_a_response_may_name_its_column_in_any_of_its_languages() -> None:
    (first, *_) = agenda.from_json(FILE).exercises
    assert [agenda.read_side(said, first.sides) for said in ("start", "DECHRAU", "Stop")] == ["a", "a", "b"]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_template_that_comes_along_is_whole_in_welsh(name: str) -> None:
    planned = shipped(name)
    said = [planned.title_in]
    for exercise in planned.exercises:
        said += [exercise.prompt_in] if exercise.prompt else [side.prompt_in for side in exercise.sides]
        said += [side.name_in for side in exercise.sides if side.name]
    assert [sorted(each or {}) for each in said] == [["cy"]] * len(said)


def test_a_new_title_leaves_the_former_translation_behind() -> None:
    planned = agenda.from_json(FILE)
    assert planned.called("Start or stop").title_in == {"cy": "Dechrau neu stopio"}
    assert planned.called("Begin or end").title_in is None
    assert planned.called("Begin or end", {"cy": "Dechrau neu orffen"}).title_in == {"cy": "Dechrau neu orffen"}

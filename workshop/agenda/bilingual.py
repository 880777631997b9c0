"""What is said in further languages: a text for each, by its code. `languages.said_in` says who is shown which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from babel import Locale, UnknownLocaleError

from workshop import rules
from workshop.agenda.checking import words
from workshop.agenda.planned import LONGEST_PROMPT, LONGEST_TITLE, Agenda, PlannedSide
from workshop.errors import N_, NotUnderstood, Unacceptable

Texts = dict[str, str]


def language(value: Any, field: str = "language") -> str:
    """The code of a language, such as `cy` or `pt_BR`. `pt-BR`, as HTML writes it, is understood as well."""
    try:
        return str(Locale.parse(value.replace("-", "_")))
    except (AttributeError, UnknownLocaleError, ValueError) as error:
        raise Unacceptable(
            N_("“%(said)s” is not the code of a language, as “en” and “cy” are."), code=field, said=str(value)[:20]
        ) from error


def texts(value: Any, field: str, longest: int) -> Texts | None:
    """One text in further languages; None where it is written in none. An error's code is `field` with the language."""
    if value is None:
        return None
    if not isinstance(value, dict):
        raise NotUnderstood(
            N_("“%(field)s” is an object with a text for each language, by its code."), code=field, field=field
        )
    said = {language(code, field): (text, f"{field}_{code}") for code, text in value.items()}
    return {code: words(*said[code], "", longest) for code in sorted(said) if not _is_blank(said[code][0])} or None


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not rules.tidy(value))


def title_in(value: Any) -> Texts | None:
    return texts(value, "title_in", LONGEST_TITLE)


# From a form ----------------------------------------------------------------------------------------------------------


def in_form(form: Mapping[str, str], field: str) -> Texts:
    """What a form says of a field in further languages: `prompt_in_cy` beside `prompt`."""
    before = f"{field}_in_"
    return {name.removeprefix(before): form[name] for name in form if name.startswith(before)}


def prompt_in_form(form: Mapping[str, str], field: str) -> Texts | None:
    return texts(in_form(form, field), f"{field}_in", LONGEST_PROMPT)


def sides_in_form(form: Mapping[str, str], sides: Sequence[PlannedSide]) -> tuple[PlannedSide, ...]:
    """Columns with what the form says of them in further languages."""
    return tuple(
        replace(
            side,
            name_in=texts(in_form(form, f"name_{side.key}"), f"name_{side.key}_in", rules.LONGEST_SIDE)
            if side.name
            else None,
            prompt_in=prompt_in_form(form, prompt_field(side)) if side.prompt else None,
        )
        for side in sides
    )


def prompt_field(side: PlannedSide) -> str:
    return f"prompt_{side.key}" if side.key in rules.OWN_SIDES else f"{side.key}_prompt"


def to_form(field: str, others: Texts | None) -> Texts:
    """The fields that `in_form` reads back."""
    return {f"{field}_in_{code}": text for code, text in (others or {}).items()}


# From a file ----------------------------------------------------------------------------------------------------------


def prompt_in_file(value: Any) -> Texts | None:
    return texts(value, "prompt_in", LONGEST_PROMPT)


def sides_in_file(
    sides: Sequence[PlannedSide], keys: Sequence[str], prompts: Any, columns: Any
) -> tuple[PlannedSide, ...]:
    """Columns with what a file says of them in further languages: `prompt_in` of the exercise, with the prompts of each
    language by the `keys` of the columns, and `name_in` of each of `columns`.
    """
    prompts = {} if prompts is None else prompts
    if not isinstance(prompts, dict) or not all(isinstance(each, dict) for each in prompts.values()):
        raise NotUnderstood(
            N_("Where each column has its own prompt, “prompt_in” has an object like “prompt” for each language."),
            code="prompt_in",
        )
    names = [each.get("name_in") for each in columns] if isinstance(columns, list) else [None] * len(sides)
    return tuple(
        replace(
            side,
            name_in=texts(name, "name_in", rules.LONGEST_SIDE) if side.name else None,
            prompt_in=prompt_in_file({code: each.get(key) for code, each in prompts.items()}),
        )
        for side, key, name in zip(sides, keys, names, strict=False)
    )


def to_file(keys: Sequence[str], sides: Sequence[PlannedSide]) -> dict[str, Texts]:
    """The prompts of columns as `sides_in_file` reads them back."""
    codes = sorted({code for side in sides for code in side.prompt_in or {}})
    return {
        code: {
            key: side.prompt_in[code]
            for key, side in zip(keys, sides, strict=False)
            if side.prompt_in and code in side.prompt_in
        }
        for code in codes
    }


def check_others(agenda: Agenda) -> None:
    """Raise where something is said twice in the workshop's own language: nobody could tell which is meant."""
    said = [("title_in", agenda.title_in)]
    for exercise in agenda.exercises:
        said.append(("prompt_in", exercise.prompt_in))
        for side in exercise.sides:
            said += [("name_in", side.name_in), ("prompt_in", side.prompt_in)]
    for field, others in said:
        if agenda.language in (others or {}):
            raise Unacceptable(
                N_("“%(field)s” is for other languages: “%(language)s” is the one that the workshop itself is in."),
                code=field,
                field=field,
                language=agenda.language,
            )

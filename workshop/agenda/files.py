"""An agenda as a JSON file, read and written."""

from __future__ import annotations

from typing import Any

from workshop import rules
from workshop.agenda import bilingual
from workshop.agenda.checking import dots, line, longest, one_of, own_sides, side_prompt, whole, words
from workshop.agenda.lenses import lenses
from workshop.agenda.planned import (
    LONGEST_PROMPT,
    LONGEST_TITLE,
    MOST_EXERCISES,
    MOST_RESPONSES,
    NO_COLUMNS,
    YES_AND_NO,
    Agenda,
    PlannedExercise,
    PlannedSide,
)
from workshop.errors import N_, NotUnderstood, Unacceptable, WorkshopError
from workshop.models import Exercise


def from_json(data: Any) -> Agenda:
    """An agenda file: `title`, perhaps `language`, `title_in` and `lenses`, and `exercises`, each with `kind`, `prompt`
    (a sentence, or one for each column) and, all optional, `columns`, `allowance`, `most_per_response`, `totals`, … and
    `responses` (`side`, `text`): see docs/protocol.md. Other fields are left alone.
    """
    if not isinstance(data, dict):
        raise NotUnderstood(N_("An agenda is a JSON object."))
    exercises = data.get("exercises")
    if not isinstance(exercises, list) or not exercises or not all(isinstance(each, dict) for each in exercises):
        raise NotUnderstood(N_("An agenda has a list of “exercises”, each an object."))
    if len(exercises) > MOST_EXERCISES:
        raise Unacceptable(N_("A workshop has %(most)s exercises at the most."), most=MOST_EXERCISES)
    planned = tuple(_at(number, each) for number, each in enumerate(exercises, start=1))
    title = words(data.get("title"), "title", N_("Give the workshop a title."), LONGEST_TITLE)
    agenda = Agenda(
        title,
        planned,
        lenses=lenses(data.get("lenses")),
        language=bilingual.language(data.get("language", "en")),
        title_in=bilingual.title_in(data.get("title_in")),
    )
    bilingual.check_others(agenda)
    return agenda


def to_json(agenda: Agenda) -> dict[str, Any]:
    """The file that `from_json` reads back."""
    file: dict[str, Any] = {"title": agenda.title}
    if agenda.language != "en":
        file["language"] = agenda.language
    if agenda.title_in:
        file["title_in"] = agenda.title_in
    if agenda.lenses:
        file["lenses"] = list(agenda.lenses)
    return file | {"exercises": [_planned(each) for each in agenda.exercises]}


def _planned(exercise: PlannedExercise) -> dict[str, Any]:
    usual = PlannedExercise()
    data: dict[str, Any] = {"kind": exercise.kind}
    # Columns of one's own are known in a file by their order and their names.
    keys = rules.OWN_SIDES if exercise.sides[0].name else [side.key for side in exercise.sides]
    data["prompt"] = exercise.prompt or {key: side.prompt for key, side in zip(keys, exercise.sides, strict=False)}
    prompt_in = exercise.prompt_in or bilingual.to_file(keys, exercise.sides)
    if prompt_in:
        data["prompt_in"] = prompt_in
    if exercise.sides[0].key in rules.OWN_SIDES or any(side.allowance for side in exercise.sides):
        data["columns"] = [
            {"name": side.name or side.key.upper(), "sign": side.sign}
            | ({"name_in": side.name_in} if side.name_in else {})
            | ({"allowance": side.allowance} if side.allowance else {})
            for side in exercise.sides
        ]
    for field in ("allowance", "most_per_response", "totals", "checks_first", "locked", "longest", "own_allowed",
                  "order", "cut", "cut_share"):  # fmt: skip
        value = getattr(exercise, field)
        if field == "allowance" or value != getattr(usual, field):
            data[field] = value
    if exercise.responses:
        names = {side.key: side.name or side.key for side in exercise.sides}
        data["responses"] = [{"side": names[side], "text": text} for side, text in exercise.responses]
    return data


def _at(number: int, data: dict[str, Any]) -> PlannedExercise:
    try:
        return _exercise(data)
    except WorkshopError as error:
        raise error.at(N_("Exercise %(number)s: %(problem)s"), number=number) from error


def _exercise(data: dict[str, Any]) -> PlannedExercise:
    kind = one_of(data.get("kind", "columns"), "kind", Exercise.KINDS)
    prompt = data.get("prompt")
    sides = NO_COLUMNS if kind == "open" else _sides(data, prompt if isinstance(prompt, dict) else None)
    has_prompts = kind == "columns" and isinstance(prompt, dict)
    allowance = dots(data.get("allowance", rules.DEFAULT_ALLOWANCE), sides)
    most = data.get("most_per_response")
    cut, cut_share = line(data.get("cut"), data.get("cut_share"))
    cap = longest(data.get("longest", rules.LONGEST_RESPONSE))
    return PlannedExercise(
        kind=kind,
        prompt=None
        if has_prompts
        else words(prompt, "prompt", N_("Write the prompt: what people are to answer."), LONGEST_PROMPT),
        prompt_in=None if has_prompts else bilingual.prompt_in_file(data.get("prompt_in")),
        sides=sides,
        allowance=allowance,
        most_per_response=None if most is None else whole(most, "most_per_response", allowance),
        totals=one_of(data.get("totals", "hidden"), "totals", Exercise.TOTALS),
        checks_first=_flag(data, "checks_first", False),
        locked=_flag(data, "locked", False),
        longest=cap,
        own_allowed=_flag(data, "own_allowed", True),
        order=one_of(data.get("order", "shuffled"), "order", Exercise.ORDERS),
        cut=cut,
        cut_share=cut_share,
        responses=_responses(data.get("responses", []), sides, cap),
    )


def _sides(data: dict[str, Any], prompts: dict[str, Any] | None) -> tuple[PlannedSide, ...]:
    columns = data.get("columns")
    # Columns of one's own are known by their order, unless they are YES and NO.
    keys = rules.OWN_SIDES if columns is not None and (prompts or {}).keys() != set(rules.SIDES) else rules.SIDES
    if columns is None:
        sides: tuple[PlannedSide, ...] = tuple(
            PlannedSide(
                side.key,
                None,
                side.sign,
                side_prompt(prompts.get(side.key), f"{side.key}_prompt") if prompts is not None else None,
            )
            for side in YES_AND_NO
        )
    elif prompts is not None and isinstance(columns, list):
        with_prompts = [
            {**each, "prompt": prompts.get(key)} if isinstance(each, dict) else each
            for key, each in zip(keys, columns, strict=False)
        ]
        sides = own_sides(with_prompts, has_prompts=True)
    else:
        sides = own_sides(columns, has_prompts=prompts is not None)
    return bilingual.sides_in_file(sides, keys, data.get("prompt_in") if prompts is not None else None, columns)


def read_side(said: str, sides: tuple[PlannedSide, ...]) -> str:
    """The key of the column that a file means: by its key or by its name, in any of its languages."""
    known = {side.key: side.key for side in sides} | {
        name.casefold(): side.key for side in sides for name in side.names
    }
    return rules.check_side(known.get(said.strip().casefold(), ""), tuple(side.key for side in sides))


def _responses(data: Any, sides: tuple[PlannedSide, ...], longest: int) -> tuple[tuple[str, str], ...]:
    if not isinstance(data, list) or not all(isinstance(each, dict) for each in data):
        raise NotUnderstood(N_("“responses” is a list of objects with “side” and “text”."))
    if len(data) > MOST_RESPONSES:
        raise Unacceptable(N_("An exercise has %(most)s responses at the most."), most=MOST_RESPONSES)
    if len(sides) == 1:
        data = [{**each, "side": sides[0].key} for each in data]
    if not all(isinstance(each.get(field), str) for each in data for field in ("side", "text")):
        raise NotUnderstood(N_("“responses” is a list of objects with “side” and “text”."))
    return tuple((read_side(each["side"], sides), rules.check_response(each["text"], longest)) for each in data)


def _flag(data: dict[str, Any], field: str, usual: bool) -> bool:
    value = data.get(field, usual)
    if not isinstance(value, bool):
        raise NotUnderstood(N_("“%(field)s” is true or false."), code=field, field=field)
    return value

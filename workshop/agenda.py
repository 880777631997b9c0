"""An agenda: what a workshop is to do, as JSON or as the fields of a form, checked and turned into plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workshop import rules
from workshop.errors import N_, NotUnderstood, Unacceptable
from workshop.models import Exercise

LONGEST_TITLE = 100
LONGEST_PROMPT = 200
MOST_RESPONSES = 500


@dataclass(frozen=True, slots=True)
class PlannedExercise:
    kind: str = "columns"
    prompt: str | None = None
    yes_prompt: str | None = None
    no_prompt: str | None = None
    allowance: int = rules.DEFAULT_ALLOWANCE
    most_per_response: int | None = None
    totals: str = "hidden"
    responses: tuple[tuple[str, str], ...] = ()
    """(side, text) of those that are there from the start."""


@dataclass(frozen=True, slots=True)
class Agenda:
    title: str
    exercises: tuple[PlannedExercise, ...]
    simulated: bool = False


def from_form(form: Mapping[str, str]) -> Agenda:
    """The fields of “New workshop”: see docs/protocol.md. Raises a WorkshopError whose `code` names the field."""
    if form.get("prompts") == "two":
        prompts: dict[str, Any] = {
            "yes_prompt": _words(form.get("yes_prompt"), "yes_prompt", N_("Write the YES prompt."), LONGEST_PROMPT),
            "no_prompt": _words(form.get("no_prompt"), "no_prompt", N_("Write the NO prompt."), LONGEST_PROMPT),
        }
    else:
        prompts = {
            "prompt": _words(
                form.get("prompt"),
                "prompt",
                N_("Write the prompt: what people are to answer."),
                LONGEST_PROMPT,
            )
        }
    title = _words(form.get("title"), "title", N_("Give the workshop a title."), LONGEST_TITLE)
    allowance = _whole(
        form.get("allowance", "").strip() or rules.DEFAULT_ALLOWANCE,
        "allowance",
        rules.MOST_ALLOWANCE,
    )
    most = form.get("most_per_response", "").strip()
    return Agenda(
        title=title,
        exercises=(
            PlannedExercise(
                **prompts,
                allowance=allowance,
                most_per_response=_whole(most, "most_per_response", allowance) if most else None,
                totals=_one_of(form.get("totals", "hidden"), "totals", Exercise.TOTALS),
            ),
        ),
    )


def from_json(data: Any) -> Agenda:
    """An agenda file: `title` and `exercises`, each with `kind`, `prompt` (a sentence, or one for `yes` and one for
    `no`) and, all optional, `allowance`, `most_per_response`, `totals` and `responses` (`side`, `text`). Other fields
    are left alone.
    """
    if not isinstance(data, dict):
        raise NotUnderstood(N_("An agenda is a JSON object."))
    exercises = data.get("exercises")
    if not isinstance(exercises, list) or not exercises or not all(isinstance(each, dict) for each in exercises):
        raise NotUnderstood(N_("An agenda has a list of “exercises”, each an object."))
    planned = tuple(_exercise(each) for each in exercises)
    if planned[0].kind != "columns":
        raise NotUnderstood(N_("The first exercise of an agenda is of the kind “columns”."))
    return Agenda(_words(data.get("title"), "title", N_("Give the workshop a title."), LONGEST_TITLE), planned)


def _exercise(data: dict[str, Any]) -> PlannedExercise:
    kind = _one_of(data.get("kind", "columns"), "kind", Exercise.KINDS)
    prompt = data.get("prompt")
    if isinstance(prompt, dict):
        prompts: dict[str, Any] = {
            "yes_prompt": _words(prompt.get("yes"), "yes_prompt", N_("Write the YES prompt."), LONGEST_PROMPT),
            "no_prompt": _words(prompt.get("no"), "no_prompt", N_("Write the NO prompt."), LONGEST_PROMPT),
        }
    else:
        prompts = {
            "prompt": _words(prompt, "prompt", N_("Write the prompt: what people are to answer."), LONGEST_PROMPT)
        }
    allowance = _whole(data.get("allowance", rules.DEFAULT_ALLOWANCE), "allowance", rules.MOST_ALLOWANCE)
    most = data.get("most_per_response")
    return PlannedExercise(
        kind=kind,
        **prompts,
        allowance=allowance,
        most_per_response=None if most is None else _whole(most, "most_per_response", allowance),
        totals=_one_of(data.get("totals", "hidden"), "totals", Exercise.TOTALS),
        responses=_responses(data.get("responses", []), kind),
    )


def _responses(data: Any, kind: str) -> tuple[tuple[str, str], ...]:
    if not isinstance(data, list) or not all(isinstance(each, dict) for each in data):
        raise NotUnderstood(N_("“responses” is a list of objects with “side” and “text”."))
    if len(data) > MOST_RESPONSES:
        raise Unacceptable(N_("An exercise has %(most)s responses at the most."), most=MOST_RESPONSES)
    if data and kind != "columns":
        raise NotUnderstood(N_("Only an exercise of the kind “columns” can bring responses along."))
    if not all(isinstance(each.get(field), str) for each in data for field in ("side", "text")):
        raise NotUnderstood(N_("“responses” is a list of objects with “side” and “text”."))
    return tuple((rules.check_side(each["side"]), rules.check_response(each["text"])) for each in data)


def _words(value: Any, field: str, missing: str, longest: int) -> str:
    if value is not None and not isinstance(value, str):
        raise NotUnderstood(N_("“%(field)s” is a text."), code=field, field=field)
    text = rules.tidy(value or "")
    if not text:
        raise Unacceptable(missing, code=field)
    if len(text) > longest:
        raise Unacceptable(
            N_("That is %(length)s characters. There is room for %(longest)s."),
            code=field,
            length=len(text),
            longest=longest,
        )
    return text


def _whole(value: Any, field: str, most: int) -> int:
    text = str(value).strip()
    if (
        isinstance(value, bool)
        or not text.isascii()
        or not text.isdigit()
        or len(text) > 4
        or not 1 <= int(text) <= most
    ):
        raise Unacceptable(N_("Give a whole number from 1 to %(most)s."), code=field, most=most)
    return int(text)


def _one_of(value: Any, field: str, words: tuple[str, ...]) -> str:
    if value not in words:
        raise NotUnderstood(N_("“%(field)s” is one of: %(words)s."), code=field, field=field, words=", ".join(words))
    return str(value)

"""An exercise as the fields of a form."""

from __future__ import annotations

from collections.abc import Mapping

from workshop import rules
from workshop.agenda import bilingual
from workshop.agenda.checking import dots, line, longest, one_of, own_sides, side_allowance, side_prompt, whole, words
from workshop.agenda.planned import (
    LONGEST_PROMPT,
    LONGEST_TITLE,
    NO_COLUMNS,
    YES_AND_NO,
    Agenda,
    PlannedExercise,
    PlannedSide,
)
from workshop.errors import N_
from workshop.models import Exercise


def from_form(form: Mapping[str, str]) -> Agenda:
    """The fields of “New workshop”: see docs/protocol.md. Raises a WorkshopError whose `code` names the field."""
    title = words(form.get("title"), "title", N_("Give the workshop a title."), LONGEST_TITLE)
    return Agenda(
        title=title,
        exercises=(exercise_from_form(form),),
        language=bilingual.language(form.get("language") or "en"),
        title_in=title_in_form(form),
    )


def title_in_form(form: Mapping[str, str]) -> dict[str, str] | None:
    return bilingual.title_in(bilingual.in_form(form, "title"))


def exercise_from_form(form: Mapping[str, str]) -> PlannedExercise:
    """The fields that describe an exercise. What a form does not name is as it usually is."""
    kind = one_of(form.get("kind", "columns"), "kind", Exercise.KINDS)
    sides = NO_COLUMNS if kind == "open" else bilingual.sides_in_form(form, _sides(form))
    prompt = None
    if form.get("prompts") != "two" or kind == "open":
        prompt = words(form.get("prompt"), "prompt", N_("Write the prompt: what people are to answer."), LONGEST_PROMPT)
    allowance = dots(form.get("allowance", "").strip() or rules.DEFAULT_ALLOWANCE, sides)
    most = form.get("most_per_response", "").strip()
    cut, cut_share = line(form.get("cut", "").strip() or None, form.get("cut_share", "").strip() or None)
    return PlannedExercise(
        kind=kind,
        prompt=prompt,
        prompt_in=bilingual.prompt_in_form(form, "prompt") if prompt else None,
        sides=sides,
        allowance=allowance,
        most_per_response=whole(most, "most_per_response", allowance) if most else None,
        totals=one_of(form.get("totals", "hidden"), "totals", Exercise.TOTALS),
        checks_first=form.get("checks_first") == "yes",
        locked=form.get("locked") == "yes",
        longest=longest(form.get("longest", "").strip() or rules.LONGEST_RESPONSE),
        own_allowed=form.get("own_allowed", "yes") == "yes",
        order=one_of(form.get("order", "shuffled"), "order", Exercise.ORDERS),
        cut=cut,
        cut_share=cut_share,
    )


def _sides(form: Mapping[str, str]) -> tuple[PlannedSide, ...]:
    """Columns of one's own (`columns` is `own`): for each its `name_a`, `sign_a`, `prompt_a`, `allowance_a`, and so on
    to `e`; those without a name are left out. Otherwise YES and NO. With `dots` as `together`, what each column's
    allowance says is passed over.
    """
    has_prompts = form.get("prompts") == "two"

    def dots_in(key: str) -> str | None:
        return None if form.get("dots") == "together" else form.get(f"allowance_{key}", "").strip() or None

    if form.get("columns") != "own":
        return tuple(
            PlannedSide(
                side.key,
                None,
                side.sign,
                side_prompt(form.get(f"{side.key}_prompt"), f"{side.key}_prompt") if has_prompts else None,
                side_allowance(dots_in(side.key), f"allowance_{side.key}"),
            )
            for side in YES_AND_NO
        )
    named = [key for key in rules.OWN_SIDES if form.get(f"name_{key}", "").strip()]
    return own_sides(
        [
            {
                "name": form.get(f"name_{key}"),
                "sign": form.get(f"sign_{key}"),
                "prompt": form.get(f"prompt_{key}") if has_prompts else None,
                "allowance": dots_in(key),
            }
            for key in named
        ],
        has_prompts=has_prompts,
        keys=tuple(named),
    )


def to_form(exercise: PlannedExercise) -> dict[str, str]:
    """The fields that `exercise_from_form` reads back."""
    is_own = exercise.sides[0].key in rules.OWN_SIDES
    has_parts = any(side.allowance for side in exercise.sides)
    form = {
        "kind": exercise.kind,
        "columns": "own" if is_own else "yes_no",
        "prompts": "two" if exercise.prompt is None else "one",
        "prompt": exercise.prompt or "",
        "dots": "apart" if has_parts else "together",
        "allowance": str(exercise.allowance),
        "most_per_response": str(exercise.most_per_response or ""),
        "totals": exercise.totals,
        "checks_first": _yes(exercise.checks_first),
        "locked": _yes(exercise.locked),
        "longest": str(exercise.longest),
        "own_allowed": _yes(exercise.own_allowed),
        "order": exercise.order,
        "cut": str(exercise.cut or ""),
        "cut_share": str(exercise.cut_share or ""),
    }
    form |= bilingual.to_form("prompt", exercise.prompt_in)
    for side in exercise.sides:
        form[bilingual.prompt_field(side)] = side.prompt or ""
        form |= bilingual.to_form(bilingual.prompt_field(side), side.prompt_in)
        form |= bilingual.to_form(f"name_{side.key}", side.name_in)
        form[f"allowance_{side.key}"] = str(side.allowance or "")
        if is_own:
            form |= {f"name_{side.key}": side.name or "", f"sign_{side.key}": side.sign}
    return form


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"

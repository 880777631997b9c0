"""What a facilitator does to the exercises of an agenda: add one, change it, copy it, delete it.

`actions.turning` says which is on, and in which order they stand.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop.actions import settled
from workshop.actions.history import By, made, put, record
from workshop.actions.hosting import add_planned_responses, find_exercise, new_exercise
from workshop.agenda import MOST_EXERCISES, PlannedExercise, PlannedSide
from workshop.ballots import voting_in
from workshop.errors import N_, NotNow, Unacceptable
from workshop.models import Exercise, Response, Side, Theme, Workshop
from workshop.store import Store

# So many words of a prompt call the exercise by its name.
WORDS_OF_A_NAME = 3


class Listed(NamedTuple):
    """An exercise as the agenda shows it."""

    exercise: Exercise
    responses: int
    """How many are live."""
    has_dots: bool


def listed(session: Session, workshop: Workshop) -> list[Listed]:
    """The agenda of a workshop, in its order."""
    return [Listed(each, _count_live(session, each), settled.has_dots(session, each)) for each in workshop.exercises]


def list_one(session: Session, workshop_id: int, number: int) -> Listed:
    """One exercise of it. Raises `NotFound`."""
    exercise = find_exercise(session, workshop_id, number)
    return Listed(exercise, _count_live(session, exercise), settled.has_dots(session, exercise))


def newest(workshop: Workshop) -> int:
    """The highest number that an exercise has or had: it says whether one was added since."""
    return max(each.number for each in workshop.all_exercises)


def add_exercise(
    store: Store, workshop_id: int, planned: PlannedExercise, *, by: By, seen: int | None = None
) -> tuple[int, int | None]:
    """Add an exercise at the end. Returns its number and the entry in the history.

    `seen` is what `newest` was when somebody began: pressed twice, or by two at once, it is added once.
    """
    with store.change(workshop_id) as session:
        workshop = session.get_one(Workshop, workshop_id)
        _check_newest(workshop, seen)
        exercise = append(workshop, planned)
        add_planned_responses(session, exercise.id, planned)
        return exercise.number, record(session, workshop_id, by, "add_exercise", exercise=exercise.number)


def edit_exercise(
    store: Store, workshop_id: int, number: int, planned: PlannedExercise, *, by: By, seen: str | None = None
) -> int | None:
    """Make an exercise as it is planned now; its responses, and whether responses are locked, stay as they are.

    `seen` is the `fingerprint` of what somebody began to change. Raises `NotNow` where it has been changed since, and
    where what people have done settles what was to be changed.
    """
    with store.change(workshop_id) as session:
        exercise = find_exercise(session, workshop_id, number)
        if seen is not None and seen != fingerprint(exercise):
            raise NotNow(
                N_(
                    "Somebody else has changed this exercise meanwhile, so nothing was saved. Save again to replace it."
                ),
                code="changed_meanwhile",
            )
        before = plan_of(exercise)
        if planned.kind != before.kind:
            settled.check_kind(session, exercise)
        if (planned.cut, planned.cut_share) != (before.cut, before.cut_share):
            settled.check_places(exercise)
        # Whoever voted while totals were hidden was promised that nobody sees where others' dots are.
        shows_totals = (before.totals, planned.totals) == ("hidden", "live")
        if shows_totals or _voting_rules(planned) != _voting_rules(before):
            settled.check_voting_rules(session, exercise)
        _set_columns(session, exercise, planned.sides)
        put(exercise, **_fields(replace(planned, locked=exercise.locked)))
        return record(session, workshop_id, by, "edit_exercise", exercise=number)


def copy_exercise(
    store: Store, workshop_id: int, number: int, *, with_responses: bool, by: By, seen: int | None = None
) -> tuple[int, int | None]:
    """Add an exercise with the same prompts, columns and rules, without dots; with the same responses, under the same
    numbers, merged and themed as they are, or without any. Returns its number and the entry in the history.
    """
    with store.change(workshop_id) as session:
        workshop = session.get_one(Workshop, workshop_id)
        _check_newest(workshop, seen)
        original = find_exercise(session, workshop_id, number)
        # Whether responses are locked is how it stands, and no rule of it.
        copy = append(workshop, replace(plan_of(original), locked=False))
        if with_responses:
            _copy_responses(session, original, copy)
        return copy.number, record(session, workshop_id, by, "copy_exercise", exercise=copy.number, original=number)


def remove_exercise(store: Store, workshop_id: int, number: int, typed: str, *, by: By) -> int | None:
    """Delete an exercise by its name: nothing of it is lost, and undoing brings it back."""
    with store.change(workshop_id) as session:
        exercise = find_exercise(session, workshop_id, number)
        if len(exercise.workshop.exercises) == 1:
            raise NotNow(N_("This is the only exercise. Add another one first."), code="only_exercise")
        if exercise.is_on:
            raise NotNow(N_("Exercise %(number)s is on. Start another one first."), code="is_on", number=number)
        if not is_called(exercise, typed):
            raise Unacceptable(
                N_("That is not its name, so nothing was deleted. Type “exercise %(number)s” or “%(name)s”."),
                code="wrong_name",
                number=number,
                name=name_of(exercise),
            )
        put(exercise, removed=True)
        return record(session, workshop_id, by, "remove_exercise", exercise=number)


def name_of(exercise: Exercise) -> str:
    """The first words of its prompt."""
    return first_words(exercise.asked)


def first_words(asked: str) -> str:
    return " ".join(asked.split()[:WORDS_OF_A_NAME])


def is_called(exercise: Exercise, typed: str) -> bool:
    """Whether somebody means an exercise: by its number, whatever word they put before it, or by the first words of
    its prompt in any of its languages, in any case and with any punctuation.
    """
    said = _bare_words(typed)
    if said[-1:] == [str(exercise.number)] and len(said) <= 2:
        return True
    return any(_is_begun(said, _bare_words(exercise.asked_in(code)[0])) for code in exercise.languages)


def _is_begun(said: list[str], asked: list[str]) -> bool:
    return len(said) >= min(WORDS_OF_A_NAME, len(asked)) and said == asked[: len(said)] and said != []


def _bare_words(text: str) -> list[str]:
    words = ("".join(ch for ch in word if ch.isalnum()) for word in text.casefold().split())
    return [word for word in words if word]


# Exercises and plans --------------------------------------------------------------------------------------------------


def append(workshop: Workshop, planned: PlannedExercise) -> Exercise:
    """Put a planned exercise at the end of an agenda, within a change that is recorded. Its responses are not added."""
    if len(workshop.exercises) >= MOST_EXERCISES:
        raise Unacceptable(
            N_("A workshop has %(most)s exercises at the most."), code="too_many_exercises", most=MOST_EXERCISES
        )
    exercise = new_exercise(newest(workshop) + 1, planned)
    exercise.place = max(each.place for each in workshop.all_exercises) + 1
    workshop.all_exercises.append(exercise)
    made(exercise, removed=True)
    return exercise


def plan_of(exercise: Exercise) -> PlannedExercise:
    """An exercise as it could be planned again, without its responses."""
    return PlannedExercise(
        kind=exercise.kind,
        prompt=exercise.prompt,
        prompt_in=exercise.prompt_in,
        sides=tuple(
            PlannedSide(side.key, side.name, side.sign, side.prompt, side.allowance, side.name_in, side.prompt_in)
            for side in exercise.sides
        ),
        allowance=exercise.allowance,
        most_per_response=exercise.most_per_response,
        totals=exercise.totals,
        checks_first=exercise.checks_first,
        locked=exercise.locked,
        longest=exercise.longest,
        own_allowed=exercise.own_allowed,
        order=exercise.order,
        cut=exercise.cut,
        cut_share=exercise.cut_share,
    )


def fingerprint(exercise: Exercise) -> str:
    """A short word for all that can be changed of an exercise: another one as soon as anything of it is."""
    plan = replace(plan_of(exercise), locked=False)
    return hashlib.sha256(repr(plan).encode()).hexdigest()[:16]


def _fields(planned: PlannedExercise) -> dict[str, Any]:
    names = ("kind", "prompt", "prompt_in", "allowance", "most_per_response", "totals", "checks_first", "locked",
             "longest", "own_allowed", "order", "cut", "cut_share")  # fmt: skip
    return {name: getattr(planned, name) for name in names}


def _voting_rules(planned: PlannedExercise) -> tuple[object, ...]:
    apart = {side.key: side.allowance for side in planned.sides if side.allowance is not None}
    return planned.allowance, planned.most_per_response, planned.own_allowed, apart


def _set_columns(session: Session, exercise: Exercise, planned: tuple[PlannedSide, ...]) -> None:
    for row in exercise.sides:
        if row.key not in {side.key for side in planned}:
            settled.check_column_is_empty(session, exercise, row)
            put(row, place=0)
    for place, side in enumerate(planned, start=1):
        fields = {name: getattr(side, name) for name in ("name", "name_in", "sign", "prompt", "prompt_in", "allowance")}
        known = session.get(Side, (exercise.id, side.key))
        if known is not None:
            put(known, place=place, **fields)
        else:
            row = Side(exercise_id=exercise.id, key=side.key, place=place, **fields)
            session.add(row)
            made(row, place=0)


def _copy_responses(session: Session, original: Exercise, copy: Exercise) -> None:
    for theme in session.scalars(select(Theme).where(Theme.exercise_id == original.id)):
        session.add(Theme(exercise_id=copy.id, number=theme.number, name=theme.name, removed=theme.removed))
    under = voting_in(session, original).merged
    rows = session.scalars(
        select(Response).where(Response.exercise_id == original.id, Response.state != "withdrawn")
    ).all()
    copies = {
        row.number: Response(
            exercise_id=copy.id,
            number=row.number,
            side=row.side,
            text=row.text,
            state="live" if row.state == "merged" else row.state,
            theme=row.theme,
            author_id=row.author_id,
            op=f"copy-{row.number}",
        )
        for row in rows
        if row.state != "merged" or row.number in under
    }
    session.add_all(copies.values())
    # A response can only point at one that is there.
    session.flush()
    for row in rows:
        if row.number in under:
            copies[row.number].state, copies[row.number].merged_into = "merged", row.merged_into


def _count_live(session: Session, exercise: Exercise) -> int:
    live = select(func.count()).where(Response.exercise_id == exercise.id, Response.state == "live")
    return session.scalar(live) or 0


def _check_newest(workshop: Workshop, seen: int | None) -> None:
    latest = max(workshop.all_exercises, key=lambda each: each.number)
    if seen is not None and seen != latest.number:
        raise NotNow(
            N_("Meanwhile exercise %(number)s was added: “%(name)s”. If you mean another one, press again."),
            code="added_meanwhile",
            number=latest.number,
            name=name_of(latest),
        )

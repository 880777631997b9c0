"""What the facilitator does to see many responses as fewer: merge those that say the same, and put them under themes.

A merged response points at the one whose wording is kept. No dot is moved: the tally follows the pointer. Pointers are
followed and never bent, so what was merged into a response before that one was merged goes along with it, and each
merge can be undone by itself.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop import rules
from workshop.actions.gathering import find_response
from workshop.actions.history import By, check_grouping, check_merging, made, put, record
from workshop.actions.hosting import find_exercise
from workshop.errors import N_, NotFound, NotNow, Unacceptable
from workshop.models import Exercise, Response, Theme
from workshop.store import Store

# A room that has more themes than this has none.
MOST_THEMES = 40


def merge(
    store: Store, workshop_id: int, number: int, responses: Collection[int], into: int | None = None, *, by: By
) -> tuple[int, int | None]:
    """Merge responses into one of them, or into another, whose wording is kept: the one with the lowest number unless
    `into` says which. Returns its number and the entry in the history.

    Raises `NotNow` where one of them is not live, as when somebody else has just merged it, or while people vote; and
    `Unacceptable` where they are of different columns.
    """
    if len({*responses, into} - {None}) < 2:
        raise Unacceptable(N_("Choose two responses or more to merge."), code="nothing_to_merge")
    with store.change(workshop_id) as session:
        check_merging(find_exercise(session, workshop_id, number))
        kept = _live(session, workshop_id, number, min(responses) if into is None else into)
        others = [_live(session, workshop_id, number, each) for each in sorted(set(responses)) if each != kept.number]
        for each in others:
            if each.side != kept.side:
                raise Unacceptable(
                    N_("R%(one)s and R%(other)s are in different columns, so they cannot be merged."),
                    code="other_column",
                    one=kept.number,
                    other=each.number,
                )
        for each in others:
            put(each, state="merged", merged_into=kept.number)
        entry = record(
            session,
            workshop_id,
            by,
            "merge",
            exercise=number,
            response=kept.number,
            responses=[each.number for each in others],
        )
        return kept.number, entry


def unmerge(store: Store, workshop_id: int, number: int, response: int, *, by: By) -> int | None:
    """Take a response out of the one that it was merged into: it stands by itself again, with its own dots."""
    with store.change(workshop_id) as session:
        check_merging(find_exercise(session, workshop_id, number))
        row = find_response(session, workshop_id, number, response)
        kept = row.merged_into
        if row.state == "merged":
            put(row, state="live", merged_into=None)
        return record(session, workshop_id, by, "unmerge", exercise=number, response=response, kept=kept)


def add_theme(
    store: Store, workshop_id: int, number: int, name: str, responses: Collection[int] = (), *, by: By
) -> tuple[int, int | None]:
    """Add a theme, and put responses under it. Where there is one of that name already, it is used. Returns the
    theme's number and the entry in the history.
    """
    name = rules.check_theme(name)
    with store.change(workshop_id) as session:
        exercise = find_exercise(session, workshop_id, number)
        check_grouping(exercise)
        theme = _named(session, exercise, name)
        is_new = theme is None
        if theme is None:
            theme = Theme(exercise_id=exercise.id, number=_next_theme(session, exercise), name=name)
            session.add(theme)
            made(theme, removed=True)
        _put_under(session, workshop_id, number, responses, theme.number)
        about = {"theme": theme.number, "name": theme.name, "responses": sorted(responses)}
        if is_new:
            return theme.number, record(session, workshop_id, by, "add_theme", exercise=number, **about)
        return theme.number, record(session, workshop_id, by, "set_theme", exercise=number, **about)


def set_theme(
    store: Store, workshop_id: int, number: int, responses: Collection[int], theme: int | None, *, by: By
) -> int | None:
    """Put responses under a theme, or under none."""
    if not responses:
        raise Unacceptable(N_("Choose the responses first."), code="nothing_chosen")
    with store.change(workshop_id) as session:
        exercise = find_exercise(session, workshop_id, number)
        check_grouping(exercise)
        row = None if theme is None else find_theme(session, exercise, theme)
        _put_under(session, workshop_id, number, responses, theme)
        about = {"responses": sorted(responses)}
        if row is None:
            return record(session, workshop_id, by, "clear_theme", exercise=number, **about)
        return record(session, workshop_id, by, "set_theme", exercise=number, theme=theme, name=row.name, **about)


def rename_theme(store: Store, workshop_id: int, number: int, theme: int, name: str, *, by: By) -> int | None:
    """Call a theme something else. Raises `Unacceptable` where another is called so."""
    name = rules.check_theme(name)
    with store.change(workshop_id) as session:
        exercise = find_exercise(session, workshop_id, number)
        check_grouping(exercise)
        row = find_theme(session, exercise, theme)
        if _named(session, exercise, name) not in (None, row):
            raise Unacceptable(N_("There is a theme of that name already."), code="theme_taken")
        before = row.name
        put(row, name=name)
        return record(session, workshop_id, by, "rename_theme", exercise=number, theme=theme, name=name, before=before)


def remove_theme(store: Store, workshop_id: int, number: int, theme: int, *, by: By) -> int | None:
    """Take a theme away. Its responses stand under none, and still point at it: undoing brings it back whole."""
    with store.change(workshop_id) as session:
        exercise = find_exercise(session, workshop_id, number)
        check_grouping(exercise)
        row = find_theme(session, exercise, theme)
        put(row, removed=True)
        return record(session, workshop_id, by, "remove_theme", exercise=number, theme=theme, name=row.name)


def find_theme(session: Session, exercise: Exercise, theme: int) -> Theme:
    row = session.get(Theme, (exercise.id, theme))
    if row is None or row.removed:
        raise NotFound(N_("There is no such theme, or no longer."), code="no_such_theme")
    return row


def _put_under(session: Session, workshop_id: int, number: int, responses: Collection[int], theme: int | None) -> None:
    for each in sorted(responses):
        put(_live(session, workshop_id, number, each), theme=theme)


def _live(session: Session, workshop_id: int, number: int, response: int) -> Response:
    """A response that everybody may see and that stands by itself."""
    row = find_response(session, workshop_id, number, response)
    if row.state == "merged":
        raise NotNow(
            N_("R%(number)s is merged into R%(kept)s already."),
            code="merged",
            number=response,
            kept=row.merged_into,
        )
    if row.state != "live":
        raise NotNow(N_("R%(number)s is on no screen. Show it first."), code="not_shown", number=response)
    return row


def _named(session: Session, exercise: Exercise, name: str) -> Theme | None:
    themes = session.scalars(select(Theme).where(Theme.exercise_id == exercise.id, ~Theme.removed))
    return next((theme for theme in themes if theme.name.casefold() == name.casefold()), None)


def _next_theme(session: Session, exercise: Exercise) -> int:
    ever, now = session.execute(
        select(func.max(Theme.number), func.count().filter(~Theme.removed)).where(Theme.exercise_id == exercise.id)
    ).one()
    if now >= MOST_THEMES:
        raise Unacceptable(N_("An exercise has %(most)s themes at the most."), code="too_many_themes", most=MOST_THEMES)
    return (ever or 0) + 1

"""What in an exercise can no longer be changed, because people have acted on it; and what holds of every agenda.

Each check raises with the way out in its sentence. Undoing asks them as well: it must not do what may not be done.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.errors import N_, NotNow
from workshop.models import Dot, Exercise, Participant, Response, Side, Workshop

_KIND_IS_OPEN = ("draft", "gather", "group")


def has_dots(session: Session, exercise: Exercise) -> bool:
    """Whether a dot lies on any of its responses, on a withdrawn one as well: that can be restored."""
    lies = select(Dot.number).where(Dot.exercise_id == exercise.id, Dot.response.is_not(None)).limit(1)
    return session.scalar(lies) is not None


def has_responses(session: Session, exercise: Exercise, side: str | None = None) -> bool:
    """Whether it has a response in any state, or one of its columns has."""
    found = select(Response.number).where(Response.exercise_id == exercise.id).limit(1)
    return session.scalar(found if side is None else found.where(Response.side == side)) is not None


def check_voting_rules(session: Session, exercise: Exercise) -> None:
    """Raise where allowances and what else people vote by must stay as they are."""
    if exercise.phase == "vote":
        raise NotNow(
            N_(
                "While people vote, the rules of voting stay as they are. "
                "Copy the exercise, and change them in the copy."
            ),
            code="voting_rules_locked",
        )
    if has_dots(session, exercise):
        raise NotNow(
            N_(
                "Dots have been placed in this exercise, so the rules of voting stay as they are. "
                "Copy the exercise, and change them in the copy."
            ),
            code="voting_rules_locked",
        )


def check_places(exercise: Exercise) -> None:
    """Raise where how many go forward is not to be chosen."""
    if exercise.run_off_of is not None:
        raise NotNow(N_("A run-off is for the places that were tied for; they stay as they are."), code="is_run_off")


def check_one_line(session: Session, changes: list[dict[str, Any]]) -> None:
    """Raise where undoing `changes` has just drawn a line beside another. It is asked before anything else is read, for
    that would write to the database what the database refuses.
    """
    for exercise_id in {change["key"][0] for change in changes if change["field"] in ("cut", "cut_share")}:
        exercise = session.get_one(Exercise, exercise_id)
        if exercise.cut is not None and exercise.cut_share is not None:
            raise NotNow(
                N_(
                    "Another line has been drawn since, so this cannot be undone by itself. Draw the line anew instead."
                ),
                code="changed_since",
            )


def check_kind(session: Session, exercise: Exercise) -> None:
    """Raise where an exercise cannot become one of the other kind."""
    if exercise.phase not in _KIND_IS_OPEN or has_responses(session, exercise):
        raise NotNow(
            N_("This exercise has responses or has gone on, so its kind stays. Add another exercise instead."),
            code="has_responses",
        )


def check_column_is_empty(session: Session, exercise: Exercise, side: Side) -> None:
    """Raise where a column cannot be taken away, though its responses were withdrawn: they can be restored."""
    if has_responses(session, exercise, side.key):
        raise NotNow(
            N_(
                "Responses stand in the column “%(column)s”, so it stays; its name can change. "
                "Copy the exercise without its responses to have other columns."
            ),
            code="column_in_use",
            column=side.name or side.key.upper(),
        )


def check_no_vote_elsewhere(workshop: Workshop, exercise: Exercise) -> None:
    """Raise where people vote in another exercise: nobody's screen is taken away while they do."""
    for other in workshop.exercises:
        if other is not exercise and other.phase == "vote":
            raise NotNow(N_("Close voting in exercise %(number)s first."), code="voting_open", number=other.number)


def check_lenses(session: Session, workshop: Workshop, before: Collection[str], after: Collection[str]) -> None:
    """Raise where a lens would go by which a vote has been counted: the difference would show what somebody voted for.

    What anybody chose is reason enough, so that a refusal does not tell which lens is empty.
    """
    counted = [exercise.id for exercise in workshop.all_exercises if is_counted(exercise)]
    of_voters = (
        select(Participant.id)
        .join(Dot, Dot.participant_id == Participant.id)
        .where(Dot.exercise_id.in_(counted), Dot.response.is_not(None), Participant.lens.is_not(None))
        .limit(1)
    )
    if set(before) - set(after) and session.scalar(of_voters) is not None:
        raise NotNow(
            N_("A vote has been counted by these groups, so none of them can be taken away. You can add others."),
            code="lenses_settled",
        )


def check_lens(session: Session, participant: Participant) -> None:
    """Raise where somebody cannot be in another lens than before: they have a dot in a vote that has been counted."""
    dots = select(Dot.exercise_id).where(Dot.participant_id == participant.id, Dot.response.is_not(None)).distinct()
    if any(is_counted(session.get_one(Exercise, exercise)) for exercise in session.scalars(dots).all()):
        raise NotNow(
            N_(
                "A vote that you took part in has been counted, so this stays as it is. "
                "Otherwise the change could show what you voted for."
            ),
            code="lens_settled",
        )


def is_counted(exercise: Exercise) -> bool:
    """Whether its vote was closed, so that somebody may have looked at the result."""
    return exercise.revealed or exercise.phase == "reveal"


def check_undone(session: Session, workshop: Workshop, changes: list[dict[str, Any]]) -> None:
    """Raise where the agenda cannot be as the undoing of `changes` has just left it."""
    # The kind first: its sentence says more than that of the columns which come and go with it.
    for change in sorted(changes, key=lambda change: change["field"] != "kind"):
        of, field = change["of"], change["field"]
        if of == "exercise" and field == "kind":
            check_kind(session, session.get_one(Exercise, change["key"][0]))
        if of == "side" and field == "place" and not change["before"]:
            side = session.get_one(Side, tuple(change["key"]))
            check_column_is_empty(session, session.get_one(Exercise, side.exercise_id), side)
        if (of, field) == ("workshop", "lenses"):
            check_lenses(session, workshop, change["after"] or (), change["before"] or ())
        if (of, field) == ("workshop", "on"):
            check_no_vote_elsewhere(workshop, workshop.exercise)
        if field in ("on", "removed", "skipped") and (workshop.exercise.removed or workshop.exercise.skipped):
            raise NotNow(
                N_("Exercise %(number)s would be on, and it is skipped or deleted. Start another one first."),
                code="is_on",
                number=workshop.on,
            )


def let_versions_rise(workshop: Workshop, changes: list[dict[str, Any]]) -> None:
    """Go on counting from where a phone is. While totals were live its version counted the moves of dots, too; a screen
    drops whatever is older than what it shows.
    """
    fields = {(change["of"], change["field"], *change["key"]): change["before"] for change in changes}
    if not {"on", "totals"} & {field for _, field, *_ in fields}:
        return
    on = fields.get(("workshop", "on", workshop.id), workshop.on)
    left = next(each for each in workshop.all_exercises if each.number == on)
    was_live = fields.get(("exercise", "totals", left.id), left.totals) == "live"
    if was_live and workshop.exercise.totals != "live":
        workshop.version += workshop.tally_version
        workshop.tally_version = 0

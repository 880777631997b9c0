"""What was done from the console, by which role and when, and how it is undone.

An action sets fields with `put` instead of by assignment, and ends with `record`. The entry keeps each field's value
before and after; undoing sets them back, if nobody has changed them since. It is recorded like anything else, so it can
be undone as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session, object_session

from workshop import rules
from workshop.actions import agreed, settled
from workshop.errors import N_, NotAllowed, NotFound, NotNow
from workshop.models import (
    Ballot,
    Base,
    Dot,
    Entry,
    Exercise,
    Link,
    Participant,
    Response,
    Workshop,
)
from workshop.store import Store

_TABLES: dict[str, type[Base]] = {each.class_.__tablename__: each.class_ for each in Base.registry.mappers}
_OF_VOTING = {"allowance", "most_per_response", "own_allowed"}
_OF_WHAT_IS_ON = {"phase", "timer_ends", "timer_left"}


class By(NamedTuple):
    """Who does something from the console, and when."""

    role: str
    name: str | None
    """The name of the link that was used."""
    at: int
    """Seconds since 1970."""
    link: int | None = None
    """The id of that link."""


def put(row: Base, **fields: Any) -> None:
    """Set fields of a row, and remember what they were."""
    for field, after in fields.items():
        before = getattr(row, field)
        if before != after:
            setattr(row, field, after)
            _remember(row, field, before, after)


def made(row: Base, **undone: Any) -> None:
    """Add a row. Undoing that sets the fields in `undone`: nothing is deleted."""
    session = object_session(row)
    assert session is not None
    session.flush()
    for field, value in undone.items():
        _remember(row, field, value, getattr(row, field))


def _remember(row: Base, field: str, before: Any, after: Any) -> None:
    session = object_session(row)
    assert session is not None
    change = {
        "of": row.__tablename__,
        "key": list(inspect(row).identity or ()),
        "field": field,
        "before": before,
        "after": after,
    }
    session.info.setdefault("changes", []).append(change)


def record(
    session: Session, workshop_id: int, by: By, what: str, *, exercise: int | None = None, **subject: Any
) -> int | None:
    """Enter what was just done into the history. Returns the entry's id, or None where nothing was changed."""
    changes = session.info.pop("changes", [])
    if not changes:
        return None
    settled.let_versions_rise(session.get_one(Workshop, workshop_id), changes)
    entry = Entry(
        workshop_id=workshop_id,
        at=by.at,
        role=by.role,
        name=by.name,
        what=what,
        exercise=exercise,
        subject=subject,
        changes=changes,
    )
    session.add(entry)
    session.flush()
    return entry.id


def amend(session: Session, entry: Entry) -> None:
    """Add what was just done to an entry, as if all of it had been done at once: undoing sets back what was before."""
    changes = {(each["of"], *each["key"], each["field"]): each for each in entry.changes}
    for new in session.info.pop("changes", []):
        what = (new["of"], *new["key"], new["field"])
        changes[what] = changes.get(what, new) | {"after": new["after"]}
    # A new list, for the old one would not be seen to have changed.
    entry.changes = list(changes.values())


def entries(session: Session, workshop_id: int) -> Sequence[Entry]:
    """The history of a workshop, newest first."""
    return session.scalars(select(Entry).where(Entry.workshop_id == workshop_id).order_by(Entry.id.desc())).all()


def undo(store: Store, workshop_id: int, entry_id: int, *, by: By) -> int:
    """Set back what an entry changed. Returns the id of the entry that says so.

    Raises `NotNow` where something of it has been changed since, or where the phase does not allow it.
    """
    with store.change(workshop_id) as session:
        entry = session.get(Entry, entry_id)
        if entry is None or entry.workshop_id != workshop_id:
            raise NotFound(N_("There is no such entry in the history."), code="no_such_entry")
        if by.role == "moderator" and entry.role != "moderator":
            raise NotAllowed(N_("A moderator can undo what a moderator did."), code="not_yours")
        if entry.undone_by is not None:
            raise NotNow(N_("This has been undone already."), code="undone")
        _check_role(entry, by)
        for change in reversed(entry.changes):
            _set_back(session, change)
        settled.check_one_line(session, entry.changes)
        _check_sense(session, workshop_id, entry, by)
        if _is_about_links(entry):
            check_links(session, workshop_id, by)
        # To undo an undoing is to do it again.
        subject = {"of": entry.what, "again": False} | entry.subject
        if entry.what == "undo":
            subject["again"] = not entry.subject["again"]
        undone = record(session, workshop_id, by, "undo", exercise=entry.exercise, **subject)
        if undone is None:
            raise NotNow(N_("Nothing is left of this to undo."), code="undone")
        entry.undone_by = undone
    return undone


def _check_role(entry: Entry, by: By) -> None:
    """Raise where the entry is of something that its undoer may not do either."""
    if by.role == "organiser":
        agreed.check_organiser(entry.changes)
    if by.role != "facilitator" and _is_about_links(entry):
        raise NotAllowed(N_("This needs the facilitator's link; a co-facilitator's is not enough."), code="no_link")


def _is_about_links(entry: Entry) -> bool:
    return any(change["of"] == Link.__tablename__ for change in entry.changes)


def check_links(session: Session, workshop_id: int, by: By) -> None:
    """Raise where, after a change of links, nobody could run the workshop, or whoever changed them could not go on."""
    working = session.scalars(
        select(Link.id).where(Link.workshop_id == workshop_id, Link.role == "facilitator", Link.revoked_at.is_(None))
    ).all()
    if not working:
        raise NotNow(
            N_("This is the last facilitator's link that works. Rotate it instead, or make another first."),
            code="last_link",
        )
    if by.link is not None and by.link not in working:
        raise NotNow(
            N_("You are here with this link. Rotate it instead, or revoke it from a page opened with another."),
            code="own_link",
        )


def _set_back(session: Session, change: dict[str, Any]) -> None:
    row = session.get(_TABLES[change["of"]], tuple(change["key"]))
    if row is None or getattr(row, change["field"]) != change["after"]:
        raise _changed_since()
    put(row, **{change["field"]: change["before"]})
    if isinstance(row, Exercise) and change["field"] == "phase":
        row.clear_timer()


def _check_sense(session: Session, workshop_id: int, entry: Entry, by: By) -> None:
    """Raise where undoing would do what may not be done now."""
    workshop = session.get_one(Workshop, workshop_id)
    settled.check_undone(session, workshop, entry.changes)
    agreed.check_undone(session, workshop, entry.changes)
    turns = any(change["field"] == "on" for change in entry.changes)
    for change in entry.changes:
        of, field = change["of"], change["field"]
        exercise = _exercise_of(session, change)
        if of == "response" and field == "state":
            _check_pointers(session, change)
        if of == "exercise" and field == "removed" and exercise is workshop.exercise and exercise.removed:
            raise NotNow(N_("This exercise is on. Start another one first."), code="is_on")
        if of == "exercise" and field in _OF_WHAT_IS_ON and exercise is not workshop.exercise and not turns:
            raise NotNow(N_("This exercise is not on. Start it again first."), code="not_on")
        if of == "exercise" and field == "timer_ends":
            _check_time(change["before"], by)
        shows_totals = field == "totals" and change["before"] == "live"
        if exercise is not None and of in ("exercise", "side") and (field in _OF_VOTING or shows_totals):
            settled.check_voting_rules(session, exercise)
        if of in ("ballot", "dot", "participant"):
            _check_paper(session, change, exercise)
        if of == "participant" and change["before"] == "waiting":
            _check_took_no_part(session, change["key"][0])
        if exercise is None:
            continue
        if of == "response" and (field == "merged_into" or "merged" in (change["before"], change["after"])):
            check_merging(exercise)
        if (of == "response" and field == "theme") or of == "theme":
            check_grouping(exercise)


def _check_took_no_part(session: Session, participant_id: int) -> None:
    """Raise where somebody who was let in would wait again, and all that they did since would count no more."""
    for whose in (Dot.participant_id, Ballot.participant_id, Response.author_id):
        if session.scalar(select(whose).where(whose == participant_id).limit(1)) is not None:
            raise NotNow(N_("Somebody who was let in has taken part since, so they stay in."), code="took_part")


def _check_time(ends: int | None, by: By) -> None:
    """Raise where a timer would be back after its end, and close at once what it was to close."""
    if ends is not None and ends <= by.at * 1000:
        raise NotNow(N_("That time is over. Set the timer again."), code="time_is_up")


def _check_pointers(session: Session, change: dict[str, Any]) -> None:
    """Raise where a response would stand under one that is not shown, or leave those that stand under it. So pointers
    never lead round in a circle.
    """
    exercise_id, number = change["key"]
    row = session.get_one(Response, (exercise_id, number))
    if row.state == "merged":
        breaks = session.get_one(Response, (exercise_id, row.merged_into)).state != "live"
    else:
        under = select(Response.number).where(Response.exercise_id == exercise_id, Response.merged_into == number)
        breaks = row.state == "pending" and session.scalars(under).first() is not None
    if breaks:
        raise _changed_since()


def _changed_since() -> NotNow:
    return NotNow(
        N_("This has been changed again since, so it cannot be undone by itself. Undo the later change first."),
        code="changed_since",
    )


def _exercise_of(session: Session, change: dict[str, Any]) -> Exercise | None:
    has_one = change["of"] in ("exercise", "side", "response", "theme", "ballot", "dot")
    return session.get_one(Exercise, change["key"][0]) if has_one else None


def _check_paper(session: Session, change: dict[str, Any], exercise: Exercise | None) -> None:
    """Raise where undoing would change a ballot that is closed, or leave dots on one that nobody holds any more."""
    if exercise is not None and not (exercise.is_on and exercise.phase == "vote"):
        raise NotNow(N_("Voting has closed. Open it again to undo this."), code="voting_closed")
    row = session.get_one(_TABLES[change["of"]], tuple(change["key"]))
    if isinstance(row, Ballot) and not row.finished:
        mine = Dot.exercise_id == row.exercise_id, Dot.participant_id == row.participant_id
        if session.scalar(select(Dot.number).where(*mine, Dot.response.is_not(None)).limit(1)):
            raise NotNow(
                N_("This ballot has been changed since, so entering it cannot be undone. Withdraw it instead."),
                code="changed_since",
            )
    if isinstance(row, Participant) and row.state == "withdrawn" and has_ballot(session, row.id):
        raise NotNow(N_("This ballot is entered in another exercise as well. Withdraw it there."), code="entered")


def has_ballot(session: Session, participant_id: int) -> bool:
    """Whether somebody has finished in any exercise."""
    finished = select(Ballot.finished).where(Ballot.participant_id == participant_id, Ballot.finished)
    return bool(session.scalar(finished.limit(1)))


def check_grouping(exercise: Exercise) -> None:
    """Raise where responses cannot be grouped now."""
    if not rules.grouping_is_open(exercise.phase):
        raise NotNow(N_("While people vote, grouping is locked."), code="grouping_locked")


def check_merging(exercise: Exercise) -> None:
    """Raise where responses cannot be merged or taken apart now."""
    check_grouping(exercise)
    if not rules.merging_is_open(exercise.phase, exercise.revealed):
        raise NotNow(
            N_("People have voted on these, so they stay as they were voted on. Go back to gathering to merge them."),
            code="voted_on",
        )

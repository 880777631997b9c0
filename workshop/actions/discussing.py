"""What facilitators do while responses are talked about: put one on every screen, and write down what is said."""

from __future__ import annotations

import unicodedata

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop import rules
from workshop.actions.gathering import find_response
from workshop.actions.history import By, amend, put, record
from workshop.actions.hosting import check_on, find_exercise
from workshop.errors import N_, NotNow, Unacceptable
from workshop.models import Entry, Exercise, Note
from workshop.store import Store
from workshop.wording import merged

LONGEST_NOTE = 10_000

# A note is saved at every pause in typing. What one facilitator types within this time is one entry in the history.
SECONDS_TOGETHER = 600


# The spotlight --------------------------------------------------------------------------------------------------------


def set_spotlight(
    store: Store, workshop_id: int, number: int, response: int | None, *, by: By, instead_of: int | None = None
) -> int | None:
    """Show a response large on every screen, or none any more. Returns the entry in the history.

    `instead_of` is the response that the asker saw there, 0 for none; leave it out where that does not matter. Raises
    `NotNow` where somebody else has put another there meanwhile, where the response is on no screen, or in a phase in
    which nothing is talked about.
    """
    with store.change(workshop_id) as session:
        exercise = find_exercise(session, workshop_id, number)
        check_on(exercise)
        if not rules.discussion_is_open(exercise.phase):
            raise NotNow(N_("Responses are not talked about in this phase."), code="no_discussion")
        if response is not None:
            _check_live(session, workshop_id, number, response)
        if instead_of is not None and instead_of != (exercise.spotlight or 0):
            raise _somebody_was_first(exercise)
        put(exercise, spotlight=response)
        return record(session, workshop_id, by, "set_spotlight", exercise=number, response=response)


def _check_live(session: Session, workshop_id: int, number: int, response: int) -> None:
    if find_response(session, workshop_id, number, response).state != "live":
        raise NotNow(N_("R%(number)s is on no screen now."), code="not_live", number=response)


def _somebody_was_first(exercise: Exercise) -> NotNow:
    if exercise.spotlight is None:
        return NotNow(N_("Somebody has just taken the spotlight off."), code="moved_on")
    return NotNow(N_("Somebody has just put R%(number)s in the spotlight."), code="moved_on", number=exercise.spotlight)


# Notes ----------------------------------------------------------------------------------------------------------------


def save_note(store: Store, workshop_id: int, number: int, response: int, text: str, base: str, *, by: By) -> str:
    """Note something down on a response; 0 is the exercise. Returns the note as it is stored.

    `base` is the note that `text` was made from. Where somebody else has changed the note since, what both wrote is
    merged. Raises `Unacceptable` where it is longer than `LONGEST_NOTE` characters.
    """
    text, base = plain(text), plain(base)
    with store.change(workshop_id) as session:
        exercise = find_exercise(session, workshop_id, number)
        if response:
            find_response(session, workshop_id, number, response)
        note = session.get(Note, (exercise.id, response))
        if note is None:
            note = Note(exercise_id=exercise.id, response=response, text="", saved_at=by.at)
            session.add(note)
            session.flush()
        if note.text != base:
            text = merged(base, note.text, text)
        if len(text) > LONGEST_NOTE:
            raise Unacceptable(
                N_("That is %(length)s characters. A note has %(longest)s at the most."),
                code="too_long",
                length=len(text),
                longest=LONGEST_NOTE,
            )
        if note.text != text:
            put(note, text=text)
            note.saved_at = by.at
            _record_once(session, workshop_id, number, response, by)
    return text


def plain(text: str) -> str:
    """Text whose lines end in a line feed, without control characters that no database keeps and nobody sees."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(ch for ch in text if ch in "\n\t" or unicodedata.category(ch) not in ("Cc", "Cs"))


def _record_once(session: Session, workshop_id: int, number: int, response: int, by: By) -> None:
    latest = session.scalars(
        select(Entry)
        .where(
            Entry.workshop_id == workshop_id,
            Entry.what == "save_note",
            Entry.exercise == number,
            Entry.at > by.at - SECONDS_TOGETHER,
        )
        .order_by(Entry.id.desc())
    )
    entry = next((each for each in latest if each.subject["response"] == response), None)
    # An earlier one of one's own has somebody else's words after it: undoing it must not take those away.
    if entry is not None and (entry.role, entry.name, entry.undone_by) == (by.role, by.name, None):
        amend(session, entry)
    else:
        record(session, workshop_id, by, "save_note", exercise=number, response=response)

"""Deleting a workshop: the one thing that cannot be undone."""

from __future__ import annotations

from sqlalchemy import delete, select

from workshop import rules
from workshop.errors import N_, NotFound, Unacceptable
from workshop.models import Workshop
from workshop.store import Store


def delete_workshop(store: Store, workshop_id: int, typed: str) -> str:
    """Delete a workshop and its rehearsals with everything in them, for whoever typed its title. Returns the title.

    The rows are deleted, and on SQLite what they held is overwritten. Raises `Unacceptable` where the title is another.
    """
    with store.reading() as session:
        title = _check_title(session.get(Workshop, workshop_id), typed)
        rehearsals = session.scalars(select(Workshop.id).where(Workshop.rehearsal_of == workshop_id)).all()
    # Each through its own door, so that its own open pages learn that it is gone.
    for each in rehearsals:
        _delete(store, each)
    with store.change(workshop_id) as session:
        _check_title(session.get(Workshop, workshop_id), typed)
        session.execute(delete(Workshop).where(Workshop.id == workshop_id))
    store.leave_no_trace()
    return title


def _delete(store: Store, workshop_id: int) -> None:
    try:
        with store.change(workshop_id) as session:
            session.execute(delete(Workshop).where(Workshop.id == workshop_id))
    except NotFound:
        pass  # Somebody else was first.


def _check_title(workshop: Workshop | None, typed: str) -> str:
    if workshop is None:
        raise NotFound(N_("This workshop has ended."), code="no_such_workshop")
    titles = (workshop.title, *(workshop.title_in or {}).values())
    if rules.tidy(typed).casefold() not in {rules.tidy(title).casefold() for title in titles}:
        raise Unacceptable(N_("That is not the title of this workshop. Nothing was deleted."), code="title")
    return workshop.title

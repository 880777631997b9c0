"""What the facilitator's pages share: who runs the workshop, and how what they did is answered."""

from __future__ import annotations

from typing import Any

from flask import g
from werkzeug.wrappers import Response as Answer

from workshop import access
from workshop.actions.history import By
from workshop.errors import NotAllowed
from workshop.pages.house import done, find_workshop, house


def runs(code: str, what: str = "console") -> tuple[int, By]:
    """The id of the workshop, and who is at the desk, for somebody who may do `what` (a key of `access.MAY`)."""
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        link = access.check_may(db, workshop, what, access.held(workshop.code))
        g.rehearsal = workshop.id if workshop.is_rehearsal else None
        return workshop.id, By(link.role, link.name, house().now(), link.id)


def writes_scope(code: str) -> tuple[int, By]:
    """The id of the workshop, and who writes its scope: whoever runs it, or the organiser. Raises `NotAllowed`."""
    try:
        return runs(code)
    except NotAllowed:
        if not access.is_organiser():
            raise
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        g.rehearsal = workshop.id if workshop.is_rehearsal else None
        return workshop.id, By("organiser", None, house().now())


def did(code: str, said: str, entry: int | None, *, page: str = "console", **facts: Any) -> Answer:
    """Answer something that was done at the desk, on one of its pages. It can be undone by its entry in the history.

    In a rehearsal its people follow what was done.
    """
    if g.rehearsal is not None:
        house().rehearsals.follow(g.rehearsal)
    undo = None if entry is None else f"/w/{code}/history/{entry}/undo"
    return done(f"/w/{code}/{page}", said=said, undo=undo, **facts)

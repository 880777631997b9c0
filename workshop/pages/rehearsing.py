"""Rehearse a workshop with simulated people."""

from __future__ import annotations

from flask import Blueprint, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from workshop import access
from workshop.actions import hosting, rehearsing
from workshop.pages import desk
from workshop.pages.house import done, house

pages = Blueprint("rehearsing", __name__, url_prefix="/w/<code>")


@pages.post("/rehearsals")
def open_rehearsal(code: str) -> Answer:
    workshop_id, _by = desk.runs(code)
    typed = request.form.get("people", "").strip()
    people = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0
    opened = rehearsing.open_rehearsal(
        house().store, workshop_id, people, key=house().key, now=house().now(), chance=house().chance
    )
    with house().store.reading() as db:
        secret = hosting.links(db, opened, house().key)["facilitator"].rpartition("/")[2]
    access.hold(opened.code, "facilitator", secret)
    said = _("This is a rehearsal. Nothing you do here reaches the real workshop.")
    return done(f"/w/{opened.code}/console", said=said, status=201, code=opened.code)

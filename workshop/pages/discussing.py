"""What is done at the desk while responses are talked about: the spotlight and the notes."""

from __future__ import annotations

from flask import Blueprint, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from workshop.actions import discussing
from workshop.errors import N_, NotUnderstood
from workshop.pages import desk
from workshop.pages.house import house

pages = Blueprint("discussing", __name__, url_prefix="/w/<code>/<int:number>")


@pages.post("/responses/<int:response>/spotlight")
def set_spotlight(code: str, number: int, response: int) -> Answer:
    entry = _set(code, number, response)
    return desk.did(code, _("R%(number)s is on every screen.", number=response), entry)


@pages.post("/spotlight/off")
def clear_spotlight(code: str, number: int) -> Answer:
    entry = _set(code, number, None)
    return desk.did(code, _("The spotlight is off."), entry)


@pages.post("/notes/<int:response>")
def save_note(code: str, number: int, response: int) -> Answer:
    workshop_id, by = desk.runs(code, "moderation")
    text, base = request.form.get("text"), request.form.get("base")
    if text is None or base is None:
        raise NotUnderstood(N_("A note needs “text”, and as “base” the note that it was made from."))
    stored = discussing.save_note(house().store, workshop_id, number, response, text, base, by=by)
    return desk.did(code, _("Saved."), None, page=f"console#note-{number}-{response}", text=stored, saved_at=by.at)


def _set(code: str, number: int, response: int | None) -> int | None:
    workshop_id, by = desk.runs(code, "moderation")
    return discussing.set_spotlight(
        house().store,
        workshop_id,
        number,
        response,
        by=by,
        instead_of=_whole("instead_of"),
    )


def _whole(field: str) -> int | None:
    """A number of a form, or None where it is left out. Raises `NotUnderstood`."""
    value = request.form.get(field, "")
    if value and not (value.isascii() and value.isdigit() and len(value) < 10):
        raise NotUnderstood(N_("“%(field)s” is a whole number."), field=field)
    return int(value) if value else None

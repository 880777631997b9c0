"""The history of a workshop: what was done from the console, and its undoing."""

from __future__ import annotations

from flask import Blueprint, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from workshop.actions import history
from workshop.pages import desk
from workshop.pages.house import house

pages = Blueprint("history", __name__)


@pages.post("/w/<code>/history/<int:entry>/undo")
def undo(code: str, entry: int) -> Answer:
    # The action says who may undo what.
    workshop_id, by = desk.runs(code, "moderation")
    undone = history.undo(house().store, workshop_id, entry, by=by)
    page = "history" if request.form.get("from") == "history" else "console"
    return desk.did(code, _("Undone."), undone, page=page)

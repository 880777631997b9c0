"""The history of a workshop: what was done from the console, its undoing, and all of it as a file."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from workshop import access, answers, chronicle
from workshop.actions import history
from workshop.errors import WorkshopError
from workshop.pages import desk
from workshop.pages.house import find_workshop, house, wants_json

pages = Blueprint("history", __name__, url_prefix="/w/<code>")

# Where an Undo leads back to; from anywhere else it leads to the console.
_OFFER_UNDO = ("history", "agenda", "people", "links", "scope")


@pages.get("/history")
def show(code: str) -> str:
    return _page(code)


@pages.get("/history.json")
def download(code: str) -> Answer:
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        access.check_may(db, workshop, "console", access.held(workshop.code))
        body = chronicle.as_json(workshop, history.entries(db, workshop.id))
    return Answer(
        body,
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{workshop.code}-history.json"'},
    )


@pages.post("/history/<int:entry>/undo")
def undo(code: str, entry: int) -> Answer | tuple[str, int]:
    page = request.form.get("from", "")
    workshop_id, by = desk.writes_scope(code) if page == "scope" else desk.runs(code, "moderation")
    try:
        undone = history.undo(house().store, workshop_id, entry, by=by)
    except WorkshopError as error:
        if wants_json() or page != "history":
            raise
        return _page(code, error), error.status
    return desk.did(code, _("Undone."), undone, page=page if page in _OFFER_UNDO else "console")


def _page(code: str, error: WorkshopError | None = None) -> str:
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        access.check_may(db, workshop, "console", access.held(workshop.code))
        return render_template(
            "desk/history.html",
            workshop=workshop,
            place="history",
            entries=history.entries(db, workshop.id),
            chronicle=chronicle,
            problem=answers.sentence(error) if error else None,
        )

"""Delete a workshop, once its title was typed."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from workshop import access, answers
from workshop.actions.deleting import delete_workshop
from workshop.errors import WorkshopError
from workshop.models import Workshop
from workshop.pages import desk
from workshop.pages.house import done, find_workshop, house, wants_json
from workshop.results import counting

pages = Blueprint("deleting", __name__, url_prefix="/w/<code>")


@pages.get("/delete")
def show(code: str) -> str:
    return _page(_may(code))


@pages.post("/delete")
def delete(code: str) -> Answer | tuple[str, int]:
    workshop_id = _may(code)
    try:
        title = delete_workshop(house().store, workshop_id, request.form.get("title", ""))
    except WorkshopError as error:
        if wants_json() or error.code != "title":
            raise
        return _page(workshop_id, error), error.status
    said = _("“%(title)s” is deleted, with everything in it.", title=title)
    return done("/workshops" if access.is_organiser() else "/", said=said)


def _may(code: str) -> int:
    """The id of a workshop, for its facilitator and the organiser. A co-facilitator cannot delete it."""
    if not access.is_organiser():
        return desk.runs(code, "owner")[0]
    with house().store.reading() as db:
        return find_workshop(db, code).id


def _page(workshop_id: int, error: WorkshopError | None = None) -> str:
    with house().store.reading() as db:
        workshop = db.get_one(Workshop, workshop_id)
        return render_template(
            "desk/delete.html",
            workshop=workshop,
            joined=counting.joined(db, workshop_id),
            back="/workshops" if access.is_organiser() else f"/w/{workshop.code}/console",
            typed=request.form,
            problem=answers.sentence(error) if error else None,
        )

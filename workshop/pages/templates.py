"""What becomes of an agenda: a copy of its workshop, a template, a file; and the templates that are kept."""

from __future__ import annotations

from flask import Blueprint, request
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from workshop import access, agenda
from workshop.actions import rehearsing, templates
from workshop.agenda import text
from workshop.languages import current
from workshop.models import Workshop
from workshop.pages import desk
from workshop.pages.house import done, find_workshop, house
from workshop.pages.organiser import opened

pages = Blueprint("templates", __name__)


@pages.get("/w/<code>/agenda.json")
def download(code: str) -> Answer:
    workshop_id = _may(code)
    with house().store.reading() as db:
        workshop = db.get_one(Workshop, workshop_id)
        body = text.write(rehearsing.agenda_of(db, workshop))
        name = f"{workshop.code}-agenda.json"
    return Answer(
        body,
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@pages.post("/w/<code>/duplicate")
def duplicate(code: str) -> Answer:
    workshop_id = _may(code)
    with house().store.reading() as db:
        workshop = db.get_one(Workshop, workshop_id)
        planned = rehearsing.agenda_of(db, workshop)
        title, title_in = request.form.get("title"), agenda.title_in_form(request.form)
        if not title:
            title = _copied(workshop.language, workshop.title)
            title_in = {code: _copied(code, text) for code, text in (workshop.title_in or {}).items()}
    copy = templates.duplicate_workshop(
        house().store,
        workshop_id,
        title,
        title_in=title_in or None,
        key=house().key,
        now=house().now(),
        chance=house().chance,
    )
    return opened(copy, planned)


@pages.post("/w/<code>/template")
def keep(code: str) -> Answer:
    workshop_id = _may(code)
    with house().store.reading() as db:
        workshop = db.get_one(Workshop, workshop_id)
        title, code = request.form.get("title") or workshop.title, workshop.code
    number = templates.keep_template(house().store, workshop_id, title, now=house().now())
    said = _("Kept as a template. The organiser finds it under New workshop.")
    from_list = access.is_organiser() and request.form.get("from") == "workshops"
    # Templates are the organiser's, and so is taking one away.
    undo = f"/templates/{number}/remove" if access.is_organiser() else None
    return done("/workshops" if from_list else f"/w/{code}/console", said=said, undo=undo, template=str(number))


@pages.post("/templates/<int:number>/rename")
def rename(number: int) -> Answer:
    access.check_organiser()
    templates.rename_template(house().store, number, request.form.get("title", ""))
    return done("/workshops", said=_("Renamed."))


@pages.post("/templates/<int:number>/remove")
def remove(number: int) -> Answer:
    access.check_organiser()
    templates.remove_template(house().store, number)
    return done("/workshops", said=_("The template is deleted."), undo=f"/templates/{number}/restore")


@pages.post("/templates/<int:number>/restore")
def restore(number: int) -> Answer:
    access.check_organiser()
    templates.restore_template(house().store, number)
    return done("/workshops", said=_("The template is back."), undo=f"/templates/{number}/remove")


def _copied(code: str, title: str) -> str:
    """What a copy is called, in the language that the title is in, or else in the reader's."""
    with force_locale(code if code in house().languages else current()):
        return str(_("Copy of %(title)s", title=title))[: agenda.LONGEST_TITLE]


def _may(code: str) -> int:
    """The id of a workshop, for its facilitators and the organiser."""
    if not access.is_organiser():
        return desk.runs(code)[0]
    with house().store.reading() as db:
        return find_workshop(db, code).id

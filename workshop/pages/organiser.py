"""The organiser's pages: the list of workshops, and a new one: from a template, from a file or blank."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from workshop import access, agenda, answers
from workshop.actions import hosting, templates
from workshop.agenda import Agenda, text
from workshop.agenda.shipped import SHIPPED, shipped
from workshop.errors import N_, NotUnderstood, WorkshopError
from workshop.models import Workshop
from workshop.pages.house import done, house, public_url, wants_json
from workshop.pages.said import said

pages = Blueprint("organiser", __name__)


@pages.get("/o/<secret>")
def open_link(secret: str) -> Answer:
    access.become_organiser(secret)
    return redirect("/workshops", 303)


@pages.get("/workshops")
def show() -> str:
    access.check_organiser()
    with house().store.reading() as db:
        return render_template(
            "organiser/workshops.html",
            workshops=[(each, hosting.links(db, each, house().key)) for each in hosting.workshops(db)],
            kept=templates.templates(db),
            removed=templates.templates(db, removed=True),
        )


@pages.get("/workshops/new")
def new() -> str:
    access.check_organiser()
    with house().store.reading() as db:
        kept = templates.templates(db)
        offered = {name: (said(shipped(name), "title"), about) for name, about in SHIPPED.items()}
        return render_template("organiser/choose.html", shipped=offered, kept=kept)


@pages.get("/workshops/new/blank")
def blank() -> str:
    access.check_organiser()
    return _blank({})


@pages.get("/workshops/new/<template>")
def from_template(template: str) -> str:
    access.check_organiser()
    planned = _template(template)
    others = {f"title_in_{code}": title for code, title in (planned.title_in or {}).items()}
    return _from_template(template, planned, {"title": planned.title} | others)


@pages.post("/workshops")
def open_workshop() -> Answer | tuple[str, int]:
    access.check_organiser()
    name = request.form.get("template", "")
    template = _template(name) if name else None
    try:
        planned = agenda.from_form(request.form) if template is None else _called(template)
        return opened(_open(planned), planned)
    except WorkshopError as error:
        if wants_json():
            raise
        page = _blank(request.form, error) if template is None else _from_template(name, template, request.form, error)
        return page, error.status


@pages.get("/workshops/file")
def file() -> str:
    access.check_organiser()
    return render_template("organiser/file.html", typed={}, problem=None, problem_code=None)


@pages.post("/workshops/file")
def open_file() -> Answer | tuple[str, int]:
    access.check_organiser()
    try:
        planned = text.read(_sent())
        return opened(_open(planned), planned)
    except WorkshopError as error:
        if wants_json():
            raise
        page = render_template("organiser/file.html", typed=request.form, problem=answers.sentence(error))
        return page, error.status


def opened(workshop: Workshop, planned: Agenda) -> Answer:
    """Answer the opening of a workshop: whoever opened it runs it. One that waits for a list leads to it."""
    with house().store.reading() as db:
        paths = hosting.links(db, workshop, house().key)
    access.hold(workshop.code, "facilitator", paths["facilitator"].rpartition("/")[2])
    links = {role: public_url(path) for role, path in paths.items()}
    first = planned.exercises[0]
    page = "1/list" if first.locked and not first.responses else "console"
    return done(f"/w/{workshop.code}/{page}", status=201, code=workshop.code, links=links)


def _open(planned: Agenda) -> Workshop:
    return hosting.open_workshop(house().store, planned, key=house().key, now=house().now(), chance=house().chance)


def _template(name: str) -> Agenda:
    with house().store.reading() as db:
        return templates.template(db, name)


def _called(template: Agenda) -> Agenda:
    missing = N_("Give the workshop a title.")
    title = agenda.words(request.form.get("title", template.title), "title", missing, agenda.LONGEST_TITLE)
    return template.called(title, agenda.title_in_form(request.form))


def _sent() -> bytes:
    """The agenda as a file, or as it was pasted."""
    sent = request.files.get("file")
    body = sent.read() if sent is not None and sent.filename else b""
    pasted = request.form.get("agenda", "").strip()
    if body and pasted:
        raise NotUnderstood(N_("Choose a file or paste the agenda, not both."), code="file")
    if not body and not pasted and not (sent is not None and sent.filename):
        raise NotUnderstood(N_("Choose a file, or paste the agenda."), code="file")
    return body or pasted.encode()


def _blank(typed: Any, error: WorkshopError | None = None) -> str:
    return render_template("organiser/new.html", typed=typed, **_problem(error))


def _from_template(name: str, planned: Agenda, typed: Any, error: WorkshopError | None = None) -> str:
    about = _(SHIPPED[name]) if name in SHIPPED else None
    return render_template(
        "organiser/template.html", name=name, planned=planned, about=about, typed=typed, **_problem(error)
    )


def _problem(error: WorkshopError | None) -> dict[str, str | None]:
    if error is None:
        return {"problem": None, "problem_code": None}
    return {"problem": answers.sentence(error), "problem_code": error.code}

"""The organiser's pages: the list of workshops, and a new one."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from sqlalchemy import select
from werkzeug.wrappers import Response as Answer

from workshop import access, agenda, answers
from workshop.actions import hosting
from workshop.errors import WorkshopError
from workshop.models import Link, Workshop
from workshop.pages.console import links_of
from workshop.pages.house import done, house, wants_json

pages = Blueprint("organiser", __name__)


@pages.get("/o/<secret>")
def open_link(secret: str) -> Answer:
    access.become_organiser(secret)
    return redirect("/workshops", 303)


@pages.get("/workshops")
def show() -> str:
    access.check_organiser()
    with house().store.reading() as db:
        links: dict[int, list[Link]] = {}
        for link in db.scalars(select(Link).where(Link.revoked_at.is_(None))):
            links.setdefault(link.workshop_id, []).append(link)
        newest_first = db.scalars(select(Workshop).order_by(Workshop.id.desc()))
        workshops = [(each, links_of(each, links.get(each.id, []))) for each in newest_first]
        return render_template("organiser/workshops.html", workshops=workshops)


@pages.get("/workshops/new")
def new() -> str:
    access.check_organiser()
    return render_template("organiser/new.html", typed={}, problem=None, problem_code=None)


@pages.post("/workshops")
def open_workshop() -> Answer | tuple[str, int]:
    access.check_organiser()
    try:
        planned = agenda.from_form(request.form)
        workshop = hosting.open_workshop(
            house().store, planned, key=house().key, now=house().now(), chance=house().chance
        )
    except WorkshopError as error:
        if wants_json():
            raise
        return (
            render_template(
                "organiser/new.html",
                typed=request.form,
                problem=answers.sentence(error),
                problem_code=error.code,
            ),
            error.status,
        )
    with house().store.reading() as db:
        links = links_of(workshop, list(db.scalars(select(Link).where(Link.workshop_id == workshop.id))))
    access.hold(workshop.code, "facilitator", links["facilitator"].rpartition("/")[2])
    return done(f"/w/{workshop.code}/console", status=201, code=workshop.code, links=links)

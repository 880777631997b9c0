"""The organiser's pages: the list of workshops, and a new one."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from workshop import access, agenda, answers
from workshop.actions import hosting
from workshop.errors import WorkshopError
from workshop.pages.house import done, house, public_url, wants_json

pages = Blueprint("organiser", __name__)


@pages.get("/o/<secret>")
def open_link(secret: str) -> Answer:
    access.become_organiser(secret)
    return redirect("/workshops", 303)


@pages.get("/workshops")
def show() -> str:
    access.check_organiser()
    with house().store.reading() as db:
        workshops = [(each, hosting.links(db, each, house().key)) for each in hosting.workshops(db)]
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
        paths = hosting.links(db, workshop, house().key)
    access.hold(workshop.code, "facilitator", paths["facilitator"].rpartition("/")[2])
    links = {role: public_url(path) for role, path in paths.items()}
    return done(f"/w/{workshop.code}/console", status=201, code=workshop.code, links=links)

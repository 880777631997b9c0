"""The board: what is projected."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response as Answer

from workshop import access, screens
from workshop.errors import N_, NotAllowed, NotFound
from workshop.pages.house import find_workshop, house
from workshop.pages.qr import svg

pages = Blueprint("board", __name__)


@pages.get("/b/<secret>")
def open_link(secret: str) -> Answer:
    with house().store.reading() as db:
        code = access.workshop_behind(db, "board", secret).code
    access.hold(code, "board", secret)
    return redirect(f"/w/{code}/board", 303)


@pages.get("/w/<code>/board")
def show(code: str) -> Answer | str:
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        if workshop.code != code:
            return redirect(f"/w/{workshop.code}/board")
        access.check_may(db, workshop, "board", access.held(workshop.code))
        screen = screens.screen(db, workshop.id, "board")
        if screen is None:
            raise NotFound(N_("This workshop has ended."), code="no_such_workshop")
        return render_template("board/page.html", screen=screen)


@pages.get("/w/<code>/join.svg")
def join_qr(code: str) -> Answer:
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        held = access.held(workshop.code)
        try:
            access.check_may(db, workshop, "board", held)
        except NotAllowed:
            access.participant_in(db, workshop, held)
    return Answer(svg(f"/j/{workshop.code}"), mimetype="image/svg+xml")

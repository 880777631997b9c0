"""Join a workshop: by code, or by the QR code's address. Looking makes nobody a participant; the button does."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session
from werkzeug.wrappers import Response as Answer

from workshop import access, answers, tokens
from workshop.access import Misses
from workshop.actions import gathering
from workshop.errors import NotAllowed, NotFound, WorkshopError
from workshop.pages.house import done, find_workshop, house, wants_json

pages = Blueprint("joining", __name__)
misses = Misses()


@pages.get("/")
def start() -> str:
    return render_template("joining/start.html", typed="", problem=None)


@pages.get("/j")
def find() -> Answer | tuple[str, int]:
    typed = request.args.get("code", "")
    try:
        return redirect(f"/j/{_code_of(typed)}")
    except WorkshopError as error:
        if wants_json():
            raise
        return render_template("joining/start.html", typed=typed, problem=answers.sentence(error)), error.status


@pages.get("/j/<typed>")
def look(typed: str) -> Answer | str | tuple[str, int]:
    try:
        code = _code_of(typed)
    except WorkshopError as error:
        if wants_json():
            raise
        return render_template("joining/start.html", typed=typed, problem=answers.sentence(error)), error.status
    if code != typed:
        return redirect(f"/j/{code}")
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        try:
            access.participant_in(db, workshop, access.held(code))
        except NotAllowed:
            return render_template("joining/join.html", workshop=workshop)
    return redirect(f"/w/{code}")


@pages.post("/j/<typed>")
def join(typed: str) -> Answer:
    code = _code_of(typed)
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        workshop_id = workshop.id
        try:
            access.participant_in(db, workshop, access.held(code))
            return done(f"/w/{code}", location=f"/w/{code}")
        except NotAllowed:
            pass
    secret = gathering.join(house().store, workshop_id, chance=house().chance)
    access.hold(code, "participant", secret)
    session.modified = True
    return done(f"/w/{code}", status=201, location=f"/w/{code}")


def _code_of(typed: str) -> str:
    """The code of a workshop that there is. A wrong one counts as a miss."""
    try:
        with house().store.reading() as db:
            return find_workshop(db, typed).code
    except NotFound:
        if tokens.read_code(typed) or typed.strip():
            misses.missed(request.remote_addr or "")
        raise

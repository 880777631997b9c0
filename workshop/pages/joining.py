"""Join a workshop: by code, or by the QR code's address. Looking makes nobody a participant; the button does."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from workshop import access, answers
from workshop.actions import gathering
from workshop.errors import NotAllowed, WorkshopError
from workshop.models import Workshop
from workshop.pages.house import done, find_workshop, house, wants_json

pages = Blueprint("joining", __name__)


@pages.get("/")
def start() -> str:
    return render_template("joining/start.html", typed="", problem=None)


@pages.get("/j")
def find() -> Answer | tuple[str, int]:
    typed = request.args.get("code", "")
    try:
        with house().store.reading() as db:
            return redirect(f"/j/{find_workshop(db, typed).code}")
    except WorkshopError as error:
        return _start_again(typed, error)


@pages.get("/j/<typed>")
def look(typed: str) -> Answer | str | tuple[str, int]:
    try:
        with house().store.reading() as db:
            workshop = find_workshop(db, typed)
            if workshop.code != typed:
                return redirect(f"/j/{workshop.code}")
            if _has_joined(db, workshop):
                return redirect(f"/w/{workshop.code}")
            return render_template("joining/join.html", workshop=workshop)
    except WorkshopError as error:
        return _start_again(typed, error)


@pages.post("/j/<typed>")
def join(typed: str) -> Answer:
    with house().store.reading() as db:
        workshop = find_workshop(db, typed)
        code, workshop_id, has_joined = workshop.code, workshop.id, _has_joined(db, workshop)
    is_new = False
    if not has_joined:
        secret = access.secret_of_browser(f"participant {workshop_id}", house().key)
        is_new = gathering.join(house().store, workshop_id, secret=secret, chance=house().chance)
        access.hold(code, "participant", secret)
    return done(f"/w/{code}", status=201 if is_new else 200, location=f"/w/{code}")


def _has_joined(db: Session, workshop: Workshop) -> bool:
    try:
        access.participant_in(db, workshop, access.held(workshop.code))
    except NotAllowed:
        return False
    return True


def _start_again(typed: str, error: WorkshopError) -> tuple[str, int]:
    if wants_json():
        raise error
    return render_template("joining/start.html", typed=typed, problem=answers.sentence(error)), error.status

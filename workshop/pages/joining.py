"""Join a workshop: by code, or by the QR code's address. Looking makes nobody a participant; the button does."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from workshop import access, answers
from workshop.access import Misses
from workshop.actions import gathering
from workshop.errors import NotAllowed, NotFound, WorkshopError
from workshop.models import Workshop
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
        with house().store.reading() as db:
            return redirect(f"/j/{_workshop(db, typed).code}")
    except WorkshopError as error:
        return _start_again(typed, error)


@pages.get("/j/<typed>")
def look(typed: str) -> Answer | str | tuple[str, int]:
    try:
        with house().store.reading() as db:
            workshop = _workshop(db, typed)
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
        workshop = _workshop(db, typed)
        code, workshop_id, is_new = workshop.code, workshop.id, not _has_joined(db, workshop)
    if is_new:
        access.hold(code, "participant", gathering.join(house().store, workshop_id, chance=house().chance))
    return done(f"/w/{code}", status=201 if is_new else 200, location=f"/w/{code}")


def _workshop(db: Session, typed: str) -> Workshop:
    """The workshop with a code. A wrong one counts as a miss."""
    try:
        return find_workshop(db, typed)
    except NotFound:
        if typed.strip():
            misses.missed(request.remote_addr or "")
        raise


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

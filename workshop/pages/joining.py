"""Join a workshop: by code, by the QR code's address, or with a seat slip. Looking makes nobody a participant and uses
nothing up; the button does.
"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from workshop import access, answers
from workshop.actions import joining
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
            return _door(workshop, f"/j/{workshop.code}")
    except WorkshopError as error:
        return _start_again(typed, error)


@pages.post("/j/<typed>")
def join(typed: str) -> Answer | tuple[str, int]:
    with house().store.reading() as db:
        workshop = find_workshop(db, typed)
        code, workshop_id, has_joined = workshop.code, workshop.id, _has_joined(db, workshop)
    is_new = False
    if not has_joined:
        secret = access.secret_of_browser(f"participant {workshop_id}", house().key)
        try:
            is_new = joining.join(house().store, workshop_id, secret=secret, chance=house().chance, **_said())
        except WorkshopError as error:
            return _again(workshop, f"/j/{code}", error)
        access.hold(code, "participant", secret)
    return _joined(code, is_new)


@pages.get("/s/<slip>")
def look_with_slip(slip: str) -> Answer | tuple[str, int]:
    with house().store.reading() as db:
        found = joining.find_slip(db, slip)
        workshop = db.get_one(Workshop, found.workshop_id)
        if _has_joined(db, workshop):
            return redirect(f"/w/{workshop.code}")
        joining.check_slip(found)
        return _door(workshop, f"/s/{slip}", slip=found.number)


@pages.post("/s/<slip>")
def join_with_slip(slip: str) -> Answer | tuple[str, int]:
    with house().store.reading() as db:
        found = joining.find_slip(db, slip)
        workshop = db.get_one(Workshop, found.workshop_id)
        code, workshop_id, has_joined = workshop.code, workshop.id, _has_joined(db, workshop)
    is_new = False
    if not has_joined:
        secret = access.secret_of_browser(f"participant {workshop_id}", house().key)
        try:
            is_new = joining.join_with_slip(
                house().store, workshop_id, slip, secret=secret, chance=house().chance, **_said()
            )
        except WorkshopError as error:
            return _again(workshop, f"/s/{slip}", error, slip=found.number)
        access.hold(code, "participant", secret)
    return _joined(code, is_new)


def _said() -> dict[str, str]:
    """What somebody says of themselves when they join."""
    return {field: request.form.get(field, "") for field in ("name", "lens")}


def _joined(code: str, is_new: bool) -> Answer:
    return done(f"/w/{code}", status=201 if is_new else 200, location=f"/w/{code}")


def _has_joined(db: Session, workshop: Workshop) -> bool:
    """Whoever waits in the lobby has; whoever let their ballot go to another phone has not."""
    try:
        access.participant_in(db, workshop, access.held(workshop.code))
    except NotAllowed as error:
        return error.code == "waiting"
    return True


def _door(
    workshop: Workshop, path: str, slip: int | None = None, error: WorkshopError | None = None
) -> tuple[str, int]:
    """The page with the button; without one where the door asks for a slip and there is none."""
    page = render_template(
        "joining/join.html",
        workshop=workshop,
        path=path,
        slip=slip,
        is_open=slip is not None or workshop.door != "slips",
        longest=joining.LONGEST_NAME,
        typed=request.form.get("name", "") if error else "",
        chosen=request.form.get("lens", "") if error else "",
        problem=answers.sentence(error) if error else None,
        problem_code=error.code if error else None,
    )
    return page, error.status if error else 200


def _again(workshop: Workshop, path: str, error: WorkshopError, slip: int | None = None) -> tuple[str, int]:
    """The page once more where something was typed that can be corrected."""
    if wants_json() or error.code not in ("name", "lens"):
        raise error
    return _door(workshop, path, slip, error)


def _start_again(typed: str, error: WorkshopError) -> tuple[str, int]:
    if wants_json():
        raise error
    return render_template("joining/start.html", typed=typed, problem=answers.sentence(error)), error.status

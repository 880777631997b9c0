"""The facilitator's console, and what is done from it."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from workshop import access, answers, screens
from workshop.actions import gathering, hosting
from workshop.errors import N_, NotAllowed, NotFound, WorkshopError
from workshop.models import Workshop
from workshop.pages import desk
from workshop.pages.house import find_workshop, house, public_url, wants_json

pages = Blueprint("console", __name__)


@pages.get("/f/<secret>")
def open_link(secret: str) -> Answer:
    return _opened("facilitator", secret)


@pages.get("/c/<secret>")
def open_cofacilitators_link(secret: str) -> Answer:
    return _opened("cofacilitator", secret)


@pages.get("/m/<secret>")
def open_moderators_link(secret: str) -> Answer:
    return _opened("moderator", secret)


def _opened(role: str, secret: str) -> Answer:
    with house().store.reading() as db:
        code = access.workshop_behind(db, role, secret).code
    access.hold(code, role, secret)
    return redirect(f"/w/{code}/console", 303)


@pages.get("/w/<code>/console")
def show(code: str) -> Answer | str | tuple[str, int]:
    return _page(code)


@pages.post("/w/<code>/<int:number>/phase")
def step(code: str, number: int) -> Answer | str | tuple[str, int]:
    workshop_id, by = desk.runs(code)
    try:
        exercise, entry = hosting.step(
            house().store,
            workshop_id,
            number,
            request.form.get("from", ""),
            request.form.get("to", ""),
            by=by,
        )
    except WorkshopError as error:
        return _again(code, error)
    said = (
        N_("The results are on every screen.")
        if exercise.revealed and exercise.phase == "discuss"
        else _NOW[exercise.phase]
    )
    return desk.did(code, _(said), entry, phase=exercise.phase)


@pages.post("/w/<code>/<int:number>/responses/<int:response>/withdraw")
def withdraw(code: str, number: int, response: int) -> Answer | str | tuple[str, int]:
    workshop_id, by = desk.runs(code, "moderation")
    entry = gathering.withdraw(house().store, workshop_id, number, response, by=by)
    said = _("R%(number)s is withdrawn. You can restore it below.", number=response)
    return desk.did(code, said, entry)


@pages.post("/w/<code>/<int:number>/responses/<int:response>/restore")
def restore(code: str, number: int, response: int) -> Answer | str | tuple[str, int]:
    workshop_id, by = desk.runs(code, "moderation")
    entry = gathering.restore(house().store, workshop_id, number, response, by=by)
    said = _("R%(number)s is back, with the dots that lie on it.", number=response)
    return desk.did(code, said, entry)


_NOW = {
    "draft": N_("Draft: people wait."),
    "gather": N_("Responses are open."),
    "group": N_("Responses are closed. Group them before people vote."),
    "vote": N_("Voting is open."),
    "reveal": N_("Voting is closed. Nothing is shown yet."),
    "discuss": N_("The discussion is open."),
    "closed": N_("The exercise is closed."),
}


# The links that each role finds beside its console.
_SHOWN = {
    "facilitator": ("join", "board", "results", "facilitator"),
    "cofacilitator": ("join", "board", "results"),
    "moderator": ("join",),
}


def _role(db: Session, workshop: Workshop) -> str:
    """Whose console this is: a moderator's has less on it."""
    held = access.held(workshop.code)
    try:
        return access.check_may(db, workshop, "console", held).role
    except NotAllowed as error:
        try:
            return access.check_may(db, workshop, "moderation", held).role
        except NotAllowed:
            raise error from None


def _again(code: str, error: WorkshopError) -> Answer | str | tuple[str, int]:
    if wants_json():
        raise error
    return _page(code, error)


def _page(code: str, error: WorkshopError | None = None) -> Answer | str | tuple[str, int]:
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        if workshop.code != code:
            return redirect(f"/w/{workshop.code}/console")
        role = _role(db, workshop)
        screen = screens.screen(db, workshop.id, "moderation" if role == "moderator" else "console")
        if screen is None:
            raise NotFound(N_("This workshop has ended."), code="no_such_workshop")
        paths = hosting.links(db, workshop, house().key)
        links = {kind: public_url(path) for kind, path in paths.items() if kind in _SHOWN[role]}
        problem = answers.sentence(error) if error else None
        return (
            render_template("console/page.html", screen=screen, links=links, problem=problem),
            error.status if error else 200,
        )

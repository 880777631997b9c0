"""Paste or upload responses that somebody brings along."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as Answer

from workshop import access, answers
from workshop.actions import listing
from workshop.actions.hosting import find_exercise
from workshop.actions.listing import Listed, Reading
from workshop.agenda import PlannedSide
from workshop.agenda.lists import Line, read_csv, read_pasted
from workshop.errors import N_, NotNow, NotUnderstood, WorkshopError
from workshop.pages import desk
from workshop.pages.house import find_workshop, house, wants_json

pages = Blueprint("listing", __name__, url_prefix="/w/<code>")


@pages.get("/list")
def show_on(code: str) -> Answer:
    """To the list of the exercise that is on, whichever that is by now."""
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        access.check_may(db, workshop, "console", access.held(workshop.code))
        return redirect(f"/w/{workshop.code}/{workshop.on}/list")


@pages.get("/<int:number>/list")
def show(code: str, number: int) -> str:
    return _page(code, number)


@pages.post("/<int:number>/responses/list")
def add(code: str, number: int) -> Answer | tuple[str, int]:
    workshop_id, by = desk.runs(code)
    try:
        listed = listing.list_responses(house().store, workshop_id, number, _reading(), by=by)
    except WorkshopError as error:
        if wants_json():
            raise
        return _page(code, number, error), error.status
    return desk.did(code, _said(listed), listed.entry, added=listed.added, there_already=listed.there_already)


def _reading() -> Reading:
    """How to read what was sent: a file or a list that was pasted."""
    sent, pasted = _sent(), request.form.get("list", "")
    side = request.form.get("side", "")
    if sent is None:
        return lambda sides, longest: read_pasted(pasted, sides, side, longest)
    if pasted.strip():
        raise NotUnderstood(N_("Choose a file or paste a list, not both."), code="list")
    body = sent.read()

    def read(sides: Sequence[PlannedSide], longest: int) -> list[Line]:
        return read_csv(body, sides, side, longest)

    return read


def _sent() -> FileStorage | None:
    sent = request.files.get("file")
    return sent if sent and sent.filename else None


def _wrong(error: WorkshopError | None) -> str | None:
    """The field that it is about, if it is about one."""
    if error is None or isinstance(error, NotNow):
        return None
    return "file" if _sent() and not request.form.get("list", "").strip() else "list"


def _said(listed: Listed) -> str:
    added = ngettext("%(num)s response added.", "%(num)s responses added.", listed.added) if listed.added else ""
    there = (
        ngettext("%(num)s was there already.", "%(num)s were there already.", listed.there_already)
        if listed.there_already
        else ""
    )
    return " ".join(filter(None, (added, there)))


def _page(code: str, number: int, error: WorkshopError | None = None) -> str:
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        access.check_may(db, workshop, "console", access.held(workshop.code))
        return render_template(
            "desk/list.html",
            workshop=workshop,
            place="agenda",
            exercise=find_exercise(db, workshop.id, number),
            typed=request.form,
            problem=answers.sentence(error) if error else None,
            problem_code=_wrong(error),
        )

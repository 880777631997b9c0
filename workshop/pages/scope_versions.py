"""Versions of the scope: saved, agreed, read, compared, and brought back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from workshop import chronicle
from workshop.actions import scope_versions
from workshop.actions.scoping import find_version
from workshop.errors import N_, NotUnderstood, WorkshopError
from workshop.models import ScopeVersion, Workshop
from workshop.pages import desk
from workshop.pages.house import find_workshop, house
from workshop.pages.scope import Page, Typed, check_may_read, page, seen_number
from workshop.results.scope import comparing, parts, reading, saying

pages = Blueprint("scope_versions", __name__, url_prefix="/w/<code>/scope")


@pages.post("/versions")
def save(code: str) -> Page:
    workshop_id, by = desk.writes_scope(code)
    label, agree = request.form.get("label", ""), request.form.get("agree", "no")
    if agree not in ("yes", "no"):
        raise NotUnderstood(N_("“agree” is yes or no."))
    try:
        number, entry = scope_versions.save_scope_version(
            house().store, workshop_id, label, by=by, seen=seen_number(), agree=agree == "yes"
        )
    except WorkshopError as error:
        return page(code, error, Typed("version", {"label": label}))
    said = (
        _("Version %(version)s is saved and agreed.", version=number)
        if agree == "yes"
        else _("Version %(version)s is saved.", version=number)
    )
    return desk.did(code, said, entry, page="scope#versions", version=number)


@pages.post("/versions/<int:number>/agree")
def agree(code: str, number: int) -> Page:
    workshop_id, by = desk.writes_scope(code)
    try:
        entry = scope_versions.agree_scope(house().store, workshop_id, number, by=by)
    except WorkshopError as error:
        return page(code, error)
    return desk.did(code, _("Version %(version)s is agreed.", version=number), entry, page="scope#versions")


@pages.post("/versions/<int:number>/restore")
def restore(code: str, number: int) -> Page:
    workshop_id, by = desk.writes_scope(code)
    try:
        entry = scope_versions.restore_scope_version(house().store, workshop_id, number, by=by)
    except WorkshopError as error:
        return page(code, error)
    said = _("The draft is as version %(version)s has it.", version=number)
    return desk.did(code, said, entry, page="scope")


@pages.post("/draft")
def start_draft(code: str) -> Answer:
    workshop_id, by = desk.writes_scope(code)
    entry = scope_versions.start_scope_draft(house().store, workshop_id, by=by)
    return desk.did(code, _("This is a draft again."), entry, page="scope")


@pages.get("/versions/<int:number>")
def show(code: str, number: int) -> str:
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        _edits, at_desk = check_may_read(db, workshop)
        version = find_version(db, workshop.id, number)
        return render_template(
            "scope/version.html",
            workshop=workshop,
            place="scope",
            at_desk=at_desk,
            version=version,
            content=version.content,
            parts=parts.PARTS,
            saying=saying,
            chronicle=chronicle,
        )


@pages.get("/compare")
def compare(code: str) -> str:
    """Two versions, or one and the draft; unless others are chosen, the newest and the draft."""
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        _edits, at_desk = check_may_read(db, workshop)
        saved = reading.versions(db, workshop)
        one = request.args.get("from") or (str(saved[0].number) if saved else "draft")
        other = request.args.get("to") or "draft"
        compared = comparing.compare(_content(db, workshop, one), _content(db, workshop, other))
        return render_template(
            "scope/compare.html",
            workshop=workshop,
            place="scope",
            at_desk=at_desk,
            versions=saved,
            names=_names(saved),
            one=one,
            other=other,
            compared=compared,
        )


def _content(db: Session, workshop: Workshop, name: str) -> dict[str, Any]:
    """The content of a version by its number, or of the draft."""
    if name == "draft":
        return reading.content(reading.read_scope(db, workshop))
    if not (name.isascii() and name.isdigit() and len(name) < 10):
        raise NotUnderstood(N_("“from” and “to” are the number of a version, or “draft”."))
    return find_version(db, workshop.id, int(name)).content


def _names(saved: Sequence[ScopeVersion]) -> dict[str, str]:
    """What each version is called, and the draft."""
    called = {str(each.number): name_of(each) for each in saved}
    return {"draft": _("the scope as it is now")} | called


def name_of(version: ScopeVersion) -> str:
    words = _("Version %(number)s", number=version.number)
    return f"{words}: {version.label}" if version.label else str(words)

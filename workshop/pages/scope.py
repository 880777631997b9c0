"""The scope builder: what is in and out of scope and what is parked, and every other part of the document."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from workshop import access, answers, chronicle
from workshop.actions import scope_deriving, scoping
from workshop.actions.scope_deriving import Came
from workshop.actions.scoping import Wording
from workshop.errors import N_, NotFound, NotUnderstood, WorkshopError
from workshop.models import Workshop
from workshop.pages import desk
from workshop.pages.house import find_workshop, house, wants_json
from workshop.results.scope import deriving, parts, reading, saying
from workshop.results.scope.outdated import NOTHING, Outdated, read_outdated

pages = Blueprint("scope", __name__, url_prefix="/w/<code>/scope")

Page = Answer | tuple[str, int]


class Typed(NamedTuple):
    """What somebody typed that was not saved."""

    where: str
    """The id of the form: `item-7`, `new-in`, `part-team`, `version`."""
    value: dict[str, Any]


@pages.get("")
def show(code: str) -> Page:
    return page(code)


@pages.post("/derive")
def derive(code: str) -> Page:
    workshop_id, by = desk.writes_scope(code)
    try:
        came = scope_deriving.derive_scope(house().store, workshop_id, by=by)
    except WorkshopError as error:
        return page(code, error)
    return desk.did(
        code, _what_came(came), came.entry, page="scope", added=came.added, changed=came.changed, removed=came.removed,
        kept=came.kept,
    )  # fmt: skip


# Items ----------------------------------------------------------------------------------------------------------------


@pages.post("/items")
def add(code: str) -> Page:
    workshop_id, by = desk.writes_scope(code)
    section = request.form.get("section", "")
    try:
        number, entry = scoping.add_scope_item(
            house().store, workshop_id, section, _wording(), by=by, seen=seen_number()
        )
    except WorkshopError as error:
        return page(code, error, Typed(f"new-{section}", _typed_item()))
    return desk.did(code, _("Added to the scope."), entry, page=f"scope#item-{number}", number=number)


@pages.post("/items/<int:number>")
def edit(code: str, number: int) -> Page:
    workshop_id, by = desk.writes_scope(code)
    seen = request.form.get("from") or None
    try:
        entry = scoping.edit_scope_item(house().store, workshop_id, number, _wording(), by=by, seen=seen)
    except WorkshopError as error:
        return page(code, error, Typed(f"item-{number}", _typed_item()))
    return desk.did(code, _("Saved."), entry, page=f"scope#item-{number}")


@pages.post("/items/<int:number>/section")
def move(code: str, number: int) -> Page:
    workshop_id, by = desk.writes_scope(code)
    section = request.form.get("to", "")
    try:
        entry = scoping.move_scope_item(house().store, workshop_id, number, section, by=by)
    except WorkshopError as error:
        return page(code, error)
    said = _("Moved to “%(section)s”.", section=_(saying.SECTIONS[section]))
    return desk.did(code, said, entry, page=f"scope#item-{number}")


@pages.post("/items/<int:number>/move")
def reorder(code: str, number: int) -> Page:
    workshop_id, by = desk.writes_scope(code)
    ways = {"up": -1, "down": 1}
    way = request.form.get("to", "")
    if way not in ways:
        raise NotUnderstood(N_("“to” is up or down."))
    try:
        entry = scoping.reorder_scope_item(house().store, workshop_id, number, ways[way], by=by, seen=seen_number())
    except WorkshopError as error:
        return page(code, error)
    return desk.did(code, _("Moved."), entry, page=f"scope#item-{number}")


@pages.post("/items/<int:number>/remove")
def remove(code: str, number: int) -> Page:
    workshop_id, by = desk.writes_scope(code)
    try:
        entry = scoping.remove_scope_item(house().store, workshop_id, number, by=by)
    except WorkshopError as error:
        return page(code, error)
    return desk.did(code, _("Removed from the scope."), entry, page="scope#items")


@pages.post("/items/<int:number>/restore")
def restore(code: str, number: int) -> Page:
    workshop_id, by = desk.writes_scope(code)
    try:
        entry = scoping.restore_scope_item(house().store, workshop_id, number, by=by)
    except WorkshopError as error:
        return page(code, error)
    return desk.did(code, _("Back in the scope."), entry, page=f"scope#item-{number}")


# Parts ----------------------------------------------------------------------------------------------------------------


@pages.post("/parts/<key>")
def save_part(code: str, key: str) -> Page:
    workshop_id, by = desk.writes_scope(code)
    part = next((each for each in parts.PARTS if each.key == key), None)
    if part is None:
        raise NotFound(N_("There is no such part of the scope."), code="no_such_part")
    seen = request.form.get("from") or None
    try:
        value = parts.read(part, request.form)
        entry = scoping.save_scope_part(house().store, workshop_id, key, value, by=by, seen=seen)
    except WorkshopError as error:
        return page(code, error, Typed(f"part-{key}", parts.typed(part, request.form)))
    return desk.did(code, _("Saved: %(part)s.", part=_(part.heading)), entry, page=f"scope#part-{key}")


# The page -------------------------------------------------------------------------------------------------------------


def check_may_read(db: Session, workshop: Workshop) -> tuple[bool, bool]:
    """Raise `NotAllowed` unless whoever asks may read the scope. Returns whether they may write it as well, and whether
    they hold a link that leads to the desk.
    """
    try:
        link = access.check_may(db, workshop, "results", access.held(workshop.code))
    except WorkshopError:
        if not access.is_organiser():
            raise
        return True, False
    at_desk = link.role in access.MAY["console"]
    return at_desk or access.is_organiser(), at_desk


def page(code: str, error: WorkshopError | None = None, typed: Typed | None = None) -> Page:
    """The builder; for whoever may only read, and once it is agreed, without forms."""
    if error and wants_json():
        raise error
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        if workshop.code != code:
            return redirect(f"/w/{workshop.code}/scope")
        edits, at_desk = check_may_read(db, workshop)
        scope = reading.read_scope(db, workshop)
        writes = edits and scope.agreed is None
        shown = render_template(
            "scope/page.html",
            workshop=workshop,
            place="scope",
            at_desk=at_desk,
            edits=edits,
            writes=writes,
            scope=scope,
            content=reading.content(scope),
            parts=parts.PARTS,
            saying=saying,
            chronicle=chronicle,
            marks={row.number: reading.item_mark(row) for rows in scope.items.values() for row in rows},
            part_marks={key: reading.mark(value) for key, value in scope.parts.items()},
            newest=max((row.number for rows in (*scope.items.values(), scope.removed) for row in rows), default=0),
            versions=reading.versions(db, workshop),
            revealed=[each for each in workshop.exercises if deriving.counts_for_scope(each)],
            without_line=reading.without_line(workshop),
            outdated=_said_of(read_outdated(db, workshop, scope.all_items) if writes else NOTHING),
            typed=typed,
            problem=answers.sentence(error) if error else None,
            problem_code=error.code if error else None,
        )
    return shown, error.status if error else 200


def _said_of(outdated: Outdated) -> list[str]:
    """What has changed in the results, a sentence each. Nothing where the scope has it all."""
    new, changed, gone = outdated
    said = [
        ngettext("%(num)s response is new.", "%(num)s responses are new.", new) if new else "",
        ngettext("%(num)s has other figures.", "%(num)s have other figures.", changed) if changed else "",
        ngettext("%(num)s is no longer above the line.", "%(num)s are no longer above the line.", gone) if gone else "",
    ]
    return [each for each in said if each]


def _wording() -> Wording:
    form = request.form
    return Wording(
        form.get("text", ""),
        form.get("note", ""),
        form.get("elsewhere", ""),
        form.get("priority") or None,
        form.getlist("components"),
        form.getlist("core_areas"),
    )


def _typed_item() -> dict[str, Any]:
    return dict(_wording()._asdict())


def seen_number() -> int | None:
    """What the form was made from: a place, or the number of the newest item or version."""
    seen = request.form.get("from", "")
    if seen and not (seen.isascii() and seen.isdigit() and len(seen) < 10):
        raise NotUnderstood(N_("“%(field)s” is a whole number."), field="from")
    return int(seen) if seen else None


def _what_came(came: Came) -> str:
    said = [
        ngettext("%(num)s added.", "%(num)s added.", came.added) if came.added else "",
        ngettext("%(num)s brought up to date.", "%(num)s brought up to date.", came.changed) if came.changed else "",
        ngettext(
            "%(num)s removed: no longer above the line.", "%(num)s removed: no longer above the line.", came.removed
        )
        if came.removed
        else "",
        ngettext(
            "%(num)s kept, because it was edited, though no longer above the line.",
            "%(num)s kept, because they were edited, though no longer above the line.",
            came.kept,
        )
        if came.kept
        else "",
    ]
    return " ".join(filter(None, said)) or _("The scope has everything that the results say.")

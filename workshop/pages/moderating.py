"""What is decided about responses at the desk: whether they are shown, which are merged, under which theme they stand.

A facilitator does it, or a moderator.
"""

from __future__ import annotations

from flask import Blueprint, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as Answer

from workshop.actions import grouping, moderating
from workshop.errors import N_, NotUnderstood
from workshop.pages import desk
from workshop.pages.house import house

pages = Blueprint("moderating", __name__, url_prefix="/w/<code>/<int:number>")

# Any number that a database can hold, and none that it cannot.
MOST_DIGITS = 9


@pages.post("/approve")
def approve(code: str, number: int) -> Answer:
    workshop_id, by = desk.runs(code, "moderation")
    read = dict(_read(each) for each in request.form.getlist("response"))
    shown, entry = moderating.approve(house().store, workshop_id, number, read, by=by)
    said = ngettext("%(num)s response is on every screen.", "%(num)s responses are on every screen.", len(shown))
    if not shown:
        said = _("That is on every screen already.")
    elif len(shown) < len(read):
        said += " " + _("The others were changed meanwhile: read them again.")
    return desk.did(code, said, entry)


@pages.post("/lock")
def lock(code: str, number: int) -> Answer:
    workshop_id, by = desk.runs(code, "moderation")
    wish = request.form.get("locked", "")
    if wish not in ("yes", "no"):
        raise NotUnderstood(N_("“locked” is yes or no."))
    act = moderating.lock if wish == "yes" else moderating.unlock
    entry = act(house().store, workshop_id, number, by=by)
    said = _("Responses are closed for now.") if wish == "yes" else _("People can write again.")
    return desk.did(code, said, entry)


@pages.post("/merge")
def merge(code: str, number: int) -> Answer:
    workshop_id, by = desk.runs(code, "moderation")
    chosen, into = _chosen(), _number("into")
    kept, entry = grouping.merge(house().store, workshop_id, number, chosen, into, by=by)
    count = len({*chosen, kept})
    said = ngettext(
        "Merged: R%(kept)s now stands for %(num)s response.",
        "Merged: R%(kept)s now stands for %(num)s responses.",
        count,
        kept=kept,
    )
    return desk.did(code, said, entry)


@pages.post("/responses/<int:response>/unmerge")
def unmerge(code: str, number: int, response: int) -> Answer:
    workshop_id, by = desk.runs(code, "moderation")
    entry = grouping.unmerge(house().store, workshop_id, number, response, by=by)
    return desk.did(code, _("R%(number)s stands by itself again.", number=response), entry)


@pages.post("/theme")
def set_theme(code: str, number: int) -> Answer:
    """Put what was ticked under a theme; under a new one where its name was typed."""
    workshop_id, by = desk.runs(code, "moderation")
    chosen, theme, name = _chosen(), _number("theme"), request.form.get("name", "")
    if name.strip():
        theme, entry = grouping.add_theme(house().store, workshop_id, number, name, chosen, by=by)
    else:
        entry = grouping.set_theme(house().store, workshop_id, number, chosen, theme, by=by)
    if not chosen:
        said = _("The theme is there.")
    elif theme is None:
        said = ngettext("%(num)s response has no theme.", "%(num)s responses have no theme.", len(chosen))
    else:
        said = ngettext("%(num)s response is under its theme.", "%(num)s responses are under their theme.", len(chosen))
    return desk.did(code, said, entry, theme=theme)


@pages.post("/themes/<int:theme>")
def rename_theme(code: str, number: int, theme: int) -> Answer:
    workshop_id, by = desk.runs(code, "moderation")
    entry = grouping.rename_theme(house().store, workshop_id, number, theme, request.form.get("name", ""), by=by)
    return desk.did(code, _("The theme has its new name."), entry)


@pages.post("/themes/<int:theme>/remove")
def remove_theme(code: str, number: int, theme: int) -> Answer:
    workshop_id, by = desk.runs(code, "moderation")
    entry = grouping.remove_theme(house().store, workshop_id, number, theme, by=by)
    return desk.did(code, _("The theme is removed. Its responses stay."), entry)


def _chosen() -> list[int]:
    """The numbers of the responses that were ticked."""
    return [_whole(each, "response") for each in request.form.getlist("response")]


def _number(field: str) -> int | None:
    typed = request.form.get(field, "")
    return _whole(typed, field) if typed else None


def _read(typed: str) -> tuple[int, str]:
    """The number of a response and the wording that was read, from `7-0123456789ab`."""
    number, _dash, wording = typed.partition("-")
    return _whole(number, "response"), wording


def _whole(typed: str, field: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS):
        raise NotUnderstood(N_("“%(field)s” is a whole number."), field=field)
    return int(typed)

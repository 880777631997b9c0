"""The timer, as a facilitator handles it."""

from __future__ import annotations

from flask import Blueprint, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as Answer

from workshop import rules
from workshop.actions import timing
from workshop.agenda.checking import whole
from workshop.errors import N_, NotUnderstood
from workshop.pages import desk
from workshop.pages.house import house

pages = Blueprint("timing", __name__, url_prefix="/w/<code>/<int:number>/timer")


@pages.post("")
def set_timer(code: str, number: int) -> Answer:
    workshop_id, by = desk.runs(code)
    minutes = whole(request.form.get("minutes", ""), "minutes", rules.MOST_MINUTES)
    entry = timing.set_timer(house().store, workshop_id, number, minutes, by=by, now_ms=house().now_ms())
    said = ngettext("A timer of %(num)s minute runs.", "A timer of %(num)s minutes runs.", minutes)
    return desk.did(code, said, entry)


@pages.post("/pause")
def pause(code: str, number: int) -> Answer:
    workshop_id, by = desk.runs(code)
    entry = timing.pause_timer(house().store, workshop_id, number, by=by, now_ms=house().now_ms())
    return desk.did(code, _("The timer is paused."), entry)


@pages.post("/start")
def start(code: str, number: int) -> Answer:
    workshop_id, by = desk.runs(code)
    entry = timing.start_timer(house().store, workshop_id, number, by=by, now_ms=house().now_ms())
    return desk.did(code, _("The timer runs on."), entry)


@pages.post("/add")
def add(code: str, number: int) -> Answer:
    workshop_id, by = desk.runs(code)
    wish = request.form.get("minutes", "")
    if wish not in map(str, rules.ADDED):
        raise NotUnderstood(N_("A press adds 1 or 5 minutes, or takes 1 away."))
    minutes = int(wish)
    entry = timing.add_time(house().store, workshop_id, number, minutes, by=by, now_ms=house().now_ms())
    said = ngettext("%(num)s minute more.", "%(num)s minutes more.", minutes) if minutes > 0 else _("A minute less.")
    return desk.did(code, said, entry)


@pages.post("/stop")
def stop(code: str, number: int) -> Answer:
    workshop_id, by = desk.runs(code)
    entry = timing.stop_timer(house().store, workshop_id, number, by=by)
    return desk.did(code, _("The timer is off."), entry)


@pages.post("/at-zero")
def at_zero(code: str, number: int) -> Answer:
    workshop_id, by = desk.runs(code)
    wish = request.form.get("at_zero", "")
    entry = timing.set_at_zero(house().store, workshop_id, number, wish, by=by, now_ms=house().now_ms())
    said = _("It closes by itself at zero.") if wish == "close" else _("At zero the timer only says so.")
    return desk.did(code, said, entry)

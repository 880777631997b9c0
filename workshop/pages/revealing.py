"""What a facilitator says about a result before and after the reveal, and the run-off among those who tie."""

from __future__ import annotations

from flask import Blueprint, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as Answer

from workshop.actions import revealing, run_off
from workshop.agenda import MOST_RESPONSES, MOST_SHARE
from workshop.agenda.checking import whole
from workshop.pages import desk
from workshop.pages.house import house

# Nobody counts a larger room by eye.
MOST_PEOPLE = 9999

pages = Blueprint("revealing", __name__, url_prefix="/w/<code>/<int:number>")


@pages.post("/in-the-room")
def count_room(code: str, number: int) -> Answer:
    workshop_id, by = desk.runs(code)
    people = _number("people", MOST_PEOPLE)
    entry = revealing.count_room(house().store, workshop_id, number, people, by=by)
    if people is None:
        return desk.did(code, _("The number is taken away."), entry)
    said = ngettext("%(num)s person is in the room.", "%(num)s people are in the room.", people)
    return desk.did(code, said, entry)


@pages.post("/cut")
def set_cut(code: str, number: int) -> Answer:
    workshop_id, by = desk.runs(code)
    cut, share = _number("cut", MOST_RESPONSES), _number("cut_share", MOST_SHARE)
    entry = revealing.set_cut(house().store, workshop_id, number, cut, share, by=by)
    if share is not None:
        said = _("The line is under the fewest responses that hold %(share)s %% of the dots.", share=share)
        return desk.did(code, said, entry)
    if cut is None:
        return desk.did(code, _("The line is taken away."), entry)
    said = ngettext("The line is under the first place.", "The line is under the first %(num)s places.", cut)
    return desk.did(code, said, entry)


@pages.post("/run-off")
def start_run_off(code: str, number: int) -> Answer:
    workshop_id, by = desk.runs(code)
    started, entry = run_off.start_run_off(house().store, workshop_id, number, by=by)
    return desk.did(code, _("The run-off is open. It is exercise %(number)s.", number=started), entry, number=started)


@pages.post("/run-off/back")
def return_from_run_off(code: str, number: int) -> Answer:
    workshop_id, by = desk.runs(code)
    former, entry = run_off.return_from_run_off(house().store, workshop_id, number, by=by)
    return desk.did(code, _("Exercise %(number)s is on again.", number=former), entry, number=former)


def _number(field: str, most: int) -> int | None:
    """The number in a field; None where it was left empty."""
    typed = request.form.get(field, "").strip()
    return whole(typed, field, most) if typed else None

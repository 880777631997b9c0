"""The agenda: the exercises in their order, what is done to them, and the editor of one."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from workshop import access, agenda, answers
from workshop.actions import planning, turning
from workshop.agenda import PlannedExercise
from workshop.errors import N_, NotUnderstood, WorkshopError
from workshop.pages import desk
from workshop.pages.house import find_workshop, house, wants_json
from workshop.pages.said import asked

pages = Blueprint("agenda", __name__, url_prefix="/w/<code>")

Page = Answer | tuple[str, int]


@pages.get("/agenda")
def show(code: str) -> Page:
    return _page(code)


@pages.get("/agenda/new")
def new(code: str) -> Page:
    return _editor(code, None)


@pages.post("/agenda")
def add(code: str) -> Page:
    workshop_id, by = desk.runs(code)
    try:
        planned = agenda.exercise_from_form(request.form)
        number, entry = planning.add_exercise(house().store, workshop_id, planned, by=by, seen=_seen())
    except WorkshopError as error:
        return _editor(code, None, error)
    said = _("Exercise %(number)s is added, at the end of the agenda.", number=number)
    return desk.did(code, said, entry, page="agenda", number=number)


@pages.get("/<int:number>/edit")
def editing(code: str, number: int) -> Page:
    return _editor(code, number)


@pages.post("/<int:number>/edit")
def edit(code: str, number: int) -> Page:
    workshop_id, by = desk.runs(code)
    try:
        planned = agenda.exercise_from_form(request.form)
        entry = planning.edit_exercise(
            house().store, workshop_id, number, planned, by=by, seen=request.form.get("from") or None
        )
    except WorkshopError as error:
        return _editor(code, number, error)
    return desk.did(code, _("Exercise %(number)s is saved.", number=number), entry, page="agenda")


@pages.post("/<int:number>/copy")
def copy(code: str, number: int) -> Page:
    workshop_id, by = desk.runs(code)
    wish = request.form.get("responses", "no")
    if wish not in ("yes", "no"):
        raise NotUnderstood(N_("“responses” is yes or no."))
    try:
        copied, entry = planning.copy_exercise(
            house().store, workshop_id, number, with_responses=wish == "yes", by=by, seen=_seen()
        )
    except WorkshopError as error:
        return _again(code, error)
    said = _("Exercise %(copy)s is a copy of exercise %(number)s, without dots.", copy=copied, number=number)
    return desk.did(code, said, entry, page="agenda", number=copied)


@pages.post("/<int:number>/remove")
def remove(code: str, number: int) -> Page:
    workshop_id, by = desk.runs(code)
    try:
        entry = planning.remove_exercise(house().store, workshop_id, number, request.form.get("name", ""), by=by)
    except WorkshopError as error:
        return _again(code, error, removing=number)
    return desk.did(code, _("Exercise %(number)s is deleted.", number=number), entry, page="agenda")


@pages.post("/<int:number>/start")
def start(code: str, number: int) -> Page:
    said = _("Exercise %(number)s is on.", number=number)
    return _does(code, number, turning.start, said, "console", seen=_seen())


@pages.post("/<int:number>/reopen")
def reopen(code: str, number: int) -> Page:
    said = _("Exercise %(number)s is on again, with its dots as they were.", number=number)
    return _does(code, number, turning.reopen, said, "console", seen=_seen())


@pages.post("/<int:number>/skip")
def skip(code: str, number: int) -> Page:
    said = _("Exercise %(number)s is skipped.", number=number)
    return _does(code, number, turning.skip, said)


@pages.post("/<int:number>/unskip")
def unskip(code: str, number: int) -> Page:
    said = _("Exercise %(number)s is no longer skipped.", number=number)
    return _does(code, number, turning.unskip, said)


@pages.post("/<int:number>/move")
def move(code: str, number: int) -> Page:
    ways = {"up": turning.move_up, "down": turning.move_down}
    way = request.form.get("to", "")
    if way not in ways:
        raise NotUnderstood(N_("“to” is up or down."))
    said = _("Exercise %(number)s is moved.", number=number)
    return _does(code, number, ways[way], said, seen=_seen())


# The parts of a page --------------------------------------------------------------------------------------------------


def _does(
    code: str, number: int, act: Callable[..., int | None], said: str, page: str = "agenda", **more: int | None
) -> Page:
    """Do something to the agenda and lead to a page; where that is refused, show the agenda as it is now."""
    workshop_id, by = desk.runs(code)
    try:
        entry = act(house().store, workshop_id, number, by=by, **more)
    except WorkshopError as error:
        return _again(code, error)
    return desk.did(code, said, entry, page=page)


def _seen() -> int | None:
    """What the form was made from: the exercise that was on, a place in the agenda, or the newest exercise."""
    seen = request.form.get("from", "")
    if seen and not (seen.isascii() and seen.isdigit() and len(seen) < 10):
        raise NotUnderstood(N_("“%(field)s” is a whole number."), field="from")
    return int(seen) if seen else None


def _again(code: str, error: WorkshopError, removing: int | None = None) -> Page:
    if wants_json():
        raise error
    return _page(code, error, removing)


def _page(code: str, error: WorkshopError | None = None, removing: int | None = None) -> Page:
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        if workshop.code != code:
            return redirect(f"/w/{workshop.code}/agenda")
        access.check_may(db, workshop, "console", access.held(workshop.code))
        page = render_template(
            "desk/agenda.html",
            workshop=workshop,
            place="agenda",
            exercises=planning.listed(db, workshop),
            newest=planning.newest(workshop),
            name_of=lambda exercise: planning.first_words(asked(exercise)),
            removing=removing,
            typed=request.form,
            problem=answers.sentence(error) if error else None,
        )
    return page, error.status if error else 200


def _editor(code: str, number: int | None, error: WorkshopError | None = None) -> Page:
    """The form of an exercise, or of a new one. After an error it holds what was typed."""
    if error and wants_json():
        raise error
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        access.check_may(db, workshop, "console", access.held(workshop.code))
        one = planning.list_one(db, workshop.id, number) if number is not None else None
        made_from = planning.fingerprint(one.exercise) if one else str(planning.newest(workshop))
        plan = planning.plan_of(one.exercise) if one else PlannedExercise(prompt="")
        page = render_template(
            "desk/exercise.html",
            workshop=workshop,
            place="agenda",
            one=one,
            made_from=made_from,
            newest=planning.newest(workshop),
            typed=request.form if error else agenda.to_form(plan),
            problem=answers.sentence(error) if error else None,
            problem_code=error.code if error else None,
        )
    return page, error.status if error else 200

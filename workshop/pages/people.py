"""The people page: who is here by number, how people get in, the lobby, and seat slips."""

from __future__ import annotations

from contextvars import copy_context
from functools import partial

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as Answer

from workshop import access, agenda, answers, screens
from workshop.actions import doors, joining, lenses, returning
from workshop.errors import N_, NotFound, NotUnderstood, WorkshopError
from workshop.languages import current
from workshop.models import Workshop
from workshop.pages import desk, qr
from workshop.pages.house import find_workshop, house, public_url, wants_json
from workshop.pages.said import said
from workshop.printing import sheets
from workshop.results.suppression import FEWEST

pages = Blueprint("people", __name__, url_prefix="/w/<code>/people")

Page = Answer | tuple[str, int]


@pages.get("")
def show(code: str) -> Page:
    return _page(code)


@pages.post("/door")
def set_door(code: str) -> Page:
    workshop_id, by = desk.runs(code)
    try:
        capacity = _number("capacity") if request.form.get("door") == "capped" else None
        entry = doors.set_door(house().store, workshop_id, request.form.get("door", ""), capacity, by=by)
    except WorkshopError as error:
        return _again(code, error)
    return desk.did(code, _("That is how people get in now."), entry, page="people")


@pages.post("/names")
def ask_names(code: str) -> Page:
    workshop_id, by = desk.runs(code)
    wish = request.form.get("names", "")
    if wish not in ("yes", "no"):
        raise NotUnderstood(N_("“%(field)s” is yes or no."), field="names")
    entry = doors.ask_names(house().store, workshop_id, wish == "yes", by=by)
    said = _("People may say their name.") if wish == "yes" else _("Nobody is asked for a name.")
    return desk.did(code, said, entry, page="people")


@pages.post("/lenses")
def ask_lenses(code: str) -> Page:
    workshop_id, by = desk.runs(code)
    try:
        wanted = agenda.lenses_from_lines(request.form.get("lenses", ""))
        entry = lenses.ask_lenses(house().store, workshop_id, wanted, by=by)
    except WorkshopError as error:
        return _again(code, error)
    said = _("People are asked which group they are in.") if wanted else _("Nobody is asked which group they are in.")
    return desk.did(code, said, entry, page="people")


@pages.post("/admit")
def admit(code: str) -> Page:
    workshop_id, by = desk.runs(code)
    number = _number("ballot") if request.form.get("ballot") else None
    most = None if number is not None or request.form.get("most") == "all" else _number("most")
    page = "console" if request.form.get("from") == "console" else "people"
    count, entry = doors.admit(house().store, workshop_id, by=by, most=most, number=number)
    said = ngettext("%(num)s person is let in.", "%(num)s people are let in.", count)
    return desk.did(code, said, entry, page=page, count=count)


@pages.post("/<int:number>/return")
def make_return_link(code: str, number: int) -> Page:
    """The link is shown in the answer itself: it is kept nowhere, so nobody can be led to it."""
    workshop_id, by = desk.runs(code)
    made = returning.make_return_link_for(house().store, workshop_id, number, chance=house().chance, by=by)
    path = f"/t/{made.secret}"
    if wants_json():
        said = _("The return link is made.")
        return desk.did(code, said, made.entry, page="people", link=public_url(path), minutes=returning.MINUTES)
    with house().store.reading() as db:
        page = render_template(
            "desk/return.html",
            workshop=find_workshop(db, code),
            ballot=number,
            address=public_url(path),
            picture=qr.inline(path),
            minutes=returning.MINUTES,
        )
    return page, 200


@pages.post("/slips")
def make_slips(code: str) -> Page:
    workshop_id, by = desk.runs(code)
    try:
        numbers, entry = doors.make_slips(
            house().store, workshop_id, _number("slips"), key=house().key, chance=house().chance, by=by
        )
    except WorkshopError as error:
        return _again(code, error)
    said = _("Slips %(first)s to %(last)s are made. Print them below.", first=numbers[0], last=numbers[-1])
    return desk.did(code, said, entry, page="people", first=numbers[0], last=numbers[-1])


@pages.post("/slips/void")
def void_slip(code: str) -> Page:
    workshop_id, by = desk.runs(code)
    try:
        number = _number("slip")
        entry = doors.void_slip(house().store, workshop_id, number, by=by)
    except WorkshopError as error:
        return _again(code, error)
    return desk.did(code, _("Slip %(number)s lets nobody in any more.", number=number), entry, page="people")


@pages.get("/slips")
def slips(code: str) -> Page:
    """All slips that still let somebody in, or those from one number on, to be printed and cut."""
    workshop, paths = _slips_left(code)
    page = render_template(
        "desk/slips.html",
        workshop=workshop,
        first=min(paths),
        slips=[(number, public_url(path), qr.inline(path)) for number, path in paths.items()],
    )
    return page, 200


@pages.get("/slips.pdf")
def slips_as_pdf(code: str) -> Answer:
    workshop, paths = _slips_left(code)
    addresses = {number: public_url(path) for number, path in paths.items()}
    wanted = sheets.Slips(
        said(workshop, "title"),
        [sheets.Slip(number, address, address) for number, address in addresses.items()],
        house().languages[current()].tag,
    )
    # It takes seconds for a large hall. The context goes along: the sheet's own words are in the reader's language.
    draw = partial(copy_context().run, sheets.seat_slips, wanted)
    return Answer(
        house().run_native(draw),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{workshop.code}-slips.pdf"'},
    )


def _slips_left(code: str) -> tuple[Workshop, dict[int, str]]:
    """The workshop, and by its number the path of each slip that still lets somebody in. Raises `NotFound`."""
    first = request.args.get("from", "1")
    least = int(first) if first.isascii() and first.isdigit() and len(first) < 6 else 1
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        access.check_may(db, workshop, "console", access.held(workshop.code))
        secrets = {
            slip.number: doors.slip_secret(slip, house().key)
            for slip in doors.slips(db, workshop.id)
            if slip.participant_id is None and slip.number >= least
        }
    paths = {number: f"/s/{secret}" for number, secret in secrets.items() if secret is not None}
    if not paths:
        raise NotFound(N_("There are no slips to print. Make some first."), code="no_slips")
    return workshop, paths


def _number(field: str) -> int:
    """A whole number that was typed; 0, which no action takes, where it is none."""
    typed = request.form.get(field, "").strip()
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _again(code: str, error: WorkshopError) -> Page:
    if wants_json():
        raise error
    return _page(code, error)


def _page(code: str, error: WorkshopError | None = None) -> Page:
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        if workshop.code != code:
            return redirect(f"/w/{workshop.code}/people")
        access.check_may(db, workshop, "console", access.held(workshop.code))
        screen = screens.screen(db, workshop.id, "console")
        assert screen is not None
        return (
            render_template(
                "desk/people.html",
                workshop=workshop,
                screen=screen,
                people=joining.people(db, workshop.id),
                slips=doors.slips(db, workshop.id),
                groups=lenses.groups(db, workshop) if workshop.lenses else (),
                fewest=FEWEST,
                most_slips=doors.MOST_SLIPS_AT_ONCE,
                typed=request.form if error else {},
                problem=answers.sentence(error) if error else None,
                problem_code=error.code if error else None,
            ),
            error.status if error else 200,
        )

"""Paper ballots: the page on which they are entered, changed and withdrawn."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from workshop import access, answers, rules, tokens
from workshop.actions import paper
from workshop.actions.hosting import find_exercise
from workshop.errors import N_, Unacceptable, WorkshopError
from workshop.pages import desk
from workshop.pages.house import find_workshop, house, wants_json

pages = Blueprint("paper", __name__, url_prefix="/w/<code>/<int:number>/paper")

Page = Answer | str | tuple[str, int]

# What is typed beside R7 is the field r7; what R7 had before it was changed is was7.
FIELD = re.compile(r"(r|was)([1-9][0-9]{0,5})")


@pages.get("")
def show(code: str, number: int) -> Page:
    return _page(code, number)


@pages.post("")
def enter(code: str, number: int) -> Page:
    workshop_id, by = desk.runs(code)
    try:
        ballot, entry = paper.enter_paper_ballot(
            house().store,
            workshop_id,
            number,
            _dots("r"),
            op=request.form.get("op", ""),
            by=by,
            chance=house().chance,
            ballot=_earlier_ballot(),
            name=request.form.get("name"),
            lens=request.form.get("lens", ""),
        )
    except WorkshopError as error:
        return _again(code, number, error)
    if entry is None:
        said = _("Ballot %(ballot)s had been entered before. Nothing was entered twice.", ballot=ballot)
    else:
        said = _("Ballot %(ballot)s is entered. Write this number on the sheet.", ballot=ballot)
    return desk.did(code, said, entry, page=_home(number), ballot=ballot)


@pages.get("/<int:ballot>")
def changing(code: str, number: int, ballot: int) -> Page:
    return _page(code, number, changing=ballot)


@pages.post("/<int:ballot>")
def change(code: str, number: int, ballot: int) -> Page:
    workshop_id, by = desk.runs(code)
    try:
        entry = paper.change_paper_ballot(
            house().store, workshop_id, number, ballot, _dots("r"), by=by, was=_dots("was") or None
        )
    except WorkshopError as error:
        return _again(code, number, error, changing=ballot)
    return desk.did(code, _("Ballot %(ballot)s is changed.", ballot=ballot), entry, page=_home(number), ballot=ballot)


@pages.post("/<int:ballot>/withdraw")
def withdraw(code: str, number: int, ballot: int) -> Page:
    workshop_id, by = desk.runs(code)
    try:
        entry = paper.withdraw_paper_ballot(house().store, workshop_id, number, ballot, by=by)
    except WorkshopError as error:
        return _again(code, number, error)
    said = _("Ballot %(ballot)s is withdrawn. Its dots no longer count.", ballot=ballot)
    return desk.did(code, said, entry, page=_home(number), ballot=ballot)


def _home(number: int) -> str:
    # Whoever enters a heap of sheets goes on with the next one from where the form begins.
    return f"{number}/paper#enter"


# What was typed -------------------------------------------------------------------------------------------------------


def _dots(which: str) -> dict[int, int]:
    """The numbers that were typed beside the responses, without those that were left empty."""
    dots = {}
    for name, typed in request.form.items():
        found = FIELD.fullmatch(name)
        if found and found[1] == which and typed.strip():
            dots[int(found[2])] = _number(typed, int(found[2]))
    return dots


def _number(typed: str, response: int) -> int:
    if not _is_number(typed):
        raise Unacceptable(
            N_("Beside R%(response)s, write a number of dots such as 2, or nothing."),
            code="not_a_number",
            response=response,
        )
    return int(typed)


def _is_number(typed: str) -> bool:
    typed = typed.strip()
    return typed.isascii() and typed.isdigit() and len(typed) <= 6


def _earlier_ballot() -> int | None:
    typed = request.form.get("ballot", "")
    if typed.strip() and not _is_number(typed):
        raise Unacceptable(N_("A ballot's number is a number such as 12."), code="no_such_ballot")
    return int(typed) if typed.strip() else None


# The page -------------------------------------------------------------------------------------------------------------


def _again(code: str, number: int, error: WorkshopError, changing: int | None = None) -> Page:
    """The page with what is wrong and all that was typed. A ballot that is gone meanwhile can be entered anew."""
    if wants_json() or error.status in (403, 404):
        raise error
    return _page(code, number, error, changing=None if error.code == "not_entered" else changing)


def _page(code: str, number: int, error: WorkshopError | None = None, *, changing: int | None = None) -> Page:
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        if workshop.code != code:
            return redirect(f"/w/{workshop.code}/{number}/paper")
        access.check_may(db, workshop, "console", access.held(workshop.code))
        exercise = find_exercise(db, workshop.id, number)
        ballots = {each.number: each for each in paper.paper_ballots(db, exercise)}
        is_open = exercise.is_on and exercise.phase == "vote"
        if changing is not None and error is None:
            paper.check_change(db, exercise, changing)
        stored = ballots[changing].counts if changing in ballots and is_open else {}
        typed: Mapping[str, str] = request.form if error else {f"r{on}": str(dots) for on, dots in stored.items()}
        page = render_template(
            "desk/ballots.html",
            workshop=workshop,
            place="people",
            exercise=exercise,
            responses=paper.responses_on_paper(db, exercise),
            ballots=ballots.values(),
            earlier=paper.without_ballot(db, exercise),
            is_open=is_open,
            shows_form=is_open or any(FIELD.fullmatch(name) for name in typed),
            changing=changing,
            was=stored,
            typed=typed,
            used=sum(int(dots) for name, dots in typed.items() if re.fullmatch(r"r\d+", name) and _is_number(dots)),
            op=typed.get("op") or tokens.new_secret(house().chance)[: rules.LONGEST_OP],
            problem=answers.sentence(error) if error else None,
            field=_field(error),
        )
    return page, error.status if error else 200


def _field(error: WorkshopError | None) -> str | None:
    """The field that an error is about."""
    if error is None:
        return None
    if "response" in error.values:
        return f"r{error.values['response']}"
    return {"too_many_dots": "enter", "no_dots": "enter", "name": "name", "lens": "lens"}.get(
        error.code, "ballot" if "ballot" in error.code or error.code == "entered" else None
    )

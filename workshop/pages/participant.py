"""The participant's page and everything that they post."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from workshop import access, answers, screens
from workshop.actions import gathering, voting
from workshop.actions.hosting import find_exercise
from workshop.actions.voting import Cast
from workshop.errors import N_, NotAllowed, NotFound, NotUnderstood, Unacceptable, WorkshopError
from workshop.languages import current
from workshop.models import Participant, Workshop
from workshop.pages.house import done, find_workshop, house, wants_json
from workshop.publishing import Seats
from workshop.rules import Move
from workshop.screens import Own, Screen

pages = Blueprint("participant", __name__, url_prefix="/w/<code>")

Page = Answer | str | tuple[str, int]


@pages.get("")
def show(code: str) -> Page:
    try:
        return _page(code)
    except NotAllowed as error:
        if error.code == "waiting":
            return _lobby(code)
        if error.code == "moved":
            raise
        return redirect(f"/j/{code}")


@pages.get("/state")
def state(code: str) -> Answer:
    version = request.args.get("version", "")
    workshop_id, participant_id = _ids(code)
    if version and not (version.isascii() and version.isdigit() and len(version) < 10):
        raise NotUnderstood(N_("“%(field)s” is a whole number."), field="version")
    seats = Seats(workshop_id, "participant", current())
    message = house().live.state(seats, int(version) if version else None, participant_id)
    return jsonify(message)


@pages.post("/<int:number>/responses")
def add_response(code: str, number: int) -> Page:
    workshop_id, participant_id = _ids(code)
    try:
        response, is_new = gathering.add_response(
            house().store,
            workshop_id,
            number,
            participant_id=participant_id,
            side=request.form.get("side", ""),
            text=request.form.get("text", ""),
            op=request.form.get("op", ""),
        )
    except WorkshopError as error:
        return _again(code, error)
    with house().store.reading() as db:
        unchecked = answers.unchecked(gathering.unchecked(db, workshop_id, number, participant_id))
    if any(each["number"] == response for each in unchecked):
        said = _("Added. The facilitator checks it before everyone sees it.")
        more: dict[str, Any] = {"unchecked": unchecked}
    else:
        said = (
            _("Added. You can edit or remove it until responses are closed.")
            if _is_open(code)
            else _("Added. You can edit or remove it until voting starts.")
        )
        more = {}
    return done(f"/w/{code}", said=said, status=201 if is_new else 200, number=response, **more)


@pages.get("/<int:number>/responses/<int:response>")
def editing(code: str, number: int, response: int) -> Page:
    with house().store.reading() as db:
        return _editing(db, code, number, response)


@pages.post("/<int:number>/responses/<int:response>")
def edit_response(code: str, number: int, response: int) -> Page:
    workshop_id, participant_id = _ids(code)
    try:
        gathering.edit_response(
            house().store,
            workshop_id,
            number,
            response,
            participant_id=participant_id,
            side=request.form.get("side", ""),
            text=request.form.get("text", ""),
        )
    except WorkshopError as error:
        if wants_json() or error.status != 422:
            return _again(code, error)
        with house().store.reading() as db:
            return _editing(db, code, number, response, error), error.status
    with house().store.reading() as db:
        waits = any(each.number == response for each in gathering.unchecked(db, workshop_id, number, participant_id))
    said = _("Changed. The facilitator checks it before everyone sees it.") if waits else _("Changed.")
    return done(f"/w/{code}", said=said, number=response)


@pages.post("/<int:number>/responses/<int:response>/remove")
def remove_response(code: str, number: int, response: int) -> Page:
    workshop_id, participant_id = _ids(code)
    try:
        gathering.remove_response(house().store, workshop_id, number, response, participant_id=participant_id)
    except WorkshopError as error:
        return _again(code, error)
    return done(f"/w/{code}", said=_("Removed."), number=response)


@pages.post("/<int:number>/dots")
def move_dots(code: str, number: int) -> Page | tuple[Answer, int]:
    workshop_id, participant_id = _ids(code)
    if request.form.get("dot") == "" and not wants_json():
        # What the page puts there when no dot is in hand.
        return _again(code, _no_dot_left(workshop_id, number))
    moves = _moves_in_json(number) if request.is_json else [answers.read_move(request.form)]
    return _cast(code, lambda: voting.move_dots(house().box, workshop_id, participant_id, number, moves))


@pages.get("/<int:number>/dots/back")
def ask_to_take_all_back(code: str, number: int) -> Page:
    """The question that a phone with JavaScript asks by itself."""
    with house().store.reading() as db:
        workshop, participant = _who(db, code)
        screen = screens.screen(db, workshop.id, "participant")
        if screen is None or screen.phase != "vote" or screen.exercise.number != number:
            return redirect(f"/w/{workshop.code}")
        own = screens.own(db, screen.exercise, participant)
        if own.left == len(own.slots):
            return redirect(f"/w/{workshop.code}")
        return render_template("participant/all_back.html", screen=screen, own=own)


@pages.post("/<int:number>/dots/back")
def take_all_back(code: str, number: int) -> Page | tuple[Answer, int]:
    workshop_id, participant_id = _ids(code)
    op = secrets.token_urlsafe(9)
    return _cast(code, lambda: voting.take_all_back(house().box, workshop_id, participant_id, number, op))


@pages.post("/<int:number>/finished")
def finish(code: str, number: int) -> Page:
    workshop_id, participant_id = _ids(code)
    wish = request.form.get("finished", "")
    if wish not in ("yes", "no"):
        raise NotUnderstood(N_("“finished” is yes or no."))
    try:
        voting.set_finished(house().store, workshop_id, participant_id, number, wish == "yes")
    except WorkshopError as error:
        return _again(code, error)
    said = (
        _("You have finished. You can still change your dots.")
        if wish == "yes"
        else _("Go on. Your dots are where you left them.")
    )
    return done(f"/w/{code}", said=said, finished=wish == "yes")


# The parts of a page --------------------------------------------------------------------------------------------------


def _who(db: Session, code: str) -> tuple[Workshop, Participant]:
    workshop = find_workshop(db, code)
    return workshop, access.participant_in(db, workshop, access.held(workshop.code))


def _ids(code: str) -> tuple[int, int]:
    """The ids of the workshop and of the participant who is asking."""
    with house().store.reading() as db:
        workshop, participant = _who(db, code)
        return workshop.id, participant.id


def _is_open(code: str) -> bool:
    """Whether the exercise that is on is talked about, and need not be voted on."""
    with house().store.reading() as db:
        return find_workshop(db, code).exercise.kind == "open"


def _moves_in_json(number: int) -> list[Move]:
    try:
        data = request.get_json()
    except RecursionError:  # Thousands of brackets inside each other.
        data = None
    if not isinstance(data, Mapping):
        raise NotUnderstood(N_("Send an object with a list of “moves”."))
    return answers.read_moves({**data, "exercise": number})[1]


def _no_dot_left(workshop_id: int, number: int) -> WorkshopError:
    """What a phone with JavaScript says by itself, in the same words."""
    with house().store.reading() as db:
        allowance = find_exercise(db, workshop_id, number).allowance
    sentence = ngettext(
        "You've used your %(num)s dot. Remove it to move it.",
        "You've used all %(num)s dots. Remove one to move it.",
        allowance,
    )
    return Unacceptable(sentence, code="no_dot_left")


def _cast(code: str, put: Callable[[], Cast]) -> Page | tuple[Answer, int]:
    """Put something into the ballot box and answer what became of it."""
    try:
        cast = put()
    except WorkshopError as error:
        return _again(code, error)
    problem = answers.problem_of(cast)
    if wants_json():
        return jsonify(answers.moved(cast)), problem.status if problem and len(cast.moves) == 1 else 200
    if problem is not None:
        return _again(code, problem)
    moved = cast.moves[0].response if len(cast.moves) == 1 else None
    return done(f"/w/{code}" + (f"#r{moved}" if moved else ""), said=_dots_left(cast))


def _dots_left(cast: Cast) -> str:
    slots = cast.slots or ()
    left = sum(1 for on, _rev in slots if on is None)
    return str(ngettext("%(num)s of %(all)s dots left.", "%(num)s of %(all)s dots left.", left, all=len(slots)))


def _again(code: str, error: WorkshopError) -> Page:
    """The page once more with what went wrong and what was typed; in JSON the error alone."""
    if wants_json():
        raise error
    return _page(code, error)


def _page(code: str, error: WorkshopError | None = None) -> Page:
    with house().store.reading() as db:
        workshop, participant = _who(db, code)
        if workshop.code != code:
            return redirect(f"/w/{workshop.code}")
        screen = screens.screen(db, workshop.id, "participant")
        if screen is None:
            raise NotFound(N_("This workshop has ended."), code="no_such_workshop")
        own = screens.own(db, screen.exercise, participant)
        return _render("participant/page.html", screen, own, error, participant=participant)


def _lobby(code: str) -> str:
    with house().store.reading() as db:
        return render_template("joining/lobby.html", workshop=find_workshop(db, code))


def _editing(db: Session, code: str, number: int, response: int, error: WorkshopError | None = None) -> str:
    workshop, participant = _who(db, code)
    screen = screens.screen(db, workshop.id, "participant")
    own = screens.own(db, workshop.exercise, participant)
    if screen is None or number != screen.exercise.number or screen.phase != "gather" or screen.exercise.locked:
        raise NotFound(N_("You can change your own responses while they are open."), code="no_such_response")
    changeable = [*own.unchecked, *(each for each in screen.responses if each.number in own.mine)]
    row = next((each for each in changeable if each.number == response), None)
    if row is None:
        raise NotFound(N_("You can change your own responses until voting starts."), code="no_such_response")
    typed = request.form or {"text": row.text, "side": row.side}
    return _render("participant/edit.html", screen, own, error, response=row, typed=typed)[0]


def _render(
    template: str,
    screen: Screen,
    own: Own,
    error: WorkshopError | None,
    *,
    typed: Mapping[str, str] | None = None,
    **more: Any,
) -> tuple[str, int]:
    return (
        render_template(
            template,
            screen=screen,
            own=own,
            unchecked=answers.unchecked(own.unchecked),
            problem=answers.sentence(error) if error else None,
            problem_code=error.code if error else None,
            typed=typed if typed is not None else (request.form if error else {}),
            new_op=lambda: secrets.token_urlsafe(9),
            **more,
        ),
        error.status if error else 200,
    )

"""The board: what is projected."""

from __future__ import annotations

from flask import Blueprint, get_template_attribute, jsonify, redirect, render_template, request
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from workshop import access, rules, screens
from workshop.actions import board_look
from workshop.actions.board_languages import set_board_languages
from workshop.errors import N_, NotAllowed, NotFound
from workshop.pages import desk
from workshop.pages.house import find_workshop, house
from workshop.pages.qr import svg

pages = Blueprint("board", __name__)


@pages.get("/b/<secret>")
def open_link(secret: str) -> Answer:
    with house().store.reading() as db:
        code = access.workshop_behind(db, "board", secret).code
    access.hold(code, "board", secret)
    return redirect(f"/w/{code}/board", 303)


@pages.get("/w/<code>/board")
def show(code: str) -> Answer | str:
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        if workshop.code != code:
            return redirect(f"/w/{workshop.code}/board")
        # Whoever watches a board may do nothing; one that steers is opened from the console, by who may run it.
        steers = request.args.get("steer") == "yes"
        access.check_may(db, workshop, "console" if steers else "board", access.held(workshop.code))
        screen = screens.screen(db, workshop.id, "board")
        if screen is None:
            raise NotFound(N_("This workshop has ended."), code="no_such_workshop")
        return render_template("board/page.html", screen=screen, steers=steers)


@pages.get("/w/<code>/board/next")
def next_step(code: str) -> Answer:
    """What a board that steers would do next, and how the console calls it; `to` is null where there is nothing."""
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        access.check_may(db, workshop, "console", access.held(workshop.code))
        screen = screens.screen(db, workshop.id, "console")
        if screen is None:
            raise NotFound(N_("This workshop has ended."), code="no_such_workshop")
        exercise = screen.exercise
        there = next(iter(rules.onwards(exercise.kind, exercise.phase, exercise.revealed)), None)
        act = get_template_attribute("console/fragments.html", "next_act")(screen, there) if there else ""
        return jsonify(
            {
                "ok": True,
                "exercise": exercise.number,
                "from": exercise.phase,
                "to": there,
                "act": Markup(act).striptags(),  # noqa: S704 - made into text, not into HTML
            }
        )


@pages.post("/w/<code>/board/look")
def set_look(code: str) -> Answer:
    workshop_id, by = desk.runs(code)
    size, theme = request.form.get("size", ""), request.form.get("theme", "")
    entry = board_look.set_board_look(house().store, workshop_id, size, theme, by=by)
    return desk.did(code, _("That is how the board looks now."), entry)


@pages.post("/w/<code>/board/languages")
def set_languages(code: str) -> Answer:
    workshop_id, by = desk.runs(code)
    wish = request.form.get("languages", "")
    entry = set_board_languages(house().store, workshop_id, wish, by=by)
    said = _("The board shows both languages.") if wish == "both" else _("The board shows one language.")
    return desk.did(code, said, entry)


@pages.get("/w/<code>/join.svg")
def join_qr(code: str) -> Answer:
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        held = access.held(workshop.code)
        try:
            access.check_may(db, workshop, "board", held)
        except NotAllowed:
            access.participant_in(db, workshop, held)
    return Answer(svg(f"/j/{workshop.code}"), mimetype="image/svg+xml")

"""What goes wrong becomes an answer here, and nowhere else: a page with a sentence, or JSON, with the same status."""

from __future__ import annotations

import logging

from flask import Flask, jsonify, render_template, request
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as Answer

from workshop import answers
from workshop.errors import N_, NotUnderstood, WorkshopError
from workshop.pages.house import wants_json
from workshop.pages.said import language_called

log = logging.getLogger(__name__)

SENTENCES = {
    400: N_("That could not be understood."),
    403: N_("This was sent from another site, so it was not done."),
    404: N_("There is no page at this address."),
    405: N_("This address does not take that."),
    413: N_("That is too much at once. A post has 64 kB at the most."),
    415: N_("That could not be understood."),
}

# What people type, by the name of its field. It is given back whatever goes wrong.
TYPED = {
    "text": N_("Your response"),
    "name": N_("Name"),
    "title": N_("Title"),
    "prompt": N_("Prompt"),
    "yes_prompt": N_("YES prompt"),
    "no_prompt": N_("NO prompt"),
    "minutes": N_("Minutes"),
    "people": N_("People in the room"),
    "cut": N_("How many go forward"),
    "cut_share": N_("The share of the dots that goes forward"),
}


EXPIRED = NotUnderstood(N_("This page had expired, so nothing was sent. Reload it and try again."), code="expired")


def init_app(app: Flask) -> None:
    app.register_error_handler(WorkshopError, refused)
    app.register_error_handler(CSRFError, expired)
    app.register_error_handler(HTTPException, of_http)
    app.register_error_handler(Exception, fault)


def refused(error: WorkshopError) -> tuple[Answer | str, int]:
    if wants_json():
        return jsonify(answers.failed(error)), error.status
    page = render_template(
        "problem.html",
        status=error.status,
        code=error.code,
        sentence=answers.sentence(error),
        typed=_typed(),
        way_on=_way_on(error),
    )
    return page, error.status


def _way_on(error: WorkshopError) -> str:
    """Where somebody who was refused can go: to join, if that is what they lack, or to the lobby that they wait in."""
    code = (request.view_args or {}).get("code", "")
    return {"not_joined": f"/j/{code}", "moved": f"/j/{code}", "waiting": f"/w/{code}"}.get(error.code, "/")


def expired(_: CSRFError) -> tuple[Answer | str, int]:
    """A form whose cookie is gone. The answer is the same form again, with all that was typed and a fresh token.

    A post from another site never gets here: those are refused before.
    """
    error = NotUnderstood(
        N_("This form had expired, so nothing was sent. Here is what you wrote; press the button to send it."),
        code="expired",
    )
    if wants_json():
        return jsonify(answers.failed(EXPIRED)), EXPIRED.status
    kept = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    page = render_template(
        "expired.html", sentence=answers.sentence(error), path=request.path, fields=kept, typed=_typed()
    )
    return page, error.status


def of_http(error: HTTPException) -> Answer | tuple[Answer | str, int]:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    known = WorkshopError(SENTENCES.get(status, answers.FAULT.sentence), code=error.name.lower().replace(" ", "_"))
    known.status = status
    return refused(known)


def fault(error: Exception) -> tuple[Answer | str, int]:
    # Not the path: it may be a secret link.
    log.exception("A fault of ours in %s", request.endpoint, exc_info=error)
    return refused(answers.FAULT)


def _typed() -> list[tuple[str, str]]:
    """What somebody typed into the form that they sent: its label and the words."""
    try:
        form = request.form
    except HTTPException:  # A body that is too large is not read, and cannot be given back.
        return []
    return [(_label(name), words) for name, words in form.items() if words and name.partition("_in_")[0] in TYPED]


def _label(name: str) -> str:
    """What a field is called; of one in a further language, `title_in_cy`, with the name of that."""
    field, _, code = name.partition("_in_")
    language = language_called(code) if code else None
    label: str = gettext(TYPED[field])
    return f"{label} ({language.name})" if language else label

"""A ballot moves to another phone: its owner makes the link, and the other phone opens it and presses the button."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from workshop import access
from workshop.actions import joining, lenses, returning
from workshop.errors import NotAllowed
from workshop.models import Participant, Workshop
from workshop.pages import qr
from workshop.pages.house import done, find_workshop, house, public_url, wants_json

pages = Blueprint("returning", __name__)


@pages.post("/w/<code>/return")
def make_return_link(code: str) -> Answer | str:
    """The link is shown in the answer itself: it is kept nowhere, so nobody can be led to it."""
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        participant = access.participant_in(db, workshop, access.held(workshop.code))
    made = returning.make_return_link(
        house().store, workshop.id, participant_id=participant.id, now=house().now(), chance=house().chance
    )
    path = f"/t/{made.secret}"
    if wants_json():
        return done(f"/w/{workshop.code}", link=public_url(path), minutes=returning.MINUTES)
    return render_template(
        "participant/return.html",
        workshop=workshop,
        ballot=made.ballot,
        address=public_url(path),
        picture=qr.inline(path),
        minutes=returning.MINUTES,
    )


@pages.post("/w/<code>/name")
def set_name(code: str) -> Answer:
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        participant = access.participant_in(db, workshop, access.held(workshop.code))
    joining.set_name(house().store, workshop.id, participant.id, request.form.get("name", ""))
    return done(f"/w/{workshop.code}", said=_("Your name is noted. Only the facilitators see it."))


@pages.post("/w/<code>/lens")
def set_lens(code: str) -> Answer:
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        participant = access.participant_in(db, workshop, access.held(workshop.code))
    lenses.set_lens(house().store, workshop.id, participant.id, request.form.get("lens", ""))
    return done(f"/w/{workshop.code}", said=_("That is noted. Nobody is shown it beside your ballot."))


@pages.get("/t/<secret>")
def look(secret: str) -> Answer | str:
    """Looking moves nothing, so that no preview of a link uses it up."""
    with house().store.reading() as db:
        link = returning.find_return_link(db, secret)
        workshop, owner = db.get_one(Workshop, link.workshop_id), db.get_one(Participant, link.participant_id)
        here = _ballot_here(db, workshop)
        if link.used_at is not None and here is not None and here.id == owner.id:
            return redirect(f"/w/{workshop.code}")
        returning.check_return_link(link, house().now())
        own = here if here is not None and here.id != owner.id else None
        return render_template("joining/return.html", workshop=workshop, path=f"/t/{secret}", ballot=owner, own=own)


@pages.post("/t/<secret>")
def move_ballot(secret: str) -> Answer:
    with house().store.reading() as db:
        link = returning.find_return_link(db, secret)
        code, workshop_id = db.get_one(Workshop, link.workshop_id).code, link.workshop_id
    # This browser's own, so that the same post sent twice moves the ballot once.
    own = access.secret_of_browser(f"return {secret}", house().key)
    returning.move_ballot(house().store, workshop_id, secret, secret=own, now=house().now())
    access.hold(code, "participant", own)
    return done(f"/w/{code}", said=_("Your ballot is on this phone now."), location=f"/w/{code}")


def _ballot_here(db: Session, workshop: Workshop) -> Participant | None:
    try:
        return access.participant_in(db, workshop, access.held(workshop.code))
    except NotAllowed:
        return None

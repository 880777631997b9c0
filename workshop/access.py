"""Who is asking: cookies, secret links, forged posts, guessed codes. Decides nothing about workshops.

One signed cookie holds, for each workshop, the secrets that this browser was given: its ballot's, and those of the
links that were opened in it. The database holds only their hashes, so a link can be revoked and a cookie proves
nothing by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from flask import Flask, Request, abort, current_app, request, session
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop import tokens
from workshop.actions import hosting
from workshop.errors import N_, NotAllowed, NotFound
from workshop.guesses import Misses
from workshop.models import Link, Participant, ReturnLink, Workshop
from workshop.settings import Settings

# Which links may watch or do what. A facilitator may do all that the others may.
MAY = {
    "owner": ("facilitator",),
    "console": ("facilitator", "cofacilitator"),
    "moderation": ("facilitator", "cofacilitator", "moderator"),
    "board": ("facilitator", "cofacilitator", "moderator", "board"),
    "results": ("facilitator", "cofacilitator", "results"),
}

# A cookie has room for some 4,000 characters; whoever goes through more workshops than this lets go of the oldest.
MOST_WORKSHOPS = 12
COOKIE_DAYS = 60

csrf = CSRFProtect()


def init_app(app: Flask, settings: Settings) -> None:
    app.config.update(
        SESSION_COOKIE_NAME="__Host-eightdots" if settings.secure else "eightdots",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        PERMANENT_SESSION_LIFETIME=COOKIE_DAYS * 24 * 3600,
        # Sent only where it changes: an answer that comes late would undo a join, and a cache would keep the cookie.
        SESSION_REFRESH_EACH_REQUEST=False,
        # A form is good for as long as its cookie: a phone lies on the table for an hour, and what was typed must not
        # be lost.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    # In this order: what another site sent is refused, and only one's own expired forms are given back.
    app.before_request(_refuse_other_sites)
    csrf.init_app(app)


# What a browser holds -------------------------------------------------------------------------------------------------


def hold(code: str, role: str, secret: str) -> None:
    """Give this browser a secret: `role` is `participant` or one of `Link.ROLES`."""
    own = held(code) | {role: secret}
    # A list, because a signed cookie sorts the keys of an object, and the oldest is to go first.
    others = [each for each in session.get("held", []) if each[0] != code]
    session["held"] = [*others[-(MOST_WORKSHOPS - 1) :], [code, own]]
    session.permanent = True


def held(code: str, cookie: Mapping[str, Any] | None = None) -> dict[str, str]:
    """The secrets that a browser holds for a workshop, by role."""
    kept = (session if cookie is None else cookie).get("held", [])
    return dict(next((own for its_code, own in kept if its_code == code), {}))


def wish_for_language(tag: str) -> None:
    session["language"] = tag
    session.permanent = True


def wished_language(cookie: Mapping[str, Any] | None = None) -> str | None:
    """The language that somebody asked for in this browser, if they did."""
    wished = (session if cookie is None else cookie).get("language")
    return wished if isinstance(wished, str) else None


def secret_of_browser(purpose: str, key: str) -> str:
    """A secret that is this browser's own: the same for the same purpose, so that a form sent twice does one thing."""
    return tokens.derive(key, f"{purpose} {session['csrf_token']}")


def cookie_of(app: Flask, environ: dict[str, Any]) -> MutableMapping[str, Any]:
    """The cookie of a socket's handshake, read once at connect."""
    return app.session_interface.open_session(app, Request(environ)) or {}


def participant_in(db: Session, workshop: Workshop, secrets: Mapping[str, str]) -> Participant:
    """The participant that somebody is in a workshop.

    Raises `NotAllowed`: `not_joined`; `waiting` in the lobby; `moved` where the ballot is on another phone.
    """
    secret = secrets.get("participant")
    found = (
        db.scalar(
            select(Participant).where(
                Participant.secret_hash == tokens.digest(secret),
                Participant.workshop_id == workshop.id,
            )
        )
        if secret
        else None
    )
    if found is None:
        # Asked only for those who are turned away: everybody else's path is one query long.
        raise moved() if secret and _has_moved(db, workshop, secret) else not_joined()
    if found.state == "waiting":
        raise waiting()
    return found


def _has_moved(db: Session, workshop: Workshop, secret: str) -> bool:
    former = select(ReturnLink.id).where(
        ReturnLink.former_hash == tokens.digest(secret), ReturnLink.workshop_id == workshop.id
    )
    return db.scalar(former.limit(1)) is not None


def not_joined() -> NotAllowed:
    return NotAllowed(N_("Join the workshop first."), code="not_joined")


def waiting() -> NotAllowed:
    return NotAllowed(N_("The room is full. The facilitator can let you in."), code="waiting")


def moved() -> NotAllowed:
    return NotAllowed(N_("Your ballot is on another phone now."), code="moved")


def check_may(db: Session, workshop: Workshop, what: str, secrets: Mapping[str, str]) -> Link:
    """The strongest of the links held, and not revoked since, that allows `what` (a key of `MAY`). Raises `NotAllowed`
    where there is none.
    """
    hashes = [tokens.digest(secrets[role]) for role in MAY[what] if role in secrets]
    found = db.scalars(
        select(Link).where(
            Link.workshop_id == workshop.id,
            Link.secret_hash.in_(hashes),
            Link.role.in_(MAY[what]),
            Link.revoked_at.is_(None),
        )
    ).all()
    if not found:
        raise NotAllowed(_NEEDS[what], code="no_link")
    return min(found, key=lambda link: MAY[what].index(link.role))


_NEEDS = {
    "owner": N_("This needs the facilitator's link; a co-facilitator's is not enough."),
    "moderation": N_("This page needs a facilitator's or moderator's link. Open that link in this browser first."),
    "console": N_("This page needs the facilitator's link. Open that link in this browser first."),
    "board": N_("This page needs the board's link. Open that link in this browser first."),
    "results": N_("This page needs the results link. Open that link in this browser first."),
}


class Standing(NamedTuple):
    """Who may watch a workshop at one moment: what each open page was let in by is held against it."""

    version: int
    links: frozenset[int]
    """The ids of those that work."""
    ballots: Mapping[int, tuple[bytes, str]]
    """For each participant the hash of the secret that holds their ballot, and their state."""

    def check(self, link: int | None, participant: int | None, secret_hash: bytes | None) -> None:
        """Raise `NotAllowed` for a page that was let in by a link, or by a ballot's secret, and would not be now."""
        if link is not None and link not in self.links:
            raise NotAllowed(N_("This link no longer works. Ask whoever gave it to you for a new one."), code="no_link")
        if participant is None:
            return
        holder, state = self.ballots.get(participant, (None, ""))
        if holder is None:
            raise not_joined()
        if holder != secret_hash:
            raise moved()
        if state == "waiting":
            raise waiting()


def standing(db: Session, workshop_id: int, version: int | None) -> Standing | None:
    """Who may watch a workshop; None where it has not changed since `version`. Raises `NotFound` where it is gone."""
    now = db.scalar(select(Workshop.version).where(Workshop.id == workshop_id))
    if now is None:
        raise NotFound(N_("This workshop has ended."), code="no_such_workshop")
    if now == version:
        return None
    links = select(Link.id).where(Link.workshop_id == workshop_id, Link.revoked_at.is_(None))
    ballots = select(Participant.id, Participant.secret_hash, Participant.state).where(
        Participant.workshop_id == workshop_id
    )
    return Standing(
        now,
        frozenset(db.scalars(links)),
        {participant: (secret_hash, state) for participant, secret_hash, state in db.execute(ballots)},
    )


def workshop_behind(db: Session, role: str, secret: str) -> Workshop:
    """The workshop that a link leads to. Raises `NotFound` where it is unknown or revoked."""
    found = db.scalar(
        select(Workshop)
        .join(Link, Link.workshop_id == Workshop.id)
        .where(Link.secret_hash == tokens.digest(secret), Link.role == role, Link.revoked_at.is_(None))
    )
    if found is None:
        raise NotFound(N_("This link is not known, or no longer works. Ask whoever gave it to you for a new one."))
    return found


# The organiser --------------------------------------------------------------------------------------------------------


def become_organiser(secret: str) -> None:
    """Raises `NotFound` unless it is this server's organiser secret."""
    if not tokens.same(secret, hosting.organiser_secret(current_app.config["SECRET_KEY"])):
        raise NotFound(N_("This link is not known, or no longer works. Ask whoever gave it to you for a new one."))
    session["organiser"] = True
    session.permanent = True


def is_organiser() -> bool:
    return session.get("organiser") is True


def check_organiser() -> None:
    if not is_organiser():
        raise NotAllowed(
            N_("This page needs the organiser's link. The server prints it when it starts."),
            code="not_organiser",
        )


# Forged posts ---------------------------------------------------------------------------------------------------------


def is_own_origin(origin: str | None, environ: Mapping[str, Any]) -> bool:
    """Whether a request comes from one of our own pages. One without an origin comes from no page at all."""
    if not origin:
        return True
    public_url = (
        environ["flask.app"].config["PUBLIC_URL"] if "flask.app" in environ else current_app.config["PUBLIC_URL"]
    )
    if public_url and origin == _origin(public_url):
        return True
    try:
        return urlsplit(origin).netloc == environ.get("HTTP_HOST")
    except ValueError:  # No address at all, such as "http://[".
        return False


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def is_forged() -> bool:
    """Whether a browser says that another site made it send this."""
    fetched_by = request.headers.get("Sec-Fetch-Site")
    if fetched_by is not None:
        return fetched_by not in ("same-origin", "none")
    # Over plain http, as in most rooms, browsers do not say it in so many words.
    return not is_own_origin(request.headers.get("Origin"), request.environ)


def _refuse_other_sites() -> None:
    if request.method not in ("GET", "HEAD", "OPTIONS") and is_forged():
        abort(403)


# Guessed codes --------------------------------------------------------------------------------------------------------


def find_workshop(db: Session, typed: str, source: str) -> Workshop:
    """The workshop with a code, for somebody at the address `source`. A wrong code counts, wherever it is tried."""
    try:
        return hosting.find_workshop(db, typed)
    except NotFound:
        if typed.strip():
            misses.missed(source)
        raise


misses = Misses()

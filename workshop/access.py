"""Who is asking: cookies, secret links, forged posts, guessed codes. Decides nothing about workshops.

One signed cookie holds, for each workshop, the secrets that this browser was given: its ballot's, and those of the
links that were opened in it. The database holds only their hashes, so a link can be revoked and a cookie proves
nothing by itself.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Request, abort, current_app, request, session
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop import tokens
from workshop.actions import hosting
from workshop.errors import N_, NotAllowed, NotFound, TooMany
from workshop.models import Link, Participant, Workshop
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


def secret_of_browser(purpose: str, key: str) -> str:
    """A secret that is this browser's own: the same for the same purpose, so that a form sent twice does one thing."""
    return tokens.derive(key, f"{purpose} {session['csrf_token']}")


def cookie_of(app: Flask, environ: dict[str, Any]) -> MutableMapping[str, Any]:
    """The cookie of a socket's handshake, read once at connect."""
    return app.session_interface.open_session(app, Request(environ)) or {}


def participant_in(db: Session, workshop: Workshop, secrets: Mapping[str, str]) -> Participant:
    """The participant that somebody is in a workshop. Raises `NotAllowed`, code `not_joined`."""
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
        raise NotAllowed(N_("Join the workshop first."), code="not_joined")
    return found


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


class Misses:
    """Counts wrong codes per source and overall, in memory alone. A right code is never held up: a venue is one
    address.

    `clock` gives seconds that only go forward.
    """

    def __init__(
        self,
        per_source: int = 30,
        overall: int = 600,
        seconds: float = 60,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limits = (per_source, overall)
        self._seconds = seconds
        self._clock = clock
        self._missed: deque[tuple[float, str]] = deque()
        self._by_source: dict[str, int] = {}

    def missed(self, source: str) -> None:
        """Count a wrong code. Raises `TooMany` where there were too many in the last minute."""
        now = self._clock()
        while self._missed and self._missed[0][0] <= now - self._seconds:
            _, gone = self._missed.popleft()
            self._by_source[gone] -= 1
            if not self._by_source[gone]:
                del self._by_source[gone]
        per_source, overall = self._limits
        if self._by_source.get(source, 0) >= per_source or len(self._missed) >= overall:
            raise TooMany(
                N_("Too many wrong codes. Wait a minute, look at the screen and try again."),
                code="too_many_codes",
            )
        self._missed.append((now, source))
        self._by_source[source] = self._by_source.get(source, 0) + 1


misses = Misses()

"""The sockets of one process: who is there, what they have missed, and the one message that comes in.

docs/protocol.md describes every message.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, Request
from flask_socketio import SocketIO
from socketio.exceptions import ConnectionRefusedError as Refused

from workshop import access, answers, screens, tokens
from workshop.actions import voting
from workshop.actions.voting import Cast
from workshop.ballot_box import BallotBox
from workshop.errors import N_, NotAllowed, NotFound, NotUnderstood, WorkshopError
from workshop.languages import SOURCE, Languages, speaking
from workshop.models import Participant, Workshop
from workshop.publishing import Publisher, Seats
from workshop.store import Store
from workshop.timekeeper import now_ms

log = logging.getLogger(__name__)


# Before the line is closed to whoever was told why.
SECONDS_TO_READ_A_REFUSAL = 1.0


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who a socket is and what let it in, settled when it connects."""

    workshop_id: int
    audience: str
    language: str
    """The code of the one that its page is in."""
    participant_id: int | None
    secret_hash: bytes | None
    """Of the secret that held the participant's ballot."""
    link_id: int | None
    seen: int
    """The workshop's version when that was looked up."""

    @property
    def seats(self) -> Seats:
        return Seats(self.workshop_id, self.audience, self.language)


class Live:
    """Registers the handlers of `socketio` and keeps who is connected."""

    def __init__(self, app: Flask, socketio: SocketIO, store: Store, box: BallotBox, languages: Languages) -> None:
        self._app = app
        self._languages = languages
        self._store = store
        self._box = box
        self._watchers: dict[str, Watcher] = {}
        self._audiences: dict[tuple[int, str], dict[str, set[str]]] = {}
        """The sockets of each audience, by language."""
        self._tabs: dict[int, set[str]] = {}
        self._seen: dict[int, int] = {}
        """The version of each workshop at which those who may not watch any more were last turned away."""
        self._roll = threading.Lock()
        # The server underneath: Flask-SocketIO would push a request context and open the cookie for every move.
        self._server: Any = socketio.server  # type: ignore[attr-defined]
        self._server.on("connect", self._connect)
        self._server.on("disconnect", self._disconnect)
        self._server.on("move", self._move)
        self.publisher = Publisher(app, self._server, store, self.watched, self._turn_away)
        box.announce_to(self._tell_other_tabs)

    def watched(self, workshop_id: int, audience: str) -> Collection[str]:
        """The languages in which an audience is watching."""
        return tuple(self._audiences.get((workshop_id, audience), ()))

    # Coming and going -------------------------------------------------------------------------------------------------

    def _connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        try:
            watcher, version = self._admit(environ, auth)
        except WorkshopError as error:
            self._server.start_background_task(self._hang_up, sid)
            with speaking(self._app, self._language(environ, auth)):
                raise Refused(answers.sentence(error), {"code": error.code}) from error
        except Exception as error:
            # Left alone, the library would let in whoever made the handler fail.
            log.exception("A socket could not be admitted")
            self._server.start_background_task(self._hang_up, sid)
            raise Refused(answers.sentence(answers.FAULT), {"code": answers.FAULT.code}) from error
        with self._roll:
            self._watchers[sid] = watcher
            audience = self._audiences.setdefault((watcher.workshop_id, watcher.audience), {})
            audience.setdefault(watcher.language, set()).add(sid)
            if watcher.participant_id is not None:
                self._tabs.setdefault(watcher.participant_id, set()).add(sid)
            # What let it in may have been taken back between the look and this, and nobody would look again.
            is_late = watcher.seen < self._seen.get(watcher.workshop_id, 0)
        self._server.enter_room(sid, watcher.seats.room)
        # In a task of its own, because the library tells a socket that it is connected only after this.
        self._server.start_background_task(self._welcome, sid, watcher, version)
        if is_late:
            self._server.start_background_task(self._turn_away, watcher.workshop_id, watcher.seen)

    def _disconnect(self, sid: str, *_: Any) -> None:
        with self._roll:
            watcher = self._watchers.pop(sid, None)
            if watcher is not None:
                audience = self._audiences.get((watcher.workshop_id, watcher.audience), {})
                _leave(audience, watcher.language, sid)
                if not audience:
                    self._audiences.pop((watcher.workshop_id, watcher.audience), None)
                _leave(self._tabs, watcher.participant_id, sid)

    def _turn_away(self, workshop_id: int, since: int | None = None) -> None:
        """End the sockets of those who may not watch a workshop any more: their link was revoked, their ballot moved to
        another phone, or the workshop is gone. Looks only where it has changed since the last time, or since `since`.
        """
        try:
            with self._store.reading() as session:
                standing = access.standing(session, workshop_id, since or self._seen.get(workshop_id))
        except NotFound as error:
            for sid, watcher in self._watching(workshop_id):
                self._end(sid, watcher, error)
            return
        if standing is None:
            return
        with self._roll:
            self._seen[workshop_id] = max(standing.version, self._seen.get(workshop_id, 0))
        for sid, watcher in self._watching(workshop_id):
            try:
                standing.check(watcher.link_id, watcher.participant_id, watcher.secret_hash)
            except NotAllowed as error:
                self._end(sid, watcher, error)

    def _watching(self, workshop_id: int) -> list[tuple[str, Watcher]]:
        with self._roll:
            languages = [self._audiences.get((workshop_id, audience), {}) for audience in screens.AUDIENCES]
            return [(sid, self._watchers[sid]) for each in languages for sids in each.values() for sid in sids]

    def _end(self, sid: str, watcher: Watcher, error: WorkshopError) -> None:
        """Tell a socket why there is nothing to come any more. From here on it hears nothing and is not heard."""
        self._disconnect(sid)
        self._server.leave_room(sid, watcher.seats.room)
        self._gone(sid, watcher, error)
        self._server.start_background_task(self._hang_up, sid)

    def _gone(self, sid: str, watcher: Watcher, error: WorkshopError) -> None:
        self._server.emit("gone", self._failed(watcher, error)["error"], to=sid)

    def _failed(self, watcher: Watcher | None, error: WorkshopError) -> dict[str, Any]:
        """What is answered where something failed, in the language of whoever asked."""
        with speaking(self._app, watcher.language if watcher else SOURCE):
            return answers.failed(error)

    def _hang_up(self, sid: str) -> None:
        """Close the line of whoever was refused or turned away, once they have been told why."""
        eio_sid = self._server.manager.eio_sid_from_sid(sid, "/")
        self._server.sleep(SECONDS_TO_READ_A_REFUSAL)
        if eio_sid is not None:
            self._server.eio.disconnect(eio_sid)

    def _admit(self, environ: dict[str, Any], auth: Any) -> tuple[Watcher, int | None]:
        if not isinstance(auth, Mapping):
            raise NotUnderstood(N_("Connect with “code”, “audience” and “version”."))
        typed, audience, version = auth.get("code"), auth.get("audience"), auth.get("version")
        code = tokens.read_code(typed) if isinstance(typed, str) else None
        if code is None or audience not in screens.AUDIENCES or not (version is None or type(version) is int):
            raise NotUnderstood(N_("Connect with “code”, “audience” and “version”."))
        language = self._language(environ, auth)
        with self._store.reading() as session:
            workshop = access.find_workshop(session, code, environ.get("REMOTE_ADDR", ""))
            secrets = access.held(workshop.code, access.cookie_of(self._app, environ))
            seen = workshop.version
            if audience == "participant":
                own = access.participant_in(session, workshop, secrets)
                return Watcher(workshop.id, audience, language, own.id, own.secret_hash, None, seen), version
            link = access.check_may(session, workshop, audience, secrets)
            return Watcher(workshop.id, audience, language, None, None, link.id, seen), version

    def _language(self, environ: dict[str, Any], auth: Any) -> str:
        """The language of somebody's page, or else the one that their browser is shown pages in."""
        asked = auth.get("language") if isinstance(auth, Mapping) else None
        wished = asked if isinstance(asked, str) else None
        in_this_browser = access.wished_language(access.cookie_of(self._app, environ))
        return self._languages.chosen((wished, in_this_browser), Request(environ).accept_languages)

    def _welcome(self, sid: str, watcher: Watcher, version: int | None) -> None:
        """Tell somebody who has connected what they have missed."""
        try:
            message = self.state(watcher.seats, version, watcher.participant_id)
        except NotFound as error:
            self._gone(sid, watcher, error)
            return
        self._server.emit("state", message, to=sid)

    def state(self, seats: Seats, version: int | None, participant_id: int | None = None) -> dict[str, Any]:
        """The message `state` for somebody who shows `version`: with fragments where they missed something."""
        sent = self.publisher.last_sent(seats)
        message: dict[str, Any] = {"version": sent.version, "now": now_ms()}
        if version is None or version < sent.version:
            message |= {"full": True, "fragments": sent.fragments}
        return message if participant_id is None else message | self._own(seats.workshop_id, participant_id)

    def _own(self, workshop_id: int, participant_id: int) -> dict[str, Any]:
        with self._store.reading() as session:
            workshop = session.get(Workshop, workshop_id)
            participant = session.get(Participant, participant_id)
            if workshop is None or participant is None:
                raise NotFound(N_("This workshop has ended."), code="no_such_workshop")
            exercise = workshop.exercise
            if exercise.phase == "draft":
                return {}
            own = screens.own(session, exercise, participant)
            if exercise.phase == "gather":
                return {"mine": sorted(own.written), "unchecked": answers.unchecked(own.unchecked)}
            told: dict[str, Any] = {"ballot": answers.ballot(exercise.number, own.slots, own.finished)}
            # Nobody may vote for their own: which those are, their phone has to know.
            return told if exercise.own_allowed else told | {"mine": sorted(own.written)}

    # Moving dots ------------------------------------------------------------------------------------------------------

    def _move(self, sid: str, data: Any = None, *_: Any) -> dict[str, Any]:
        """Inline, in the socket's own green thread, so one phone's moves are stored in the order they were sent."""
        watcher = self._watchers.get(sid)
        try:
            if watcher is None or watcher.participant_id is None:
                raise NotAllowed(N_("Join the workshop first."), code="not_joined")
            number, moves = answers.read_moves(data)
            cast = voting.move_dots(self._box, watcher.workshop_id, watcher.participant_id, number, moves, origin=sid)
            if answers.problem_of(cast) is None:
                return answers.moved(cast)
            with speaking(self._app, watcher.language):
                return answers.moved(cast)
        except WorkshopError as error:
            return self._failed(watcher, error)
        except Exception:
            log.exception("A move failed")
            return self._failed(watcher, answers.FAULT)

    def _tell_other_tabs(self, cast: Cast) -> None:
        """A participant who has two tabs open sees in one what was moved in the other."""
        with self._roll:
            others = self._tabs.get(cast.participant_id, set()) - {cast.origin}
        if others and cast.slots is not None:
            message = answers.ballot(cast.number, cast.slots, cast.finished)
            for sid in others:
                self._server.emit("ballot", message, to=sid)


def _leave(rooms: dict[Any, set[str]], key: Any, sid: str) -> None:
    members = rooms.get(key)
    if members is not None:
        members.discard(sid)
        if not members:
            del rooms[key]

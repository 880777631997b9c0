"""What is pushed, and the one message that comes in. docs/protocol.md describes every message.

Each audience of a workshop is rendered once for a change, however many watch, and is sent only the fragments that
changed, at most four times a second. What was sent last is kept, so that whoever connects costs no rendering; and an
audience whose fragments did not change is sent nothing at all.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from flask_socketio import SocketIO
from socketio.exceptions import ConnectionRefusedError as Refused
from sqlalchemy import select

from workshop import access, answers, fragments, screens, tokens
from workshop.actions import voting
from workshop.actions.voting import Cast
from workshop.ballot_box import BallotBox
from workshop.errors import N_, NotAllowed, NotFound, NotUnderstood, WorkshopError
from workshop.models import Participant, Workshop
from workshop.store import Store

log = logging.getLogger(__name__)

# Leading and trailing edge: the first change shows at once, what follows within this time shows together.
SECONDS_BETWEEN_PUSHES = 0.25

# Screens that are kept although nobody watches them, for those who poll or come back.
MOST_KEPT = 300

# Participants send a few hundred bytes.
LARGEST_MESSAGE = 16_384


@dataclass(slots=True)
class Sent:
    """What an audience was last sent."""

    version: int
    fragments: dict[str, str]


@dataclass(slots=True)
class Watcher:
    """Who a socket is, settled when it connects."""

    workshop_id: int
    audience: str
    participant_id: int | None


@dataclass(slots=True)
class Pushing:
    """When a workshop was last pushed, and whether somebody is about to."""

    last: float = 0.0
    under_way: bool = False
    again: bool = False


@dataclass
class Live:
    """The sockets of one process."""

    app: Flask
    socketio: SocketIO
    store: Store
    box: BallotBox
    watchers: dict[str, Watcher] = field(default_factory=dict)
    audiences: dict[tuple[int, str], set[str]] = field(default_factory=dict)
    tabs: dict[int, set[str]] = field(default_factory=dict)
    sent: dict[tuple[int, str], Sent] = field(default_factory=dict)
    pushing: dict[int, Pushing] = field(default_factory=dict)
    renders: int = 0

    def __post_init__(self) -> None:
        self._rendering = threading.Lock()
        self._pushing = threading.Lock()
        self.store.announce_to(self.changed)
        self.box.announce_to(self.tell_other_tabs)
        # The server underneath: Flask-SocketIO would push a request context and open the cookie for every move.
        self.server: Any = self.socketio.server  # type: ignore[attr-defined]
        server = self.server
        server.on("connect", self.on_connect)
        server.on("disconnect", self.on_disconnect)
        server.on("move", self.on_move)

    # Coming and going -------------------------------------------------------------------------------------------------

    def on_connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        try:
            watcher, version = self._admit(environ, auth)
        except WorkshopError as error:
            raise Refused(str(error), {"code": error.code}) from error
        except Exception as error:
            # Left alone, the library would let in whoever made the handler fail.
            log.exception("A socket could not be admitted")
            raise Refused("Try again.", {"code": "fault"}) from error
        self.watchers[sid] = watcher
        self.audiences.setdefault((watcher.workshop_id, watcher.audience), set()).add(sid)
        if watcher.participant_id is not None:
            self.tabs.setdefault(watcher.participant_id, set()).add(sid)
        self.server.enter_room(sid, _room(watcher.workshop_id, watcher.audience))
        self.socketio.start_background_task(self._welcome, sid, watcher, version)

    def on_disconnect(self, sid: str, *_: Any) -> None:
        watcher = self.watchers.pop(sid, None)
        if watcher is None:
            return
        _leave(self.audiences, (watcher.workshop_id, watcher.audience), sid)
        if watcher.participant_id is not None:
            _leave(self.tabs, watcher.participant_id, sid)

    def _admit(self, environ: dict[str, Any], auth: Any) -> tuple[Watcher, int | None]:
        if not isinstance(auth, Mapping):
            raise NotUnderstood(N_("Connect with “code”, “audience” and “version”."))
        typed, audience, version = auth.get("code"), auth.get("audience"), auth.get("version")
        code = tokens.read_code(typed) if isinstance(typed, str) else None
        if code is None or audience not in screens.AUDIENCES or not (version is None or type(version) is int):
            raise NotUnderstood(N_("Connect with “code”, “audience” and “version”."))
        cookie = access.cookie_of(self.app, environ)
        with self.store.reading() as session:
            workshop = session.scalar(select(Workshop).where(Workshop.code == code))
            if workshop is None:
                raise NotFound(N_("This workshop has ended."), code="no_such_workshop")
            own = access.held(code, cookie)
            if audience == "participant":
                return Watcher(workshop.id, audience, access.participant_in(session, workshop, own).id), version
            access.check_may(session, workshop, audience, own)
            return Watcher(workshop.id, audience, None), version

    def _welcome(self, sid: str, watcher: Watcher, version: int | None) -> None:
        """Tell somebody who has connected what they have missed."""
        try:
            message = self.state(watcher.workshop_id, watcher.audience, version, watcher.participant_id)
        except NotFound as error:
            self.server.emit("gone", {"message": str(error)}, to=sid)
            return
        if message is not None:
            self.server.emit("state", message, to=sid)

    def state(
        self,
        workshop_id: int,
        audience: str,
        version: int | None,
        participant_id: int | None = None,
    ) -> dict[str, Any] | None:
        """The message `state` for somebody who shows `version`, or None where they have missed nothing."""
        sent = self._last_sent(workshop_id, audience)
        behind = version is None or version < sent.version
        message: dict[str, Any] = {"version": sent.version}
        if behind:
            message |= {"full": True, "fragments": sent.fragments}
        if participant_id is None:
            return message if behind else None
        return message | self._own(workshop_id, participant_id)

    def _own(self, workshop_id: int, participant_id: int) -> dict[str, Any]:
        with self.store.reading() as session:
            workshop = session.get(Workshop, workshop_id)
            participant = session.get(Participant, participant_id)
            if workshop is None or participant is None:
                raise NotFound(N_("This workshop has ended."), code="no_such_workshop")
            exercise = workshop.exercise
            if exercise.phase == "draft":
                return {}
            own = screens.own(session, exercise, participant)
            if exercise.phase == "gather":
                return {"mine": sorted(own.mine)}
            return {"ballot": answers.ballot(exercise.number, own.slots) | {"finished": own.finished}}

    # Moving dots ------------------------------------------------------------------------------------------------------

    def on_move(self, sid: str, data: Any = None, *_: Any) -> dict[str, Any]:
        """Inline, in the socket's own green thread, so one phone's moves are stored in the order they were sent."""
        try:
            watcher = self.watchers.get(sid)
            if watcher is None or watcher.participant_id is None:
                raise NotAllowed(N_("Join the workshop first."), code="not_joined")
            number, moves = answers.read_moves(data)
            return answers.moved(
                voting.move_dots(self.box, watcher.workshop_id, watcher.participant_id, number, moves, origin=sid)
            )
        except WorkshopError as error:
            return answers.failed(error)
        except Exception:
            log.exception("A move failed")
            return answers.failed(answers.FAULT)

    def tell_other_tabs(self, cast: Cast) -> None:
        """A participant who has two tabs open sees in one what was moved in the other."""
        tabs = self.tabs.get(cast.participant_id)
        if tabs is None or cast.slots is None or (len(tabs) == 1 and cast.origin in tabs):
            return
        message = answers.ballot(cast.number, cast.slots)
        for sid in tuple(tabs):
            if sid != cast.origin:
                self.server.emit("ballot", message, to=sid)

    # Pushing ----------------------------------------------------------------------------------------------------------

    def changed(self, workshop_id: int) -> None:
        """Push a workshop's changes: at once where it was quiet, otherwise together with what else comes."""
        for audience in screens.AUDIENCES:
            if (workshop_id, audience) not in self.audiences:
                self.sent.pop((workshop_id, audience), None)
        with self._pushing:
            pushing = self.pushing.setdefault(workshop_id, Pushing())
            pushing.again = True
            if pushing.under_way:
                return
            pushing.under_way = True
        self.socketio.start_background_task(self._push, workshop_id, pushing)

    def _push(self, workshop_id: int, pushing: Pushing) -> None:
        while True:
            with self._pushing:
                if not pushing.again:
                    pushing.under_way = False
                    if time.monotonic() - pushing.last > SECONDS_BETWEEN_PUSHES:
                        self.pushing.pop(workshop_id, None)
                    return
                pushing.again = False
            wait = pushing.last + SECONDS_BETWEEN_PUSHES - time.monotonic()
            if wait > 0:
                self.server.sleep(wait)
            pushing.last = time.monotonic()
            for audience in screens.AUDIENCES:
                if (workshop_id, audience) in self.audiences:
                    try:
                        self._push_to(workshop_id, audience)
                    except Exception:
                        log.exception("The %s of workshop %s could not be pushed", audience, workshop_id)

    def _push_to(self, workshop_id: int, audience: str) -> None:
        with self._rendering:
            before = self.sent.get((workshop_id, audience))
            now = self._render(workshop_id, audience)
            if before is None or before.version > now.version:
                changes: dict[str, str | None] = dict(now.fragments)
            else:
                changes = {key: html for key, html in now.fragments.items() if before.fragments.get(key) != html}
                changes |= dict.fromkeys(before.fragments.keys() - now.fragments.keys())
            self.sent[workshop_id, audience] = now
            if changes:
                self.server.emit(
                    "patch",
                    {"version": now.version, "fragments": changes},
                    to=_room(workshop_id, audience),
                )

    def _last_sent(self, workshop_id: int, audience: str) -> Sent:
        with self._rendering:
            sent = self.sent.get((workshop_id, audience))
            if sent is None:
                self._forget_the_unwatched()
                sent = self.sent[workshop_id, audience] = self._render(workshop_id, audience)
            return sent

    def _forget_the_unwatched(self) -> None:
        if len(self.sent) > MOST_KEPT:
            self.sent = {key: sent for key, sent in self.sent.items() if key in self.audiences}

    def _render(self, workshop_id: int, audience: str) -> Sent:
        with self.store.reading() as session:
            screen = screens.screen(session, workshop_id, audience)
            if screen is None:
                raise NotFound(N_("This workshop has ended."), code="no_such_workshop")
            self.renders += 1
            with self.app.app_context():
                return Sent(screen.version, fragments.render(screen))


def without_compression(application: Any) -> Any:
    """Decline permessage-deflate: it costs a third of the throughput and 100 kB a phone, for small messages."""

    def wrapped(environ: dict[str, Any], start_response: Any) -> Any:
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        return application(environ, start_response)

    return wrapped


def _room(workshop_id: int, audience: str) -> str:
    return f"{workshop_id} {audience}"


def _leave(rooms: dict[Any, set[str]], key: Any, sid: str) -> None:
    members = rooms.get(key)
    if members is not None:
        members.discard(sid)
        if not members:
            del rooms[key]

"""What is pushed to whoever watches. docs/protocol.md describes the messages.

Each audience of a workshop is rendered once for a change, however many watch, and is sent only the fragments that
changed, at most four times a second. What was sent last is kept, so that whoever connects costs no rendering; and an
audience whose fragments did not change is sent nothing at all.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask

from workshop import fragments, screens
from workshop.errors import N_, NotFound
from workshop.store import Store

log = logging.getLogger(__name__)

# Leading and trailing edge: the first change shows at once, what follows within this time shows together.
SECONDS_BETWEEN_PUSHES = 0.25

# Screens that are kept although nobody watches them, for those who poll or come back.
MOST_KEPT = 300


@dataclass(frozen=True, slots=True)
class Sent:
    """What an audience was last sent."""

    version: int
    fragments: dict[str, str]


@dataclass(slots=True)
class Pushing:
    """When a workshop was last pushed, and whether somebody is about to push it."""

    last: float = 0.0
    under_way: bool = False
    again: bool = False


class Publisher:
    """Renders and sends, on the Socket.IO server `server`. `watched` says whether an audience has any socket, and
    `turn_away` sees before each push to those who may not watch any more.
    """

    def __init__(
        self,
        app: Flask,
        server: Any,
        store: Store,
        watched: Callable[[int, str], bool],
        turn_away: Callable[[int], None],
    ) -> None:
        self._app = app
        self._server = server
        self._store = store
        self._watched = watched
        self._turn_away = turn_away
        self._sent: dict[tuple[int, str], Sent] = {}
        self._pushing: dict[int, Pushing] = {}
        self._rendering = threading.Lock()
        self._planning = threading.Lock()
        self._changes = 0
        self.renders = 0
        store.announce_to(self.changed)

    def last_sent(self, workshop_id: int, audience: str) -> Sent:
        """What everybody in an audience has been sent; rendered now where nothing is kept."""
        with self._rendering:
            sent = self._sent.get((workshop_id, audience))
            if sent is None:
                if len(self._sent) > MOST_KEPT:
                    self._sent = {key: kept for key, kept in list(self._sent.items()) if self._watched(*key)}
                before = self._changes
                sent = self._render(workshop_id, audience)
                # What changed while it was rendered may not be in it; then the next one to ask renders again.
                if self._changes == before:
                    self._sent[workshop_id, audience] = sent
            return sent

    def changed(self, workshop_id: int) -> None:
        """Push a workshop's changes: at once where it was quiet, otherwise together with what else comes."""
        self._changes += 1
        for audience in screens.AUDIENCES:
            if not self._watched(workshop_id, audience):
                self._sent.pop((workshop_id, audience), None)
        with self._planning:
            pushing = self._pushing.setdefault(workshop_id, Pushing())
            pushing.again = True
            if pushing.under_way:
                return
            pushing.under_way = True
        self._server.start_background_task(self._push, workshop_id, pushing)

    def _push(self, workshop_id: int, pushing: Pushing) -> None:
        while True:
            with self._planning:
                if not pushing.again:
                    pushing.under_way = False
                    return
                pushing.again = False
            wait = pushing.last + SECONDS_BETWEEN_PUSHES - time.monotonic()
            if wait > 0:
                self._server.sleep(wait)
            pushing.last = time.monotonic()
            try:
                self._turn_away(workshop_id)
            except Exception:
                log.exception("Nobody was turned away from workshop %s", workshop_id)
            for audience in screens.AUDIENCES:
                try:
                    self._push_to(workshop_id, audience)
                except Exception:
                    log.exception("The %s of workshop %s could not be pushed", audience, workshop_id)

    def _push_to(self, workshop_id: int, audience: str) -> None:
        with self._rendering:
            if not self._watched(workshop_id, audience):
                self._sent.pop((workshop_id, audience), None)
                return
            before = self._sent.get((workshop_id, audience))
            if before is not None and before.version == self._version(workshop_id, audience):
                return
            now = self._render(workshop_id, audience)
            self._sent[workshop_id, audience] = now
            changes = _changes(before, now)
            if changes:
                message = {"version": now.version, "fragments": changes}
                self._server.emit("patch", message, to=room(workshop_id, audience))

    def _version(self, workshop_id: int, audience: str) -> int | None:
        with self._store.reading() as session:
            return screens.version(session, workshop_id, audience)

    def _render(self, workshop_id: int, audience: str) -> Sent:
        with self._store.reading() as session:
            screen = screens.screen(session, workshop_id, audience)
            if screen is None:
                raise NotFound(N_("This workshop has ended."), code="no_such_workshop")
            self.renders += 1
            with self._app.app_context():
                return Sent(screen.version, fragments.render(screen))


def room(workshop_id: int, audience: str) -> str:
    """The name of the room that an audience's sockets are in."""
    return f"{workshop_id} {audience}"


def _changes(before: Sent | None, now: Sent) -> dict[str, str | None]:
    """The fragments that differ, and None for each that is gone."""
    if before is None:
        return dict(now.fragments)
    changes: dict[str, str | None] = {
        key: html for key, html in now.fragments.items() if before.fragments.get(key) != html
    }
    return changes | dict.fromkeys(before.fragments.keys() - now.fragments.keys())

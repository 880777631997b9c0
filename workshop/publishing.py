"""What is pushed to whoever watches. docs/protocol.md describes the messages.

Each audience of a workshop is rendered once for a change in each language that somebody in it reads, however many
watch, and is sent only the fragments that changed, at most four times a second. What was sent last is kept, so that
whoever connects costs no rendering; and an audience whose fragments did not change is sent nothing at all.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import Flask

from workshop import fragments, screens
from workshop.errors import N_, NotFound
from workshop.languages import speaking
from workshop.screens import Screen
from workshop.store import Store

log = logging.getLogger(__name__)

# Leading and trailing edge: the first change shows at once, what follows within this time shows together.
SECONDS_BETWEEN_PUSHES = 0.25

# Screens that are kept although nobody watches them, for those who poll or come back.
MOST_KEPT = 300


class Seats(NamedTuple):
    """Whoever sees the same: an audience of a workshop that reads one language."""

    workshop_id: int
    audience: str
    language: str

    @property
    def room(self) -> str:
        """The name of the room that their sockets are in."""
        return " ".join(map(str, self))


@dataclass(frozen=True, slots=True)
class Sent:
    """What some seats were last sent."""

    version: int
    fragments: dict[str, str]


@dataclass(slots=True)
class Pushing:
    """When a workshop was last pushed, and whether somebody is about to push it."""

    last: float = 0.0
    under_way: bool = False
    again: bool = False


class Publisher:
    """Renders and sends, on the Socket.IO server `server`. `watched` says in which languages an audience has a socket,
    and `turn_away` sees before each push to those who may not watch any more.
    """

    def __init__(
        self,
        app: Flask,
        server: Any,
        store: Store,
        watched: Callable[[int, str], Collection[str]],
        turn_away: Callable[[int], None],
    ) -> None:
        self._app = app
        self._server = server
        self._store = store
        self._watched = watched
        self._turn_away = turn_away
        self._sent: dict[int, dict[Seats, Sent]] = {}
        """By workshop."""
        self._pushing: dict[int, Pushing] = {}
        self._rendering = threading.Lock()
        self._planning = threading.Lock()
        self._changes = 0
        self.renders = 0
        store.announce_to(self.changed)

    def last_sent(self, seats: Seats) -> Sent:
        """What everybody in these seats has been sent; rendered now where nothing is kept."""
        with self._rendering:
            sent = self._sent.get(seats.workshop_id, {}).get(seats)
            if sent is None:
                if sum(map(len, self._sent.values())) > MOST_KEPT:
                    for workshop_id in list(self._sent):
                        self._forget_empty_seats(workshop_id)
                before = self._changes
                with self._showing(seats.workshop_id, seats.audience) as screen:
                    sent = self._render(screen, seats.language)
                # What changed while it was rendered may not be in it; then the next one to ask renders again.
                if self._changes == before:
                    self._sent.setdefault(seats.workshop_id, {})[seats] = sent
            return sent

    def changed(self, workshop_id: int) -> None:
        """Push a workshop's changes: at once where it was quiet, otherwise together with what else comes."""
        self._changes += 1
        self._forget_empty_seats(workshop_id)
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
                except NotFound:
                    self._forget(workshop_id, audience)
                except Exception:
                    log.exception("The %s of workshop %s could not be pushed", audience, workshop_id)

    def _push_to(self, workshop_id: int, audience: str) -> None:
        with self._rendering:
            self._forget_empty_seats(workshop_id)
            languages = self._watched(workshop_id, audience)
            if not languages:
                return
            kept = self._sent.setdefault(workshop_id, {})
            version = self._version(workshop_id, audience)
            every = [Seats(workshop_id, audience, language) for language in languages]
            late = [seats for seats in every if seats not in kept or kept[seats].version != version]
            if not late:
                return
            with self._showing(workshop_id, audience) as screen:
                for seats in late:
                    before, kept[seats] = kept.get(seats), self._render(screen, seats.language)
                    changes = _changes(before, kept[seats])
                    if changes:
                        message: dict[str, Any] = {"version": screen.version, "fragments": changes}
                        # What they were sent is not known, so neither is what of it has gone.
                        if before is None:
                            message["full"] = True
                        self._server.emit("patch", message, to=seats.room)

    def _version(self, workshop_id: int, audience: str) -> int | None:
        with self._store.reading() as session:
            return screens.version(session, workshop_id, audience)

    @contextmanager
    def _showing(self, workshop_id: int, audience: str) -> Iterator[Screen]:
        """A screen to be rendered: it may look up more in its session meanwhile."""
        with self._store.reading() as session:
            screen = screens.screen(session, workshop_id, audience)
            if screen is None:
                raise NotFound(N_("This workshop has ended."), code="no_such_workshop")
            yield screen

    def _render(self, screen: Screen, language: str) -> Sent:
        self.renders += 1
        with speaking(self._app, language):
            return Sent(screen.version, fragments.render(screen))

    def _forget_empty_seats(self, workshop_id: int) -> None:
        kept = self._sent.get(workshop_id, {})
        for seats in list(kept):
            if seats.language not in self._watched(workshop_id, seats.audience):
                kept.pop(seats, None)
        if not kept:
            self._sent.pop(workshop_id, None)

    def _forget(self, workshop_id: int, audience: str) -> None:
        kept = self._sent.get(workshop_id, {})
        for seats in [each for each in kept if each.audience == audience]:
            kept.pop(seats, None)


def _changes(before: Sent | None, now: Sent) -> dict[str, str | None]:
    """The fragments that differ, and None for each that is gone."""
    if before is None:
        return dict(now.fragments)
    changes: dict[str, str | None] = {
        key: html for key, html in now.fragments.items() if before.fragments.get(key) != html
    }
    return changes | dict.fromkeys(before.fragments.keys() - now.fragments.keys())

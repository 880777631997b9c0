"""Sockets that are stood in for, and a workshop whose screens are pushed to them. All else is real."""

from __future__ import annotations

import json
import random
from collections import deque
from collections.abc import Callable
from itertools import count
from typing import Any

from flask import Flask
from sqlalchemy import select

from tests.cast import KEY, Person, Room
from tests.pages.people import Browser, Phone
from workshop.actions import hosting
from workshop.live import Live
from workshop.models import Link
from workshop.publishing import Seats


class Sockets:
    """Stands where Flask-SocketIO stands: keeps who is in which room, and what each was sent.

    Tasks wait until `runs()`; a sleep takes no time, and `meanwhile` is what others do during the next one.
    """

    def __init__(self) -> None:
        self.server = self.manager = self.eio = self
        self.hung_up: list[str] = []
        self.handlers: dict[str, Callable[..., Any]] = {}
        self.rooms: dict[str, set[str]] = {}
        self.sent: dict[str, list[tuple[str, Any]]] = {}
        self.slept: list[float] = []
        self.meanwhile: Callable[[], object] | None = None
        self._tasks: deque[Callable[[], None]] = deque()

    def on(self, event: str, handler: Callable[..., Any]) -> None:
        self.handlers[event] = handler

    def enter_room(self, sid: str, room: str) -> None:
        self.rooms.setdefault(room, set()).add(sid)

    def leave_room(self, sid: str, room: str) -> None:
        self.rooms.get(room, set()).discard(sid)

    def emit(self, event: str, data: Any, *, to: str) -> None:
        for sid in self.rooms.get(to, set()) | {to} & self.sent.keys():
            self.sent[sid].append((event, json.loads(json.dumps(data))))

    def start_background_task(self, task: Callable[..., None], *given: Any) -> None:
        self._tasks.append(lambda: task(*given))

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile:
            meanwhile()

    def eio_sid_from_sid(self, sid: str, _namespace: str) -> str:
        return sid

    def disconnect(self, sid: str) -> None:
        self.hung_up.append(sid)

    def runs(self) -> None:
        while self._tasks:
            self._tasks.popleft()()


class Watcher:
    """A socket, from its connecting to its end."""

    _names = count(1)

    def __init__(self, sockets: Sockets, cookie: str, auth: Any) -> None:
        self.sid = f"socket-{next(self._names)}"
        self._sockets = sockets
        sockets.sent[self.sid] = []
        environ = {"HTTP_HOST": "localhost", "HTTP_COOKIE": cookie, "REQUEST_METHOD": "GET", "PATH_INFO": "/"}
        sockets.handlers["connect"](self.sid, environ, auth)

    def hears(self) -> list[tuple[str, Any]]:
        """What was sent since the last time, once all is done that is to be done."""
        self._sockets.runs()
        heard = self._sockets.sent[self.sid][:]
        self._sockets.sent[self.sid].clear()
        return heard

    def sends(self, data: Any) -> Any:
        return self._sockets.handlers["move"](self.sid, data)

    def hangs_up(self) -> None:
        for members in self._sockets.rooms.values():
            members.discard(self.sid)
        self._sockets.handlers["disconnect"](self.sid, "transport close")


class Screens:
    """A workshop, everybody in it, and whoever watches. What is posted to the app is pushed here as well."""

    def __init__(self, app: Flask, **exercise: Any) -> None:
        house = app.extensions["eightdots"]
        self.app = app
        self.sockets = Sockets()
        self.live = Live(app, self.sockets, house.store, house.box, house.languages)  # type: ignore[arg-type]
        self.room = Room(house.store, house.box, random.Random(), **exercise)
        self.code = self.room.workshop.code
        with house.store.reading() as session:
            links = session.scalars(select(Link).where(Link.workshop_id == self.room.id)).all()
        self._links = {link.role: str(hosting.link_secret(link, KEY)) for link in links}

    def browser(self, role: str) -> Browser:
        browser = Browser(self.app)
        browser.get(f"/{role[0]}/{self._links[role]}")
        return browser

    def phone(self) -> Phone:
        phone = Phone(self.app, self.code)
        phone.presses("Join")
        return phone

    def watches(self, browser: Browser, audience: str, version: object = None, language: str | None = None) -> Watcher:
        self.sockets.runs()
        auth = {"code": self.code, "audience": audience, "version": version, "language": language}
        return Watcher(self.sockets, browser.cookie, auth)

    def board(self, version: object = None) -> Watcher:
        return self.watches(self.browser("board"), "board", version)

    def version(self, audience: str) -> int:
        return int(self.now(audience)["version"])

    def now(self, audience: str, language: str = "en") -> Any:
        """What somebody is told who comes now."""
        return self.live.state(Seats(self.room.id, audience, language), None)


def gathered(screens: Screens, person: Person) -> None:
    screens.room.goes_to("gather")
    for words in ("Free park and ride", "A night market", "Benches"):
        person.writes(words)

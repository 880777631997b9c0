"""The floor: what eventlet, python-socketio and SQLite can do at best with one dot after another.

It stores dots as durably as the product does: WAL, synchronous=FULL, many moves in one commit, and
a phone is answered only after the commit, which runs in a native thread so that the others are
heard meanwhile. What it lacks is everything else: no identity, no rules, no secrecy, no screens.

    python -m benchmarks.floors.bare_eventlet PORT DATABASE
"""

import itertools
import socket
import sqlite3
import sys
from collections.abc import Callable, Iterable
from typing import Any

import eventlet
import eventlet.wsgi
import socketio
from eventlet import tpool
from eventlet.event import Event

SCHEMA = """
CREATE TABLE dot (
    exercise_id INTEGER NOT NULL, participant_id INTEGER NOT NULL, number INTEGER NOT NULL,
    response INTEGER, rev INTEGER NOT NULL, op TEXT NOT NULL,
    PRIMARY KEY (exercise_id, participant_id, number)
) WITHOUT ROWID
"""
MOVE = """
INSERT INTO dot VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (exercise_id, participant_id, number) DO UPDATE
SET response = excluded.response, rev = excluded.rev, op = excluded.op
WHERE dot.rev = excluded.rev - 1
"""
LISTEN_BACKLOG = 4096

# WSGI's.
Environ = dict[str, Any]
StartResponse = Callable[..., Any]

RESPONSE = '<li id="r{0}">Response {0}: how digital services are paid for and looked after</li>'
PAGE = (
    '<!doctype html><html lang="en"><head><meta name="csrf-token" content="none"></head>'
    f'<body data-version="1"><ul>{"".join(RESPONSE.format(n) for n in range(1, 21))}</ul></body>'
).encode()
STATE = {"version": 1, "full": False, "fragments": {}, "ballot": {"dots": [[None, 0]] * 8}}


class Store:
    """Group commit: whatever has arrived while one batch was committed is the next batch."""

    def __init__(self, path: str) -> None:
        self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = FULL")
        self._database.execute(SCHEMA)
        self._rows: list[tuple[Any, ...]] = []
        self._stored = Event()
        self._arrived = Event()

    def move(self, *row: Any) -> None:
        """Returns when the row is stored durably."""
        self._rows.append(row)
        if not self._arrived.ready():
            self._arrived.send()
        self._stored.wait()

    def write(self) -> None:
        while True:
            self._arrived.wait()
            rows, stored = self._rows, self._stored
            self._rows, self._stored, self._arrived = [], Event(), Event()
            self._database.execute("BEGIN IMMEDIATE")
            changed = self._database.executemany(MOVE, rows).rowcount
            assert changed == len(rows), "a move was stale"
            tpool.execute(self._database.commit)
            stored.send()


def application(store: Store) -> Callable[[Environ, StartResponse], Any]:
    server = socketio.Server(async_mode="eventlet", async_handlers=False)
    numbers = itertools.count(1)
    participants = {}

    def connect(sid: str, environ: Environ, auth: Any) -> None:
        participants[sid] = next(numbers)
        server.emit("state", STATE, to=sid)

    def disconnect(sid: str, reason: str) -> None:
        del participants[sid]

    def move(sid: str, message: dict[str, Any]) -> dict[str, Any]:
        [wish] = message["moves"]
        dot, op, rev = wish["dot"], wish["op"], wish["replaces"] + 1
        store.move(message["exercise"], participants[sid], dot, wish["response"], rev, op)
        return {"ok": True, "moves": [{"dot": dot, "op": op, "outcome": "moved"}]}

    server.on("connect", connect)
    server.on("disconnect", disconnect)
    server.on("move", move)
    pages = socketio.WSGIApp(server, page)

    def without_compression(environ: Environ, start_response: StartResponse) -> Any:
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        return pages(environ, start_response)

    return without_compression


def page(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """What a browser asks for on its way in: the same page each time, and one cookie."""
    headers = [("Content-Type", "text/html; charset=utf-8")]
    if environ["REQUEST_METHOD"] == "POST":
        location = environ["PATH_INFO"].replace("/j/", "/w/")
        cookie = ("Set-Cookie", "floor=somebody; Path=/; HttpOnly; SameSite=Lax")
        start_response("303 See Other", [*headers, cookie, ("Location", location)])
        return [b""]
    start_response("200 OK", headers)
    return [PAGE]


def main(port: str, database: str) -> None:
    store = Store(database)
    eventlet.spawn(store.write)
    listening = eventlet.listen(("127.0.0.1", int(port)), backlog=LISTEN_BACKLOG)
    # Those accepted inherit it.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    eventlet.wsgi.server(listening, application(store), log_output=False, max_size=65_536)


if __name__ == "__main__":
    main(*sys.argv[1:])

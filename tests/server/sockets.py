"""Socket.IO clients by hand, written from docs/protocol.md: Engine.IO 4 over a websocket or by long polling.

They keep every message as it came, so that a test can look for what must not be in it.
"""

from __future__ import annotations

import json
import time
from collections import deque
from itertools import count
from typing import Any, Protocol

import requests
import websocket

PATIENCE = 30.0
"""Seconds. Generous: a noisy machine may be slow, and only a failing test waits for so long."""

_open: list[Transport | requests.Session] = []


def keep(connection: Transport | requests.Session) -> None:
    """Have a connection closed by `hang_up`."""
    _open.append(connection)


def hang_up() -> None:
    """Close everybody's connections."""
    while _open:
        _open.pop().close()


class Refused(Exception):
    """The server does not let this socket in. Holds what it said."""

    @property
    def code(self) -> str:
        return str(self.args[0]["data"]["code"])


class Closed(ConnectionError):
    """The server has closed the connection."""


class Transport(Protocol):
    """Carries Engine.IO packets."""

    def send(self, packet: str) -> None: ...

    def receive(self, seconds: float) -> str:
        """The next packet. Raises TimeoutError or Closed."""

    def close(self) -> None: ...


class WebSocket:
    def __init__(self, base: str, cookie: str, **options: Any) -> None:
        address = base.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
        self.wire = websocket.create_connection(address, cookie=cookie, timeout=PATIENCE, **options)

    @classmethod
    def around(cls, wire: websocket.WebSocket) -> WebSocket:
        """A connection that was made otherwise."""
        transport = cls.__new__(cls)
        transport.wire = wire
        keep(transport)
        return transport

    def send(self, packet: str) -> None:
        try:
            self.wire.send(packet)
        except (OSError, websocket.WebSocketException) as error:
            raise Closed from error

    def receive(self, seconds: float) -> str:
        self.wire.settimeout(seconds)
        try:
            message = self.wire.recv()
        except websocket.WebSocketTimeoutException as error:
            raise TimeoutError from error
        except (OSError, websocket.WebSocketException) as error:
            raise Closed from error
        if not message:
            raise Closed
        return message if isinstance(message, str) else message.decode()

    def is_read(self) -> None:
        """Wait until the server has read all that was sent, for whoever talks without listening. Raises Closed."""
        self.wire.settimeout(PATIENCE)
        self.wire.ping()
        opcode = 0
        while opcode != websocket.ABNF.OPCODE_PONG:
            opcode, _ = self.wire.recv_data_frame(control_frame=True)
            if opcode == websocket.ABNF.OPCODE_CLOSE:
                raise Closed

    def close(self) -> None:
        wire = self.wire.sock
        self.wire.close()
        if wire:
            wire.close()


class LongPolling:
    def __init__(self, base: str, cookie: str, **headers: str) -> None:
        self._http = requests.Session()
        self._http.headers.update({"Cookie": cookie, **headers})
        self.address = base + "/socket.io/?EIO=4&transport=polling"
        self._waiting: deque[str] = deque()
        opened = self._checked(self._http.get(self.address, timeout=PATIENCE))
        self._waiting.append(opened)
        self.address += "&sid=" + json.loads(opened[1:])["sid"]

    def send(self, packet: str) -> None:
        self._checked(self._http.post(self.address, data=packet.encode(), timeout=PATIENCE))

    def receive(self, seconds: float) -> str:
        if not self._waiting:
            try:
                answer = self._checked(self._http.get(self.address, timeout=seconds))
            except requests.Timeout as error:
                raise TimeoutError from error
            self._waiting.extend(answer.split("\x1e"))
        return self._waiting.popleft()

    def close(self) -> None:
        self._http.close()

    @staticmethod
    def _checked(answer: requests.Response) -> str:
        if not answer.ok:
            raise Closed(answer.status_code, answer.text)
        return answer.text


class Socket:
    """A socket in the namespace `/`."""

    def __init__(self, transport: Transport, auth: Any) -> None:
        self.transport = transport
        keep(transport)
        self.raw: list[str] = []
        """Every packet as it came, but for pings, which come by the clock."""
        self.heard: deque[tuple[str, Any]] = deque()
        """Events that no `hears` has taken yet: (name, data)."""
        self._answers: dict[int, Any] = {}
        self._numbers = count(1)
        self._admitted = False
        assert self._receive().startswith("0")
        self.transport.send("40" if auth is None else f"40{json.dumps(auth)}")
        while not self._admitted:
            self._take()

    # Asking -----------------------------------------------------------------------------------------------------------

    def moves(self, *moves: dict[str, Any], exercise: int = 1) -> Any:
        """Move dots and wait for the answer."""
        return self.sends("move", {"exercise": exercise, "moves": list(moves)})

    def sends(self, event: str, data: Any) -> Any:
        return self.answer_to(self.throws(event, data))

    def throws(self, event: str, data: Any) -> int:
        """Send without waiting for the answer. Returns its number."""
        number = next(self._numbers)
        self.transport.send(f"42{number}{json.dumps([event, data])}")
        return number

    def throws_moves(self, *moves: dict[str, Any]) -> int:
        return self.throws("move", {"exercise": 1, "moves": list(moves)})

    def answer_to(self, number: int) -> Any:
        """Wait for the answer to what was thrown."""
        deadline = time.monotonic() + PATIENCE
        while number not in self._answers:
            self._take(deadline)
        return self._answers.pop(number)

    # Listening --------------------------------------------------------------------------------------------------------

    def hears(self, event: str, seconds: float = PATIENCE) -> Any:
        """The next message with this name, in the order in which they came. Raises TimeoutError."""
        deadline = time.monotonic() + seconds
        seen = 0
        while True:
            for place in range(seen, len(self.heard)):
                if self.heard[place][0] == event:
                    data = self.heard[place][1]
                    del self.heard[place]
                    return data
            seen = len(self.heard)
            self._take(deadline)

    def hears_anything(self) -> tuple[str, Any]:
        """The next event: its name and what it says. Raises TimeoutError."""
        deadline = time.monotonic() + PATIENCE
        while not self.heard:
            self._take(deadline)
        return self.heard.popleft()

    def catches_up(self) -> None:
        """Take everything that was sent until now: it comes before the answer to this."""
        assert not self.sends("move", None)["ok"]

    def hears_the_end(self) -> None:
        """Wait until the server closes the connection."""
        deadline = time.monotonic() + PATIENCE
        try:
            while True:
                self._take(deadline)
        except Closed:
            return

    def close(self) -> None:
        self.transport.close()

    def _take(self, deadline: float | None = None) -> None:
        packet = self._receive(deadline)
        kind, rest = packet[:2], packet[2:]
        if kind == "40":
            self._admitted = True
        elif kind == "42":
            name, *data = json.loads(rest)
            self.heard.append((name, data[0] if data else None))
        elif kind == "43":
            number, data = rest.split("[", 1)
            self._answers[int(number)] = json.loads(f"[{data}")[0]
        elif kind == "44":
            raise Refused(json.loads(rest))
        elif kind == "41" or packet == "1":
            raise Closed

    def _receive(self, deadline: float | None = None) -> str:
        deadline = time.monotonic() + PATIENCE if deadline is None else deadline
        while (left := deadline - time.monotonic()) > 0:
            packet = self.transport.receive(left)
            if packet != "2":
                self.raw.append(packet)
                return packet
            self.transport.send("3")
        raise TimeoutError

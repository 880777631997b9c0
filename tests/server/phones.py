"""Clients of the real server, written from docs/protocol.md: browsers without JavaScript, and sockets by hand.

Sockets keep every message as it came, so that a test can look for what must not be in it.
"""

from __future__ import annotations

import json
import re
import time
from itertools import count
from typing import Any

import requests
import websocket

JSON = {"Accept": "application/json"}

_open: list[requests.Session | websocket.WebSocket] = []


def hang_up() -> None:
    """Close everybody's connections."""
    while _open:
        _open.pop().close()


class Browser:
    """A browser: a cookie, the last page, and its token."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.http = requests.Session()
        _open.append(self.http)
        self.page = ""
        self.token = ""

    def get(self, path: str, **options: Any) -> requests.Response:
        answer = self.http.get(self.base + path, timeout=20, **options)
        if "text/html" in answer.headers.get("Content-Type", ""):
            self._keep(answer)
        return answer

    def post(self, path: str, fields: dict[str, Any] | None = None, **options: Any) -> requests.Response:
        answer = self.http.post(
            self.base + path, data={"csrf_token": self.token, **(fields or {})}, timeout=20, **options
        )
        if "text/html" in answer.headers.get("Content-Type", ""):
            self._keep(answer)
        return answer

    def ask(self, path: str, fields: dict[str, Any] | None = None) -> Any:
        """Post and be answered in JSON."""
        return self.post(path, fields, headers=JSON).json()

    def ask_json(self, path: str, data: Any) -> requests.Response:
        return self.http.post(self.base + path, json=data, headers={**JSON, "X-CSRFToken": self.token}, timeout=20)

    def _keep(self, answer: requests.Response) -> None:
        self.page = answer.text
        found = re.search(r'name="csrf-token" content="([^"]+)"', self.page)
        if found:
            self.token = found.group(1)

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())

    def socket(self, code: str, audience: str = "participant", version: int | None = None) -> Socket:
        return Socket(self.base, self.cookie, code, audience, version)


class Organiser(Browser):
    """Opens workshops."""

    def __init__(self, base: str, organiser_path: str) -> None:
        super().__init__(base)
        self.get(organiser_path)

    def opens(self, **fields: Any) -> Facilitator:
        self.get("/workshops/new")
        opened = self.ask("/workshops", {"title": "Town centre", "prompt": "What matters?", **fields})
        assert opened["ok"], opened
        return Facilitator(self.base, opened)


class Facilitator(Browser):
    """Runs one workshop."""

    PHASES = ("draft", "gather", "vote", "reveal", "discuss", "closed")

    def __init__(self, base: str, opened: dict[str, Any]) -> None:
        super().__init__(base)
        self.code: str = opened["code"]
        self.links: dict[str, str] = opened["links"]
        self.phase = "draft"
        self.get(self.path("facilitator"))

    def path(self, role: str) -> str:
        """The path of a link."""
        return "/" + self.links[role].split("/", 3)[3]

    def goes_to(self, phase: str) -> None:
        while self.phase != phase:
            here = self.PHASES.index(self.phase)
            there = self.PHASES[here + (1 if here < self.PHASES.index(phase) else -1)]
            answer = self.ask(f"/w/{self.code}/1/phase", {"from": self.phase, "to": there})
            assert answer["ok"], answer
            self.phase = there

    def board(self) -> Browser:
        board = Browser(self.base)
        board.get(self.path("board"))
        return board

    def phone(self) -> Phone:
        return Phone(self.base, self.code)


class Phone(Browser):
    """A participant."""

    _ops = count(1)

    def __init__(self, base: str, code: str) -> None:
        super().__init__(base)
        self.code = code
        self.get(f"/j/{code}")
        self.post(f"/j/{code}")

    def writes(self, text: str, side: str = "yes") -> int:
        answer = self.ask(f"/w/{self.code}/1/responses", {"side": side, "text": text, "op": self.op()})
        assert answer["ok"], answer
        return int(answer["number"])

    def op(self) -> str:
        return f"p{next(self._ops)}"

    def state(self) -> Any:
        return self.get(f"/w/{self.code}/state", headers=JSON).json()

    def slots(self) -> list[tuple[int | None, int]]:
        return [(on, rev) for on, rev in self.state()["ballot"]["dots"]]

    def move(self, dot: int, replaces: int, response: int | None) -> dict[str, Any]:
        return {"dot": dot, "replaces": replaces, "response": response, "op": self.op()}


class Refused(Exception):
    """The server does not let this socket in."""


class Socket:
    """A Socket.IO client by hand: Engine.IO 4 over a websocket."""

    def __init__(self, base: str, cookie: str, code: str, audience: str, version: int | None) -> None:
        address = base.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
        self.raw: list[str] = []
        self._acks = count(1)
        self._socket = websocket.create_connection(address, cookie=cookie, timeout=20)
        _open.append(self._socket)
        assert self._receive().startswith("0")
        self._socket.send("40" + json.dumps({"code": code, "audience": audience, "version": version}))
        while not (answer := self._receive()).startswith(("40", "44")):
            pass
        if answer.startswith("44"):
            raise Refused(json.loads(answer[2:]))

    def moves(self, *moves: dict[str, Any], exercise: int = 1) -> Any:
        """Move dots and wait for the answer."""
        return self.sends("move", {"exercise": exercise, "moves": list(moves)})

    def sends(self, event: str, data: Any) -> Any:
        wanted = f"43{self.throws(event, data)}["
        while not (message := self._receive()).startswith(wanted):
            pass
        return json.loads(message[len(wanted) - 1 :])[0]

    def throws(self, event: str, data: Any) -> int:
        """Send without waiting for the answer. Returns its number."""
        number = next(self._acks)
        self._socket.send(f"42{number}{json.dumps([event, data])}")
        return number

    def send_raw(self, frame: str | bytes) -> None:
        if isinstance(frame, bytes):
            self._socket.send_binary(frame)
        else:
            self._socket.send(frame)

    def hears(self, event: str, seconds: float = 5) -> Any:
        """The next message with this name. Raises TimeoutError."""
        start = f'42["{event}",'
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            message = self._receive(left)
            if message.startswith(start):
                return json.loads(message[2:])[1]
        raise TimeoutError(f"no {event!r} within {seconds} s")

    def listens(self, seconds: float) -> list[Any]:
        """Every event that comes within some time: [name, data]."""
        heard = []
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            try:
                message = self._receive(left)
            except TimeoutError:
                break
            if message.startswith("42"):
                heard.append(json.loads(message[2:]))
        return heard

    def _receive(self, seconds: float = 20) -> str:
        while True:
            self._socket.settimeout(seconds)
            try:
                message = self._socket.recv()
            except websocket.WebSocketTimeoutException as error:
                raise TimeoutError from error
            text = message if isinstance(message, str) else message.decode()
            if text == "2":
                self._socket.send("3")
                continue
            if not text:
                raise ConnectionError("closed by the server")
            self.raw.append(text)
            return text

    def close(self) -> None:
        self._socket.close()

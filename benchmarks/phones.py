"""A phone: it joins as a browser would, and then sends what it is told to."""

import base64
import json
import os
import socket
from collections.abc import Generator
from time import perf_counter

from . import BenchmarkFailure, wire
from .ballot import Ballot
from .exchange import Exchange

# What a phone does one after the other; each `yield` waits for the socket to be ready.
Steps = Generator[None, None, None]

PING, PONG = b"2", b"3"
EVENT, ACKNOWLEDGEMENT = b"42", b"43"


class Phone:
    """One participant's browser, with one line open at a time."""

    def __init__(self, exchange: Exchange, port: int, code: str, run: str) -> None:
        self.ballot = Ballot(run)
        # When the screen was complete and live, in seconds of perf_counter.
        self.live_at: float | None = None
        # Acknowledgements as they came, each with the same clock's time.
        self.heard: list[tuple[float, bytes]] = []
        self._exchange = exchange
        self._port = port
        self._host = f"127.0.0.1:{port}"
        self._code = code
        self._cookies: dict[str, str] = {}
        self._line: socket.socket | None = None
        self._received = b""
        self._texts: list[bytes] = []
        self._steps: Steps | None = None

    def join(self) -> None:
        """Sets out to join: page, cookie, socket, state."""
        self._set_out(self._join())

    def connect(self) -> None:
        """Sets out for the socket alone, as nobody: for a server that asks no identity."""
        self._set_out(self._open_socket(None))

    def send(self, frame: bytes) -> None:
        # Far less than a socket's buffer is ever under way, so a short write is a fault.
        if self._connected().send(frame) != len(frame):
            raise BenchmarkFailure("a phone's line is full")

    def hang_up(self) -> None:
        if self._line is not None:
            self._exchange.hang_up(self._line)
            self._line = None

    # Joining

    def _join(self) -> Steps:
        page = yield from self._ask("GET", f"/j/{self._code}", 200)
        form = {"csrf_token": page.csrf_token()}
        yield from self._ask("POST", f"/j/{self._code}", 303, form)
        page = yield from self._ask("GET", f"/w/{self._code}", 200)
        # A browser keeps this line for its next page, and opens another for the socket.
        self.hang_up()
        yield from self._open_socket(page.version())

    def _ask(
        self, method: str, path: str, status: int, form: dict[str, str] | None = None
    ) -> Generator[None, None, wire.Answer]:
        if self._line is None:
            yield from self._dial()
        asking = wire.ask(
            method, path, self._host, self._cookies, form, Accept="text/html", Accept_Encoding="gzip, deflate"
        )
        answer = yield from self._answer(asking, status)
        self._cookies |= answer.cookies()
        if answer.header("connection").lower() == "close":
            self.hang_up()
        return answer

    def _open_socket(self, version: int | None) -> Steps:
        yield from self._dial()
        opening = wire.ask(
            "GET",
            "/socket.io/?EIO=4&transport=websocket",
            self._host,
            self._cookies,
            Upgrade="websocket",
            Connection="Upgrade",
            Origin=f"http://{self._host}",
            Sec_WebSocket_Version="13",
            Sec_WebSocket_Key=base64.b64encode(os.urandom(16)).decode(),
            # All browsers offer this; a server that accepts it pays for it dearly.
            Sec_WebSocket_Extensions="permessage-deflate; client_max_window_bits",
        )
        answer = yield from self._answer(opening, 101)
        if answer.header("sec-websocket-extensions"):
            raise BenchmarkFailure("the server accepted compression")
        yield from self._expect(b"0{")
        hello = {"code": self._code, "audience": "participant", "version": version}
        self.send(wire.frame(b"40" + json.dumps(hello).encode(), os.urandom(4)))
        # In either order: Socket.IO's client takes both.
        yield from self._expect(b"40{", b'42["state",')
        self._exchange.when_readable(self._connected(), self._hear)
        self.live_at = perf_counter()

    def _dial(self) -> Steps:
        self._line = socket.socket()
        self._line.setblocking(False)
        self._line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._received = b""
        # In progress, since it does not block. A full listen backlog costs a second or more here.
        self._line.connect_ex(("127.0.0.1", self._port))
        self._exchange.when_connected(self._line, self._go_on)
        yield
        self._exchange.when_readable(self._line, self._read)

    def _answer(self, asking: bytes, status: int) -> Generator[None, None, wire.Answer]:
        self.send(asking)
        while (found := wire.Answer.of(self._received)) is None:
            yield
        answer, self._received = found
        if answer.status != status:
            first = asking.split(b"\r\n")[0].decode()
            raise BenchmarkFailure(f"{first} was answered {answer.status}: {answer.body[:500]}")
        return answer

    def _expect(self, *beginnings: bytes) -> Steps:
        """Waits for one text with each of these beginnings, in any order, whatever others are
        told meanwhile."""
        awaited = set(beginnings)
        while awaited:
            found, self._received = wire.texts(self._received)
            self._texts += found
            if not self._texts:
                yield
                continue
            text = self._texts.pop(0)
            known = {beginning for beginning in awaited if text.startswith(beginning)}
            if not known and not text.startswith(EVENT):
                raise BenchmarkFailure(f"expected one of {awaited}, received {text[:500]!r}")
            awaited -= known

    def _set_out(self, steps: Steps) -> None:
        self._steps = steps
        self._go_on(perf_counter())

    def _go_on(self, _now: float) -> None:
        assert self._steps is not None
        next(self._steps, None)

    def _read(self, now: float) -> None:
        self._received += self._bytes()
        self._go_on(now)

    # Afterwards

    def _hear(self, now: float) -> None:
        # The hot path of the load: it sorts what came and leaves the checking for afterwards.
        found, self._received = wire.texts(self._received + self._bytes())
        for text in found:
            if text.startswith(ACKNOWLEDGEMENT):
                self.heard.append((now, text))
            elif text == PING:
                self.send(wire.frame(PONG, os.urandom(4)))
            elif not text.startswith(EVENT):
                raise BenchmarkFailure(f"an unexpected message: {text[:500]!r}")

    def _bytes(self) -> bytes:
        received = self._connected().recv(262_144)
        if not received:
            raise BenchmarkFailure("the server closed a phone's line")
        return received

    def _connected(self) -> socket.socket:
        if self._line is None:
            raise BenchmarkFailure("this phone has no line")
        return self._line

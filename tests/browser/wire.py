"""The network between a phone and the server, which can be cut, held up, slow, and made to refuse websockets, or all of
Socket.IO, or to lose answers.

A browser's own emulation of being offline leaves open websockets open, and that is just what must be tried.
"""

from __future__ import annotations

import contextlib
import re
import socket
import threading
import time
from types import TracebackType

from tests.browser.losses import Losses

REFUSAL = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
REQUEST = re.compile(rb"(?:GET|POST|HEAD) \S+(?= HTTP/1\.1\r\n)")


class Wire:
    """A TCP proxy on a port of its own. A context manager: nothing is left running."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._entrance = socket.create_server(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self._entrance.getsockname()[1]}"
        self.refuses_websockets = False
        self.refuses_sockets = False
        """All of Socket.IO, whatever carries it."""
        self.refused = 0
        self.delay = 0.0
        """Seconds that everything takes longer, each way."""
        self.losses: Losses | None = None
        self.asked: list[str] = []
        """The lines of all requests: "GET /w/K74M2P"."""
        self._is_cut = False
        self._may_come_back = threading.Event()
        self._may_come_back.set()
        self._open: set[socket.socket] = set()

    def cut(self) -> None:
        """End every connection, and take no new ones."""
        self._is_cut = True
        self.blink()

    def blink(self) -> None:
        """End every connection."""
        for each in list(self._open):
            self._close(each)

    def mend(self) -> None:
        self._is_cut = False

    def hold_back(self) -> None:
        """What the phone sends still arrives, but nothing comes back for now."""
        self._may_come_back.clear()

    def let_go(self) -> None:
        self._may_come_back.set()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                phone, _ = self._entrance.accept()
                threading.Thread(target=_Line(self, phone).carry, daemon=True).start()

    def _connect(self) -> socket.socket:
        server = socket.create_connection(("127.0.0.1", self._port))
        self._open.add(server)
        return server

    def _close(self, each: socket.socket) -> None:
        self._open.discard(each)
        # Closing alone does not wake a thread that is reading from it.
        with contextlib.suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
        each.close()

    def _refuses(self, data: bytes) -> bool:
        return (self.refuses_websockets and b"upgrade: websocket" in data.lower()) or (
            self.refuses_sockets and b" /socket.io/" in data[:20]
        )

    def __enter__(self) -> Wire:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close(self._entrance)
        self.cut()
        self.let_go()


class _Line:
    """One connection. A browser asks over it for one thing after another, or has a websocket on it."""

    def __init__(self, wire: Wire, phone: socket.socket) -> None:
        self.wire = wire
        self.phone = phone
        self.server: socket.socket | None = None
        self.asked = ""
        """What the next answer is an answer to; empty once it has begun."""
        self.is_websocket = False

    def carry(self) -> None:
        wire, phone = self.wire, self.phone
        wire._open.add(phone)
        with contextlib.suppress(OSError):
            while data := b"" if wire._is_cut else phone.recv(65536):
                if wire._refuses(data):
                    wire.refused += 1
                    phone.sendall(REFUSAL)
                    break
                self._note(data)
                time.sleep(wire.delay)
                if self.server is None:
                    self.server = wire._connect()
                    threading.Thread(target=self._bring_back, args=(self.server,), daemon=True).start()
                self.server.sendall(data)
        self._end()

    def _note(self, data: bytes) -> None:
        """Remember what is asked for, where something is."""
        if not self.is_websocket and (request := REQUEST.match(data)):
            self.asked = request[0].decode()
            self.wire.asked.append(self.asked)
            self.is_websocket = b"upgrade: websocket" in data.lower()

    def _bring_back(self, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := server.recv(65536):
                self.wire._may_come_back.wait()
                time.sleep(self.wire.delay)
                what, self.asked = self._answers(data), ""
                if what and self.wire.losses and self.wire.losses.takes(what):
                    self._lose(what, data)
                    break
                self.phone.sendall(data)
        self._end()

    def _answers(self, data: bytes) -> str:
        """What something is an answer to. Empty if its beginning came through already."""
        if self.asked or not self.is_websocket:
            return self.asked
        # A short frame has two or four bytes before the text; 43 begins an acknowledgement.
        return "acknowledgement" if b"43" in data[2:6] else "message"

    def _lose(self, what: str, answer: bytes) -> None:
        """Where an answer is lost without a trace, a browser asks again by itself over each connection that it has
        left, and the page never knows. So a script's is lost behind its head, and with a form's go all connections.
        """
        head, end, _ = answer.partition(b"\r\n\r\n")
        if b"application/json" in head:
            self.phone.sendall(head + end)
        elif what.startswith("POST"):
            self.wire.blink()

    def _end(self) -> None:
        if self.server is not None:
            self.wire._close(self.server)
        self.wire._close(self.phone)

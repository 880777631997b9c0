"""The network between a phone and the server, which can be cut, held up, and made to refuse websockets.

A browser's own emulation of being offline leaves open websockets open, and that is just what must be tried.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from types import TracebackType

REFUSAL = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Wire:
    """A TCP proxy on a port of its own. A context manager: nothing is left running."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._entrance = socket.create_server(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self._entrance.getsockname()[1]}"
        self.refuses_websockets = False
        self.refused = 0
        self._is_cut = False
        self._may_come_back = threading.Event()
        self._may_come_back.set()
        self._open: set[socket.socket] = set()

    def cut(self) -> None:
        """End every connection, and take no new ones."""
        self._is_cut = True
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
                threading.Thread(target=self._connect, args=(phone,), daemon=True).start()

    def _connect(self, phone: socket.socket) -> None:
        self._open.add(phone)
        with contextlib.suppress(OSError):
            first = b"" if self._is_cut else phone.recv(65536)
            if self.refuses_websockets and b"upgrade: websocket" in first.lower():
                self.refused += 1
                phone.sendall(REFUSAL)
                first = b""
            if first:
                server = socket.create_connection(("127.0.0.1", self._port))
                self._open.add(server)
                server.sendall(first)
                threading.Thread(target=self._bring_back, args=(server, phone), daemon=True).start()
                while data := phone.recv(65536):
                    server.sendall(data)
                self._close(server)
        self._close(phone)

    def _bring_back(self, server: socket.socket, phone: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := server.recv(65536):
                self._may_come_back.wait()
                phone.sendall(data)
        self._close(server)
        self._close(phone)

    def _close(self, each: socket.socket) -> None:
        self._open.discard(each)
        # Closing alone does not wake a thread that is reading from it.
        with contextlib.suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
        each.close()

    def __enter__(self) -> Wire:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close(self._entrance)
        self.cut()
        self.let_go()

"""All sockets of all phones, in one thread."""

import select
import socket
from collections.abc import Callable
from time import perf_counter

Hear = Callable[[float], None]


class Exchange:
    """Tells whoever waits for a socket that it is ready, and when (seconds of `perf_counter`)."""

    def __init__(self) -> None:
        self._epoll = select.epoll()
        self._waiting: dict[int, Hear] = {}

    def when_connected(self, line: socket.socket, hear: Hear) -> None:
        self._waiting[line.fileno()] = hear
        self._epoll.register(line, select.EPOLLOUT)

    def when_readable(self, line: socket.socket, hear: Hear) -> None:
        self._waiting[line.fileno()] = hear
        self._epoll.modify(line, select.EPOLLIN)

    def hang_up(self, line: socket.socket) -> None:
        # A socket may be closed while its own news of this round is still to be told.
        self._waiting.pop(line.fileno(), None)
        line.close()

    def idle(self, seconds: float) -> None:
        """Serves for that long."""
        until = perf_counter() + seconds
        while (left := until - perf_counter()) > 0:
            self.serve(left)

    def serve(self, seconds: float) -> None:
        """Tells all there is to tell, after waiting at most `seconds` for something."""
        ready = self._epoll.poll(0)
        if not ready and seconds > 0:
            # epoll's own wait counts in milliseconds, too coarse for a latency of one; select's
            # counts in microseconds, and an epoll is itself a file to wait for.
            select.select([self._epoll], [], [], seconds)
            ready = self._epoll.poll(0)
        for number, _ in ready:
            if hear := self._waiting.get(number):
                hear(perf_counter())

"""Very many connections at once: whoever is there goes on."""

from __future__ import annotations

import resource
import socket
from contextlib import ExitStack
from pathlib import Path

from tests.server.phones import Organiser
from tests.server.server import Server

CONNECTIONS = 60


def test_more_connections_than_there_is_room_for_end_nothing(tmp_path: Path) -> None:
    """The server may open 60 files; 60 connections that say nothing come on top of what it needs itself."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    with Server(tmp_path) as server:
        facilitator = Organiser(server.base, server.organiser_path).opens()
        (number,) = facilitator.opens_voting(1)
        phone = facilitator.phone()
        line = phone.socket()
        resource.prlimit(server.pid, resource.RLIMIT_NOFILE, (60, before[1]))
        with ExitStack() as crowd:
            for _ in range(CONNECTIONS):
                crowd.enter_context(socket.create_connection(("127.0.0.1", server.port), 20))
            assert line.moves(phone.move(1, 0, number))["ok"]
        # They have left: there is room for somebody new.
        assert facilitator.phone().socket().moves(phone.move(2, 0, number))["ok"]

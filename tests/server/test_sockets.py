"""Who is let in by socket, by which ways, and what becomes of nonsense."""

from __future__ import annotations

import contextlib
import json
import random
import threading
from contextlib import closing
from socket import create_connection
from typing import Any

import pytest
import requests
import websocket

from tests.server.fuzz import Fuzz
from tests.server.phones import Browser, Facilitator, Phone
from tests.server.server import SOAK, Server
from tests.server.sockets import PATIENCE, Closed, LongPolling, Refused, Socket, WebSocket

FRAMES = 1000 * SOAK
SOCKETS = 4


# Who is let in --------------------------------------------------------------------------------------------------------


def knocks(browser: Browser, auth: Any) -> str:
    """Connect, and give back the code of the refusal."""
    with pytest.raises(Refused) as refused:
        Socket(WebSocket(browser.base, browser.cookie), auth)
    assert refused.value.args[0]["message"]
    return refused.value.code


def test_who_says_nothing_is_refused(ada: Phone) -> None:
    assert knocks(ada, None) == "not_understood"


@pytest.mark.parametrize(
    "auth",
    [
        {},
        [],
        "K74M2P",
        7,
        True,
        {"code": "?"},
        {"code": None, "audience": "participant", "version": None},
        {"code": 123456, "audience": "participant", "version": None},
        {"code": ["CODE"], "audience": "participant", "version": None},
        {"code": "CODE", "audience": "facilitator", "version": None},
        {"code": "CODE", "audience": ["participant"], "version": None},
        {"code": "CODE", "audience": {"participant": 1}, "version": None},
        {"code": "CODE", "audience": None, "version": None},
        {"code": "CODE", "version": None},
        {"code": "CODE", "audience": "participant", "version": "1"},
        {"code": "CODE", "audience": "participant", "version": True},
        {"code": "CODE", "audience": "participant", "version": 1.0},
        {"code": "CODE", "audience": "participant", "version": [1]},
    ],
    ids=str,
)
def test_who_says_something_of_the_wrong_kind_is_refused(ada: Phone, auth: Any) -> None:
    if isinstance(auth, dict) and auth.get("code") == "CODE":
        auth = auth | {"code": ada.code}
    assert knocks(ada, auth) == "not_understood"


def test_who_gives_a_code_that_there_is_not_is_refused(ada: Phone) -> None:
    assert knocks(ada, {"code": "222222", "audience": "participant", "version": None}) == "no_such_workshop"


def test_who_has_not_joined_is_refused(facilitator: Facilitator, ada: Phone) -> None:
    assert knocks(Browser(ada.base), {"code": ada.code, "audience": "participant", "version": None}) == "not_joined"
    assert knocks(facilitator, {"code": ada.code, "audience": "participant", "version": None}) == "not_joined"


def test_who_joined_another_workshop_is_refused(facilitator: Facilitator, organiser: Any) -> None:
    elsewhere = organiser.opens().phone()
    assert knocks(elsewhere, {"code": facilitator.code, "audience": "participant", "version": None}) == "not_joined"


def test_a_forged_cookie_is_refused(ada: Phone) -> None:
    forger = Browser(ada.base)
    name, _, value = ada.cookie.partition("=")
    payload, signature = value.rsplit(".", 1)
    forger.http.cookies.set(name, f"{payload}.{signature[::-1]}")
    assert knocks(forger, {"code": ada.code, "audience": "participant", "version": None}) == "not_joined"


def test_the_board_and_the_console_need_their_links(facilitator: Facilitator, ada: Phone) -> None:
    board = facilitator.board()
    results = Browser(ada.base)
    results.get(facilitator.path("results"))
    refused = [(ada, "board"), (ada, "console"), (board, "console"), (results, "board"), (results, "console")]
    for browser, audience in refused:
        assert knocks(browser, {"code": ada.code, "audience": audience, "version": None}) == "no_link"
    for browser, audience in ((board, "board"), (facilitator, "board"), (facilitator, "console")):
        assert browser.socket(ada.code, audience).hears("state")["full"]


def test_a_code_may_be_typed_as_people_do(ada: Phone) -> None:
    typed = f" {ada.code[:2].lower()} {ada.code[2:4]}-{ada.code[4:]} "
    assert ada.socket(typed).hears("state")["full"]


@pytest.mark.parametrize("origin", ["http://evil.example", "https://evil.example:443", "null", "file://", "http://["])
def test_another_site_may_not_connect(ada: Phone, origin: str) -> None:
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        WebSocket(ada.base, ada.cookie, origin=origin)
    assert refused.value.status_code == 400
    with pytest.raises(Closed):
        LongPolling(ada.base, ada.cookie, Origin=origin)


def test_our_own_site_may_connect(ada: Phone) -> None:
    auth = {"code": ada.code, "audience": "participant", "version": None}
    for way in (WebSocket(ada.base, ada.cookie, origin=ada.base), LongPolling(ada.base, ada.cookie, Origin=ada.base)):
        assert Socket(way, auth).hears("state")["full"]


def test_only_participants_move_dots(facilitator: Facilitator) -> None:
    facilitator.opens_voting(1)
    board, phone = facilitator.board(), facilitator.phone()
    for socket in (board.socket(audience="board"), facilitator.socket(audience="console")):
        assert socket.moves(phone.move(1, 0, 1))["error"]["code"] == "not_joined"


def test_a_socket_cannot_say_that_it_connects_or_disconnects(facilitator: Facilitator, ada: Phone) -> None:
    """Besides connecting, the server listens to `move` alone, though the library has these for events of its own."""
    (number,) = facilitator.opens_voting(1)
    socket = ada.socket()
    auth = {"code": ada.code, "audience": "participant", "version": None}
    for event in ("disconnect", "connect"):
        for arguments in ("", ",{}", f",{json.dumps({'HTTP_COOKIE': ada.cookie})},{json.dumps(auth)}", ",{},{},{}"):
            socket.transport.send(f'42["{event}"{arguments}]')
    assert socket.moves(ada.move(1, 0, number))["ok"]
    facilitator.goes_to("reveal")
    assert 'data-phase="reveal"' in socket.hears("patch")["fragments"]["stage"]


# Ways -----------------------------------------------------------------------------------------------------------------


def test_compression_is_declined(ada: Phone) -> None:
    wire = WebSocket(
        ada.base, ada.cookie, header=["Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"]
    )
    assert "sec-websocket-extensions" not in (wire.wire.getheaders() or {})
    auth = {"code": ada.code, "audience": "participant", "version": None}
    assert Socket(wire, auth).hears("state")["full"]


def test_long_polling_does_all_that_a_websocket_does(facilitator: Facilitator, ada: Phone) -> None:
    facilitator.goes_to("gather")
    polling, other = ada.polls(), ada.socket()
    assert polling.hears("state")["full"]
    number = ada.writes("Free park and ride")
    assert "Free park and ride" in polling.hears("patch")["fragments"][f"r{number}"]
    facilitator.goes_to("vote")
    answer = polling.moves(ada.move(1, 0, number))
    assert answer["moves"][0]["outcome"] == "moved"
    assert other.hears("ballot") == answer["ballot"]
    assert other.moves(ada.move(2, 0, number))["ok"]
    assert polling.hears("ballot")["dots"][:2] == [[number, 1], [number, 1]]


def test_a_socket_begins_by_polling_and_goes_on_by_websocket(facilitator: Facilitator, ada: Phone) -> None:
    (number,) = facilitator.opens_voting(1)
    socket = ada.polls()
    assert isinstance(socket.transport, LongPolling)
    wire = websocket.create_connection(
        socket.transport.address.replace("http", "ws").replace("=polling", "=websocket"),
        cookie=ada.cookie,
        timeout=PATIENCE,
    )
    wire.send("2probe")
    assert wire.recv() == "3probe"
    socket.transport.receive(PATIENCE)
    wire.send("5")
    socket.transport = WebSocket.around(wire)
    assert socket.moves(ada.move(1, 0, number))["ok"]


@pytest.mark.parametrize("attachments", [1, 9_999_999_999])
def test_a_binary_message_is_refused(facilitator: Facilitator, ada: Phone, attachments: int) -> None:
    """Its socket is closed, or goes on as if nothing had been said; it does not hoard what comes after."""
    (number,) = facilitator.opens_voting(1)
    socket = ada.socket()
    socket.transport.send(f'45{attachments}-7["move",{{"_placeholder":true,"num":0}}]')
    with contextlib.suppress(Closed):
        assert socket.moves(ada.move(1, 0, number))["ok"]
    assert not [packet for packet in socket.raw if packet.startswith("437")]
    assert ada.socket().moves(ada.move(2, 0, number))["ok"]


def test_a_message_that_is_too_large_closes_its_socket_alone(facilitator: Facilitator, ada: Phone) -> None:
    (number,) = facilitator.opens_voting(1)
    socket, other = ada.socket(), ada.socket()
    with contextlib.suppress(Closed):
        socket.throws("move", "x" * 17_000)
    socket.hears_the_end()
    assert other.moves(ada.move(1, 0, number))["ok"]


# Nonsense -------------------------------------------------------------------------------------------------------------


class Voter:
    """Goes on voting, and notes whatever is not as it should be."""

    def __init__(self, phone: Phone, number: int) -> None:
        self._phone, self._number = phone, number
        self._socket = phone.socket()
        self._enough = threading.Event()
        self.moved = 0
        self.problems: list[Any] = []
        self._thread = threading.Thread(target=self._votes, daemon=True)
        self._thread.start()

    def _votes(self) -> None:
        try:
            while not self._enough.is_set():
                answer = self._socket.moves(self._phone.move(1, self.moved, self._number))
                if answer["moves"][0]["outcome"] != "moved":
                    self.problems.append(answer)
                self.moved += 1
        except Exception as error:
            self.problems.append(error)

    def stops(self) -> None:
        self._enough.set()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()


def test_nonsense_hurts_nobody_else(
    server: Server, facilitator: Facilitator, ada: Phone, chance: random.Random
) -> None:
    """1,000 frames in each async mode, 3,000 a run: garbled, binary, huge, nested, and moves with junk in them."""
    (number,) = facilitator.opens_voting(1)
    mallory = facilitator.phone()
    voter = Voter(ada, number)
    fuzz = Fuzz(chance)
    sockets = [mallory.socket() for _ in range(SOCKETS)]
    for n in range(FRAMES):
        place = n % SOCKETS
        transport = sockets[place].transport
        assert isinstance(transport, WebSocket)
        try:
            fuzz.frame()(transport.wire)
            transport.is_read()
        except (OSError, websocket.WebSocketException):
            # What it said was enough for the server to hang up.
            transport.close()
            sockets[place] = mallory.socket()
    voter.stops()
    assert voter.problems == []
    assert voter.moved > 0
    assert ada.slots() == [(number, voter.moved)] + [(None, 0)] * 7
    ben = facilitator.phone()
    assert ben.socket().moves(ben.move(1, 0, number))["ok"]
    assert requests.get(f"{server.base}/healthz", timeout=PATIENCE).ok


def test_nonsense_does_not_fill_the_log(server: Server, ada: Phone) -> None:
    before = server.log.stat().st_size
    socket = ada.socket()
    for _ in range(500):
        socket.transport.send("42{")
    socket.catches_up()
    assert server.log.stat().st_size - before < 20_000


def test_nobodys_address_is_written_down(server: Server, ada: Phone) -> None:
    before = server.log.stat().st_size
    for line in (b"nonsense\r\n\r\n", b"GET / HTTP/9\r\n\r\n", b"GET " + b"x" * 70_000 + b" HTTP/1.1\r\n\r\n"):
        with closing(create_connection(("127.0.0.1", server.port), PATIENCE)) as wire, contextlib.suppress(OSError):
            wire.sendall(line)
            while wire.recv(4096):
                pass
    ada.get("/nowhere")
    ada.get("/j/?" + "x" * 3000)
    with server.log.open("rb") as log:
        log.seek(before)
        assert b"127.0.0.1" not in log.read()

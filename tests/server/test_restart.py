"""Coming back: after a restart and after a while away, everybody has everything, and is told only what they missed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.server.modes import IN_ONE_MODE
from tests.server.phones import Facilitator, Organiser, Phone
from tests.server.server import MODES, Server
from tests.server.sockets import Closed, Socket

STORM = 60
WRITERS = 3


class Screen:
    """What a client shows: it keeps to docs/protocol.md and nothing else."""

    def __init__(self, socket: Socket, version: int | None = None, fragments: dict[str, str] | None = None) -> None:
        self.socket = socket
        self.version = version
        self.fragments = dict(fragments or {})
        self.versions: list[int] = []
        """Of the patches, as they came."""
        self._held: list[Any] | None = []
        """The patches that came before `state`."""

    def takes(self, name: str, message: Any) -> None:
        if name == "state":
            held, self._held = self._held or [], None
            for each in [message, *held]:
                self._applies(each)
        elif name == "patch":
            self.versions.append(message["version"])
            if self._held is None:
                self._applies(message)
            else:
                self._held.append(message)

    def _applies(self, message: Any) -> None:
        if self.version is not None and message["version"] < self.version:
            return
        self.version = message["version"]
        if message.get("full"):
            self.fragments = {}
        for key, html in message.get("fragments", {}).items():
            if html is None:
                self.fragments.pop(key, None)
            else:
                self.fragments[key] = html

    def shows(self, text: str) -> None:
        """Take messages until there is a text on the screen. Raises TimeoutError."""
        while not any(text in html for html in self.fragments.values()):
            self.takes(*self.socket.hears_anything())


@pytest.fixture(scope="module", params=MODES)
def own_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that may be stopped."""
    with Server(tmp_path_factory.mktemp("restart"), request.param) as server:
        yield server
        assert server.faults() == []


def test_everybody_comes_back_after_a_restart(own_server: Server) -> None:
    organiser = Organiser(own_server.base, own_server.organiser_path)
    facilitator = organiser.opens()
    numbers = facilitator.opens_voting(3)
    ada, eve, board = facilitator.phone(), facilitator.phone(), facilitator.board()
    organiser_path = own_server.organiser_path
    before = ada.socket()
    state = before.hears("state")
    assert before.moves(ada.move(1, 0, numbers[0]))["ok"]
    projected = board.socket(audience="board").hears("state")
    own_server.stop()
    before.hears_the_end()
    own_server.start()

    assert own_server.organiser_path == organiser_path
    assert organiser.get("/workshops").ok
    phone = ada.socket(version=state["version"])
    told = phone.hears("state")
    assert told["version"] == state["version"]
    assert "fragments" not in told
    assert told["ballot"]["dots"][0] == [numbers[0], 1]
    assert phone.moves(ada.move(1, 1, numbers[1]))["ok"]
    assert ada.state()["fragments"] == state["fragments"]
    assert eve.polls().hears("state")["fragments"] == state["fragments"]
    anew = board.socket(audience="board", version=projected["version"]).hears("state")
    assert anew["version"] > projected["version"]
    facilitator.goes_to("reveal")
    assert phone.hears("patch")["version"] > state["version"]


def test_who_has_missed_nothing_is_told_nothing(facilitator: Facilitator, ada: Phone) -> None:
    facilitator.opens_voting(2)
    board = facilitator.board()
    version = board.socket(audience="board").hears("state")["version"]
    again = board.socket(audience="board", version=version)
    assert set(again.hears("state")) == {"version", "now"}
    mine = ada.socket(version=ada.state()["version"])
    told = mine.hears("state")
    assert set(told) == {"version", "now", "ballot"}
    facilitator.goes_to("reveal")
    assert again.hears("patch")["version"] > version
    assert mine.hears("patch")["version"] > told["version"]


@IN_ONE_MODE
@pytest.mark.parametrize("version", [None, 0, 1, -5])
def test_who_is_behind_is_told_everything(facilitator: Facilitator, ada: Phone, version: int | None) -> None:
    facilitator.opens_voting(2)
    told = ada.socket(version=version).hears("state")
    assert told["full"]
    assert {"stage", "people", "timer", "spotlight", "r1", "r2"} == set(told["fragments"])
    polled = ada.state(version if version is None or version >= 0 else None)
    assert told == polled | {"now": told["now"]}
    assert told["now"] <= polled["now"]


@IN_ONE_MODE
def test_polling_shows_what_the_socket_shows(facilitator: Facilitator, ada: Phone, ben: Phone) -> None:
    """In every phase, for somebody who watched all along, somebody who polls, and somebody who comes anew."""
    watching = Screen(ada.socket(version=0))

    def everybody_sees(text: str) -> None:
        watching.shows(text)
        polled = ben.state(0)
        assert watching.fragments == polled["fragments"] == ada.socket().hears("state")["fragments"]
        assert watching.version == polled["version"]

    everybody_sees('data-phase="draft"')
    facilitator.goes_to("gather")
    everybody_sees('data-phase="gather"')
    number = ada.writes("Free park and ride")
    ben.writes("Later buses", "no")
    everybody_sees("Later buses")
    facilitator.withdraws(number)
    ben.writes("More benches")
    everybody_sees("More benches")
    assert f"r{number}" not in watching.fragments
    for phase in ("vote", "reveal", "discuss", "closed"):
        facilitator.goes_to(phase)
        everybody_sees(f'data-phase="{phase}"')
    facilitator.restores(number)
    everybody_sees("Free park and ride")


def test_polling_with_nobody_on_a_socket_is_never_behind(facilitator: Facilitator, ada: Phone) -> None:
    facilitator.goes_to("gather")
    for n in range(5):
        number = ada.writes(f"Response {n}")
        state = ada.state()
        assert f"Response {n}" in state["fragments"][f"r{number}"]
        assert "fragments" not in ada.state(state["version"])


def test_a_storm_of_responses_comes_as_few_patches(facilitator: Facilitator, ada: Phone) -> None:
    """At most four a second, each newer than the one before, and the last one shows all."""
    facilitator.goes_to("gather")
    board = facilitator.board()
    screens = [Screen(ada.socket(version=0)), Screen(board.socket(audience="board"))]
    for screen in screens:
        screen.shows('data-phase="gather"')
        screen.versions.clear()
    began = time.monotonic()
    storm(facilitator)
    ada.writes("The last one")
    for screen in screens:
        screen.shows("The last one")
        # All the patches lie between the first post and now, and a quarter of a second lies between each two.
        assert len(screen.versions) <= 1 + 4 * (time.monotonic() - began)
        assert screen.versions == sorted(set(screen.versions))
        assert len([key for key in screen.fragments if key.startswith("r")]) == STORM + 1
    assert screens[0].fragments == ada.state(0)["fragments"]
    assert screens[1].fragments == board.socket(audience="board").hears("state")["fragments"]


def test_the_first_change_after_a_silence_comes_alone(facilitator: Facilitator, ada: Phone) -> None:
    """The leading edge: it does not wait for what else may come."""
    facilitator.goes_to("gather")
    screen = Screen(ada.socket(version=0))
    screen.shows('data-phase="gather"')
    for text in ("The first", "The second", "The third"):
        number = ada.writes(text)
        assert set(screen.socket.hears("patch")["fragments"]) == {f"r{number}"}


def test_who_comes_in_the_middle_of_a_storm_misses_nothing(facilitator: Facilitator, ada: Phone) -> None:
    """A patch may overtake the state that a newcomer is told; together they make the whole."""
    facilitator.goes_to("gather")
    behind = ada.state()
    stormy = threading.Thread(target=storm, args=(facilitator,), daemon=True)
    stormy.start()
    screens = []
    while stormy.is_alive():
        screens.append(Screen(ada.socket(version=behind["version"]), behind["version"], behind["fragments"]))
        screens.append(Screen(ada.socket()))
    ada.writes("The last one")
    for screen in screens[-20:] + screens[:20]:
        screen.shows("The last one")
        assert screen.fragments == ada.state(0)["fragments"]


def storm(facilitator: Facilitator) -> None:
    """Many responses at once, by several people."""

    def writes(phone: Phone) -> None:
        for n in range(STORM // WRITERS):
            phone.writes(f"Response {n}")

    threads = [threading.Thread(target=writes, args=(facilitator.phone(),), daemon=True) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_socket_that_was_closed_is_forgotten(facilitator: Facilitator, ada: Phone) -> None:
    (number,) = facilitator.opens_voting(1)
    socket = ada.socket()
    socket.close()
    with pytest.raises(Closed):
        socket.catches_up()
    assert ada.socket().moves(ada.move(1, 0, number))["ok"]

"""Two worlds that differ only in where other people's dots are: before the reveal, nobody can tell which they are in.

The same workshop is played twice on a fresh server that leaves nothing to chance, so that what participants and the
board get can be compared byte by byte, with nothing taken out: pages, headers, cookies, files, every packet by socket.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.server.phones import JSON, Browser, Organiser, Phone
from tests.server.server import Server, free_port
from tests.server.sockets import hang_up

RESPONSES = ("Free park and ride", "Later buses", "More benches", "Fewer signs", "A market", "Trees")

HERE = [1, 1, 1, 1, 2, 2, 3, 4]
THERE = [6, 5, 5, 5, 5, 5, 5, 5]

Received = tuple[str, str, Any]
"""When, who and what, and what they got."""


class World:
    """A workshop in which everybody does the same at the same time, but for where the dots of others go."""

    def __init__(self, server: Server, totals: str, dots: list[int]) -> None:
        self.dots = dots
        self.facilitator = Organiser(server.base, server.organiser_path).opens(totals=totals)
        self.board = self.facilitator.board()
        self.ada, self.eve, self.pat, *self.others = [self.facilitator.phone() for _ in range(6)]
        self.facilitator.goes_to("gather")
        for text in RESPONSES[:-1]:
            self.others[0].writes(text)
        self.projected = self.board.socket(audience="board")
        self.projected.hears("state")
        self.by_websocket = self.ada.socket()
        self.by_polling = self.eve.polls()
        self.sockets = {"board": self.projected, "ada": self.by_websocket, "eve": self.by_polling}
        self.received: list[Received] = []

    def begin_to_vote(self) -> None:
        """Up to when everybody but ada has placed all their dots."""
        others = self.others
        self.ada.writes(RESPONSES[-1])
        self.everybody_looks("gather", shown=True)
        self.facilitator.goes_to("vote")
        self.everybody_looks("vote", shown=True)
        for n, phone in enumerate(others):
            self.moves(phone, [phone.move(dot, 0, self.dots[(dot + n) % 8]) for dot in range(1, 9)])
            self.everybody_looks(f"{n} has voted", shown=True)
        self.comes_late("in the vote")

    def change_and_close(self) -> None:
        """Up to the moment before the reveal."""
        code, others = self.facilitator.code, self.others
        self.received.append(
            ("ada votes", "ada", self.by_websocket.moves({"dot": 1, "replaces": 0, "response": 2, "op": "a"}))
        )
        self.everybody_looks("ada has voted", shown=True)
        # A dot that goes from one response to another shows nowhere.
        self.moves(others[0], [others[0].move(1, 1, self.dots[0])])
        self.everybody_looks("a dot has moved", shown=False)
        self.moves(others[0], [others[0].move(1, 2, None)])
        self.everybody_looks("a dot is back in hand", shown=True)
        self.facilitator.withdraws(1)
        self.everybody_looks("R1 is withdrawn", shown=True)
        self.moves(others[1], [others[1].move(1, 1, 3)])
        self.facilitator.restores(1)
        self.everybody_looks("R1 is restored", shown=True)
        assert others[2].ask(f"/w/{code}/1/finished", {"finished": "yes"})["ok"]
        self.everybody_looks("somebody has finished", shown=True)
        self.facilitator.goes_to("reveal")
        self.everybody_looks("reveal", shown=True)
        self.comes_late("before the reveal")

    def moves(self, phone: Phone, moves: list[dict[str, Any]]) -> None:
        answer = phone.ask_json(f"/w/{phone.code}/1/dots", {"moves": moves}).json()
        assert {move["outcome"] for move in answer["moves"]} == {"moved"}

    def everybody_looks(self, when: str, *, shown: bool) -> None:
        """Wait until the board shows what happened, if it does at all; then take in everything that there is."""
        if shown:
            self.projected.hears("patch")
        for who, socket in self.sockets.items():
            socket.catches_up()
            self.received += [(when, f"{who} by socket", packet) for packet in socket.raw]
            socket.raw.clear()
        for who, browser in {"ada": self.ada, "pat": self.pat, "board": self.board}.items():
            self.looks(when, who, browser)

    def looks(self, when: str, who: str, browser: Browser) -> None:
        code = self.facilitator.code
        for path in (
            f"/w/{code}", f"/w/{code}/state", f"/w/{code}/state?version=3", f"/w/{code}/board", f"/w/{code}/join.svg",
            f"/j/{code}", f"/w/{code}/results", f"/w/{code}/1/results.csv", f"/w/{code}/1/results.json",
            f"/w/{code}/1/chart.svg", f"/w/{code}/1/chart.png", f"/w/{code}/1/ballots.json?sure=yes",
            f"/w/{code}/1/results.xlsx", f"/w/{code}/scope", f"/across?of={code}-1&of={code}-1",
        ):  # fmt: skip
            answer = browser.get(path, headers=JSON if "state" in path else {}, allow_redirects=False)
            headers = sorted(answer.headers.items())
            self.received.append((when, f"{who} at {path}", (answer.status_code, headers, answer.content)))

    def comes_late(self, when: str) -> None:
        late = self.facilitator.phone()
        self.projected.hears("patch")
        self.looks(when, "a late joiner", late)
        for socket in (late.socket(), late.polls(), self.board.socket(audience="board", version=1)):
            socket.hears("state")
            self.received += [(when, "a late socket", packet) for packet in socket.raw]


def received_in(folder: Path, port: int, totals: str, dots: list[int]) -> list[Received]:
    folder.mkdir()
    with Server(folder, program=("-m", "tests.server.fixed"), port=port, secret_key="k" * 43) as server:
        world = World(server, totals, dots)
        world.begin_to_vote()
        if totals == "hidden":
            world.change_and_close()
        hang_up()
        return world.received


def differences(folder: Path, totals: str) -> list[str]:
    """What is not the same in both worlds."""
    port = free_port()
    here = received_in(folder / "here", port, totals, HERE)
    there = received_in(folder / "there", port, totals, THERE)
    assert len(here) > 150
    different = [
        f"{one[0]}: {one[1]}\n{one[2]!r}\n{other[0]}: {other[1]}\n{other[2]!r}"
        for one, other in zip(here, there, strict=False)
        if one != other
    ]
    return different if len(here) == len(there) else [*different, f"{len(here)} and {len(there)} received"]


@pytest.fixture(autouse=True)
def _no_chance_in_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "0")


def test_nobody_can_tell_which_world_they_are_in(tmp_path: Path) -> None:
    assert differences(tmp_path, "hidden") == []


def test_where_totals_are_live_everybody_can_tell(tmp_path: Path) -> None:
    """Otherwise the test above could tell nothing."""
    different = "\n".join(differences(tmp_path, "live"))
    for who in ("ada by socket", "eve by socket", "board by socket", "pat at", "board at", "a late joiner at"):
        assert who in different

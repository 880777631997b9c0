"""One participant in two tabs: both show the same ballot, and nobody else is told."""

from __future__ import annotations

import random
from typing import Any

from tests.server.phones import Facilitator, Phone, Slots, slots_in
from tests.server.plays import DOTS
from tests.server.server import SOAK
from tests.server.sockets import Socket

INTERLEAVINGS = 6 * SOAK
STEPS = 40


class Tab:
    """Shows the newest that it knows of each dot."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.socket = phone.socket()
        self.slots: Slots = []
        self._thrown: list[int] = []
        self.stored = 0
        """How many of its moves were stored: the other tab is told of each."""
        self.learns(self.socket.hears("state")["ballot"])

    def learns(self, ballot: Any) -> None:
        told = slots_in(ballot)
        self.slots = [new if new[1] >= old[1] else old for old, new in zip(self.slots or told, told, strict=True)]

    def throws(self, dot: int, response: int | None) -> None:
        self._thrown.append(self.socket.throws_moves(self.phone.move(dot, self.slots[dot - 1][1], response)))

    def is_answered(self) -> None:
        for number in self._thrown:
            answer = self.socket.answer_to(number)
            self.stored += answer["moves"][0]["outcome"] == "moved"
            self.learns(answer["ballot"])
        self._thrown = []

    def is_told(self, times: int) -> None:
        for _ in range(times):
            self.learns(self.socket.hears("ballot"))


def test_two_tabs_agree_after_any_interleaving(facilitator: Facilitator, ada: Phone, chance: random.Random) -> None:
    responses = [*facilitator.opens_voting(5), None]
    for _ in range(INTERLEAVINGS):
        tabs = [Tab(ada), Tab(ada)]
        for _ in range(STEPS):
            tab = chance.choice(tabs)
            if chance.random() < 0.7:
                tab.throws(chance.choice(DOTS), chance.choice(responses))
            else:
                tab.is_answered()
        one, other = tabs
        for tab in tabs:
            tab.is_answered()
        one.is_told(other.stored)
        other.is_told(one.stored)
        assert one.slots == other.slots == ada.slots()
        assert one.stored + other.stored > 0
        for tab in tabs:
            assert heard_besides(tab.socket) == []
            tab.socket.close()


def test_a_tab_is_told_of_what_was_posted(facilitator: Facilitator, ada: Phone) -> None:
    (number,) = facilitator.opens_voting(1)
    tab = Tab(ada)
    posted = [
        ada.post(f"/w/{ada.code}/1/dots", ada.move(1, 0, number)),
        ada.ask_json(f"/w/{ada.code}/1/dots", {"moves": [ada.move(2, 0, number), ada.move(3, 0, number)]}),
        ada.post(f"/w/{ada.code}/1/dots", ada.move(1, 1, None)),
        ada.post(f"/w/{ada.code}/1/dots/back"),
    ]
    assert all(answer.ok for answer in posted)
    tab.is_told(len(posted))
    assert tab.slots == ada.slots() == [(None, 2)] * 3 + [(None, 0)] * 5


def test_a_tab_is_told_of_stored_moves_alone(facilitator: Facilitator, ada: Phone) -> None:
    (number,) = facilitator.opens_voting(1)
    tab, other = Tab(ada), ada.socket()
    first = ada.move(1, 0, number)
    outcomes = [
        other.moves(move)["moves"][0]["outcome"]
        for move in (first, first, ada.move(1, 0, None), ada.move(9, 0, number), ada.move(2, 0, 99))
    ]
    assert outcomes == ["moved", "repeated", "stale", "refused", "refused"]
    tab.is_told(1)
    assert heard_besides(tab.socket) == []


def test_the_only_tab_hears_no_echo(facilitator: Facilitator, ada: Phone) -> None:
    (number,) = facilitator.opens_voting(1)
    gone, tab = Tab(ada), Tab(ada)
    gone.socket.close()
    for rev in range(10):
        assert tab.socket.moves(ada.move(1, rev, number))["ok"]
    assert heard_besides(tab.socket) == []


def test_nobody_else_is_told(facilitator: Facilitator, ada: Phone, ben: Phone) -> None:
    (number,) = facilitator.opens_voting(1)
    tabs, his = [Tab(ada), Tab(ada)], Tab(ben)
    for rev in range(5):
        assert tabs[0].socket.moves(ada.move(1, rev, number))["ok"]
    tabs[1].is_told(5)
    assert heard_besides(his.socket) == []
    assert ben.slots() == [(None, 0)] * 8


def test_a_ballot_is_told_in_the_same_words_everywhere(facilitator: Facilitator, ada: Phone) -> None:
    (number,) = facilitator.opens_voting(1)
    here, there = ada.socket(), ada.socket()
    assert ada.ask(f"/w/{ada.code}/1/finished", {"finished": "yes"})["finished"]
    told = here.moves(ada.move(1, 0, number))["ballot"]
    assert told == there.hears("ballot") == ada.state()["ballot"] == ada.socket().hears("state")["ballot"]


def heard_besides(socket: Socket) -> list[str]:
    """The names of what came by this socket and nobody has asked for."""
    socket.catches_up()
    return [name for name, _ in socket.heard]

"""Rapid moves of one dot end where the last one said.

416 bursts on one socket in each async mode: 0 failures bound the rate at about 3/416, one in 140 (95 %). Then 64 each
of bursts that take two ways at once.
"""

from __future__ import annotations

import random
from typing import Any

from tests.server.phones import Facilitator, Phone
from tests.server.plays import DOTS, burst, bursts_at_once
from tests.server.server import SOAK

PHONES = 4
ROUNDS = 13 * SOAK
OVERLAPPING = 8 * SOAK

# What two of the same move may be told: the second is a repeat, or stale where another came after it or is yet to come.
TWINS = {("moved", "repeated"), ("repeated", "moved"), ("moved", "stale")}


def test_a_burst_ends_where_the_last_move_said(facilitator: Facilitator, chance: random.Random) -> None:
    responses = [*facilitator.opens_voting(5), None]
    phones = [(phone, phone.socket()) for phone in (facilitator.phone() for _ in range(PHONES))]
    assert sum(bursts_at_once(phones, responses, chance) for _ in range(ROUNDS)) >= 416


def test_a_burst_that_is_also_posted_ends_where_the_last_move_said(
    facilitator: Facilitator, ada: Phone, chance: random.Random
) -> None:
    """A phone that hears nothing for a while posts what it sent over the socket, with the same `op`."""
    responses = [*facilitator.opens_voting(5), None]
    socket = ada.socket()
    for _ in range(OVERLAPPING):
        before = ada.slots()
        for dot in DOTS:
            moves = burst(ada, dot, before[dot - 1][1], responses, chance).moves
            numbers = [socket.throws_moves(move) for move in moves]
            again = chance.choice(moves)
            posted = ada.ask_json(f"/w/{ada.code}/1/dots", {"moves": [again]}).json()
            told = [outcome(socket.answer_to(number)) for number in numbers]
            # The post may come before or after its twin. Where it comes first, the twin is the repeat.
            twin = told.pop(moves.index(again))
            assert set(told) == {"moved"}
            assert (twin, outcome(posted)) in TWINS
            assert ada.slots()[dot - 1] == (moves[-1]["response"], moves[-1]["replaces"] + 1)


def test_bursts_from_two_tabs_come_to_one_history(facilitator: Facilitator, ada: Phone, chance: random.Random) -> None:
    """Two tabs move the same dots at once. Each revision is given once, and the dot is where the last one said."""
    responses = [*facilitator.opens_voting(5), None]
    tabs = [ada.socket(), ada.socket()]
    for _ in range(OVERLAPPING):
        before = ada.slots()
        thrown = []
        for dot in DOTS:
            queues = [(tab, burst(ada, dot, before[dot - 1][1], responses, chance).moves) for tab in tabs]
            while queues:
                tab, moves = chance.choice(queues)
                thrown.append((tab, tab.throws_moves(moves[0]), moves.pop(0)))
                queues = [(tab, moves) for tab, moves in queues if moves]
        history: dict[int, dict[int, int | None]] = {dot: {} for dot in DOTS}
        for tab, number, move in thrown:
            told = outcome(tab.answer_to(number))
            assert told in ("moved", "stale")
            if told == "moved":
                assert move["replaces"] + 1 not in history[move["dot"]]
                history[move["dot"]][move["replaces"] + 1] = move["response"]
        for dot, slot in enumerate(ada.slots(), start=1):
            first = before[dot - 1][1] + 1
            assert sorted(history[dot]) == list(range(first, first + len(history[dot])))
            assert slot == (history[dot][max(history[dot])], max(history[dot]))


def outcome(answer: Any) -> str:
    (told,) = answer["moves"]
    return str(told["outcome"])

"""What several tests play: bursts of moves, and closing a vote under load."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from tests.server.phones import Facilitator, Phone, Slots
from tests.server.sockets import PATIENCE, Socket

DOTS = range(1, 9)


# Bursts ---------------------------------------------------------------------------------------------------------------


class Burst(NamedTuple):
    """One dot, moved again and again without waiting, each move counting on the one before."""

    dot: int
    moves: list[dict[str, Any]]

    @property
    def end(self) -> tuple[int | None, int]:
        """Where the last one said, and its revision."""
        return self.moves[-1]["response"], self.moves[-1]["replaces"] + 1


def burst(phone: Phone, dot: int, rev: int, responses: Sequence[int | None], chance: random.Random) -> Burst:
    wishes = [chance.choice(responses) for _ in range(chance.randint(2, 8))]
    return Burst(dot, [phone.move(dot, rev + n, wish) for n, wish in enumerate(wishes)])


def bursts_at_once(
    phones: Sequence[tuple[Phone, Socket]], responses: Sequence[int | None], chance: random.Random
) -> int:
    """A burst of every dot of everybody, all shuffled together on each phone's one socket. Returns how many."""
    ends: list[tuple[Phone, Slots]] = []
    thrown: list[tuple[Socket, int]] = []
    for phone, socket in phones:
        before = phone.slots()
        bursts = [burst(phone, dot, before[dot - 1][1], responses, chance) for dot in DOTS]
        waiting = [list(each.moves) for each in bursts]
        while waiting:
            queue = chance.choice(waiting)
            thrown.append((socket, socket.throws_moves(queue.pop(0))))
            if not queue:
                waiting.remove(queue)
        ends.append((phone, [each.end for each in bursts]))
    for socket, number in thrown:
        answer = socket.answer_to(number)
        assert [move["outcome"] for move in answer["moves"]] == ["moved"], answer
    for phone, end in ends:
        assert phone.slots() == end
    return len(DOTS) * len(ends)


# Closing --------------------------------------------------------------------------------------------------------------


class Mover:
    """A phone that moves dots as fast as it is answered, three messages at a time, until it is told that voting has
    closed. It believes nothing but the answers.
    """

    def __init__(self, phone: Phone, responses: Sequence[int | None], chance: random.Random) -> None:
        self.phone = phone
        self.socket = phone.socket()
        self.responses = responses
        self.chance = chance
        self.slots: Slots = [(None, 0)] * 8
        self.problems: list[Any] = []

    def moves_until_closed(self, moved: threading.Semaphore) -> None:
        try:
            while self._moves_three(moved):
                pass
        except Exception as error:
            self.problems.append(error)

    def _moves_three(self, moved: threading.Semaphore) -> bool:
        """Returns whether voting goes on."""
        wishes = [
            self.phone.move(dot, self.slots[dot - 1][1], self.chance.choice(self.responses))
            for dot in self.chance.sample(DOTS, 3)
        ]
        numbers = [self.socket.throws_moves(wish) for wish in wishes]
        open_still = True
        for wish, number in zip(wishes, numbers, strict=True):
            answer = self.socket.answer_to(number)
            (told,) = answer["moves"]
            if told["outcome"] == "moved" and open_still:
                self.slots[wish["dot"] - 1] = (wish["response"], wish["replaces"] + 1)
                moved.release()
            elif told["outcome"] == "refused" and told["error"]["code"] == "voting_closed":
                open_still = False
            else:
                self.problems.append((wish, answer))
                return False
        return open_still

    def is_refused(self) -> None:
        answer = self.socket.moves(self.phone.move(1, self.slots[0][1], self.responses[0]))
        assert answer["error"]["code"] == "voting_closed"


def close_under_load(facilitator: Facilitator, movers: Sequence[Mover], chance: random.Random) -> None:
    """Everybody moves dots; at a random moment the facilitator closes. A dot counts if and only if it was acknowledged
    as moved, and from then on nothing changes.
    """
    facilitator.goes_to("vote")
    moved = threading.Semaphore(0)
    threads = [threading.Thread(target=mover.moves_until_closed, args=(moved,), daemon=True) for mover in movers]
    for thread in threads:
        thread.start()
    for _ in range(chance.randint(1, 12 * len(movers))):
        assert moved.acquire(timeout=PATIENCE), [mover.problems for mover in movers]
    facilitator.goes_to("reveal")
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()
    assert [mover.problems for mover in movers] == [[]] * len(movers)

    acknowledged = dict(Counter(on for mover in movers for on, _ in mover.slots if on is not None))
    assert facilitator.tally() == facilitator.tally_in_csv() == acknowledged
    fixed = facilitator.results()
    for mover in movers:
        mover.is_refused()
        assert mover.phone.slots() == mover.slots
    assert facilitator.results() == fixed

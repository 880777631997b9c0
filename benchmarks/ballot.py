"""What one phone's dots should be: plans its moves and checks what the server says of them."""

import json
from random import Random
from typing import NamedTuple

from . import BenchmarkFailure

ALLOWANCE = 8
RESPONSES = 20


class Move(NamedTuple):
    """A move that was sent. Its answer must say that the dot is there, with the revision.

    `scheduled` is in seconds of `perf_counter`.
    """

    scheduled: float
    dot: int
    revision: int
    response: int
    op: str


class Ballot:
    """The dots of one phone. `run` makes its `op`s its own among all phones of a server.

    The dots take turns, and nobody else moves them, so that revisions can be foretold: a move need
    not wait for the answer to the one before, and whole trials are planned before they begin.
    """

    def __init__(self, run: str) -> None:
        self.last: dict[int, Move] = {}
        self._moves: list[Move] = []
        self._answered = 0
        self._run = run

    def next_move(self, scheduled: float, chance: Random) -> bytes:
        """The message that moves the next dot to anywhere but where it is."""
        number = len(self._moves)
        dot = number % ALLOWANCE + 1
        revision = number // ALLOWANCE
        now = self.last[dot].response if dot in self.last else 0
        response = (now + chance.randrange(RESPONSES - 1)) % RESPONSES + 1
        op = f"{self._run}-{number}"
        self.last[dot] = Move(scheduled, dot, revision + 1, response, op)
        self._moves.append(self.last[dot])
        return (
            f'42{number}["move",{{"exercise":1,"moves":[{{"dot":{dot},"replaces":{revision},'
            f'"response":{response},"op":"{op}"}}]}}]'
        ).encode()

    def answered(self, acknowledgement: bytes) -> Move:
        """The move that is acknowledged; raises BenchmarkFailure unless it was stored as sent."""
        start = acknowledgement.index(b"[")
        move = self._moves[int(acknowledgement[2:start])]
        answer = json.loads(acknowledgement[start:])[0]
        done = {"dot": move.dot, "op": move.op, "outcome": "moved"}
        right = answer.get("ok") is True and answer.get("moves") == [done]
        if right and "ballot" in answer:
            right = answer["ballot"]["dots"][move.dot - 1] == [move.response, move.revision]
        if not right:
            raise BenchmarkFailure(f"{move} was answered {answer}")
        self._answered += 1
        return move

    def unanswered(self) -> int:
        return len(self._moves) - self._answered

"""One run: each figure is taken of every server in turn, several times."""

import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import count
from random import Random
from statistics import median
from typing import Any

from . import BenchmarkFailure
from .crowd import Crowd, Trial
from .exchange import Exchange
from .servers import Server

# A rate is held when 99 of 100 moves are acknowledged within this, in milliseconds.
BEARABLE_MS = 250
PHONES = 200
# How often a rate that was not held is lowered before the run is given up.
MOST_ROUNDS = 8
# Dots a second when 200 people are busy, but not all of them in the same second.
ORDINARY_RATE = 200


@dataclass(frozen=True)
class Effort:
    """How long to measure. Times in seconds; `joins` are numbers of phones."""

    repeats: int
    search_steps: int
    search_s: float
    trial_s: float
    warm_up_s: float
    joins: tuple[int, ...]


QUICK = Effort(3, search_steps=4, search_s=1.5, trial_s=3, warm_up_s=1, joins=(PHONES,))
LONG = Effort(5, search_steps=6, search_s=5, trial_s=10, warm_up_s=2, joins=(PHONES, 1000))


@dataclass
class Side:
    """One of the servers that are compared, the phones at it, and all that was measured of it."""

    server: Server
    code: str
    crowd: Crowd
    joins_s: dict[int, list[float]] = field(default_factory=dict)
    ordinary: list[Trial] = field(default_factory=list)
    search: list[Trial] = field(default_factory=list)
    highest: list[Trial] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.server.name

    def as_json(self) -> dict[str, Any]:
        trials = {"ordinary": self.ordinary, "search": self.search, "highest": self.highest}
        listed = {name: [asdict(trial) for trial in found] for name, found in trials.items()}
        return {"joins_s": self.joins_s} | listed


class Range:
    """Where the highest rate must lie: above what was held, below what was not."""

    def __init__(self, guess: float) -> None:
        self.held: float | None = None
        self._failed: float | None = None
        self._guess = guess

    def next_rate(self) -> float:
        if self.held and self._failed:
            return (self.held + self._failed) / 2
        if self.held:
            return self.held * 1.15
        return self._failed / 1.15 if self._failed else self._guess

    def narrow(self, rate: float, held: bool) -> None:
        if held:
            self.held = rate
        else:
            self._failed = rate


class Run:
    """Within a repeat the sides take turns, and every other repeat begins with the last, so that
    a machine that becomes slower does so for all of them."""

    def __init__(self, effort: Effort, exchange: Exchange, chance: Random) -> None:
        self.sides: list[Side] = []
        self._effort = effort
        self._exchange = exchange
        self._chance = chance
        self._crowds = count(1)

    def add(self, server: Server, code: str) -> Side:
        # A few phones ahead of all others: the first page is slower, as its template is compiled.
        side = Side(server, code, self._crowd(server, code, 10))
        side.crowd.join()
        self.sides.append(side)
        return side

    def join(self) -> None:
        """Fills `joins_s`, and leaves PHONES phones of each side connected."""
        for size in self._effort.joins:
            for side in self._in_turn(self.sides):
                seconds = self._join(side, size)
                side.joins_s.setdefault(size, []).append(seconds)
                say(f"{side.name}: {size} phones joined in {seconds:.2f} s")
        for side in self.sides:
            self._join(side, PHONES)

    def move(self) -> None:
        """Fills `ordinary`, `search` and `highest`."""
        for side in self._in_turn(self.sides):
            side.ordinary.append(self._trial(side, ORDINARY_RATE, self._effort.trial_s))
        rates = self._search()
        tried = self.sides
        for _ in range(MOST_ROUNDS):
            for side in self._in_turn(tried):
                side.highest.append(self._trial(side, rates[side.name], self._effort.trial_s))
            tried = [s for s in tried if median(t.p99_ms for t in s.highest) > BEARABLE_MS]
            if not tried:
                return
            for side in tried:
                # The search was brief, and so was too hopeful.
                rates[side.name] *= 0.96
                side.highest.clear()
        raise BenchmarkFailure(f"{tried[0].name} held no rate repeatedly. Is the machine quiet?")

    def _search(self) -> dict[str, float]:
        """The highest rate that each side held in brief trials."""
        ranges = {}
        for side in self.sides:
            guess = side.crowd.capacity(10_000, self._chance)
            say(f"{side.name}: {guess:,.0f} dots/s when 10,000 are asked for at once")
            ranges[side.name] = Range(guess)
        for _ in range(self._effort.search_steps):
            for side in self.sides:
                rate = ranges[side.name].next_rate()
                trial = self._trial(side, rate, self._effort.search_s)
                side.search.append(trial)
                ranges[side.name].narrow(rate, trial.p99_ms <= BEARABLE_MS)
        return {name: found.held or found.next_rate() for name, found in ranges.items()}

    def _trial(self, side: Side, rate: float, seconds: float) -> Trial:
        trial = side.crowd.trial(rate, self._effort.warm_up_s, seconds, self._chance)
        say(
            f"{side.name}: {trial.acknowledged_per_s:,.0f} of {rate:,.0f} dots/s,"
            f" p50 {trial.p50_ms:.1f} ms, p99 {trial.p99_ms:.1f} ms"
        )
        return trial

    def _join(self, side: Side, size: int) -> float:
        side.crowd.hang_up()
        # Let the server clear up after those who left.
        self._exchange.idle(1)
        side.crowd = self._crowd(side.server, side.code, size)
        return side.crowd.join()

    def _crowd(self, server: Server, code: str, size: int) -> Crowd:
        return Crowd(self._exchange, server, code, f"{server.name}-{next(self._crowds)}", size)

    def _in_turn(self, sides: list[Side]) -> Iterator[Side]:
        for repeat in range(self._effort.repeats):
            yield from sides if repeat % 2 == 0 else reversed(sides)


def say(text: str) -> None:
    """Tells whoever waits what was just measured. The table is all that goes to stdout."""
    print(text, file=sys.stderr, flush=True)

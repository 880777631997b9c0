"""Many phones at once: how long they take to join, and how a server bears their moves."""

import math
from dataclasses import dataclass
from random import Random
from time import perf_counter, process_time

from . import BenchmarkFailure, wire
from .exchange import Exchange
from .phones import Phone
from .servers import Server

# Longer than any server here should take; whoever is slower has failed. Seconds.
PATIENCE = 60
# Moves sent before the lines are looked at again, when the load is behind its schedule.
BURST = 64


@dataclass
class Trial:
    """One stretch of moves. Latencies count from the scheduled instant, not from the sending."""

    offered_per_s: float
    acknowledged_per_s: float
    p50_ms: float
    p99_ms: float
    server_cpu_s_per_1000: float
    # The load's own part of its core, and how late it was to send: high values void the trial.
    load_cpu_share: float
    late_p99_ms: float


def percentile(values: list[float], share: float) -> float:
    """The smallest of the values that at least this share of them do not exceed."""
    return sorted(values)[max(math.ceil(share * len(values)) - 1, 0)]


class Crowd:
    """The phones of one server. `name` is part of every `op`, so no two crowds share one."""

    def __init__(self, exchange: Exchange, server: Server, code: str, name: str, size: int) -> None:
        self.phones = [Phone(exchange, server.port, code, f"{name}-{n}") for n in range(size)]
        self._exchange = exchange
        self._server = server

    def join(self) -> float:
        """All at once; seconds from the first byte until the last screen is complete and live."""
        started = perf_counter()
        for phone in self.phones:
            phone.join()
        return self._until_live(started) - started

    def connect(self) -> None:
        for phone in self.phones:
            phone.connect()
        self._until_live(perf_counter())

    def hang_up(self) -> None:
        for phone in self.phones:
            phone.hang_up()

    def capacity(self, moves: int, chance: Random) -> float:
        """Moves a second with all of them asked for at once: a first guess at what is possible."""
        now = perf_counter()
        plan = self._plan([now] * moves, chance)
        started = perf_counter()
        self._send(plan)
        seconds = perf_counter() - started
        self._times()
        return moves / seconds

    def trial(self, rate: float, warm_up: float, seconds: float, chance: Random) -> Trial:
        """Moves at `rate` a second, of random phones at random (Poisson) instants."""
        # Planned before it starts, so that sending is all there is to do meanwhile.
        offsets = [chance.expovariate(rate)]
        while offsets[-1] < warm_up + seconds:
            offsets.append(offsets[-1] + chance.expovariate(rate))
        # The planning itself takes about 10 µs a move.
        started = perf_counter() + 0.1 + len(offsets) * 20e-6
        plan = self._plan([started + offset for offset in offsets], chance)
        while perf_counter() < started:
            self._exchange.serve(started - perf_counter())

        cpu, own_cpu = self._server.cpu_seconds(), process_time()
        late = self._send(plan)
        cpu, own_cpu = self._server.cpu_seconds() - cpu, process_time() - own_cpu
        elapsed = perf_counter() - started

        begin, end = started + warm_up, started + warm_up + seconds
        times = self._times()
        waits = [at - scheduled for scheduled, at in times if begin <= scheduled < end]
        return Trial(
            offered_per_s=rate,
            acknowledged_per_s=sum(begin <= at < end for _, at in times) / seconds,
            p50_ms=percentile(waits, 0.5) * 1000,
            p99_ms=percentile(waits, 0.99) * 1000,
            server_cpu_s_per_1000=cpu * 1000 / len(plan),
            load_cpu_share=own_cpu / elapsed,
            late_p99_ms=percentile(late, 0.99) * 1000,
        )

    def _plan(self, instants: list[float], chance: Random) -> list[tuple[float, Phone, bytes]]:
        plan = []
        for at in instants:
            phone = chance.choice(self.phones)
            message = phone.ballot.next_move(at, chance)
            plan.append((at, phone, wire.frame(message, chance.randbytes(4))))
        return plan

    def _send(self, plan: list[tuple[float, Phone, bytes]]) -> list[float]:
        """Carries the plan out and waits for all answers; how late each was sent, in seconds."""
        late = []
        next_up = 0
        while next_up < len(plan):
            for at, phone, frame in plan[next_up : next_up + BURST]:
                now = perf_counter()
                if at > now:
                    break
                phone.send(frame)
                late.append(now - at)
            next_up = len(late)
            if next_up < len(plan):
                self._exchange.serve(plan[next_up][0] - perf_counter())
        deadline = perf_counter() + PATIENCE
        while any(len(phone.heard) < phone.ballot.unanswered() for phone in self.phones):
            if perf_counter() > deadline:
                raise BenchmarkFailure("not every move was answered")
            self._exchange.serve(0.1)
        return late

    def _until_live(self, started: float) -> float:
        while any(phone.live_at is None for phone in self.phones):
            if perf_counter() > started + PATIENCE:
                raise BenchmarkFailure("not every phone became live")
            self._exchange.serve(0.1)
        return max(phone.live_at or 0 for phone in self.phones)

    def _times(self) -> list[tuple[float, float]]:
        """Checks all that was heard; when each move was scheduled and when it was answered."""
        times = []
        for phone in self.phones:
            times += [(phone.ballot.answered(text).scheduled, at) for at, text in phone.heard]
            phone.heard.clear()
            if phone.ballot.unanswered():
                raise BenchmarkFailure(f"{phone.ballot.unanswered()} moves were never answered")
        return times

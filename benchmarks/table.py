"""The figures of a run beside their goals."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from .crowd import Trial
from .measuring import BEARABLE_MS, ORDINARY_RATE, Side

HEAD = ("figure", "unit", "product", "floor", "ratio", "goal *", "holds")
FOOT = "* what the product will be held to later"


@dataclass(frozen=True)
class Goal:
    """The least that is wanted, or the most that is allowed."""

    sign: str
    value: float

    def holds(self, value: float) -> bool:
        return value >= self.value if self.sign == "≥" else value <= self.value


@dataclass(frozen=True)
class Figure:
    """One line of the table, the medians of all repeats."""

    name: str
    unit: str
    digits: int
    product: float | None
    floor: float | None
    goal: Goal | None = None

    @property
    def ratio(self) -> float | None:
        return self.product / self.floor if self.product is not None and self.floor else None

    @property
    def holds(self) -> bool | None:
        if self.goal is None or self.product is None:
            return None
        return self.goal.holds(self.product)

    def cells(self) -> list[str]:
        return [
            self.name,
            self.unit,
            self._written(self.product),
            self._written(self.floor),
            "" if self.ratio is None else f"{self.ratio:.2f}",
            f"{self.goal.sign} {self._written(self.goal.value)}" if self.goal else "",
            {None: "", True: "yes", False: "no"}[self.holds],
        ]

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"ratio": self.ratio, "holds": self.holds}

    def _written(self, value: float | None) -> str:
        return "" if value is None else f"{value:,.{self.digits}f}"


def figures(product: Side | None, floor: Side) -> list[Figure]:
    """All figures, the product's missing if it was not measured."""

    def both(measured: Callable[[Side], float]) -> tuple[float | None, float]:
        return None if product is None else measured(product), measured(floor)

    def joining(size: int) -> Figure:
        seconds = both(lambda side: median(side.joins_s[size]))
        # The goal is 1,000 phones in 3 s, and as many fewer in as much less.
        return Figure(f"{size:,} phones join", "s", 2, *seconds, Goal("≤", 0.003 * size))

    rate = both(lambda side: middle(side.highest, "acknowledged_per_s"))
    rate_ms = both(lambda side: middle(side.highest, "p99_ms"))
    cpu = both(lambda side: middle(side.highest, "server_cpu_s_per_1000"))
    p50 = both(lambda side: middle(side.ordinary, "p50_ms"))
    p99 = both(lambda side: middle(side.ordinary, "p99_ms"))
    most = Figure(f"durable dots, p99 ≤ {BEARABLE_MS} ms", "dots/s", 0, *rate, Goal("≥", 6000))
    return [
        most,
        Figure("  as a part of the floor's", "", 2, most.ratio, None, Goal("≥", 0.85)),
        Figure("  CPU for 1,000 of them", "s", 3, *cpu, Goal("≤", 0.16)),
        Figure("  time to acknowledge, p99", "ms", 1, *rate_ms),
        Figure(f"time to acknowledge at {ORDINARY_RATE} dots/s, p50", "ms", 1, *p50, Goal("≤", 2)),
        Figure(f"time to acknowledge at {ORDINARY_RATE} dots/s, p99", "ms", 1, *p99, Goal("≤", 12)),
        *(joining(size) for size in floor.joins_s),
    ]


def middle(trials: list[Trial], name: str) -> float:
    return float(median(getattr(trial, name) for trial in trials))


def table(lines: list[Figure]) -> str:
    rows = [list(HEAD), *(line.cells() for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    return "\n".join([*("  ".join(aligned(row, widths)).rstrip() for row in rows), FOOT])


def aligned(row: list[str], widths: list[int]) -> list[str]:
    """Words to the left, numbers to the right."""
    words = [cell.ljust(width) for cell, width in zip(row[:2], widths[:2], strict=True)]
    return words + [cell.rjust(width) for cell, width in zip(row[2:], widths[2:], strict=True)]

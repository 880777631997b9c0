"""How long a timer runs, and what may close when it is at zero. Times are in milliseconds."""

from __future__ import annotations

MINUTE = 60_000
MOST_MINUTES = 180

ADDED = (-1, 1, 5)
"""What a press adds to a timer, in minutes."""

GRACE = 2000
"""How long after zero something closes, as the screens say: for the dots that are on their way."""


def closes_at_zero(phase: str) -> bool:
    """Whether there is anything in a phase that a timer could close: responses, or the vote."""
    return phase in ("gather", "vote")


def time_left(ends: int | None, left: int | None, now: int) -> int | None:
    """What a timer has left: 0 when it is over, None where there is none. One that stands has `left` and no `ends`."""
    if left is not None:
        return left
    return None if ends is None else max(0, ends - now)

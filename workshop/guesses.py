"""How many wrong codes are borne, from one place and from everywhere."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from workshop.errors import N_, TooMany


class Misses:
    """Counts wrong codes per source and overall, in memory alone. A right code is never held up: a venue is one
    address.

    `clock` gives seconds that only go forward.
    """

    def __init__(
        self,
        per_source: int = 30,
        overall: int = 600,
        seconds: float = 60,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limits = (per_source, overall)
        self._seconds = seconds
        self._clock = clock
        self._missed: deque[tuple[float, str]] = deque()
        self._by_source: dict[str, int] = {}

    def missed(self, source: str) -> None:
        """Count a wrong code. Raises `TooMany` where there were too many in the last minute."""
        now = self._clock()
        while self._missed and self._missed[0][0] <= now - self._seconds:
            _, gone = self._missed.popleft()
            self._by_source[gone] -= 1
            if not self._by_source[gone]:
                del self._by_source[gone]
        per_source, overall = self._limits
        if self._by_source.get(source, 0) >= per_source or len(self._missed) >= overall:
            raise TooMany(
                N_("Too many wrong codes. Wait a minute, look at the screen and try again."),
                code="too_many_codes",
            )
        self._missed.append((now, source))
        self._by_source[source] = self._by_source.get(source, 0) + 1

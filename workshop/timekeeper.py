"""The clock that timers go by, and whoever looks at it: closes what was to close when a timer is at zero.

A timer is nothing but the moment of its end, stored with its exercise, and every screen counts down to it by itself.
So a timer needs nobody while it runs, and goes on over a restart. Only its end is watched for, by each process: of two
that see it, the lock lets one close.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from workshop.actions import timing
from workshop.store import Store

log = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 0.5

# Where the database does not answer, asking it twice a second helps nobody.
SECONDS_AFTER_A_FAULT = 5.0


def now_ms() -> int:
    """Milliseconds since 1970."""
    return int(time.time() * 1000)


class Timekeeper:
    """Looks at the clock until the store is closed or the process ends. `sleep` takes seconds, `now` gives
    milliseconds since 1970.
    """

    def __init__(self, store: Store, sleep: Callable[[float], object], now: Callable[[], int] = now_ms) -> None:
        self._store = store
        self._sleep = sleep
        self._now = now

    def run(self) -> None:
        while not self._store.is_closed:
            self._sleep(SECONDS_BETWEEN_LOOKS if self.look() else SECONDS_AFTER_A_FAULT)

    def look(self) -> bool:
        """Close what is due, and say whether all went well. What did not is due again at the next look."""
        now = self._now()
        try:
            with self._store.reading() as session:
                due = timing.due(session, now)
        except Exception:
            log.exception("Nobody knows which timers are at zero")
            return False
        went = [self._close(workshop_id, number, now) for workshop_id, number in due]
        return all(went)

    def _close(self, workshop_id: int, number: int, now: int) -> bool:
        try:
            timing.close_on_time(self._store, workshop_id, number, now_ms=now)
        except Exception:
            # One workshop's trouble must not keep another's vote open.
            log.exception("Exercise %s of workshop %s could not be closed on time", number, workshop_id)
            return False
        return True

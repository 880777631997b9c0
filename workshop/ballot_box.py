"""The ballot box: moves of dots arrive many at a time and are stored a batch at a time.

Whoever casts waits in their own green thread, so one phone's moves stay in order, and is answered only after the
commit of their batch. While one batch is on its way to the disk the next one gathers: the slower the disk, the larger
the batches.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from sqlalchemy.exc import OperationalError

from workshop.actions.voting import Cast, store_moves
from workshop.ballots import Memory
from workshop.errors import N_, Busy, WorkshopError
from workshop.store import Store

log = logging.getLogger(__name__)

# More than all phones of a large hall have on the way at once. Whoever comes beyond it is told to try again, rather
# than to wait without an end.
CAPACITY = 10_000

# How long, in seconds, somebody waits for a database that does not answer.
PATIENCE = 30.0

# Bounds how long one transaction holds its workshop's lock.
LARGEST_CHANGE = 500


class Batch:
    """Casts that are stored and answered together. One event tells all who wait for them."""

    def __init__(self) -> None:
        self.casts: list[Cast] = []
        self.stored = threading.Event()


class BallotBox:
    """One box for each process. `run` is its writer, to be started once in a thread of its own."""

    def __init__(self, store: Store, capacity: int = CAPACITY) -> None:
        self._store = store
        self._capacity = capacity
        self._gathering = Batch()
        self._gate = threading.Lock()
        self._something_waits = threading.Event()
        self._listeners: list[Callable[[Cast], None]] = []
        self._memory = Memory()
        self.batches = 0

    def announce_to(self, listener: Callable[[Cast], None]) -> None:
        """Call `listener` with every cast that was stored and changed a ballot."""
        self._listeners.append(listener)

    def put(self, cast: Cast) -> Cast:
        """Cast, and wait until it is stored. Raises what kept the whole of it from being tried."""
        with self._gate:
            batch = self._gathering
            if len(batch.casts) >= self._capacity:
                raise Busy(N_("Too much is happening at once. Try again."))
            batch.casts.append(cast)
            if len(batch.casts) == 1:
                self._something_waits.set()
        if not batch.stored.wait(PATIENCE):
            # It may be stored yet. Whoever sends the same move again is told what became of it.
            raise Busy(N_("Too much is happening at once. Try again."))
        if cast.error is not None:
            raise cast.error
        return cast

    def run(self) -> None:
        """Store what is waiting, batch after batch, for as long as the process lives."""
        while True:
            self._something_waits.wait()
            with self._gate:
                batch, self._gathering = self._gathering, Batch()
                self._something_waits.clear()
            try:
                for start in range(0, len(batch.casts), LARGEST_CHANGE):
                    self._store_batch(batch.casts[start : start + LARGEST_CHANGE])
            except Exception as error:
                # Nothing may end this loop: whoever casts later would wait for nobody.
                self._give_up([cast for cast in batch.casts if cast.slots is None], error)
            finally:
                batch.stored.set()

    def _store_batch(self, casts: list[Cast]) -> None:
        by_workshop: dict[int, list[Cast]] = {}
        for cast in casts:
            by_workshop.setdefault(cast.workshop_id, []).append(cast)
        for workshop_id, those in by_workshop.items():
            try:
                self._store_together(workshop_id, those)
            except Exception as error:
                if isinstance(error, (WorkshopError, OperationalError)):
                    self._give_up(those, error)
                else:
                    # One cast that cannot be stored must not cost the others their dots; and what was remembered
                    # is forgotten now, should that have been the reason.
                    log.exception("A batch of %s casts failed; storing them one by one", len(those))
                    self._store_one_by_one(workshop_id, those)

    def _store_one_by_one(self, workshop_id: int, casts: list[Cast]) -> None:
        for cast in casts:
            try:
                self._store_together(workshop_id, [cast])
            except Exception as error:
                self._give_up([cast], error)

    def _store_together(self, workshop_id: int, casts: list[Cast]) -> None:
        self.batches += 1
        moves = sum(len(cast.moves) or 1 for cast in casts)
        with self._store.change(workshop_id, tally=moves) as session:
            version, tally_version = session.info["versions"]
            known = self._memory.recall(workshop_id, (version, tally_version - moves))
            store_moves(session, workshop_id, casts, known)
        self._memory.keep(workshop_id, (version, tally_version), known)
        for cast in casts:
            if "moved" in cast.outcomes:
                self._announce(cast)

    def _announce(self, cast: Cast) -> None:
        for listener in self._listeners:
            try:
                listener(cast)
            except Exception:
                # The dots are stored and must be acknowledged, whatever befalls another tab.
                log.exception("Another tab was not told of a move")

    def _give_up(self, casts: list[Cast], error: Exception) -> None:
        if not isinstance(error, WorkshopError):
            log.error("A move could not be stored", exc_info=error)
            error = Busy(N_("Your dot could not be stored. Try again."))
        for cast in casts:
            cast.error = error
            cast.slots = None

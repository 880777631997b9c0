"""What takes its time to be read for a change is read ahead of it: nobody should wait for that to vote."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy.orm import Session

from workshop.models import Workshop
from workshop.store import Store

Read = TypeVar("Read")


@contextmanager
def read_ahead(
    store: Store, workshop_id: int, read: Callable[[Session, Workshop], Read]
) -> Iterator[tuple[Session, Read]]:
    """Change a workshop knowing what `read` gives: `store.change`, with that beside its session.

    It is read before the lock is taken, and once more under it where the workshop has changed meanwhile, so that it is
    of the moment of the change. `read` returns plain values: its session is closed.
    """
    with store.reading() as session:
        workshop = session.get(Workshop, workshop_id)
        found = workshop and (workshop.version, workshop.tally_version, read(session, workshop))
    with store.change(workshop_id) as session:
        # Where there was no such workshop, `change` has said so.
        if found and session.info["versions"] == (found[0] + 1, found[1]):
            yield session, found[2]
        else:
            yield session, read(session, session.get_one(Workshop, workshop_id))

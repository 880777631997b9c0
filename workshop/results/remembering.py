"""What was worked out of a result, kept for the next who looks at it: most views come when nothing has changed.

Each database has a memory of its own. Within a change nothing is kept or looked up: what is seen there may never be
committed.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from flask_babel import get_locale
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from workshop.models import Exercise

Thing = TypeVar("Thing")

# Who has just closed a vote is looked at by many, and hardly anybody looks at what is long over.
MOST = 16

_memories: WeakKeyDictionary[Engine, OrderedDict[tuple[Any, ...], Any]] = WeakKeyDictionary()
_lock = Lock()


def remembered(session: Session, exercise: Exercise, work_out: Callable[[], Thing], what: str = "report") -> Thing:
    """What `work_out` gives, worked out once for each state of the workshop and each language; `what` tells it from
    other things of the same exercise. It must be plain values, for they outlive the session, and follow from what is
    stored.
    """
    workshop = exercise.workshop
    # `change` writes here what it has made of the versions.
    if "versions" in session.info or session.dirty:
        return work_out()
    # The code is there because a number may come again when a workshop was deleted.
    key = (what, workshop.code, exercise.id, workshop.version, workshop.tally_version, str(get_locale()))
    with _lock:
        memory = _memories.setdefault(session.get_bind().engine, OrderedDict())
        if key in memory:
            memory.move_to_end(key)
            kept: Thing = memory[key]
            return kept
    found = work_out()
    with _lock:
        memory[key] = found
        while len(memory) > MOST:
            memory.popitem(last=False)
    return found

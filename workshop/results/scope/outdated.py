"""What results say of a scope by now, and it does not: something to bring in again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from workshop.models import Exercise, ScopeItem, Workshop
from workshop.results.remembering import remembered
from workshop.results.reporting import report
from workshop.results.scope.deriving import Derivation, Derived, counts_for_scope, derive

# What of an item's evidence is words in somebody's language, and no figure.
WORDS = ("side",)


class Outdated(NamedTuple):
    """How many items have changed in the results since they were last brought in."""

    new: int
    """Above the line now, or parked, and not in the scope yet."""
    changed: int
    """With other dots, people, ranks or verdicts, in another section or in other words."""
    gone: int
    """No longer above the line."""


NOTHING = Outdated(0, 0, 0)


def read_outdated(session: Session, workshop: Workshop, rows: Collection[ScopeItem]) -> Outdated:
    """What has changed since results were last brought into a scope that has these `rows`, removed ones among them."""
    if not any(row.derived for row in rows):
        return NOTHING
    found: dict[int, Sequence[Derived]] = {}
    for each in workshop.exercises:
        if counts_for_scope(each):
            found |= remembered(session, each, partial(_derived, session, each), "scope")
    return outdated(found, rows)


def _derived(session: Session, exercise: Exercise) -> Derivation:
    return derive([report(session, exercise)])


def outdated(found: Derivation, rows: Collection[ScopeItem]) -> Outdated:
    """What results say, held against items as they were last derived from them. What somebody edited is no change, nor
    is what they removed; notes are no results.
    """
    by_key = {(row.exercise, row.response): row for row in rows if row.derived}
    wanted = {(each.exercise, each.response): each for those in found.values() for each in those}
    known = {key: row for key, row in by_key.items() if key in wanted}
    back = [key for key, row in known.items() if row.removed and "dropped" in row.derived]
    return Outdated(
        new=len(wanted) - len(known) + len(back),
        changed=sum(not row.removed and _differs(row, wanted[key]) for key, row in known.items()),
        gone=sum(
            row.exercise in found and not row.removed and not row.evidence.get("below")
            for key, row in by_key.items()
            if key not in wanted
        ),
    )


def _differs(row: ScopeItem, each: Derived) -> bool:
    said = (row.derived.get("section"), row.derived.get("text"), _figures(row.evidence))
    return said != (each.section, each.text, _figures(each.evidence))


def _figures(evidence: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in evidence.items() if name not in WORDS}

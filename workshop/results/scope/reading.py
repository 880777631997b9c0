"""The scope of a workshop as it stands, and as what is kept of it in a version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop.models import Exercise, ScopeItem, ScopePart, ScopeVersion, Workshop
from workshop.results.reporting import Report, report
from workshop.results.scope import parts
from workshop.results.scope.deriving import counts_for_scope


@dataclass(frozen=True, slots=True)
class Scope:
    """The draft; or what was agreed, which is the same until a new draft is started."""

    workshop: Workshop
    items: Mapping[str, Sequence[ScopeItem]]
    """By section: `in`, `out`, `parked`. Each in its order."""
    removed: Sequence[ScopeItem]
    parts: Mapping[str, dict[str, Any]]
    """Every part by its key, with its defaults where nobody has written anything."""
    version: int
    """The number that this version will have when it is saved; that of the version that is agreed, if one is."""
    agreed: int | None

    @property
    def all_items(self) -> list[ScopeItem]:
        return [*(row for rows in self.items.values() for row in rows), *self.removed]

    @property
    def is_empty(self) -> bool:
        return not any(self.items.values())


def read_scope(session: Session, workshop: Workshop) -> Scope:
    """Read in one transaction, so that all of it is of one moment."""
    rows = session.scalars(
        select(ScopeItem).where(ScopeItem.workshop_id == workshop.id).order_by(ScopeItem.place, ScopeItem.number)
    ).all()
    written = session.scalars(select(ScopePart).where(ScopePart.workshop_id == workshop.id)).all()
    newest = session.scalar(select(func.max(ScopeVersion.number)).where(ScopeVersion.workshop_id == workshop.id))
    # A default is in the language of whoever reads it, and what was agreed is in that of those who agreed it.
    agreed = None if workshop.agreed is None else session.get_one(ScopeVersion, (workshop.id, workshop.agreed))
    # A part that holds nothing was undone.
    said = parts.filled({each.key: each.value for each in written if each.value})
    return Scope(
        workshop=workshop,
        items={
            section: [row for row in rows if row.section == section and not row.removed]
            for section in ScopeItem.SECTIONS
        },
        removed=[row for row in rows if row.removed],
        parts=said if agreed is None else agreed.content["parts"],
        version=workshop.agreed or (newest or 0) + 1,
        agreed=workshop.agreed,
    )


def versions(session: Session, workshop: Workshop) -> Sequence[ScopeVersion]:
    """What was saved, newest first."""
    return session.scalars(
        select(ScopeVersion)
        .where(ScopeVersion.workshop_id == workshop.id, ~ScopeVersion.removed)
        .order_by(ScopeVersion.number.desc())
    ).all()


def reports(session: Session, workshop: Workshop) -> list[Report]:
    """What a scope can be derived from: a report of every exercise that was revealed, in the order of the agenda."""
    return [report(session, each) for each in workshop.exercises if counts_for_scope(each)]


def without_line(workshop: Workshop) -> list[Exercise]:
    """The exercises that were revealed and in which no line was drawn: they say nothing about the scope."""
    return [
        each for each in workshop.exercises if counts_for_scope(each) and each.cut is None and each.cut_share is None
    ]


def content(scope: Scope) -> dict[str, Any]:
    """All of a scope as JSON has it: what a version keeps, what a document is made from, what is compared."""
    snapshot = {
        "items": {section: [item_content(each) for each in rows] for section, rows in scope.items.items()},
        "parts": scope.parts,
        "version": scope.version,
        "state": "draft" if scope.agreed is None else "agreed",
    }
    # As it will be read from a version again: no tuples, no dates.
    plain: dict[str, Any] = json.loads(json.dumps(snapshot, default=str))
    return plain


def item_content(row: ScopeItem) -> dict[str, Any]:
    return {
        "number": row.number,
        "exercise": row.exercise,
        "response": f"R{row.response}" if row.response else None,
        "text": row.text,
        "note": row.note,
        "elsewhere": row.elsewhere,
        "priority": row.priority,
        "components": list(row.components),
        "core_areas": list(row.core_areas),
        "evidence": dict(row.evidence),
    }


def says_the_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two contents differ in nothing but their version and whether it was agreed."""
    return (one["items"], one["parts"]) == (other["items"], other["parts"])


def mark(value: Any) -> str:
    """A short word for what a form was made from: another one as soon as anything of it is."""
    said = json.dumps(value, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def item_mark(row: ScopeItem) -> str:
    """The mark of what the form of an item holds; where it stands is no part of it."""
    return mark([row.text, row.note, row.elsewhere, row.priority, row.components, row.core_areas])

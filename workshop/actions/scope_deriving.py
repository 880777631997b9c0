"""Fill the scope from results, and again from new ones: nothing that somebody has edited since is lost by it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from workshop.actions.agreed import check_draft
from workshop.actions.ahead import read_ahead
from workshop.actions.history import By, put, record
from workshop.actions.scoping import all_items, check_room, new_item
from workshop.errors import N_, NotNow
from workshop.models import ScopeItem, Workshop
from workshop.results.scope import reading
from workshop.results.scope.deriving import Derivation, Derived, derive
from workshop.store import Store

FIELDS = ("section", "text", "note")
"""What a result says of an item, and somebody may say otherwise."""
ADDED = ("elsewhere", "priority", "components", "core_areas")
"""What only people say of one."""


class Came(NamedTuple):
    """What became of a derivation."""

    added: int
    changed: int
    removed: int
    kept: int
    """No longer above the line, and kept because somebody had edited them."""
    entry: int | None
    """In the history."""


def derive_scope(store: Store, workshop_id: int, *, by: By) -> Came:
    """Bring what results say into the scope.

    A field that nobody edited since it was last derived takes the new value. What a result no longer has is removed
    if nobody edited it, and otherwise kept and marked. What somebody removed stays removed. Exercises without a
    result or a line are left alone. Raises `NotNow` where there is no other.
    """
    with read_ahead(store, workshop_id, _read_results) as (session, found):
        check_draft(session.get_one(Workshop, workshop_id))
        if not found:
            raise NotNow(N_("Draw the line in a revealed result first: it says what goes forward."), code="no_line")
        before = all_items(session, workshop_id)
        rows = {(row.exercise, row.response): row for row in before if row.response}
        wanted = {(each.exercise, each.response): each for those in found.values() for each in those}
        new = [key for key in wanted if key not in rows]
        check_room(before, len(new))
        in_order = _keep_order(before)
        newest = max((row.number for row in before), default=0)
        end = max((row.place for row in before), default=0)
        changed = [_renew(rows[key], each, end + 1) for key, each in wanted.items() if key not in new]
        for more, key in enumerate(new, start=1):
            each = wanted[key]
            rows[key] = new_item(
                session, workshop_id, newest + more, each.section, end + 1 + more, exercise=each.exercise,
                response=each.response, text=each.text, note=each.note, evidence=each.evidence, derived=_said(each),
            )  # fmt: skip
        gone = [
            _let_go(row) for key, row in rows.items() if key not in wanted and row.exercise in found and not row.removed
        ]
        for section in ScopeItem.SECTIONS:
            _set_places([row for row in all_items(session, workshop_id) if row.section == section], wanted, in_order)
        entry = record(session, workshop_id, by, "derive_scope", count=len(new))
        return Came(len(new), sum(changed), gone.count("removed"), gone.count("kept"), entry)


def _read_results(session: Session, workshop: Workshop) -> Derivation:
    return derive(reading.reports(session, workshop))


def _said(each: Derived) -> dict[str, Any]:
    return {"section": each.section, "text": each.text, "note": each.note}


def _renew(row: ScopeItem, each: Derived, end: int) -> bool:
    """Let an item take what nobody edited, and come back if only a result had removed it. In another section it stands
    at the place `end`. Returns whether it shows.
    """
    said = _said(each)
    fields = {name: said[name] for name in FIELDS if getattr(row, name) == row.derived.get(name)}
    comes_back = row.removed and "dropped" in row.derived
    shows = comes_back or any(getattr(row, name) != value for name, value in fields.items())
    shows = shows or row.evidence != each.evidence
    if comes_back:
        put(row, removed=False)
    if fields.get("section", row.section) != row.section:
        put(row, place=end)
    place = {name: row.derived[name] for name in ("place",) if name in row.derived}
    put(row, **fields, evidence=each.evidence, derived=said | place)
    return shows and not row.removed


def _let_go(row: ScopeItem) -> str | None:
    """Remove what a result no longer has; what somebody edited stays, and says so. Returns which, or None for what was
    marked before.
    """
    if not is_edited(row):
        put(row, removed=True, derived=row.derived | {"dropped": True})
        return "removed"
    if row.evidence.get("below"):
        return None
    put(row, evidence=row.evidence | {"below": True})
    return "kept"


def is_edited(row: ScopeItem) -> bool:
    """Whether somebody has said anything of an item that its result did not, or brought it back."""
    says_more = any(getattr(row, name) != row.derived.get(name) for name in FIELDS)
    return says_more or any(getattr(row, name) for name in ADDED) or bool(row.derived.get("restored"))


def _keep_order(rows: list[ScopeItem]) -> set[str]:
    """The sections in which nobody has moved anything since it was derived: there the ranking goes on to order."""
    moved = {
        row.section
        for row in rows
        if not row.removed and "place" in row.derived and row.section == row.derived["section"]
        and row.place != row.derived["place"]
    }  # fmt: skip
    return set(ScopeItem.SECTIONS) - moved


def _set_places(rows: list[ScopeItem], wanted: Mapping[tuple[int, int], Derived], in_order: set[str]) -> None:
    """Put a section's items in order: by rank come first those that a result put there, if nobody has moved any."""
    rank = {key: place for place, key in enumerate(wanted)}

    def order(row: ScopeItem) -> tuple[int, int]:
        key = (row.exercise or 0, row.response or 0)
        return (0, rank[key]) if key in rank and row.section == row.derived["section"] else (1, row.place)

    is_ranked = bool(rows) and rows[0].section in in_order
    wanted_order = sorted(rows, key=order) if is_ranked else rows
    if wanted_order != rows or len({row.place for row in rows}) < len(rows):
        for place, row in enumerate(wanted_order, start=1):
            put(row, place=place)
    for row in rows:
        if row.derived and row.section == row.derived["section"]:
            # No place is 0: a section that somebody has put in order stays so.
            put(row, derived=row.derived | {"place": row.place if is_ranked else 0})

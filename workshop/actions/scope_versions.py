"""Versions of a scope: saved, agreed, and brought back as the draft.

What a version says is never changed, whatever becomes of the results that it was made from. That it was agreed it says
also once a new draft was started, unless the agreeing is undone.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop import rules
from workshop.actions.agreed import check_draft, check_same
from workshop.actions.ahead import read_ahead
from workshop.actions.history import By, made, put, record
from workshop.actions.scoping import all_items, find_version, put_part
from workshop.errors import N_, NotNow, Unacceptable
from workshop.models import ScopeItem, ScopeVersion, Workshop
from workshop.results.scope.grounds import keep, read_grounds
from workshop.results.scope.reading import content, read_scope
from workshop.store import Store

LONGEST_LABEL = 80
MOST_VERSIONS = 99


def save_scope_version(
    store: Store, workshop_id: int, label: str, *, by: By, seen: int | None = None, agree: bool = False
) -> tuple[int, int | None]:
    """Save the draft as a version, and agree it at once if `agree`. Returns its number and the entry in the history.

    `seen` is the number that the version was to have: pressed twice, or by two at once, it is saved once.
    """
    label = rules.tidy(label)
    if len(label) > LONGEST_LABEL:
        raise Unacceptable(
            N_("That is %(length)s characters. There is room for %(longest)s."),
            code="label",
            length=len(label),
            longest=LONGEST_LABEL,
        )
    with read_ahead(store, workshop_id, _read_draft) as (session, (said, grounds)):
        workshop = session.get_one(Workshop, workshop_id)
        check_draft(workshop)
        newest = session.scalar(select(func.max(ScopeVersion.number)).where(ScopeVersion.workshop_id == workshop_id))
        number = (newest or 0) + 1
        if seen is not None and seen != number:
            raise NotNow(
                N_("Meanwhile version %(version)s was saved. Look at it; if you want another one, press again."),
                code="saved_meanwhile",
                version=newest,
            )
        if number > MOST_VERSIONS:
            raise NotNow(N_("A scope has %(most)s versions at the most."), code="too_many_versions", most=MOST_VERSIONS)
        if not any(said["items"].values()):
            raise NotNow(N_("There is nothing in this scope yet, so there is no version of it to save."), code="empty")
        state = {"version": number, "state": "agreed" if agree else "draft"}
        row = ScopeVersion(
            workshop_id=workshop_id, number=number, label=label, content=said | state, grounds=grounds,
            saved_at=by.at, role=by.role, name=by.name,
        )  # fmt: skip
        session.add(row)
        made(row, removed=True)
        if agree:
            put(workshop, agreed=number)
            return number, record(session, workshop_id, by, "agree_scope", version=number)
        return number, record(session, workshop_id, by, "save_scope_version", version=number)


def _read_draft(session: Session, workshop: Workshop) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the draft says, and its grounds as a version keeps them."""
    said = content(read_scope(session, workshop))
    return said, keep(read_grounds(session, workshop, said))


def agree_scope(store: Store, workshop_id: int, number: int, *, by: By) -> int | None:
    """Mark a version as agreed: then the scope is read only. Raises `NotNow` where the draft says something else."""
    with store.change(workshop_id) as session:
        workshop = session.get_one(Workshop, workshop_id)
        if workshop.agreed != number:
            check_draft(workshop)
            row = find_version(session, workshop_id, number)
            check_same(session, workshop, row)
            put(row, content=row.content | {"state": "agreed"})
            put(workshop, agreed=number)
        return record(session, workshop_id, by, "agree_scope", version=number)


def start_scope_draft(store: Store, workshop_id: int, *, by: By) -> int | None:
    """Let what was agreed be changed again. Its version stays as it is."""
    with store.change(workshop_id) as session:
        workshop = session.get_one(Workshop, workshop_id)
        was = workshop.agreed
        put(workshop, agreed=None)
        return record(session, workshop_id, by, "start_scope_draft", version=was)


def restore_scope_version(store: Store, workshop_id: int, number: int, *, by: By) -> int | None:
    """Make the draft say what a version says. What only the draft has is removed, and can be restored."""
    with store.change(workshop_id) as session:
        workshop = session.get_one(Workshop, workshop_id)
        check_draft(workshop)
        version = find_version(session, workshop_id, number)
        _restore_items(session, workshop_id, version.content["items"])
        _restore_parts(session, workshop, version.content["parts"])
        return record(session, workshop_id, by, "restore_scope_version", version=number)


def _restore_items(session: Session, workshop_id: int, sections: dict[str, list[dict[str, Any]]]) -> None:
    rows = {row.number: row for row in all_items(session, workshop_id)}
    kept = set()
    for section in ScopeItem.SECTIONS:
        for place, item in enumerate(sections[section], start=1):
            # Numbers are never used again, and no row is ever deleted.
            fields = {name: value for name, value in item.items() if name not in ("number", "exercise", "response")}
            put(rows[item["number"]], section=section, place=place, removed=False, **fields)
            kept.add(item["number"])
    for number, row in rows.items():
        if number not in kept:
            put(row, removed=True)


def _restore_parts(session: Session, workshop: Workshop, wanted: dict[str, dict[str, Any]]) -> None:
    known = read_scope(session, workshop).parts
    for key, value in wanted.items():
        # One that this program has no more stays in its version.
        if key in known and value != known[key]:
            put_part(session, workshop.id, key, value)

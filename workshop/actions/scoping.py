"""What facilitators and the organiser do with a scope while it is a draft: its items, one by one, and its parts.

`actions.scope_deriving` fills it from results, `actions.scope_versions` saves it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop import rules
from workshop.actions.agreed import check_draft
from workshop.actions.discussing import LONGEST_NOTE as LONGEST_SAID
from workshop.actions.discussing import plain
from workshop.actions.history import By, made, put, record
from workshop.errors import N_, NotFound, NotNow, NotUnderstood, Unacceptable
from workshop.models import ScopeItem, ScopePart, ScopeVersion, Workshop
from workshop.results.scope.reading import item_mark, mark, read_scope
from workshop.store import Store

LONGEST_TEXT = rules.LONGEST_CAP
# What was noted down on a response, and before it why that is parked: at the most the numbers of all that tie with it.
LONGEST_NOTE = LONGEST_SAID + 5_000
LONGEST_ELSEWHERE = 200
MOST_ITEMS = 300


class Wording(NamedTuple):
    """What somebody says of an item."""

    text: str
    note: str = ""
    elsewhere: str = ""
    priority: str | None = None
    components: Sequence[str] = ()
    core_areas: Sequence[str] = ()


# Items ----------------------------------------------------------------------------------------------------------------


def add_scope_item(
    store: Store, workshop_id: int, section: str, wording: Wording, *, by: By, seen: int | None = None
) -> tuple[int, int | None]:
    """Add something at the end of a section. Returns its number and the entry in the history.

    `seen` is the highest number that there was when somebody began: pressed twice, it is added once.
    """
    with store.change(workshop_id) as session:
        workshop = _draft(session, workshop_id)
        _check_section(section)
        fields = _checked(session, workshop, wording)
        rows = all_items(session, workshop_id)
        newest = max((row.number for row in rows), default=0)
        if seen is not None and seen != newest:
            raise NotNow(
                N_("Meanwhile something else was added. Look whether it is what you mean; if not, press again."),
                code="added_meanwhile",
            )
        check_room(rows, 1)
        row = new_item(
            session, workshop_id, newest + 1, section, last_place(session, workshop_id, section) + 1, **fields
        )
        return row.number, record(session, workshop_id, by, "add_scope_item", item=row.text, section=section)


def edit_scope_item(
    store: Store, workshop_id: int, number: int, wording: Wording, *, by: By, seen: str | None = None
) -> int | None:
    """Change what is said of an item. `seen` is the `item_mark` of what somebody began to change.

    Raises `NotNow` where somebody else has changed it since to something else.
    """
    with store.change(workshop_id) as session:
        workshop = _draft(session, workshop_id)
        row = find_item(session, workshop_id, number)
        fields = _checked(session, workshop, wording, row)
        is_as_wanted = all(getattr(row, name) == value for name, value in fields.items())
        if seen is not None and seen != item_mark(row) and not is_as_wanted:
            raise changed_meanwhile()
        put(row, **fields)
        return record(session, workshop_id, by, "edit_scope_item", item=row.text)


def move_scope_item(store: Store, workshop_id: int, number: int, section: str, *, by: By) -> int | None:
    """Move an item to the end of another section."""
    with store.change(workshop_id) as session:
        _draft(session, workshop_id)
        row = find_item(session, workshop_id, number)
        _check_section(section)
        if row.section != section:
            put(row, section=section, place=last_place(session, workshop_id, section) + 1)
        return record(session, workshop_id, by, "move_scope_item", item=row.text, section=section)


def reorder_scope_item(
    store: Store, workshop_id: int, number: int, way: int, *, by: By, seen: int | None = None
) -> int | None:
    """Let an item change places with the one before it (`way` -1) or after it (1) in its section.

    `seen` is where it stood, from 1, when somebody pressed.
    """
    with store.change(workshop_id) as session:
        _draft(session, workshop_id)
        row = find_item(session, workshop_id, number)
        rows = in_section(session, workshop_id, row.section)
        here = rows.index(row)
        if seen is not None and seen != here + 1:
            raise NotNow(N_("The scope has been reordered meanwhile. Here is how it stands now."), code="moved_on")
        if 0 <= here + way < len(rows):
            other = rows[here + way]
            mine, theirs = row.place, other.place
            # Two of the same place stand by their numbers, and would not change by swapping.
            if mine == theirs:
                for place, each in enumerate(rows, start=1):
                    put(each, place=place)
                mine, theirs = row.place, other.place
            put(row, place=theirs)
            put(other, place=mine)
        return record(session, workshop_id, by, "reorder_scope_item", item=row.text)


def remove_scope_item(store: Store, workshop_id: int, number: int, *, by: By) -> int | None:
    """Take an item out of the scope. It can be restored, and deriving again does not bring it back."""
    with store.change(workshop_id) as session:
        _draft(session, workshop_id)
        row = find_item(session, workshop_id, number, removed=None)
        put(row, removed=True)
        return record(session, workshop_id, by, "remove_scope_item", item=row.text)


def restore_scope_item(store: Store, workshop_id: int, number: int, *, by: By) -> int | None:
    """Put an item back where it stood."""
    with store.change(workshop_id) as session:
        _draft(session, workshop_id)
        row = find_item(session, workshop_id, number, removed=None)
        if row.removed:
            check_room(all_items(session, workshop_id), 1)
            # What a result removed stays from now on, whatever the result says.
            derived = {name: value for name, value in row.derived.items() if name != "dropped"}
            put(row, removed=False, derived=derived | {"restored": True} if "dropped" in row.derived else derived)
        return record(session, workshop_id, by, "restore_scope_item", item=row.text)


# Parts ----------------------------------------------------------------------------------------------------------------


def save_scope_part(
    store: Store, workshop_id: int, key: str, value: dict[str, Any], *, by: By, seen: str | None = None
) -> int | None:
    """Save a part. `seen` is the `mark` of what it said when somebody began to change it.

    Raises `NotNow` where somebody else has saved something else meanwhile.
    """
    with store.change(workshop_id) as session:
        workshop = _draft(session, workshop_id)
        known = read_scope(session, workshop).parts
        if key not in known:
            raise NotFound(N_("There is no such part of the scope."), code="no_such_part")
        if value == known[key]:
            return None
        if seen is not None and seen != mark(known[key]):
            raise changed_meanwhile()
        put_part(session, workshop_id, key, value)
        return record(session, workshop_id, by, "save_scope_part", part=key)


def changed_meanwhile() -> NotNow:
    return NotNow(
        N_("Somebody else has changed this meanwhile, so nothing was saved. Save again to replace it."),
        code="changed_meanwhile",
    )


# What the verbs share -------------------------------------------------------------------------------------------------


def all_items(session: Session, workshop_id: int) -> list[ScopeItem]:
    """Every item that there is or was, in the order of its place."""
    wanted = select(ScopeItem).where(ScopeItem.workshop_id == workshop_id)
    return list(session.scalars(wanted.order_by(ScopeItem.place, ScopeItem.number)))


def in_section(session: Session, workshop_id: int, section: str) -> list[ScopeItem]:
    """What stands in a section, in its order."""
    return [row for row in all_items(session, workshop_id) if row.section == section and not row.removed]


def last_place(session: Session, workshop_id: int, section: str) -> int:
    rows = all_items(session, workshop_id)
    # Those that were removed can come back.
    return max((row.place for row in rows if row.section == section), default=0)


def find_item(session: Session, workshop_id: int, number: int, *, removed: bool | None = False) -> ScopeItem:
    """An item. Raises `NotFound`, and `NotNow` where it was removed; with `removed` as None it may have been."""
    row = session.get(ScopeItem, (workshop_id, number))
    if row is None:
        raise NotFound(N_("There is no such item in the scope."), code="no_such_item")
    if removed is not None and row.removed != removed:
        raise NotNow(N_("This was removed from the scope meanwhile. Restore it first."), code="removed")
    return row


def find_version(session: Session, workshop_id: int, number: int) -> ScopeVersion:
    """A version that was saved. Raises `NotFound`."""
    row = session.get(ScopeVersion, (workshop_id, number))
    if row is None or row.removed:
        raise NotFound(N_("There is no such version of the scope."), code="no_such_version")
    return row


def put_part(session: Session, workshop_id: int, key: str, value: dict[str, Any]) -> None:
    """Set what a part says, within a change that is recorded. Undone, one that was new holds nothing."""
    row = session.get(ScopePart, (workshop_id, key))
    if row is None:
        row = ScopePart(workshop_id=workshop_id, key=key, value={})
        session.add(row)
        session.flush()
    put(row, value=value)


def check_room(rows: Sequence[ScopeItem], more: int) -> None:
    """Raise where a scope would hold more than anybody reads."""
    if sum(1 for row in rows if not row.removed) + more > MOST_ITEMS:
        raise Unacceptable(N_("A scope has %(most)s entries at the most."), code="too_many_entries", most=MOST_ITEMS)


def new_item(session: Session, workshop_id: int, number: int, section: str, place: int, **fields: Any) -> ScopeItem:
    """Add an item, within a change that is recorded."""
    row = ScopeItem(workshop_id=workshop_id, number=number, section=section, place=place, **fields)
    session.add(row)
    made(row, removed=True)
    return row


def _draft(session: Session, workshop_id: int) -> Workshop:
    workshop = session.get_one(Workshop, workshop_id)
    check_draft(workshop)
    return workshop


def _check_section(section: str) -> None:
    if section not in ScopeItem.SECTIONS:
        raise NotUnderstood(N_("A section is “in”, “out” or “parked”."), code="section")


def _checked(session: Session, workshop: Workshop, wording: Wording, row: ScopeItem | None = None) -> dict[str, Any]:
    """The fields of an item. Raises an error whose code is the name of the field."""
    known = read_scope(session, workshop).parts
    text = rules.tidy(wording.text)
    if not text:
        raise Unacceptable(N_("Write what it is first."), code="text")
    if wording.priority not in (None, *ScopeItem.PRIORITIES):
        raise NotUnderstood(N_("A priority is “high”, “medium” or “low”, or empty."), code="priority")
    return {
        "text": _fits(text, LONGEST_TEXT, "text"),
        "note": _fits(plain(wording.note).strip(), LONGEST_NOTE, "note"),
        "elsewhere": _fits(rules.tidy(wording.elsewhere), LONGEST_ELSEWHERE, "elsewhere"),
        "priority": wording.priority,
        "components": _chosen(wording.components, known["components"]["components"], row.components if row else []),
        "core_areas": _chosen(wording.core_areas, known["core_areas"]["areas"], row.core_areas if row else []),
    }


def _fits(text: str, longest: int, field: str) -> str:
    if len(text) > longest:
        raise Unacceptable(
            N_("That is %(length)s characters. There is room for %(longest)s."),
            code=field,
            length=len(text),
            longest=longest,
        )
    return text


def _chosen(names: Sequence[str], known: Sequence[str], had: Sequence[str]) -> list[str]:
    """Those of the known names that were chosen, in their order; and what it had before its name was taken off the
    list. Another one cannot be meant.
    """
    return [each for each in dict.fromkeys([*known, *had]) if each in names]

"""Agendas that are used again: a workshop as another's copy, and templates that an organiser keeps."""

from __future__ import annotations

import random
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop import agenda
from workshop.actions import hosting
from workshop.actions.board_look import look_of
from workshop.actions.rehearsing import agenda_of
from workshop.agenda import LONGEST_TITLE, Agenda
from workshop.agenda.shipped import SHIPPED, shipped
from workshop.errors import N_, NotFound
from workshop.models import Template, Workshop
from workshop.store import Store


def duplicate_workshop(
    store: Store,
    workshop_id: int,
    title: str,
    *,
    title_in: dict[str, str] | None = None,
    key: str,
    now: int,
    chance: random.Random,
) -> Workshop:
    """Open a workshop with the agenda of another: a new code and new links, and nothing of what people did. `title_in`
    is the new title in further languages.
    """
    title = _title(title)
    with store.reading() as session:
        original = session.get_one(Workshop, workshop_id)
        planned, look = agenda_of(session, original).called(title, title_in), look_of(original)
    return hosting.open_workshop(store, planned, key=key, now=now, chance=chance, **look)


def keep_template(store: Store, workshop_id: int, title: str, *, now: int) -> int:
    """Keep the agenda of a workshop for another time. Returns the template's number."""
    title = _title(title)
    with store.reading() as session:
        planned = agenda_of(session, session.get_one(Workshop, workshop_id)).called(title)
    with store.creation() as session:
        template = Template(title=title, agenda=agenda.to_json(planned), kept_at=now)
        session.add(template)
        session.flush()
        return template.id


def rename_template(store: Store, number: int, title: str) -> None:
    title = _title(title)
    with store.creation() as session:
        _find(session, number).title = title


def remove_template(store: Store, number: int) -> None:
    """Take a template off the list. `restore_template` brings it back."""
    with store.creation() as session:
        _find(session, number).removed = True


def restore_template(store: Store, number: int) -> None:
    with store.creation() as session:
        _find(session, number, removed=True).removed = False


def templates(session: Session, *, removed: bool = False) -> Sequence[Template]:
    """Those that were kept, or those that were removed since, by title."""
    wanted = select(Template).where(Template.removed == removed)
    return sorted(session.scalars(wanted), key=lambda each: (each.title.casefold(), each.id))


def template(session: Session, name: str) -> Agenda:
    """The agenda of a template that is shipped, by its name, or that was kept, by its number."""
    if name in SHIPPED:
        return shipped(name)
    number = int(name) if name.isascii() and name.isdigit() and len(name) < 10 else 0
    kept = _find(session, number)
    return agenda.from_json(kept.agenda).called(kept.title)


def _find(session: Session, number: int, *, removed: bool = False) -> Template:
    found = session.get(Template, number)
    if found is None or (found.removed and not removed):
        raise NotFound(N_("There is no such template, or no longer."), code="no_such_template")
    return found


def _title(title: str) -> str:
    return agenda.words(title, "title", N_("Give it a title."), LONGEST_TITLE)

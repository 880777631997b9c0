"""What a facilitator does with the secret links that give a role: make, name, revoke and rotate them.

A link that is revoked is not deleted: its time of revocation is set, so undoing that makes it work again. There is
always a facilitator's link that works.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop import rules
from workshop.actions.history import By, check_links, made, put, record
from workshop.actions.hosting import new_link
from workshop.errors import N_, NotFound, NotNow, Unacceptable
from workshop.models import Link
from workshop.store import Store

LONGEST_NAME = 40

# Of all that were ever made: a revoked one is kept.
MOST_LINKS = 200


def create_link(
    store: Store, workshop_id: int, role: str, name: str, *, key: str, chance: random.Random, by: By
) -> tuple[int, int | None]:
    """Make a link for a role. Returns its id and the entry in the history; undoing that revokes it."""
    if role not in Link.ROLES:
        raise Unacceptable(N_("Choose what the link is for."), code="role")
    with store.change(workshop_id) as session:
        link = _add(session, new_link(workshop_id, role, key, chance, _checked(name)), by)
        return link.id, record(session, workshop_id, by, "create_link", role=role, name=link.name)


def rename_link(store: Store, workshop_id: int, link_id: int, name: str, *, by: By) -> int | None:
    """Name a link, or take its name away with an empty one."""
    with store.change(workshop_id) as session:
        link = find_link(session, workshop_id, link_id)
        before = link.name
        put(link, name=_checked(name))
        return record(session, workshop_id, by, "rename_link", role=link.role, name=link.name, before=before)


def revoke_link(store: Store, workshop_id: int, link_id: int, *, by: By) -> int | None:
    """Stop a link from working; undoing that makes it work again. Raises `NotNow` for the last that runs the workshop,
    and for the one that the facilitator is here with.
    """
    with store.change(workshop_id) as session:
        link = find_link(session, workshop_id, link_id)
        _check_works(link)
        put(link, revoked_at=by.at)
        check_links(session, workshop_id, by)
        return record(session, workshop_id, by, "revoke_link", role=link.role, name=link.name)


def rotate_link(
    store: Store, workshop_id: int, link_id: int, *, key: str, chance: random.Random, by: By
) -> tuple[int, int | None]:
    """Put a new link of the same role and name in the place of one, which stops working. Returns the new one's id."""
    with store.change(workshop_id) as session:
        link = find_link(session, workshop_id, link_id)
        _check_works(link)
        put(link, revoked_at=by.at)
        new = _add(session, new_link(workshop_id, link.role, key, chance, link.name), by)
        return new.id, record(session, workshop_id, by, "rotate_link", role=link.role, name=link.name)


def list_links(session: Session, workshop_id: int) -> Sequence[Link]:
    """Every link, by role and then as they were made; those that no longer work as well."""
    found = session.scalars(select(Link).where(Link.workshop_id == workshop_id).order_by(Link.id)).all()
    return sorted(found, key=lambda link: Link.ROLES.index(link.role))


def find_link(session: Session, workshop_id: int, link_id: int) -> Link:
    link = session.get(Link, link_id)
    if link is None or link.workshop_id != workshop_id:
        raise NotFound(N_("There is no such link."), code="no_such_link")
    return link


def _add(session: Session, link: Link, by: By) -> Link:
    count = select(func.count()).where(Link.workshop_id == link.workshop_id)
    if (session.scalar(count) or 0) >= MOST_LINKS:
        raise Unacceptable(N_("A workshop has %(most)s links at the most."), most=MOST_LINKS)
    session.add(link)
    made(link, revoked_at=by.at)
    return link


def _check_works(link: Link) -> None:
    if link.revoked_at is not None:
        raise NotNow(N_("This link has been revoked already."), code="revoked")


def _checked(name: str) -> str | None:
    name = rules.tidy(name)
    if len(name) > LONGEST_NAME:
        raise Unacceptable(
            N_("A link's name has %(longest)s characters at the most."), code="name", longest=LONGEST_NAME
        )
    return name or None

"""A ballot moves to another phone, by a link that works once and for a quarter of an hour.

Dots, responses and whether one has finished stay where they are: they belong to the ballot. Only the secret that holds
it changes, and the former one is kept, hashed, so that the phone that had it can be told.
"""

from __future__ import annotations

import random
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop import tokens
from workshop.actions.history import By, made, record
from workshop.errors import N_, NotFound, NotNow
from workshop.models import Participant, ReturnLink
from workshop.store import Store

MINUTES = 15


class Return(NamedTuple):
    """A new return link: its secret, which is not kept, the ballot that it moves, and the entry in the history."""

    secret: str
    ballot: int
    entry: int | None


def make_return_link(store: Store, workshop_id: int, *, participant_id: int, now: int, chance: random.Random) -> Return:
    """For whoever holds the ballot. Another link for it that was not used yet stops working."""
    with store.change(workshop_id) as session:
        participant = session.get_one(Participant, participant_id)
        secret, _ = _new(session, participant, now, chance)
        return Return(secret, participant.number, None)


def make_return_link_for(store: Store, workshop_id: int, number: int, *, chance: random.Random, by: By) -> Return:
    """For somebody whose phone is gone, by the number of their ballot. Undoing that stops the link from working."""
    with store.change(workshop_id) as session:
        participant = session.scalar(
            select(Participant).where(
                Participant.workshop_id == workshop_id,
                Participant.number == number,
                Participant.kind == "phone",
                Participant.state != "withdrawn",
            )
        )
        if participant is None:
            raise NotFound(N_("No phone holds ballot %(number)s."), code="no_such_ballot", number=number)
        secret, link = _new(session, participant, by.at, chance)
        made(link, used_at=by.at)
        return Return(secret, number, record(session, workshop_id, by, "make_return_link", ballot=number))


def move_ballot(store: Store, workshop_id: int, link_secret: str, *, secret: str, now: int) -> bool:
    """Give the ballot to whoever has `secret`. False where they have it already: the same post again does nothing."""
    with store.change(workshop_id) as session:
        link = find_return_link(session, link_secret)
        participant = session.get_one(Participant, link.participant_id)
        if participant.secret_hash == tokens.digest(secret):
            return False
        check_return_link(link, now)
        link.used_at = now
        link.former_hash = participant.secret_hash
        participant.secret_hash = tokens.digest(secret)
    return True


def find_return_link(session: Session, link_secret: str) -> ReturnLink:
    """Raises `NotFound`."""
    link = session.scalar(select(ReturnLink).where(ReturnLink.secret_hash == tokens.digest(link_secret)))
    if link is None:
        raise NotFound(N_("This link is not known, or no longer works. Ask whoever gave it to you for a new one."))
    return link


def check_return_link(link: ReturnLink, now: int) -> None:
    """Raise `NotNow` where a link moves nothing any more."""
    if link.used_at is not None:
        raise NotNow(N_("This link has been used, or there is a newer one. Ask for a new one."), code="link_used")
    if now > link.made_at + MINUTES * 60:
        raise NotNow(
            N_("This link was good for %(minutes)s minutes. Ask for a new one."), code="link_expired", minutes=MINUTES
        )


def _new(session: Session, participant: Participant, now: int, chance: random.Random) -> tuple[str, ReturnLink]:
    earlier = select(ReturnLink).where(ReturnLink.participant_id == participant.id, ReturnLink.used_at.is_(None))
    for each in session.scalars(earlier):
        each.used_at = now
    secret = tokens.new_secret(chance)
    link = ReturnLink(
        workshop_id=participant.workshop_id,
        participant_id=participant.id,
        secret_hash=tokens.digest(secret),
        made_at=now,
    )
    session.add(link)
    return secret, link

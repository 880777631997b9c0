"""What people do at the door: join by the code or with a slip, and say who they are if they are asked and want to."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from workshop import rules, tokens
from workshop.actions.lenses import checked_lens
from workshop.errors import N_, NotAllowed, NotFound, NotNow, Unacceptable
from workshop.models import Participant, Slip, Workshop
from workshop.store import Store

LONGEST_NAME = 40


def join(store: Store, workshop_id: int, *, secret: str, chance: random.Random, name: str = "", lens: str = "") -> bool:
    """Make whoever has `secret` a participant; only its hash is stored. False where they are one already.

    Where the room is full they wait in the lobby. Raises `NotAllowed`, code `needs_slip`, where the door asks for one.
    """
    secret_hash = tokens.digest(secret)
    with store.change(workshop_id) as session:
        # One look for everything: two hundred phones may come in the same second.
        door, capacity, asks_names, lenses, is_known = session.execute(
            select(
                Workshop.door,
                Workshop.capacity,
                Workshop.asks_names,
                Workshop.lenses,
                exists().where(Participant.secret_hash == secret_hash),
            ).where(Workshop.id == workshop_id)
        ).one()
        if is_known:
            return False
        if door == "slips":
            raise NotAllowed(N_("This workshop is joined with a slip. Ask the facilitator for one."), code="needs_slip")
        is_full = door == "capped" and capacity is not None and seats_taken(session, workshop_id) >= capacity
        session.add(
            new_participant(
                session,
                workshop_id,
                secret_hash,
                chance,
                state="waiting" if is_full else "in",
                name=checked_name(name) if asks_names else None,
                lens=checked_lens(lens, lenses),
            )
        )
    return True


def join_with_slip(
    store: Store,
    workshop_id: int,
    slip_secret: str,
    *,
    secret: str,
    chance: random.Random,
    name: str = "",
    lens: str = "",
) -> bool:
    """Use a slip up, and make whoever has `secret` a participant by it, whatever the door. False where they are one
    already: then the slip is left as it is.
    """
    secret_hash = tokens.digest(secret)
    with store.change(workshop_id) as session:
        if session.scalar(select(exists().where(Participant.secret_hash == secret_hash))):
            return False
        slip = find_slip(session, slip_secret)
        check_slip(slip)
        workshop = session.get_one(Workshop, workshop_id)
        participant = new_participant(
            session,
            workshop_id,
            secret_hash,
            chance,
            name=checked_name(name) if workshop.asks_names else None,
            lens=checked_lens(lens, workshop.lenses),
        )
        session.add(participant)
        session.flush()
        slip.participant_id = participant.id
    return True


def find_slip(session: Session, slip_secret: str) -> Slip:
    """Raises `NotFound`."""
    slip = session.scalar(select(Slip).where(Slip.secret_hash == tokens.digest(slip_secret)))
    if slip is None:
        raise NotFound(N_("This slip is not known. Ask the facilitator for another."), code="no_such_slip")
    return slip


def check_slip(slip: Slip) -> None:
    """Raise `NotNow` where a slip lets nobody in."""
    if slip.participant_id is not None:
        raise NotNow(N_("This slip has been used. Ask the facilitator for another."), code="slip_used")
    if slip.is_void:
        raise NotNow(N_("This slip no longer works. Ask the facilitator for another."), code="slip_void")


def new_participant(
    session: Session, workshop_id: int, secret_hash: bytes, chance: random.Random, **fields: Any
) -> Participant:
    """A row with the next number in the workshop."""
    last = session.scalar(select(func.max(Participant.number)).where(Participant.workshop_id == workshop_id)) or 0
    return Participant(
        workshop_id=workshop_id, number=last + 1, secret_hash=secret_hash, seed=chance.getrandbits(31), **fields
    )


def set_name(store: Store, workshop_id: int, participant_id: int, name: str) -> None:
    """Say one's name, change it, or take it back with an empty one."""
    with store.change(workshop_id) as session:
        if not session.get_one(Workshop, workshop_id).asks_names:
            raise NotNow(N_("The facilitator does not ask for names."), code="names_not_asked")
        session.get_one(Participant, participant_id).name = checked_name(name)


def checked_name(name: str) -> str | None:
    name = rules.tidy(name)
    if len(name) > LONGEST_NAME:
        raise Unacceptable(N_("A name has %(longest)s characters at the most."), code="name", longest=LONGEST_NAME)
    return name or None


def seats_taken(session: Session, workshop_id: int) -> int:
    """How many are in, on a phone or on paper."""
    wanted = select(func.count()).where(Participant.workshop_id == workshop_id, Participant.state == "in")
    return session.scalar(wanted) or 0


def people(session: Session, workshop_id: int) -> Sequence[Participant]:
    """Everybody who holds a ballot or waits for one, by number."""
    wanted = select(Participant).where(Participant.workshop_id == workshop_id, Participant.state != "withdrawn")
    return session.scalars(wanted.order_by(Participant.number)).all()

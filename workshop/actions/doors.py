"""What a facilitator does at the door: how people get in, whom they let in from the lobby, and seat slips.

A slip is void when its nonce is gone: nobody can make its secret again, and nothing is deleted.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop import tokens
from workshop.actions.history import By, made, put, record
from workshop.actions.joining import seats_taken
from workshop.errors import N_, NotFound, NotNow, NotUnderstood, Unacceptable
from workshop.models import Participant, Slip, Workshop
from workshop.store import Store

MOST_SEATS = 10_000

MOST_SLIPS_AT_ONCE = 200
MOST_SLIPS = 1000


def set_door(store: Store, workshop_id: int, door: str, capacity: int | None, *, by: By) -> int | None:
    """Choose how people get in. Whoever waits and now has room comes in; nobody who is in is put out."""
    if door not in Workshop.DOORS:
        raise Unacceptable(N_("Choose how people get in."), code="door")
    if door == "capped" and (capacity is None or not 1 <= capacity <= MOST_SEATS):
        raise Unacceptable(
            N_("Say how many may join: a whole number from 1 to %(most)s."), code="capacity", most=MOST_SEATS
        )
    with store.change(workshop_id) as session:
        workshop = session.get_one(Workshop, workshop_id)
        put(workshop, door=door, capacity=capacity if door == "capped" else None)
        if door == "open":
            _let_in(_waiting(session, workshop_id))
        elif door == "capped":
            assert capacity is not None
            _let_in(_waiting(session, workshop_id)[: max(0, capacity - seats_taken(session, workshop_id))])
        return record(session, workshop_id, by, "set_door", door=door, capacity=workshop.capacity)


def admit(
    store: Store, workshop_id: int, *, by: By, most: int | None = None, number: int | None = None
) -> tuple[int, int | None]:
    """Let in the one with a ballot's number, or those who have waited longest: `most` of them, or all.

    Returns how many, and the entry in the history. Raises `NotNow` where nobody waits.
    """
    if most is not None and most < 1:
        raise NotUnderstood(N_("“%(field)s” is a whole number from 1, or “all”."), field="most")
    with store.change(workshop_id) as session:
        let_in = [each for each in _waiting(session, workshop_id) if number in (None, each.number)][:most]
        if not let_in:
            raise NotNow(N_("Nobody is waiting there any more."), code="nobody_waits")
        _let_in(let_in)
        return len(let_in), record(session, workshop_id, by, "admit", count=len(let_in))


def ask_names(store: Store, workshop_id: int, asks: bool, *, by: By) -> int | None:
    """Offer people to say their name, or no longer. Names that were given are kept, and not shown meanwhile."""
    with store.change(workshop_id) as session:
        put(session.get_one(Workshop, workshop_id), asks_names=asks)
        return record(session, workshop_id, by, "ask_names", asks=asks)


def make_slips(
    store: Store, workshop_id: int, count: int, *, key: str, chance: random.Random, by: By
) -> tuple[range, int | None]:
    """Make so many slips. Returns their numbers and the entry in the history; undoing that makes them void."""
    if not 1 <= count <= MOST_SLIPS_AT_ONCE:
        raise Unacceptable(N_("Make 1 to %(most)s slips at a time."), code="slips", most=MOST_SLIPS_AT_ONCE)
    with store.change(workshop_id) as session:
        last = session.scalar(select(func.max(Slip.number)).where(Slip.workshop_id == workshop_id)) or 0
        if last + count > MOST_SLIPS:
            raise Unacceptable(N_("A workshop has %(most)s slips at the most."), code="slips", most=MOST_SLIPS)
        numbers = range(last + 1, last + count + 1)
        slips = [_new_slip(workshop_id, number, key, chance) for number in numbers]
        session.add_all(slips)
        for slip in slips:
            made(slip, nonce="")
        return numbers, record(session, workshop_id, by, "make_slips", first=numbers[0], last=numbers[-1])


def void_slip(store: Store, workshop_id: int, number: int, *, by: By) -> int | None:
    """Take a slip's power away, because it was lost. Undoing that gives it back."""
    with store.change(workshop_id) as session:
        slip = session.scalar(select(Slip).where(Slip.workshop_id == workshop_id, Slip.number == number))
        if slip is None:
            raise NotFound(N_("There is no slip %(number)s."), code="no_such_slip", number=number)
        if slip.participant_id is not None:
            raise NotNow(N_("Slip %(number)s has been used already."), code="slip_used", number=number)
        put(slip, nonce="")
        return record(session, workshop_id, by, "void_slip", number=number)


def slips(session: Session, workshop_id: int) -> Sequence[Slip]:
    """Every slip, by number."""
    return session.scalars(select(Slip).where(Slip.workshop_id == workshop_id).order_by(Slip.number)).all()


def slip_secret(slip: Slip, key: str) -> str | None:
    """The secret of a slip, made again from the server's key; None where it is void or was made with another key."""
    secret = tokens.derive(key, f"slip {slip.nonce}")
    return secret if tokens.digest(secret) == slip.secret_hash else None


def _new_slip(workshop_id: int, number: int, key: str, chance: random.Random) -> Slip:
    nonce = tokens.new_secret(chance)
    secret = tokens.derive(key, f"slip {nonce}")
    return Slip(workshop_id=workshop_id, number=number, nonce=nonce, secret_hash=tokens.digest(secret))


def _waiting(session: Session, workshop_id: int) -> Sequence[Participant]:
    """Who is in the lobby; those who came first come first."""
    wanted = select(Participant).where(Participant.workshop_id == workshop_id, Participant.state == "waiting")
    return session.scalars(wanted.order_by(Participant.number)).all()


def _let_in(those: Sequence[Participant]) -> None:
    for each in those:
        put(each, state="in")

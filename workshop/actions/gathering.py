"""What people do while responses are gathered: join, add, edit, remove; and what the facilitator takes off and puts
back.
"""

from __future__ import annotations

import random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop import rules, tokens
from workshop.actions.hosting import find_exercise
from workshop.agenda import MOST_RESPONSES
from workshop.errors import N_, NotAllowed, NotFound, NotNow, NotUnderstood, Unacceptable
from workshop.models import Exercise, Participant, Response
from workshop.store import Store

# One phone must not fill the exercise: what is removed keeps its number.
MOST_OWN_RESPONSES = 50


def join(store: Store, workshop_id: int, *, secret: str, chance: random.Random) -> bool:
    """Make whoever has `secret` a participant; only its hash is stored. False where they are one already."""
    with store.change(workshop_id) as session:
        secret_hash = tokens.digest(secret)
        if session.scalar(select(Participant.id).where(Participant.secret_hash == secret_hash)) is not None:
            return False
        session.add(Participant(workshop_id=workshop_id, secret_hash=secret_hash, seed=chance.getrandbits(31)))
    return True


def add_response(
    store: Store,
    workshop_id: int,
    number: int,
    *,
    participant_id: int,
    side: str,
    text: str,
    op: str,
) -> tuple[int, bool]:
    """Add a response. Returns its number and whether it is new: the same `op` again adds nothing."""
    side, text = rules.check_side(side), rules.check_response(text)
    if not 1 <= len(op) <= rules.LONGEST_OP or not rules.OP_LETTERS.issuperset(op):
        raise NotUnderstood(
            N_("A new response needs an “op” of 1 to %(longest)s plain letters and digits."),
            longest=rules.LONGEST_OP,
        )
    with store.change(workshop_id) as session:
        exercise = find_exercise(session, workshop_id, number)
        earlier = session.scalar(
            select(Response.number).where(
                Response.exercise_id == exercise.id,
                Response.author_id == participant_id,
                Response.op == op,
            )
        )
        if earlier is not None:
            return earlier, False
        _check_gathering(exercise)
        own = select(func.count()).where(Response.exercise_id == exercise.id, Response.author_id == participant_id)
        if (session.scalar(own) or 0) >= MOST_OWN_RESPONSES:
            raise Unacceptable(
                N_("You have written %(most)s responses. Leave some for the others."), most=MOST_OWN_RESPONSES
            )
        last = session.scalar(select(func.max(Response.number)).where(Response.exercise_id == exercise.id)) or 0
        if last >= MOST_RESPONSES:
            raise Unacceptable(N_("An exercise has %(most)s responses at the most."), most=MOST_RESPONSES)
        session.add(
            Response(
                exercise_id=exercise.id,
                number=last + 1,
                side=side,
                text=text,
                author_id=participant_id,
                op=op,
            )
        )
    return last + 1, True


def edit_response(
    store: Store,
    workshop_id: int,
    number: int,
    response: int,
    *,
    participant_id: int,
    side: str,
    text: str,
) -> None:
    """Change one's own response while responses are gathered."""
    side, text = rules.check_side(side), rules.check_response(text)
    with store.change(workshop_id) as session:
        row = _own_response(session, workshop_id, number, response, participant_id)
        row.side, row.text = side, text


def remove_response(store: Store, workshop_id: int, number: int, response: int, *, participant_id: int) -> None:
    """Take one's own response back while responses are gathered. The facilitator can restore it."""
    with store.change(workshop_id) as session:
        _own_response(session, workshop_id, number, response, participant_id).state = "withdrawn"


def withdraw(store: Store, workshop_id: int, number: int, response: int) -> None:
    """Take a response off every screen. Its dots stay where they are and do not count, so they show as back in hand."""
    with store.change(workshop_id) as session:
        _response(session, workshop_id, number, response).state = "withdrawn"


def restore(store: Store, workshop_id: int, number: int, response: int) -> None:
    """Undo `withdraw`: the response is back, and whatever dots still lie on it count again."""
    with store.change(workshop_id) as session:
        _response(session, workshop_id, number, response).state = "live"


def _check_gathering(exercise: Exercise) -> None:
    if exercise.phase == "draft":
        raise NotNow(N_("The facilitator has not opened responses yet."), code="not_gathering")
    if exercise.phase != "gather":
        raise NotNow(N_("Responses are closed. What you wrote was not added."), code="not_gathering")


def _response(session: Session, workshop_id: int, number: int, response: int) -> Response:
    row = session.get(Response, (find_exercise(session, workshop_id, number).id, response))
    if row is None:
        raise NotFound(N_("There is no response R%(number)s."), code="no_such_response", number=response)
    return row


def _own_response(session: Session, workshop_id: int, number: int, response: int, participant_id: int) -> Response:
    row = _response(session, workshop_id, number, response)
    if row.author_id != participant_id:
        raise NotAllowed(N_("Only whoever wrote a response can change it."), code="not_yours")
    _check_gathering(find_exercise(session, workshop_id, number))
    if row.state != "live":
        raise NotFound(N_("Response R%(number)s was removed."), code="no_such_response", number=response)
    return row

"""Opening a rehearsal: the same agenda again, with simulated people in it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop import tokens
from workshop.actions import hosting
from workshop.actions.board_look import look_of
from workshop.actions.gathering import new_participant
from workshop.actions.planning import plan_of
from workshop.agenda import Agenda, PlannedExercise
from workshop.errors import N_, NotNow, Unacceptable
from workshop.models import Exercise, Response, Workshop
from workshop.store import Store

MOST_PEOPLE = 60


def open_rehearsal(
    store: Store, workshop_id: int, people: int, *, key: str, now: int, chance: random.Random
) -> Workshop:
    """Open a workshop with the agenda of another, and with so many simulated people, whose secrets nobody holds.

    Nothing that happened in the real one comes along, and nothing goes back.
    """
    if not 1 <= people <= MOST_PEOPLE:
        raise Unacceptable(N_("Rehearse with 1 to %(most)s simulated people."), code="people", most=MOST_PEOPLE)
    with store.reading() as session:
        real = session.get_one(Workshop, workshop_id)
        if real.is_rehearsal:
            raise NotNow(N_("This is a rehearsal already."), code="is_rehearsal")
        agenda, look = agenda_of(session, real), look_of(real)
    opened = hosting.open_workshop(
        store, agenda, key=key, now=now, chance=chance, simulated=True, rehearsal_of=workshop_id, **look
    )
    with store.change(opened.id) as session:
        for _ in range(people):
            secret_hash = tokens.digest(tokens.new_secret(chance))
            # Some would rather not say.
            lens = chance.choice([*agenda.lenses, None]) if agenda.lenses else None
            session.add(new_participant(session, opened.id, secret_hash, chance, kind="simulated", lens=lens))
            session.flush()
    return opened


def agenda_of(session: Session, workshop: Workshop) -> Agenda:
    """What a workshop was planned to do: its exercises as they were before anybody took part."""
    exercises = [each for each in workshop.exercises if each.run_off_of is None] or workshop.exercises
    lenses = tuple(workshop.lenses or ())
    return Agenda(
        workshop.title,
        tuple(planned(session, each) for each in exercises),
        lenses=lenses,
        language=workshop.language,
        title_in=workshop.title_in,
    )


def planned(session: Session, exercise: Exercise) -> PlannedExercise:
    """An exercise as it was planned, with the responses that the facilitator brought along."""
    brought: Sequence[Response] = session.scalars(
        select(Response)
        .where(Response.exercise_id == exercise.id, Response.author_id.is_(None), Response.state != "withdrawn")
        .order_by(Response.number)
    ).all()
    return replace(plan_of(exercise), responses=tuple((each.side, each.text) for each in brought))

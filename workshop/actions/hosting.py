"""What an organiser and a facilitator do with a workshop: open it, move it on."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from workshop import rules, tokens
from workshop.actions.history import By, put, record
from workshop.agenda import Agenda, PlannedExercise
from workshop.errors import N_, NotFound, NotNow
from workshop.models import Exercise, Link, Response, Side, Workshop
from workshop.store import Store


def open_workshop(
    store: Store, agenda: Agenda, *, key: str, now: int, chance: random.Random, **fields: Any
) -> Workshop:
    """Open a workshop with its exercises and its first links, and give it a code that no other has. `fields` are
    further ones of the workshop itself.
    """
    for _ in range(20):
        workshop = Workshop(
            code=tokens.new_code(chance),
            title=agenda.title,
            title_in=agenda.title_in,
            language=agenda.language,
            opened_at=now,
            **{"simulated": agenda.simulated, "lenses": list(agenda.lenses) or None, **fields},
            all_exercises=[new_exercise(number, planned) for number, planned in enumerate(agenda.exercises, start=1)],
        )
        try:
            with store.creation() as session:
                session.add(workshop)
                session.flush()
                for role in Link.FROM_THE_START:
                    session.add(new_link(workshop.id, role, key, chance))
                for exercise, planned in zip(workshop.all_exercises, agenda.exercises, strict=True):
                    add_planned_responses(session, exercise.id, planned)
                session.flush()
                session.expunge_all()
            return workshop
        except IntegrityError:
            continue  # The code was taken: one chance in hundreds of millions for each workshop there is.
    raise NotNow(N_("No free code was found. Try again."))


def find_workshop(session: Session, typed: str) -> Workshop:
    """The workshop with a code, however it was typed."""
    code = tokens.read_code(typed)
    workshop = session.scalar(select(Workshop).where(Workshop.code == code)) if code else None
    if workshop is None:
        raise NotFound(N_("We can't find that code. Check the screen and try again."), code="no_such_workshop")
    return workshop


def workshops(session: Session) -> Sequence[Workshop]:
    """Every workshop but rehearsals, newest first."""
    return session.scalars(select(Workshop).where(Workshop.rehearsal_of.is_(None)).order_by(Workshop.id.desc())).all()


def links(session: Session, workshop: Workshop, key: str) -> dict[str, str]:
    """The path of each role's first link, and of `join`. One made with another key than the server has now is left
    out.
    """
    paths = {"join": f"/j/{workshop.code}"}
    working = select(Link).where(Link.workshop_id == workshop.id, Link.revoked_at.is_(None))
    for link in session.scalars(working.order_by(Link.id.desc())):
        path = link_path(link, key)
        if path is not None:
            paths[link.role] = path
    return paths


def link_path(link: Link, key: str) -> str | None:
    """Where a link leads in: the first letter of its role, and its secret. None where its secret cannot be made."""
    secret = link_secret(link, key)
    return None if secret is None else f"/{link.role[0]}/{secret}"


def link_secret(link: Link, key: str) -> str | None:
    """The secret of a link, made again from the server's key; None where it was made with another key."""
    secret = tokens.derive(key, f"link {link.nonce}")
    return secret if tokens.digest(secret) == link.secret_hash else None


def organiser_secret(key: str) -> str:
    """The secret of the organiser's link: whoever has it may open workshops on this server."""
    return tokens.derive(key, "organiser")


def step(store: Store, workshop_id: int, number: int, here: str, there: str, *, by: By) -> tuple[Exercise, int | None]:
    """Move an exercise from phase `here` to phase `there`. Returns it and the entry in the history.

    Closing a vote takes the same lock as a move of a dot, so a dot counts if and only if it was stored before. Raises
    `NotNow` where somebody else has moved the exercise on, or where there is nothing to vote on.
    """
    with store.change(workshop_id) as session:
        exercise = find_exercise(session, workshop_id, number)
        if exercise.phase != here:
            raise NotNow(N_("This exercise has already moved on. Here is how it stands now."), code="moved_on")
        rules.check_step(here, there, exercise.kind, exercise.revealed)
        check_on(exercise)
        if there == "vote" and not _has_responses(session, exercise):
            raise NotNow(N_("There is nothing to vote on yet. Gather a response first."), code="no_responses")
        put(exercise, phase=there, revealed=rules.is_revealed(here, there, exercise.revealed))
        if not rules.discussion_is_open(there):
            # Otherwise it would be back after the vote, and stand before the result.
            put(exercise, spotlight=None)
        entry = record(session, workshop_id, by, "step", exercise=number, here=here, there=there)
        exercise.clear_timer()
        session.flush()
        session.expunge(exercise)
    return exercise, entry


def check_on(exercise: Exercise) -> None:
    if not exercise.is_on:
        raise NotNow(N_("This exercise is not on."), code="not_on")


def find_exercise(session: Session, workshop_id: int, number: int) -> Exercise:
    exercise = session.scalar(select(Exercise).where(Exercise.workshop_id == workshop_id, Exercise.number == number))
    if exercise is None or exercise.removed:
        raise NotFound(N_("This workshop has no exercise %(number)s."), code="no_such_exercise", number=number)
    return exercise


def _has_responses(session: Session, exercise: Exercise) -> bool:
    live = select(func.count()).where(Response.exercise_id == exercise.id, Response.state == "live")
    return bool(session.scalar(live))


def new_exercise(number: int, planned: PlannedExercise) -> Exercise:
    """A row for a planned exercise, at the end of an agenda."""
    return Exercise(
        number=number,
        place=number,
        kind=planned.kind,
        prompt=planned.prompt,
        prompt_in=planned.prompt_in,
        allowance=planned.allowance,
        most_per_response=planned.most_per_response,
        totals=planned.totals,
        checks_first=planned.checks_first,
        locked=planned.locked,
        longest=planned.longest,
        own_allowed=planned.own_allowed,
        order=planned.order,
        cut=planned.cut,
        cut_share=planned.cut_share,
        sides=[
            Side(
                key=side.key,
                place=place,
                name=side.name,
                sign=side.sign,
                prompt=side.prompt,
                name_in=side.name_in,
                prompt_in=side.prompt_in,
                allowance=side.allowance,
            )
            for place, side in enumerate(planned.sides, start=1)
        ],
    )


def new_link(workshop_id: int, role: str, key: str, chance: random.Random, name: str | None = None) -> Link:
    """A row for a link whose secret the server's key can make again."""
    nonce = tokens.new_secret(chance)
    secret = tokens.derive(key, f"link {nonce}")
    return Link(workshop_id=workshop_id, role=role, name=name, nonce=nonce, secret_hash=tokens.digest(secret))


def add_planned_responses(session: Session, exercise_id: int, planned: PlannedExercise) -> None:
    session.add_all(
        Response(exercise_id=exercise_id, number=number, side=side, text=text, op=f"agenda-{number}")
        for number, (side, text) in enumerate(planned.responses, start=1)
    )

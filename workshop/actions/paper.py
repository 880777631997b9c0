"""Paper ballots: what somebody without a phone wrote on a sheet, entered by a facilitator.

A ballot is stored whole, in one change that holds the workshop's lock, and each of its dots is judged like a move that
comes from a phone. So it counts if and only if it was stored before the close, and half of one is never there. One that
is withdrawn has its dots in hand, so no count needs to know of it.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop import rules, tokens
from workshop.actions.history import By, has_ballot, made, put, record
from workshop.actions.hosting import check_on, find_exercise
from workshop.actions.joining import checked_name, new_participant
from workshop.actions.lenses import checked_lens
from workshop.actions.paper_dots import counts_of, lay
from workshop.errors import N_, NotFound, NotNow, NotUnderstood
from workshop.models import Ballot, Dot, Entry, Exercise, Participant, Response, Workshop
from workshop.store import Store

_CLOSED = {
    "enter": N_("Voting has closed. Open it again to enter a paper ballot."),
    "change": N_("Voting has closed. Open it again to change a paper ballot."),
    "withdraw": N_("Voting has closed. Open it again to withdraw a paper ballot."),
}


class PaperBallot(NamedTuple):
    """A paper ballot as it was entered in an exercise: the number of dots on each response that has any."""

    number: int
    name: str | None
    counts: dict[int, int]


def enter_paper_ballot(
    store: Store,
    workshop_id: int,
    number: int,
    counts: Mapping[int, int],
    *,
    op: str,
    by: By,
    chance: random.Random,
    ballot: int | None = None,
    name: str | None = None,
    lens: str = "",
) -> tuple[int, int | None]:
    """Enter one person's ballot: how many dots lie on each response. All of it is stored, or nothing.

    `ballot` is the participant's number where they voted on paper in an earlier exercise; otherwise they are new.
    Returns that number, and the entry in the history; the same `op` again enters nothing and has no entry.
    """
    if not 1 <= len(op) <= rules.LONGEST_OP or not rules.OP_LETTERS.issuperset(op):
        raise NotUnderstood(
            N_("A paper ballot needs an “op” of 1 to %(longest)s plain letters and digits."), longest=rules.LONGEST_OP
        )
    with store.change(workshop_id) as session:
        exercise = find_exercise(session, workshop_id, number)
        earlier = _entered_with(session, workshop_id, op)
        if earlier is not None:
            return earlier, None
        _check_voting(exercise, "enter")
        if ballot is None:
            person = _new_voter(session, workshop_id, chance, name, lens)
        else:
            person = _voter(session, workshop_id, ballot)
            if _is_entered(session, exercise, person):
                raise NotNow(
                    N_("Ballot %(ballot)s is entered already. Change it instead."), code="entered", ballot=ballot
                )
            put(person, state="in")
        lay(session, exercise, person.id, counts)
        _finish(session, exercise, person.id)
        entry = record(session, workshop_id, by, "enter_paper_ballot", exercise=number, ballot=person.number, op=op)
        return person.number, entry


def change_paper_ballot(
    store: Store,
    workshop_id: int,
    number: int,
    ballot: int,
    counts: Mapping[int, int],
    *,
    by: By,
    was: Mapping[int, int] | None = None,
) -> int | None:
    """Correct a ballot that was entered wrongly. `was` is what whoever corrects it was shown.

    Like a move from a phone it bumps `tally_version` alone: participants learn nothing of it.
    """
    with store.change(workshop_id, tally=rules.MOST_ALLOWANCE) as session:
        exercise = find_exercise(session, workshop_id, number)
        _check_voting(exercise, "change")
        person = _entered_voter(session, exercise, ballot)
        if was is not None and dict(was) != counts_of(session, exercise, {person.id})[person.id]:
            raise NotNow(
                N_("Somebody else has changed ballot %(ballot)s meanwhile. Look at it again first."),
                code="stale",
                ballot=ballot,
            )
        lay(session, exercise, person.id, counts)
        return record(session, workshop_id, by, "change_paper_ballot", exercise=number, ballot=ballot)


def withdraw_paper_ballot(store: Store, workshop_id: int, number: int, ballot: int, *, by: By) -> int | None:
    """Take a ballot out of an exercise again. Its voter is gone with it, unless they voted in another exercise."""
    with store.change(workshop_id) as session:
        exercise = find_exercise(session, workshop_id, number)
        _check_voting(exercise, "withdraw")
        person = _entered_voter(session, exercise, ballot)
        for dot in session.scalars(
            select(Dot).where(Dot.exercise_id == exercise.id, Dot.participant_id == person.id).order_by(Dot.number)
        ):
            put(dot, response=None)
            dot.rev += 1
        put(session.get_one(Ballot, (exercise.id, person.id)), finished=False)
        session.flush()
        if not has_ballot(session, person.id):
            put(person, state="withdrawn")
        return record(session, workshop_id, by, "withdraw_paper_ballot", exercise=number, ballot=ballot)


# Who votes on paper ---------------------------------------------------------------------------------------------------


def paper_ballots(session: Session, exercise: Exercise) -> list[PaperBallot]:
    """The paper ballots that are entered in an exercise, by number."""
    people = _voters(session, exercise, entered=True)
    counts = counts_of(session, exercise, {person.id for person in people})
    return [PaperBallot(person.number, person.name, counts[person.id]) for person in people]


def responses_on_paper(session: Session, exercise: Exercise) -> Sequence[Response]:
    """The responses that are printed, in the order in which they are: merged and withdrawn ones are not."""
    live = select(Response).where(Response.exercise_id == exercise.id, Response.state == "live")
    return session.scalars(live.order_by(Response.number)).all()


def check_change(session: Session, exercise: Exercise, ballot: int) -> None:
    """Raise unless a ballot can be changed now. So nobody looks up who voted for what when voting is over."""
    _check_voting(exercise, "change")
    _entered_voter(session, exercise, ballot)


def without_ballot(session: Session, exercise: Exercise) -> list[int]:
    """The numbers of those whose paper ballots were entered in other exercises, and not yet in this one."""
    return [person.number for person in _voters(session, exercise, entered=False) if person.state == "in"]


def _voters(session: Session, exercise: Exercise, *, entered: bool) -> Sequence[Participant]:
    here = select(Ballot.participant_id).where(Ballot.exercise_id == exercise.id, Ballot.finished)
    return session.scalars(
        select(Participant)
        .where(
            Participant.workshop_id == exercise.workshop_id,
            Participant.kind == "paper",
            Participant.id.in_(here) if entered else Participant.id.not_in(here),
        )
        .order_by(Participant.number)
    ).all()


def _new_voter(session: Session, workshop_id: int, chance: random.Random, name: str | None, lens: str) -> Participant:
    """Somebody whose secret nobody holds."""
    lenses = session.get_one(Workshop, workshop_id).lenses
    secret_hash = tokens.digest(tokens.new_secret(chance))
    person = new_participant(
        session,
        workshop_id,
        secret_hash,
        chance,
        kind="paper",
        state="in",
        name=checked_name(name or ""),
        lens=checked_lens(lens, lenses),
    )
    session.add(person)
    made(person, state="withdrawn")
    return person


def _voter(session: Session, workshop_id: int, ballot: int) -> Participant:
    person = session.scalar(
        select(Participant).where(
            Participant.workshop_id == workshop_id, Participant.number == ballot, Participant.kind == "paper"
        )
    )
    if person is None:
        raise NotFound(N_("There is no paper ballot %(ballot)s."), code="no_such_ballot", ballot=ballot)
    return person


def _entered_voter(session: Session, exercise: Exercise, ballot: int) -> Participant:
    person = _voter(session, exercise.workshop_id, ballot)
    if not _is_entered(session, exercise, person):
        raise NotNow(N_("Ballot %(ballot)s is not entered in this exercise."), code="not_entered", ballot=ballot)
    return person


def _is_entered(session: Session, exercise: Exercise, person: Participant) -> bool:
    row = session.get(Ballot, (exercise.id, person.id))
    return row is not None and row.finished


def _entered_with(session: Session, workshop_id: int, op: str) -> int | None:
    """The number of the ballot that was entered with an `op`, whatever has become of it since."""
    entered = session.scalars(select(Entry).where(Entry.workshop_id == workshop_id, Entry.what == "enter_paper_ballot"))
    return next((entry.subject["ballot"] for entry in entered if entry.subject["op"] == op), None)


def _finish(session: Session, exercise: Exercise, participant_id: int) -> None:
    """Whoever handed in their sheet has finished."""
    row = session.get(Ballot, (exercise.id, participant_id))
    if row is None:
        row = Ballot(exercise_id=exercise.id, participant_id=participant_id, finished=True)
        session.add(row)
        made(row, finished=False)
    else:
        put(row, finished=True)


def _check_voting(exercise: Exercise, verb: str) -> None:
    check_on(exercise)
    if exercise.phase in ("draft", "gather", "group"):
        raise NotNow(N_("Voting has not started yet."), code="not_voting")
    if exercise.phase != "vote":
        raise NotNow(_CLOSED[verb], code="voting_closed")

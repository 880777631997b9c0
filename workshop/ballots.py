"""Reading ballots: what those who store moves and those who show them both need."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop import rules
from workshop.models import Dot, Exercise, Response
from workshop.rules import Voting


def voting_in(session: Session, exercise: Exercise) -> Voting:
    live = session.scalars(select(Response.number).where(Response.exercise_id == exercise.id, Response.state == "live"))
    return Voting(exercise.phase, exercise.allowance, exercise.most_per_response, frozenset(live))


def ballots_of(session: Session, exercise_id: int, participants: set[int]) -> dict[int, dict[int, rules.Dot]]:
    """The ballots of some participants, by participant and by number of dot."""
    found = session.execute(
        select(Dot.participant_id, Dot.number, Dot.response, Dot.rev, Dot.op).where(
            Dot.exercise_id == exercise_id, Dot.participant_id.in_(participants)
        )
    ).all()
    ballots: dict[int, dict[int, rules.Dot]] = {participant: {} for participant in participants}
    for participant, number, response, rev, op in found:
        ballots[participant][number] = rules.Dot(response, rev, op)
    return ballots


def slots(ballot: rules.Ballot, voting: Voting) -> list[tuple[int | None, int]]:
    """A ballot as it is told: for each dot, in order, the response that it counts for (or None) and its revision."""
    told: list[tuple[int | None, int]] = []
    for number in range(1, voting.allowance + 1):
        response, rev, _ = ballot.get(number, rules.IN_HAND)
        told.append((response if response in voting.live else None, rev))
    return told

"""Reading ballots: what those who store moves and those who show them both need, and what is remembered of them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop import rules
from workshop.models import Ballot, Dot, Exercise, Response
from workshop.rules import Voting

Ballots = dict[int, dict[int, rules.Dot]]

# Workshops that are remembered between batches: more than vote at once on one server.
MOST_REMEMBERED = 16


def voting_in(session: Session, exercise: Exercise) -> Voting:
    """What a move in an exercise is judged by."""
    rows = session.execute(
        select(Response.number, Response.state, Response.merged_into, Response.side, Response.author_id).where(
            Response.exercise_id == exercise.id
        )
    ).all()
    live = frozenset(row.number for row in rows if row.state == "live")
    side_allowances = {side.key: side.allowance for side in exercise.sides if side.allowance is not None}
    return Voting(
        exercise.phase,
        exercise.allowance,
        exercise.most_per_response,
        live,
        merged=resolved({row.number: row.merged_into for row in rows if row.state == "merged"}, live),
        is_on=exercise.is_on,
        side_of={row.number: row.side for row in rows} if side_allowances else {},
        side_allowances=side_allowances,
        authors={}
        if exercise.own_allowed
        else {row.number: row.author_id for row in rows if row.author_id is not None},
    )


def resolved(pointers: Mapping[int, int | None], live: Collection[int]) -> dict[int, int]:
    """The live response that each merged one stands under in the end. One under a withdrawn response is left out.

    A response is merged into a live one, so pointers never lead round in a circle; following them, rather than bending
    them, lets each merge be undone by itself.
    """
    found: dict[int, int] = {}
    for number in pointers:
        there: int | None = number
        while there is not None and there not in live:
            there = pointers.get(there)
        if there is not None:
            found[number] = there
    return found


def ballots_of(session: Session, exercise_id: int, participants: Collection[int]) -> Ballots:
    """The ballots of some participants, by participant and by number of dot."""
    found = session.execute(
        select(Dot.participant_id, Dot.number, Dot.response, Dot.rev, Dot.op).where(
            Dot.exercise_id == exercise_id, Dot.participant_id.in_(participants)
        )
    )
    ballots: Ballots = {participant: {} for participant in participants}
    for participant, number, response, rev, op in found:
        ballots[participant][number] = rules.Dot(response, rev, op)
    return ballots


def finished_among(session: Session, exercise_id: int, participants: Collection[int]) -> set[int]:
    """Which of some participants have finished."""
    wanted = Ballot.exercise_id == exercise_id, Ballot.participant_id.in_(participants), Ballot.finished
    return set(session.scalars(select(Ballot.participant_id).where(*wanted)))


def slots(ballot: rules.Ballot, voting: Voting) -> list[tuple[int | None, int]]:
    """A ballot as it is told: for each dot, in order, the response that it counts for (or None) and its revision."""
    told: list[tuple[int | None, int]] = []
    for number in range(1, voting.allowance + 1):
        response, rev, _ = ballot.get(number, rules.IN_HAND)
        told.append((voting.counts_for(response), rev))
    return told


@dataclass(slots=True)
class Known:
    """What is known of an exercise: how it stands, and the ballots that were touched."""

    exercise_id: int
    voting: Voting
    ballots: Ballots = field(default_factory=dict)
    finished: set[int] = field(default_factory=set)
    """Which of their owners have finished."""
    totals_are_live: bool = False
    """Whether everybody sees the totals while they vote."""

    def read(self, session: Session, participants: set[int]) -> None:
        """Know the ballots of these participants, too."""
        unknown = participants - self.ballots.keys()
        if unknown:
            self.ballots |= ballots_of(session, self.exercise_id, unknown)
            self.finished |= finished_among(session, self.exercise_id, unknown)


class Memory:
    """What is remembered of workshops from one batch of moves to the next.

    A change bumps one of a workshop's two versions, whoever makes it. So a batch that holds the workshop's lock, and
    finds both versions as the batch before left them, knows that nothing happened in between.
    """

    def __init__(self) -> None:
        self._workshops: OrderedDict[int, tuple[tuple[int, int], dict[int, Known]]] = OrderedDict()

    def recall(self, workshop_id: int, versions: tuple[int, int]) -> dict[int, Known]:
        """What is known of each exercise, by its number, if the workshop is still at these versions.

        It is handed over: whoever changes it gives it back with `keep` when the change is committed.
        """
        left_at, known = self._workshops.pop(workshop_id, (None, {}))
        return known if left_at == versions else {}

    def keep(self, workshop_id: int, versions: tuple[int, int], known: dict[int, Known]) -> None:
        self._workshops[workshop_id] = versions, known
        while len(self._workshops) > MOST_REMEMBERED:
            self._workshops.popitem(last=False)

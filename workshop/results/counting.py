"""From dots to a result: who is ranked where, and whether the count adds up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop import rules
from workshop.models import Dot, Exercise, Participant, Response


@dataclass(frozen=True, slots=True)
class Result:
    """The result of one exercise. `standings` are in order of rank; `responses` by their numbers."""

    standings: Sequence[rules.Standing]
    responses: dict[int, Response]
    allowance: int
    joined: int
    people: int
    """How many have placed a dot that counts."""
    in_ballots: int
    """Dots that count, added up ballot by ballot."""
    in_tally: int
    """The same dots, added up response by response."""
    provisional: bool
    """Whether dots can still move."""

    @property
    def available(self) -> int:
        """The dots of those who placed one."""
        return self.people * self.allowance

    @property
    def adds_up(self) -> bool:
        return self.in_ballots == self.in_tally

    @property
    def most(self) -> int:
        """The dots on the response that has most."""
        return max((standing.dots for standing in self.standings), default=0)

    def share(self, standing: rules.Standing) -> float:
        """A response's part of all dots placed, from 0 to 1."""
        return standing.dots / self.in_tally if self.in_tally else 0.0

    def ties(self) -> Iterator[tuple[int, int]]:
        """(rank, how many share it) for each shared rank with dots, best first."""
        seen: dict[int, int] = {}
        for standing in self.standings:
            if standing.shared and standing.dots:
                seen[standing.rank] = seen.get(standing.rank, 0) + 1
        yield from seen.items()

    def on_side(self, side: str) -> list[rules.Standing]:
        """The standings of one column, ranked among themselves."""
        own = {each.response: each for each in self.standings if self.responses[each.response].side == side}
        return [
            own[number]._replace(rank=place, shared=shared)
            for number, place, shared in rules.rank({number: each.dots for number, each in own.items()})
        ]


def count(session: Session, exercise: Exercise) -> Result:
    """Count an exercise. Read in one transaction, so what is counted is of one moment."""
    responses = {
        row.number: row
        for row in session.scalars(
            select(Response)
            .where(Response.exercise_id == exercise.id, Response.state == "live")
            .order_by(Response.number)
        )
    }
    of_exercise = Dot.exercise_id == exercise.id, Dot.number <= exercise.allowance, Dot.response.is_not(None)
    placed = session.execute(select(Dot.participant_id, Dot.response).where(*of_exercise)).all()
    standings = rules.standings([(person, on) for person, on in placed if on is not None], responses)
    # The database counts ballot by ballot what was counted above response by response: two ways that must agree.
    ballots = session.scalars(
        select(func.count()).where(*of_exercise, Dot.response.in_(responses)).group_by(Dot.participant_id)
    ).all()
    return Result(
        standings=standings,
        responses=responses,
        allowance=exercise.allowance,
        joined=joined(session, exercise.workshop_id),
        people=len(ballots),
        in_ballots=sum(ballots),
        in_tally=sum(standing.dots for standing in standings),
        provisional=exercise.phase not in ("reveal", "discuss", "closed"),
    )


def joined(session: Session, workshop_id: int) -> int:
    return session.scalar(select(func.count()).where(Participant.workshop_id == workshop_id)) or 0

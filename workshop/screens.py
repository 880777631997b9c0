"""What each audience sees. Reads, and never writes.

Secrecy lives here: what an audience may not know is not in its screen, so no template and no message can let it out.
Before the reveal nobody's screen holds how many dots a response has, unless the facilitator chose live totals; how
many dots are placed in all, wherever they are, is for the board and the console.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop import rules
from workshop.ballots import ballots_of, slots, voting_in
from workshop.models import Ballot, Dot, Exercise, Participant, Response, Workshop
from workshop.results import counting
from workshop.results.counting import Result

# What fits along the foot of a board.
MOST_DISCS = 128

AUDIENCES = ("participant", "board", "console")


@dataclass(frozen=True, slots=True)
class Screen:
    """What one audience may see of a workshop. What it may not see is None."""

    audience: str
    version: int
    workshop: Workshop
    exercise: Exercise
    responses: Sequence[Response]
    """The live ones in the order of their numbers."""
    withdrawn: Sequence[Response] = ()
    joined: int | None = None
    finished: int | None = None
    placed: int | None = None
    """Dots placed in all."""
    totals: dict[int, int] | None = None
    """Dots on each response."""
    result: Result | None = None

    @property
    def phase(self) -> str:
        return self.exercise.phase

    def on_side(self, side: str) -> list[Response]:
        return [response for response in self.responses if response.side == side]

    def shuffled(self, seed: int) -> list[Response]:
        """The responses in a participant's own order."""
        by_number = {response.number: response for response in self.responses}
        return [by_number[number] for number in rules.shuffled(by_number, seed)]

    @property
    def disc_worth(self) -> int:
        """How many dots one disc at the board's foot stands for: one, unless the room has very many."""
        return max(1, -(-self.dots // MOST_DISCS))

    @property
    def discs(self) -> tuple[int, int]:
        """The discs at the board's foot: how many are filled, of how many."""
        return (self.placed or 0) // self.disc_worth, -(-self.dots // self.disc_worth)

    @property
    def dots(self) -> int:
        """The dots of everybody who joined."""
        return (self.joined or 0) * self.exercise.allowance


@dataclass(frozen=True, slots=True)
class Own:
    """What is one participant's own: painted over the screen that all participants share."""

    seed: int
    mine: frozenset[int]
    """The numbers of the responses they wrote."""
    slots: Sequence[tuple[int | None, int]]
    finished: bool

    def dots_on(self, response: int) -> list[int]:
        """The numbers of their dots on a response."""
        return [number for number, (on, _) in enumerate(self.slots, start=1) if on == response]

    @property
    def next_in_hand(self) -> int | None:
        return next((number for number, (on, _) in enumerate(self.slots, start=1) if on is None), None)

    @property
    def left(self) -> int:
        return sum(1 for on, _ in self.slots if on is None)

    def rev(self, number: int) -> int:
        return self.slots[number - 1][1]


def screen(session: Session, workshop_id: int, audience: str) -> Screen | None:
    """What `audience` sees now, or None where the workshop is gone."""
    workshop = session.get(Workshop, workshop_id)
    if workshop is None:
        return None
    exercise = workshop.exercise
    responses = session.scalars(
        select(Response).where(Response.exercise_id == exercise.id).order_by(Response.number)
    ).all()
    shown = [response for response in responses if response.state == "live"] if exercise.phase != "draft" else []
    if audience == "console":
        shown = [response for response in responses if response.state == "live"]
    result = counting.count(session, exercise) if exercise.totals_are_public else None
    revealed = exercise.phase in ("discuss", "closed")
    at_the_front = audience in ("board", "console")
    return Screen(
        audience=audience,
        version=version_for(workshop.version, workshop.tally_version, audience, exercise.totals),
        workshop=workshop,
        exercise=exercise,
        responses=shown,
        withdrawn=[response for response in responses if response.state != "live"] if audience == "console" else (),
        joined=counting.joined(session, workshop_id) if at_the_front or exercise.phase == "vote" else None,
        finished=_finished(session, exercise) if exercise.phase == "vote" else None,
        placed=_placed(session, exercise) if at_the_front and exercise.phase in ("vote", "reveal") else None,
        totals={each.response: each.dots for each in result.standings} if result else None,
        result=result if revealed else None,
    )


def version(session: Session, workshop_id: int, audience: str) -> int | None:
    """The version that `screen` would have, without the rest of it."""
    row = session.execute(
        select(Workshop.version, Workshop.tally_version, Exercise.totals)
        .join(Exercise, Exercise.workshop_id == Workshop.id)
        .where(Workshop.id == workshop_id)
        .order_by(Exercise.number)
        .limit(1)
    ).one_or_none()
    return row and version_for(row.version, row.tally_version, audience, row.totals)


def version_for(version: int, tally_version: int, audience: str, totals: str) -> int:
    """The version of an audience's screen. Moves of dots count only where something of them may be seen."""
    sees_dots = audience in ("board", "console") or totals == "live"
    return version + tally_version if sees_dots else version


def own(session: Session, exercise: Exercise, participant: Participant) -> Own:
    """What is `participant`'s own in an exercise."""
    ballot = ballots_of(session, exercise.id, {participant.id})[participant.id]
    row = session.get(Ballot, (exercise.id, participant.id))
    return Own(
        seed=participant.seed,
        mine=frozenset(
            session.scalars(
                select(Response.number).where(
                    Response.exercise_id == exercise.id,
                    Response.author_id == participant.id,
                    Response.state == "live",
                )
            )
        ),
        slots=slots(ballot, voting_in(session, exercise)),
        finished=bool(row and row.finished),
    )


def _finished(session: Session, exercise: Exercise) -> int:
    finished = select(func.count()).where(Ballot.exercise_id == exercise.id, Ballot.finished)
    return session.scalar(finished) or 0


def _placed(session: Session, exercise: Exercise) -> int:
    # Those on withdrawn responses as well: if the sum fell when one is withdrawn, it would tell how many lay there.
    placed = select(func.count()).where(
        Dot.exercise_id == exercise.id, Dot.number <= exercise.allowance, Dot.response.is_not(None)
    )
    return session.scalar(placed) or 0

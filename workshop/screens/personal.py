"""What is one participant's own: their dots, and what they wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.ballots import ballots_of, slots, voting_in
from workshop.models import Ballot, Exercise, Participant, Response, Side
from workshop.screens.shared import Screen


@dataclass(frozen=True, slots=True)
class Own:
    """What is one participant's own: painted over the screen that all participants share."""

    seed: int
    mine: frozenset[int]
    """The numbers of the responses they wrote and may change."""
    slots: Sequence[tuple[int | None, int]]
    finished: bool
    unchecked: Sequence[Response] = ()
    """What they wrote and the facilitator has not checked yet."""
    written: frozenset[int] = frozenset()
    """The numbers of all that they ever wrote, on a screen or not."""
    came_back: Sequence[int] = ()
    """For each of their dots that lies on a response that was withdrawn, and so is in hand: that response."""

    def dots_on(self, response: int) -> list[int]:
        """The numbers of their dots on a response."""
        return [number for number, (on, _) in enumerate(self.slots, start=1) if on == response]

    def left_in(self, screen: Screen, side: Side) -> int:
        """How many more of their dots may be put in a column that has an allowance of its own."""
        there = {response.number for response in screen.on_side(side.key)}
        return max(0, (side.allowance or 0) - sum(1 for on, _ in self.slots if on in there))

    def may_vote_for(self, screen: Screen, response: Response) -> bool:
        return screen.exercise.own_allowed or response.number not in self.written

    @property
    def next_in_hand(self) -> int | None:
        return next((number for number, (on, _) in enumerate(self.slots, start=1) if on is None), None)

    @property
    def left(self) -> int:
        return sum(1 for on, _ in self.slots if on is None)

    def rev(self, number: int) -> int:
        return self.slots[number - 1][1]


def own(session: Session, exercise: Exercise, participant: Participant) -> Own:
    """What is `participant`'s own in an exercise."""
    ballot = ballots_of(session, exercise.id, {participant.id})[participant.id]
    row = session.get(Ballot, (exercise.id, participant.id))
    written = session.scalars(
        select(Response)
        .where(Response.exercise_id == exercise.id, Response.author_id == participant.id)
        .order_by(Response.number)
    ).all()
    voting = voting_in(session, exercise)
    # What others were merged into is no longer its author's alone to change.
    mine = {each.number for each in written if each.state == "live"} - set(voting.merged.values())
    return Own(
        seed=participant.seed,
        mine=frozenset(mine),
        slots=slots(ballot, voting),
        finished=bool(row and row.finished),
        unchecked=[each for each in written if each.state == "pending"],
        written=frozenset(each.number for each in written),
        came_back=[
            dot.response
            for number, dot in sorted(ballot.items())
            if number <= voting.allowance and dot.response is not None and voting.counts_for(dot.response) is None
        ],
    )

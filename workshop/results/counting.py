"""From dots to a result: who is ranked where, and whether the count adds up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop import rules
from workshop.ballots import voting_in
from workshop.models import Dot, Exercise, Participant, Response, Theme
from workshop.results.cutting import Line, cut_of, draw, find_run_off
from workshop.results.theming import ThemeStanding, by_theme

# Fewer people than this are few.
FEW = 10


@dataclass(frozen=True, slots=True)
class Result:
    """The result of one exercise. `standings` are in order of rank; `responses` by their numbers."""

    standings: Sequence[rules.Standing]
    responses: dict[int, Response]
    merged: dict[int, list[Response]]
    """The originals that stand under a response, by its number."""
    allowance: int
    joined: int
    people: int
    """How many have placed a dot that counts."""
    on_paper: int
    """How many of them did so on paper."""
    in_ballots: int
    """Dots that count, added up ballot by ballot."""
    in_tally: int
    """The same dots, added up response by response."""
    provisional: bool
    """Whether dots can still move."""
    ballots: Sequence[rules.Marks] = ()
    """Each ballot that holds a dot that counts, in an order that says nothing about whose it is or when it was cast."""
    line: Line | None = None
    """Where the line is under what goes forward, if the facilitator drew one."""
    themes: Mapping[int, Theme] = field(default_factory=dict)
    """By their numbers."""

    @property
    def available(self) -> int:
        """The dots of those who placed one."""
        return self.people * self.allowance

    @property
    def is_of_few(self) -> bool:
        """Whether somebody who was there may tell from it who voted for what, and little can be told of others."""
        return self.people < FEW

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

    def theme(self, response: Response) -> Theme | None:
        """The theme of a response, or None where it has none or its theme was removed."""
        return None if response.theme is None else self.themes.get(response.theme)

    def by_theme(self) -> list[ThemeStanding]:
        """The standings of the themes, and at the end of what has none."""
        found = {number: self.theme(response) for number, response in self.responses.items()}
        return by_theme(self.ballots, {number: theme.number if theme else None for number, theme in found.items()})

    def on_side(self, side: str) -> list[rules.Standing]:
        """The standings of one column, ranked among themselves."""
        own = {each.response: each for each in self.standings if self.responses[each.response].side == side}
        return [
            own[number]._replace(rank=place, shared=shared)
            for number, place, shared in rules.rank({number: each.dots for number, each in own.items()})
        ]


def count(session: Session, exercise: Exercise) -> Result:
    """Count an exercise. Read in one transaction, so what is counted is of one moment."""
    rows = session.scalars(select(Response).where(Response.exercise_id == exercise.id).order_by(Response.number)).all()
    responses = {row.number: row for row in rows if row.state == "live"}
    voting = voting_in(session, exercise)
    people = select(Participant.id).where(Participant.workshop_id == exercise.workshop_id, Participant.state == "in")
    of_exercise = (
        Dot.exercise_id == exercise.id,
        Dot.number <= exercise.allowance,
        Dot.response.is_not(None),
        Dot.participant_id.in_(people),
    )
    placed = session.execute(select(Dot.participant_id, Dot.response).where(*of_exercise)).all()
    standings = rules.standings([(person, voting.counts_for(on)) for person, on in placed], responses)
    by_person: dict[int, dict[int, int]] = {}
    for person, on in placed:
        if (response := voting.counts_for(on)) is not None:
            ballot = by_person.setdefault(person, {})
            ballot[response] = ballot.get(response, 0) + 1
    # The database counts ballot by ballot what was counted above response by response: two ways that must agree.
    held = session.execute(
        select(Participant.kind, func.count())
        .join(Dot, Dot.participant_id == Participant.id)
        .where(*of_exercise, Dot.response.in_([*responses, *voting.merged]))
        .group_by(Participant.id, Participant.kind)
    ).all()
    return Result(
        standings=standings,
        responses=responses,
        merged=merged_under(rows, voting.merged),
        allowance=exercise.allowance,
        joined=joined(session, exercise.workshop_id),
        people=len(held),
        on_paper=sum(1 for kind, _ in held if kind == "paper"),
        in_ballots=sum(dots for _, dots in held),
        in_tally=sum(standing.dots for standing in standings),
        provisional=exercise.phase not in ("reveal", "discuss", "closed"),
        ballots=sorted(
            (dict(sorted(ballot.items())) for ballot in by_person.values()), key=lambda each: [*each.items()]
        ),
        themes={theme.number: theme for theme in _themes(session, exercise)},
        line=_line(session, exercise, standings),
    )


def _line(session: Session, exercise: Exercise, standings: Sequence[rules.Standing]) -> Line | None:
    """The line that was drawn, with what a run-off has made of the tie across it. Its own tie may have another."""
    cut = cut_of(exercise.cut, exercise.cut_share, standings, run_off=exercise.run_off_of is not None)
    if cut is None:
        return None
    line = draw(standings, cut)
    run_off = find_run_off(session, exercise, line) if line.tied else None
    if run_off is None:
        return line
    of_run_off = count(session, run_off).line if run_off.revealed else None
    settled = of_run_off.forward if of_run_off is not None and not of_run_off.is_open else []
    # Where all that were in it have been withdrawn, it has settled nothing.
    return replace(line, run_off=run_off.number, settled=settled or None)


def _themes(session: Session, exercise: Exercise) -> Sequence[Theme]:
    return session.scalars(select(Theme).where(Theme.exercise_id == exercise.id, ~Theme.removed)).all()


def merged_under(rows: Sequence[Response], merged: Mapping[int, int]) -> dict[int, list[Response]]:
    """The merged responses, by the one that they stand under in the end."""
    under: dict[int, list[Response]] = {}
    for row in rows:
        if row.number in merged:
            under.setdefault(merged[row.number], []).append(row)
    return under


def joined(session: Session, workshop_id: int) -> int:
    """How many hold a ballot, on a phone or on paper."""
    return _people(session, workshop_id, "in")


def waiting(session: Session, workshop_id: int) -> int:
    """How many are in the lobby."""
    return _people(session, workshop_id, "waiting")


def _people(session: Session, workshop_id: int, state: str) -> int:
    wanted = select(func.count()).where(Participant.workshop_id == workshop_id, Participant.state == state)
    return session.scalar(wanted) or 0

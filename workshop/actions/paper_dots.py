"""The dots of a paper ballot: numbers on a sheet become dots on responses, each judged like a move from a phone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain, count, islice

from sqlalchemy.orm import Session

from workshop import rules
from workshop.actions.history import made, put
from workshop.ballots import ballots_of, voting_in
from workshop.errors import N_, NotUnderstood, Unacceptable, WorkshopError
from workshop.models import Dot, Exercise
from workshop.rules import Move, Voting

# Nobody sends the moves of a paper ballot again, so they need no names of their own.
OP = "paper"


def counts_of(session: Session, exercise: Exercise, people: set[int]) -> dict[int, dict[int, int]]:
    """By participant: the dots on each response that has any of theirs."""
    voting = voting_in(session, exercise)
    return {
        person: dict(Counter(on for dot in ballot.values() if (on := voting.counts_for(dot.response)) is not None))
        for person, ballot in ballots_of(session, exercise.id, people).items()
    }


def lay(session: Session, exercise: Exercise, participant_id: int, counts: Mapping[int, int]) -> None:
    """Put somebody's dots where their ballot has them. Raises what the rules say against any of them."""
    if min(counts.values(), default=0) < 0:
        raise NotUnderstood(N_("A response has no dots, or some."))
    if not any(counts.values()):
        raise Unacceptable(N_("There are no dots on this ballot."), code="no_dots")
    voting = voting_in(session, exercise)
    before = ballots_of(session, exercise.id, {participant_id})[participant_id]
    ballot = dict(before)
    for dot, response in _wishes(ballot, counts, voting):
        move = Move(dot, ballot.get(dot, rules.IN_HAND).rev, response, OP)
        try:
            rules.judge(ballot, move, voting, participant_id)
        except WorkshopError as error:
            raise _in_words_of_paper(error, exercise, voting, counts, response) from error
        ballot[dot] = rules.Dot(response, move.replaces + 1, OP)
    for dot, at in ballot.items():
        if at.response != before.get(dot, rules.IN_HAND).response:
            _write(session, exercise.id, participant_id, dot, at)


def _wishes(ballot: rules.Ballot, counts: Mapping[int, int], voting: Voting) -> Iterator[tuple[int, int | None]]:
    """Where which dot is to go: those that may stay are left alone, and the others are in hand before any is placed."""
    wanted = Counter(counts)
    others, in_the_way = [], []
    for dot in range(1, voting.allowance + 1):
        on = voting.counts_for(ballot.get(dot, rules.IN_HAND).response)
        if on is not None and wanted[on] > 0:
            wanted[on] -= 1
            continue
        others.append(dot)
        if on is not None:
            in_the_way.append(dot)
    # A dot beyond the allowance is refused like any that is not there; one of them is enough.
    placed = islice(wanted.elements(), voting.allowance + 1)
    return chain(
        ((dot, None) for dot in in_the_way), zip(chain(others, count(voting.allowance + 1)), placed, strict=False)
    )


def _write(session: Session, exercise_id: int, participant_id: int, dot: int, at: rules.Dot) -> None:
    row = session.get(Dot, (exercise_id, participant_id, dot))
    if row is None:
        row = Dot(
            exercise_id=exercise_id, participant_id=participant_id, number=dot, response=at.response, rev=at.rev, op=OP
        )
        session.add(row)
        made(row, response=None)
    else:
        put(row, response=at.response)
        row.rev = at.rev


def _in_words_of_paper(
    error: WorkshopError, exercise: Exercise, voting: Voting, counts: Mapping[int, int], response: int | None
) -> WorkshopError:
    """What is wrong with a dot, as what is wrong with a ballot."""
    if error.code == "no_such_dot":
        return Unacceptable(
            N_("%(dots)s dots are on this ballot. Everybody has %(allowance)s."),
            code="too_many_dots",
            dots=sum(counts.values()),
            allowance=voting.allowance,
        )
    if response is None:
        return error
    if error.code == "most_per_response":
        return Unacceptable(
            N_(
                "R%(response)s has %(dots)s dots on this ballot. %(most)s on one response is the most in this exercise."
            ),
            code=error.code,
            response=response,
            dots=counts[response],
            most=voting.most_per_response,
        )
    if error.code == "most_per_column":
        side = exercise.side(voting.side_of[response])
        return Unacceptable(
            N_("The column %(column)s has %(dots)s dots on this ballot. %(most)s in this column is the most."),
            code=error.code,
            response=response,
            column=side.name or side.key.upper(),
            dots=sum(dots for on, dots in counts.items() if voting.side_of.get(on) == side.key),
            most=side.allowance,
        )
    if error.code == "no_such_response":
        return Unacceptable(
            N_("R%(response)s is not among the responses, so it can have no dots."),
            code=error.code,
            response=response,
        )
    return error

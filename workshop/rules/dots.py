"""Ballots and moves of dots.

A *ballot* is a mapping from a dot's number (1 to the allowance) to its `Dot`; a dot that was never moved is absent, at
revision 0 and in hand. A response is known here by its number within its exercise.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal, NamedTuple

from workshop.errors import N_, NotNow, NotUnderstood, Unacceptable

MOST_ALLOWANCE = 20
DEFAULT_ALLOWANCE = 8
LONGEST_OP = 40
OP_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")

Outcome = Literal["moved", "repeated", "stale"]


class Dot(NamedTuple):
    """One unit of preference. `response` is the number of the response it is on, or None in hand."""

    response: int | None
    rev: int
    op: str


class Move(NamedTuple):
    """The wish that dot `dot`, known at revision `replaces`, be on `response` (None: in hand)."""

    dot: int
    replaces: int
    response: int | None
    op: str


IN_HAND = Dot(None, 0, "")

Ballot = Mapping[int, Dot]


class Voting(NamedTuple):
    """What a move is judged by: how an exercise stands, and which of its responses can hold dots."""

    phase: str
    allowance: int
    most_per_response: int | None
    live: Collection[int]
    merged: Mapping[int, int] = {}
    """The live response that each merged one counts for."""
    is_on: bool = True
    side_of: Mapping[int, str] = {}
    side_allowances: Mapping[str, int] = {}
    """How many of one's dots may be put in a column, where that is limited. A response that comes back brings back the
    dots that lie on it, however many were put beside it meanwhile."""
    authors: Mapping[int, int] = {}
    """Who wrote each response, where nobody may vote for their own."""

    def counts_for(self, response: int | None) -> int | None:
        """The live response that a dot on `response` counts for, or None where it counts for none."""
        if response is None or response in self.live:
            return response
        return self.merged.get(response)


def judge(ballot: Ballot, move: Move, voting: Voting, participant: int | None = None) -> Outcome:
    """What becomes of a move: it is next, it is here already, or it is stale. Raises where the rules refuse it.

    The order of the questions matters: a repeat is answered as a repeat although voting has closed since or the
    response was withdrawn, and a stale move is answered with the truth and not with a reproach.
    """
    _check_meant(move, voting.allowance)
    dot = ballot.get(move.dot, IN_HAND)
    if dot.op == move.op and dot.rev == move.replaces + 1:
        return "repeated"
    _check_open(ballot, move, voting)
    if dot.rev != move.replaces:
        return "stale"
    if move.response is None:
        return "moved"
    if move.response not in voting.live:
        raise Unacceptable(
            N_("That response is no longer there. Your dot is where it was."),
            code="no_such_response",
        )
    if participant is not None and voting.authors.get(move.response) == participant:
        raise Unacceptable(N_("In this exercise you can't put dots on your own response."), code="own_response")
    if voting.most_per_response is not None or voting.side_allowances:
        _check_room(ballot, move, voting)
    return "moved"


def _check_open(ballot: Ballot, move: Move, voting: Voting) -> None:
    if not voting.is_on:
        raise NotNow(N_("This exercise is not on."), code="not_on")
    if voting.phase in ("draft", "gather", "group"):
        raise NotNow(N_("Voting has not started yet."), code="not_voting")
    if voting.phase != "vote":
        counted = voting.allowance - in_hand(ballot, voting)
        if move.response is None:
            sentence = N_("Voting has closed, so this change wasn't saved. %(counted)s of your dots were counted.")
        elif counted == 1:
            sentence = N_("Voting has closed. Your last dot didn't count. 1 was counted.")
        else:
            sentence = N_("Voting has closed. Your last dot didn't count. %(counted)s were counted.")
        raise NotNow(sentence, code="voting_closed", counted=counted)


def _check_room(ballot: Ballot, move: Move, voting: Voting) -> None:
    """Raise where a response, or its column, holds as many of one's dots as it may."""
    others = [voting.counts_for(dot.response) for number, dot in ballot.items() if number != move.dot]
    most = voting.most_per_response
    if most is not None and others.count(move.response) >= most:
        raise Unacceptable(
            N_("%(most)s on one response is the most in this exercise."), code="most_per_response", most=most
        )
    side = voting.side_of.get(move.response or 0, "")
    room = voting.side_allowances.get(side)
    if room is not None and sum(1 for on in others if on and voting.side_of.get(on) == side) >= room:
        left = in_hand(ballot, voting)
        sentence = (
            N_("This column has all of your dots that it takes: %(most)s. Remove one there first.")
            if not left
            else N_("This column has all of your dots that it takes: %(most)s. In hand for the others: %(left)s.")
        )
        raise Unacceptable(sentence, code="most_per_column", most=room, left=left)


def _check_meant(move: Move, allowance: int) -> None:
    if not 1 <= move.dot <= allowance:
        raise Unacceptable(
            N_("There is no dot %(dot)s. Everybody has %(allowance)s."),
            code="no_such_dot",
            dot=move.dot,
            allowance=allowance,
        )
    if not 0 <= move.replaces < 2**31 - 1:
        raise NotUnderstood(N_("A dot's revision counts from 0."))
    if not 1 <= len(move.op) <= LONGEST_OP or not OP_LETTERS.issuperset(move.op):
        raise NotUnderstood(
            N_("A move needs an “op” of 1 to %(longest)s plain letters and digits."),
            longest=LONGEST_OP,
        )


def in_hand(ballot: Ballot, voting: Voting) -> int:
    """How many dots of a ballot are in hand. Those on a response that does not count are."""
    placed = sum(
        1
        for number, dot in ballot.items()
        if number <= voting.allowance and voting.counts_for(dot.response) is not None
    )
    return voting.allowance - placed


def suggested_range(allowance: int) -> tuple[int, int]:
    """How many responses suit an allowance: three to four for each dot.

    Good practice gives each person dots for a quarter to a third of the options (Nielsen Norman Group, “Dot Voting: A
    Simple Decision-Making and Prioritizing Technique in UX”, 2019).
    """
    return 3 * allowance, 4 * allowance


def suggested_allowance(responses: int) -> int:
    """How many dots suit a number of responses: about two sevenths of it, between the quarter and the third of
    `suggested_range`.
    """
    return max(1, min(MOST_ALLOWANCE, round(responses * 2 / 7)))

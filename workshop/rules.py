"""The arithmetic of dot voting, on plain values: phases, ballots, tallies, ranks. No Flask, no SQLAlchemy, no clock.

A *ballot* is a mapping from a dot's number (1 to the allowance) to its `Dot`; a dot that was never moved is absent, at
revision 0 and in hand. A response is known here by its number within its exercise.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import Literal, NamedTuple, TypeVar

from workshop.errors import N_, NotNow, NotUnderstood, Unacceptable

PHASES = ("draft", "gather", "vote", "reveal", "discuss", "closed")
SIDES = ("yes", "no")

MOST_ALLOWANCE = 20
DEFAULT_ALLOWANCE = 8
LONGEST_RESPONSE = 140
LONGEST_OP = 40
OP_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")

Key = TypeVar("Key", bound=Hashable)
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


# Phases ---------------------------------------------------------------------------------------------------------------


def check_step(here: str, there: str) -> None:
    """Raise unless an exercise may go from phase `here` to phase `there`: one step forwards or back.

    From `reveal` (voting is closed, nothing shown yet) the way back reopens voting. So does the way back from `discuss`
    and `closed`, in as many steps: what has been shown is not hidden by a slip of the finger.
    """
    if there not in PHASES:
        raise NotUnderstood(N_("There is no phase called “%(phase)s”."), phase=there)
    if abs(PHASES.index(here) - PHASES.index(there)) != 1:
        raise NotNow(N_("An exercise moves one step at a time."))


def totals_are_public(phase: str, totals: str) -> bool:
    """Whether everybody may see how many dots each response has. `totals` is `hidden` or `live`."""
    return phase in ("discuss", "closed") or (totals == "live" and phase in ("vote", "reveal"))


def results_are_ready(phase: str) -> bool:
    """Whether the results page has anything to show: before the reveal only to whoever asks for it."""
    return phase in ("vote", "reveal", "discuss", "closed")


def suggested_range(allowance: int) -> tuple[int, int]:
    """How many responses suit an allowance: three to four for each dot.

    Good practice gives each person dots for a quarter to a third of the options (Nielsen Norman Group, “Dot Voting: A
    Simple Decision-Making and Prioritizing Technique in UX”, 2019).
    """
    return 3 * allowance, 4 * allowance


# Responses ------------------------------------------------------------------------------------------------------------


def tidy(text: str) -> str:
    """Fold white space to single spaces and drop control characters. Direction marks, which some scripts need, stay."""
    visible = "".join(
        " " if ch.isspace() else ch for ch in text if ch.isspace() or unicodedata.category(ch) not in ("Cc", "Cs")
    )
    return " ".join(unicodedata.normalize("NFC", visible).split())


def check_response(text: str, longest: int = LONGEST_RESPONSE) -> str:
    """Give back a response's text, tidied. Raise `Unacceptable` where it is empty or longer than `longest`
    characters.
    """
    text = tidy(text)
    if not any(unicodedata.category(ch)[0] in "LNPS" for ch in text):
        raise Unacceptable(N_("Write your response first."), code="empty")
    if len(text) > LONGEST_RESPONSE:
        raise Unacceptable(
            N_("That is %(length)s characters. A response has %(longest)s at the most."),
            code="too_long",
            length=len(text),
            longest=LONGEST_RESPONSE,
        )
    return text


def check_side(side: str) -> str:
    if side not in SIDES:
        raise Unacceptable(N_("Choose YES or NO."), code="no_side")
    return side


# Ballots --------------------------------------------------------------------------------------------------------------


class Voting(NamedTuple):
    """What a move is judged by: how an exercise stands, and which of its responses can hold dots."""

    phase: str
    allowance: int
    most_per_response: int | None
    live: Collection[int]


def judge(ballot: Ballot, move: Move, voting: Voting) -> Outcome:
    """What becomes of a move: it is next, it is here already, or it is stale. Raises where the rules refuse it.

    The order of the questions matters: a repeat is answered as a repeat although voting has closed since or the
    response was withdrawn, and a stale move is answered with the truth and not with a reproach.
    """
    _check_meant(move, voting.allowance)
    dot = ballot.get(move.dot, IN_HAND)
    if dot.op == move.op and dot.rev == move.replaces + 1:
        return "repeated"
    if voting.phase in ("draft", "gather"):
        raise NotNow(N_("Voting has not started yet."), code="not_voting")
    if voting.phase != "vote":
        counted = voting.allowance - in_hand(ballot, voting.live, voting.allowance)
        if move.response is None:
            sentence = N_("Voting has closed, so this change wasn't saved. %(counted)s of your dots were counted.")
        elif counted == 1:
            sentence = N_("Voting has closed. Your last dot didn't count. 1 was counted.")
        else:
            sentence = N_("Voting has closed. Your last dot didn't count. %(counted)s were counted.")
        raise NotNow(sentence, code="voting_closed", counted=counted)
    if dot.rev != move.replaces:
        return "stale"
    if move.response is None:
        return "moved"
    if move.response not in voting.live:
        raise Unacceptable(
            N_("That response is no longer there. Your dot is where it was."),
            code="no_such_response",
        )
    if voting.most_per_response is not None and move.response != dot.response:
        already = sum(1 for other in ballot.values() if other.response == move.response)
        if already >= voting.most_per_response:
            raise Unacceptable(
                N_("%(most)s on one response is the most in this exercise."),
                code="most_per_response",
                most=voting.most_per_response,
            )
    return "moved"


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


def in_hand(ballot: Ballot, live: Collection[int], allowance: int) -> int:
    """How many dots of a ballot are in hand. Those on a response that does not count are."""
    return allowance - sum(1 for number, dot in ballot.items() if number <= allowance and dot.response in live)


# Tallies and ranks ----------------------------------------------------------------------------------------------------


class Standing(NamedTuple):
    """One response among all: its rank, whether others share it, its dots and the people they come from."""

    response: int
    rank: int
    shared: bool
    dots: int
    people: int


def rank(scores: Mapping[Key, int]) -> list[tuple[Key, int, bool]]:
    """Standard competition ranking, highest first: 1, 2=, 2=, 4. Returns (key, rank, shared) in order; keys that
    share a rank keep the order in which they came, which says nothing about which is better.
    """
    sharers = Counter(scores.values())
    first_with: dict[int, int] = {}
    ranked: list[tuple[Key, int, bool]] = []
    for place, (key, score) in enumerate(sorted(scores.items(), key=lambda item: -item[1]), start=1):
        ranked.append((key, first_with.setdefault(score, place), sharers[score] > 1))
    return ranked


def standings(placed: Iterable[tuple[Hashable, int]], live: Iterable[int]) -> list[Standing]:
    """The standings of the `live` responses from `placed`: one (participant, response) for each dot that lies anywhere.

    Dots on responses that are not live do not count.
    """
    dots = dict.fromkeys(live, 0)
    people: dict[int, set[Hashable]] = {number: set() for number in dots}
    for participant, response in placed:
        if response in dots:
            dots[response] += 1
            people[response].add(participant)
    return [
        Standing(response, place, shared, dots[response], len(people[response]))
        for response, place, shared in rank(dots)
    ]


# Order ----------------------------------------------------------------------------------------------------------------


def shuffled(numbers: Iterable[int], seed: int) -> list[int]:
    """Responses in an order of one's own, stable for a seed, so that nobody's response is first on everybody's phone.

    The sort key is Prospector's 32-bit integer hash (Chris Wellons, “Prospecting for Hash Functions”, 2018);
    `static/js/order.js` has the same arithmetic, and a test holds them together.
    """

    def key(number: int) -> tuple[int, int]:
        x = (number * 0x9E3779B1 ^ seed) & 0xFFFFFFFF
        x ^= x >> 16
        x = x * 0x7FEB352D & 0xFFFFFFFF
        x ^= x >> 15
        x = x * 0x846CA68B & 0xFFFFFFFF
        return (x ^ (x >> 16), number)

    return sorted(numbers, key=key)

"""Tallies, standings, ranks, ties, and the order in which responses are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

Key = TypeVar("Key", bound=Hashable)


Marks = Mapping[int, int]
"""A ballot as it counts: how many of its dots lie on each response that has any."""


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


def standings(placed: Iterable[tuple[Hashable, int | None]], live: Iterable[int]) -> list[Standing]:
    """The standings of the `live` responses from `placed`: for each dot its participant and the response that it counts
    for. Dots on responses that are not live do not count.
    """
    dots = dict.fromkeys(live, 0)
    people: dict[int, set[Hashable]] = {number: set() for number in dots}
    for participant, response in placed:
        if response is not None and response in dots:
            dots[response] += 1
            people[response].add(participant)
    return [
        Standing(response, place, shared, dots[response], len(people[response]))
        for response, place, shared in rank(dots)
    ]


def standings_of(ballots: Iterable[Marks], live: Iterable[int]) -> list[Standing]:
    """The standings of the `live` responses from whole ballots. Dots on responses that are not live do not count."""
    dots = dict.fromkeys(live, 0)
    people = dict.fromkeys(dots, 0)
    for ballot in ballots:
        for response, placed in ballot.items():
            if placed and response in dots:
                dots[response] += placed
                people[response] += 1
    return [
        Standing(response, place, shared, dots[response], people[response]) for response, place, shared in rank(dots)
    ]


def tie_across(standings: Sequence[Standing], cut: int) -> tuple[list[int], int]:
    """The responses that tie across the line under the first `cut` places, and how many of those places they compete
    for. ([], 0) where the line cuts no tie.
    """
    if not 1 <= cut < len(standings) or standings[cut - 1].rank != standings[cut].rank:
        return [], 0
    rank = standings[cut].rank
    return [each.response for each in standings if each.rank == rank], cut - (rank - 1)


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

"""Who a response's dots come from: many people, or one who spent all of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from workshop import rules


class Breadth(NamedTuple):
    """How widely one response is supported."""

    response: int
    dots: int
    people: int
    largest: int
    """The dots of whoever put most on it."""
    rank: int
    """Its rank by people instead of by dots."""
    shared: bool

    @property
    def largest_share(self) -> float:
        """The part of its dots that come from whoever put most on it, from 0 to 1: the index of dominance of
        W. H. Berger and F. L. Parker (“Diversity of Planktonic Foraminifera in Deep-Sea Sediments”, Science 168, 1970).
        """
        return self.largest / self.dots if self.dots else 0.0

    @property
    def is_from_one(self) -> bool:
        """Whether half or more of its dots are one person's."""
        return self.dots > 0 and 2 * self.largest >= self.dots


def breadth(ballots: Sequence[rules.Marks], standings: Sequence[rules.Standing]) -> dict[int, Breadth]:
    """How widely each response is supported, by its number."""
    largest = {each.response: 0 for each in standings}
    for ballot in ballots:
        for response, dots in ballot.items():
            largest[response] = max(largest.get(response, 0), dots)
    by_people = rules.rank({each.response: each.people for each in standings})
    ranks = {response: (rank, shared) for response, rank, shared in by_people}
    return {
        each.response: Breadth(each.response, each.dots, each.people, largest[each.response], *ranks[each.response])
        for each in standings
    }

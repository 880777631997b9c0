"""How much a result hangs on any one ballot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from workshop import rules
from workshop.results.cutting import cut_of

Verdict = Literal["safe", "one person decides", "coin toss"]
Side = Literal["above", "tied", "below"]


class Stability(NamedTuple):
    """What becomes of one response when any one ballot is left out."""

    response: int
    best: int
    """Its best rank, as counted and with each ballot left out."""
    worst: int
    side: Side | None
    """Where it is as counted: above the line, below it or tied across it. None where no line was drawn."""
    verdict: Verdict | None
    """`coin toss`: it ties across the line. `one person decides`: without one of the ballots it would be elsewhere.
    `safe`: it stays where it is, above or below, whichever ballot is left out."""


def stability(
    ballots: Sequence[rules.Marks], live: Iterable[int], *, places: int | None = None, share: int | None = None
) -> dict[int, Stability]:
    """The stability of each response, by its number: exact, by counting once without each ballot.

    `places` or `share` (per cent of all dots) say where the line is; a share draws it anew each time.
    Leaving out one observation at a time is the jackknife (M. H. Quenouille, “Notes on Bias in Estimation”,
    Biometrika 43, 1956; J. W. Tukey, “Bias and Confidence in Not-quite Large Samples”, 1958); here it is not used to
    estimate a variance but to name every rank that a response can take.
    """
    live = sorted(live)
    counted = rules.standings_of(ballots, live)
    ranks = {each.response: {each.rank} for each in counted}
    sides = sides_of(counted, places, share)
    elsewhere: set[int] = set()
    dots = {each.response: each.dots for each in counted}
    # Equal ballots do the same.
    for ballot in {tuple(sorted(each.items())) for each in ballots}:
        left = dots | {response: dots[response] - placed for response, placed in ballot if response in dots}
        standings = [
            rules.Standing(response, rank, shared, left[response], 0) for response, rank, shared in rules.rank(left)
        ]
        for each in standings:
            ranks[each.response].add(each.rank)
        if sides:
            now = sides_of(standings, places, share)
            elsewhere |= {response for response in dots if now.get(response) != sides[response]}
    return {
        response: Stability(
            response,
            min(ranks[response]),
            max(ranks[response]),
            sides.get(response),
            _verdict(response, sides, elsewhere),
        )
        for response in live
    }


def sides_of(standings: Sequence[rules.Standing], places: int | None, share: int | None) -> dict[int, Side]:
    """Where each response is: above the line, below it or tied across it. Empty where there is no line."""
    cut = cut_of(places, share, standings)
    if cut is None:
        return {}
    tied, open_places = rules.tie_across(standings, cut)
    above = {each.response for each in standings[: cut - open_places]} - set(tied)
    return {
        each.response: "tied" if each.response in tied else "above" if each.response in above else "below"
        for each in standings
    }


def _verdict(response: int, sides: dict[int, Side], elsewhere: set[int]) -> Verdict | None:
    if not sides:
        return None
    if sides[response] == "tied":
        return "coin toss"
    return "one person decides" if response in elsewhere else "safe"

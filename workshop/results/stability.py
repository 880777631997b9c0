"""How much a result hangs on any one ballot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from workshop import rules
from workshop.results.cutting import cut_of, draw

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
    """`coin toss`: it ties across the line. `one person decides`: without one of the ballots it would be elsewhere, and
    to tie across the line is elsewhere as well. `safe`: it stays where it is, above or below, whichever is left out."""

    @property
    def is_fixed(self) -> bool:
        """Whether its rank is the same whichever ballot is left out."""
        return self.best == self.worst


def stability(
    ballots: Sequence[rules.Marks],
    live: Iterable[int],
    *,
    places: int | None = None,
    share: int | None = None,
    run_off: bool = False,
) -> dict[int, Stability]:
    """The stability of each response, by its number: exact, by counting once without each ballot.

    `places` or `share` (per cent of all dots) and `run_off` say where the line is, as for `cutting.cut_of`; it is drawn
    anew each time. Where a ballot is the only one, there are no dots without it: all ranks are 1, and nothing is above
    the line.
    Leaving out one observation at a time is the jackknife (M. H. Quenouille, “Notes on Bias in Estimation”,
    Biometrika 43, 1956; J. W. Tukey, “Bias and Confidence in Not-quite Large Samples”, 1958); here it is not used to
    estimate a variance but to name every rank that a response can take.
    """
    live = sorted(live)
    counted = rules.standings_of(ballots, live)
    ranks = {each.response: {each.rank} for each in counted}
    sides = sides_of(counted, places, share, run_off=run_off)
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
            now = sides_of(standings, places, share, run_off=run_off)
            elsewhere |= {response for response in dots if now[response] != sides[response]}
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


def sides_of(
    standings: Sequence[rules.Standing], places: int | None, share: int | None, *, run_off: bool = False
) -> dict[int, Side]:
    """Where each response is: above the line, below it or tied across it. Empty where no line was drawn."""
    cut = cut_of(places, share, standings, run_off=run_off)
    if cut is None:
        return {}
    line = draw(standings, cut)
    sides: dict[int, Side] = dict.fromkeys((each.response for each in standings), "below")
    return sides | dict.fromkeys(line.above, "above") | dict.fromkeys(line.tied, "tied")


def _verdict(response: int, sides: dict[int, Side], elsewhere: set[int]) -> Verdict | None:
    if not sides:
        return None
    if sides[response] == "tied":
        return "coin toss"
    return "one person decides" if response in elsewhere else "safe"

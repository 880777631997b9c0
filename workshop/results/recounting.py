"""A file of ballots, counted again: by plain arithmetic over the file, and not by what counted it first."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from workshop.results.cutting import Line, cut_of, draw
from workshop.results.rereading import Ballots
from workshop.results.stability import Stability, stability
from workshop.rules import Standing


class Row(NamedTuple):
    """What the ballots say of one response."""

    number: int
    rank: int
    shared: bool
    dots: int
    people: int
    share: float
    """Its part of all dots placed, from 0 to 1."""
    largest: int
    """The dots of whoever put most on it."""
    rank_by_people: int


@dataclass(frozen=True, slots=True)
class Recount:
    """What a file of ballots comes to."""

    file: Ballots
    rows: Mapping[int, Row]
    """By number, in order of rank among all responses."""
    stability: Mapping[int, Stability]
    line: Line | None

    @property
    def used(self) -> int:
        """The dots on all ballots."""
        return sum(sum(ballot.values()) for ballot in self.file.ballots)

    @property
    def available(self) -> int:
        return len(self.file.ballots) * self.file.allowance

    def among(self, numbers: Collection[int]) -> list[Row]:
        """Some of the responses, ranked among themselves; their shares stay parts of all dots."""
        ranks = ranked({number: self.rows[number].dots for number in numbers})
        by_people = ranked({number: self.rows[number].people for number in numbers})
        sharers = Counter(ranks.values())
        own = [
            row._replace(
                rank=ranks[row.number],
                shared=sharers[ranks[row.number]] > 1,
                rank_by_people=by_people[row.number],
            )
            for row in self.rows.values()
            if row.number in numbers
        ]
        return sorted(own, key=lambda row: (row.rank, row.number))

    def on_side(self, side: str) -> list[Row]:
        return self.among({number for number, written in self.file.responses.items() if written.side == side})

    def own_differences(self) -> list[str]:
        """Where the file's own tally is not what its ballots come to."""
        return [
            f"R{number} has {row.dots} dots from {row.people} people, and the file's tally says {dots} from {people}"
            for number, (dots, people) in self.file.tally.items()
            for row in (self.rows[number],)
            if (row.dots, row.people) != (dots, people)
        ]


def recount(file: Ballots, *, places: int | None = None, share: int | None = None) -> Recount:
    """Count a file's ballots. `places` or `share` (per cent of all dots) say where the line is, if there is one."""
    dots = {number: [ballot.get(number, 0) for ballot in file.ballots] for number in file.responses}
    totals = {number: sum(placed) for number, placed in dots.items()}
    people = {number: sum(1 for each in placed if each) for number, placed in dots.items()}
    ranks, by_people = ranked(totals), ranked(people)
    used, sharers = sum(totals.values()), Counter(ranks.values())
    rows = [
        Row(
            number=number,
            rank=ranks[number],
            shared=sharers[ranks[number]] > 1,
            dots=totals[number],
            people=people[number],
            share=totals[number] / used if used else 0.0,
            largest=max(placed, default=0),
            rank_by_people=by_people[number],
        )
        for number, placed in dots.items()
    ]
    rows.sort(key=lambda row: (row.rank, row.number))
    standings = [Standing(row.number, row.rank, row.shared, row.dots, row.people) for row in rows]
    run_off = file.run_off_of is not None
    cut = cut_of(places, share, standings, run_off=run_off)
    return Recount(
        file,
        {row.number: row for row in rows},
        stability(file.ballots, file.responses, places=places, share=share, run_off=run_off),
        None if cut is None else draw(standings, cut),
    )


def ranked(scores: Mapping[int, int]) -> dict[int, int]:
    """The rank of each: one more than how many have a higher score."""
    ordered = sorted(scores.values())
    return {number: 1 + len(ordered) - bisect_right(ordered, score) for number, score in scores.items()}

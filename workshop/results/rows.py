"""A result row by row, as every file with a table has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workshop import rules
from workshop.models import Response
from workshop.results.breadth import Breadth
from workshop.results.reporting import Report
from workshop.results.robustness import rank_range, verdict
from workshop.results.showing import show_rank, show_standing, side_name
from workshop.results.stability import Stability


@dataclass(frozen=True, slots=True)
class Row:
    """Everything about one response. What a vote would say is None where there was none."""

    response: Response
    column: str
    """What its column is called; empty in an open exercise."""
    standing: rules.Standing | None
    share: float | None
    """Its part of all dots placed, from 0 to 1."""
    breadth: Breadth | None
    stability: Stability | None
    verdict: str | None
    """How firmly it stands above or below the line, in words."""
    theme: str | None
    merged: Sequence[Response]
    note: str

    @property
    def rank(self) -> str | None:
        """1, 2=, 2=, 4."""
        return None if self.standing is None else show_standing(self.standing)

    @property
    def rank_by_people(self) -> str | None:
        return None if self.breadth is None else show_rank(self.breadth.rank, self.breadth.shared)

    @property
    def ranks(self) -> str | None:
        """Every rank that it can take when one ballot is left out: 2, or 1–4."""
        return None if self.stability is None else rank_range(self.stability)


def rows(report: Report) -> Iterator[Row]:
    """The responses in order of rank; in that of their numbers where there was no vote."""
    result, voted = report.result, report.talk.voted
    standings = result.standings if voted else sorted(result.standings, key=lambda each: each.response)
    for standing in standings:
        response = result.responses[standing.response]
        theme = result.theme(response)
        held = report.stability.get(response.number) if voted else None
        yield Row(
            response=response,
            column=side_name(report.exercise.side(response.side)),
            standing=standing if voted else None,
            share=result.share(standing) if voted else None,
            breadth=report.breadth.get(response.number) if voted else None,
            stability=held,
            verdict=verdict(held, result.line) or None if held else None,
            theme=None if theme is None else theme.name,
            merged=result.merged.get(response.number, ()),
            note=report.talk.note(response.number),
        )

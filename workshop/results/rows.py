"""A result row by row, as every file with a table has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workshop import rules
from workshop.models import Response
from workshop.results.breadth import Breadth
from workshop.results.reporting import Report
from workshop.results.stability import Stability


@dataclass(frozen=True, slots=True)
class Row:
    """Everything about one response. What a vote would say is None where there was none."""

    response: Response
    standing: rules.Standing | None
    share: float | None
    """Its part of all dots placed, from 0 to 1."""
    breadth: Breadth | None
    stability: Stability | None
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
        if self.stability is None:
            return None
        best, worst = self.stability.best, self.stability.worst
        return str(best) if best == worst else f"{best}–{worst}"

    @property
    def verdict(self) -> str | None:
        """Whether it is surely above or below the line."""
        if self.stability is None or self.stability.verdict is None:
            return None
        verdict, side = self.stability.verdict, self.stability.side
        return f"{verdict} {side}" if verdict == "safe" else verdict


def rows(report: Report) -> Iterator[Row]:
    """The responses in order of rank; in that of their numbers where there was no vote."""
    result, voted = report.result, report.talk.voted
    standings = result.standings if voted else sorted(result.standings, key=lambda each: each.response)
    for standing in standings:
        response = result.responses[standing.response]
        theme = result.theme(response)
        yield Row(
            response=response,
            standing=standing if voted else None,
            share=result.share(standing) if voted else None,
            breadth=report.breadth.get(response.number) if voted else None,
            stability=report.stability.get(response.number) if voted else None,
            theme=None if theme is None else theme.name,
            merged=result.merged.get(response.number, ()),
            note=report.talk.note(response.number),
        )


def show_standing(standing: rules.Standing) -> str:
    return show_rank(standing.rank, standing.shared)


def show_share(share: float) -> str:
    return f"{share:.1%}"


def show_rank(rank: int, shared: bool) -> str:
    return f"{rank}=" if shared else str(rank)

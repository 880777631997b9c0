"""The ranking as a picture: a dot plot as long as a row can be counted, and bars beyond. A column is told by how its
marks are filled, so that nobody needs colours for it.

A chart is SVG that stands by itself: its colours and sizes are written into it. Where it is part of a page, the page's
style sheet paints over them, because a rule outweighs an attribute.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from flask_babel import gettext
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from workshop import rules
from workshop.models import Side
from workshop.results import chart_words, lettering, sentences
from workshop.results.chart_words import FILL_OF, FILLS, fills, finding, standings_of
from workshop.results.reporting import Report
from workshop.results.showing import show_standing, side_name
from workshop.results.stamps import stem
from workshop.settings import assets

__all__ = ["ALONE", "NARROW", "SHEET", "WIDE", "Shape", "file_name", "finding", "is_whole", "svg"]

# One mark for one dot, up to so many in a row.
MOST_MARKS = 30
TYPE, LEADING = 15, 20
HEADING_TYPE, HEADING_LEADING = 23, 29
RANK_ROOM, NUMBER_ROOM, COUNT_ROOM = 46, 44, 48


# Characters that XML has no way to write.
NO_XML = re.compile("[^\\t\\n\\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Shape(NamedTuple):
    """How a chart is laid out. Lengths are in units of its own, of which a page makes as many pixels as it has."""

    name: str
    """Begins the ids in it, so that two of them can be on one page."""
    width: int
    words: int
    """How much of the width is for words, beside which the marks stand; 0 where these stand underneath."""
    most: int | None = None
    """How many responses are shown at the most."""
    lines: int = 4
    """How many lines of a response are shown at the most."""
    is_alone: bool = False
    """Whether it says itself what it is about."""


ALONE = Shape("chart", 960, 520, is_alone=True)
WIDE = Shape("wide", 960, 520, most=20, lines=3)
NARROW = Shape("narrow", 340, 0, most=20)
SHEET = Shape("sheet", 820, 560, most=14, lines=3)


@dataclass(frozen=True, slots=True)
class Row:
    """One response in the picture; `y` is where its first line stands."""

    y: float
    rank: str
    number: int
    side: Side
    fill: str
    before: str
    """Its column, where there is more than one in the picture."""
    lines: Sequence[str]
    x: float
    """Where its words begin."""
    marks_at: tuple[float, float]
    """Where its marks begin, and the height of their middle."""
    marks: Sequence[float]
    """Where each has its centre; empty where there is a bar."""
    radius: float
    bar: float
    """The length of the bar, or of all marks together."""
    dots: int


@dataclass(frozen=True, slots=True)
class Rule:
    """The line under what goes forward, at the height `y`; its words stand above it, with those that they are about."""

    y: float
    lines: Sequence[str]
    ends_tie: bool
    """Whether it is only where those end who tie across the line."""


def svg(report: Report, side: str | None = None, shape: Shape = ALONE) -> str:
    """The chart of all responses, or of one column, in order of rank."""
    layout = _Layout(report, side, shape)
    return _environment().get_template("chart.svg").render(chart=layout.chart())


def is_whole(report: Report, shape: Shape) -> bool:
    """Whether every response is in a chart of all."""
    return len(_shown(report.result.standings, shape)) == len(report.result.standings)


def file_name(report: Report, form: str, side: str | None = None) -> str:
    """2026-03-14_town-centre_ex1-chart.svg, or …-chart-yes-provisional.svg."""
    stamp = (f"-{side}" if side else "") + ("-provisional" if report.result.provisional else "")
    return f"{stem(report.workshop, report.exercise, 'chart')}{stamp}.{form}"


def _plain(value: object) -> object:
    return NO_XML.sub("", value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def _environment() -> Environment:
    # Not the one of the app, for a chart is also drawn where there is none.
    return Environment(
        loader=FileSystemLoader(assets() / "templates" / "results"),
        autoescape=True,
        finalize=_plain,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _shown(standings: Sequence[rules.Standing], shape: Shape) -> Sequence[rules.Standing]:
    """As many as there is room for. Of those who tie for the last places all are left out, unless nobody were left."""
    if shape.most is None or len(standings) <= shape.most:
        return standings
    last = standings[shape.most].rank
    return [each for each in standings if each.rank < last] or standings[: shape.most]


class _Layout:
    """Puts one thing under the other, from the top; `y` is where the next one begins."""

    def __init__(self, report: Report, side: str | None, shape: Shape) -> None:
        self.report, self.side, self.shape = report, side, shape
        self.standings = standings_of(report, side)
        self.shown = _shown(self.standings, shape)
        self.most = max((each.dots for each in self.standings), default=0)
        self.y = 0.0

    def chart(self) -> dict[str, object]:
        """All that the template draws."""
        is_alone = self.shape.is_alone
        title = chart_words.title(self.report, self.side)
        heading = self._paragraph(title if is_alone else "", HEADING_TYPE, HEADING_LEADING)
        asked = self._paragraph(chart_words.asked(self.report, self.side) if is_alone else "", TYPE, LEADING)
        self.y += 12 if is_alone else 0
        legend = list(self._legend())
        parts = list(self._parts())
        self.y += 8 if is_alone else 0
        foot = self._paragraph(chart_words.foot(self.report) if is_alone else "", TYPE - 1, LEADING)
        return {
            "shape": self.shape,
            "margin": 32 if is_alone else 2,
            "width": self.shape.width,
            "height": self.y,
            "title": title,
            "description": chart_words.description(self.report, self.shown, is_bars=self.most > MOST_MARKS),
            "heading": heading,
            "asked": asked,
            "legend": legend,
            "foot": foot,
            "rows": [each for each in parts if isinstance(each, Row)],
            "rules": [each for each in parts if isinstance(each, Rule)],
            "fills": sorted({fill for _, fill in fills(self.report.exercise)} - {"solid", "hollow"}),
            "type": TYPE,
            "heading_type": HEADING_TYPE,
            "leading": LEADING,
        }

    def _paragraph(self, text: str, size: float, leading: float) -> list[tuple[float, str]]:
        """Each of its lines with the height that it stands at."""
        broken = lettering.lines(text, size, self.shape.width) if text else []
        start = self.y
        self.y += len(broken) * leading + (6 if broken else 0)
        return [(start + place * leading + size, line) for place, line in enumerate(broken)]

    def _legend(self) -> Iterator[tuple[float, float, Side, str, str]]:
        """(x, y, column, fill, words) for each column."""
        if self.side is not None:
            return
        x = 0.0
        for side, fill in fills(self.report.exercise):
            words = f"{side_name(side)} – {gettext(FILLS[fill])}"
            taken = 34 + lettering.width(words, TYPE) + 18
            if x and x + taken > self.shape.width:
                x, self.y = 0.0, self.y + LEADING + 4
            yield x, self.y + TYPE, side, fill, words
            x += taken
        if x:
            self.y += LEADING + 10

    def _parts(self) -> Iterator[Row | Rule]:
        line = self.report.result.line if self.side is None else None
        for standing in self.shown:
            yield self._row(standing)
            if line and (words := sentences.after(line, standing.response)):
                yield self._rule(words, ends_tie=standing.response in line.tied)

    def _row(self, standing: rules.Standing) -> Row:
        response = self.report.result.responses[standing.response]
        side = self.report.exercise.side(response.side)
        beside = self.shape.words > 0
        x = RANK_ROOM + (NUMBER_ROOM if beside else 0)
        before = side_name(side) if len(self.report.exercise.sides) > 1 and self.side is None else ""
        room = (self.shape.words if beside else self.shape.width) - x
        # They are bold, and so a little wider.
        taken = lettering.width(" ".join(["" if beside else f"R{standing.response}", before, ""]), TYPE) * 1.08
        lines = lettering.lines(response.text, TYPE, room, most=self.shape.lines, first=taken)
        y = self.y + 5 + TYPE
        marks_y = y - 5 if beside else y + (len(lines) - 1) * LEADING + 17
        marks_x = self.shape.words + 20 if beside else x
        pitch, bar = self._length(standing.dots, self.shape.width - marks_x - COUNT_ROOM)
        self.y += len(lines) * LEADING + 12 + (0 if beside else 22)
        return Row(
            y=y,
            rank=show_standing(standing),
            number=standing.response,
            side=side,
            fill=FILL_OF[side.key] if len(self.report.exercise.sides) > 1 else "solid",
            before=before,
            lines=lines,
            x=x,
            marks_at=(marks_x, marks_y),
            marks=[round(marks_x + pitch * (place + 0.5), 1) for place in range(standing.dots)] if pitch else (),
            radius=round(pitch * 0.41, 1),
            bar=round(bar, 1),
            dots=standing.dots,
        )

    def _length(self, dots: int, room: float) -> tuple[float, float]:
        """How far one mark is from the next, 0 where there is a bar instead; and how long they are together."""
        if self.most > MOST_MARKS:
            return 0, room * dots / self.most
        pitch = min(17.0, room / MOST_MARKS if self.most > 20 else room / 20)
        return pitch, pitch * dots

    def _rule(self, words: str, *, ends_tie: bool) -> Rule:
        lines = lettering.lines(words, TYPE, self.shape.width)
        rule = Rule(self.y + len(lines) * LEADING + 6, lines, ends_tie)
        self.y += len(lines) * LEADING + 20
        return rule

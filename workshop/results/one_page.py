"""How much of a ranking there is room for on one page."""

from __future__ import annotations

from collections.abc import Sequence

from workshop import rules
from workshop.results import sentences
from workshop.results.reporting import Report
from workshop.results.stamps import stamps

# How many rows of a table there is room for on A4 under everything else, when that is as short as it can be.
ROWS = 27
# How many characters fit onto a line of the title, the headline, the text and a table's column for responses.
IN_TITLE, IN_HEADLINE, IN_TEXT, IN_CELL = 34, 62, 80, 45


def top(report: Report) -> Sequence[rules.Standing]:
    """The first of the ranking, as many as fit. No tie is cut in two, unless it is the first and too long."""
    standings = report.result.standings
    left = ROWS - _taken(report)
    for place, each in enumerate(standings):
        left -= _lines(report.result.responses[each.response].text, IN_CELL)
        if left < 0 and place:
            whole = [before for before in standings[:place] if before.rank < each.rank]
            return whole or standings[:place]
    return standings


def _taken(report: Report) -> int:
    """The rows that are lost to what takes more than one line."""
    exercise, line = report.exercise, report.result.line
    asked = [f"{side.name or ''}: {side.prompt}" for side in exercise.sides] if exercise.prompts else [exercise.asked]
    forward = sentences.names(line.above) if line is not None and line.above else ""
    texts = [*asked, *stamps(report), forward]
    # A line of the title is as high as two rows.
    return (
        2 * _lines(report.workshop.title + " – results", IN_TITLE)
        + _lines(sentences.headline(report.result), IN_HEADLINE)
        + sum(_lines(text, IN_TEXT) for text in texts)
    )


def _lines(text: str, length: int) -> int:
    return -(-len(text) // length)

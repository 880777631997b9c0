"""Counted responses whose wordings are alike: their own, or one that was merged into them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from workshop import likeness
from workshop.likeness import Candidate, Pair
from workshop.results.counting import Result

# Where hundreds write the same, more pairs tell nobody more.
MOST_PAIRS = 2_000

Merged = Mapping[int, Sequence[str]]
"""The wordings that were merged into a response, by its number."""


class Alike(NamedTuple):
    """Two responses, the lower number first, the wordings in which they are most alike, and how much: 0 to 100."""

    one: int
    other: int
    wordings: tuple[str, str]
    likeness: int


def across_columns(responses: Sequence[Candidate], merged: Merged) -> list[Alike]:
    """All pairs of different columns that are alike, the likest first."""
    return _alike(responses, merged, likeness.across)


def within_columns(responses: Sequence[Candidate], merged: Merged) -> list[Alike]:
    """All pairs of one column that are alike, the likest first."""
    return _alike(responses, merged, likeness.suggestions)


def wordings_of(result: Result) -> tuple[list[Candidate], dict[int, list[str]]]:
    """What a result has to compare: its responses, and what was merged into each."""
    responses = [Candidate(number, each.side, each.text) for number, each in sorted(result.responses.items())]
    return responses, {number: [each.text for each in those] for number, those in result.merged.items()}


def groups(pairs: Sequence[Alike]) -> list[list[int]]:
    """Responses that hang together by pairs, each group in the order of its numbers."""
    group_of: dict[int, set[int]] = {}
    for pair in pairs:
        together = group_of.get(pair.one, {pair.one}) | group_of.get(pair.other, {pair.other})
        group_of |= dict.fromkeys(together, together)
    return [sorted(group) for number, group in sorted(group_of.items()) if number == min(group)]


def _alike(
    responses: Sequence[Candidate], merged: Merged, pairs: Callable[[Sequence[Candidate], int], list[Pair]]
) -> list[Alike]:
    # A response's own wording comes before those that were merged into it, and wins where they are equally alike.
    worded = [
        each._replace(text=text) for each in sorted(responses) for text in (each.text, *merged.get(each.number, ()))
    ]
    found: dict[tuple[int, int], Alike] = {}
    for pair in pairs([each._replace(number=place) for place, each in enumerate(worded)], MOST_PAIRS):
        one, other = worded[pair.one], worded[pair.other]
        if one.number != other.number:
            alike = Alike(one.number, other.number, (one.text, other.text), pair.likeness)
            found.setdefault((one.number, other.number), alike)
    return list(found.values())

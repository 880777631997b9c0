"""One exercise that several groups have done: what they come to together, and how far they agree."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from workshop import rules
from workshop.results import chance

# Fewer ideas than this agree by chance too often to say anything.
FEWEST_IDEAS = 4

Idea = tuple[str, str]
"""The column, and the wording as it is compared."""

Agreement = Literal["too few", "no more than chance", "partly", "largely"]


@dataclass(frozen=True, slots=True)
class Group:
    """One group's result: plain values."""

    name: str
    standings: Mapping[Idea, rules.Standing]
    """By idea; a standing's `response` is its number in this group."""
    texts: Mapping[Idea, str]
    people: int
    forward: frozenset[Idea] | None
    """What is above its line; None where it has none."""

    @property
    def dots(self) -> int:
        return sum(each.dots for each in self.standings.values())


class Pooled(NamedTuple):
    """One idea over all groups."""

    idea: Idea
    text: str
    rank: int
    """By the dots of all groups together."""
    shared: bool
    dots: int
    people: int
    mean_share: float
    """The mean of its share of dots in each group that had it, from 0 to 1: there every group weighs the same."""
    standings: Sequence[rules.Standing | None]
    """In each group, in the order of the groups; None where it did not have the idea."""


class Concordance(NamedTuple):
    """How far the groups rank alike what all of them had."""

    ideas: int
    coefficient: float | None
    """Kendall's W, from 0 (no agreement) to 1 (the same order). None where there is nothing to rank."""
    probability: float | None
    """How often shuffled orders agree as much."""
    verdict: Agreement


def idea_of(side: str, text: str) -> Idea:
    """What makes two responses of different groups the same idea: column and words, whatever their case, accents and
    punctuation. Nothing is guessed.
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(ch if unicodedata.category(ch)[0] in "LN" else " " for ch in plain if not unicodedata.combining(ch))
    return side, " ".join(kept.split()) or text


def pool(groups: Sequence[Group]) -> list[Pooled]:
    """Every idea that any group had, ranked by the dots of all groups together."""
    ideas = {idea: None for group in groups for idea in group.standings}
    dots = {idea: sum(group.standings[idea].dots for group in groups if idea in group.standings) for idea in ideas}
    return [
        Pooled(
            idea,
            next(group.texts[idea] for group in groups if idea in group.texts),
            rank,
            shared,
            dots[idea],
            sum(group.standings[idea].people for group in groups if idea in group.standings),
            _mean_share(idea, groups),
            [group.standings.get(idea) for group in groups],
        )
        for idea, rank, shared in rules.rank(dots)
    ]


def _mean_share(idea: Idea, groups: Sequence[Group]) -> float:
    shares = [group.standings[idea].dots / group.dots if group.dots else 0.0
              for group in groups if idea in group.standings]  # fmt: skip
    return sum(shares) / len(shares)


def in_all(groups: Sequence[Group]) -> list[Idea]:
    """The ideas above the line in every group. Groups without a line say nothing about it."""
    drawn = [group.forward for group in groups if group.forward is not None]
    return sorted(frozenset.intersection(*drawn)) if drawn else []


def in_one(groups: Sequence[Group]) -> list[list[Idea]]:
    """For each group, the ideas that are above its line and above no other's."""
    counts = Counter(idea for group in groups for idea in group.forward or ())
    return [sorted(idea for idea in group.forward or () if counts[idea] == 1) for group in groups]


def concordance(groups: Sequence[Group]) -> Concordance:
    """How far the groups agree on the ideas that all of them had: Kendall's W with the correction for ties
    (M. G. Kendall and B. Babington Smith, “The Problem of m Rankings”, Annals of Mathematical Statistics 10, 1939).

    How often chance agrees as much is found by arranging each group's ranks otherwise (see `chance`).
    """
    common = (
        [idea for idea in groups[0].standings if all(idea in group.standings for group in groups)] if groups else []
    )
    scores = [[group.standings[idea].dots for idea in common] for group in groups]
    coefficient = kendalls_w(scores)
    if len(groups) < 2 or len(common) < FEWEST_IDEAS or coefficient is None:
        return Concordance(len(common), coefficient, None, "too few")
    # The ranks of a group stay what they are when they are shuffled, so they are worked out once.
    first, *others = map(chance.mid_ranks, scores)
    sums = [_spread([first, *each]) for each in chance.rearranged(others)]
    found = chance.among(coefficient, sums[0], sums)
    if not found.is_rare:
        return Concordance(len(common), coefficient, found.p, "no more than chance")
    return Concordance(len(common), coefficient, found.p, "largely" if coefficient >= 0.7 else "partly")


def kendalls_w(scores: Sequence[Sequence[int]]) -> float | None:
    """Kendall's W of several lists of scores of the same things; None where no list tells any of them apart.

    W = 12 S / (m² (n³ − n) − m Σ(t³ − t)), S the sum of squared deviations of the sums of mid-ranks, t the sizes of
    groups of equal scores.
    """
    judges, things = len(scores), len(scores[0]) if scores else 0
    ties = sum(count**3 - count for each in scores for count in Counter(each).values())
    most = judges**2 * (things**3 - things) - judges * ties
    if most <= 0:
        return None
    return 12 * _spread([chance.mid_ranks(each) for each in scores]) / most


def _spread(ranks: Sequence[Sequence[float]]) -> float:
    sums = [sum(each) for each in zip(*ranks, strict=True)]
    mean = sum(sums) / len(sums) if sums else 0.0
    return float(sum((each - mean) * (each - mean) for each in sums))

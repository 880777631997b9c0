"""How often chance alone gives what was seen: randomisation tests, which assume nothing of how dots are spread.

Each asks how extreme a figure is among those that the same material gives in other arrangements, all equally likely
if what is asked about plays no part (R. A. Fisher, “The Design of Experiments”, 1935; E. J. G. Pitman, “Significance
Tests Which May be Applied to Samples from any Populations”, 1937). Few arrangements are gone through one by one; of
many, `DRAWN` are drawn, always the same ones, and the one that was seen counts among them (M. Dwass, “Modified
Randomization Tests for Nonparametric Hypotheses”, 1957; B. Phipson and G. K. Smyth, “Permutation P-values Should Never
Be Zero”, 2010).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import chain, groupby, permutations, product
from math import factorial, prod, sqrt
from operator import mul
from typing import NamedTuple, TypeVar

Thing = TypeVar("Thing")

RARE = 0.05
"""What chance gives less often than this, it is not held to explain: one time in twenty."""
MOST_SIGNS = 15
"""Up to so many signs, all ways to set them are gone through: 32,768."""
MOST_ORDERS = 5040
"""Up to so many orders, all are: those of seven things."""
DRAWN = 1999
# What is equal but for the last bit counts as equal.
_HAIR = 1e-9


class Chance(NamedTuple):
    """A figure, and how often chance gives one as far out or further, from 0 to 1."""

    figure: float
    p: float
    least: float
    """The smallest `p` that this material could have given. Where that is not rare, nothing can be told."""

    @property
    def can_tell(self) -> bool:
        return self.least < RARE

    @property
    def is_rare(self) -> bool:
        return self.p < RARE


NOTHING = Chance(0.0, 1.0, 1.0)


def among(figure: float, seen: float, all_of_them: Sequence[float]) -> Chance:
    """How many of the values of all arrangements are as high as the one that was `seen`."""
    highest = max(all_of_them)
    return Chance(figure, _as_high_as(seen, all_of_them), _as_high_as(highest, all_of_them))


def _as_high_as(value: float, all_of_them: Sequence[float]) -> float:
    return sum(each >= value - _HAIR for each in all_of_them) / len(all_of_them)


def off_zero(values: Sequence[float]) -> Chance:
    """Whether the mean of `values` is further from 0 than chance explains, where each was as likely to come out with
    the other sign: Fisher's test of Darwin's plants in pairs (1935).
    """
    if not values:
        return NOTHING
    sums = _all_sums(values) if len(values) <= MOST_SIGNS else _drawn_sums(values)
    return among(sum(values) / len(values), abs(sum(values)), [abs(each) for each in sums])


def _all_sums(values: Sequence[float]) -> list[float]:
    sums = [0.0]
    for value in values:
        sums = [*(each + value for each in sums), *(each - value for each in sums)]
    return sums


def _drawn_sums(values: Sequence[float]) -> list[float]:
    draws = random.Random(1935)  # noqa: S311 - the same draws each time, and no secrets
    sums = [sum(values)]
    for _ in range(DRAWN):
        bits = f"{draws.getrandbits(len(values)):0{len(values)}b}"
        sums.append(sum(value if bit == "1" else -value for value, bit in zip(values, bits, strict=True)))
    return sums


def trend(groups: Sequence[Sequence[int]]) -> Chance:
    """Whether scores rise or fall along the order in which they stand: Spearman's rank correlation, −1 to 1
    (C. Spearman, “The Proof and Measurement of Association between Two Things”, 1904), equal scores at the mean of
    their ranks.

    Each group has an order of its own and is only ever arranged within itself; the correlation is that of the ranks
    within groups, all groups taken together. 0 where no two scores of a group differ.
    """
    groups = [group for group in groups if len(set(group)) > 1]
    if not groups:
        return NOTHING
    # Twice the ranks, counted from the middle: whole numbers, so that equal sums are equal.
    places = [place for group in groups for place in range(1 - len(group), len(group), 2)]
    ranks = [[2 * rank - len(group) - 1 for rank in mid_ranks(group)] for group in groups]
    spread = sqrt(sum(x * x for x in places) * sum(y * y for y in chain(*ranks)))
    sums = [sum(map(mul, places, chain(*each))) for each in rearranged(ranks)]
    return among(sums[0] / spread, abs(sums[0]), [abs(each) for each in sums])


def mid_ranks(scores: Sequence[int]) -> list[float]:
    """Ranks from 1, the lowest score first; equal scores share the mean of theirs."""
    ranks: dict[int, float] = {}
    before = 0
    for score, each in groupby(sorted(scores)):
        sharers = len(list(each))
        ranks[score] = before + (sharers + 1) / 2
        before += sharers
    return [ranks[score] for score in scores]


def rearranged(groups: Sequence[Sequence[Thing]]) -> Iterator[Sequence[Sequence[Thing]]]:
    """The groups as they are, and then arranged otherwise within themselves: in all ways, or in `DRAWN` drawn ones.
    What is yielded is to be read before the next is.
    """
    if prod(factorial(len(group)) for group in groups) <= MOST_ORDERS:
        yield from product(*(permutations(group) for group in groups))
        return
    yield groups
    draws = random.Random(1937)  # noqa: S311 - the same draws each time, and no secrets
    drawn = [list(group) for group in groups]
    for _ in range(DRAWN):
        for group in drawn:
            draws.shuffle(group)
        yield drawn

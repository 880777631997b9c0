"""What is said of a result by lens: whether groups put the same first, what all share, where they are furthest apart.

Only what is shown is looked at. That something hidden has more dots or fewer would be told by a sentence as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flask_babel import gettext, ngettext

from workshop import rules
from workshop.documents import Cell, Table
from workshop.results.sentences import names
from workshop.results.suppression import FEWEST

# How many responses count as what a group puts first.
FIRST = 3


class Column(NamedTuple):
    """One lens, or several that had to be put together, as far as it may be shown."""

    name: str
    lenses: Sequence[str | None]
    """None is of those who have not said."""
    people: int
    dots: Mapping[int, int]
    """By response, where they may be shown."""
    supporters: Mapping[int, int]
    """The people behind them."""

    def firsts(self) -> list[int]:
        """The responses with most dots among those that may be shown, all that tie for first among them."""
        return [each for each, place, _ in rules.rank(self.dots) if place == 1]

    def ahead(self) -> set[int]:
        """The first three, and what ties with the third."""
        return {each for each, place, _ in rules.rank(self.dots) if place <= FIRST}

    def per_person(self, response: int) -> float:
        return self.dots[response] / self.people


def too_small() -> str:
    return str(
        gettext(
            "The groups are too small to be shown side by side: what fewer than %(fewest)s people did is "
            "shown nowhere, and here too little would be left.",
            fewest=FEWEST,
        )
    )


def nothing_left() -> str:
    return str(gettext("What could be shown by group has been withdrawn."))


def sentences(columns: Sequence[Column], rows: int, responses: int, of_many: int | None = None) -> list[str]:
    """`rows` of the `responses` that are looked at are in the table; `of_many`, where only the first so many are."""
    readable = [column for column in columns if column.dots]
    said = [_firsts(readable)]
    if len(readable) > 1:
        said += [_shared(readable), *_apart(readable)]
    if rows < responses:
        left = responses - rows
        said.append(
            ngettext(
                "%(num)s response is not in the table: fewer than %(fewest)s people of each group put a dot on it, or "
                "showing more would show that.",
                "%(num)s responses are not in the table: fewer than %(fewest)s people of each group put a dot on them, "
                "or showing more would show that.",
                left,
                fewest=FEWEST,
            )
        )
    if of_many is not None:
        said.append(
            gettext(
                "Only the first %(num)s responses with dots, and what ties with the last of them, are looked at by "
                "group.",
                num=of_many,
            )
        )
    if any(len(column.lenses) > 1 for column in columns):
        said.append(gettext("Groups that were too small, or would give a small one away, are counted together."))
    said.append(
        gettext(
            "A cell that is hidden has fewer than %(fewest)s people, or would show how many another hidden cell has.",
            fewest=FEWEST,
        )
    )
    return said


def _firsts(columns: Sequence[Column]) -> str:
    """The verdict: whether groups put the same first, as far as it can be seen."""
    if len(columns) == 1:
        return str(
            gettext(
                "Only for one group is there something to show: of that, %(group)s put most dots on %(responses)s.",
                group=columns[0].name,
                responses=names(columns[0].firsts()),
            )
        )
    if len({tuple(column.firsts()) for column in columns}) == 1:
        return str(
            gettext(
                "Of what can be shown, all groups put most dots on %(responses)s.", responses=names(columns[0].firsts())
            )
        )
    each = "; ".join(f"{column.name}: {names(column.firsts())}" for column in columns)
    return str(gettext("Of what can be shown, the groups do not put the same first – %(each)s.", each=each))


def _shared(columns: Sequence[Column]) -> str:
    """What all have among their first three."""
    shared = set.intersection(*(column.ahead() for column in columns))
    if not shared:
        return str(gettext("No response is among the first three of every group."))
    # In the order of the first group, which says no more than any other.
    return str(
        ngettext(
            "%(responses)s is among the first three of every group.",
            "%(responses)s are among the first three of every group.",
            len(shared),
            responses=names([each for each in columns[0].dots if each in shared]),
        )
    )


def _apart(columns: Sequence[Column]) -> list[str]:
    """Where two groups are furthest apart, in dots per person, for groups differ in size. Nothing where they agree."""
    widest = None
    for response in sorted({response for column in columns for response in column.dots}):
        seen = sorted(
            (column for column in columns if response in column.dots), key=lambda each: each.per_person(response)
        )
        gap = seen[-1].per_person(response) - seen[0].per_person(response)
        if len(seen) > 1 and gap > 0 and (widest is None or gap > widest[0]):
            widest = gap, response, seen[-1], seen[0]
    if widest is None:
        return []
    _, response, more, fewer = widest
    return [
        gettext(
            "They are furthest apart on R%(response)s: %(more)s dots per person from %(one)s, "
            "%(fewer)s from %(other)s.",
            response=response,
            more=f"{more.per_person(response):.1f}",
            one=more.name,
            fewer=f"{fewer.per_person(response):.1f}",
            other=fewer.name,
        )
    ]


def name(lenses: Sequence[str | None]) -> str:
    """Officer, Partner or not said."""
    *several, last = [gettext("not said") if lens is None else lens for lens in lenses]
    if not several:
        return last
    return str(gettext("%(several)s or %(last)s", several=", ".join(several), last=last))


def as_table(columns: Sequence[Column], rows: Sequence[rules.Standing], texts: Mapping[int, str]) -> Table:
    hidden = gettext("hidden")
    heads = [
        ngettext("%(name)s (%(num)s person)", "%(name)s (%(num)s people)", column.people, name=column.name)
        for column in columns
    ]
    cells: list[list[Cell]] = [
        [
            f"R{each.response}",
            texts[each.response],
            *(column.dots.get(each.response, hidden) for column in columns),
            each.dots,
        ]
        for each in rows
    ]
    return Table(gettext("Dots by group"), [gettext("Number"), gettext("Response"), *heads, gettext("All")], cells)

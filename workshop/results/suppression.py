"""Which cells of a table by groups have to be hidden, so that nobody learns what a few people did.

The table is published beside totals that everybody has: each response's dots, its people and the most dots that one of
them put on it, how many voted, and how many dots each had. So hiding the small cells alone would hide nothing: what is
left of a total tells them. Nor may the ballots be published beside it: whoever has them can look for those that fit.
Hiding others to keep them hidden is complementary suppression (L. H. Cox, “Suppression Methodology and Statistical
Disclosure Control”, Journal of the American Statistical Association 75, 1980); that every hidden cell must have room on
its own, wherever that room lies, is sliding protection (M. Fischetti and J.-J. Salazar, “Solving the Cell Suppression
Problem on Tabular Data with Linear Constraints”, Management Science 47, 2001).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from workshop.results.otherwise import ByGroup, Cell, World

FEWEST = 5
"""A group or a cell of fewer people is not shown, and the people in a hidden cell could be at least so many numbers."""


class Shown(NamedTuple):
    """What may be published."""

    groups: list[list[int]]
    """The columns of the original table that each column stands for: several where they had to be put together."""
    table: ByGroup
    hidden: frozenset[Cell]


def suppress(table: ByGroup, fewest: int = FEWEST, rows: int | None = None) -> Shown | None:
    """What may be shown of a table, or of its first `rows`, or None where that is nothing.

    1. Groups of under `fewest` people are put together, with the smallest of the others until they are two groups or
       more with `fewest` people.
    2. A cell of under `fewest` people is hidden, an empty one too; and every cell after the first `rows`.
    3. Whoever knows all that is published must be unable to tell the people in a hidden cell closer than to `fewest`
       different numbers, or to all numbers up to the response's people where these are fewer. Until that holds, more is
       hidden: in the same row where the row gives it away, else in the same column.
    4. Where nothing is left to hide, or nothing is left to show, two more groups are put together.

    Groups put together are safe from each other: their ballots could be dealt out among them in any way.
    """
    groups = put_together(table.sizes, fewest)
    while len(groups) > 1:
        joined = table.joined(groups)
        hidden = _hidden(joined, fewest, len(table.people) if rows is None else rows)
        if hidden is not None and len(hidden) < len(joined.people) * len(groups):
            return Shown(groups, joined, frozenset(hidden))
        groups = _one_fewer(groups, joined.sizes)
    return None


def put_together(sizes: Sequence[int], fewest: int = FEWEST) -> list[list[int]]:
    """The columns as groups: each by itself, and at the end, together, those that are too small to be shown.

    Of equal ones the last in order is taken first. One group alone is left where there are too few people for two.
    """
    together = [column for column, size in enumerate(sizes) if size < fewest]
    alone = [column for column, size in enumerate(sizes) if size >= fewest]
    while together and alone and (len(together) < 2 or sum(sizes[column] for column in together) < fewest):
        smallest = min(alone, key=lambda column: (sizes[column], -column))
        alone.remove(smallest)
        together.append(smallest)
    return [*([column] for column in alone), *([sorted(together)] if together else [])]


def _one_fewer(groups: list[list[int]], sizes: Sequence[int]) -> list[list[int]]:
    """The smallest group put together with those that are already, or else with the next smallest."""
    order = sorted(range(len(groups)), key=lambda at: (sizes[at], -at))
    several = next((at for at, group in enumerate(groups) if len(group) > 1), order[0])
    other = next(at for at in order if at != several)
    rest = [group for at, group in enumerate(groups) if at not in (several, other)]
    return [*rest, sorted(groups[several] + groups[other])]


def _hidden(table: ByGroup, fewest: int, rows: int) -> set[Cell] | None:
    """The cells to hide; None where no hiding is enough."""
    hidden = {(row, column) for row, column in table.cells() if row >= rows or table.people[row][column] < fewest}
    # It looks at `hidden` as that grows.
    true = World.of(table, hidden)
    # What has room keeps it when more is hidden, so nothing is looked at twice.
    unknown = sorted(hidden)
    while unknown:
        cell = unknown[-1]
        if _has_room(true, cell, fewest):
            unknown.pop()
            continue
        further = _next_to_hide(table, hidden, cell, fewest)
        if further is None:
            return None
        hidden.add(further)
        unknown.append(further)
    return hidden


def _has_room(true: World, cell: Cell, fewest: int) -> bool:
    """Whether the people in a hidden cell could be enough different numbers: each is shown by a whole table that
    agrees with all that is published.
    """
    row, column = cell
    wanted = _wanted(true.table, row, fewest)
    found = {true.people[row][column]}
    for step in (-1, 1):
        world: World | None = true
        while len(found) < wanted and world is not None:
            world = world.with_people(row, column, step)
            if world is not None:
                found.add(world.people[row][column])
    return len(found) >= wanted


def _wanted(table: ByGroup, row: int, fewest: int) -> int:
    """How many numbers a hidden cell must leave possible. The response's people are published anyway: where they are
    few, there are no more.
    """
    return min(fewest, sum(table.people[row]) + 1)


def _next_to_hide(table: ByGroup, hidden: set[Cell], cell: Cell, fewest: int) -> Cell | None:
    """The next cell to hide, for one that has too little room."""
    row, column = cell
    seen = [each for each in table.cells() if each not in hidden]
    in_row = [each for each in seen if each[0] == row]
    in_column = [each for each in seen if each[1] == column]
    if _row_leaves(table, hidden, cell) < _wanted(table, row, fewest):
        if not in_row:
            return None
        # A column that is mostly hidden already loses little; so the others can be read from top to bottom.
        much = [sum(1 for _, each in hidden if each == at) for at in range(len(table.sizes))]
        return min(in_row, key=lambda each: (-much[each[1]], table.people[row][each[1]], -each[1]))
    return min(
        in_column or in_row or seen, key=lambda each: (table.people[each[0]][each[1]], -each[0], -each[1]), default=None
    )


def _row_leaves(table: ByGroup, hidden: set[Cell], cell: Cell) -> int:
    """How many numbers of people in a hidden cell its row and the sizes of the groups allow."""
    row, column = cell
    others = [each for each in range(len(table.sizes)) if each != column and (row, each) in hidden]
    together = table.people[row][column] + sum(table.people[row][each] for each in others)
    least = max(0, together - sum(table.sizes[each] for each in others))
    return min(table.sizes[column], together) - least + 1

"""Somebody who knows all that is published of a table by groups, and tries every table that agrees with it.

Written on its own: it shares nothing with what hides the cells but the table's shape.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from workshop.results.otherwise import ByGroup
from workshop.results.suppression import Shown

Row = tuple[tuple[int, int], ...]
"""People and dots of each cell."""


def possible(shown: Shown) -> dict[tuple[int, int], set[int]]:
    """For each hidden cell, every number of people that could be in it."""
    table = shown.table
    rows = [list(_rows(table, shown.hidden, row)) for row in range(len(table.people))]
    before = _sums(table, rows)
    after = _sums(table, rows[::-1], last_first=True)[::-1]
    found: dict[tuple[int, int], set[int]] = {cell: set() for cell in shown.hidden}
    for at, candidates in enumerate(rows):
        ends = {_add(one, other) for one, other in product(before[at], after[at + 1])}
        for row in candidates:
            if any(_agrees(table, _add(end, _weight(table, at, row))) for end in ends):
                for column, (people, _) in enumerate(row):
                    if (at, column) in found:
                        found[at, column].add(people)
    return found


def _rows(table: ByGroup, hidden: frozenset[tuple[int, int]], at: int) -> Iterator[Row]:
    """All that a row could be by itself."""
    most = table.largest[at]
    cells: list[Sequence[tuple[int, int]]] = []
    for column, size in enumerate(table.sizes):
        if (at, column) in hidden:
            cells.append([(p, d) for p in range(size + 1) for d in range(p, most * p + 1)])
        else:
            cells.append([(table.people[at][column], table.dots[at][column])])
    for row in product(*cells):
        adds_up = sum(p for p, _ in row) == sum(table.people[at]) and sum(d for _, d in row) == sum(table.dots[at])
        if adds_up and (most == 0 or any(p and d - (p - 1) >= most for p, d in row)):
            yield row


def _weight(table: ByGroup, at: int, row: Row) -> tuple[int, ...]:
    """What a row adds to each column: people in all, as far as they matter, and dots of each side."""
    people = [min(p, size) for (p, _), size in zip(row, table.sizes, strict=True)]
    dots = [d if side == table.sides[at] else 0 for side in range(len(table.allowances)) for _, d in row]
    return (*people, *dots)


def _add(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _agrees(table: ByGroup, total: tuple[int, ...]) -> bool:
    """Whether everybody has placed a dot, and nobody more than they had."""
    columns = len(table.sizes)
    has = [allowance * size for allowance in table.allowances for size in table.sizes]
    return all(p >= size for p, size in zip(total[:columns], table.sizes, strict=True)) and all(
        d <= h for d, h in zip(total[columns:], has, strict=True)
    )


def _sums(table: ByGroup, rows: Sequence[Sequence[Row]], last_first: bool = False) -> list[set[tuple[int, ...]]]:
    """What the first so many rows can add up to."""
    sums = [{(0,) * (len(table.sizes) * (1 + len(table.allowances)))}]
    for at, candidates in enumerate(rows):
        number = len(rows) - 1 - at if last_first else at
        weights = {_weight(table, number, row) for row in candidates}
        sums.append({_add(one, other) for one, other in product(sums[-1], weights)})
    return sums

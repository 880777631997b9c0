"""How a table could be otherwise, and all that is published of it the same.

People and dots move between hidden cells so that every total stays: of rows, which are responses; and of columns, where
the dots that a group has placed and those that it has in hand make up its allowance.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

Cell = tuple[int, int]
"""The row and the column, both from 0."""


@dataclass(frozen=True, slots=True)
class ByGroup:
    """A row for each response, a column for each group; people are distinct. All of one moment."""

    sizes: Sequence[int]
    """How many in each group placed a dot."""
    people: Sequence[Sequence[int]]
    dots: Sequence[Sequence[int]]
    largest: Sequence[int]
    """The most dots that any one person has on each response."""
    allowances: Sequence[int]
    """The dots each person had; several where columns have their own."""
    sides: Sequence[int]
    """For each response, which of the allowances its dots are from."""

    def joined(self, groups: Sequence[Sequence[int]]) -> ByGroup:
        """The same with each of these groups of columns as one column."""

        def added(row: Sequence[int]) -> list[int]:
            return [sum(row[column] for column in group) for group in groups]

        return ByGroup(
            added(self.sizes),
            [added(row) for row in self.people],
            [added(row) for row in self.dots],
            self.largest,
            self.allowances,
            self.sides,
        )

    def cells(self) -> Iterator[Cell]:
        for row in range(len(self.people)):
            for column in range(len(self.sizes)):
                yield row, column


@dataclass(slots=True)
class World:
    """One table that agrees with what is published. Begun as the true one, it changes in hidden cells alone.

    In a cell everybody has a dot and at most the row's largest, and at least one cell of a row can hold that largest.
    Nobody is counted in a group's column more often than the group has people, and each of them at least once in all.
    """

    table: ByGroup
    hidden: Collection[Cell]
    people: list[list[int]]
    dots: list[list[int]]
    in_hand: list[list[int]]
    """By side and column. Never published for a group, but known for all together."""
    counted: list[int]
    """For each column its people, added up over all rows."""

    @classmethod
    def of(cls, table: ByGroup, hidden: Collection[Cell]) -> World:
        columns = range(len(table.sizes))
        placed = [[0 for _ in columns] for _ in table.allowances]
        for row, side in zip(table.dots, table.sides, strict=True):
            for column in columns:
                placed[side][column] += row[column]
        return cls(
            table,
            hidden,
            [list(row) for row in table.people],
            [list(row) for row in table.dots],
            [
                [allowance * table.sizes[column] - placed[side][column] for column in columns]
                for side, allowance in enumerate(table.allowances)
            ],
            [sum(row[column] for row in table.people) for column in columns],
        )

    def copy(self) -> World:
        """Rows are shared until they change: a vote has hundreds, and few of them move."""
        return World(
            self.table,
            self.hidden,
            [*self.people],
            [*self.dots],
            [[*row] for row in self.in_hand],
            [*self.counted],
        )

    def with_people(self, row: int, column: int, step: int) -> World | None:
        """A world with one more (`step` 1) or one fewer (-1) in a cell, and another number of dots there; None where
        none is found.
        """
        for other in self._hidden_in(row):
            if other == column:
                continue
            giver, taker = (column, other) if step < 0 else (other, column)
            for dots in self._carried(row, giver, taker):
                world = self.copy()
                if world._hands_over(row, giver, taker, dots, person=1) and world._balances(row, taker):
                    return world
        return None

    def _hidden_in(self, row: int) -> list[int]:
        return [column for column in range(len(self.table.sizes)) if (row, column) in self.hidden]

    def _carried(self, row: int, giver: int, taker: int) -> Iterator[int]:
        """How many dots somebody who goes from one cell of a row to another can have."""
        most = self.table.largest[row]
        people, dots = self.people[row], self.dots[row]
        least = max(1, dots[giver] - most * (people[giver] - 1))
        yield from range(least, min(dots[giver] - people[giver] + 1, most * (people[taker] + 1) - dots[taker]) + 1)

    def _hands_over(self, row: int, giver: int, taker: int, dots: int, *, person: int) -> bool:
        """Move dots, and with them a person or none, between two cells of a row. False where that cannot be: then this
        world is spoilt.
        """
        self.people[row], self.dots[row] = [*self.people[row]], [*self.dots[row]]
        for column, sign in ((giver, -1), (taker, 1)):
            self.people[row][column] += sign * person
            self.dots[row][column] += sign * dots
            self.counted[column] += sign * person
            self.in_hand[self.table.sides[row]][column] -= sign * dots
        return (
            self._can_be(row, giver)
            and self._can_be(row, taker)
            and self.counted[giver] >= self.table.sizes[giver]
            and self._holds_the_largest(row)
        )

    def _can_be(self, row: int, column: int, more_people: int = 0, more_dots: int = 0) -> bool:
        """Whether a cell can hold what it has, with so many more."""
        people, dots = self.people[row][column] + more_people, self.dots[row][column] + more_dots
        return 0 <= people <= self.table.sizes[column] and people <= dots <= self.table.largest[row] * people

    def _holds_the_largest(self, row: int) -> bool:
        most = self.table.largest[row]
        cells = zip(self.people[row], self.dots[row], strict=True)
        return most == 0 or any(people and dots - (people - 1) >= most for people, dots in cells)

    def _balances(self, row: int, taker: int) -> bool:
        """Give a column that has more dots than its people had as many as are too many to others, in other rows."""
        side = self.table.sides[row]
        in_hand = self.in_hand[side]
        while in_hand[taker] < 0:
            way = self._way_out(side, row, taker)
            if way is None:
                return False
            for at, giver, to, person in way:
                if not self._hands_over(at, giver, to, 1, person=person):
                    return False
        return True

    def _way_out(self, side: int, but: int, start: int) -> list[tuple[int, int, int, int]] | None:
        """The shortest way by which a column loses a dot to one with a dot in hand, from column to column: for each
        step its row, from where to where, and whether a person goes along. Breadth first.
        """
        came: dict[int, list[tuple[int, int, int, int]]] = {start: []}
        waiting = [start]
        for column in waiting:
            if self.in_hand[side][column] > 0:
                return came[column]
            for to in range(len(self.table.sizes)):
                if to not in came and (step := self._step(side, but, column, to)):
                    came[to] = [*came[column], step]
                    waiting.append(to)
        return None

    def _step(self, side: int, but: int, giver: int, taker: int) -> tuple[int, int, int, int] | None:
        """A row in which one dot can go from one column to another."""
        for row, of in enumerate(self.table.sides):
            if of != side or row == but or (row, giver) not in self.hidden or (row, taker) not in self.hidden:
                continue
            for person in (0, 1):
                # Most rows cannot, and need not be tried.
                if not (self._can_be(row, giver, -person, -1) and self._can_be(row, taker, person, 1)):
                    continue
                fits = self._hands_over(row, giver, taker, 1, person=person)
                self._hands_over(row, taker, giver, 1, person=person)
                if fits:
                    return row, giver, taker, person
        return None

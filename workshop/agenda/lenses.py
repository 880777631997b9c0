"""The lenses of a workshop: what people are asked to say of themselves, such as councillor, officer, partner."""

from __future__ import annotations

from typing import Any

from workshop.agenda.checking import words
from workshop.errors import N_, NotUnderstood, Unacceptable

FEWEST_LENSES, MOST_LENSES = 2, 6
LONGEST_LENS = 30


def lenses(value: Any) -> tuple[str, ...]:
    """A list of names, tidied; empty where nothing is asked. Raises errors whose code is `lenses`."""
    if value is None or value == []:
        return ()
    if not isinstance(value, list):
        raise NotUnderstood(N_("“lenses” is a list of names."), code="lenses")
    if not FEWEST_LENSES <= len(value) <= MOST_LENSES:
        raise Unacceptable(
            N_("Name %(fewest)s to %(most)s groups, a line each."),
            code="lenses",
            fewest=FEWEST_LENSES,
            most=MOST_LENSES,
        )
    names = tuple(words(each, "lenses", N_("Give each group a name."), LONGEST_LENS) for each in value)
    if len({name.casefold() for name in names}) < len(names):
        raise Unacceptable(N_("Two groups have the same name."), code="lenses")
    return names


def lenses_from_lines(text: str) -> tuple[str, ...]:
    """The same from a field with a name on each line; empty lines are passed over."""
    return lenses([line for line in text.splitlines() if line.strip()])

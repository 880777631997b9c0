"""One idea in two columns: responses on different sides that say much the same, and who put dots on which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask_babel import gettext, ngettext

from workshop.documents import Table
from workshop.likeness import Candidate
from workshop.models import Exercise
from workshop.results.alike import Merged, across_columns, wordings_of
from workshop.results.counting import Result
from workshop.results.findings import Finding
from workshop.results.showing import side_name
from workshop.rules import Marks

# More than these nobody reads as sentences; the table has them all.
MOST_SAID = 6


class Contested(NamedTuple):
    """Two responses of different columns that say much the same, the lower number first, and what each of them has."""

    one: int
    other: int
    wordings: tuple[str, str]
    """What is alike: their own wordings, or those of originals that were merged into them."""
    dots: tuple[int, int]
    people: tuple[int, int]
    both: int
    """How many people put dots on both."""

    @property
    def is_divided(self) -> bool:
        """Whether dots lie on both sides."""
        return min(self.dots) > 0


def contested(responses: Sequence[Candidate], merged: Merged, ballots: Sequence[Marks]) -> list[Contested]:
    """All pairs of live `responses` on different sides that are alike, as `likeness` measures it, in their own wordings
    or in those that were `merged` into them; first those with most dots on the side that has fewer.
    """
    found = []
    for pair in across_columns(responses, merged):
        both_numbers = (pair.one, pair.other)
        one, other = ([ballot[each] for ballot in ballots if ballot.get(each)] for each in both_numbers)
        both = sum(1 for ballot in ballots if all(ballot.get(each) for each in both_numbers))
        dots, people = (sum(one), sum(other)), (len(one), len(other))
        found.append(Contested(*both_numbers, pair.wordings, dots, people, both))
    return sorted(found, key=lambda each: (-min(each.dots), -sum(each.dots), each.one, each.other))


def contested_in(result: Result) -> list[Contested]:
    """The contested pairs of a result."""
    return contested(*wordings_of(result), result.ballots)


# In words -------------------------------------------------------------------------------------------------------------


def finding(exercise: Exercise, result: Result) -> Finding | None:
    """What is contested, or that nothing is. None where there is only one column."""
    if len(exercise.sides) < 2:
        return None
    pairs = contested_in(result)
    columns = {side.key: side_name(side) for side in exercise.sides}
    column_of = {number: columns.get(each.side, each.side) for number, each in result.responses.items()}
    return Finding(
        "contested",
        gettext("Contested"),
        _sentences(pairs, column_of),
        gettext(
            "Responses in different columns are contested where their wordings, or those of originals merged into "
            "them, are much the same; the same idea in quite other words is not noticed."
        ),
        [_table(pairs, result, column_of)] if pairs else (),
        {"pairs": [_data(each) for each in pairs]},
    )


def _sentences(pairs: Sequence[Contested], column_of: dict[int, str]) -> list[str]:
    divided = [pair for pair in pairs if pair.is_divided]
    if not pairs:
        return [gettext("Nothing is contested: no idea stands in two columns, as far as wordings tell.")]
    if not divided:
        verdict = ngettext(
            "One pair of responses says much the same in two columns, but nobody is divided: one of them at most has "
            "dots.",
            "%(num)s pairs of responses say much the same in two columns, but nobody is divided: of each pair one at "
            "most has dots.",
            len(pairs),
        )
    else:
        verdict = ngettext(
            "One pair of responses says much the same in two columns, and both have dots: this is contested.",
            "%(num)s pairs of responses say much the same in two columns, and both have dots: these are contested.",
            len(divided),
        )
    return [verdict, *(_sentence(pair, column_of) for pair in divided[:MOST_SAID])]


def _sentence(pair: Contested, column_of: dict[int, str]) -> str:
    one, other = (
        gettext("R%(number)s in %(column)s", number=number, column=column_of[number])
        + ngettext(" (%(num)s dot)", " (%(num)s dots)", dots)
        for number, dots in zip((pair.one, pair.other), pair.dots, strict=True)
    )
    said = gettext("%(one)s is like %(other)s.", one=one, other=other)
    if not pair.both:
        return str(said)
    both = ngettext("%(num)s person put dots on both.", "%(num)s people put dots on both.", pair.both)
    return f"{said} {both}"


def _table(pairs: Sequence[Contested], result: Result, column_of: dict[int, str]) -> Table:
    rows = [
        (place, f"R{number}", column_of[number], wording, dots, people, pair.both)
        for place, pair in enumerate(pairs, start=1)
        for number, wording, dots, people in zip(
            (pair.one, pair.other), pair.wordings, pair.dots, pair.people, strict=True
        )
    ]
    names = (
        gettext("Pair"),
        gettext("Number"),
        gettext("Column"),
        gettext("Wording"),
        gettext("Dots"),
        gettext("People"),
        gettext("People on both"),
    )
    return Table(gettext("Responses that say much the same in two columns"), names, rows)


def _data(pair: Contested) -> dict[str, Any]:
    return {
        "responses": [pair.one, pair.other],
        "wordings": list(pair.wordings),
        "dots": list(pair.dots),
        "people": list(pair.people),
        "people_on_both": pair.both,
    }

"""A file of ballots, read again by whoever was given it: nothing in it is believed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from workshop import rules
from workshop.errors import N_, NotUnderstood
from workshop.results.recount import FORMAT, VERSION, fingerprint

LARGEST = 32 * 1024 * 1024
# To leave out each ballot once takes time for each response: a minute or so for this many of both.
MOST_MARKS = 5_000_000
# A number that is larger is none of ours, and arithmetic with very large ones takes for ever.
MOST = 1_000_000_000


class Written(NamedTuple):
    """A response as the file has it."""

    side: str
    text: str
    merged: Sequence[int]


@dataclass(frozen=True, slots=True)
class Ballots:
    """What a file of ballots says."""

    fingerprint: str
    title: str
    code: str
    simulated: bool
    exercise: int
    allowance: int
    most_per_response: int | None
    run_off_of: int | None
    """The number of the exercise whose tie this one settles."""
    columns: Mapping[str, str]
    """The name of each column, by its key."""
    responses: Mapping[int, Written]
    """By their numbers, which rise."""
    ballots: Sequence[rules.Marks]
    on_paper: int
    tally: Mapping[int, tuple[int, int]]
    """The dots and people that the file itself counts, by the number of the response."""


def read(file: bytes) -> Ballots:
    """A file of ballots as what it says. Raises `NotUnderstood` where it is none, or one that cannot have come from a
    vote by its own rules.
    """
    if len(file) > LARGEST:
        raise NotUnderstood(N_("This file is too large to be one of ballots."))
    document = _Reader(parsed(file), "")
    if document.value.get("format") != FORMAT:
        raise NotUnderstood(N_("This is not a file of ballots: its “format” is not “%(format)s”."), format=FORMAT)
    if document.value.get("version") != VERSION:
        raise NotUnderstood(N_("This file of ballots is of another version than this program knows."))
    workshop, exercise = document.member("workshop"), document.member("exercise")
    columns = {each.text("side"): each for each in document.rows("columns")}
    allowance = exercise.number("allowance", 1, rules.MOST_ALLOWANCE)
    most = exercise.number_or_none("most_per_response", 1, allowance)
    responses = _responses(document, columns)
    rows = document.rows("ballots")
    if len(rows) * len(responses) > MOST_MARKS:
        raise NotUnderstood(N_("This file has more ballots and responses than can be counted again."))
    ballots = [_ballot(row, responses) for row in rows]
    apart = {side: each.number_or_none("allowance", 1, rules.MOST_ALLOWANCE) for side, each in columns.items()}
    for row, ballot in zip(rows, ballots, strict=True):
        _check_cast(row.where, ballot, responses, allowance, most, apart)
    return Ballots(
        fingerprint=fingerprint(file),
        title=workshop.text("title"),
        code=workshop.text("code"),
        simulated=bool(workshop.value.get("simulated")),
        exercise=exercise.number("number", 1),
        allowance=allowance,
        most_per_response=most,
        run_off_of=exercise.number_or_none("run_off_of", 1),
        columns={side: each.text_or("name", side.upper()) for side, each in columns.items()},
        responses=responses,
        ballots=ballots,
        on_paper=document.number("on_paper", 0, len(ballots)),
        tally=_tally(document, responses),
    )


def parsed(file: bytes) -> dict[str, Any]:
    """The JSON object that a file holds. Raises `NotUnderstood`, also where a name stands twice in an object: one
    reader would believe the first, and another the last.
    """
    try:
        found = json.loads(file, object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood(N_("This is not JSON.")) from error
    if not isinstance(found, dict):
        raise NotUnderstood(N_("This is not a JSON object."))
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise NotUnderstood(N_("A name stands twice in one of the objects of this file."))
    return found


def _no_number(word: str) -> None:
    raise ValueError(word)


# The parts of it ------------------------------------------------------------------------------------------------------


def _responses(document: _Reader, columns: Mapping[str, Any]) -> dict[int, Written]:
    responses: dict[int, Written] = {}
    for row in document.rows("responses"):
        number = row.number("number", 1)
        if number in responses:
            raise NotUnderstood(N_("R%(number)s stands in this file twice."), number=number)
        side = row.text("side")
        if side not in columns:
            raise NotUnderstood(N_("R%(number)s is in a column that the file does not have."), number=number)
        responses[number] = Written(side, row.text("text"), row.numbers("merged"))
    return dict(sorted(responses.items()))


def _ballot(row: _Reader, responses: Mapping[int, Written]) -> dict[int, int]:
    ballot = {}
    for name in row.value:
        if not re.fullmatch(r"R[1-9][0-9]{0,8}", name) or int(name[1:]) not in responses:
            raise NotUnderstood(N_("“%(where)s” has dots on a response that the file does not have."), where=row.where)
        ballot[int(name[1:])] = row.number(name, 1)
    return ballot


def _check_cast(
    where: str,
    ballot: rules.Marks,
    responses: Mapping[int, Written],
    allowance: int,
    most: int | None,
    apart: Mapping[str, int | None],
) -> None:
    """Raise where a ballot cannot have been cast by the rules of the vote."""
    if not ballot:
        raise NotUnderstood(N_("“%(where)s” holds no dot."), where=where)
    if sum(ballot.values()) > allowance:
        raise NotUnderstood(N_("“%(where)s” holds more dots than anybody had."), where=where)
    if most is not None and max(ballot.values()) > most:
        raise NotUnderstood(N_("“%(where)s” holds more dots on one response than were allowed."), where=where)
    for side, own in apart.items():
        if own is not None and sum(dots for number, dots in ballot.items() if responses[number].side == side) > own:
            raise NotUnderstood(N_("“%(where)s” holds more dots in one column than were allowed."), where=where)


def _tally(document: _Reader, responses: Mapping[int, Written]) -> dict[int, tuple[int, int]]:
    tally = {
        row.number("number", 1): (row.number("dots", 0), row.number("people", 0)) for row in document.rows("tally")
    }
    if set(tally) != set(responses):
        raise NotUnderstood(N_("The tally of this file is not of the responses that it has."))
    return tally


class _Reader:
    """An object in a file, and where it stands."""

    def __init__(self, value: Mapping[str, Any], where: str) -> None:
        self.value = value
        self.where = where

    def member(self, name: str) -> _Reader:
        return self._object(self.value.get(name), name)

    def rows(self, name: str) -> list[_Reader]:
        return [self._object(row, f"{name}[{place}]") for place, row in enumerate(self._list(name), start=1)]

    def text(self, name: str) -> str:
        found = self.value.get(name)
        if not isinstance(found, str):
            raise NotUnderstood(N_("“%(where)s” is not a text."), where=self._place(name))
        return found

    def text_or(self, name: str, other: str) -> str:
        return other if self.value.get(name) is None else self.text(name)

    def number(self, name: str, least: int, most: int = MOST) -> int:
        return self._number(self.value.get(name), name, least, most)

    def number_or_none(self, name: str, least: int, most: int = MOST) -> int | None:
        return None if self.value.get(name) is None else self.number(name, least, most)

    def numbers(self, name: str) -> list[int]:
        return [self._number(each, name, 1, MOST) for each in self._list(name)]

    def _number(self, found: Any, name: str, least: int, most: int) -> int:
        # True is a number to Python, and to nobody else.
        if not isinstance(found, int) or isinstance(found, bool) or not least <= found <= most:
            raise NotUnderstood(
                N_("“%(where)s” is not a whole number from %(least)s to %(most)s."),
                where=self._place(name),
                least=least,
                most=most,
            )
        return found

    def _object(self, found: Any, name: str) -> _Reader:
        if not isinstance(found, dict):
            raise NotUnderstood(N_("“%(where)s” is not an object."), where=self._place(name))
        return _Reader(found, self._place(name))

    def _list(self, name: str) -> list[Any]:
        found = self.value.get(name)
        if not isinstance(found, list):
            raise NotUnderstood(N_("“%(where)s” is not a list."), where=self._place(name))
        return found

    def _place(self, name: str) -> str:
        return f"{self.where}.{name}" if self.where else name

"""A list of responses that somebody brings along: pasted, one a line, or as a spreadsheet's CSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from workshop import rules
from workshop.agenda.files import read_side
from workshop.agenda.planned import PlannedSide
from workshop.errors import N_, NotUnderstood, Unacceptable, WorkshopError

SIDE_HEADINGS = ("side", "column")
TEXT_HEADINGS = ("response", "text")
_SEPARATORS = ("\t", ";", ",")
_BULLET = re.compile(r"^\s*[-*•–]\s+")
_GUARDED = re.compile(r"^'(?=[=+\-@])")


class Line(NamedTuple):
    """A response, and in which line of the list it begins. `side` is a column's key."""

    number: int
    side: str
    text: str


def read_pasted(text: str, sides: Sequence[PlannedSide], side: str, longest: int) -> list[Line]:
    """A response a line, in the column that it begins with (`YES: text`), and otherwise in the one that was chosen."""
    found = ((number, *_prefix(line, sides)) for number, line in enumerate(text.splitlines(), start=1) if line.strip())
    return [_checked(number, said or side, words, sides, longest) for number, said, words in found]


def read_csv(body: bytes, sides: Sequence[PlannedSide], side: str, longest: int) -> list[Line]:
    """The columns `side` (or `column`) and `response` (or `text`), by their headings or in this order; or the response
    alone. Separated by commas, semicolons or tabs, quoted as spreadsheets do. What names no column goes into `side`.
    """
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotUnderstood(
            N_("This file is not in UTF-8. Save it as “CSV UTF-8” and try again."), code="file"
        ) from error
    rows = list(_rows(text))
    if not rows:
        return []
    headings = [cell.strip().casefold() for cell in rows[0][1]]
    places = [_place(headings, SIDE_HEADINGS), _place(headings, TEXT_HEADINGS)]
    if places[1] is not None:
        cells = [(number, _cell(row, places[0]), _cell(row, places[1])) for number, row in rows[1:]]
    else:
        cells = [(number, *_two(number, row)) for number, row in rows]
    return [_checked(number, said or side, words, sides, longest) for number, said, words in cells]


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty, and the line that it begins in."""
    first = text.lstrip().partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=separator, strict=True)
    begins = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield begins, row
            begins = reader.line_num + 1
    except csv.Error as error:
        raise NotUnderstood(N_("Line %(line)s: the quotation marks do not match."), code="file", line=begins) from error


def _place(headings: list[str], names: tuple[str, ...]) -> int | None:
    return next((place for place, heading in enumerate(headings) if heading in names), None)


def _cell(row: list[str], place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""


def _two(number: int, row: list[str]) -> tuple[str, str]:
    if len(row) > 2:
        raise NotUnderstood(
            N_("Line %(line)s has %(count)s cells, and a list has two: the column and the response."),
            code="file",
            line=number,
            count=len(row),
        )
    return ("", row[0]) if len(row) == 1 else (row[0], row[1])


def _prefix(line: str, sides: Sequence[PlannedSide]) -> tuple[str, str]:
    line = _BULLET.sub("", line)
    said, colon, rest = line.partition(":")
    names = {name.casefold() for side in sides if side.key != rules.OPEN_SIDE for name in (side.key, *side.names)}
    return (said, rest) if colon and said.strip().casefold() in names else ("", line)


def _checked(number: int, said: str, text: str, sides: Sequence[PlannedSide], longest: int) -> Line:
    if not text.strip():
        raise Unacceptable(N_("Line %(line)s has no response."), code="empty", line=number)
    try:
        key = sides[0].key if len(sides) == 1 and not said.strip() else read_side(said, tuple(sides))
        return Line(number, key, rules.check_response(_GUARDED.sub("", text), longest))
    except WorkshopError as error:
        raise error.at(N_("Line %(line)s: %(problem)s"), line=number) from error

"""The fields that the parts of a scope are made of: what each holds, and how it comes out of a form."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from workshop import rules
from workshop.errors import N_, Unacceptable

Kind = Literal["line", "text", "number", "date", "choice", "lines", "rows"]
Value = dict[str, Any]
"""What a part holds, by the names of its fields, ready for JSON: a text for a line, a text or a choice; a whole number
or None; a date as 2026-03-14 or None; a list of texts for lines; a list of such values for rows."""

LONGEST: Mapping[str, int] = {"line": 200, "text": 4000}
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
# Dates beyond these are slips of the finger; and no arithmetic with months leaves the calendar from here.
FIRST_YEAR, LAST_YEAR = 2000, 2199


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is asked for. `label` and `hint` are sentences for translators."""

    name: str
    label: str
    kind: Kind
    hint: str = ""
    default: Any = None
    """None for nothing: an empty text, no number, no lines."""
    choices: Sequence[tuple[str, str]] = ()
    """The key and the words of each choice."""
    columns: tuple[Field, ...] = ()
    """What each of the rows is made of."""
    row: str = ""
    """What one of the rows is called."""
    least: int = 0
    most: int = 20
    """Of a number; of lines and of rows, how many there are at the least and at the most."""
    spare: int = 2
    """How many empty rows stand at the end of a form."""

    @property
    def usual(self) -> Any:
        """Its value where nothing is stored, in the language of whoever asks."""
        if self.default is not None:
            return _said(self.default)
        return {"number": None, "date": None, "lines": [], "rows": []}.get(self.kind, "")

    def shown(self, value: Sequence[Value]) -> list[Value]:
        """Rows as a form shows them: with empty ones at the end, as many as there is room for."""
        empty = {column.name: column.usual for column in self.columns}
        wanted = min(self.most, max(self.least, len(value) + self.spare))
        return [*value, *(empty for _ in range(wanted - len(value)))]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the scope that is not a list of its items."""

    key: str
    heading: str
    hint: str
    fields: tuple[Field, ...]


def read_field(field: Field, form: MultiDict[str, str], name: str, where: str) -> Any:
    """What a form holds in a field. Raises `Unacceptable` with `where`, the id of the input, as its code."""
    if field.kind == "rows":
        return _rows(field, form, where)
    typed = form.get(name, "")
    if field.kind == "lines":
        return _lines(field, typed, where)
    if field.kind == "text":
        return _fits("\n".join(map(rules.tidy, typed.splitlines())).strip(), field, where)
    typed = rules.tidy(typed)
    if field.kind == "number":
        return _number(field, typed, where)
    if field.kind == "date":
        return _date(field, typed, where)
    if field.kind == "choice":
        return _choice(field, typed, where)
    return _fits(typed, field, where)


def typed_field(field: Field, form: MultiDict[str, str], name: str) -> Any:
    """What was typed, right or wrong, to be shown again."""
    if field.kind == "rows":
        return [
            {column.name: typed_field(column, form, _name(field, index, column)) for column in field.columns}
            for index in _indices(field, form)[: field.most]
        ]
    typed = form.get(name, "")
    return typed.splitlines() if field.kind == "lines" else typed


def _said(default: Any) -> Any:
    if isinstance(default, str):
        return str(gettext(default)) if default else ""
    if isinstance(default, Mapping):
        return {name: _said(each) for name, each in default.items()}
    if isinstance(default, Sequence):
        return [_said(each) for each in default]
    return default


def _fits(text: str, field: Field, where: str) -> str:
    longest = LONGEST[field.kind] if field.kind in LONGEST else LONGEST["line"]
    if len(text) > longest:
        raise Unacceptable(
            N_("%(field)s: that is %(length)s characters. There is room for %(longest)s."),
            code=where,
            field=gettext(field.label),
            length=len(text),
            longest=longest,
        )
    return text


def _number(field: Field, typed: str, where: str) -> int | None:
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 4) or not field.least <= int(typed) <= field.most:
        raise Unacceptable(
            N_("%(field)s: give a whole number from %(least)s to %(most)s."),
            code=where,
            field=gettext(field.label),
            least=field.least,
            most=field.most,
        )
    return int(typed)


def _date(field: Field, typed: str, where: str) -> str | None:
    if not typed:
        return None
    try:
        if DATE.fullmatch(typed) and FIRST_YEAR <= date.fromisoformat(typed).year <= LAST_YEAR:
            return typed
    except ValueError:
        pass
    raise Unacceptable(
        N_("%(field)s: give a date as year, month and day, such as 2026-03-14."),
        code=where,
        field=gettext(field.label),
    )


def _choice(field: Field, typed: str, where: str) -> str:
    if not typed:
        return str(field.usual)
    if typed not in dict(field.choices):
        raise Unacceptable(N_("%(field)s: choose one of the list."), code=where, field=gettext(field.label))
    return typed


def _lines(field: Field, typed: str, where: str) -> list[str]:
    lines = [_fits(line, field, where) for line in map(rules.tidy, typed.splitlines()) if line]
    _not_too_many(field, lines, where)
    return lines


def _rows(field: Field, form: MultiDict[str, str], where: str) -> list[Value]:
    """The rows that say anything, in their order: one that was emptied is one that was taken away."""
    empty = {column.name: column.usual for column in field.columns}
    rows = [
        {
            column.name: read_field(column, form, _name(field, index, column), f"{where}-{index}-{column.name}")
            for column in field.columns
        }
        for index in _indices(field, form)
    ]
    said = [row for row in rows if row != empty]
    _not_too_many(field, said, where)
    return said


def _not_too_many(field: Field, those: Sequence[Any], where: str) -> None:
    if len(those) > field.most:
        raise Unacceptable(
            N_("%(field)s: there is room for %(most)s, and those are %(count)s."),
            code=where,
            field=gettext(field.label),
            most=field.most,
            count=len(those),
        )


def _indices(field: Field, form: MultiDict[str, str]) -> list[int]:
    """The numbers of the rows that a form holds."""
    names = "|".join(re.escape(column.name) for column in field.columns)
    row = re.compile(rf"{re.escape(field.name)}-([0-9]{{1,3}})-(?:{names})")
    return sorted({int(found[1]) for name in form if (found := row.fullmatch(name))})


def _name(field: Field, index: int, column: Field) -> str:
    return f"{field.name}-{index}-{column.name}"

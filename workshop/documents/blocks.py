"""What documents are made of. A text is plain: nothing in it is markup, whoever wrote it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Cell = str | int | float | None
"""A number stays one where the file knows numbers; None is an empty cell."""


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1 to 3, under the document's title. Levels follow each other: no 3 under a title without a 2."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`lead` is set large, `hint` small; `empty` says that there is nothing where something could be."""

    text: str
    style: Literal["plain", "lead", "hint", "empty"] = "plain"


@dataclass(frozen=True, slots=True)
class Bullets:
    texts: Sequence[str]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with what each is: date, council, version."""

    pairs: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one row of headings. Each row has a cell for each column."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    percent: Sequence[int] = ()
    """The columns, from 0, whose numbers are shares from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture as SVG, and what it shows in a sentence."""

    svg: str
    alternative: str


@dataclass(frozen=True, slots=True)
class Signatures:
    """Room for each of these to write a name, sign and put a date."""

    roles: Sequence[str]


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a new page, where the file has pages."""


Block = Heading | Paragraph | Bullets | Facts | Table | Figure | Signatures | NewPage


@dataclass(frozen=True, slots=True)
class Document:
    """A title and what stands under it."""

    title: str
    blocks: Sequence[Block]
    made_at: int
    """Seconds since 1970, written into the file: a file made again of the same has the same bytes."""
    marks: Sequence[str] = ()
    """What stands on every page: Draft, Provisional, Rehearsal."""
    language: str = "en-GB"

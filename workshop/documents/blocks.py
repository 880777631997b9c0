"""What documents are made of. A text is plain: nothing in it is markup, whoever wrote it."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from flask_babel import gettext

Cell = str | int | float | None
"""A number stays one where the file knows numbers; None is an empty cell."""


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1 to 3, under the document's title. Levels follow each other: no 3 under a title without a 2."""

    kind: ClassVar[str] = "heading"
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`lead` is set large, `hint` small; `empty` says that there is nothing where something could be."""

    kind: ClassVar[str] = "paragraph"
    text: str
    style: Literal["plain", "lead", "hint", "empty"] = "plain"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; `numbered` where its order means something."""

    kind: ClassVar[str] = "bullets"
    texts: Sequence[str]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with what each is: date, council, version."""

    kind: ClassVar[str] = "facts"
    pairs: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one row of headings. Each row has a cell for each column."""

    kind: ClassVar[str] = "table"
    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    percent: Sequence[int] = ()
    """The columns, from 0, whose numbers are shares from 0 to 1."""

    @property
    def shown(self) -> list[list[str]]:
        """The cells as text."""
        return [[_show(cell, place in self.percent) for place, cell in enumerate(row)] for row in self.rows]

    @property
    def numeric(self) -> list[bool]:
        """Whether a column holds numbers and nothing else, for each."""
        columns = [[row[place] for row in self.rows if row[place] is not None] for place in range(len(self.columns))]
        return [bool(cells) and not any(isinstance(cell, str) for cell in cells) for cells in columns]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture as SVG, and what it shows in a sentence."""

    kind: ClassVar[str] = "figure"
    svg: str
    alternative: str

    @property
    def address(self) -> str:
        """The picture as an address that needs no file beside the page."""
        return "data:image/svg+xml;base64," + base64.b64encode(self.svg.encode()).decode()


@dataclass(frozen=True, slots=True)
class Signatures:
    """Room for each of these to write a name, sign and put a date."""

    kind: ClassVar[str] = "signatures"
    roles: Sequence[str]
    names: Sequence[str] = ()
    """Of each, who it is; without them there is room to write it."""
    undated: str = ""
    """What stands where a date is to be written, beside the room for it."""

    @property
    def table(self) -> Table:
        """The same as a table, with room to write in its cells."""
        columns = [gettext("Role"), gettext("Name"), gettext("Signature"), gettext("Date")]
        names: Sequence[str | None] = self.names or [None] * len(self.roles)
        rows = [
            [role, name, gettext("Sign here"), self.undated or None]
            for role, name in zip(self.roles, names, strict=True)
        ]
        return Table(gettext("Signatures"), columns, rows)


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a new page, where the file has pages."""

    kind: ClassVar[str] = "new_page"


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


def _show(cell: Cell, is_share: bool) -> str:
    if cell is None:
        return ""
    if is_share and not isinstance(cell, str):
        return show_share(cell)
    return str(round(cell, 2)) if isinstance(cell, float) else str(cell)


def show_share(share: float) -> str:
    """A share from 0 to 1: 16.7%."""
    return f"{share:.1%}"

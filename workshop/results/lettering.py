"""Where lines break in a picture, which nobody else would break: text in SVG stays on one line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from workshop.typesetting import MAY_BREAK, written

# Widths in parts of the size of the type. No font is at hand where a chart is made, so these are what common typefaces
# without serifs have, and those of the broad ones among them.
NARROW, PLAIN, BROAD, FULL = 0.36, 0.61, 0.92, 1.06
NARROW_LETTERS = frozenset("ijltfrI.,:;!|'’()[] ")
BROAD_LETTERS = frozenset("mwMW@%—")

ELLIPSIS = "…"
# Whatever runs from right to left stays together, and the rest of the line where it is.
ISOLATE, END = "\u2068", "\u2069"


def width(text: str, size: float) -> float:
    """About how wide a text is, in the unit of its `size`."""
    return size * sum(map(_width, text))


def _width(letter: str) -> float:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return FULL
    if letter in NARROW_LETTERS:
        return NARROW
    if letter in BROAD_LETTERS:
        return BROAD
    return 0.7 if letter.isupper() else PLAIN


def lines(text: str, size: float, room: float, *, most: int | None = None, first: float = 0) -> list[str]:
    """A text in lines no wider than `room`, and no more than `most` of them: what is left over is an ellipsis. On the
    first, `first` is taken already.
    """
    words = written(text)
    broken = list(_broken(words["text"], size, room, first))
    if most is not None and len(broken) > most:
        broken = [*broken[: most - 1], _cut(broken[most - 1], size, room - (first if most == 1 else 0))]
    return [f"{ISOLATE}{line}{END}" for line in broken] if words["dir"] == "rtl" else broken


def _broken(text: str, size: float, room: float, taken: float) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        for place, piece in enumerate(word.split(MAY_BREAK)):
            joint = " " if line and place == 0 else ""
            if line and width(line + joint + piece, size) > room - taken:
                yield line
                line, joint, taken = "", "", 0
            line += joint + piece
    yield line


def _cut(line: str, size: float, room: float) -> str:
    while line and width(line + ELLIPSIS, size) > room:
        line = line[:-1]
    return line.rstrip() + ELLIPSIS

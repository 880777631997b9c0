"""What people may write, and in which columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from workshop.errors import N_, Unacceptable

KINDS = ("columns", "open")

SIDES = ("yes", "no")
"""The columns of an exercise whose facilitator names none."""
OWN_SIDES = ("a", "b", "c", "d", "e")
"""The columns of one whose facilitator does, from left to right."""
OPEN_SIDE = "open"
"""The one column of an open exercise. It is not shown as one."""
SIDE_KEYS = (*SIDES, *OWN_SIDES, OPEN_SIDE)
SIGNS = ("tick", "cross", "plus", "minus", "star", "question", "circle", "square", "triangle", "flag")
LONGEST_SIDE = 24
LONGEST_THEME = 40

LONGEST_RESPONSE = 140
SHORTEST_CAP, LONGEST_CAP = 20, 400
"""Between these a facilitator chooses how long a response may be."""


def tidy(text: str) -> str:
    """Fold white space to single spaces and drop control characters. Direction marks, which some scripts need, stay."""
    visible = "".join(
        " " if ch.isspace() else ch for ch in text if ch.isspace() or unicodedata.category(ch) not in ("Cc", "Cs")
    )
    return " ".join(unicodedata.normalize("NFC", visible).split())


def check_response(text: str, longest: int = LONGEST_RESPONSE) -> str:
    """Give back a response's text, tidied. Raise `Unacceptable` where it is empty or longer than `longest`
    characters.
    """
    text = tidy(text)
    if not any(unicodedata.category(ch)[0] in "LNPS" for ch in text):
        raise Unacceptable(N_("Write your response first."), code="empty")
    if len(text) > longest:
        raise Unacceptable(
            N_("That is %(length)s characters. A response has %(longest)s at the most."),
            code="too_long",
            length=len(text),
            longest=longest,
        )
    return text


def check_side(side: str, keys: Collection[str] = SIDES) -> str:
    """Give back the key of one of an exercise's columns."""
    if side not in keys:
        raise Unacceptable(N_("Choose YES or NO.") if tuple(keys) == SIDES else N_("Choose a column."), code="no_side")
    return side


def check_theme(name: str) -> str:
    """Give back the name of a theme, tidied."""
    name = tidy(name)
    if not name:
        raise Unacceptable(N_("Give the theme a name first."), code="no_name")
    if len(name) > LONGEST_THEME:
        raise Unacceptable(
            N_("The name of a theme has %(longest)s characters at the most."), code="too_long", longest=LONGEST_THEME
        )
    return name

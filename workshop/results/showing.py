"""How figures, names and days are shown: the same on a page and in every file."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date
from flask_babel import gettext

from workshop import rules
from workshop.documents import show_share
from workshop.models import Exercise, Side

__all__ = ["capitalised", "show_day", "show_rank", "show_share", "show_standing", "side_name", "together"]


def side_name(side: Side) -> str:
    """What a column is called. YES and NO are words of ours; the one of an open exercise has no name."""
    return side.name or {"yes": gettext("YES"), "no": gettext("NO")}.get(side.key, "")


def together(exercise: Exercise) -> str:
    """What the ranking of all columns is called."""
    if {side.key for side in exercise.sides} == set(rules.SIDES):
        return str(gettext("YES and NO together"))
    return str(gettext("All responses"))


def show_rank(rank: int, shared: bool) -> str:
    """2, or 2= where others share it."""
    return f"{rank}=" if shared else str(rank)


def show_standing(standing: rules.Standing) -> str:
    return show_rank(standing.rank, standing.shared)


def show_day(day: date) -> str:
    """14 March 2026."""
    return format_date(day, "long", locale="en_GB")


def capitalised(words: str) -> str:
    """Words as they begin a sentence, or stand alone in a cell."""
    return words[:1].upper() + words[1:]

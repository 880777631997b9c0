"""How figures, names and days are shown: the same on a page and in every file."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_percent
from flask_babel import gettext

from workshop import rules
from workshop.documents import show_share
from workshop.languages import SOURCE, current
from workshop.models import Exercise, Side

__all__ = [
    "capitalised",
    "show_day",
    "show_moment",
    "show_rank",
    "show_share",
    "show_standing",
    "side_name",
    "spoken_share",
    "together",
]


def side_name(side: Side) -> str:
    """What a reader calls a column. YES and NO are words of ours; the one of an open exercise has no name."""
    name = (side.name_in or {}).get(current()) or side.name
    return name or {"yes": gettext("YES"), "no": gettext("NO")}.get(side.key, "")


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


def locale() -> str:
    """What days, times and shares go by: the language that is spoken now. English is British, as in all files."""
    return "en_GB" if current() == SOURCE else current()


def show_day(day: date) -> str:
    """14 March 2026; 14 Mawrth 2026."""
    return format_date(day, "long", locale=locale())


def show_moment(seconds: int) -> str:
    """14 Mar 2026, 09:30:00 UTC."""
    return f"{format_datetime(datetime.fromtimestamp(seconds, UTC), 'medium', locale=locale())} UTC"


def spoken_share(share: float) -> str:
    """A share from 0 to 1 as a reader writes it: 16.7%, 16,7 %. Rounded like those in files."""
    pattern = Locale.parse(locale()).percent_formats[None].pattern.replace("#0", "#0.0")
    return format_percent(Decimal(show_share(share).removesuffix("%")) / 100, pattern, locale=locale())


def capitalised(words: str) -> str:
    """Words as they begin a sentence, or stand alone in a cell."""
    return words[:1].upper() + words[1:]

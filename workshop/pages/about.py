"""What the program says of itself: its accessibility statement, how it treats data, and whom to ask."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from urllib.parse import quote

from flask import Blueprint, current_app, render_template
from flask_babel import format_date

from workshop import access
from workshop.actions.returning import MINUTES
from workshop.pages.house import house

pages = Blueprint("about", __name__)

PREPARED = date(2026, 11, 22)
"""When the statement was last held against the program. Whoever changes what it says changes this too."""


class Contact(NamedTuple):
    """Whom to ask: the words that are shown, and where they lead."""

    words: str
    address: str


@pages.app_template_global()
def contact() -> Contact | None:
    """Whom people can ask about this server; None where that is not set."""
    words = house().settings.contact
    if words is None:
        return None
    is_page = words.startswith(("http://", "https://"))
    return Contact(words, words if is_page else f"mailto:{quote(words, safe='@+')}")


@pages.get("/accessibility")
def accessibility() -> str:
    return render_template("about/accessibility.html", prepared=format_date(PREPARED, "d MMMM yyyy"))


@pages.get("/data")
def data() -> str:
    """The page says what holds for this server: on its database, and over its connections."""
    return render_template(
        "about/data.html",
        cookie=current_app.config["SESSION_COOKIE_NAME"],
        days=access.COOKIE_DAYS,
        most_workshops=access.MOST_WORKSHOPS,
        minutes=MINUTES,
        overwrites=house().store.on_sqlite,
        encrypted=house().settings.secure,
    )

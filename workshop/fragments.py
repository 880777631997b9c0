"""From a screen to fragments of HTML, keyed by the id of their element. Only Jinja makes HTML."""

from __future__ import annotations

from typing import Any

from flask import current_app

from workshop.screens import Screen

# Beside the stage and the responses: elements that are on the page in every phase, if only empty.
PARTS = {
    "participant": ("people", "timer", "spotlight"),
    "board": ("progress", "timer", "spotlight"),
    "console": ("phases", "progress", "timer", "discussion", "about", "agenda", "look", "board_languages"),
    "moderation": ("phases", "progress", "timer", "discussion", "about"),
}
# A moderator's desk is the console without what only a facilitator may press.
TEMPLATES = {"moderation": "console"}


def render(screen: Screen) -> dict[str, str]:
    """All fragments of a screen. The stage comes first: it holds the lists that the responses belong to."""
    drawn: Any = current_app.jinja_env.get_template(
        f"{TEMPLATES.get(screen.audience, screen.audience)}/fragments.html"
    ).module
    parts = {part: getattr(drawn, part)(screen) for part in ("stage", *PARTS[screen.audience])}
    parts |= {
        f"r{each.number}": drawn.card(screen, each) for each in (*screen.responses, *screen.pending, *screen.withdrawn)
    }
    return {key: html for key, drawn_part in parts.items() if (html := str(drawn_part).strip())}

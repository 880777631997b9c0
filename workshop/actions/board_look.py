"""How the board looks: the size of its type, and its colours. What was chosen goes along to rehearsals and copies."""

from __future__ import annotations

from workshop.actions.history import By, put, record
from workshop.errors import N_, NotUnderstood
from workshop.models import Workshop
from workshop.store import Store


def set_board_look(store: Store, workshop_id: int, size: str, theme: str, *, by: By) -> int | None:
    """Choose one of `Workshop.BOARD_SIZES` and one of `Workshop.BOARD_THEMES`. Boards that are open change at once."""
    if size not in Workshop.BOARD_SIZES or theme not in Workshop.BOARD_THEMES:
        raise NotUnderstood(N_("A board's responses are small, usual or large; its colours are light, white or dark."))
    with store.change(workshop_id) as session:
        put(session.get_one(Workshop, workshop_id), board_size=size, board_theme=theme)
        return record(session, workshop_id, by, "set_board_look", board_size=size, board_theme=theme)


def look_of(workshop: Workshop) -> dict[str, str]:
    """What another workshop takes along so that its board looks like this one's."""
    return {
        "board_size": workshop.board_size,
        "board_theme": workshop.board_theme,
        "board_languages": workshop.board_languages,
    }

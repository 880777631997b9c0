"""Whether the board shows one language, that of its page, or both that something is written in."""

from __future__ import annotations

from workshop.actions.history import By, put, record
from workshop.errors import N_, NotUnderstood
from workshop.models import Workshop
from workshop.store import Store


def set_board_languages(store: Store, workshop_id: int, languages: str, *, by: By) -> int | None:
    """Choose one of `Workshop.BOARD_LANGUAGES`. Boards that are open change at once."""
    if languages not in Workshop.BOARD_LANGUAGES:
        raise NotUnderstood(N_("A board shows one language or both."), code="languages")
    with store.change(workshop_id) as session:
        put(session.get_one(Workshop, workshop_id), board_languages=languages)
        return record(session, workshop_id, by, "set_board_languages", languages=languages)

"""How the board looks: chosen, undone, told in the history, and taken along."""

from __future__ import annotations

import random

import pytest

from tests.cast import BY, KEY, NOW, Room
from workshop import chronicle
from workshop.actions import history, rehearsing, templates
from workshop.actions.board_look import look_of, set_board_look
from workshop.errors import NotUnderstood
from workshop.models import Workshop


def chooses(room: Room, size: str, theme: str) -> int | None:
    return set_board_look(room.store, room.id, size, theme, by=BY)


def look(room: Room, workshop_id: int | None = None) -> tuple[str, str]:
    with room.store.reading() as session:
        size, theme, _ = look_of(session.get_one(Workshop, workshop_id or room.id)).values()
        return size, theme


def test_a_board_is_of_the_usual_size_and_light_until_somebody_chooses(room: Room) -> None:
    assert look(room) == ("usual", "light")
    for size in Workshop.BOARD_SIZES:
        for theme in Workshop.BOARD_THEMES:
            chooses(room, size, theme)
            assert look(room) == (size, theme)


@pytest.mark.parametrize(("size", "theme"), [("", "light"), ("huge", "light"), ("usual", "pink"), ("usual", "")])
def test_a_look_that_there_is_not_is_refused(room: Room, size: str, theme: str) -> None:
    with pytest.raises(NotUnderstood):
        chooses(room, size, theme)
    assert look(room) == ("usual", "light")


def test_choosing_what_is_there_already_is_no_deed(room: Room) -> None:
    assert chooses(room, "usual", "light") is None


def test_it_is_undone_and_the_undoing_too(room: Room) -> None:
    entry = chooses(room, "large", "white")
    assert entry is not None
    undone = history.undo(room.store, room.id, entry, by=BY)
    assert look(room) == ("usual", "light")
    history.undo(room.store, room.id, undone, by=BY)
    assert look(room) == ("large", "white")


def test_the_history_says_what_was_chosen(room: Room) -> None:
    chooses(room, "small", "dark")
    with room.store.reading() as session:
        (entry,) = history.entries(session, room.id)
        assert chronicle.deed(entry) == (
            "changed how the board looks: responses small, colours dark, for a wall of LEDs"
        )


def test_a_rehearsal_and_a_copy_look_the_same(room: Room) -> None:
    chooses(room, "large", "dark")
    chance = random.Random()
    rehearsal = rehearsing.open_rehearsal(room.store, room.id, 2, key=KEY, now=NOW, chance=chance)
    copy = templates.duplicate_workshop(room.store, room.id, "Again", key=KEY, now=NOW, chance=chance)
    for opened in (rehearsal, copy):
        assert look(room, opened.id) == ("large", "dark")

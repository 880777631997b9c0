"""What is written in two languages stays with an exercise and its workshop, wherever they are copied and changed."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from tests.cast import BY, KEY, NOW, Room
from tests.test_agenda_in_languages import FILE
from workshop import agenda
from workshop.actions import board_languages, history, hosting, planning, rehearsing, run_off, templates
from workshop.agenda import Agenda, PlannedExercise
from workshop.ballot_box import BallotBox
from workshop.errors import NotNow, NotUnderstood
from workshop.models import Workshop
from workshop.store import Store

PLANNED = agenda.from_json(FILE)


@pytest.fixture
def room(store: Store, box: BallotBox) -> Room:
    return Room(store, box, random.Random(), PLANNED)


def agenda_of(store: Store, workshop_id: int) -> Agenda:
    with store.reading() as session:
        return rehearsing.agenda_of(session, session.get_one(Workshop, workshop_id))


def plan(room: Room, number: int) -> PlannedExercise:
    with room.store.reading() as session:
        return planning.plan_of(hosting.find_exercise(session, room.id, number))


def test_an_agenda_is_stored_and_had_back_with_all_of_its_languages(room: Room) -> None:
    assert agenda_of(room.store, room.id) == PLANNED


def test_rehearsals_copies_and_templates_keep_them(room: Room) -> None:
    board_languages.set_board_languages(room.store, room.id, "both", by=BY)
    chance = random.Random()
    rehearsal = rehearsing.open_rehearsal(room.store, room.id, 1, key=KEY, now=NOW, chance=chance)
    copy = templates.duplicate_workshop(
        room.store, room.id, "Begin", title_in={"cy": "Cychwyn"}, key=KEY, now=NOW, chance=chance
    )
    assert agenda_of(room.store, rehearsal.id) == PLANNED
    assert agenda_of(room.store, copy.id) == PLANNED.called("Begin", {"cy": "Cychwyn"})
    assert (rehearsal.board_languages, copy.board_languages) == ("both", "both")
    number = templates.keep_template(room.store, room.id, PLANNED.title, now=NOW)
    with room.store.reading() as session:
        assert templates.template(session, str(number)) == PLANNED


def test_a_change_of_the_other_language_is_saved_seen_and_undone(room: Room) -> None:
    before = plan(room, 3)
    with room.store.reading() as session:
        seen = planning.fingerprint(hosting.find_exercise(session, room.id, 3))
    after = replace(before, prompt_in={"cy": "Pwy fydd?"})
    entry = planning.edit_exercise(room.store, room.id, 3, after, by=BY, seen=seen)
    assert plan(room, 3) == after
    with pytest.raises(NotNow):
        planning.edit_exercise(room.store, room.id, 3, before, by=BY, seen=seen)
    assert entry is not None
    history.undo(room.store, room.id, entry, by=BY)
    assert plan(room, 3) == before


def test_a_column_is_renamed_in_the_other_language_alone(room: Room) -> None:
    before = plan(room, 1)
    after = replace(before, sides=(replace(before.sides[0], name_in=None), replace(before.sides[1], prompt_in=None)))
    planning.edit_exercise(room.store, room.id, 1, after, by=BY)
    assert plan(room, 1) == after


def test_a_copied_exercise_says_the_same(room: Room) -> None:
    number, _ = planning.copy_exercise(room.store, room.id, 1, with_responses=False, by=BY)
    assert plan(room, number) == plan(room, 1)


def test_a_run_off_asks_in_both_languages(store: Store, box: BallotBox) -> None:
    first = replace(PLANNED.exercises[0], cut=1)
    room = Room(store, box, random.Random(), replace(PLANNED, exercises=(first,)))
    person = room.person()
    room.goes_to("gather")
    for side in "ab":
        person.writes("A response", side)
    room.goes_to("vote")
    person.moves(1, 1)
    person.moves(2, 2)
    room.goes_to("discuss")
    number, _ = run_off.start_run_off(store, room.id, 1, by=BY)
    settled = [(side.name_in, side.prompt_in) for side in plan(room, number).sides]
    assert settled == [(side.name_in, side.prompt_in) for side in first.sides]


def test_the_languages_of_the_board_are_chosen_undone_and_checked(room: Room) -> None:
    def now() -> str:
        with room.store.reading() as session:
            return session.get_one(Workshop, room.id).board_languages

    entry = board_languages.set_board_languages(room.store, room.id, "both", by=BY)
    assert now() == "both"
    assert board_languages.set_board_languages(room.store, room.id, "both", by=BY) is None
    assert entry is not None
    history.undo(room.store, room.id, entry, by=BY)
    assert now() == "one"
    with pytest.raises(NotUnderstood):
        board_languages.set_board_languages(room.store, room.id, "all", by=BY)

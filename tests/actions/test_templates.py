"""An agenda is used again: copied, kept, shipped; and a workshop that is deleted leaves nothing behind."""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.cast import BY, KEY, NOW, Person, Room, opened
from workshop import agenda
from workshop.actions import deleting, hosting, rehearsing, templates
from workshop.agenda import text
from workshop.agenda.planned import PlannedExercise, PlannedSide
from workshop.agenda.shipped import SHIPPED, shipped
from workshop.demo import example
from workshop.errors import NotFound, Unacceptable, WorkshopError
from workshop.models import Base, Exercise, Participant, Response, Workshop


def file_of(name: str) -> bytes:
    return resources.files("workshop").joinpath("examples", "agendas", f"{name}.json").read_bytes()


def duplicate(room: Room, title: str = "Again") -> Workshop:
    chance = random.Random()
    return templates.duplicate_workshop(room.store, room.id, title, key=KEY, now=NOW, chance=chance)


@pytest.fixture
def lived_in(room: Room, ada: Person) -> Room:
    """A workshop in which something has happened."""
    room.goes_to("gather")
    ada.writes("Benches for everybody")
    room.goes_to("vote")
    ada.moves(1, 1)
    room.goes_to("discuss")
    return room


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_shipped_is_what_its_export_would_be(name: str) -> None:
    assert text.write(text.read(file_of(name))) == file_of(name)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_workshop_opened_from_what_is_shipped_exports_it_again(room: Room, name: str) -> None:
    opened = hosting.open_workshop(room.store, shipped(name), key=KEY, now=NOW, chance=random.Random())
    with room.store.reading() as session:
        again = rehearsing.agenda_of(session, session.get_one(Workshop, opened.id))
    assert text.write(again) == file_of(name)


def test_every_file_that_is_shipped_is_offered() -> None:
    folder = resources.files("workshop").joinpath("examples", "agendas")
    assert {each.name.removesuffix(".json") for each in folder.iterdir()} == set(SHIPPED)


def in_one_language(exercise: PlannedExercise) -> list[PlannedSide]:
    """Its columns, without what was translated since."""
    return [replace(side, name_in=None, prompt_in=None) for side in exercise.sides]


def test_the_peer_challenge_asks_what_the_first_workshop_asked() -> None:
    first = agenda.from_json(example())
    offered = shipped("peer-challenge")
    assert [(each.kind, each.prompt, in_one_language(each)) for each in offered.exercises] == [
        (each.kind, each.prompt, in_one_language(each)) for each in first.exercises
    ]
    assert not any(each.responses for each in offered.exercises)


def test_a_copy_has_the_agenda_and_nothing_that_people_did(lived_in: Room) -> None:
    copy = duplicate(lived_in)
    assert copy.code != lived_in.workshop.code
    with lived_in.store.reading() as session:
        row = session.get_one(Workshop, copy.id)
        assert (row.title, row.exercise.prompt, row.exercise.phase) == ("Again", "What matters?", "draft")
        assert session.scalars(select(Response).where(Response.exercise_id == row.exercise.id)).all() == []
        assert session.scalars(select(Participant).where(Participant.workshop_id == copy.id)).all() == []
        ours = hosting.links(session, session.get_one(Workshop, lived_in.id), KEY)
        assert not set(ours.values()) & set(hosting.links(session, row, KEY).values())


def test_a_template_is_kept_renamed_removed_and_brought_back(lived_in: Room) -> None:
    store = lived_in.store

    def kept() -> dict[int, str]:
        with store.reading() as session:
            return {each.id: each.title for each in templates.templates(session)}

    number = templates.keep_template(store, lived_in.id, "Our  street", now=NOW)
    assert kept()[number] == "Our street"
    templates.rename_template(store, number, "Our town")
    with store.reading() as session:
        planned = templates.template(session, str(number))
    assert (planned.title, planned.exercises[0].prompt) == ("Our town", "What matters?")
    templates.remove_template(store, number)
    assert number not in kept()
    with pytest.raises(NotFound), store.reading() as session:
        templates.template(session, str(number))
    templates.restore_template(store, number)
    assert kept()[number] == "Our town"


@pytest.mark.parametrize("name", ["", "0", "-1", "99999999", "9" * 40, "../backlog", "²"])
def test_a_template_that_there_is_not_is_not_found(room: Room, name: str) -> None:
    with pytest.raises(NotFound), room.store.reading() as session:
        templates.template(session, name)


def test_a_copy_needs_a_title(room: Room) -> None:
    with pytest.raises(Unacceptable, match="Give it a title"):
        duplicate(room, " ")


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b" \n", "This file is empty."),
        (b'{"title":\n oops}', "it cannot be read from line 2, column 2 on."),
        (b"\xff\xfe{\x00", "not text in UTF-8"),
        (b"[" * 60_000, "too deep"),
        (b'{"title": %s}' % (b"1" * 5000), "a number too long"),
        (b"[]", "An agenda is a JSON object."),
        (
            json.dumps({"title": "Two", "exercises": [{"prompt": "A?"}, {"prompt": "B?", "allowance": 99}]}).encode(),
            "Exercise 2: Give a whole number from 1 to 20.",
        ),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_file_that_cannot_be_opened_says_where_it_is_wrong(body: bytes, sentence: str) -> None:
    with pytest.raises(WorkshopError) as refused:
        text.read(body)
    assert sentence in str(refused.value)


def test_a_file_with_a_byte_order_mark_is_read_as_one_without() -> None:
    assert text.read(b"\xef\xbb\xbf" + file_of("backlog")) == shipped("backlog")


def test_deleting_needs_the_title_and_leaves_no_row(lived_in: Room) -> None:
    with pytest.raises(Unacceptable, match="Nothing was deleted"):
        deleting.delete_workshop(lived_in.store, lived_in.id, "Town center")
    assert lived_in.phase == "discuss"
    other = duplicate(lived_in)
    assert deleting.delete_workshop(lived_in.store, lived_in.id, " town  centre") == "Town centre"
    with lived_in.store.reading() as session:
        assert session.get(Workshop, lived_in.id) is None
        assert session.get(Workshop, other.id) is not None
        for table in Base.metadata.sorted_tables:
            if "workshop_id" in table.c:
                wanted = select(func.count()).where(table.c.workshop_id == lived_in.id)
                assert (table.name, session.scalar(wanted)) == (table.name, 0)
            if "exercise_id" in table.c:
                orphans = select(func.count()).where(table.c.exercise_id.not_in(select(Exercise.id)))
                assert (table.name, session.scalar(orphans)) == (table.name, 0)
    with pytest.raises(NotFound, match="This workshop has ended"):
        deleting.delete_workshop(lived_in.store, lived_in.id, "Town centre")


def test_its_rehearsals_go_with_it_and_everybody_is_told(lived_in: Room) -> None:
    chance = random.Random()
    rehearsal = rehearsing.open_rehearsal(lived_in.store, lived_in.id, 2, key=KEY, now=NOW, chance=chance)
    told: list[int] = []
    lived_in.store.announce_to(told.append)
    deleting.delete_workshop(lived_in.store, lived_in.id, "Town centre")
    assert told == [rehearsal.id, lived_in.id]
    with lived_in.store.reading() as session:
        assert session.get(Workshop, rehearsal.id) is None


def test_what_was_deleted_cannot_be_read_from_the_files(fresh_sqlite: Path, tmp_path: Path) -> None:
    database = Path(shutil.copy(fresh_sqlite, tmp_path))
    room = Room(*opened(f"sqlite:///{database}"), random.Random())
    room.goes_to("gather")
    room.person().writes("A secret wish of mine")

    def on_disk() -> bytes:
        return b"".join(path.read_bytes() for path in database.parent.glob(database.name + "*"))

    assert b"A secret wish of mine" in on_disk()
    deleting.delete_workshop(room.store, room.id, "Town centre")
    assert b"A secret wish of mine" not in on_disk()
    room.store.close()


def test_an_action_on_a_workshop_that_is_gone_says_so(room: Room) -> None:
    deleting.delete_workshop(room.store, room.id, "Town centre")
    with pytest.raises(NotFound, match="This workshop has ended"):
        hosting.step(room.store, room.id, 1, "draft", "gather", by=BY)

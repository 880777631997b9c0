"""Lenses: what people are asked to say of themselves, what they say, and when that stays as it is."""

from __future__ import annotations

import json
import random

import pytest
from sqlalchemy import select

from tests.cast import BY, KEY, NOW, Person, Room
from workshop import agenda, tokens
from workshop.actions import doors, history, joining, lenses, paper, rehearsing, templates
from workshop.actions.lenses import Group
from workshop.ballot_box import BallotBox
from workshop.chronicle import deed
from workshop.errors import NotNow, NotUnderstood, Unacceptable
from workshop.models import Entry, Participant, Workshop
from workshop.store import Store

ASKED = ("Councillor", "Officer")


def asks(room: Room, *names: str) -> int | None:
    return lenses.ask_lenses(room.store, room.id, names, by=BY)


def joins(room: Room, lens: str = "", count: int = 1) -> None:
    for _ in range(count):
        joining.join(room.store, room.id, secret=tokens.new_secret(room.chance), chance=room.chance, lens=lens)


def says(room: Room, person: Person, lens: str) -> None:
    lenses.set_lens(room.store, room.id, person.id, lens)


def said(room: Room) -> list[str | None]:
    with room.store.reading() as session:
        return [each.lens for each in joining.people(session, room.id)]


def asked(room: Room) -> list[str] | None:
    with room.store.reading() as session:
        return session.get_one(Workshop, room.id).lenses


def groups(room: Room) -> list[Group]:
    with room.store.reading() as session:
        return lenses.groups(session, session.get_one(Workshop, room.id))


def votes(room: Room, person: Person) -> None:
    """There is a response, and somebody has a dot on it."""
    room.goes_to("gather")
    room.person().writes("Trees")
    room.goes_to("vote")
    person.moves(1, 1)


# Asking and saying ----------------------------------------------------------------------------------------------------


def test_people_choose_one_when_they_join_or_later_or_not_at_all(room: Room, ada: Person) -> None:
    asks(room, *ASKED)
    joins(room, "Officer")
    joins(room)
    says(room, ada, "Councillor")
    assert said(room) == ["Councillor", "Officer", None]
    says(room, ada, "")
    assert said(room) == [None, "Officer", None]


def test_what_is_not_on_the_list_cannot_be_chosen(room: Room, ada: Person) -> None:
    asks(room, *ASKED)
    with pytest.raises(Unacceptable) as refused:
        joins(room, "Mayor")
    assert refused.value.code == "lens"
    with pytest.raises(Unacceptable):
        says(room, ada, "councillor")
    assert said(room) == [None]


def test_where_nobody_is_asked_nothing_is_kept(room: Room, ada: Person) -> None:
    joins(room, "Officer")
    with pytest.raises(NotNow) as refused:
        says(room, ada, "Officer")
    assert (refused.value.code, said(room)) == ("lenses_not_asked", [None, None])


def test_one_who_comes_with_a_slip_and_one_who_waits_are_asked_too(room: Room) -> None:
    asks(room, *ASKED)
    doors.make_slips(room.store, room.id, 1, key=KEY, chance=room.chance, by=BY)
    with room.store.reading() as session:
        slip = doors.slip_secret(doors.slips(session, room.id)[0], KEY)
    assert slip
    joining.join_with_slip(
        room.store, room.id, slip, secret=tokens.new_secret(room.chance), chance=room.chance, lens="Officer"
    )
    doors.set_door(room.store, room.id, "capped", 1, by=BY)
    joins(room, "Councillor")
    assert said(room) == ["Officer", "Councillor"]


def test_whoever_chose_one_that_was_taken_away_has_not_said_until_it_is_back(room: Room) -> None:
    asks(room, "Councillor", "Officer", "Partner")
    joins(room, "Partner", 7)
    joins(room, "Officer", 6)
    entry = asks(room, *ASKED)
    assert groups(room) == [Group([None], 7), Group(["Councillor", "Officer"], 6)]
    assert entry is not None
    history.undo(room.store, room.id, entry, by=BY)
    assert groups(room) == [Group(["Partner"], 7), Group(["Councillor", "Officer", None], 6)]


def test_asking_is_in_the_history_and_what_people_said_is_not(room: Room, ada: Person) -> None:
    entry = asks(room, *ASKED)
    says(room, ada, "Officer")
    joins(room, "Councillor")
    votes(room, ada)
    paper.enter_paper_ballot(
        room.store, room.id, 1, {1: 2}, op="p1", by=BY, chance=room.chance, name="Bea", lens="Officer"
    )
    assert said(room)[-1] == "Officer"
    with room.store.reading() as session:
        entries = session.scalars(select(Entry).where(Entry.workshop_id == room.id).order_by(Entry.id)).all()
        assert deed(next(each for each in entries if each.id == entry)) == (
            "asked people which group they are in: Councillor, Officer"
        )
        others = [each for each in entries if each.id != entry]
        assert "Officer" not in json.dumps([[each.subject, each.changes] for each in others])


def test_asking_no_longer_is_done_and_undone(room: Room) -> None:
    asks(room, *ASKED)
    entry = asks(room)
    assert asked(room) is None
    assert entry is not None
    history.undo(room.store, room.id, entry, by=BY)
    assert asked(room) == list(ASKED)
    assert asks(room, *ASKED) is None


# Once a vote has been counted -----------------------------------------------------------------------------------------


def test_whoever_took_part_in_a_vote_that_was_counted_stays_in_their_lens(room: Room, ada: Person) -> None:
    asks(room, *ASKED)
    says(room, ada, "Officer")
    ben = room.person()
    votes(room, ada)
    says(room, ada, "Councillor")
    for phase in ("reveal", "discuss", "closed"):
        room.goes_to(phase)
        for lens in ("Officer", ""):
            with pytest.raises(NotNow) as refused:
                says(room, ada, lens)
            assert refused.value.code == "lens_settled"
        says(room, ada, "Councillor")
    says(room, ben, "Officer")
    joins(room, "Officer")
    assert said(room)[:2] == ["Councillor", "Officer"]


def test_after_that_lenses_can_be_added_and_none_taken_away_by_no_door(room: Room, ada: Person) -> None:
    first = asks(room, "Councillor", "Officer", "Partner")
    says(room, ada, "Officer")
    votes(room, ada)
    room.goes_to("reveal")
    for names in ((), ASKED, ("Councillor", "Officers", "Partner")):
        with pytest.raises(NotNow) as refused:
            asks(room, *names)
        assert refused.value.code == "lenses_settled"
    more = asks(room, "Partner", "Officer", "Councillor", "Mayor")
    assert asked(room) == ["Partner", "Officer", "Councillor", "Mayor"]
    for entry in (more, first):
        assert entry is not None
        with pytest.raises(NotNow):
            history.undo(room.store, room.id, entry, by=BY)


def test_who_is_asked_for_the_first_time_after_a_vote_can_be_asked_no_longer(room: Room, ada: Person) -> None:
    votes(room, ada)
    room.goes_to("discuss")
    asks(room, *ASKED)
    with pytest.raises(NotNow):
        says(room, ada, "Officer")
    joins(room, "Officer")
    asks(room)
    assert asked(room) is None


# How many are in each -------------------------------------------------------------------------------------------------


def test_groups_are_counted_and_small_ones_never_by_themselves(room: Room) -> None:
    asks(room, "Councillor", "Officer", "Partner")
    joins(room, "Councillor", 7)
    joins(room, "Officer", 5)
    assert groups(room) == [Group(["Councillor"], 7), Group(["Officer", "Partner", None], 5)]
    joins(room, "Partner", 4)
    joins(room, count=1)
    assert groups(room) == [Group(["Councillor"], 7), Group(["Officer"], 5), Group(["Partner", None], 5)]


def test_of_too_few_people_no_group_is_counted(room: Room) -> None:
    asks(room, *ASKED)
    assert groups(room) == [Group([*ASKED, None], None)]
    joins(room, "Councillor", 8)
    assert groups(room) == [Group([*ASKED, None], None)]


# Where else they go ---------------------------------------------------------------------------------------------------


def test_they_go_along_with_the_agenda(store: Store, box: BallotBox, room: Room) -> None:
    asks(room, *ASKED)
    joins(room, "Officer", 3)
    with room.store.reading() as session:
        file = agenda.to_json(rehearsing.agenda_of(session, session.get_one(Workshop, room.id)))
    assert file["lenses"] == list(ASKED)
    assert agenda.to_json(agenda.from_json(file)) == file
    copy = templates.duplicate_workshop(store, room.id, "Again", key=KEY, now=NOW, chance=random.Random())
    kept = templates.keep_template(store, room.id, "Kept", now=NOW)
    with store.reading() as session:
        assert session.get_one(Workshop, copy.id).lenses == list(ASKED)
        assert joining.people(session, copy.id) == []
        assert templates.template(session, str(kept)).lenses == ASKED


def test_without_lenses_the_file_does_not_speak_of_them(room: Room) -> None:
    with room.store.reading() as session:
        assert "lenses" not in agenda.to_json(rehearsing.agenda_of(session, session.get_one(Workshop, room.id)))


def test_simulated_people_choose_as_people_do(room: Room) -> None:
    asks(room, *ASKED)
    opened = rehearsing.open_rehearsal(room.store, room.id, 30, key=KEY, now=NOW, chance=random.Random(8))
    with room.store.reading() as session:
        chosen = session.scalars(select(Participant.lens).where(Participant.workshop_id == opened.id)).all()
    assert set(chosen) == {*ASKED, None}


@pytest.mark.parametrize(
    "names",
    [
        ["One"],
        ["1", "2", "3", "4", "5", "6", "7"],
        ["Officer", "officer "],
        ["Officer", "  "],
        ["Officer", "x" * 31],
        ["Officer", 3],
        "Officer, Councillor",
        {"Officer": 1},
    ],
)
def test_a_list_that_cannot_be_is_refused_with_its_field(names: object) -> None:
    with pytest.raises((Unacceptable, NotUnderstood)) as refused:
        agenda.from_json({"title": "T", "lenses": names, "exercises": [{"prompt": "What matters?"}]})
    assert refused.value.code == "lenses"


def test_a_list_is_tidied_and_its_empty_lines_passed_over() -> None:
    assert agenda.lenses_from_lines(" Officer \r\n\r\nCouncillor of  the town\n") == (
        "Officer",
        "Councillor of the town",
    )
    assert agenda.lenses_from_lines(" \n ") == ()

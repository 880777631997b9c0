"""A rehearsal: the workshop again, with people who are simulated, and nothing that reaches the real one."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import select

from tests.cast import KEY, NOW, Person, Room
from workshop.actions import rehearsing
from workshop.errors import NotNow, Unacceptable
from workshop.models import Participant, Response, Workshop
from workshop.rehearsal import Rehearsals


def rehearses(room: Room, people: int = 4) -> Room:
    opened = rehearsing.open_rehearsal(room.store, room.id, people, key=KEY, now=NOW, chance=room.chance)
    return Room.known(room.store, room.box, opened)


def plays(room: Room) -> None:
    """Have the rehearsal's people do what the phase asks for, without their pauses."""
    rehearsals = Rehearsals(
        room.store, room.box, random.Random(8), spawn=lambda work, round_: work(round_), sleep=lambda _: None
    )
    rehearsals.follow(room.id)


def test_it_has_the_same_agenda_and_people_of_its_own(room: Room, ada: Person) -> None:
    room.goes_to("gather")
    ada.writes("Trees")
    rehearsal = rehearses(room)
    with room.store.reading() as session:
        workshop = session.get_one(Workshop, rehearsal.id)
        assert (workshop.title, workshop.is_rehearsal, workshop.simulated) == ("Town centre", True, True)
        assert workshop.code != room.workshop.code
        assert [(each.prompt, each.phase) for each in workshop.exercises] == [("What matters?", "draft")]
        kinds = session.scalars(select(Participant.kind).where(Participant.workshop_id == rehearsal.id)).all()
        assert kinds == ["simulated"] * 4
        exercise = select(Response).where(Response.exercise_id == workshop.exercise.id)
        assert session.scalars(exercise).all() == []


def test_its_people_write_while_responses_are_open_and_vote_while_voting_is(room: Room) -> None:
    rehearsal = rehearses(room)
    plays(rehearsal)
    rehearsal.goes_to("gather")
    plays(rehearsal)
    plays(rehearsal)
    rehearsal.goes_to("vote")
    plays(rehearsal)
    result = rehearsal.result
    assert (len(result.responses), result.joined, result.people) == (8, 4, 4)
    assert 16 <= result.in_tally <= 32
    assert rehearsal.finished == 3
    rehearsal.goes_to("discuss")
    plays(rehearsal)
    assert rehearsal.result.in_tally == result.in_tally


def test_nothing_of_it_reaches_the_real_workshop(room: Room, ada: Person) -> None:
    room.goes_to("gather")
    ada.writes("Trees")
    before = room.versions()
    rehearsal = rehearses(room)
    rehearsal.goes_to("gather")
    plays(rehearsal)
    rehearsal.goes_to("vote")
    plays(rehearsal)
    assert room.versions() == before
    assert room.phase == "gather"
    assert (len(room.result.responses), room.result.joined, room.result.in_tally) == (1, 1, 0)


def test_real_people_are_never_played(room: Room, ada: Person) -> None:
    room.goes_to("gather")
    ada.writes("Trees")
    room.goes_to("vote")
    plays(room)
    assert room.result.in_tally == 0


def test_a_rehearsal_is_not_rehearsed_and_has_a_bounded_number_of_people(room: Room) -> None:
    with pytest.raises(NotNow):
        rehearses(rehearses(room))
    for people in (0, 61):
        with pytest.raises(Unacceptable):
            rehearses(room, people)

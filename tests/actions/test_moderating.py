"""Checking responses before they are shown, and closing them for now."""

from __future__ import annotations

import random

import pytest

from tests.actions.test_grouping import merges, rows, states, undoes
from tests.cast import BY, Person, Room
from tests.racing import at_once
from workshop import screens
from workshop.actions import gathering, moderating
from workshop.ballot_box import BallotBox
from workshop.errors import NotFound, NotNow, Unacceptable
from workshop.models import Participant, Workshop
from workshop.store import Store


@pytest.fixture
def room(store: Store, box: BallotBox) -> Room:
    """Responses are open, and are checked before they are shown."""
    room = Room(store, box, random.Random(), checks_first=True)
    room.goes_to("gather")
    return room


def reads(room: Room, *numbers: int) -> dict[int, str]:
    """The wording of responses as somebody reads it now."""
    return {row.number: row.wording for row in rows(room) if row.number in numbers}


def shows(room: Room, read: dict[int, str]) -> list[int]:
    return moderating.approve(room.store, room.id, 1, read, by=BY)[0]


def seen(room: Room, audience: str) -> list[int]:
    with room.store.reading() as session:
        screen = screens.screen(session, room.id, audience)
        assert screen is not None
        return [each.number for each in (*screen.responses, *screen.pending)]


def unchecked(person: Person) -> list[int]:
    with person.room.store.reading() as session:
        exercise = session.get_one(Workshop, person.room.id).exercise
        return [
            each.number for each in screens.own(session, exercise, session.get_one(Participant, person.id)).unchecked
        ]


def test_what_was_not_checked_is_seen_by_its_author_and_at_the_desk(room: Room, ada: Person, ben: Person) -> None:
    ada.writes("Free parking")
    assert [seen(room, audience) for audience in screens.AUDIENCES] == [[], [], [1], [1]]
    assert (unchecked(ada), unchecked(ben)) == ([1], [])
    assert shows(room, reads(room, 1)) == [1]
    assert [seen(room, audience) for audience in screens.AUDIENCES] == [[1]] * 4
    assert unchecked(ada) == []


def test_all_that_were_read_are_shown_at_once_and_undone_at_once(room: Room, ada: Person) -> None:
    for text in ("Free parking", "Benches", "Trees"):
        ada.writes(text)
    read = reads(room, 1, 2)
    numbers, entry = moderating.approve(room.store, room.id, 1, read, by=BY)
    assert (numbers, states(room)) == ([1, 2], ["live", "live", "pending"])
    undoes(room, entry)
    assert states(room) == ["pending"] * 3


def test_saving_what_it_says_already_needs_no_second_check(room: Room, ada: Person) -> None:
    ada.writes("Free parking")
    shows(room, reads(room, 1))
    gathering.edit_response(room.store, room.id, 1, 1, participant_id=ada.id, side="yes", text="Free  parking")
    assert states(room) == ["live"]


def test_what_its_author_changed_meanwhile_goes_on_waiting(room: Room, ada: Person) -> None:
    ada.writes("Free parking")
    ada.writes("Benches")
    read = reads(room, 1, 2)
    gathering.edit_response(room.store, room.id, 1, 1, participant_id=ada.id, side="yes", text="Something rude")
    assert shows(room, read) == [2]
    with pytest.raises(NotNow) as refused:
        shows(room, {1: read[1]})
    assert (refused.value.code, states(room)) == ("changed", ["pending", "live"])


def test_what_is_edited_is_checked_again(room: Room, ada: Person) -> None:
    ada.writes("Free parking")
    shows(room, reads(room, 1))
    gathering.edit_response(room.store, room.id, 1, 1, participant_id=ada.id, side="yes", text="Something else")
    assert (states(room), unchecked(ada), seen(room, "participant")) == (["pending"], [1], [])


def test_what_waits_can_be_removed_by_its_author_or_withdrawn(room: Room, ada: Person) -> None:
    ada.writes("Free parking")
    ada.writes("Benches")
    read = reads(room, 1, 2)
    gathering.remove_response(room.store, room.id, 1, 1, participant_id=ada.id)
    entry = gathering.withdraw(room.store, room.id, 1, 2, by=BY)
    with pytest.raises(NotNow) as refused:
        shows(room, read)
    assert (refused.value.code, states(room)) == ("withdrawn", ["withdrawn"] * 2)
    undoes(room, entry)
    assert states(room) == ["withdrawn", "pending"]


def test_what_is_shown_already_is_shown_once(room: Room, ada: Person) -> None:
    ada.writes("Free parking")
    read = reads(room, 1)
    ends = at_once(*[lambda: shows(room, read)] * 2)
    assert sorted(len(each) for each in ends if isinstance(each, list)) == [0, 1]
    assert moderating.approve(room.store, room.id, 1, read, by=BY) == ([], None)


def test_nothing_is_shown_that_nobody_named(room: Room, ada: Person) -> None:
    ada.writes("Free parking")
    with pytest.raises(Unacceptable):
        shows(room, {})
    with pytest.raises(NotFound):
        shows(room, {99: "0"})
    assert states(room) == ["pending"]


def test_what_waits_is_neither_merged_nor_voted_on(room: Room, ada: Person) -> None:
    ada.writes("Free parking")
    ada.writes("Parking, free")
    shows(room, reads(room, 1))
    with pytest.raises(NotNow) as refused:
        merges(room, 1, 2)
    assert refused.value.code == "not_shown"
    room.goes_to("vote")
    assert [str(each) for each in ada.moves(1, 2).outcomes] == [
        "That response is no longer there. Your dot is where it was."
    ]


def test_what_others_stand_under_does_not_go_back_to_waiting(room: Room, ada: Person) -> None:
    ada.writes("Free parking")
    ada.writes("Parking, free")
    _, entry = moderating.approve(room.store, room.id, 1, reads(room, 1), by=BY)
    shows(room, reads(room, 2))
    merges(room, 1, 2)
    with pytest.raises(NotNow):
        undoes(room, entry)
    assert states(room) == ["live", "→1"]


def test_while_responses_are_closed_for_now_nobody_writes_edits_or_removes(room: Room, ada: Person) -> None:
    ada.writes("Free parking")
    entry = moderating.lock(room.store, room.id, 1, by=BY)
    for act in (
        lambda: ada.writes("Benches"),
        lambda: gathering.edit_response(room.store, room.id, 1, 1, participant_id=ada.id, side="no", text="Benches"),
        lambda: gathering.remove_response(room.store, room.id, 1, 1, participant_id=ada.id),
    ):
        with pytest.raises(NotNow) as refused:
            act()
        assert (refused.value.code, str(refused.value)) == (
            "locked",
            "Responses are closed for now. Nothing was changed.",
        )
    undoes(room, entry)
    assert ada.writes("Benches") == 2
    assert moderating.unlock(room.store, room.id, 1, by=BY) is None


def test_a_post_that_came_through_before_the_lock_is_acknowledged_after_it(room: Room, ada: Person) -> None:
    ada.writes("Free parking", op="one")
    moderating.lock(room.store, room.id, 1, by=BY)
    assert ada.writes("Free parking", op="one") == 1

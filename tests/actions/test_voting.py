"""What people do with their dots: move them, take them all back, and say that they have finished."""

from __future__ import annotations

import random

import pytest

from tests.cast import ALL_PHASES, BY, Person, Room
from workshop.actions import gathering, voting
from workshop.ballot_box import BallotBox
from workshop.errors import NotFound, NotNow, WorkshopError
from workshop.rules import Move
from workshop.store import Store


@pytest.fixture
def voting_room(room: Room, ada: Person) -> Room:
    return voting_on_three(room, ada)


def voting_on_three(room: Room, person: Person) -> Room:
    room.goes_to("gather")
    for text in ("Free park and ride", "A night market", "Benches"):
        person.writes(text)
    room.goes_to("vote")
    return room


def outcomes(cast: voting.Cast) -> list[str]:
    return [each.code if isinstance(each, WorkshopError) else str(each) for each in cast.outcomes]


def takes_all_back(person: Person, op: str = "back") -> voting.Cast:
    return voting.take_all_back(person.room.box, person.room.id, person.id, 1, op)


def test_a_dot_moved_twice_is_counted_once(voting_room: Room, ada: Person) -> None:
    ada.moves(1, 1)
    ada.moves(1, 2)
    assert voting_room.tally == {2: 1}
    assert ada.ballot() == [(2, 2), *[(None, 0)] * 7]


def test_the_same_move_sent_again_changes_nothing(voting_room: Room, ada: Person) -> None:
    move = Move(1, 0, 1, "one")
    assert [outcomes(ada.casts([move])) for _ in range(3)] == [["moved"], ["repeated"], ["repeated"]]
    assert ada.ballot()[0] == (1, 1)


def test_two_moves_that_overtake_each_other_end_where_the_later_said(voting_room: Room, ada: Person) -> None:
    first, second = Move(1, 0, 1, "first"), Move(1, 1, 2, "second")
    assert outcomes(ada.casts([second])) == ["stale"]
    assert outcomes(ada.casts([first])) == ["moved"]
    assert outcomes(ada.casts([second])) == ["moved"]
    # The first one comes once more, late, from a connection that was thought dead.
    assert outcomes(ada.casts([first])) == ["stale"]
    assert ada.ballot()[0] == (2, 2)


def test_of_two_tabs_that_move_the_same_dot_the_later_is_told_how_it_is(voting_room: Room, ada: Person) -> None:
    assert outcomes(ada.casts([Move(1, 0, 1, "here")])) == ["moved"]
    late = ada.casts([Move(1, 0, 2, "there")])
    assert outcomes(late) == ["stale"]
    assert late.slots is not None
    assert late.slots[0] == (1, 1)
    assert voting_room.tally == {1: 1}


def test_what_can_be_stored_of_several_moves_is_stored(voting_room: Room, ada: Person) -> None:
    cast = ada.casts(
        [Move(1, 0, 1, "a"), Move(2, 5, 1, "b"), Move(3, 0, 99, "c"), Move(9, 0, 1, "d"), Move(8, 0, 3, "e")]
    )
    assert outcomes(cast) == ["moved", "stale", "no_such_response", "no_such_dot", "moved"]
    assert voting_room.tally == {1: 1, 3: 1}
    assert cast.slots == ada.ballot()


def test_a_ballot_is_its_owners_alone(voting_room: Room, ada: Person, ben: Person) -> None:
    ada.moves(1, 1)
    ben.moves(1, 2)
    assert (ada.ballot()[0], ben.ballot()[0]) == ((1, 1), (2, 1))
    assert voting_room.tally == {1: 1, 2: 1}


def test_there_is_no_ninth_dot(voting_room: Room, ada: Person) -> None:
    for dot in range(1, 9):
        assert outcomes(ada.moves(dot, 1)) == ["moved"]
    for dot in (0, 9, 20, 21, -1):
        assert outcomes(ada.casts([Move(dot, 0, 1, "a")])) == ["no_such_dot"]
    assert voting_room.tally == {1: 8}


def test_a_response_of_another_workshop_holds_no_dot(
    voting_room: Room, ada: Person, store: Store, box: BallotBox
) -> None:
    other = Room(store, box, random.Random())
    eve = other.person()
    other.goes_to("gather")
    for text in ("One", "Two", "Three", "Four"):
        eve.writes(text)
    assert outcomes(ada.moves(1, 4)) == ["no_such_response"]
    assert ada.ballot()[0] == (None, 0)


def test_a_withdrawn_response_holds_no_new_dot(voting_room: Room, ada: Person) -> None:
    gathering.withdraw(voting_room.store, voting_room.id, 1, 2, by=BY)
    assert outcomes(ada.moves(1, 2)) == ["no_such_response"]
    gathering.restore(voting_room.store, voting_room.id, 1, 2, by=BY)
    assert outcomes(ada.moves(1, 2)) == ["moved"]


def test_with_most_on_one_response_the_next_dot_goes_elsewhere(store: Store, box: BallotBox) -> None:
    room = Room(store, box, random.Random(), most_per_response=2)
    ada = room.person()
    voting_on_three(room, ada)
    assert [outcomes(ada.moves(dot, 1)) for dot in (1, 2, 3)] == [["moved"], ["moved"], ["most_per_response"]]
    assert outcomes(ada.moves(3, 2)) == ["moved"]
    # Within one cast as well, in the order of its moves.
    assert outcomes(ada.casts([Move(1, 1, 3, "a"), Move(4, 0, 1, "b"), Move(5, 0, 1, "c")])) == [
        "moved", "moved", "most_per_response",
    ]  # fmt: skip
    assert room.tally == {1: 2, 2: 1, 3: 1}


@pytest.mark.parametrize("phase", [phase for phase in ALL_PHASES if phase != "vote"])
def test_dots_move_only_while_voting_is_open(voting_room: Room, ada: Person, phase: str) -> None:
    ada.moves(1, 1, op="in-time")
    voting_room.goes_to(phase)
    late = "not_voting" if phase in ("draft", "gather") else "voting_closed"
    assert outcomes(ada.moves(2, 1)) == [late]
    assert outcomes(takes_all_back(ada)) == [late]
    # The answer to the move that was in time was lost: it is acknowledged again.
    assert outcomes(ada.casts([Move(1, 0, 1, "in-time")])) == ["repeated"]
    assert voting_room.tally == {1: 1}
    with pytest.raises(NotNow):
        voting.set_finished(voting_room.store, voting_room.id, ada.id, 1, True)
    assert voting_room.finished == 0


def test_who_takes_all_back_has_every_dot_in_hand(voting_room: Room, ada: Person, ben: Person) -> None:
    for dot in (1, 2, 5):
        ada.moves(dot, 1)
    ada.moves(2, None)
    ben.moves(1, 1)
    cast = takes_all_back(ada)
    assert outcomes(cast) == ["moved", "moved"]
    assert cast.slots == [(None, 2), (None, 2), (None, 0), (None, 0), (None, 2), *[(None, 0)] * 3]
    assert voting_room.tally == {1: 1}
    assert outcomes(takes_all_back(ada, "again")) == []


def test_a_dot_on_a_withdrawn_response_is_taken_back_for_good(voting_room: Room, ada: Person) -> None:
    ada.moves(1, 1)
    gathering.withdraw(voting_room.store, voting_room.id, 1, 1, by=BY)
    takes_all_back(ada)
    gathering.restore(voting_room.store, voting_room.id, 1, 1, by=BY)
    assert voting_room.tally == {}


def test_finishing_can_be_said_and_taken_back_and_moves_nothing(voting_room: Room, ada: Person, ben: Person) -> None:
    ada.moves(1, 1)

    def says(person: Person, finished: bool) -> int:
        voting.set_finished(voting_room.store, voting_room.id, person.id, 1, finished)
        return voting_room.finished

    assert [says(ada, True), says(ada, True), says(ben, True), says(ada, False), says(ben, False)] == [1, 1, 2, 1, 0]
    assert outcomes(ada.moves(2, 1)) == ["moved"]
    says(ada, True)
    assert outcomes(ada.moves(2, 2)) == ["moved"]
    assert voting_room.tally == {1: 1, 2: 1}


def test_there_is_no_other_exercise_to_finish(voting_room: Room, ada: Person) -> None:
    with pytest.raises(NotFound):
        voting.set_finished(voting_room.store, voting_room.id, ada.id, 2, True)


def test_moving_dots_is_nothing_that_everybody_may_know_of(voting_room: Room, ada: Person) -> None:
    version, tally_version = voting_room.versions()
    ada.moves(1, 1)
    ada.casts([Move(2, 0, 1, "a"), Move(3, 0, 1, "b")])
    takes_all_back(ada)
    after = voting_room.versions()
    assert after[0] == version
    assert after[1] > tally_version

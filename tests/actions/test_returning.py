"""A ballot moves to another phone: once, in time, with all that is on it."""

from __future__ import annotations

import random
from functools import partial

import pytest

from tests.cast import BY, NOW, Person, Room
from tests.racing import at_once
from workshop import access, tokens
from workshop.actions import history, returning
from workshop.errors import NotAllowed, NotFound, NotNow
from workshop.models import Participant, Workshop


@pytest.fixture
def voting(room: Room, ada: Person) -> Room:
    room.goes_to("gather")
    ada.writes("Trees")
    room.goes_to("vote")
    ada.moves(1, 1)
    ada.moves(2, 1)
    return room


def new_phone() -> str:
    """The secret of a phone. The tests share a PostgreSQL."""
    return tokens.new_secret(random.Random())


@pytest.fixture
def phone() -> str:
    return new_phone()


def link(person: Person, now: int = NOW) -> str:
    room = person.room
    return returning.make_return_link(
        room.store, room.id, participant_id=person.id, now=now, chance=random.Random()
    ).secret


def moves_to(person: Person, secret: str, by: str, now: int = NOW) -> bool:
    return returning.move_ballot(person.room.store, person.room.id, by, secret=secret, now=now)


def holds(room: Room, secret: str) -> int | str:
    """The number of the ballot that whoever has a secret holds, or why they hold none."""
    with room.store.reading() as session:
        workshop = session.get_one(Workshop, room.id)
        try:
            return access.participant_in(session, workshop, {"participant": secret}).number
        except NotAllowed as error:
            return error.code


def test_the_ballot_is_on_the_other_phone_with_all_its_dots_and_responses(
    voting: Room, ada: Person, phone: str
) -> None:
    before = (ada.ballot(), voting.tally)
    assert moves_to(ada, phone, link(ada))
    assert (holds(voting, phone), holds(voting, ada.secret)) == (1, "moved")
    assert (ada.ballot(), voting.tally) == before
    assert ada.moves(1, None).outcomes == ["moved"]


def test_nothing_but_the_hash_of_a_link_is_kept_and_a_stranger_is_told_nothing(voting: Room, ada: Person) -> None:
    secret = link(ada)
    with voting.store.reading() as session:
        assert returning.find_return_link(session, secret).secret_hash == tokens.digest(secret)
        with pytest.raises(NotFound):
            returning.find_return_link(session, secret + "x")
    assert holds(voting, "a stranger's") == "not_joined"


def test_of_phones_that_race_for_one_link_one_gets_the_ballot(voting: Room, ada: Person) -> None:
    secret = link(ada)

    def tries(phone: str) -> str:
        try:
            return phone if moves_to(ada, phone, secret) else "again"
        except NotNow as error:
            return error.code

    phones = [new_phone() for _ in range(5)]
    ends = at_once(*(partial(tries, phone) for phone in phones))
    (winner,) = [phone for phone in phones if phone in ends]
    assert ends.count("link_used") == 4
    assert [phone for phone in phones if holds(voting, phone) == 1] == [winner]


def test_the_same_press_twice_moves_the_ballot_once(voting: Room, ada: Person, phone: str) -> None:
    secret = link(ada)
    assert [moves_to(ada, phone, secret) for _ in range(2)] == [True, False]


def test_a_link_is_good_for_a_quarter_of_an_hour(voting: Room, ada: Person, phone: str) -> None:
    secret = link(ada)
    with pytest.raises(NotNow) as refused:
        moves_to(ada, phone, secret, NOW + 15 * 60 + 1)
    assert refused.value.code == "link_expired"
    assert moves_to(ada, phone, secret, NOW + 15 * 60)


def test_a_newer_link_takes_the_place_of_one_that_was_not_used(voting: Room, ada: Person, phone: str) -> None:
    older, newer = link(ada), link(ada)
    with pytest.raises(NotNow) as refused:
        moves_to(ada, phone, older)
    assert refused.value.code == "link_used"
    assert moves_to(ada, phone, newer)


def test_a_ballot_can_move_again_and_every_phone_that_had_it_is_told(voting: Room, ada: Person) -> None:
    phones = [ada.secret, new_phone(), new_phone()]
    for phone in phones[1:]:
        moves_to(ada, phone, link(ada))
    assert [holds(voting, phone) for phone in phones] == ["moved", "moved", 1]


def test_the_facilitator_makes_one_by_the_number_of_the_ballot_and_can_undo_it(
    voting: Room, ada: Person, phone: str
) -> None:
    made = returning.make_return_link_for(voting.store, voting.id, 1, chance=random.Random(), by=BY)
    assert made.entry is not None
    history.undo(voting.store, voting.id, made.entry, by=BY)
    with pytest.raises(NotNow):
        moves_to(ada, phone, made.secret)
    made = returning.make_return_link_for(voting.store, voting.id, 1, chance=random.Random(), by=BY)
    assert moves_to(ada, phone, made.secret)
    assert made.entry is not None
    with pytest.raises(NotNow) as refused:
        history.undo(voting.store, voting.id, made.entry, by=BY)
    assert refused.value.code == "changed_since"


def test_there_is_none_for_a_ballot_that_is_on_no_phone(voting: Room) -> None:
    with voting.store.change(voting.id) as session:
        session.add(
            Participant(workshop_id=voting.id, number=2, kind="paper", secret_hash=random.randbytes(32), seed=1)
        )
    for number in (0, 2, 3):
        with pytest.raises(NotFound) as refused:
            returning.make_return_link_for(voting.store, voting.id, number, chance=random.Random(), by=BY)
        assert refused.value.code == "no_such_ballot"

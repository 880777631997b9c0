"""Joining and writing: what is added, what is refused, and what the facilitator takes off and puts back."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable

import pytest
from sqlalchemy import func, select, update

from tests.cast import BY, Person, Room
from workshop import tokens
from workshop.actions import gathering
from workshop.agenda import MOST_RESPONSES
from workshop.errors import NotAllowed, NotFound, NotNow, NotUnderstood, Unacceptable, WorkshopError
from workshop.models import Exercise, Participant, Response


@pytest.fixture
def open_room(room: Room) -> Room:
    room.goes_to("gather")
    return room


def responses(room: Room) -> list[tuple[int, str, str, str]]:
    with room.store.reading() as session:
        wanted = select(Response).join(Exercise, Exercise.id == Response.exercise_id).order_by(Response.number)
        found = session.scalars(wanted.where(Exercise.workshop_id == room.id))
        return [(each.number, each.side, each.text, each.state) for each in found]


def edits(person: Person, number: int, text: str, side: str = "yes") -> None:
    gathering.edit_response(
        person.room.store, person.room.id, 1, number, participant_id=person.id, side=side, text=text
    )


def removes(person: Person, number: int) -> None:
    gathering.remove_response(person.room.store, person.room.id, 1, number, participant_id=person.id)


# Joining --------------------------------------------------------------------------------------------------------------


def test_who_joins_gets_a_secret_of_which_only_the_hash_is_kept(room: Room) -> None:
    secret = tokens.new_secret(random.Random())
    assert gathering.join(room.store, room.id, secret=secret, chance=random.Random())
    with room.store.reading() as session:
        (participant,) = session.scalars(select(Participant).where(Participant.workshop_id == room.id))
        assert participant.secret_hash == tokens.digest(secret)
        assert 0 <= participant.seed < 2**31


def test_who_joins_twice_with_one_secret_is_one_participant(room: Room) -> None:
    secret = tokens.new_secret(random.Random())
    assert [gathering.join(room.store, room.id, secret=secret, chance=random.Random()) for _ in range(2)] == [
        True,
        False,
    ]
    assert room.result.joined == 1


def test_nobody_joins_a_workshop_that_there_is_not(room: Room) -> None:
    with pytest.raises(NotFound):
        gathering.join(room.store, 2_000_000_000, secret="nobody's", chance=random.Random())


# Writing --------------------------------------------------------------------------------------------------------------


def test_responses_are_numbered_as_they_come(open_room: Room, ada: Person, ben: Person) -> None:
    assert [ada.writes("Free park and ride"), ben.writes("Cars", "no"), ada.writes("  Trees \n")] == [1, 2, 3]
    assert responses(open_room) == [
        (1, "yes", "Free park and ride", "live"),
        (2, "no", "Cars", "live"),
        (3, "yes", "Trees", "live"),
    ]


def test_the_same_post_again_adds_nothing(open_room: Room, ada: Person) -> None:
    def posts() -> tuple[int, bool]:
        return gathering.add_response(
            open_room.store, open_room.id, 1, participant_id=ada.id, side="yes", text="Trees", op="one"
        )

    assert posts() == (1, True)
    assert posts() == (1, False)
    open_room.goes_to("vote")
    # The answer to the first one was lost, and responses were closed meanwhile.
    assert posts() == (1, False)
    assert len(responses(open_room)) == 1


def test_two_people_may_use_the_same_op(open_room: Room, ada: Person, ben: Person) -> None:
    assert (ada.writes("Trees", op="one"), ben.writes("Benches", op="one")) == (1, 2)


def test_two_people_may_write_the_same(open_room: Room, ada: Person, ben: Person) -> None:
    assert (ada.writes("Trees"), ben.writes("Trees")) == (1, 2)


def test_many_who_write_at_once_each_have_a_number_of_their_own(open_room: Room) -> None:
    people = [open_room.person() for _ in range(10)]
    start = threading.Barrier(10)
    numbers: list[int] = []

    def writes(person: Person) -> None:
        start.wait()
        numbers.extend(person.writes(f"Tree {turn}") for turn in range(5))

    threads = [threading.Thread(target=writes, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(1, 51))
    assert [each[0] for each in responses(open_room)] == list(range(1, 51))


def test_a_number_is_never_used_again(open_room: Room, ada: Person) -> None:
    ada.writes("Trees")
    removes(ada, ada.writes("Cars"))
    assert ada.writes("Benches") == 3


@pytest.mark.parametrize("phase", ["draft", "vote", "reveal", "discuss", "closed"])
def test_responses_are_only_added_while_they_are_gathered(open_room: Room, ada: Person, phase: str) -> None:
    ada.writes("Trees")
    open_room.goes_to(phase)
    acts: list[Callable[[], object]] = [
        lambda: ada.writes("Benches"),
        lambda: edits(ada, 1, "Benches"),
        lambda: removes(ada, 1),
    ]
    for act in acts:
        with pytest.raises(NotNow) as refused:
            act()
        assert (refused.value.code, refused.value.status) == ("not_gathering", 409)
    assert responses(open_room) == [(1, "yes", "Trees", "live")]


@pytest.mark.parametrize(
    ("written", "kind", "code"),
    [
        ({"text": ""}, Unacceptable, "empty"),
        ({"text": " \u200b\n"}, Unacceptable, "empty"),
        ({"text": "x" * 141}, Unacceptable, "too_long"),
        ({"side": "maybe"}, Unacceptable, "no_side"),
        ({"side": ""}, Unacceptable, "no_side"),
        ({"op": ""}, NotUnderstood, "not_understood"),
        ({"op": "x" * 41}, NotUnderstood, "not_understood"),
        ({"op": "one two"}, NotUnderstood, "not_understood"),
    ],
)
def test_a_response_that_cannot_be_is_not_added(
    open_room: Room, ada: Person, written: dict[str, str], kind: type[WorkshopError], code: str
) -> None:
    fields = {"text": "Trees", "side": "yes", "op": "one"} | written
    with pytest.raises(kind) as refused:
        gathering.add_response(open_room.store, open_room.id, 1, participant_id=ada.id, **fields)
    assert refused.value.code == code
    assert responses(open_room) == []


def test_there_is_no_other_exercise_to_write_in(open_room: Room, ada: Person) -> None:
    with pytest.raises(NotFound) as refused:
        gathering.add_response(
            open_room.store, open_room.id, 2, participant_id=ada.id, side="yes", text="Trees", op="one"
        )
    assert refused.value.code == "no_such_exercise"


def test_an_exercise_has_room_for_so_many_responses_and_no_more(open_room: Room, ada: Person) -> None:
    ada.writes("Trees")
    with open_room.store.change(open_room.id) as session:
        session.execute(update(Response).where(Response.author_id == ada.id).values(number=MOST_RESPONSES))
    with pytest.raises(Unacceptable):
        ada.writes("Benches")
    with open_room.store.reading() as session:
        assert session.scalar(select(func.count()).where(Response.author_id == ada.id)) == 1


# Changing one's own ---------------------------------------------------------------------------------------------------


def test_who_wrote_a_response_can_change_it(open_room: Room, ada: Person) -> None:
    edits(ada, ada.writes("Tress"), " Trees ", "no")
    assert responses(open_room) == [(1, "no", "Trees", "live")]


@pytest.mark.parametrize("text", ["", "x" * 141])
def test_a_change_that_cannot_be_leaves_the_response_as_it_was(open_room: Room, ada: Person, text: str) -> None:
    number = ada.writes("Trees")
    with pytest.raises(Unacceptable):
        edits(ada, number, text)
    with pytest.raises(Unacceptable):
        edits(ada, number, "Benches", "maybe")
    assert responses(open_room) == [(1, "yes", "Trees", "live")]


def test_who_wrote_a_response_can_remove_it_and_the_facilitator_put_it_back(open_room: Room, ada: Person) -> None:
    number = ada.writes("Trees")
    removes(ada, number)
    assert responses(open_room) == [(1, "yes", "Trees", "withdrawn")]
    gathering.restore(open_room.store, open_room.id, 1, number, by=BY)
    assert responses(open_room) == [(1, "yes", "Trees", "live")]


def test_what_is_sent_again_because_its_answer_was_lost_changes_nothing_and_is_not_refused(
    open_room: Room, ada: Person
) -> None:
    edits(ada, ada.writes("Tress"), "Trees", "no")
    removes(ada, ada.writes("Cars"))
    for phase in ("gather", "vote"):
        open_room.goes_to(phase)
        edits(ada, 1, " Trees", "no")
        removes(ada, 2)
        with pytest.raises(NotFound if phase == "gather" else NotNow):
            edits(ada, 2, "Cars")
    assert responses(open_room) == [(1, "no", "Trees", "live"), (2, "yes", "Cars", "withdrawn")]


@pytest.mark.parametrize("act", [lambda person: edits(person, 1, "Cars"), lambda person: removes(person, 1)])
def test_nobody_else_can_change_or_remove_it(
    open_room: Room, ada: Person, ben: Person, act: Callable[[Person], None]
) -> None:
    ada.writes("Trees")
    with pytest.raises(NotAllowed) as refused:
        act(ben)
    assert (refused.value.code, refused.value.status) == ("not_yours", 403)
    assert responses(open_room) == [(1, "yes", "Trees", "live")]


def test_who_wrote_a_response_cannot_bring_it_back_against_the_facilitator(open_room: Room, ada: Person) -> None:
    number = ada.writes("Trees")
    gathering.withdraw(open_room.store, open_room.id, 1, number, by=BY)
    for text in ("Trees", "Trees!"):
        with pytest.raises(NotFound):
            edits(ada, number, text)
    removes(ada, number)
    assert responses(open_room) == [(1, "yes", "Trees", "withdrawn")]


def test_there_is_no_response_that_nobody_wrote(open_room: Room, ada: Person) -> None:
    acts: list[Callable[[], object]] = [
        lambda: edits(ada, 1, "Trees"),
        lambda: removes(ada, 1),
        lambda: gathering.withdraw(open_room.store, open_room.id, 1, 1, by=BY),
        lambda: gathering.restore(open_room.store, open_room.id, 1, 0, by=BY),
    ]
    for act in acts:
        with pytest.raises(NotFound) as refused:
            act()
        assert (refused.value.code, refused.value.status) == ("no_such_response", 404)


# What the facilitator takes off and puts back -------------------------------------------------------------------------


def test_dots_on_a_withdrawn_response_are_in_hand_and_count_again_when_it_is_restored(
    open_room: Room, ada: Person, ben: Person
) -> None:
    ada.writes("Trees")
    ada.writes("Benches")
    open_room.goes_to("vote")
    for person, dot, response in ((ada, 1, 1), (ada, 2, 1), (ada, 3, 2), (ben, 1, 1)):
        person.moves(dot, response)
    gathering.withdraw(open_room.store, open_room.id, 1, 1, by=BY)
    assert open_room.tally == {2: 1}
    assert ada.ballot()[:3] == [(None, 1), (None, 1), (2, 1)]
    # One of the dots that came back is used elsewhere; the others wait where they lie.
    assert ada.moves(1, 2).outcomes == ["moved"]
    gathering.restore(open_room.store, open_room.id, 1, 1, by=BY)
    assert open_room.tally == {1: 2, 2: 2}
    assert ada.ballot()[:3] == [(2, 2), (1, 1), (2, 1)]
    assert open_room.result.adds_up


def test_withdrawing_and_restoring_twice_is_as_once(open_room: Room, ada: Person) -> None:
    number = ada.writes("Trees")
    for act, state in ((gathering.withdraw, "withdrawn"), (gathering.restore, "live")):
        for _ in range(2):
            act(open_room.store, open_room.id, 1, number, by=BY)
            assert responses(open_room) == [(1, "yes", "Trees", state)]


def test_withdrawing_works_in_every_phase(open_room: Room, ada: Person) -> None:
    ada.writes("Trees")
    ada.writes("Benches")
    open_room.goes_to("vote")
    ada.moves(1, 1)
    for phase in ("reveal", "discuss", "closed", "draft"):
        open_room.goes_to(phase)
        gathering.withdraw(open_room.store, open_room.id, 1, 1, by=BY)
        assert open_room.tally == {}
        gathering.restore(open_room.store, open_room.id, 1, 1, by=BY)
        assert open_room.tally == {1: 1}

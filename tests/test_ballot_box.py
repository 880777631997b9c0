"""The ballot box: many cast at once, each is answered when their dots are stored, and nobody costs others theirs."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from queue import Queue

import pytest
from sqlalchemy import event, text

import workshop.ballot_box
from tests.cast import BY, Person, Room
from tests.racing import casting, outcome, while_somebody_writes
from workshop.actions import gathering, voting
from workshop.actions.voting import Cast
from workshop.ballot_box import BallotBox
from workshop.errors import Busy, NotFound, Unacceptable
from workshop.rules import Move
from workshop.store import Store


@pytest.fixture
def voting_room(room: Room, ada: Person) -> Room:
    """Three responses, and voting is open."""
    room.goes_to("gather")
    for words in ("Free park and ride", "A night market", "Benches"):
        ada.writes(words)
    room.goes_to("vote")
    return room


def test_a_hundred_who_wait_together_take_a_few_batches(voting_room: Room, box: BallotBox) -> None:
    people = [voting_room.person() for _ in range(100)]
    before = box.batches
    answers = while_somebody_writes(voting_room, *(casting(each, Move(1, 0, 1, "a")) for each in people))
    assert [outcome(each) for each in answers] == [["moved"]] * 100
    assert box.batches - before <= 20
    assert voting_room.tally == {1: 100}


def test_more_than_a_thousand_dots_are_stored_in_one_batch(store: Store, box: BallotBox) -> None:
    room = Room(store, box, random.Random(), allowance=20)
    people = [room.person() for _ in range(60)]
    room.goes_to("gather")
    people[0].writes("Free park and ride")
    room.goes_to("vote")
    before = box.batches
    moves = [Move(dot, 0, 1, "a") for dot in range(1, 21)]
    answers = while_somebody_writes(room, *(casting(each, *moves) for each in people))
    assert {each for answer in answers for each in outcome(answer)} == {"moved"}
    # Had a batch failed, its casts would have been stored one by one.
    assert box.batches - before <= 20
    assert room.tally == {1: 1200}


def test_who_moves_again_costs_no_reading_unless_something_else_happened(
    voting_room: Room, ada: Person, database_url: str
) -> None:
    read: list[str] = []

    def keep(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            read.append(statement)

    store = Store(database_url)
    event.listen(store.writer, "before_cursor_execute", keep)
    box = BallotBox(store)
    threading.Thread(target=box.run, daemon=True).start()

    def moves(*move: Move) -> list[str]:
        return outcome(voting.move_dots(box, voting_room.id, ada.id, 1, move))

    assert moves(Move(1, 0, 1, "a")) == ["moved"]
    assert read
    read.clear()
    assert moves(Move(1, 1, 2, "b"), Move(2, 0, 2, "c")) == ["moved", "moved"]
    assert read == []
    gathering.withdraw(voting_room.store, voting_room.id, 1, 3, by=BY)
    assert moves(Move(3, 0, 3, "d"), Move(4, 0, 2, "e")) == ["no_such_response", "moved"]
    assert read
    store.close()


def test_a_dot_that_was_moved_past_the_door_is_never_set_back(voting_room: Room, ada: Person) -> None:
    ada.moves(1, 1)
    with voting_room.store.engine.begin() as connection:
        connection.execute(text("UPDATE dot SET rev = 5, response = 3 WHERE participant_id = :ada"), {"ada": ada.id})
    assert outcome(ada.casts([Move(1, 1, 2, "b")])) == ["stale"]
    assert ada.ballot()[0] == (3, 5)


def test_an_answer_comes_after_the_commit_and_not_before(voting_room: Room, database_url: str) -> None:
    answered = threading.Event()
    seen_before_commit: list[bool] = []

    def about_to_commit() -> None:
        seen_before_commit.append(answered.wait(0.2))

    def on_commit(*_: object) -> None:
        about_to_commit()

    def commit(work: Callable[[], object]) -> object:
        about_to_commit()
        return work()

    store = Store(database_url, run_native=commit)
    if not store.on_sqlite:
        event.listen(store.engine, "commit", on_commit)
    box = BallotBox(store)
    threading.Thread(target=box.run, daemon=True).start()
    person = voting_room.person()

    def casts() -> None:
        voting.move_dots(box, voting_room.id, person.id, 1, [Move(1, 0, 2, "a")])
        answered.set()

    phone = threading.Thread(target=casts)
    phone.start()
    phone.join()
    assert seen_before_commit
    assert not any(seen_before_commit)
    assert person.ballot()[0] == (2, 1)
    store.close()


def test_what_was_answered_is_there_for_whoever_looks_next(voting_room: Room, ada: Person, database_url: str) -> None:
    onlooker = Store(database_url)
    elsewhere = Room.again(voting_room, onlooker)
    for rev in range(20):
        ada.moves(1, 1 + rev % 3, replaces=rev)
        assert elsewhere.ballots([ada])[0][0] == (1 + rev % 3, rev + 1)
    onlooker.close()


def test_a_cast_that_cannot_be_stored_costs_the_others_nothing(voting_room: Room, box: BallotBox) -> None:
    people = [voting_room.person() for _ in range(10)]
    people[0].moves(2, 3)

    def nobody() -> Cast:
        return voting.move_dots(box, voting_room.id, 2_000_000_000, 1, [Move(1, 0, 1, "a")])

    def takes_back() -> Cast:
        return voting.take_all_back(box, voting_room.id, people[0].id, 1, "back")

    answers = while_somebody_writes(
        voting_room, nobody, takes_back, *(casting(each, Move(1, 0, 1, "a")) for each in people[1:])
    )
    assert isinstance(answers[0], Busy)
    assert [outcome(each) for each in answers[1:]] == [["moved"]] * 10
    assert voting_room.tally == {1: 9}


def test_a_workshop_that_is_gone_costs_the_others_nothing(voting_room: Room, ada: Person, box: BallotBox) -> None:
    def of_another_workshop() -> Cast:
        return voting.move_dots(box, 2_000_000_000, ada.id, 1, [Move(1, 0, 1, "a")])

    answers = while_somebody_writes(voting_room, of_another_workshop, casting(ada, Move(1, 0, 2, "b")))
    assert isinstance(answers[0], NotFound)
    assert outcome(answers[1]) == ["moved"]
    assert voting_room.tally == {2: 1}


def test_an_exercise_that_there_is_not_costs_the_others_nothing(voting_room: Room, ada: Person, box: BallotBox) -> None:
    def in_another_exercise() -> Cast:
        return voting.move_dots(box, voting_room.id, ada.id, 2, [Move(1, 0, 1, "a")])

    answers = while_somebody_writes(voting_room, in_another_exercise, casting(ada, Move(1, 0, 2, "b")))
    assert outcome(answers[0]) == ["no_such_exercise"]
    assert outcome(answers[1]) == ["moved"]


def test_who_waits_too_long_is_told_to_try_again_and_then_what_became_of_it(
    voting_room: Room, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workshop.ballot_box, "PATIENCE", 0.1)
    move = Move(1, 0, 1, "one")
    with voting_room.store.change(voting_room.id), pytest.raises(Busy):
        ada.casts([move])
    monkeypatch.undo()
    # It went into the box, and was stored when the database answered again.
    assert outcome(ada.casts([move])) == ["repeated"]
    assert voting_room.tally == {1: 1}


def test_what_is_logged_of_a_failure_does_not_tell_who_chose_what(
    voting_room: Room, box: BallotBox, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(Busy):
        voting.move_dots(box, voting_room.id, 2_000_000_000, 1, [Move(7, 0, 3, "a-telling-op")])
    assert "Traceback" in caplog.text
    assert "a-telling-op" not in caplog.text


def test_two_workshops_share_a_box(voting_room: Room, ada: Person, store: Store, box: BallotBox) -> None:
    other = Room(store, box, random.Random())
    eve = other.person()
    other.goes_to("gather")
    eve.writes("A library")
    other.goes_to("vote")
    answers = while_somebody_writes(voting_room, casting(ada, Move(1, 0, 3, "a")), casting(eve, Move(1, 0, 1, "a")))
    assert [outcome(each) for each in answers] == [["moved"], ["moved"]]
    assert (voting_room.tally, other.tally) == ({3: 1}, {1: 1})


def test_whoever_finds_the_box_full_is_told_to_try_again(voting_room: Room, store: Store) -> None:
    people = [voting_room.person() for _ in range(8)]
    full = BallotBox(store, capacity=3)
    answers: Queue[str] = Queue()

    def casts(person: Person) -> None:
        try:
            cast = voting.move_dots(full, voting_room.id, person.id, 1, [Move(1, 0, 1, "a")])
            answers.put(str(cast.outcomes[0]))
        except Busy as error:
            answers.put(f"{error.status} {error.code}")

    for person in people:
        threading.Thread(target=casts, args=[person], daemon=True).start()
    # Nobody empties the box yet, so five of eight are turned away.
    assert [answers.get(timeout=10) for _ in range(5)] == ["503 busy"] * 5
    threading.Thread(target=full.run, daemon=True).start()
    assert [answers.get(timeout=10) for _ in range(3)] == ["moved"] * 3
    assert voting_room.tally == {1: 3}


def test_other_tabs_are_told_of_what_was_stored_and_of_nothing_else(
    voting_room: Room, ada: Person, box: BallotBox
) -> None:
    told: list[Cast] = []
    box.announce_to(told.append)
    stored = ada.casts([Move(1, 0, 1, "a")])
    ada.casts([Move(1, 0, 1, "a")])
    ada.casts([Move(1, 0, 2, "stale")])
    ada.casts([Move(1, 1, 99, "refused")])
    assert told == [stored]


def test_a_dot_is_acknowledged_although_another_tab_cannot_be_told(
    voting_room: Room, ada: Person, box: BallotBox
) -> None:
    def cannot(cast: Cast) -> None:
        raise RuntimeError("the other tab is gone")

    box.announce_to(cannot)
    assert ada.moves(1, 2).outcomes == ["moved"]
    assert ada.moves(2, 2).outcomes == ["moved"]


def test_one_to_twenty_moves_go_into_the_box_together_each_of_another_dot(voting_room: Room, ada: Person) -> None:
    for moves in ([], [Move(dot, 0, 1, "a") for dot in range(1, 22)], [Move(1, 0, 1, "a"), Move(1, 1, 2, "b")]):
        with pytest.raises(Unacceptable):
            ada.casts(moves)
    assert ada.ballot() == [(None, 0)] * 8

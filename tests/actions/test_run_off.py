"""The line under what goes forward, and the run-off among those who tie across it."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.cast import BY, Person, Room
from workshop import agenda
from workshop.actions import gathering, history, hosting, planning, revealing, run_off, timing, voting
from workshop.ballot_box import BallotBox
from workshop.errors import NotNow, WorkshopError
from workshop.models import Exercise, Response, Workshop
from workshop.results import counting
from workshop.results.cutting import Line
from workshop.rules import Move
from workshop.store import Store

AGENDA = agenda.from_json(
    {"title": "Town centre", "exercises": [{"prompt": "What matters?"}, {"prompt": "What else?"}]}
)


@pytest.fixture
def tied(store: Store, box: BallotBox) -> Room:
    """Revealed: R1 has three dots, R2, R3 (NO) and R5 two each, R4 (NO) none. Three can go forward."""
    room = Room(store, box, random.Random(), AGENDA)
    people = [room.person(), room.person()]
    room.goes_to("gather")
    for number in range(1, 6):
        people[0].writes(f"Response {number}", "no" if number in (3, 4) else "yes")
    room.goes_to("vote")
    for dot, response in enumerate((1, 1, 2, 3, 5), start=1):
        people[0].moves(dot, response)
    for dot, response in enumerate((1, 2, 3, 5), start=1):
        people[1].moves(dot, response)
    room.goes_to("discuss")
    revealing.set_cut(store, room.id, 1, 3, by=BY)
    return room


def exercises(room: Room) -> list[Exercise]:
    """The agenda."""
    with room.store.reading() as session:
        found = session.get_one(Workshop, room.id).exercises
        for each in found:
            assert [side.key for side in each.sides]
        session.expunge_all()
        return found


def line(room: Room, number: int = 1) -> Line:
    with room.store.reading() as session:
        found = counting.count(session, hosting.find_exercise(session, room.id, number)).line
    assert found is not None
    return found


def responses(room: Room, exercise: Exercise) -> list[Response]:
    with room.store.reading() as session:
        wanted = select(Response).where(Response.exercise_id == exercise.id).order_by(Response.number)
        return list(session.scalars(wanted))


def starts(room: Room, number: int = 1) -> tuple[int, int]:
    started, entry = run_off.start_run_off(room.store, room.id, number, by=BY)
    assert entry is not None
    return started, entry


def votes(person: Person, exercise: int, *on: int) -> list[object]:
    moves = [Move(dot, 0, response, f"v{exercise}-{dot}") for dot, response in enumerate(on, start=1)]
    return list(voting.move_dots(person.room.box, person.room.id, person.id, exercise, moves).outcomes)


def reveals(room: Room, number: int) -> None:
    for here, there in (("vote", "reveal"), ("reveal", "discuss")):
        hosting.step(room.store, room.id, number, here, there, by=BY)


def refused(code: str, press: Callable[[], object]) -> None:
    with pytest.raises(NotNow) as error:
        press()
    assert error.value.code == code


# The line -------------------------------------------------------------------------------------------------------------


def test_a_line_that_cuts_no_tie_says_who_goes_forward(tied: Room) -> None:
    revealing.set_cut(tied.store, tied.id, 1, 4, by=BY)
    assert line(tied) == Line([1, 2, 3, 5], [])
    assert (line(tied).is_open, line(tied).forward) == (False, [1, 2, 3, 5])


def test_a_line_never_cuts_a_tie(tied: Room) -> None:
    assert line(tied) == Line([1], [2, 3, 5], 2)
    assert (line(tied).is_open, line(tied).forward) == (True, [1])


def test_a_line_under_more_than_there_is_lets_all_go_forward_that_have_a_dot(tied: Room) -> None:
    revealing.set_cut(tied.store, tied.id, 1, 50, by=BY)
    assert line(tied) == Line([1, 2, 3, 5], [])


def test_a_line_is_taken_away_and_drawn_again(tied: Room) -> None:
    entry = revealing.set_cut(tied.store, tied.id, 1, None, by=BY)
    assert tied.result.line is None
    assert entry is not None
    history.undo(tied.store, tied.id, entry, by=BY)
    assert line(tied).tied == [2, 3, 5]


# Starting -------------------------------------------------------------------------------------------------------------


def test_a_run_off_has_exactly_those_who_tie_and_a_dot_for_each_place(tied: Room) -> None:
    started, _ = starts(tied)
    assert [each.number for each in exercises(tied)] == [1, started, 2]
    assert [each.place for each in exercises(tied)] == [1, 2, 3]
    new = exercises(tied)[1]
    assert (new.kind, new.prompt, new.phase, new.revealed, new.locked) == (
        "columns", "What matters?", "vote", False, True
    )  # fmt: skip
    assert (new.allowance, new.most_per_response, new.totals, new.cut, new.run_off_of) == (2, 1, "hidden", 2, 1)
    assert [side.key for side in new.sides] == ["yes", "no"]
    copied = responses(tied, new)
    assert [(each.number, each.side, each.text, each.state) for each in copied] == [
        (2, "yes", "Response 2", "live"),
        (3, "no", "Response 3", "live"),
        (5, "yes", "Response 5", "live"),
    ]
    assert {each.author_id for each in copied} == {None}


def test_it_is_on_at_once_and_people_vote_in_it(tied: Room, chance: random.Random) -> None:
    started, _ = starts(tied)
    person = tied.person()
    assert (tied.phase, votes(person, started, 2, 5)) == ("vote", ["moved", "moved"])
    assert tied.tally == {2: 1, 5: 1}


def test_two_of_ones_dots_on_the_same_response_are_refused(tied: Room) -> None:
    started, _ = starts(tied)
    person = tied.person()
    outcome = votes(person, started, 2, 2)[1]
    assert isinstance(outcome, WorkshopError)
    assert outcome.code == "most_per_response"


def test_a_run_off_of_one_column_has_that_column_alone(tied: Room) -> None:
    gathering.withdraw(tied.store, tied.id, 1, 3, by=BY)
    revealing.set_cut(tied.store, tied.id, 1, 2, by=BY)
    starts(tied)
    assert [side.key for side in exercises(tied)[1].sides] == ["yes"]
    assert [each.number for each in responses(tied, exercises(tied)[1])] == [2, 5]


def test_the_former_timer_is_not_left_running(tied: Room) -> None:
    timing.set_timer(tied.store, tied.id, 1, 5, by=BY, now_ms=2_000_000_000_000)
    starts(tied)
    assert exercises(tied)[0].timer_ends is None


def test_where_there_is_nothing_to_settle_there_is_no_run_off(tied: Room) -> None:
    revealing.set_cut(tied.store, tied.id, 1, 4, by=BY)
    refused("no_tie", lambda: starts(tied))
    revealing.set_cut(tied.store, tied.id, 1, None, by=BY)
    refused("no_tie", lambda: starts(tied))
    refused("not_on", lambda: starts(tied, 2))
    assert len(exercises(tied)) == 2


def test_before_the_reveal_there_is_no_run_off(tied: Room) -> None:
    tied.goes_to("reveal")
    refused("not_revealed", lambda: starts(tied))


def test_of_many_who_press_at_the_same_time_one_starts_it(tied: Room) -> None:
    together = threading.Barrier(5)
    ends: list[str] = []

    def presses() -> None:
        together.wait()
        try:
            starts(tied)
            ends.append("started")
        except WorkshopError as error:
            ends.append(error.code)

    threads = [threading.Thread(target=presses) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["run_off_started"] * 4 + ["started"]
    assert len(exercises(tied)) == 3


def test_undoing_goes_back_to_the_former_exercise_and_it_can_be_started_again(tied: Room) -> None:
    started, entry = starts(tied)
    votes(tied.person(), started, 2)
    history.undo(tied.store, tied.id, entry, by=BY)
    assert [(each.number, each.place) for each in exercises(tied)] == [(1, 1), (2, 2)]
    assert (tied.phase, line(tied).is_open) == ("discuss", True)
    again, _ = starts(tied)
    assert again != started
    assert tied.tally == {}


# Settling -------------------------------------------------------------------------------------------------------------


def test_after_its_reveal_the_run_off_has_settled_who_goes_forward(tied: Room) -> None:
    started, _ = starts(tied)
    votes(tied.person(), started, 5, 3)
    votes(tied.person(), started, 5, 3)
    assert line(tied) == Line([1], [2, 3, 5], 2, run_off=started)
    reveals(tied, started)
    settled = line(tied)
    assert (settled.run_off, settled.settled, settled.is_open) == (started, [3, 5], False)
    assert settled.forward == [1, 3, 5]


def test_nothing_is_settled_while_its_result_is_hidden(tied: Room) -> None:
    started, _ = starts(tied)
    votes(tied.person(), started, 5, 3)
    hosting.step(tied.store, tied.id, started, "vote", "reveal", by=BY)
    assert line(tied).settled is None


def test_a_run_off_that_ties_again_has_another(tied: Room) -> None:
    second, _ = starts(tied)
    votes(tied.person(), second, 5, 3)
    votes(tied.person(), second, 5, 2)
    reveals(tied, second)
    assert line(tied).is_open
    assert line(tied, second) == Line([5], [2, 3], 1)
    third, _ = starts(tied, second)
    votes(tied.person(), third, 2)
    reveals(tied, third)
    assert line(tied).settled == [5, 2]
    assert line(tied).forward == [1, 5, 2]


def test_a_run_off_settles_the_tie_that_it_was_started_for_and_no_other(tied: Room) -> None:
    started, _ = starts(tied)
    votes(tied.person(), started, 5, 3)
    reveals(tied, started)
    run_off.return_from_run_off(tied.store, tied.id, started, by=BY)
    revealing.set_cut(tied.store, tied.id, 1, 2, by=BY)
    assert line(tied) == Line([1], [2, 3, 5], 1)
    other, _ = starts(tied)
    assert [each.number for each in exercises(tied)] == [1, other, started, 2]


def test_the_places_of_a_run_off_stay_as_they_are(tied: Room) -> None:
    started, _ = starts(tied)
    refused("is_run_off", lambda: revealing.set_cut(tied.store, tied.id, started, 1, by=BY))
    with tied.store.reading() as session:
        wished = replace(planning.plan_of(hosting.find_exercise(session, tied.id, started)), cut=1)
    refused("is_run_off", lambda: planning.edit_exercise(tied.store, tied.id, started, wished, by=BY))


def test_one_goes_back_to_the_exercise_that_was_settled(tied: Room) -> None:
    started, _ = starts(tied)
    refused("not_revealed", lambda: run_off.return_from_run_off(tied.store, tied.id, started, by=BY))
    votes(tied.person(), started, 5, 3)
    reveals(tied, started)
    former, entry = run_off.return_from_run_off(tied.store, tied.id, started, by=BY)
    assert (former, tied.phase, tied.result.line) == (1, "discuss", line(tied, 1))
    refused("not_on", lambda: run_off.return_from_run_off(tied.store, tied.id, started, by=BY))
    refused("no_run_off", lambda: run_off.return_from_run_off(tied.store, tied.id, 1, by=BY))
    refused("run_off_started", lambda: starts(tied))
    assert entry is not None
    history.undo(tied.store, tied.id, entry, by=BY)
    assert tied.tally == {5: 1, 3: 1}


def test_after_a_settled_tie_the_next_exercise_is_not_its_run_off(tied: Room) -> None:
    started, _ = starts(tied)
    votes(tied.person(), started, 5, 3)
    reveals(tied, started)
    run_off.return_from_run_off(tied.store, tied.id, started, by=BY)
    with tied.store.reading() as session:
        following = session.get_one(Workshop, tied.id).next_exercise
        assert following is not None
        assert (following.number, following.asked) == (2, "What else?")


# The room -------------------------------------------------------------------------------------------------------------


def test_the_room_is_counted_when_voting_has_closed(tied: Room) -> None:
    entry = revealing.count_room(tied.store, tied.id, 1, 30, by=BY)
    assert exercises(tied)[0].in_the_room == 30
    assert revealing.count_room(tied.store, tied.id, 1, 30, by=BY) is None
    assert entry is not None
    history.undo(tied.store, tied.id, entry, by=BY)
    assert exercises(tied)[0].in_the_room is None
    tied.goes_to("vote")
    refused("voting_not_closed", lambda: revealing.count_room(tied.store, tied.id, 1, 30, by=BY))


def test_a_run_off_may_follow_a_vote_whose_totals_were_live(store: Store, box: BallotBox) -> None:
    planned = agenda.from_json({"title": "Town centre", "exercises": [{"prompt": "What matters?", "totals": "live"}]})
    room = Room(store, box, random.Random(), planned)
    ada = room.person()
    room.goes_to("gather")
    for text in ("Trees", "Benches"):
        ada.writes(text)
    room.goes_to("vote")
    for dot, response in enumerate((1, 2), start=1):
        ada.moves(dot, response)
    room.goes_to("discuss")
    revealing.set_cut(store, room.id, 1, 1, by=BY)
    before = room.versions()
    number, _ = starts(room)
    with store.reading() as session:
        assert session.get_one(Workshop, room.id).on == number
    # What a phone has seen is never newer than what it is sent next.
    assert room.versions()[0] >= sum(before)

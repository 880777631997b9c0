"""The agenda: exercises are added, changed, copied, deleted, moved, skipped, started and reopened, by one facilitator
or by two at once; and all of it is undone.
"""

from __future__ import annotations

import threading
from itertools import pairwise
from typing import Any

import pytest

from tests.cast import BY, Person, Room
from workshop import agenda, screens
from workshop.actions import gathering, history, hosting, planning, turning
from workshop.agenda import PlannedExercise
from workshop.ballot_box import BallotBox
from workshop.errors import NotFound, NotNow, Unacceptable, WorkshopError
from workshop.models import Exercise, Response, Side, Theme, Workshop
from workshop.store import Store

OWN = {"columns": "own", "name_a": "Now", "sign_a": "flag", "name_b": "Soon", "sign_b": "star", "name_c": "Later",
       "sign_c": "circle"}  # fmt: skip


def plan(prompt: str = "What comes next?", **fields: str) -> PlannedExercise:
    return agenda.exercise_from_form({"prompt": prompt, **fields})


def edits(room: Room, number: int = 1, /, **fields: str) -> int | None:
    """What the form of an exercise does with some fields typed over."""
    with room.store.reading() as session:
        exercise = planning.list_one(session, room.id, number).exercise
        typed = agenda.to_form(planning.plan_of(exercise)) | fields
        seen = planning.fingerprint(exercise)
    return planning.edit_exercise(room.store, room.id, number, agenda.exercise_from_form(typed), by=BY, seen=seen)


def adds(room: Room, prompt: str = "What comes next?", **fields: str) -> int:
    return planning.add_exercise(room.store, room.id, plan(prompt, **fields), by=BY)[0]


def undoes(room: Room, entry: int | None) -> int:
    assert entry is not None
    return history.undo(room.store, room.id, entry, by=BY)


def goes(room: Room, number: int, *phases: str) -> None:
    for here, there in pairwise(phases):
        hosting.step(room.store, room.id, number, here, there, by=BY)


def order(room: Room) -> list[int]:
    with room.store.reading() as session:
        return [each.number for each in session.get_one(Workshop, room.id).exercises]


def on(room: Room) -> int:
    with room.store.reading() as session:
        return session.get_one(Workshop, room.id).on


def look(room: Room, number: int = 1) -> Exercise:
    with room.store.reading() as session:
        exercise = planning.list_one(session, room.id, number).exercise
        assert exercise.sides
        session.expunge_all()
        return exercise


def columns(room: Room, number: int = 1) -> list[tuple[str, str | None]]:
    return [(side.key, side.name) for side in look(room, number).sides]


def writes(room: Room, person: Person, number: int, text: str, side: str) -> int:
    response, _ = gathering.add_response(
        room.store, room.id, number, participant_id=person.id, side=side, text=text, op=f"{number}-{text}"
    )
    return response


@pytest.fixture
def three(room: Room) -> Room:
    """An agenda of three exercises; the first is on."""
    assert [adds(room, "What comes next?"), adds(room, "Who does it, and by when?")] == [2, 3]
    return room


@pytest.fixture
def voting(three: Room, ada: Person) -> Room:
    """People vote in exercise 1, and Ada has placed two dots."""
    three.goes_to("gather")
    ada.writes("Trees")
    ada.writes("Cars", "no")
    three.goes_to("vote")
    ada.moves(1, 1)
    ada.moves(2, 2)
    return three


# Adding and ordering --------------------------------------------------------------------------------------------------


def test_an_exercise_is_added_at_the_end_and_the_first_stays_on(three: Room) -> None:
    assert (order(three), on(three)) == ([1, 2, 3], 1)
    assert look(three, 3).asked == "Who does it, and by when?"


def test_what_was_added_can_be_undone_and_its_number_is_not_used_again(three: Room) -> None:
    number, entry = planning.add_exercise(three.store, three.id, plan(), by=BY)
    undone = undoes(three, entry)
    assert (number, order(three)) == (4, [1, 2, 3])
    assert adds(three) == 5
    undoes(three, undone)
    assert order(three) == [1, 2, 3, 4, 5]


def test_pressed_twice_it_is_added_once(three: Room) -> None:
    planning.add_exercise(three.store, three.id, plan("When?"), by=BY, seen=3)
    with pytest.raises(NotNow) as refused:
        planning.add_exercise(three.store, three.id, plan("When?"), by=BY, seen=3)
    assert (refused.value.code, "“When?”" in str(refused.value), order(three)) == (
        "added_meanwhile",
        True,
        [1, 2, 3, 4],
    )


def test_there_is_an_end_to_an_agenda(room: Room) -> None:
    for _ in range(agenda.MOST_EXERCISES - 1):
        adds(room)
    for act in (
        lambda: adds(room),
        lambda: planning.copy_exercise(room.store, room.id, 1, with_responses=False, by=BY),
    ):
        with pytest.raises(Unacceptable) as refused:
            act()
        assert refused.value.code == "too_many_exercises"
    assert len(order(room)) == agenda.MOST_EXERCISES


def test_an_exercise_moves_up_and_down_and_back(three: Room) -> None:
    turning.move_up(three.store, three.id, 3, by=BY)
    assert order(three) == [1, 3, 2]
    entry = turning.move_down(three.store, three.id, 1, by=BY)
    assert order(three) == [3, 1, 2]
    undoes(three, entry)
    assert (order(three), on(three)) == ([1, 3, 2], 1)


def test_the_first_does_not_move_up_nor_the_last_down(three: Room) -> None:
    assert turning.move_up(three.store, three.id, 1, by=BY) is None
    assert turning.move_down(three.store, three.id, 3, by=BY) is None
    assert order(three) == [1, 2, 3]


def test_an_exercise_changes_places_with_its_neighbour_past_a_deleted_one(three: Room) -> None:
    planning.remove_exercise(three.store, three.id, 2, "exercise 2", by=BY)
    turning.move_up(three.store, three.id, 3, by=BY)
    assert order(three) == [3, 1]


def test_two_who_move_the_same_exercise_move_it_once(three: Room) -> None:
    turning.move_up(three.store, three.id, 3, by=BY, seen=3)
    with pytest.raises(NotNow) as refused:
        turning.move_up(three.store, three.id, 3, by=BY, seen=3)
    assert (refused.value.code, order(three)) == ("moved_on", [1, 3, 2])


# Starting, skipping, reopening ----------------------------------------------------------------------------------------


def test_another_exercise_is_started_and_the_one_before_keeps_its_phase(three: Room, ada: Person) -> None:
    three.goes_to("gather")
    turning.start(three.store, three.id, 2, by=BY)
    assert (on(three), look(three, 1).phase, look(three, 2).phase) == (2, "gather", "draft")
    with pytest.raises(NotNow) as refused:
        ada.writes("Too late for this one")
    assert refused.value.code == "not_on"


def test_the_time_that_was_set_ends_with_the_exercise_that_is_left(three: Room) -> None:
    with three.store.change(three.id) as session:
        session.get_one(Workshop, three.id).exercise.timer_left = 60_000
    turning.start(three.store, three.id, 2, by=BY)
    assert look(three, 1).timer_left is None


def test_while_people_vote_no_other_exercise_is_started_and_the_sentence_says_what_to_do(voting: Room) -> None:
    with pytest.raises(NotNow) as refused:
        turning.start(voting.store, voting.id, 2, by=BY)
    assert (str(refused.value), refused.value.code) == ("Close voting in exercise 1 first.", "voting_open")
    voting.goes_to("reveal")
    turning.start(voting.store, voting.id, 2, by=BY)
    assert on(voting) == 2


def test_of_two_who_start_different_exercises_the_first_one_does(three: Room) -> None:
    start = threading.Barrier(2)
    ends: list[str] = []

    def presses(number: int) -> None:
        start.wait()
        try:
            turning.start(three.store, three.id, number, by=BY, seen=1)
            ends.append("started")
        except WorkshopError as error:
            ends.append(error.code)

    threads = [threading.Thread(target=presses, args=(number,)) for number in (2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["moved_on", "started"]
    assert on(three) in (2, 3)


def test_the_same_exercise_started_twice_is_started_once(three: Room) -> None:
    assert turning.start(three.store, three.id, 2, by=BY, seen=1) is not None
    assert turning.start(three.store, three.id, 2, by=BY, seen=1) is None
    assert on(three) == 2


def test_an_exercise_that_was_skipped_is_skipped_no_more_when_it_is_started(three: Room) -> None:
    turning.skip(three.store, three.id, 2, by=BY)
    assert look(three, 2).skipped
    entry = turning.start(three.store, three.id, 2, by=BY)
    assert (on(three), look(three, 2).skipped) == (2, False)
    undoes(three, entry)
    assert (on(three), look(three, 2).skipped) == (1, True)
    turning.unskip(three.store, three.id, 2, by=BY)
    assert not look(three, 2).skipped


def test_the_one_that_is_on_is_not_skipped(three: Room) -> None:
    with pytest.raises(NotNow) as refused:
        turning.skip(three.store, three.id, 1, by=BY)
    assert (refused.value.code, look(three, 1).skipped) == ("is_on", False)


def test_the_next_exercise_is_the_next_that_is_neither_skipped_nor_closed(three: Room) -> None:
    def following() -> int | None:
        with three.store.reading() as session:
            found = session.get_one(Workshop, three.id).next_exercise
            return found.number if found else None

    assert following() == 2
    turning.skip(three.store, three.id, 2, by=BY)
    assert following() == 3
    planning.remove_exercise(three.store, three.id, 3, "3", by=BY)
    assert following() is None


def test_a_closed_exercise_is_reopened_with_its_dots(voting: Room, ada: Person) -> None:
    before = ada.ballot()
    voting.goes_to("closed")
    turning.start(voting.store, voting.id, 2, by=BY)
    with pytest.raises(NotNow) as refused:
        turning.start(voting.store, voting.id, 1, by=BY)
    assert refused.value.code == "is_closed"
    entry = turning.reopen(voting.store, voting.id, 1, by=BY)
    assert (on(voting), look(voting).phase, look(voting).revealed) == (1, "discuss", True)
    assert (ada.ballot(), voting.tally) == (before, {1: 1, 2: 1})
    undone = undoes(voting, entry)
    assert (on(voting), look(voting).phase) == (2, "closed")
    undoes(voting, undone)
    assert (on(voting), look(voting).phase) == (1, "discuss")


def test_only_what_is_closed_is_reopened_and_not_while_people_vote_elsewhere(three: Room, ada: Person) -> None:
    with pytest.raises(NotNow) as refused:
        turning.reopen(three.store, three.id, 2, by=BY)
    assert refused.value.code == "moved_on"
    three.goes_to("gather")
    ada.writes("Trees")
    three.goes_to("closed")
    turning.start(three.store, three.id, 2, by=BY)
    goes(three, 2, "draft", "gather")
    writes(three, ada, 2, "Benches", "yes")
    goes(three, 2, "gather", "vote")
    with pytest.raises(NotNow) as refused:
        turning.reopen(three.store, three.id, 1, by=BY)
    assert str(refused.value) == "Close voting in exercise 2 first."


def test_a_start_is_not_undone_while_people_vote(three: Room, ada: Person) -> None:
    entry = turning.start(three.store, three.id, 2, by=BY)
    goes(three, 2, "draft", "gather")
    writes(three, ada, 2, "Benches", "yes")
    goes(three, 2, "gather", "vote")
    with pytest.raises(NotNow) as refused:
        undoes(three, entry)
    assert (str(refused.value), on(three)) == ("Close voting in exercise 2 first.", 2)


@pytest.mark.parametrize("act", ["skip", "remove"])
def test_a_start_is_not_undone_where_that_would_lead_to_what_is_gone(three: Room, act: str) -> None:
    entry = turning.start(three.store, three.id, 2, by=BY)
    if act == "skip":
        turning.skip(three.store, three.id, 1, by=BY)
    else:
        planning.remove_exercise(three.store, three.id, 1, "exercise 1", by=BY)
    with pytest.raises(NotNow) as refused:
        undoes(three, entry)
    assert (refused.value.code, on(three)) == ("is_on", 2)


def test_adding_an_exercise_is_not_undone_while_it_is_on(three: Room) -> None:
    number, entry = planning.add_exercise(three.store, three.id, plan(), by=BY)
    turning.start(three.store, three.id, number, by=BY)
    with pytest.raises(NotNow) as refused:
        undoes(three, entry)
    assert (refused.value.code, on(three)) == ("is_on", number)


@pytest.mark.parametrize("way", ["start", "hide", "undo"])
def test_what_a_phone_shows_never_gets_older(store: Store, box: BallotBox, room: Room, way: str) -> None:
    """While totals are live a phone's version counts the moves of dots; it goes on from there when they are not."""
    live = Room(store, box, room.chance, totals="live")
    ada = live.person()
    second = adds(live)
    entry = turning.start(live.store, live.id, second, by=BY)
    turning.start(live.store, live.id, 1, by=BY)
    live.goes_to("gather")
    ada.writes("Trees")
    live.goes_to("vote")
    for _ in range(4):
        ada.moves(1, 1)
        ada.moves(1, None)
    live.goes_to("reveal")

    def version() -> int:
        with live.store.reading() as session:
            found = screens.version(session, live.id, "participant")
            assert found is not None
            return found

    before = version()
    if way == "start":
        turning.start(live.store, live.id, second, by=BY)
    elif way == "hide":
        edits(live, totals="hidden")
    else:
        with live.store.reading() as session:
            back = history.entries(session, live.id)
        undoes(live, next(each.id for each in back if each.what == "start" and each.id != entry))
    assert version() > before
    assert look(live).totals == ("hidden" if way == "hide" else "live")


def test_leaving_an_exercise_with_hidden_totals_does_not_tell_how_many_dots_were_moved(voting: Room) -> None:
    voting.goes_to("reveal")
    before = voting.versions()
    turning.start(voting.store, voting.id, 2, by=BY)
    assert voting.versions() == (before[0] + 1, before[1])


# Deleting -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["exercise 3", " Exercise  3. ", "3", "ymarfer 3", "who does it", "Who does it,",
                                   "Who does it, and by when?"])  # fmt: skip
def test_an_exercise_is_deleted_by_its_name_and_brought_back(three: Room, typed: str) -> None:
    entry = planning.remove_exercise(three.store, three.id, 3, typed, by=BY)
    assert order(three) == [1, 2]
    undoes(three, entry)
    assert order(three) == [1, 2, 3]


@pytest.mark.parametrize("typed", ["", "  ", "?", "exercise", "exercise 2", "who", "who does", "does it and", "33",
                                   "what comes next", "exercise 2 or 3"])  # fmt: skip
def test_another_name_deletes_nothing(three: Room, typed: str) -> None:
    with pytest.raises(Unacceptable) as refused:
        planning.remove_exercise(three.store, three.id, 3, typed, by=BY)
    assert (refused.value.code, order(three)) == ("wrong_name", [1, 2, 3])
    assert "“exercise 3” or “Who does it,”" in str(refused.value)


def test_the_one_that_is_on_and_the_last_one_are_not_deleted(three: Room) -> None:
    for number, code in ((1, "is_on"), (2, None), (3, None), (1, "only_exercise")):
        if code is None:
            planning.remove_exercise(three.store, three.id, number, str(number), by=BY)
            continue
        with pytest.raises(NotNow) as refused:
            planning.remove_exercise(three.store, three.id, number, str(number), by=BY)
        assert refused.value.code == code
    assert order(three) == [1]


def test_what_is_deleted_is_not_there_for_anybody(three: Room) -> None:
    planning.remove_exercise(three.store, three.id, 3, "3", by=BY)
    for act in (turning.start, turning.skip, turning.unskip, turning.reopen, turning.move_up):
        with pytest.raises(NotFound):
            act(three.store, three.id, 3, by=BY)


# Changing -------------------------------------------------------------------------------------------------------------


def test_every_field_of_the_form_can_be_changed_and_changed_back(room: Room) -> None:
    before = planning.plan_of(look(room))
    fields = OWN | {"prompt": "Which first?", "allowance": "5", "most_per_response": "2", "totals": "live",
                    "checks_first": "yes", "longest": "80", "own_allowed": "no", "order": "shared",
                    "cut": "3"}  # fmt: skip
    entry = edits(room, **fields)
    changed = look(room)
    assert (changed.prompt, changed.allowance, changed.most_per_response) == ("Which first?", 5, 2)
    assert (changed.totals, changed.checks_first, changed.longest) == ("live", True, 80)
    assert (changed.own_allowed, changed.order, changed.cut) == (False, "shared", 3)
    assert columns(room) == [("a", "Now"), ("b", "Soon"), ("c", "Later")]
    undone = undoes(room, entry)
    assert planning.plan_of(look(room)) == before
    undoes(room, undone)
    assert planning.plan_of(look(room)) == planning.plan_of(changed)


def test_what_is_saved_as_it_was_changes_nothing(room: Room) -> None:
    assert edits(room) is None


def test_editing_leaves_responses_locked_where_they_were(room: Room) -> None:
    with room.store.change(room.id) as session:
        session.get_one(Workshop, room.id).exercise.locked = True
    edits(room, prompt="Which first?", locked="no")
    assert look(room).locked


def test_a_stale_form_saves_nothing(room: Room) -> None:
    seen = planning.fingerprint(look(room))
    edits(room, prompt="Which first?")
    with pytest.raises(NotNow) as refused:
        planning.edit_exercise(room.store, room.id, 1, plan("Which last?"), by=BY, seen=seen)
    assert (refused.value.code, look(room).prompt) == ("changed_meanwhile", "Which first?")


def test_a_fingerprint_stays_while_responses_are_locked_and_phases_pass(room: Room) -> None:
    seen = planning.fingerprint(look(room))
    room.goes_to("gather")
    with room.store.change(room.id) as session:
        session.get_one(Workshop, room.id).exercise.locked = True
    assert planning.fingerprint(look(room)) == seen
    edits(room, cut="4")
    assert planning.fingerprint(look(room)) != seen


RULES = [{"allowance": "9"}, {"most_per_response": "2"}, {"own_allowed": "no"},
         {"dots": "apart", "allowance_yes": "5", "allowance_no": "3"}]  # fmt: skip


@pytest.mark.parametrize("fields", RULES, ids=str)
@pytest.mark.parametrize("phase", ["gather", "vote", "reveal"])
def test_with_dots_placed_the_rules_of_voting_stay_and_the_way_out_is_a_copy(
    voting: Room, fields: dict[str, str], phase: str
) -> None:
    voting.goes_to(phase)
    before = planning.plan_of(look(voting))
    with pytest.raises(NotNow) as refused:
        edits(voting, **fields)
    assert refused.value.code == "voting_rules_locked"
    assert str(refused.value).endswith("Copy the exercise, and change them in the copy.")
    assert planning.plan_of(look(voting)) == before
    copy, _ = planning.copy_exercise(voting.store, voting.id, 1, with_responses=True, by=BY)
    edits(voting, copy, **fields)
    assert planning.plan_of(look(voting, copy)) != before


@pytest.mark.parametrize("fields", RULES, ids=str)
def test_with_every_dot_in_hand_again_they_can_be_changed_before_and_after_voting(
    voting: Room, ada: Person, fields: dict[str, str]
) -> None:
    for dot in (1, 2):
        ada.moves(dot, None)
    with pytest.raises(NotNow):
        edits(voting, **fields)
    voting.goes_to("gather")
    entry = edits(voting, **fields)
    voting.goes_to("vote")
    ada.moves(1, 1, replaces=2) if "own_allowed" not in fields else None
    with pytest.raises(NotNow) as refused:
        undoes(voting, entry)
    assert refused.value.code == "voting_rules_locked"


def test_a_dot_on_a_withdrawn_response_settles_the_rules_for_it_can_come_back(voting: Room, ada: Person) -> None:
    ada.moves(2, None)
    gathering.withdraw(voting.store, voting.id, 1, 1, by=BY)
    voting.goes_to("gather")
    with pytest.raises(NotNow):
        edits(voting, allowance="3")


def test_with_dots_placed_everything_else_can_be_changed(voting: Room) -> None:
    edits(voting, prompt="Which first?", cut="1", longest="60")
    assert (look(voting).prompt, look(voting).cut) == ("Which first?", 1)


def test_hidden_totals_stay_hidden_once_somebody_has_voted(voting: Room) -> None:
    with pytest.raises(NotNow) as refused:
        edits(voting, totals="live")
    assert refused.value.code == "voting_rules_locked"
    assert look(voting).totals == "hidden"


def test_totals_that_were_hidden_while_people_voted_are_not_shown_by_undoing(room: Room, ada: Person) -> None:
    edits(room, totals="live")
    room.goes_to("gather")
    ada.writes("Trees")
    room.goes_to("vote")
    hidden = edits(room, totals="hidden")
    ada.moves(1, 1)
    assert hidden is not None
    with pytest.raises(NotNow) as refused:
        history.undo(room.store, room.id, hidden, by=BY)
    assert refused.value.code == "voting_rules_locked"
    assert look(room).totals == "hidden"


def test_an_allowance_is_changed_before_anybody_votes_and_holds(room: Room, ada: Person) -> None:
    room.goes_to("gather")
    ada.writes("Trees")
    edits(room, allowance="2")
    room.goes_to("vote")
    assert ada.moves(2, 1).outcomes == ["moved"]
    (outcome,) = ada.moves(3, 1, replaces=0).outcomes
    assert isinstance(outcome, Unacceptable)
    assert outcome.code == "no_such_dot"


def test_the_kind_of_an_exercise_stays_when_it_has_responses(room: Room, ada: Person) -> None:
    room.goes_to("gather")
    entry = edits(room, kind="open")
    assert (look(room).kind, columns(room)) == ("open", [("open", None)])
    ada.writes("Trees", "")
    with pytest.raises(NotNow) as refused:
        edits(room, kind="columns")
    assert refused.value.code == "has_responses"
    with pytest.raises(NotNow) as refused:
        undoes(room, entry)
    assert refused.value.code == "has_responses"
    assert look(room).kind == "open"


# Columns --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def own(room: Room) -> Room:
    """Three columns of the facilitator's own; responses are open."""
    edits(room, **OWN)
    room.goes_to("gather")
    return room


def test_responses_are_written_in_columns_of_ones_own_and_in_no_other(own: Room, ada: Person) -> None:
    assert [ada.writes("Trees", "a"), ada.writes("Benches", "c")] == [1, 2]
    for side in ("yes", "d", "", "open"):
        with pytest.raises(Unacceptable) as refused:
            ada.writes("Cars", side)
        assert refused.value.code == "no_side"


def test_a_column_in_which_a_response_stands_is_renamed_and_not_taken_away(own: Room, ada: Person) -> None:
    ada.writes("Benches", "b")
    for fields in ({"name_b": ""}, {"columns": "yes_no"}):
        with pytest.raises(NotNow) as refused:
            edits(own, **fields)
        assert (refused.value.code, "“Soon”" in str(refused.value)) == ("column_in_use", True)
    assert columns(own) == [("a", "Now"), ("b", "Soon"), ("c", "Later")]
    edits(own, name_b="This year", name_a="")
    assert columns(own) == [("b", "This year"), ("c", "Later")]


def test_a_column_stays_for_a_response_that_was_withdrawn_because_it_can_be_restored(own: Room, ada: Person) -> None:
    ada.writes("Benches", "b")
    gathering.withdraw(own.store, own.id, 1, 1, by=BY)
    with pytest.raises(NotNow):
        edits(own, name_b="")


def test_a_column_taken_away_from_between_the_others_leaves_them_what_they_are(own: Room, ada: Person) -> None:
    ada.writes("Benches", "c")
    entry = edits(own, name_b="")
    assert columns(own) == [("a", "Now"), ("c", "Later")]
    edits(own, name_b="Soon", sign_b="plus")
    assert columns(own) == [("a", "Now"), ("b", "Soon"), ("c", "Later")]
    with pytest.raises(NotNow) as refused:
        undoes(own, entry)
    assert refused.value.code == "changed_since"


def test_adding_a_column_is_not_undone_when_something_stands_in_it(own: Room, ada: Person) -> None:
    entry = edits(own, name_d="Never", sign_d="minus")
    ada.writes("Cars", "d")
    with pytest.raises(NotNow) as refused:
        undoes(own, entry)
    assert (refused.value.code, columns(own)[-1]) == ("column_in_use", ("d", "Never"))


def test_no_row_is_deleted_when_columns_change(room: Room) -> None:
    edits(room, **OWN)
    edits(room, columns="yes_no")
    with room.store.reading() as session:
        exercise = session.get_one(Workshop, room.id).exercise
        kept = {side.key for side in session.query(Side).where(Side.exercise_id == exercise.id)}
    assert kept == {"yes", "no", "a", "b", "c"}
    assert columns(room) == [("yes", None), ("no", None)]


def test_each_column_has_its_own_allowance_and_the_ballot_keeps_to_it(room: Room, ada: Person) -> None:
    edits(room, dots="apart", allowance_yes="2", allowance_no="1")
    assert look(room).allowance == 3
    room.goes_to("gather")
    ada.writes("Trees")
    ada.writes("Cars", "no")
    room.goes_to("vote")
    assert [ada.moves(dot, 1).outcomes for dot in (1, 2)] == [["moved"]] * 2
    (outcome,) = ada.moves(3, 1).outcomes
    assert isinstance(outcome, Unacceptable)
    assert outcome.code == "most_per_column"
    assert str(outcome) == "This column has all of your dots that it takes: 2. In hand for the others: 1."
    assert ada.moves(3, 2).outcomes == ["moved"]


def test_nobody_votes_for_their_own_where_that_is_not_allowed(room: Room, ada: Person, ben: Person) -> None:
    edits(room, own_allowed="no")
    room.goes_to("gather")
    ada.writes("Trees")
    ben.writes("Cars", "no")
    room.goes_to("vote")
    (outcome,) = ada.moves(1, 1).outcomes
    assert isinstance(outcome, Unacceptable)
    assert outcome.code == "own_response"
    assert (ada.moves(1, 2).outcomes, ben.moves(1, 1).outcomes) == (["moved"], ["moved"])


# Copying --------------------------------------------------------------------------------------------------------------


def responses(room: Room, number: int) -> list[tuple[Any, ...]]:
    with room.store.reading() as session:
        exercise = planning.list_one(session, room.id, number).exercise
        rows = session.query(Response).where(Response.exercise_id == exercise.id).order_by(Response.number)
        return [(row.number, row.side, row.text, row.state, row.merged_into, row.theme) for row in rows]


def test_a_copy_has_the_rules_and_columns_and_no_responses_and_no_dots(voting: Room) -> None:
    copy, entry = planning.copy_exercise(voting.store, voting.id, 1, with_responses=False, by=BY)
    assert (copy, order(voting), on(voting)) == (4, [1, 2, 3, 4], 1)
    assert planning.plan_of(look(voting, copy)) == planning.plan_of(look(voting, 1))
    assert (look(voting, copy).phase, responses(voting, copy)) == ("draft", [])
    undoes(voting, entry)
    assert order(voting) == [1, 2, 3]


def test_a_copy_with_its_responses_has_them_under_their_numbers_as_they_are_merged_and_themed(
    room: Room, ada: Person, ben: Person
) -> None:
    room.goes_to("gather")
    for text in ("Trees", "More trees", "Rude", "Rude too", "Benches"):
        ada.writes(text)
    with room.store.change(room.id) as session:
        exercise = session.get_one(Workshop, room.id).exercise
        session.add(Theme(exercise_id=exercise.id, number=1, name="Green"))
        session.flush()
        for number, into, state in ((2, 1, "merged"), (4, 3, "merged"), (3, None, "withdrawn"), (5, None, "pending")):
            row = session.get_one(Response, (exercise.id, number))
            row.state, row.merged_into = state, into
        session.get_one(Response, (exercise.id, 1)).theme = 1
    copy, _ = planning.copy_exercise(room.store, room.id, 1, with_responses=True, by=BY)
    assert responses(room, copy) == [
        (1, "yes", "Trees", "live", None, 1),
        (2, "yes", "More trees", "merged", 1, None),
        (5, "yes", "Benches", "pending", None, None),
    ]
    turning.start(room.store, room.id, copy, by=BY)
    goes(room, copy, "draft", "vote")
    assert (ben.ballot(), room.tally) == ([(None, 0)] * 8, {})


def test_a_copy_takes_responses_although_they_are_locked_in_the_original(room: Room) -> None:
    with room.store.change(room.id) as session:
        session.get_one(Workshop, room.id).exercise.locked = True
    copy, _ = planning.copy_exercise(room.store, room.id, 1, with_responses=False, by=BY)
    assert (look(room).locked, look(room, copy).locked) == (True, False)


def test_pressed_twice_it_is_copied_once(room: Room) -> None:
    planning.copy_exercise(room.store, room.id, 1, with_responses=True, by=BY, seen=1)
    with pytest.raises(NotNow) as refused:
        planning.copy_exercise(room.store, room.id, 1, with_responses=True, by=BY, seen=1)
    assert (refused.value.code, order(room)) == ("added_meanwhile", [1, 2])

"""Paper ballots: one person each, judged like a phone, stored whole or not at all."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.cast import BY, NOW, Person, Room
from tests.racing import at_once
from workshop import agenda, screens
from workshop.actions import gathering, history, hosting, paper
from workshop.actions.history import By
from workshop.actions.paper import PaperBallot
from workshop.ballot_box import BallotBox
from workshop.errors import WorkshopError
from workshop.models import Participant, Workshop
from workshop.rules import Move
from workshop.screens import Screen
from workshop.store import Store

BEA = By("cofacilitator", "Bea", NOW + 60)
_ops = count(1)


def enters(room: Room, counts: Mapping[int, int], *, number: int = 1, op: str = "", ballot: int | None = None) -> int:
    entered, _ = paper.enter_paper_ballot(
        room.store, room.id, number, counts, op=op or f"p{next(_ops)}", by=BY, chance=room.chance, ballot=ballot
    )
    return entered


def changes(room: Room, ballot: int, counts: Mapping[int, int], was: Mapping[int, int] | None = None) -> int | None:
    return paper.change_paper_ballot(room.store, room.id, 1, ballot, counts, by=BEA, was=was)


def withdraws(room: Room, ballot: int, number: int = 1) -> int | None:
    return paper.withdraw_paper_ballot(room.store, room.id, number, ballot, by=BY)


def undoes(room: Room, entry: int | None) -> int:
    assert entry is not None
    return history.undo(room.store, room.id, entry, by=BY)


def newest(room: Room) -> int:
    with room.store.reading() as session:
        return history.entries(session, room.id)[0].id


def entered(room: Room, number: int = 1) -> list[PaperBallot]:
    with room.store.reading() as session:
        return paper.paper_ballots(session, hosting.find_exercise(session, room.id, number))


def sees(room: Room, audience: str) -> Screen:
    with room.store.reading() as session:
        screen = screens.screen(session, room.id, audience)
        assert screen is not None
        list(screen.workshop.exercises)
        return screen


def counters(room: Room) -> tuple[int | None, ...]:
    """What the console counts: joined, started, finished, dots placed."""
    screen = sees(room, "console")
    return screen.joined, screen.started, screen.finished, screen.placed


def refused(answer: object) -> str:
    return answer.code if isinstance(answer, WorkshopError) else f"not refused: {answer}"


@pytest.fixture
def voting(room: Room, ada: Person) -> Room:
    """Four responses, eight dots each, and Ada has placed one of hers."""
    room.goes_to("gather")
    for text, side in (("Trees", "yes"), ("Benches", "yes"), ("Cars", "no"), ("Noise", "no")):
        ada.writes(text, side)
    room.goes_to("vote")
    ada.moves(1, 1)
    return room


def limited(store: Store, box: BallotBox) -> Room:
    """Two dots on one response, three in the first column (R1, R2), four in the other. R5 is withdrawn."""
    sides = [{"name": "Do", "sign": "tick", "allowance": 3}, {"name": "Leave", "sign": "cross", "allowance": 4}]
    planned = agenda.from_json(
        {
            "title": "Town centre",
            "exercises": [{"prompt": "What?", "columns": sides, "most_per_response": 2}],
        }
    )
    room = Room(store, box, random.Random(), planned)
    ada = room.person()
    room.goes_to("gather")
    for text, side in (("Trees", "a"), ("Benches", "a"), ("Cars", "b"), ("Noise", "b"), ("Gone", "b")):
        ada.writes(text, side)
    gathering.withdraw(store, room.id, 1, 5, by=BY)
    room.goes_to("vote")
    return room


# Entering -------------------------------------------------------------------------------------------------------------


def test_a_paper_ballot_counts_like_a_phone_that_has_finished(voting: Room) -> None:
    assert counters(voting) == (1, 1, 0, 1)
    assert enters(voting, {1: 5, 3: 3}) == 2
    assert counters(voting) == (2, 2, 1, 9)
    assert voting.tally == {1: 6, 3: 3}
    result = voting.result
    assert (result.people, result.on_paper, result.joined) == (2, 1, 2)
    assert result.adds_up
    assert entered(voting) == [PaperBallot(2, None, {1: 5, 3: 3})]


def test_nobody_holds_the_secret_of_a_paper_ballot(voting: Room) -> None:
    enters(voting, {1: 1})
    enters(voting, {1: 1})
    with voting.store.reading() as session:
        people = session.scalars(select(Participant).where(Participant.workshop_id == voting.id)).all()
        assert [(each.kind, len(each.secret_hash)) for each in people] == [("phone", 32), ("paper", 32), ("paper", 32)]
        assert len({each.secret_hash for each in people}) == 3


def test_pressing_enter_twice_enters_one_ballot(voting: Room) -> None:
    answers = at_once(*[partial(enters, voting, {2: 4}, op="same")] * 4)
    assert answers == [2] * 4
    assert (voting.tally, counters(voting)) == ({1: 1, 2: 4}, (2, 2, 1, 5))
    changes(voting, 2, {3: 1})
    assert enters(voting, {2: 4}, op="same") == 2
    assert voting.tally == {1: 1, 3: 1}


@pytest.mark.parametrize(
    ("counts", "code", "sentence"),
    [
        ({3: 10**9}, "most_per_response", "R3 has 1000000000 dots on this ballot. 2 on one response is the most"),
        ({3: 3}, "most_per_response", "R3 has 3 dots on this ballot. 2 on one response is the most in this exercise."),
        ({1: 2, 2: 2}, "most_per_column", "The column Do has 4 dots on this ballot. 3 in this column is the most."),
        ({3: 1, 5: 1}, "no_such_response", "R5 is not among the responses, so it can have no dots."),
        ({99: 1}, "no_such_response", "R99 is not among the responses, so it can have no dots."),
        ({}, "no_dots", "There are no dots on this ballot."),
        ({1: 0}, "no_dots", "There are no dots on this ballot."),
        ({1: -1, 3: 2}, "not_understood", "A response has no dots, or some."),
    ],
)
def test_a_ballot_that_breaks_a_rule_is_refused_whole_and_told_why(
    store: Store, box: BallotBox, counts: dict[int, int], code: str, sentence: str
) -> None:
    room = limited(store, box)
    with pytest.raises(WorkshopError) as wrong:
        enters(room, counts)
    assert (wrong.value.code, str(wrong.value)[: len(sentence)]) == (code, sentence)
    assert (counters(room), entered(room)) == ((1, 0, 0, 0), [])


def test_too_many_dots_are_counted_for_whoever_typed_them(voting: Room) -> None:
    for counts in ({1: 8, 2: 3}, {3: 11}):
        with pytest.raises(WorkshopError) as wrong:
            enters(voting, counts)
        assert (wrong.value.code, str(wrong.value)) == (
            "too_many_dots",
            "11 dots are on this ballot. Everybody has 8.",
        )
    assert (counters(voting), entered(voting)) == ((1, 1, 0, 1), [])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.dictionaries(st.sampled_from([1, 2, 3, 4, 5, 99]), st.integers(0, 4), max_size=4).filter(
            lambda counts: any(counts.values())
        ),
        min_size=1,
        max_size=4,
    )
)
def test_a_ballot_is_accepted_exactly_when_a_phone_could_have_placed_the_same_dots(
    limited_room: Room, ballots: list[dict[int, int]]
) -> None:
    """However often it is changed on its way there."""
    number: int | None = None
    for counts in ballots:
        phone = limited_room.person()
        wishes = list(Counter(counts).elements())
        moves = [Move(dot, 0, on, f"m{dot}") for dot, on in enumerate(wishes, start=1)]
        could = all(outcome == "moved" for outcome in phone.casts(moves).outcomes)
        before = entered(limited_room)
        try:
            if number is None:
                number = enters(limited_room, counts)
            else:
                changes(limited_room, number, counts)
            accepted = True
        except WorkshopError:
            accepted = False
        assert accepted == could
        on_paper = {each.number: each.counts for each in entered(limited_room)}
        if accepted and number is not None:
            assert on_paper[number] == {on: dots for on, dots in counts.items() if dots}
        else:
            assert entered(limited_room) == before


@pytest.fixture
def limited_room(store: Store, box: BallotBox) -> Room:
    return limited(store, box)


@pytest.mark.parametrize(
    ("phase", "code", "sentence"),
    [
        ("gather", "not_voting", "Voting has not started yet."),
        ("reveal", "voting_closed", "Voting has closed. Open it again to enter a paper ballot."),
        ("discuss", "voting_closed", "Voting has closed. Open it again to enter a paper ballot."),
    ],
)
def test_ballots_are_entered_while_people_vote_and_at_no_other_time(
    voting: Room, phase: str, code: str, sentence: str
) -> None:
    first = enters(voting, {1: 1})
    entry = newest(voting)
    voting.goes_to(phase)
    for act in (
        partial(enters, voting, {1: 1}),
        partial(changes, voting, first, {2: 1}),
        partial(withdraws, voting, first),
    ):
        with pytest.raises(WorkshopError) as wrong:
            act()
        assert wrong.value.code == code
    with pytest.raises(WorkshopError) as wrong:
        undoes(voting, entry)
    assert wrong.value.code == "voting_closed"
    with pytest.raises(WorkshopError, match=sentence):
        enters(voting, {1: 1})
    assert voting.tally == {1: 2}


def test_a_ballot_that_races_the_close_counts_whole_or_not_at_all(voting: Room) -> None:
    chance = random.Random(8)
    ends: Counter[str] = Counter()
    for _ in range(30):
        before = voting.tally.get(2, 0)
        acts: list[Callable[[], object]] = [
            partial(enters, voting, {2: 8}),
            partial(hosting.step, voting.store, voting.id, 1, "vote", "reveal", by=BY),
            partial(enters, voting, {2: 8}),
        ]
        chance.shuffle(acts)
        answers = at_once(*acts)
        stored = sum(isinstance(each, int) for each in answers)
        late = [each.code for each in answers if isinstance(each, WorkshopError)]
        assert late == ["voting_closed"] * (2 - stored)
        assert voting.tally.get(2, 0) == before + 8 * stored
        assert voting.result.adds_up
        ends[f"{stored} in time"] += 1
        hosting.step(voting.store, voting.id, 1, "reveal", "vote", by=BY)
    assert counters(voting)[2] == len(entered(voting))
    assert ends.total() == 30


def test_the_ballot_box_notices_what_was_entered_in_between(voting: Room, ada: Person) -> None:
    """What it remembers of the workshop is of before, and must not be taken for what is."""
    enters(voting, {1: 3})
    ada.moves(2, 2)
    changes(voting, 2, {2: 3})
    ada.moves(3, 3)
    assert voting.tally == {1: 1, 2: 4, 3: 1}
    assert voting.result.adds_up


# Changing and withdrawing ---------------------------------------------------------------------------------------------


def test_a_correction_moves_what_differs_and_participants_learn_nothing_of_it(voting: Room) -> None:
    ballot = enters(voting, {1: 5, 3: 3})
    before, tally_before = voting.versions()
    changes(voting, ballot, {1: 2, 2: 6})
    version, tally_version = voting.versions()
    assert version == before
    assert tally_version > tally_before
    assert voting.tally == {1: 3, 2: 6}
    assert counters(voting) == (2, 2, 1, 9)


def test_entering_a_ballot_tells_participants_that_somebody_is_here_and_has_finished(voting: Room) -> None:
    enters(voting, {1: 8})
    screen = sees(voting, "participant")
    assert (screen.joined, screen.finished) == (2, 1)
    assert (screen.placed, screen.started, screen.totals, screen.result) == (None, None, None, None)


def test_two_who_correct_a_ballot_at_once_do_not_overwrite_each_other(voting: Room) -> None:
    ballot = enters(voting, {1: 5})
    answers = at_once(*(partial(changes, voting, ballot, {on: 4}, was={1: 5}) for on in (2, 3)))
    assert sorted(refused(each) == "stale" for each in answers) == [False, True]
    assert sorted(voting.tally.values()) == [1, 4]


def test_a_correction_is_undone_and_done_again(voting: Room) -> None:
    ballot = enters(voting, {1: 5})
    undone = undoes(voting, changes(voting, ballot, {2: 8}))
    assert voting.tally == {1: 6}
    undoes(voting, undone)
    assert voting.tally == {1: 1, 2: 8}
    assert changes(voting, ballot, {2: 8}) is None


def test_a_withdrawn_ballot_counts_nowhere_and_undoing_brings_it_back(voting: Room) -> None:
    before = counters(voting)
    ballot = enters(voting, {1: 5, 3: 3})
    entry = withdraws(voting, ballot)
    assert (counters(voting), voting.tally, entered(voting)) == (before, {1: 1}, [])
    assert voting.result.on_paper == 0
    undoes(voting, entry)
    assert (counters(voting), voting.tally) == ((2, 2, 1, 9), {1: 6, 3: 3})
    withdraws(voting, ballot)
    with pytest.raises(WorkshopError) as wrong:
        withdraws(voting, ballot)
    assert wrong.value.code == "not_entered"


def test_entering_is_undone_by_withdrawing(voting: Room) -> None:
    enters(voting, {1: 5})
    undone = undoes(voting, newest(voting))
    assert (counters(voting), voting.tally, entered(voting)) == ((1, 1, 0, 1), {1: 1}, [])
    undoes(voting, undone)
    assert (counters(voting), voting.tally) == ((2, 2, 1, 6), {1: 6})


def test_a_ballot_that_was_changed_since_is_not_undone_by_halves(voting: Room) -> None:
    ballot = enters(voting, {1: 2})
    entry = newest(voting)
    changes(voting, ballot, {1: 2, 2: 3})
    with pytest.raises(WorkshopError) as wrong:
        undoes(voting, entry)
    assert wrong.value.code == "changed_since"
    assert voting.tally == {1: 3, 2: 3}


def test_dots_on_what_was_withdrawn_since_are_in_hand_and_can_be_placed_again(voting: Room) -> None:
    ballot = enters(voting, {1: 5, 2: 3})
    gathering.withdraw(voting.store, voting.id, 1, 2, by=BY)
    assert entered(voting)[0].counts == {1: 5}
    changes(voting, ballot, {1: 5, 3: 3})
    gathering.restore(voting.store, voting.id, 1, 2, by=BY)
    assert voting.tally == {1: 6, 3: 3}


def test_only_paper_ballots_are_changed_here(voting: Room) -> None:
    """Ada's is number 1, and on a phone."""
    for ballot in (1, 99):
        for act in (
            partial(changes, voting, ballot, {2: 1}),
            partial(withdraws, voting, ballot),
            partial(enters, voting, {2: 1}, ballot=ballot),
        ):
            with pytest.raises(WorkshopError) as wrong:
                act()
            assert wrong.value.code == "no_such_ballot"
    assert voting.tally == {1: 1}


# In the next exercise -------------------------------------------------------------------------------------------------


@pytest.fixture
def second(store: Store, box: BallotBox) -> Room:
    """The first exercise is over, with ballot 1 on paper; in the second people vote."""
    planned = agenda.from_json(
        {
            "title": "Town centre",
            "exercises": [
                {"prompt": prompt, "responses": [{"side": "yes", "text": "Trees"}, {"side": "no", "text": "Cars"}]}
                for prompt in ("What matters?", "What next?")
            ],
        }
    )
    room = Room(store, box, random.Random(), planned)
    hosting.step(store, room.id, 1, "draft", "vote", by=BY)
    assert enters(room, {1: 8}) == 1
    room.goes_to("closed")
    with store.change(room.id) as session:
        session.get_one(Workshop, room.id).on = 2
    hosting.step(store, room.id, 2, "draft", "vote", by=BY)
    return room


def test_who_votes_on_paper_keeps_their_number_in_the_next_exercise(second: Room) -> None:
    with second.store.reading() as session:
        assert paper.without_ballot(session, hosting.find_exercise(session, second.id, 2)) == [1]
    assert counters(second) == (1, 0, 0, 0)
    assert enters(second, {2: 3}, number=2, ballot=1) == 1
    assert counters(second) == (1, 1, 1, 3)
    with pytest.raises(WorkshopError) as wrong:
        enters(second, {2: 3}, number=2, ballot=1)
    assert wrong.value.code == "entered"
    with second.store.reading() as session:
        assert paper.without_ballot(session, hosting.find_exercise(session, second.id, 2)) == []


def test_withdrawing_in_one_exercise_leaves_what_was_voted_in_another(second: Room) -> None:
    enters(second, {2: 3}, number=2, ballot=1)
    withdraws(second, 1, number=2)
    assert counters(second) == (1, 0, 0, 0)
    assert entered(second, 1) == [PaperBallot(1, None, {1: 8})]
    assert enters(second, {2: 4}, number=2, ballot=1) == 1
    assert entered(second, 2) == [PaperBallot(1, None, {2: 4})]


def test_undoing_does_not_take_away_somebody_who_voted_in_another_exercise(second: Room) -> None:
    number = enters(second, {2: 3}, number=2)
    entry = newest(second)
    with second.store.change(second.id) as session:
        session.get_one(Workshop, second.id).on = 1
    for here, there in (("closed", "discuss"), ("discuss", "reveal"), ("reveal", "vote")):
        hosting.step(second.store, second.id, 1, here, there, by=BY)
    enters(second, {1: 1}, ballot=number)
    with second.store.change(second.id) as session:
        session.get_one(Workshop, second.id).on = 2
    with pytest.raises(WorkshopError) as wrong:
        undoes(second, entry)
    assert wrong.value.code == "entered"
    assert len(entered(second, 1)) == 2

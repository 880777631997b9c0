"""From dots to a result: ranks with ties, people, shares, and whether the count adds up."""

from __future__ import annotations

import random

import pytest

from tests.cast import ALL_PHASES, BY, Person, Room
from workshop.actions import gathering
from workshop.ballot_box import BallotBox
from workshop.results.counting import Result
from workshop.rules import Standing
from workshop.store import Store


def places(room: Room, *ballots: dict[int, int]) -> list[Person]:
    """Somebody for each ballot, who places so many dots on each response."""
    people = []
    for ballot in ballots:
        person = room.person()
        wishes = [response for response, dots in ballot.items() for _ in range(dots)]
        for dot, response in enumerate(wishes, start=1):
            assert person.moves(dot, response).outcomes == ["moved"]
        people.append(person)
    return people


@pytest.fixture
def voting_room(room: Room) -> Room:
    """Five responses, R2 and R4 in the NO column, and voting is open."""
    room.goes_to("gather")
    author = room.person()
    for number in range(1, 6):
        author.writes(f"Response {number}", "no" if number in (2, 4) else "yes")
    room.goes_to("vote")
    return room


def ranks(standings: list[Standing]) -> list[tuple[int, str]]:
    return [(each.response, f"{each.rank}{'=' if each.shared else ''}") for each in standings]


def test_equal_dots_share_a_rank_and_the_next_one_is_left_out(voting_room: Room) -> None:
    places(voting_room, {2: 4, 1: 2, 3: 2}, {2: 1, 4: 1})
    result = voting_room.result
    assert ranks(list(result.standings)) == [(2, "1"), (1, "2="), (3, "2="), (4, "4"), (5, "5")]
    assert [(each.dots, each.people) for each in result.standings] == [(5, 2), (2, 1), (2, 1), (1, 1), (0, 0)]
    assert list(result.ties()) == [(2, 2)]
    assert result.most == 5


def test_responses_without_dots_share_the_last_rank_and_are_no_tie_to_speak_of(voting_room: Room) -> None:
    places(voting_room, {1: 3, 2: 3})
    assert ranks(list(voting_room.result.standings)) == [(1, "1="), (2, "1="), (3, "3="), (4, "3="), (5, "3=")]
    assert list(voting_room.result.ties()) == [(1, 2)]


def test_each_column_has_ranks_of_its_own(voting_room: Room) -> None:
    places(voting_room, {2: 3, 1: 2, 3: 2, 4: 1})
    assert ranks(voting_room.result.on_side("yes")) == [(1, "1="), (3, "1="), (5, "3")]
    assert ranks(voting_room.result.on_side("no")) == [(2, "1"), (4, "2")]


def test_people_are_those_who_placed_a_dot_that_counts(voting_room: Room) -> None:
    places(voting_room, {1: 8}, {1: 1, 2: 2}, {3: 1}, {})
    gathering.withdraw(voting_room.store, voting_room.id, 1, 3, by=BY)
    result = voting_room.result
    assert (result.joined, result.people, result.allowance, result.available) == (5, 2, 8, 16)
    assert [(each.response, each.people) for each in result.standings][:2] == [(1, 2), (2, 1)]


def test_a_share_is_a_part_of_all_dots_placed(voting_room: Room) -> None:
    places(voting_room, {1: 3, 2: 1})
    result = voting_room.result
    assert [result.share(each) for each in result.standings] == [0.75, 0.25, 0, 0, 0]


def test_a_vote_in_which_nobody_placed_a_dot_has_a_result(voting_room: Room) -> None:
    voting_room.goes_to("closed")
    result = voting_room.result
    assert ranks(list(result.standings)) == [(number, "1=") for number in range(1, 6)]
    assert (result.people, result.in_ballots, result.in_tally, result.most, result.adds_up) == (0, 0, 0, 0, True)
    assert [result.share(each) for each in result.standings] == [0] * 5
    assert list(result.ties()) == []


def test_an_exercise_without_responses_has_an_empty_result(room: Room) -> None:
    result = room.result
    assert (result.standings, result.responses, result.most, result.adds_up) == ([], {}, 0, True)


def test_a_withdrawn_response_is_in_no_result_and_its_dots_do_not_count(voting_room: Room) -> None:
    places(voting_room, {1: 3, 2: 2})
    gathering.withdraw(voting_room.store, voting_room.id, 1, 1, by=BY)
    result = voting_room.result
    assert [each.response for each in result.standings] == [2, 3, 4, 5]
    assert 1 not in result.responses
    assert (result.in_ballots, result.in_tally, result.adds_up) == (2, 2, True)
    gathering.restore(voting_room.store, voting_room.id, 1, 1, by=BY)
    assert voting_room.result.in_tally == 5


def test_a_dot_that_was_taken_back_does_not_count(voting_room: Room) -> None:
    (person,) = places(voting_room, {1: 2})
    person.moves(2, None)
    assert voting_room.tally == {1: 1}


@pytest.mark.parametrize("phase", ALL_PHASES)
def test_a_result_is_provisional_while_dots_can_move(voting_room: Room, phase: str) -> None:
    voting_room.goes_to(phase)
    assert voting_room.result.provisional == (phase in ("draft", "gather", "vote"))


def test_the_result_is_what_a_recount_by_hand_gives(store: Store, box: BallotBox) -> None:
    room = Room(store, box, random.Random(), allowance=5)
    author = room.person()
    room.goes_to("gather")
    for number in range(1, 8):
        author.writes(f"Response {number}")
    room.goes_to("vote")
    chance = random.Random(2019)
    ballots = [[chance.randint(1, 7) for _ in range(chance.randint(0, 5))] for _ in range(20)]
    places(room, *({response: ballot.count(response) for response in ballot} for ballot in ballots))
    for each in room.result.standings:
        assert each.dots == sum(ballot.count(each.response) for ballot in ballots)
        assert each.people == sum(each.response in ballot for ballot in ballots)
    assert room.result.in_ballots == sum(map(len, ballots))


def test_a_count_that_does_not_add_up_is_noticed() -> None:
    result = Result([Standing(1, 1, False, 3, 1)], {}, {}, 8, 1, 1, 0, in_ballots=2, in_tally=3, provisional=False)
    assert not result.adds_up

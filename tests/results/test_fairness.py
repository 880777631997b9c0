"""Whether the order mattered: places by hand, planted pulls found, and seldom a pull where there is none."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from tests.cast import BY, Person, Room
from tests.results.test_contested import found_in
from workshop import rules
from workshop.actions import gathering, paper
from workshop.ballot_box import BallotBox
from workshop.models import Exercise, Participant
from workshop.results import fairness
from workshop.rules import Move
from workshop.store import Store

SIDES = {1: "yes", 2: "no", 3: "yes", 4: "yes", 5: "no"}


@pytest.mark.parametrize(
    ("marks", "where"),
    [
        ({4: 1}, 0.0),
        ({3: 2}, 0.5),
        ({1: 1}, 1.0),
        # In its own column, and not in all.
        ({5: 1}, 0.0),
        ({2: 3}, 1.0),
        ({4: 1, 3: 1, 1: 2}, 0.625),
        ({}, None),
        # Merged since.
        ({9: 2}, None),
    ],
)
def test_a_place_is_how_far_down_their_column_dots_lie(marks: dict[int, int], where: float | None) -> None:
    assert fairness.place([4, 5, 3, 1, 2], marks, SIDES) == where


def test_a_column_of_one_has_no_places() -> None:
    assert fairness.place([2, 1], {1: 3, 2: 1}, {1: "yes", 2: "no"}) is None


@given(st.lists(st.integers(1, 5), min_size=1), st.permutations([1, 2, 3, 4, 5]))
def test_a_list_read_from_below_turns_places_round(dots: list[int], order: list[int]) -> None:
    down, up = (fairness.place(each, Counter(dots), SIDES) for each in (order, order[::-1]))
    assert down is not None
    assert up is not None
    assert down + up == pytest.approx(1)


Choose = Callable[[random.Random, list[int]], list[int]]


def vote(luck: random.Random, people: int, choose: Choose, responses: int = 24) -> list[float]:
    """Each ballot's mean place, where everybody chooses from a list in their own order."""
    side_of = {number: "yes" if number % 3 else "no" for number in range(1, responses + 1)}
    places = []
    for _ in range(people):
        order = rules.shuffled(side_of, luck.getrandbits(31))
        at = fairness.place(order, Counter(choose(luck, order)), side_of)
        assert at is not None
        places.append(at)
    return places


def by_taste(luck: random.Random, order: list[int]) -> list[int]:
    """Eight dots, several on one response, most on those that all like."""
    return luck.choices(sorted(order), [1 / number for number in sorted(order)], k=8)


def from_the_top(luck: random.Random, order: list[int]) -> list[int]:
    return luck.choices(order, [2 if place < 8 else 1 for place in range(len(order))], k=8)


def test_where_taste_alone_decides_false_alarms_are_about_one_in_twenty() -> None:
    """Of 200 a mean of 10, and more than 22 less than once in five thousand times."""
    luck = random.Random(41)
    verdicts = Counter(fairness.position(vote(luck, 15, by_taste)).verdict for _ in range(200))
    assert verdicts.keys() <= {"no sign", "earlier", "later"}
    assert 178 <= verdicts["no sign"] < 200


@pytest.mark.parametrize(("turned", "verdict"), [(False, "earlier"), (True, "later")])
def test_a_pull_that_was_planted_is_found(turned: bool, verdict: str) -> None:
    def choose(luck: random.Random, order: list[int]) -> list[int]:
        return from_the_top(luck, order[::-1] if turned else order)

    luck = random.Random(42)
    verdicts = [fairness.position(vote(luck, 60, choose)).verdict for _ in range(20)]
    assert verdicts.count(verdict) >= 18  # type: ignore[arg-type]


def test_five_ballots_cannot_show_it_either_way() -> None:
    assert fairness.position([0.0] * 5).verdict == "too few"
    assert fairness.position([0.0] * 6).verdict == "earlier"
    assert fairness.position([1.0] * 6).verdict == "later"
    assert fairness.position([]).verdict == "too few"


def test_arrival_is_judged_within_each_column() -> None:
    assert fairness.arrival([[9, 8, 7, 5, 4, 2]]).verdict == "earlier"
    assert fairness.arrival([[2, 4, 5, 7, 8, 9]]).verdict == "later"
    # That one column was written first and is liked more says nothing of either.
    assert fairness.arrival([[9, 8, 9, 8, 9, 8], [1, 2, 1, 2, 1, 2]]).verdict == "no sign"
    assert fairness.arrival([[3, 2, 1], [0]]).verdict == "too few"
    assert fairness.arrival([[0] * 30]).verdict == "too few"


# In a room ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def full_room(room: Room) -> Room:
    """Ten responses, R8, R9 and R10 in the NO column, and voting is open."""
    room.goes_to("gather")
    author = room.person()
    for number in range(1, 11):
        author.writes(f"Response {number}", "no" if number > 7 else "yes")
    room.goes_to("vote")
    return room


def list_of(person: Person) -> list[int]:
    """The YES column as somebody sees it."""
    with person.room.store.reading() as session:
        seed = session.get_one(Participant, person.id).seed
    return [number for number in rules.shuffled(range(1, 11), seed) if number <= 7]


def puts(person: Person, *responses: int) -> None:
    person.casts([Move(dot, 0, on, f"d{dot}") for dot, on in enumerate(responses, start=1)])


def shares_one_list(room: Room) -> None:
    with room.store.change(room.id) as session:
        session.execute(update(Exercise).where(Exercise.workshop_id == room.id).values(order="shared"))


def test_dots_at_the_top_of_everybodys_own_list_are_noticed(full_room: Room) -> None:
    for _ in range(6):
        person = full_room.person()
        puts(person, *list_of(person)[:2])
    finding = found_in(full_room, "order")
    assert list(finding.sentences)[:3] == [
        "What stood higher on people's screens got more dots than chance explains.",
        "On average dots lie 8% of the way down the list that each person saw; where the place plays no part it is "
        "about 50%.",
        "Each person saw another order, so this favoured no response before the others.",
    ]
    assert finding.data["position"] == {
        "verdict": "earlier", "measure": "mean place", "figure": 0.0833, "p": 0.0312, "counted": 6,
    }  # fmt: skip
    assert json.loads(json.dumps(finding.data)) == finding.data


def test_few_ballots_are_said_to_be_too_few(full_room: Room) -> None:
    puts(full_room.person(), 1)
    assert found_in(full_room, "order").sentences[0] == (
        "Too few ballots to tell whether the place on the screen mattered: 1 ballot from a phone cannot show it either "
        "way."
    )


def test_a_ballot_on_paper_saw_no_shuffled_list(full_room: Room) -> None:
    for number in range(6):
        paper.enter_paper_ballot(
            full_room.store, full_room.id, 1, {1: 1}, op=f"p{number}", by=BY, chance=full_room.chance
        )
    puts(full_room.person(), 2)
    assert found_in(full_room, "order").data["position"]["counted"] == 1


def test_dots_on_what_was_withdrawn_say_nothing(full_room: Room) -> None:
    puts(full_room.person(), 3)
    puts(full_room.person(), 4)
    gathering.withdraw(full_room.store, full_room.id, 1, 3, by=BY)
    assert found_in(full_room, "order").data["position"]["counted"] == 1


def test_in_one_list_for_all_standing_first_and_coming_first_are_one(full_room: Room) -> None:
    shares_one_list(full_room)
    puts(full_room.person(), 1, 1, 1, 2, 2, 3)
    puts(full_room.person(), 1, 1, 1, 2, 2, 3, 4, 5)
    finding = found_in(full_room, "order")
    assert list(finding.sentences) == [
        "What stood earlier in the list got more dots than chance explains.",
        "That proves nothing against them: good ideas may simply come first.",
        "Everybody saw the same list, in the order of arrival: standing first and being written first are one.",
    ]
    assert finding.data["position"] == finding.data["arrival"]


def test_what_leaves_the_reading_of_seeds_says_nothing_of_whose_it_is(store: Store, box: BallotBox) -> None:
    """The same dots in the same lists give the same figures, whoever came first."""
    read = []
    for backwards in (False, True):
        room = Room(store, box, random.Random())
        room.goes_to("gather")
        people = [room.person() for _ in range(4)]
        for number in range(1, 11):
            people[0].writes(f"Response {number}")
        with store.change(room.id) as session:
            for seed, person in enumerate(people[::-1] if backwards else people, start=7):
                session.get_one(Participant, person.id).seed = seed
        room.goes_to("vote")
        for on, person in enumerate(people[::-1] if backwards else people, start=1):
            puts(person, on, on + 3)
        with store.reading() as session:
            read.append(fairness.places_of(session, room._exercise(session), room.result))
    assert read[0] == read[1] == sorted(read[0])
    assert len(read[0]) == 4

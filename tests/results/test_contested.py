"""One idea in two columns: what is contested, through merged wordings too, and who put dots on which."""

from __future__ import annotations

import json

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import BY, Room
from tests.results.test_counting import places
from workshop.actions import grouping
from workshop.likeness import Candidate
from workshop.results import contested as module
from workshop.results.alike import groups, within_columns
from workshop.results.contested import Contested, contested, contested_in
from workshop.results.findings import Finding
from workshop.results.reporting import report
from workshop.store import Store

R1 = Candidate(1, "yes", "Publish the results")
R2 = Candidate(2, "no", "Publish results")
R3 = Candidate(3, "yes", "Star ratings")
R4 = Candidate(4, "no", "League tables")


def found_in(room: Room, key: str) -> Finding:
    with room.store.reading() as session:
        return next(each for each in report(session, room._exercise(session)).findings if each.key == key)


def test_the_same_idea_in_both_columns_is_contested() -> None:
    ballots = [{1: 3, 2: 1}, {1: 2}, {2: 4, 4: 1}, {3: 8}]
    assert contested([R1, R2, R3, R4], {}, ballots) == [
        Contested(1, 2, ("Publish the results", "Publish results"), dots=(5, 5), people=(2, 2), both=1)
    ]


def test_different_ideas_are_not() -> None:
    assert contested([R1, R3, R4], {}, [{1: 1, 3: 1, 4: 1}]) == []


def test_what_one_column_denies_is_agreed_and_not_contested() -> None:
    assert contested([R1, Candidate(2, "no", "Don't publish the results")], {}, [{1: 1, 2: 1}]) == []


def test_an_idea_that_was_merged_away_contests_through_the_one_it_was_merged_into() -> None:
    (pair,) = contested(
        [R1, R2._replace(text="Tell everybody"), R4], {2: ["Secret talks", "publish results!"]}, [{1: 1}]
    )
    assert (pair.one, pair.other, pair.wordings) == (1, 2, ("Publish the results", "publish results!"))
    assert (pair.dots, pair.people, pair.is_divided) == ((1, 0), (1, 0), False)


def test_originals_on_both_sides_make_one_pair_of_the_responses_that_stand() -> None:
    merged = {1: ["Star rating", "Stars, rating"], 4: ["Star ratings", "A star rating"]}
    pairs = contested([R1, R4], merged, [{1: 2}, {4: 3}])
    assert [(pair.one, pair.other, pair.dots) for pair in pairs] == [(1, 4, (2, 3))]


def test_those_that_divide_most_come_first() -> None:
    pairs = contested(
        [
            R1,
            R2,
            Candidate(5, "yes", "Night market"),
            Candidate(6, "no", "Night markets"),
            R3,
            Candidate(8, "no", "Star rating"),
        ],
        {},
        [{1: 9, 2: 1}, {5: 3, 6: 4}, {3: 12}],
    )
    assert [(pair.one, pair.other) for pair in pairs] == [(5, 6), (1, 2), (3, 8)]


ballots_of_four = st.lists(st.dictionaries(st.integers(1, 4), st.integers(1, 8)), max_size=8)


@given(ballots_of_four)
def test_dots_and_people_are_what_a_recount_finds(ballots: list[dict[int, int]]) -> None:
    (pair,) = contested([R1, R2, R3, R4], {}, ballots)
    assert pair.dots == (sum(each.get(1, 0) for each in ballots), sum(each.get(2, 0) for each in ballots))
    assert pair.people == (sum(1 in each for each in ballots), sum(2 in each for each in ballots))
    assert pair.both == sum(1 in each and 2 in each for each in ballots)


@given(st.permutations([R1, R2, R3, R4, Candidate(5, "yes", "Results published"), Candidate(6, "no", "Star rating")]))
def test_the_order_in_which_responses_come_makes_no_difference(responses: list[Candidate]) -> None:
    assert contested(responses, {}, [{1: 1}]) == contested(sorted(responses), {}, [{1: 1}])


def test_more_pairs_than_a_facilitator_would_be_shown_are_all_there() -> None:
    ideas = ["Bench", "Market", "Library", "Toilets", "Crossing", "Museum", "Ferry", "Orchard", "Skate park", "Tunnel"]
    ideas += ["Bandstand", "Allotments", "Windmill", "Zebra", "Quiet room"]
    responses = [
        Candidate(2 * place + offset, side, idea)
        for place, idea in enumerate(ideas)
        for offset, side in ((1, "yes"), (2, "no"))
    ]
    assert len(contested(responses, {}, [])) == len(ideas)


def test_pairs_hang_together_as_groups() -> None:
    texts = "Bus lanes", "Library", "Bus lane", "A bus lane", "Libraries open late", "Open libraries late", "Trees"
    responses = [Candidate(number, "yes", text) for number, text in enumerate(texts, start=1)]
    assert groups(within_columns(responses, {})) == [[1, 3, 4], [5, 6]]


def test_a_result_says_what_is_contested(room: Room) -> None:
    room.goes_to("gather")
    author = room.person()
    for text, side in (
        ("Naming councils", "yes"), ("Publish results", "yes"), ("League tables", "no"), ("Tell nobody", "no"),
        ("Publish the results", "no"),
    ):  # fmt: skip
        author.writes(text, side)
    grouping.merge(room.store, room.id, 1, [4, 5], into=4, by=BY)
    room.goes_to("vote")
    places(room, {2: 3, 4: 1}, {4: 2}, {1: 1})
    assert contested_in(room.result) == [
        Contested(2, 4, ("Publish results", "Publish the results"), dots=(3, 3), people=(1, 2), both=1)
    ]
    finding = found_in(room, "contested")
    assert list(finding.sentences) == [
        "One pair of responses says much the same in two columns, and both have dots: this is contested.",
        "R2 in YES (3 dots) is like R4 in NO (3 dots). 1 person put dots on both.",
    ]
    assert [list(row) for row in finding.tables[0].rows] == [
        [1, "R2", "YES", "Publish results", 3, 1, 1],
        [1, "R4", "NO", "Publish the results", 3, 2, 1],
    ]
    assert json.loads(json.dumps(finding.data))["pairs"][0]["responses"] == [2, 4]


def test_that_nothing_is_contested_is_said_as_well(room: Room) -> None:
    room.goes_to("gather")
    room.person().writes("Benches")
    room.goes_to("vote")
    places(room, {1: 1})
    assert list(found_in(room, "contested").sentences) == [
        "Nothing is contested: no idea stands in two columns, as far as wordings tell."
    ]


def test_an_idea_with_dots_on_one_side_only_divides_nobody(room: Room) -> None:
    room.goes_to("gather")
    author = room.person()
    author.writes("Night market", "yes")
    author.writes("A night market", "no")
    room.goes_to("vote")
    places(room, {1: 1})
    (sentence,) = found_in(room, "contested").sentences
    assert "nobody is divided" in sentence


def test_one_column_contests_nothing(store: Store, room: Room, app: Flask) -> None:
    with store.reading() as session:
        exercise, result = room._exercise(session), room.result
        assert module.finding(exercise, result) is not None
        exercise.sides = exercise.sides[:1]
        assert module.finding(exercise, result) is None

"""Split votes: similar responses that would cross the line as one, known by hand and against a recount."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.cast import BY, Room
from tests.results.test_contested import found_in
from tests.results.test_counting import places
from workshop import rules
from workshop.actions import revealing
from workshop.likeness import Candidate
from workshop.results.reporting import report
from workshop.results.splitting import Split, splits

R1 = Candidate(1, "yes", "Bus lanes")
R2 = Candidate(2, "yes", "A bus lane")
R3 = Candidate(3, "yes", "Benches")
R4 = Candidate(4, "no", "Car parks")
R5 = Candidate(5, "no", "Bus lane")
ALL = [R1, R2, R3, R4, R5]


def test_two_that_miss_the_line_would_cross_it_together() -> None:
    ballots = [{3: 5}, {1: 3, 2: 1}, {2: 2, 4: 4}]
    # 5 dots, 4, and two with 3: R1 and R2 have 6 together, from two people.
    assert splits(ALL, {}, ballots, places=1) == [Split((1, 2), 6, 2, 1, "cross", ())]
    assert splits(ALL, {}, ballots, places=2) == [Split((1, 2), 6, 2, 1, "cross", ())]


def test_two_that_would_tie_across_it_say_so() -> None:
    assert splits(ALL, {}, [{3: 5, 1: 3}, {2: 2}], places=1) == [Split((1, 2), 5, 2, 1, "tie", ())]


def test_two_that_miss_it_together_too_are_no_split_vote() -> None:
    assert splits(ALL, {}, [{3: 7, 1: 3}, {2: 3}], places=1) == []


def test_two_that_are_both_above_are_none_either() -> None:
    assert splits(ALL, {}, [{1: 5, 2: 4, 3: 1}], places=2) == []


def test_one_above_and_its_twin_below_are_told_of() -> None:
    assert splits(ALL, {}, [{1: 5, 3: 4}, {2: 2}], places=1) == [Split((1, 2), 7, 2, 1, "cross", (1,))]


def test_what_ties_across_the_line_alone_and_together_has_lost_nothing() -> None:
    assert splits(ALL, {}, [{1: 4, 3: 4}], places=1) == []


def test_a_run_off_has_settled_who_is_above() -> None:
    ballots = [{1: 4, 3: 4}, {2: 2}]
    assert splits(ALL, {}, ballots, places=1, settled=[3]) == [Split((1, 2), 6, 2, 1, "cross", ())]
    assert splits(ALL, {}, ballots, places=1, settled=[1]) == [Split((1, 2), 6, 2, 1, "cross", (1,))]


def test_dots_of_different_columns_are_not_added() -> None:
    assert splits([R1, R3, R5], {}, [{3: 5, 1: 3, 5: 3}], places=1) == []


def test_wordings_that_were_merged_count_as_well() -> None:
    responses = [Candidate(1, "yes", "Buses first"), R2, R3]
    assert splits(responses, {}, [{3: 5, 1: 3, 2: 3}], places=1) == []
    assert [each.responses for each in splits(responses, {1: ["bus lanes"]}, [{3: 5, 1: 3, 2: 3}], places=1)] == [
        (1, 2)
    ]


def test_without_a_line_nothing_can_miss_it() -> None:
    assert splits(ALL, {}, [{3: 5, 1: 3, 2: 3}]) == []


def test_a_line_by_share_is_drawn_anew_where_they_count_as_one() -> None:
    # Of 10 dots, R3 and R4 hold 6: half are above. As one, R1 and R2 hold 4 of the first 5.
    ballots = [{3: 3, 4: 3}, {1: 2}, {2: 2}]
    assert splits(ALL, {}, ballots, share=50) == [Split((1, 2), 4, 2, 1, "cross", ())]


marks = st.lists(st.dictionaries(st.integers(1, 5), st.integers(1, 4)), max_size=6)


@given(marks, st.integers(1, 5))
def test_together_they_stand_where_a_recount_of_merged_ballots_has_them(
    ballots: list[dict[int, int]], cut: int
) -> None:
    for split in splits(ALL, {}, ballots, places=cut):
        assert split.responses == (1, 2)
        merged: list[tuple[int, int | None]] = [
            (voter, 1 if on == 2 else on)
            for voter, ballot in enumerate(ballots)
            for on, n in ballot.items()
            for _ in range(n)
        ]
        standings = rules.standings(merged, [1, 3, 4, 5])
        one = next(each for each in standings if each.response == 1)
        assert (split.dots, split.people, split.rank) == (one.dots, one.people, one.rank)
        beaten_by = sum(each.dots >= one.dots for each in standings) - 1
        assert (split.would == "cross") == (beaten_by < cut)
        assert one.rank <= cut
        assert set(split.above) != {1, 2}


@given(marks, st.integers(1, 5))
def test_whoever_would_rise_above_the_line_is_found(ballots: list[dict[int, int]], cut: int) -> None:
    dots = {number: sum(each.get(number, 0) for each in ballots) for number in range(1, 6)}

    def is_above(score: int, others: list[int]) -> bool:
        return sum(each >= score for each in others) < cut

    apart = [is_above(dots[each], [dots[other] for other in dots if other != each]) for each in (1, 2)]
    together = is_above(dots[1] + dots[2], [dots[3], dots[4], dots[5]])
    if together and not all(apart) and dots[1] and dots[2]:
        assert [each.would for each in splits(ALL, {}, ballots, places=cut)] == ["cross"]


def test_a_result_says_whose_votes_are_split(room: Room) -> None:
    room.goes_to("gather")
    author = room.person()
    for text in ("Bus lanes", "Benches", "A bus lane"):
        author.writes(text)
    room.goes_to("vote")
    places(room, {2: 4, 1: 3}, {3: 3})
    with room.store.reading() as session:
        assert "split" not in [each.key for each in report(session, room._exercise(session)).findings]
    revealing.set_cut(room.store, room.id, 1, 1, by=BY)
    finding = found_in(room, "split")
    assert list(finding.sentences) == [
        "One idea may have missed the line because its dots are split among similar responses.",
        "R1 and R3 say much the same: together, with 6 dots from 2 people, they would cross the line.",
    ]
    assert [list(row) for row in finding.tables[0].rows] == [
        ["R1 Bus lanes (3) · R3 A bus lane (3)", 6, 2, 1, "above the line"]
    ]
    revealing.set_cut(room.store, room.id, 1, 3, by=BY)
    assert list(found_in(room, "split").sentences) == [
        "As far as wordings tell, no idea missed the line because its dots are split among similar responses."
    ]

"""What becomes of a result without any one of its ballots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.results.votes import result
from workshop import rules
from workshop.results.counting import Result
from workshop.results.cutting import Line
from workshop.results.findings import Finding
from workshop.results.robustness import of_stability, rank_range, verdict
from workshop.results.stability import Stability, stability

Ballot = dict[int, int]

# R1 has 3 + 1 = 4 dots, R2 has 1 + 2 + 1 = 4, R3 has 2.
# Without the first ballot   R1 1, R2 3, R3 2:  R2, R3, R1.
# Without the second         R1 3, R2 2, R3 2:  R1, then R2 and R3 level.
# Without the third          R1 4, R2 3, R3 0:  R1, R2, R3.
CLOSE: list[Ballot] = [{1: 3, 2: 1}, {1: 1, 2: 2}, {2: 1, 3: 2}]

# R1 has 9 dots, R2 has 6, R3 has 1: without any ballot at least 6 and 4, and at most 1.
CLEAR: list[Ballot] = [{1: 3, 2: 2}, {1: 3, 2: 2}, {1: 3, 2: 2}, {3: 1}]


def found(ballots: Sequence[Ballot], of: int = 3, **line: int) -> dict[int, tuple[str, str]]:
    """What is said of each response: its range of ranks and its verdict."""
    stable = stability(ballots, range(1, of + 1), **line)  # type: ignore[arg-type]
    return {number: (rank_range(each), verdict(each)) for number, each in stable.items()}


# Worked by hand -------------------------------------------------------------------------------------------------------


def test_a_range_has_every_rank_that_a_response_takes() -> None:
    assert found(CLOSE) == {1: ("1–3", ""), 2: ("1–2", ""), 3: ("2–3", "")}


def test_a_tie_across_the_line_is_a_coin_toss() -> None:
    """R1 and R2 are level and one place is there; R3 gets no further than the second rank."""
    assert found(CLOSE, places=1) == {
        1: ("1–3", "coin toss"),
        2: ("1–2", "coin toss"),
        3: ("2–3", "safe below the line"),
    }


def test_one_person_decides_where_a_ballot_moves_a_response_over_the_line_or_into_a_tie_across_it() -> None:
    """Without the first ballot R3 would be above the line and R1 below, without the second R2 would tie with R3."""
    assert {said for _, said in found(CLOSE, places=2).values()} == {"one person decides"}


def test_what_no_ballot_moves_is_safe() -> None:
    assert found(CLEAR, places=2) == {
        1: ("1", "safe above the line"),
        2: ("2", "safe above the line"),
        3: ("3", "safe below the line"),
    }


def test_a_response_whose_dots_are_one_persons_is_above_the_line_by_that_person() -> None:
    """There are three places and R3 takes the third with its one dot; without that ballot it has none."""
    assert found(CLEAR, of=4, places=3)[3] == ("3", "one person decides")
    assert found(CLEAR, of=4, places=3)[4] == ("3–4", "safe below the line")


def test_a_share_draws_the_line_anew_without_each_ballot() -> None:
    """R1 has 4 of 10 dots, which is 40 %. Without its ballot R2 and R3 have 3 of 6 each, and tie for one place."""
    ballots: list[Ballot] = [{1: 4}, {2: 3}, {3: 3}]
    assert found(ballots, share=40) == {
        1: ("1–3", "one person decides"),
        2: ("1–3", "one person decides"),
        3: ("1–3", "one person decides"),
    }


def test_without_the_only_ballot_there_is_nothing() -> None:
    for line in ({"places": 1}, {"share": 50}):
        assert found([{1: 2}], of=2, **line) == {1: ("1", "one person decides"), 2: ("1–2", "safe below the line")}


def test_where_nobody_placed_a_dot_all_share_the_first_rank_below_the_line() -> None:
    assert found([], places=2) == dict.fromkeys((1, 2, 3), ("1", "safe below the line"))


def test_in_a_run_off_a_tie_without_dots_is_a_tie() -> None:
    assert found([{1: 1}], places=2)[2] == ("1–2", "safe below the line")
    assert found([{1: 1}], places=2, run_off=True)[2] == ("1–2", "coin toss")


def test_a_tie_that_a_run_off_has_settled_is_no_coin_toss() -> None:
    tied = Stability(1, 1, 2, "tied", "coin toss")
    assert verdict(tied, Line([], [1, 2], 1, run_off=2)) == "coin toss"
    assert verdict(tied, Line([], [1, 2], 1, run_off=2, settled=[2])) == "settled by a run-off"


# Against a recount ----------------------------------------------------------------------------------------------------

BALLOTS = st.lists(
    st.dictionaries(st.integers(1, 7), st.integers(0, 4), max_size=4), max_size=7
)  # R7 is not live: its dots do not count.
LIVE = range(1, 7)


def sides_by_definition(dots: dict[int, int], places: int | None, share: int | None) -> dict[int, str]:
    """Above the line is who is among the first even if all that are level with them are counted in, below it who has
    at least as many before them as there are places, and tied who is neither.
    """
    if places is None and share is None:
        return {}
    ordered = sorted(dots.values(), reverse=True)
    if places is None:
        assert share is not None
        places = next(k for k in range(len(ordered) + 1) if 100 * sum(ordered[:k]) >= share * sum(ordered))
    places = min(places, sum(1 for each in ordered if each > 0))
    found = {}
    for response, own in dots.items():
        ahead = sum(1 for each in ordered if each > own)
        level = sum(1 for each in ordered if each == own)
        found[response] = "above" if ahead + level <= places else "below" if ahead >= places else "tied"
    return found


@given(BALLOTS, st.none() | st.integers(1, 8), st.none() | st.integers(1, 100))
def test_it_is_what_counting_again_without_each_person_gives(
    ballots: list[Ballot], places: int | None, share: int | None
) -> None:
    """Every dot is laid out and the result counted from scratch, once without each person."""
    share = share if places is None else None
    placed = [(who, on) for who, ballot in enumerate(ballots) for on, dots in ballot.items() for _ in range(dots)]

    def recount(without: int | None) -> list[rules.Standing]:
        return rules.standings([(who, on) for who, on in placed if who != without], LIVE)

    as_counted, *others = [recount(without) for without in (None, *range(len(ballots)))]
    sides = [
        sides_by_definition({each.response: each.dots for each in them}, places, share)
        for them in (as_counted, *others)
    ]
    for response, said in stability(ballots, LIVE, places=places, share=share).items():
        ranks = {each.rank for them in (as_counted, *others) for each in them if each.response == response}
        assert (said.best, said.worst) == (min(ranks), max(ranks))
        if places is None and share is None:
            assert (said.side, said.verdict) == (None, None)
            continue
        there = [each[response] for each in sides]
        expected = "coin toss" if there[0] == "tied" else "safe" if len(set(there)) == 1 else "one person decides"
        assert (said.side, said.verdict) == (there[0], expected)


@given(BALLOTS, st.integers(1, 8))
def test_neither_the_order_of_ballots_nor_that_of_responses_matters(ballots: list[Ballot], places: int) -> None:
    there = stability(ballots, LIVE, places=places)
    assert stability(ballots[::-1], [*LIVE][::-1], places=places) == there


# In words -------------------------------------------------------------------------------------------------------------


def says(counted: Result, **line: int) -> Finding:
    return of_stability(counted, stability(counted.ballots, counted.responses, **line))  # type: ignore[arg-type]


MANY = [{1: 3, 2: 2}] * 10


@pytest.mark.parametrize(
    ("ballots", "cut", "sentences"),
    [
        (MANY, 1, ["No one person decides: whichever ballot is left out, the same responses are above the line."]),
        (
            CLEAR, 2,
            ["No one person decides: whichever ballot is left out, the same responses are above the line.",
             "These are 4 people: that can show what matters to them, and not what would matter to others."],
        ),
        (
            CLOSE, 1,
            ["R1 and R2 tie across the line: which goes forward would be a coin toss.",
             "Safe whichever ballot is left out: 0 above the line, 1 below it.",
             "These are 3 people: that can show what matters to them, and not what would matter to others."],
        ),
        (
            CLOSE, 2,
            ["One person decides whether R1, R2 and R3 are above the line: without one ballot or another they move.",
             "Safe whichever ballot is left out: 0 above the line, 0 below it.",
             "These are 3 people: that can show what matters to them, and not what would matter to others."],
        ),
        (
            # R3 has the one dot of one person.
            [*MANY, {3: 1}], 3,
            ["One person decides whether R3 is above the line: without one of the ballots it moves.",
             "Safe whichever ballot is left out: 2 above the line, 0 below it."],
        ),
        (
            [{1: 1}], 1,
            ["All dots come from one person, who decides everything.",
             "This is 1 person: that can show what matters to them, and not what would matter to others."],
        ),
        ([], 1, ["No response has a dot, so there is nothing that could change."]),
    ],
)  # fmt: skip
def test_the_finding_says_first_who_decides(ballots: list[Ballot], cut: int, sentences: list[str]) -> None:
    assert says(result(*ballots, cut=cut), places=cut).sentences == sentences


@pytest.mark.parametrize(
    ("ballots", "first"),
    [
        (MANY, "Whichever ballot is left out, nothing gets ahead of R1."),
        ([{1: 2}, {2: 1}], "One person decides what is first: without one of the ballots, something gets ahead of R1."),
        (CLOSE, "R1 and R2 share the first rank, and one ballot decides which of them is ahead."),
        ([{1: 1, 2: 1}] * 2, "Whichever ballot is left out, nothing gets ahead of R1 and R2."),
    ],
)
def test_without_a_line_it_says_what_is_first_and_how_a_line_is_drawn(ballots: list[Ballot], first: str) -> None:
    finding = says(result(*ballots))
    assert finding.sentences[0] == first
    assert (
        "No line was drawn, so the table has the ranks that each response can take, and no verdict."
        in finding.sentences
    )
    assert any(each.startswith("A facilitator draws it on the console") for each in finding.sentences)
    (table,) = finding.tables
    assert table.columns == ["Number", "Response", "Rank", "Without any one ballot"]


def test_the_table_has_a_row_for_each_response_in_order_of_rank() -> None:
    (table,) = says(result(*CLOSE, cut=1), places=1).tables
    assert [list(row) for row in table.rows] == [
        ["R1", "Idea 1", "1=", "1–3", "coin toss"],
        ["R2", "Idea 2", "1=", "1–2", "coin toss"],
        ["R3", "Idea 3", "3", "2–3", "safe below the line"],
    ]


def test_the_figures_are_those_of_the_arithmetic() -> None:
    data = says(result(*CLOSE, cut=1), places=1).data
    assert data["ballots"] == 3
    assert data["responses"][0] == {"number": 1, "best": 1, "worst": 3, "side": "tied", "verdict": "coin toss"}


def test_a_settled_tie_is_said_to_be_settled() -> None:
    counted = result(*CLOSE, cut=1)
    assert counted.line is not None
    settled = replace(counted, line=replace(counted.line, run_off=2, settled=[2]))
    finding = says(settled, places=1)
    assert finding.sentences[0] == "R1 and R2 tied across the line, and a run-off has settled it."
    assert [row[-1] for row in finding.tables[0].rows][:2] == ["settled by a run-off"] * 2

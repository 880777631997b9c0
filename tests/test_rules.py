"""The arithmetic of dot voting: what holds whatever people do, found by looking for a case where it does not."""

from __future__ import annotations

import random
import unicodedata
from collections import Counter
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from workshop import rules
from workshop.errors import NotNow, NotUnderstood, Unacceptable, WorkshopError
from workshop.rules import Dot, Move, Voting

PHASES = st.sampled_from(rules.PHASES)
ALLOWANCES = st.integers(1, rules.MOST_ALLOWANCE)
NUMBERS = st.integers(1, 6)


@st.composite
def votings(draw: st.DrawFn, phase: str = "vote") -> Voting:
    allowance = draw(ALLOWANCES)
    most = draw(st.none() | st.integers(1, allowance))
    return Voting(phase, allowance, most, draw(st.frozensets(NUMBERS)))


# Few ops and few revisions, so that repeats and stale moves are common; a few that nobody could mean.
MOVES = st.builds(
    Move,
    dot=st.integers(-1, rules.MOST_ALLOWANCE + 2),
    replaces=st.integers(-1, 3),
    response=st.none() | NUMBERS,
    op=st.sampled_from(["a", "b", "c", "", "ä"]),
)


def play(moves: list[tuple[Move, frozenset[int]]], voting: Voting) -> dict[int, Dot]:
    """A ballot after some moves, each judged while other responses are live."""
    ballot: dict[int, Dot] = {}
    for move, live in moves:
        try:
            outcome = rules.judge(ballot, move, voting._replace(live=live))
        except WorkshopError:
            continue
        if outcome == "moved":
            ballot[move.dot] = Dot(move.response, move.replaces + 1, move.op)
    return ballot


# Ballots --------------------------------------------------------------------------------------------------------------


@given(votings(), st.lists(st.tuples(MOVES, st.frozensets(NUMBERS)), max_size=60))
def test_a_ballot_never_holds_more_than_the_allowance(voting: Voting, moves: list[tuple[Move, frozenset[int]]]) -> None:
    ballot = play(moves, voting)
    assert set(ballot) <= set(range(1, voting.allowance + 1))
    placed = [dot for dot in ballot.values() if dot.response is not None]
    assert len(placed) <= voting.allowance
    everything = voting._replace(live=frozenset(range(1, 7)))
    assert rules.in_hand(ballot, everything) == voting.allowance - len(placed)


@given(votings(), st.lists(st.tuples(MOVES, st.frozensets(NUMBERS)), max_size=60))
def test_no_response_ever_has_more_of_a_ballot_than_the_most_allowed(
    voting: Voting, moves: list[tuple[Move, frozenset[int]]]
) -> None:
    on = Counter(dot.response for dot in play(moves, voting).values() if dot.response is not None)
    most = voting.most_per_response or voting.allowance
    assert all(dots <= most for dots in on.values())


@given(votings(), st.lists(st.tuples(MOVES, st.frozensets(NUMBERS)), max_size=30), st.data())
def test_a_move_that_was_stored_is_a_repeat_when_it_comes_again(
    voting: Voting, earlier: list[tuple[Move, frozenset[int]]], data: st.DataObject
) -> None:
    ballot = play(earlier, voting)
    number = data.draw(st.integers(1, voting.allowance))
    there = data.draw(st.sampled_from([None, *sorted(voting.live)]))
    move = Move(number, ballot.get(number, rules.IN_HAND).rev, there, "new")
    assert rules.judge(ballot, move, voting._replace(most_per_response=None)) == "moved"
    ballot[number] = Dot(there, move.replaces + 1, "new")
    assert rules.judge(ballot, move, voting) == "repeated"


@given(PHASES, st.none() | NUMBERS)
def test_a_repeat_is_a_repeat_although_voting_has_closed_and_the_response_is_gone(
    phase: str, response: int | None
) -> None:
    ballot = {3: Dot(response, 5, "mine")}
    assert rules.judge(ballot, Move(3, 4, response, "mine"), Voting(phase, 8, 1, frozenset())) == "repeated"


@given(votings(), NUMBERS, st.integers(0, 9), st.integers(0, 9), st.none() | NUMBERS)
def test_a_move_from_another_revision_is_stale_and_never_a_reproach(
    voting: Voting, lies_on: int, rev: int, replaces: int, response: int | None
) -> None:
    assume(rev != replaces)
    ballot = {1: Dot(lies_on, rev, "theirs")} if rev else {}
    assert rules.judge(ballot, Move(1, replaces, response, "mine"), voting) == "stale"


def test_the_same_op_on_a_later_revision_is_stale_and_not_a_repeat() -> None:
    ballot = {1: Dot(2, 7, "mine")}
    assert rules.judge(ballot, Move(1, 4, 2, "mine"), Voting("vote", 8, None, {2})) == "stale"


@given(votings(), MOVES)
def test_judging_changes_nothing(voting: Voting, move: Move) -> None:
    ballot = {1: Dot(1, 1, "a"), 2: Dot(None, 3, "b")}
    before = dict(ballot)
    with suppress(WorkshopError):
        rules.judge(ballot, move, voting)
    assert ballot == before


@given(votings(), NUMBERS)
def test_a_dot_comes_back_in_hand_from_anywhere(voting: Voting, lies_on: int) -> None:
    assert rules.judge({1: Dot(lies_on, 1, "a")}, Move(1, 1, None, "b"), voting) == "moved"


@st.composite
def columned(draw: st.DrawFn) -> Voting:
    """Two or three columns, each with an allowance of its own; people's own responses may be barred."""
    rooms = draw(st.dictionaries(st.sampled_from("abc"), st.integers(1, 4), min_size=2))
    sides = {number: draw(st.sampled_from(sorted(rooms))) for number in range(1, 7)}
    authors = draw(st.dictionaries(NUMBERS, st.integers(1, 2)))
    return Voting(
        "vote", sum(rooms.values()), None, frozenset(sides), side_of=sides, side_allowances=rooms, authors=authors
    )


def plays(moves: list[tuple[Move, int | None]], voting: Voting, participant: int) -> tuple[dict[int, Dot], Voting]:
    """A ballot after some moves; with each, a response may be withdrawn before it is judged."""
    ballot: dict[int, Dot] = {}
    for move, withdrawn in moves:
        voting = voting._replace(live=frozenset(voting.live) - {withdrawn})
        rev = ballot.get(move.dot, rules.IN_HAND).rev
        with suppress(WorkshopError):
            if rules.judge(ballot, move._replace(replaces=rev, op=f"{rev}"), voting, participant) == "moved":
                ballot[move.dot] = Dot(move.response, rev + 1, f"{rev}")
    return ballot, voting


WITHDRAWN = st.just(None) | st.none() | NUMBERS


@given(columned(), st.lists(st.tuples(MOVES, WITHDRAWN), max_size=60))
def test_no_column_ever_has_more_of_a_ballot_than_its_allowance(
    voting: Voting, moves: list[tuple[Move, int | None]]
) -> None:
    ballot, voting = plays(moves, voting, 1)
    on = Counter(
        voting.side_of[dot.response] for dot in ballot.values() if dot.response in voting.live and dot.response
    )
    assert all(dots <= voting.side_allowances[side] for side, dots in on.items())


@given(columned(), st.lists(st.tuples(MOVES, WITHDRAWN), max_size=60))
def test_no_dot_ever_lies_on_what_its_owner_wrote(voting: Voting, moves: list[tuple[Move, int | None]]) -> None:
    ballot, _ = plays(moves, voting, 1)
    assert all(voting.authors.get(dot.response) != 1 for dot in ballot.values() if dot.response)


def test_a_column_takes_as_many_dots_as_it_may_and_a_dot_moves_within_it() -> None:
    voting = Voting("vote", 3, None, {1, 2, 3}, side_of={1: "a", 2: "a", 3: "b"}, side_allowances={"a": 2, "b": 1})
    ballot = {1: Dot(1, 1, "a"), 2: Dot(2, 1, "b")}
    with pytest.raises(Unacceptable) as refused:
        rules.judge(ballot, Move(3, 0, 1, "c"), voting)
    assert (refused.value.code, refused.value.values) == ("most_per_column", {"most": 2, "left": 1})
    assert rules.judge(ballot, Move(1, 1, 2, "c"), voting) == "moved"
    assert rules.judge(ballot, Move(3, 0, 3, "c"), voting) == "moved"
    ballot[3] = Dot(3, 1, "c")
    with pytest.raises(Unacceptable) as refused:
        rules.judge(ballot, Move(3, 1, 2, "d"), voting)
    assert str(refused.value).endswith("Remove one there first.")


def test_a_dot_on_a_merged_response_fills_the_column_of_the_one_it_counts_for() -> None:
    voting = Voting("vote", 2, None, {1, 3}, merged={2: 1}, side_of={1: "a", 2: "a", 3: "b"},
                    side_allowances={"a": 1, "b": 1})  # fmt: skip
    with pytest.raises(Unacceptable):
        rules.judge({1: Dot(2, 1, "a")}, Move(2, 0, 1, "b"), voting)


def test_a_response_that_comes_back_brings_back_its_dots_however_many_lie_beside_it() -> None:
    voting = Voting("vote", 2, None, {2}, side_of={1: "a", 2: "a", 3: "b"}, side_allowances={"a": 1, "b": 1})
    ballot = {1: Dot(1, 1, "a")}
    assert rules.judge(ballot, Move(2, 0, 2, "b"), voting) == "moved"
    ballot[2] = Dot(2, 1, "b")
    back = voting._replace(live={1, 2})
    assert rules.in_hand(ballot, back) == 0
    assert rules.judge(ballot, Move(1, 1, None, "c"), back) == "moved"


def test_nobody_votes_for_their_own_and_everybody_else_may() -> None:
    voting = Voting("vote", 8, None, {1, 2}, authors={1: 7})
    with pytest.raises(Unacceptable) as refused:
        rules.judge({}, Move(1, 0, 1, "a"), voting, 7)
    assert refused.value.code == "own_response"
    assert rules.judge({}, Move(1, 0, 2, "a"), voting, 7) == "moved"
    assert rules.judge({}, Move(1, 0, 1, "a"), voting, 8) == "moved"
    assert rules.judge({1: Dot(1, 1, "a")}, Move(1, 1, None, "b"), voting, 7) == "moved"


@given(st.integers(3, 4 * rules.MOST_ALLOWANCE))
def test_the_allowance_that_is_suggested_suits_the_responses(responses: int) -> None:
    least, most = rules.suggested_range(rules.suggested_allowance(responses))
    assert least - 1 <= responses <= most + 1


def test_with_the_most_reached_another_dot_is_refused_and_one_that_lies_there_may_stay() -> None:
    voting = Voting("vote", 8, 2, {1, 2})
    ballot = {1: Dot(1, 1, "a"), 2: Dot(1, 1, "b")}
    with pytest.raises(Unacceptable) as refused:
        rules.judge(ballot, Move(3, 0, 1, "c"), voting)
    assert refused.value.code == "most_per_response"
    assert rules.judge(ballot, Move(2, 1, 1, "c"), voting) == "moved"
    assert rules.judge(ballot, Move(2, 1, 2, "c"), voting) == "moved"


@pytest.mark.parametrize(
    ("move", "phase", "kind", "code"),
    [
        (Move(0, 0, 1, "a"), "vote", Unacceptable, "no_such_dot"),
        (Move(9, 0, 1, "a"), "vote", Unacceptable, "no_such_dot"),
        (Move(1, 0, 9, "a"), "vote", Unacceptable, "no_such_response"),
        (Move(1, 0, 0, "a"), "vote", Unacceptable, "no_such_response"),
        (Move(1, -1, 1, "a"), "vote", NotUnderstood, "not_understood"),
        (Move(1, 2**31 - 1, 1, "a"), "vote", NotUnderstood, "not_understood"),
        (Move(1, 0, 1, ""), "vote", NotUnderstood, "not_understood"),
        (Move(1, 0, 1, "a" * 41), "vote", NotUnderstood, "not_understood"),
        (Move(1, 0, 1, "a b"), "vote", NotUnderstood, "not_understood"),
        (Move(1, 0, 1, "é"), "vote", NotUnderstood, "not_understood"),
        (Move(1, 0, 1, "a\n"), "vote", NotUnderstood, "not_understood"),
        (Move(1, 0, 1, "a"), "draft", NotNow, "not_voting"),
        (Move(1, 0, 1, "a"), "gather", NotNow, "not_voting"),
        (Move(1, 0, 1, "a"), "reveal", NotNow, "voting_closed"),
        (Move(1, 0, 1, "a"), "discuss", NotNow, "voting_closed"),
        (Move(1, 0, None, "a"), "closed", NotNow, "voting_closed"),
    ],
)
def test_a_move_that_the_rules_do_not_allow_is_refused(
    move: Move, phase: str, kind: type[WorkshopError], code: str
) -> None:
    with pytest.raises(kind) as refused:
        rules.judge({}, move, Voting(phase, 8, None, {1}))
    assert refused.value.code == code


def test_the_longest_op_with_every_letter_allowed_is_accepted() -> None:
    for op in ("a" * 40, "A-z_0-9", "_", "0"):
        assert rules.judge({}, Move(1, 0, 1, op), Voting("vote", 8, None, {1})) == "moved"


def test_who_comes_too_late_is_told_how_many_dots_counted() -> None:
    ballot = {1: Dot(1, 1, "a"), 2: Dot(2, 1, "b"), 3: Dot(None, 2, "c")}
    with pytest.raises(NotNow) as refused:
        rules.judge(ballot, Move(4, 0, 1, "d"), Voting("reveal", 8, None, {1}))
    # The one on R2, which was withdrawn, does not count.
    assert refused.value.values["counted"] == 1


@given(ALLOWANCES, st.dictionaries(st.integers(1, 20), st.none() | NUMBERS), st.frozensets(NUMBERS))
def test_dots_on_a_response_that_does_not_count_are_in_hand(
    allowance: int, lying: dict[int, int | None], live: frozenset[int]
) -> None:
    ballot = {number: Dot(on, 1, "a") for number, on in lying.items()}
    counting = [number for number in range(1, allowance + 1) if lying.get(number) in live]
    assert rules.in_hand(ballot, Voting("vote", allowance, None, live)) == allowance - len(counting)


# Phases ---------------------------------------------------------------------------------------------------------------


@given(PHASES, PHASES)
def test_an_exercise_goes_one_step_at_a_time_either_way(here: str, there: str) -> None:
    onwards = {*zip(rules.PHASES, rules.PHASES[1:], strict=False), ("gather", "vote"), ("draft", "vote")}
    neighbours = onwards | {(there, here) for here, there in onwards} - {("vote", "draft")}
    if (here, there) in neighbours:
        rules.check_step(here, there)
    else:
        with pytest.raises(NotNow):
            rules.check_step(here, there)


@pytest.mark.parametrize("there", ["", "Vote", "lunch", "vote\0"])
def test_a_phase_that_there_is_not_is_not_understood(there: str) -> None:
    with pytest.raises(NotUnderstood):
        rules.check_step("vote", there)


@pytest.mark.parametrize(
    ("phase", "hidden", "live"),
    [
        ("draft", False, False),
        ("gather", False, False),
        ("vote", False, True),
        ("reveal", False, True),
        ("discuss", True, True),
        ("closed", True, True),
    ],
)
def test_totals_are_public_from_the_reveal_on_or_while_voting_where_they_are_live(
    phase: str, hidden: bool, live: bool
) -> None:
    revealed = phase in ("discuss", "closed")
    assert rules.totals_are_public(phase, "hidden", revealed) is hidden
    assert rules.totals_are_public(phase, "live", revealed) is live


def test_a_discussion_without_a_vote_makes_no_totals_public() -> None:
    assert not rules.totals_are_public("discuss", "live", False)


def test_eight_dots_suit_24_to_32_responses() -> None:
    assert rules.suggested_range(8) == (24, 32)


# Ranks and standings --------------------------------------------------------------------------------------------------


@given(st.dictionaries(st.integers(), st.integers(0, 5)))
@example({})
@example({1: 3, 2: 2, 3: 2, 4: 1})
def test_a_rank_is_one_more_than_the_number_of_those_who_are_better(scores: dict[int, int]) -> None:
    ranked = rules.rank(scores)
    assert sorted(key for key, _, _ in ranked) == sorted(scores)
    for key, place, shared in ranked:
        assert place == 1 + sum(1 for other in scores.values() if other > scores[key])
        assert shared == (sum(1 for other in scores.values() if other == scores[key]) > 1)
    assert [place for _, place, _ in ranked] == sorted(place for _, place, _ in ranked)


@given(st.lists(st.integers(0, 3)))
def test_those_who_share_a_rank_keep_the_order_in_which_they_came(scores: list[int]) -> None:
    ranked = rules.rank(dict(enumerate(scores)))
    for (one, first, _), (other, second, _) in pairwise(ranked):
        assert first < second or one < other


def test_after_two_second_places_comes_the_fourth() -> None:
    ranked = rules.rank({"a": 2, "b": 9, "c": 4, "d": 4})
    assert ranked == [("b", 1, False), ("c", 2, True), ("d", 2, True), ("a", 4, False)]


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 8))), st.sets(st.integers(1, 8)))
def test_standings_are_a_recount(placed: list[tuple[int, int]], live: set[int]) -> None:
    standings = rules.standings(placed, sorted(live))
    assert {each.response for each in standings} == live
    for each in standings:
        assert each.dots == sum(1 for _, response in placed if response == each.response)
        assert each.people == len({person for person, response in placed if response == each.response})
        assert each.rank == 1 + sum(1 for other in standings if other.dots > each.dots)
        assert each.shared == any(other.dots == each.dots for other in standings if other is not each)
    assert sum(each.dots for each in standings) == sum(1 for _, response in placed if response in live)


# Responses ------------------------------------------------------------------------------------------------------------

TEXTS = st.text(alphabet=st.characters(exclude_categories=()), max_size=45)


@given(TEXTS)
@example("\ud83d\ude00")
@example("a\u0301\r\n\t\0b")
def test_tidied_text_is_tidy(text: str) -> None:
    tidy = rules.tidy(text)
    assert rules.tidy(tidy) == tidy
    assert tidy == " ".join(tidy.split())
    assert not any(unicodedata.category(ch) in ("Cc", "Cs") for ch in tidy)
    assert tidy.encode().decode() == tidy


@given(TEXTS)
def test_a_response_that_was_accepted_is_accepted_unchanged(text: str) -> None:
    accepted = rules.check_response(f"A {text}")
    assert rules.check_response(accepted) == accepted


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Free\tpark \n and ride ", "Free park and ride"),
        ("one\u00a0two\u2003three\u2028four", "one two three four"),
        ("nul\0bell\a\x1b[31m", "nulbell[31m"),
        ("cafe\u0301", "café"),
        ("👩‍👩‍👧‍👦 families", "👩‍👩‍👧‍👦 families"),
        ("\u200fשלום\u200f עולם", "\u200fשלום\u200f עולם"),
        ("لا رسوم", "لا رسوم"),
        ("z\u0335\u0336\u0337", "z\u0335\u0336\u0337"),
        ("<b>bold</b> & co", "<b>bold</b> & co"),
        ("50 %", "50 %"),
        ("👍", "👍"),
    ],
)
def test_a_response_is_kept_as_it_was_meant(typed: str, kept: str) -> None:
    assert rules.check_response(typed) == kept


@pytest.mark.parametrize("letter", ["x", "é", "😀", "ש", "字"])
def test_a_response_has_140_characters_at_the_most(letter: str) -> None:
    assert rules.check_response(letter * 140) == letter * 140
    with pytest.raises(Unacceptable) as refused:
        rules.check_response(letter * 141)
    assert refused.value.code == "too_long"
    assert "141" in str(refused.value)


def test_white_space_around_a_response_does_not_count() -> None:
    assert len(rules.check_response("  " + "x" * 140 + " \n")) == 140


@pytest.mark.parametrize(
    "text", ["", " ", "\t\r\n", "\0", "\u200b", "\u200e\u200f", "\u00a0\u3000", "\u0301", "\ud800"]
)
def test_a_response_that_nobody_could_see_is_empty(text: str) -> None:
    with pytest.raises(Unacceptable) as refused:
        rules.check_response(text)
    assert refused.value.code == "empty"


@pytest.mark.parametrize("side", ["", "YES", "maybe", "yes "])
def test_a_response_is_for_yes_or_for_no(side: str) -> None:
    assert [rules.check_side(known) for known in ("yes", "no")] == ["yes", "no"]
    with pytest.raises(Unacceptable) as refused:
        rules.check_side(side)
    assert refused.value.code == "no_side"


# Order ----------------------------------------------------------------------------------------------------------------


@given(st.sets(st.integers(1, 500)), st.integers(0, 2**31 - 1), st.randoms())
def test_everybody_sees_every_response_once_and_always_in_their_own_order(
    numbers: set[int], seed: int, chance: random.Random
) -> None:
    order = rules.shuffled(numbers, seed)
    assert sorted(order) == sorted(numbers)
    mixed = list(numbers)
    chance.shuffle(mixed)
    assert rules.shuffled(mixed, seed) == order


@given(st.sets(st.integers(1, 500), min_size=2), st.integers(0, 2**31 - 1), st.integers(1, 500))
def test_a_response_that_comes_or_goes_does_not_mix_the_others(numbers: set[int], seed: int, newcomer: int) -> None:
    order = rules.shuffled(numbers | {newcomer}, seed)
    assert [number for number in order if number != newcomer] == rules.shuffled(numbers - {newcomer}, seed)


def test_every_response_is_first_on_about_as_many_phones() -> None:
    first = Counter(rules.shuffled(range(1, 9), seed)[0] for seed in range(0, 8_000_000, 1_000))
    assert set(first) == set(range(1, 9))
    assert all(800 <= phones <= 1200 for phones in first.values()), first

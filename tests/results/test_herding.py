"""Whether later dots followed what led: halves by hand, planted followers found, and seldom any where nobody is one."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Sequence
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from tests.cast import BY, Person, Room
from tests.results.test_contested import found_in
from workshop.actions import paper
from workshop.ballot_box import BallotBox
from workshop.models import Dot
from workshop.results.herding import Timed, herding
from workshop.results.reporting import report
from workshop.store import Store


def in_turn(*ballots: Sequence[int]) -> list[Timed]:
    """Ballots that were placed one after the other, one dot a turn."""
    dots: list[Timed] = []
    turn = 0
    for ballot in ballots:
        dots.append([(turn + at, response) for at, response in enumerate(ballot, start=1)])
        turn += len(ballot)
    return dots


def test_halves_by_hand() -> None:
    found = herding(in_turn([1, 1], [2, 3], [1, 4], [1, 1]), responses=5)
    # R1 led with 2 of the first 4 dots and got 3 of the other 4.
    assert (found.leaders, found.early, found.late, found.ballots) == ((1,), 0.5, 0.75, 4)
    # There are six ways to say which two of four ballots were early.
    assert (found.verdict, found.p) == ("too few", 2 / 6)


def test_what_is_expected_is_the_mean_over_all_orders_of_the_ballots() -> None:
    ballots = [[1, 1], [2, 3], [1, 4], [1, 1]]
    rises = []
    for early in combinations(range(4), 2):
        first = Counter(chain.from_iterable(ballots[each] for each in early))
        second = Counter(chain.from_iterable(ballots)) - first
        led = [response for response, dots in first.items() if dots == max(first.values())]
        rises.append(sum(second[each] - first[each] for each in led) / 4)
    assert herding(in_turn(*ballots), responses=5).expected == pytest.approx(max(0, 0.5 + sum(rises) / 6))


def test_those_that_tie_for_the_lead_all_lead() -> None:
    assert herding(in_turn([1, 2], [3, 1]), responses=4).leaders == (1, 2)


def test_three_lead_where_there_are_many_and_one_where_there_are_few() -> None:
    ballots = in_turn([1, 1, 1, 2, 2, 2, 3, 3], [4, 5, 1, 1, 2, 6, 6, 6])
    assert [herding(ballots, responses).leaders for responses in (3, 6, 9, 40)] == [
        (1, 2),
        (1, 2),
        (1, 2, 3),
        (1, 2, 3),
    ]


def test_dots_that_were_stored_together_are_not_torn_apart() -> None:
    found = herding([[(5, 1), (5, 2), (5, 3)], [(6, 4)]], responses=4)
    assert (found.leaders, found.late) == ((1, 2, 3), 0)


@pytest.mark.parametrize(
    "ballots",
    [
        [],
        [[]],
        in_turn([1, 1, 1]),
        # All at once.
        [[(5, 1), (5, 2)], [(5, 1)]],
        # Everybody places one dot early and one late: no ballot came before another.
        [[(1, 1), (9, 1)], [(2, 2), (8, 2)], [(3, 3), (7, 1)], [(4, 2), (6, 1)]] * 5,
        in_turn(*[[1, 1]] * 5),
    ],
)
def test_what_cannot_be_told_is_not(ballots: list[Timed]) -> None:
    assert herding(ballots, responses=9).verdict == "too few"


@given(st.lists(st.lists(st.tuples(st.integers(1, 30), st.integers(1, 5)), max_size=4), max_size=6))
def test_shares_are_shares_and_only_the_order_of_turns_matters(ballots: list[list[tuple[int, int]]]) -> None:
    found = herding(ballots, responses=5)
    assert all(0 <= each <= 1 for each in (found.early, found.late, found.expected, found.p))
    later = [[(100 + 7 * turn, response) for turn, response in ballot] for ballot in ballots]
    assert herding(later, responses=5) == found


def vote(luck: random.Random, people: int, followers: float) -> list[Timed]:
    """Eight dots each, many on a response that has one of theirs already. In the second half so many dots follow one of
    the three that lead.
    """
    taste = [luck.gammavariate(1, 1) for _ in range(24)]
    tally: Counter[int] = Counter()
    ballots = []
    for person in range(people):
        ballot: list[int] = []
        for _ in range(8):
            if person >= people / 2 and luck.random() < followers:
                ballot.append(luck.choice(sorted(tally, key=lambda each: (-tally[each], each))[:3]))
            elif ballot and luck.random() < 0.4:
                ballot.append(ballot[-1])
            else:
                ballot += luck.choices(range(24), taste)
            tally[ballot[-1]] += 1
        ballots.append(ballot)
    return in_turn(*ballots)


def test_where_nobody_follows_false_alarms_are_about_one_in_twenty_though_people_stack_dots() -> None:
    """Of 150 a mean of 7½, and more than 18 less than once in two thousand times."""
    luck = random.Random(7)
    verdicts = Counter(herding(vote(luck, 12, 0), 24).verdict for _ in range(150))
    assert verdicts["too few"] == 0
    assert verdicts["followed"] <= 18


def test_followers_that_were_planted_are_found() -> None:
    luck = random.Random(8)
    assert [herding(vote(luck, 30, 0.6), 24).verdict for _ in range(10)].count("followed") >= 9


# In a room ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def live_room(store: Store, box: BallotBox) -> Room:
    """Nine responses, everybody sees totals, and voting is open."""
    return _voting(Room(store, box, random.Random(), totals="live"))


def _voting(room: Room) -> Room:
    room.goes_to("gather")
    author = room.person()
    for number in range(1, 10):
        author.writes(f"Response {number}")
    room.goes_to("vote")
    return room


def puts(person: Person, *responses: int) -> None:
    for dot, on in enumerate(responses, start=1):
        person.moves(dot, on)


def test_followers_in_a_room_are_noticed(live_room: Room) -> None:
    for ballot in ((1, 2), (3, 4), (5, 1), (2, 3), (6, 7), *[(1, 2), (1, 3), (2, 3), (3, 1), (1, 2)]):
        puts(live_room.person(), *ballot)
    finding = found_in(live_room, "herding")
    assert list(finding.sentences) == [
        "Later dots followed what led, more than chance explains.",
        "What led at half-time (R1, R2 and R3) had 60% of the earlier dots and got 100% of the later ones; by chance "
        f"alone it would be about {finding.data['expected_share_of_later']:.0%}.",
        "With hidden totals the first places might be others: talk them over.",
    ]
    assert finding.data["p"] < 0.05
    assert json.loads(json.dumps(finding.data)) == finding.data


def test_few_ballots_are_said_to_be_too_few(live_room: Room) -> None:
    puts(live_room.person(), 1, 2)
    puts(live_room.person(), 1)
    assert list(found_in(live_room, "herding").sentences) == [
        "Too little to tell whether later dots followed what led: 2 ballots, placed when they were, cannot show it "
        "either way."
    ]


def test_dots_on_paper_are_left_out_and_that_is_said(live_room: Room) -> None:
    puts(live_room.person(), 1, 2)
    paper.enter_paper_ballot(live_room.store, live_room.id, 1, {1: 2, 3: 1}, op="p", by=BY, chance=live_room.chance)
    finding = found_in(live_room, "herding")
    assert (finding.data["ballots"], finding.data["dots_left_out"]) == (1, 3)
    assert finding.sentences[-1] == "3 dots are left out: they came on paper, or while totals were hidden."


def test_where_totals_are_hidden_there_is_no_such_finding(room: Room) -> None:
    puts(_voting(room).person(), 1)
    with room.store.reading() as session:
        assert "herding" not in [each.key for each in report(session, room._exercise(session)).findings]


def test_turns_themselves_are_in_no_finding(live_room: Room) -> None:
    for ballot in ((1, 2), (3, 4), (5, 1), (2, 3)):
        puts(live_room.person(), *ballot)
    before = found_in(live_room, "herding")
    with live_room.store.change(live_room.id) as session:
        session.execute(update(Dot).values(turn=Dot.turn + 987_654_321).where(Dot.turn.is_not(None)))
    assert found_in(live_room, "herding") == before

"""Moves that race each other and the close: nobody gains a dot by it, and nobody loses one."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from tests.cast import BY, Person, Room
from tests.racing import at_once
from workshop.actions import gathering, grouping, hosting
from workshop.ballot_box import BallotBox
from workshop.errors import WorkshopError
from workshop.rules import Move
from workshop.store import Store


@pytest.fixture
def voting_room(room: Room, ada: Person) -> Room:
    """Three responses, and voting is open."""
    room.goes_to("gather")
    for text in ("Free park and ride", "A night market", "Benches"):
        ada.writes(text)
    room.goes_to("vote")
    return room


def test_a_burst_ends_where_the_last_move_said(voting_room: Room) -> None:
    people = [voting_room.person() for _ in range(5)]

    def hesitates(person: Person) -> int | None:
        wishes = [random.choice([None, 1, 2, 3]) for _ in range(20)]
        for rev, wish in enumerate(wishes):
            assert person.casts([Move(1, rev, wish, f"m{rev}")]).outcomes == ["moved"]
        return wishes[-1]

    last = at_once(*(partial(hesitates, each) for each in people))
    assert [each.ballot()[0] for each in people] == [(wish, 20) for wish in last]


def test_twenty_who_race_for_the_same_dots_never_hold_more_than_is_allowed(store: Store, box: BallotBox) -> None:
    room = Room(store, box, random.Random(), allowance=4, most_per_response=2)
    ada, ben = room.person(), room.person()
    room.goes_to("gather")
    for text in ("Free park and ride", "A night market", "Benches"):
        ada.writes(text)
    room.goes_to("vote")

    def plays(person: Person, tab: int) -> Counter[int]:
        """One of ten tabs. Counts, by dot, the moves that were stored."""
        chance, stored = random.Random(tab), Counter[int]()
        known: list[tuple[int | None, int]] = [(None, 0)] * 4
        for turn in range(20):
            dot = chance.randint(1, 4)
            cast = person.casts([Move(dot, known[dot - 1][1], chance.choice([None, 1, 2, 3]), f"t{tab}-{turn}")])
            stored[dot] += cast.outcomes == ["moved"]
            assert cast.slots is not None
            known = cast.slots
            on = Counter(response for response, _ in cast.slots if response is not None)
            assert on.total() <= 4
            assert all(dots <= 2 for dots in on.values())
        return stored

    tabs = [(person, tab) for tab in range(10) for person in (ada, ben)]
    counted = at_once(*(partial(plays, person, tab) for person, tab in tabs))
    stored: dict[Person, Counter[int]] = {ada: Counter(), ben: Counter()}
    for (person, _), moves in zip(tabs, counted, strict=True):
        assert isinstance(moves, Counter)
        stored[person] += moves
    for person in (ada, ben):
        # Every move that was acknowledged was one revision: none was lost, none counted twice.
        assert [rev for _, rev in person.ballot()] == [stored[person][dot] for dot in range(1, 5)]
    assert room.result.adds_up


def test_a_dot_counts_if_and_only_if_it_was_acknowledged_before_the_close(voting_room: Room) -> None:
    people = [voting_room.person() for _ in range(4)]
    lies: dict[Person, int | None] = dict.fromkeys(people)
    revs = dict.fromkeys(people, 0)
    acknowledged = threading.Semaphore(0)

    def moves_until_it_is_too_late(person: Person) -> str:
        for rev in range(revs[person], revs[person] + 500):
            cast = person.casts([Move(1, rev, 1 + rev % 3, f"m{rev}")])
            if cast.outcomes != ["moved"]:
                return cast.outcomes[0].code if isinstance(cast.outcomes[0], WorkshopError) else "not refused"
            lies[person], revs[person] = 1 + rev % 3, rev + 1
            acknowledged.release()
        return "never closed"

    def closes(after: int) -> dict[int, int]:
        for _ in range(after):
            assert acknowledged.acquire(timeout=10)
        hosting.step(voting_room.store, voting_room.id, 1, "vote", "reveal", by=BY)
        return voting_room.tally

    chance = random.Random(2019)
    for _ in range(50):
        ends = at_once(
            partial(closes, chance.randint(1, 12)), *(partial(moves_until_it_is_too_late, each) for each in people)
        )
        assert ends[1:] == ["voting_closed"] * 4
        assert ends[0] == voting_room.tally == Counter(on for on in lies.values() if on)
        assert [person.ballot()[0] for person in people] == [(lies[person], revs[person]) for person in people]
        hosting.step(voting_room.store, voting_room.id, 1, "reveal", "vote", by=BY)
    assert sum(revs.values()) >= 50


def test_who_groups_while_people_vote_is_refused_and_what_is_withdrawn_strands_no_dot(voting_room: Room) -> None:
    people = [voting_room.person() for _ in range(4)]

    def votes(person: Person) -> list[int | None]:
        """Where one's four dots lie in the end, as far as was acknowledged."""
        chance, revs = random.Random(person.id), [0] * 4
        found: list[int | None] = [None] * 4
        for turn in range(40):
            dot, wish = chance.randint(1, 4), chance.choice([1, 2, 3])
            (outcome,) = person.casts([Move(dot, revs[dot - 1], wish, f"v{turn}")]).outcomes
            if outcome == "moved":
                found[dot - 1], revs[dot - 1] = wish, revs[dot - 1] + 1
            else:
                assert isinstance(outcome, WorkshopError)
                assert (outcome.code, wish) == ("no_such_response", 3)
        return found

    def groups() -> list[str]:
        told = []
        for turn in range(20):
            try:
                grouping.merge(voting_room.store, voting_room.id, 1, [1, 2], 1 + turn % 2, by=BY)
            except WorkshopError as error:
                told.append(error.code)
        return told

    def withdraws() -> None:
        for act in [gathering.withdraw, gathering.restore] * 10:
            act(voting_room.store, voting_room.id, 1, 3, by=BY)

    acts: list[Callable[[], object]] = [groups, withdraws, *(partial(votes, each) for each in people)]
    told, _, *lies = at_once(*acts)
    assert told == ["grouping_locked"] * 20
    # It ended restored, so every dot counts where it was last acknowledged to lie.
    counting = Counter(on for each in lies if isinstance(each, list) for on in each if on)
    assert voting_room.tally == counting
    assert voting_room.result.adds_up


def test_of_a_merge_and_the_start_of_voting_at_once_one_comes_first_and_no_dot_is_lost(voting_room: Room) -> None:
    ada = voting_room.person()
    for dot, wish in ((1, 1), (2, 2), (3, 3)):
        ada.moves(dot, wish)
    ends = set()
    for _ in range(20):
        hosting.step(voting_room.store, voting_room.id, 1, "vote", "gather", by=BY)
        merged, opened = at_once(
            lambda: grouping.merge(voting_room.store, voting_room.id, 1, [1, 2], by=BY),
            lambda: hosting.step(voting_room.store, voting_room.id, 1, "gather", "vote", by=BY),
        )
        assert not isinstance(opened, WorkshopError)
        ends.add(merged.code if isinstance(merged, WorkshopError) else "merged")
        assert voting_room.tally == ({1: 1, 2: 1, 3: 1} if isinstance(merged, WorkshopError) else {1: 2, 3: 1})
        hosting.step(voting_room.store, voting_room.id, 1, "vote", "gather", by=BY)
        grouping.unmerge(voting_room.store, voting_room.id, 1, 2, by=BY)
        assert voting_room.tally == {1: 1, 2: 1, 3: 1}
        hosting.step(voting_room.store, voting_room.id, 1, "gather", "vote", by=BY)
    assert ends <= {"merged", "grouping_locked"}

"""Ballots against a plain model: whatever people and the facilitator do, in any order, with restarts in between.

The model is two dictionaries, of dots and of responses. What it holds was acknowledged; what was acknowledged must be
in the database, and nothing else. A dot stays where it was put; where it counts is found by following pointers.
"""

from __future__ import annotations

import random
from collections import Counter
from typing import Any, NamedTuple

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.cast import ALL_PHASES, BY, Person, Room, opened
from workshop.actions import gathering, grouping, history, hosting, voting
from workshop.errors import NotNow, WorkshopError
from workshop.rules import Move
from workshop.store import Store

PEOPLE = st.integers(0, 2)
DOTS = st.integers(1, 5)
RESPONSES = st.sampled_from([None, 1, 2, 3, 4, 99])
Standing = tuple[str, int | None]
"""How a response stands: live, withdrawn, or merged into another."""


class Done(NamedTuple):
    """What the facilitator did: the entry in the history, and how responses stood before and after."""

    entry: int
    before: dict[int, Standing]
    after: dict[int, Standing]


class Workshop(RuleBasedStateMachine):
    """One workshop with three people."""

    url: str
    """The database, the same one throughout."""

    def __init__(self) -> None:
        super().__init__()
        self.dots: dict[tuple[Person, int], tuple[int | None, int, str]] = {}
        self.responses: dict[int, Standing] = {}
        self.side: dict[int, str] = {}
        self.done: list[Done] = []
        self.undone: set[int] = set()
        self.finished: dict[Person, bool] = {}
        self.phase = "draft"
        self.sent: list[tuple[Person, Move]] = []
        self.ops = 0

    @initialize(allowance=st.integers(1, 5), most=st.sampled_from([None, None, 1, 2]))
    def begins(self, allowance: int, most: int | None) -> None:
        self.allowance = allowance
        self.most = min(most, allowance) if most else None
        self.room = Room(*opened(self.url), random.Random(), allowance=allowance, most_per_response=self.most)
        # Another process on the same database, such as a second server while the first is being replaced.
        self.elsewhere = Room.again(self.room, *opened(self.url))
        self.people = [self.room.person() for _ in range(3)]
        self.goes_to("gather")
        for person in self.people:
            self.writes(person)
        self.goes_to("vote")

    def teardown(self) -> None:
        self.room.store.close()
        self.elsewhere.store.close()

    # What people do ---------------------------------------------------------------------------------------------------

    @rule(person=PEOPLE)
    def somebody_writes(self, person: int) -> None:
        if self.phase == "gather":
            self.writes(self.people[person])
        else:
            with pytest.raises(NotNow):
                self.people[person].writes("Too late or too early")

    @rule(person=PEOPLE, dot=DOTS, response=RESPONSES)
    def somebody_moves_a_dot(self, person: int, dot: int, response: int | None) -> None:
        who = self.people[person]
        self.casts(who, [Move(dot, self.rev(who, dot), response, self.op())])

    @rule(person=PEOPLE, dot=DOTS, response=RESPONSES)
    def somebody_moves_a_dot_through_another_process(self, person: int, dot: int, response: int | None) -> None:
        who = self.people[person]
        move = Move(dot, self.rev(who, dot), response, self.op())
        self.expects(who, voting.move_dots(self.elsewhere.box, self.room.id, who.id, 1, [move]), [move])

    @rule(person=PEOPLE, wishes=st.dictionaries(DOTS, RESPONSES, min_size=2))
    def somebody_moves_several_dots_at_once(self, person: int, wishes: dict[int, int | None]) -> None:
        who = self.people[person]
        self.casts(who, [Move(dot, self.rev(who, dot), on, self.op()) for dot, on in wishes.items()])

    @precondition(lambda self: self.sent)
    @rule(which=st.integers(0))
    def somebody_sends_an_earlier_move_again(self, which: int) -> None:
        who, move = self.sent[-1 - which % len(self.sent)]
        self.casts(who, [move])

    @rule(person=PEOPLE, dot=DOTS, response=RESPONSES, off=st.sampled_from([-1, 1, 2]))
    def somebody_moves_a_dot_from_a_revision_it_has_not(
        self, person: int, dot: int, response: int | None, off: int
    ) -> None:
        who = self.people[person]
        self.casts(who, [Move(dot, max(0, self.rev(who, dot) + off), response, self.op())])

    @rule(person=PEOPLE)
    def somebody_takes_all_their_dots_back(self, person: int) -> None:
        who, op = self.people[person], self.op()
        lying = [dot for dot in range(1, self.allowance + 1) if self.dots.get((who, dot), (None,))[0] is not None]
        cast = voting.take_all_back(self.room.box, self.room.id, who.id, 1, op)
        self.expects(who, cast, [Move(dot, self.rev(who, dot), None, op) for dot in lying])

    @rule(person=PEOPLE, finished=st.booleans())
    def somebody_says_that_they_have_finished(self, person: int, finished: bool) -> None:
        who = self.people[person]

        def says() -> None:
            voting.set_finished(self.room.store, self.room.id, who.id, 1, finished)

        if self.phase == "vote":
            says()
            self.finished[who] = finished
        else:
            with pytest.raises(NotNow):
                says()

    # What the facilitator does ----------------------------------------------------------------------------------------

    @rule(number=st.integers(0))
    def the_facilitator_withdraws(self, number: int) -> None:
        number = self.one_of_them(number)
        if self.responses[number][0] == "merged":
            with pytest.raises(NotNow):
                gathering.withdraw(self.room.store, self.room.id, 1, number, by=BY)
            return
        entry = gathering.withdraw(self.room.store, self.room.id, 1, number, by=BY)
        self.changes(entry, {number: ("withdrawn", None)})

    @rule(number=st.integers(0))
    def the_facilitator_restores(self, number: int) -> None:
        number = self.one_of_them(number)
        entry = gathering.restore(self.room.store, self.room.id, 1, number, by=BY)
        self.changes(entry, {number: ("live", None)} if self.responses[number][0] == "withdrawn" else {})

    @rule(numbers=st.lists(st.integers(0, 5), min_size=1, max_size=3), into=st.integers(0, 5))
    def the_facilitator_merges(self, numbers: list[int], into: int) -> None:
        kept = self.one_of_them(into)
        others = {self.one_of_them(number) for number in numbers} - {kept}
        sides = {self.side[number] for number in (kept, *others)}
        are_live = all(self.is_live(number) for number in (kept, *others))

        def merges() -> int | None:
            return grouping.merge(self.room.store, self.room.id, 1, others, kept, by=BY)[1]

        if self.is_voted or not are_live or len(sides) > 1 or not others:
            with pytest.raises(WorkshopError):
                merges()
        else:
            self.changes(merges(), dict.fromkeys(others, ("merged", kept)))

    @rule(number=st.integers(0))
    def the_facilitator_takes_out(self, number: int) -> None:
        number = self.one_of_them(number)

        def takes_out() -> int | None:
            return grouping.unmerge(self.room.store, self.room.id, 1, number, by=BY)

        if self.is_voted:
            with pytest.raises(NotNow):
                takes_out()
        else:
            self.changes(takes_out(), {number: ("live", None)} if self.responses[number][0] == "merged" else {})

    @precondition(lambda self: self.done)
    @rule(which=st.integers(0, 3))
    def the_facilitator_undoes(self, which: int) -> None:
        """The latest that was done, or one of those before it, undoing included."""
        done = self.done[-1 - which % len(self.done)]

        def undoes() -> int:
            return history.undo(self.room.store, self.room.id, done.entry, by=BY)

        if self.can_be_undone(done):
            entry = undoes()
            self.undone.add(done.entry)
            self.changes(entry, done.before)
        else:
            with pytest.raises(NotNow):
                undoes()

    @rule(phase=st.sampled_from(["gather", "vote", "vote", "vote", "reveal", "closed"]))
    def the_facilitator_goes_to(self, phase: str) -> None:
        self.goes_to(phase)

    @rule()
    def the_server_starts_again(self) -> None:
        self.room.store.close()
        self.room.store, self.room.box = opened(self.url)

    # What always holds ------------------------------------------------------------------------------------------------

    @invariant()
    def ballots_are_what_was_acknowledged(self) -> None:
        assert self.room.ballots(self.people) == [
            [
                (self.counts_for(on), rev)
                for on, rev, _ in (self.dots.get((person, dot), (None, 0, "")) for dot in range(1, self.allowance + 1))
            ]
            for person in self.people
        ]

    @invariant()
    def the_tally_is_what_was_acknowledged(self) -> None:
        placed = [(who, self.counts_for(on)) for (who, _), (on, _, _) in self.dots.items()]
        counting = Counter(on for _, on in placed if on)
        result = self.room.result
        assert self.room.tally == counting
        assert result.in_ballots == result.in_tally == counting.total()
        assert {each.response for each in result.standings} == {
            number for number in self.responses if self.is_live(number)
        }
        assert result.people == len({who for who, on in placed if on})

    @invariant()
    def every_response_stands_where_it_was_put(self) -> None:
        under = {kept: [each.number for each in those] for kept, those in self.room.result.merged.items()}
        assert under == self.under()

    @invariant()
    def nobody_holds_more_than_the_rules_allow(self) -> None:
        for ballot in self.room.ballots(self.people):
            on = Counter(response for response, _ in ballot if response is not None)
            assert on.total() <= self.allowance
            # Whoever put dots on two responses that were merged since has them both on the one.
            sharing = {number: 1 + len(self.under().get(number, ())) for number in on}
            assert all(dots <= (self.most or self.allowance) * sharing[number] for number, dots in on.items())

    @invariant()
    def phase_and_finished_are_what_was_said(self) -> None:
        assert self.room.phase == self.phase
        assert self.room.finished == sum(self.finished.values())

    # The model --------------------------------------------------------------------------------------------------------

    def writes(self, person: Person) -> None:
        op = self.op()
        # One of the three says what should not be.
        side = "no" if person is self.people[2] else "yes"
        number = person.writes("Free park and ride", side, op=op)
        assert number == len(self.responses) + 1
        assert person.writes("The same post again", side, op=op) == number
        self.responses[number] = ("live", None)
        self.side[number] = side

    def one_of_them(self, number: int) -> int:
        return 1 + number % len(self.responses)

    def is_live(self, number: int | None) -> bool:
        return number is not None and self.responses.get(number, ("none", None))[0] == "live"

    def counts_for(self, number: int | None) -> int | None:
        """The live response that a dot on `number` counts for."""
        for _ in self.responses:
            state, into = self.responses.get(number or 0, ("none", None))
            if state != "merged":
                break
            number = into
        return number if self.is_live(number) else None

    def under(self) -> dict[int, list[int]]:
        """What stands under each live response."""
        found: dict[int, list[int]] = {}
        for number, (state, _) in sorted(self.responses.items()):
            kept = self.counts_for(number)
            if state == "merged" and kept is not None:
                found.setdefault(kept, []).append(number)
        return found

    def changes(self, entry: int | None, after: dict[int, Standing]) -> None:
        before = {number: self.responses[number] for number in after}
        if before == after:
            assert entry is None
            return
        assert entry is not None
        self.responses |= after
        self.done.append(Done(entry, before, after))

    def can_be_undone(self, done: Done) -> bool:
        if done.entry in self.undone or any(self.responses[number] != here for number, here in done.after.items()):
            return False
        merges = "merged" in [state for state, _ in (*done.before.values(), *done.after.values())]
        then = self.responses | done.before
        fits = all(into is None or then[into][0] == "live" for _, into in done.before.values())
        return fits and not (merges and self.is_voted)

    @property
    def is_voted(self) -> bool:
        """Whether people have voted, or are voting: then responses stay as they are voted on."""
        return self.phase in ("vote", "reveal", "discuss", "closed")

    def casts(self, who: Person, moves: list[Move]) -> None:
        self.expects(who, who.casts(moves), moves)
        self.sent += [(who, move) for move in moves]

    def expects(self, who: Person, cast: voting.Cast, moves: list[Move]) -> None:
        told = ["refused" if isinstance(each, WorkshopError) else str(each) for each in cast.outcomes]
        assert told == [self.becomes(who, move) for move in moves]
        assert (cast.slots, cast.finished) == (who.ballot(), self.finished.get(who, False))

    def becomes(self, who: Person, move: Move) -> str:
        """What a move should come to; done to the model where it is to be stored."""
        if move.dot > self.allowance:
            return "refused"
        _, rev, op = self.dots.get((who, move.dot), (None, 0, ""))
        if (rev, op) == (move.replaces + 1, move.op):
            return "repeated"
        if self.phase != "vote":
            return "refused"
        if rev != move.replaces:
            return "stale"
        if move.response is not None:
            if not self.is_live(move.response):
                return "refused"
            already = [
                dot
                for (person, dot), lies in self.dots.items()
                if person is who and self.counts_for(lies[0]) == move.response
            ]
            if self.most and move.dot not in already and len(already) >= self.most:
                return "refused"
        self.dots[who, move.dot] = (move.response, rev + 1, move.op)
        return "moved"

    def goes_to(self, phase: str) -> None:
        while self.phase != phase:
            here = ALL_PHASES.index(self.phase)
            there = ALL_PHASES[here + (1 if here < ALL_PHASES.index(phase) else -1)]

            def steps(there: str = there) -> Any:
                return hosting.step(self.room.store, self.room.id, 1, self.phase, there, by=BY)

            if there == "vote" and not any(map(self.is_live, self.responses)):
                with pytest.raises(NotNow):
                    steps()
                return
            steps()
            self.phase = there

    def rev(self, who: Person, dot: int) -> int:
        return self.dots.get((who, dot), (None, 0, ""))[1]

    def op(self) -> str:
        self.ops += 1
        return f"op-{self.ops}"


def test_no_order_of_events_loses_or_makes_a_dot(database_url: str, store: Store) -> None:
    class Here(Workshop):
        url = database_url

    # Looking for a shorter example takes minutes against a database; add `Phase.shrink` to have it.
    phases = (Phase.explicit, Phase.reuse, Phase.generate)
    run_state_machine_as_test(Here, settings=settings(max_examples=13, stateful_step_count=30, phases=phases))
    assert store.is_well()

"""The fixed cast of the tests: people who do what people do, on a store or over HTTP."""

from __future__ import annotations

import random
import threading
from collections.abc import Sequence
from copy import copy
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop import agenda, tokens
from workshop.actions import gathering, hosting, voting
from workshop.actions.history import By
from workshop.agenda import Agenda
from workshop.ballot_box import BallotBox
from workshop.ballots import ballots_of, slots, voting_in
from workshop.models import Ballot, Exercise, Participant, Workshop
from workshop.results import counting, reporting
from workshop.results.counting import Result
from workshop.results.reporting import Report
from workshop.rules import Move
from workshop.store import Store

KEY = "the key of the tests"
NOW = 1_573_776_000  # 15 November 2019, the day of the first workshop
BY = By("facilitator", None, NOW)
ALL_PHASES = ("draft", "gather", "vote", "reveal", "discuss", "closed")


def opened(url: str) -> tuple[Store, BallotBox]:
    """A database and a ballot box with its writer, as a server has when it starts."""
    store = Store(url)
    box = BallotBox(store)
    threading.Thread(target=box.run, daemon=True).start()
    return store, box


class Room:
    """A workshop with one YES/NO exercise, or with what was planned, and everybody in it."""

    def __init__(
        self, store: Store, box: BallotBox, chance: random.Random, planned: Agenda | None = None, **exercise: Any
    ) -> None:
        self.store, self.box, self.chance = store, box, chance
        planned = planned or agenda.from_json(
            {"title": "Town centre", "exercises": [{"prompt": "What matters?", **exercise}]}
        )
        self.workshop = hosting.open_workshop(store, planned, key=KEY, now=NOW, chance=chance)
        self.id = self.workshop.id

    @classmethod
    def known(cls, store: Store, box: BallotBox, workshop: Workshop) -> Room:
        """A workshop that was opened otherwise."""
        room = cls.__new__(cls)
        room.store, room.box, room.chance = store, box, random.Random()
        room.workshop, room.id = workshop, workshop.id
        return room

    @classmethod
    def again(cls, room: Room, store: Store, box: BallotBox | None = None) -> Room:
        """The same workshop through another store."""
        same = copy(room)
        same.store, same.box = store, box or BallotBox(store)
        return same

    def goes_to(self, phase: str) -> None:
        """Move the exercise to a phase, one step after the other."""
        while (here := self.phase) != phase:
            step = 1 if ALL_PHASES.index(here) < ALL_PHASES.index(phase) else -1
            hosting.step(self.store, self.id, 1, here, ALL_PHASES[ALL_PHASES.index(here) + step], by=BY)

    @property
    def phase(self) -> str:
        with self.store.reading() as session:
            return self._exercise(session).phase

    @property
    def result(self) -> Result:
        with self.store.reading() as session:
            return counting.count(session, self._exercise(session))

    @property
    def report(self) -> Report:
        with self.store.reading() as session:
            return reporting.report(session, self._exercise(session))

    @property
    def tally(self) -> dict[int, int]:
        """Dots on each response that has any."""
        return {each.response: each.dots for each in self.result.standings if each.dots}

    @property
    def finished(self) -> int:
        """How many say that they have finished."""
        with self.store.reading() as session:
            wanted = select(Ballot).where(Ballot.exercise_id == self._exercise(session).id, Ballot.finished)
            return len(session.scalars(wanted).all())

    def ballots(self, people: Sequence[Person]) -> list[list[tuple[int | None, int]]]:
        """Everybody's ballot: each dot's response that it counts for, and its revision."""
        with self.store.reading() as session:
            exercise = self._exercise(session)
            voting = voting_in(session, exercise)
            held = ballots_of(session, exercise.id, {person.id for person in people})
            return [slots(held[person.id], voting) for person in people]

    def _exercise(self, session: Session) -> Exercise:
        return session.get_one(Workshop, self.id).exercise

    def versions(self) -> tuple[int, int]:
        with self.store.reading() as session:
            row = session.get_one(Workshop, self.id)
            return row.version, row.tally_version

    def person(self) -> Person:
        return Person(self)


class Person:
    """Somebody with a phone."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.secret = tokens.new_secret(room.chance)
        gathering.join(room.store, room.id, secret=self.secret, chance=room.chance)
        with room.store.reading() as session:
            wanted = select(Participant.id).where(Participant.secret_hash == tokens.digest(self.secret))
            self.id = session.scalars(wanted).one()
        self._ops = count(1)

    def writes(self, text: str, side: str = "yes", op: str | None = None) -> int:
        op = op or f"w{self.id}-{next(self._ops)}"
        number, _ = gathering.add_response(
            self.room.store, self.room.id, 1, participant_id=self.id, side=side, text=text, op=op
        )
        return number

    def moves(self, dot: int, on: int | None, *, replaces: int | None = None, op: str | None = None) -> voting.Cast:
        """Move one dot, from the revision that it has unless another is given."""
        if replaces is None:
            replaces = self.ballot()[dot - 1][1]
        move = Move(dot, replaces, on, op or f"m{self.id}-{next(self._ops)}")
        return voting.move_dots(self.room.box, self.room.id, self.id, 1, [move])

    def casts(self, moves: Sequence[Move]) -> voting.Cast:
        return voting.move_dots(self.room.box, self.room.id, self.id, 1, moves)

    def ballot(self) -> list[tuple[int | None, int]]:
        """Each dot: the response that it counts for, and its revision."""
        return self.room.ballots([self])[0]

    def dots_on(self, response: int) -> int:
        return sum(1 for on, _ in self.ballot() if on == response)

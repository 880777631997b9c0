"""A rehearsal: the workshop again, with simulated people who do in each phase what people do.

It is a workshop of its own, with its own code and links, so nothing in it can reach the real one; and it is marked as
simulated on its screens and in its exports.
"""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.actions import gathering, voting
from workshop.actions.hosting import find_exercise
from workshop.ballot_box import BallotBox
from workshop.errors import WorkshopError
from workshop.models import Participant, Response, Workshop
from workshop.rules import Move
from workshop.store import Store

log = logging.getLogger(__name__)

# How long a round takes, in seconds, however many there are: as long as a facilitator wants to look at it.
ROUND = 20.0

# Some say the same in other words, so that there is something to group.
THINGS_TO_SAY = (
    "More benches", "More benches in the square", "Benches, more of them", "Longer library hours", "Safer crossings",
    "A market on Sundays", "Sunday market", "Trees along the high street", "Plant more trees", "Fewer signs",
    "Clear signs to the station", "A repair café", "Public toilets that are open", "Toilets near the market",
    "Buses in the evening", "Later buses", "Cycle parking", "Somewhere to sit out of the rain", "Free water taps",
    "A room for young people", "Quiet hours in the pool", "Ramps where there are steps", "Shops that stay open",
    "One place to report things", "Answers within a week", "Forms that work on a phone", "A play street in summer",
    "Murals on the blank walls", "Lights in the underpass", "Less clutter on the pavement",
)  # fmt: skip


class Rehearsals:
    """The people of all rehearsals in this process. `spawn` starts a task in the background, `sleep` pauses it."""

    def __init__(
        self,
        store: Store,
        box: BallotBox,
        chance: random.Random,
        spawn: Callable[..., Any],
        sleep: Callable[[float], Any],
        seconds: float = ROUND,
    ) -> None:
        self._store, self._box, self._chance = store, box, chance
        self._spawn, self._sleep, self.seconds = spawn, sleep, seconds
        self._under_way: set[tuple[int, int, str]] = set()
        self._gate = threading.Lock()

    def follow(self, workshop_id: int) -> None:
        """Have the people of a rehearsal do what its exercise asks for now, unless they are at it."""
        with self._store.reading() as session:
            workshop = session.get(Workshop, workshop_id)
            if workshop is None or not workshop.is_rehearsal or workshop.exercise.phase not in ("gather", "vote"):
                return
            round_ = (workshop_id, workshop.exercise.number, workshop.exercise.phase)
        with self._gate:
            if round_ in self._under_way:
                return
            self._under_way.add(round_)
        self._spawn(self._play, round_)

    def _play(self, round_: tuple[int, int, str]) -> None:
        workshop_id, number, phase = round_
        try:
            (self._write if phase == "gather" else self._vote)(workshop_id, number)
        except WorkshopError:
            pass  # The exercise has moved on under their hands, as it does under people's.
        except Exception:
            log.exception("A rehearsal's people stopped")
        finally:
            with self._gate:
                self._under_way.discard(round_)

    def _write(self, workshop_id: int, number: int) -> None:
        with self._store.reading() as session:
            exercise = find_exercise(session, workshop_id, number)
            sides = [side.key for side in exercise.sides]
            people = _people(session, workshop_id)
            written = session.scalars(select(Response.author_id).where(Response.exercise_id == exercise.id)).all()
        if not people or set(people) & set(written):
            return
        sayings = self._chance.sample(THINGS_TO_SAY, min(len(THINGS_TO_SAY), 2 * len(people)))
        for place, text in enumerate(sayings):
            self._pause(len(sayings))
            gathering.add_response(
                self._store,
                workshop_id,
                number,
                participant_id=people[place % len(people)],
                side=self._chance.choice(sides),
                text=text,
                op=f"rehearsal-{place}",
            )

    def _vote(self, workshop_id: int, number: int) -> None:
        """Each puts most of their dots where they like it; a few leave some in hand, and one does not finish."""
        with self._store.reading() as session:
            exercise = find_exercise(session, workshop_id, number)
            allowance = exercise.allowance
            live = session.scalars(
                select(Response.number).where(Response.exercise_id == exercise.id, Response.state == "live")
            ).all()
            people = _people(session, workshop_id)
        liking = [1 / (1 + place) for place in range(len(live))]
        self._chance.shuffle(liking)
        wishes = [
            (person, dot, self._chance.choices(live, liking)[0])
            for person in people
            for dot in range(1, allowance + 1)
            if self._chance.random() < 0.95
        ]
        self._chance.shuffle(wishes)
        for person, dot, response in wishes:
            self._pause(len(wishes))
            # What the rules of the exercise refuse stays in hand, as with people.
            voting.move_dots(
                self._box, workshop_id, person, number, [Move(dot, 0, response, f"rehearsal-{dot}-{response}")]
            )
        for person in people[1:]:
            voting.set_finished(self._store, workshop_id, person, number, True)

    def _pause(self, steps: int) -> None:
        self._sleep(self.seconds / steps)


def _people(session: Session, workshop_id: int) -> Sequence[int]:
    """Those that are simulated. Whoever joins a rehearsal with a phone plays for themself."""
    return session.scalars(
        select(Participant.id)
        .where(Participant.workshop_id == workshop_id, Participant.kind == "simulated")
        .order_by(Participant.number)
    ).all()

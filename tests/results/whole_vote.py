"""A vote that has everything in it that a result can say: merged, themed, contested and split responses, and a line."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from tests.cast import BY, Room
from workshop.actions import grouping
from workshop.ballot_box import BallotBox
from workshop.models import Workshop
from workshop.results import counting, downloads, recount, reporting
from workshop.rules import Move
from workshop.store import Store

WRITTEN = (
    ("Bus lanes", "yes"), ("A bus lane", "yes"), ("Free park and ride", "yes"), ("A night market", "yes"),
    ("Benches under trees", "yes"), ("Buses on Sundays", "yes"), ("Free park and ride", "no"), ("More car parks", "no"),
    ("Buses on a Sunday", "yes"), ("Closing the library", "no"),
)  # fmt: skip
# R9 is merged into R6. R4 has most; R1 and R2 miss the line apart, and R3 is contested by R7. R10 has no dot.
CAST = ([4, 4, 3, 1], [4, 7, 2, 1], [4, 3, 9, 2], [4, 6, 6, 7], [3, 5, 1, 8], [4, 5, 2, 2])


class WholeVote:
    """The vote, and what is taken away of it."""

    def __init__(self, store: Store, box: BallotBox, *, places: int | None = 2, share: int | None = None) -> None:
        self.room = room = Room(store, box, random.Random())
        people = [room.person() for _ in CAST]
        room.goes_to("gather")
        for text, side in WRITTEN:
            people[0].writes(text, side)
        grouping.merge(store, room.id, 1, [6, 9], 6, by=BY)
        for name, numbers in (("Getting here", [1, 2, 3, 6]), ("Being here", [4, 5, 8])):
            theme, _ = grouping.add_theme(store, room.id, 1, name, by=BY)
            grouping.set_theme(store, room.id, 1, numbers, theme, by=BY)
        room.goes_to("vote")
        for person, wishes in zip(people, CAST, strict=True):
            moves = [Move(dot, 0, 6 if on == 9 else on, "a") for dot, on in enumerate(wishes, start=1)]
            assert set(person.casts(moves).outcomes) == {"moved"}
        with store.change(room.id) as session:
            exercise = session.get_one(Workshop, room.id).exercise
            exercise.cut, exercise.cut_share = places, share
        room.goes_to("discuss")

    @property
    def ballots(self) -> bytes:
        """The file of ballots."""
        with self.room.store.reading() as session:
            exercise = session.get_one(Workshop, self.room.id).exercises[0]
            return recount.written(session, exercise, counting.count(session, exercise))

    @property
    def results(self) -> Any:
        """The results as JSON."""
        with self.room.store.reading() as session:
            exercise = session.get_one(Workshop, self.room.id).exercises[0]
            return json.loads(downloads.write("json", reporting.report(session, exercise)))

    def keep(self, folder: Path) -> tuple[Path, Path]:
        """Both, as files."""
        ballots, results = folder / "ballots.json", folder / "results.json"
        ballots.write_bytes(self.ballots)
        results.write_text(json.dumps(self.results), "utf-8")
        return ballots, results

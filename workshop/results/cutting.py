"""The line under the priorities that go forward. It never cuts a tie: those who tie across it may have a run-off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop import rules
from workshop.models import Exercise, Response


@dataclass(frozen=True, slots=True)
class Line:
    """Where the line is. Responses are their numbers, in order of rank."""

    above: Sequence[int]
    """Those that go forward whatever becomes of the tie."""
    tied: Sequence[int] = ()
    """Those that tie across the line."""
    places: int = 0
    """How many of them can go forward."""
    run_off: int | None = None
    """The number of the exercise that is to settle it, or has."""
    settled: Sequence[int] | None = None
    """Those of the tied that go forward, once that exercise has said so."""
    margin: int | None = field(default=None, compare=False)
    """How many dots lie between the last above the line and the first below it: 0 where they tie, None where nothing
    is on one side of it."""

    @property
    def is_open(self) -> bool:
        """Whether it is not known yet who goes forward."""
        return bool(self.tied) and self.settled is None

    @property
    def forward(self) -> list[int]:
        """All that are known to go forward."""
        return [*self.above, *(self.settled or ())]


def draw(standings: Sequence[rules.Standing], cut: int) -> Line:
    """The line under the first `cut` places, as the standings alone have it."""
    tied, places = rules.tie_across(standings, cut)
    above = [each.response for each in standings[: cut - places]]
    return Line(above, tied, places, margin=_margin(standings, cut))


def _margin(standings: Sequence[rules.Standing], cut: int) -> int | None:
    return standings[cut - 1].dots - standings[cut].dots if 1 <= cut < len(standings) else None


def cut_of(
    places: int | None, share: int | None, standings: Sequence[rules.Standing], *, run_off: bool = False
) -> int | None:
    """Under how many places the line is: as many as were named, or as few as hold `share` per cent of all dots. None
    where no line was drawn.

    What nobody put a dot on does not go forward, however many places there are. In a `run_off` it may: those in it had
    dots when they tied, and its places are to be filled.
    """
    if places is not None:
        return places if run_off else min(places, sum(1 for each in standings if each.dots))
    if share is None:
        return None
    wanted = share * sum(each.dots for each in standings)
    held = cut = 0
    # In whole numbers, for a share that is met exactly is met.
    while 100 * held < wanted:
        held += standings[cut].dots
        cut += 1
    return cut


def find_run_off(session: Session, exercise: Exercise, line: Line) -> Exercise | None:
    """The exercise that was started to settle this tie. One for another line, or for other responses, settles
    nothing.
    """
    for each in exercise.workshop.exercises:
        if each.run_off_of == exercise.number and each.cut == line.places:
            numbers = session.scalars(select(Response.number).where(Response.exercise_id == each.id))
            if set(numbers) == set(line.tied):
                return each
    return None

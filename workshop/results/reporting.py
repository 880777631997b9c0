"""All that is said of one exercise, put together once for the page and for every file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy.orm import Session

from workshop.models import Exercise, Workshop
from workshop.results import contested, counting, fairness, herding, lenses, recount, splitting
from workshop.results.breadth import Breadth, breadth
from workshop.results.counting import Result
from workshop.results.findings import Finding
from workshop.results.margins import of_line
from workshop.results.remembering import remembered
from workshop.results.robustness import of_stability
from workshop.results.spread import of_breadth
from workshop.results.stability import Stability, stability
from workshop.results.talk import Talk, talk
from workshop.results.theming import of_themes


@dataclass(frozen=True, slots=True)
class Report:
    """A counted exercise with everything that is known of it. Nothing in it ties a ballot to a person."""

    workshop: Workshop
    exercise: Exercise
    result: Result
    talk: Talk
    findings: Sequence[Finding] = ()
    """In the order in which they are read. Empty where there was no vote."""
    breadth: Mapping[int, Breadth] = field(default_factory=dict)
    """By the number of the response."""
    stability: Mapping[int, Stability] = field(default_factory=dict)
    fingerprint: str = ""
    """The SHA-256 of the file of ballots, in hexadecimal; empty where there was no vote, or dots can still move."""

    @property
    def is_by_groups(self) -> bool:
        """Whether it holds what was voted by lens; then ballots are not given away."""
        return any(each.key == "lenses" and each.data["groups"] for each in self.findings)


def report(session: Session, exercise: Exercise, result: Result | None = None) -> Report:
    """Everything about one exercise, read in one transaction. `result` saves counting again."""
    result = result or counting.count(session, exercise)
    said = talk(session, exercise, result)
    if not said.voted and not result.people:
        return Report(exercise.workshop, exercise, result, said)
    worked_out = remembered(session, exercise, lambda: _work_out(session, exercise, result, said))
    return Report(exercise.workshop, exercise, result, said, *worked_out)


class _WorkedOut(NamedTuple):
    """What takes long to work out, as it stands in a report."""

    findings: Sequence[Finding]
    breadth: Mapping[int, Breadth]
    stability: Mapping[int, Stability]
    fingerprint: str


def _work_out(session: Session, exercise: Exercise, result: Result, said: Talk) -> _WorkedOut:
    broad = breadth(result.ballots, result.standings)
    stable = stability(
        result.ballots,
        result.responses,
        places=exercise.cut,
        share=exercise.cut_share,
        run_off=exercise.run_off_of is not None,
    )
    return _WorkedOut(
        findings=_findings(session, exercise, result, broad, stable),
        breadth=broad,
        stability=stable,
        fingerprint=recount.fingerprint_of(session, exercise, result) if said.voted and not result.provisional else "",
    )


def _findings(
    session: Session,
    exercise: Exercise,
    result: Result,
    broad: Mapping[int, Breadth],
    stable: Mapping[int, Stability],
) -> list[Finding]:
    found: list[Finding | None] = [
        of_line(exercise, result),
        of_stability(result, stable),
        of_breadth(result, broad),
        of_themes(result.by_theme(), {number: theme.name for number, theme in result.themes.items()}),
        contested.finding(exercise, result),
        splitting.finding(exercise, result),
        fairness.finding(session, exercise, result),
        herding.finding(session, exercise),
        lenses.finding(session, exercise, result),
    ]
    return [each for each in found if each is not None]

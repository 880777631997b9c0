"""What every file of a result says about itself: what it is called, whether it is final, whether it adds up."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime

from workshop.models import Exercise, Workshop
from workshop.results import sentences
from workshop.results.counting import Result
from workshop.results.reporting import Report


def file_name(form: str, workshop: Workshop, exercise: Exercise, result: Result) -> str:
    """2026-03-14_town-centre_ex1-results.csv, or …-results-provisional.csv while dots can still move."""
    stamp = "-provisional" if result.provisional else ""
    return f"{stem(workshop, exercise, 'results')}{stamp}.{form}"


def stem(workshop: Workshop, exercise: Exercise, what: str) -> str:
    """What the name of a file about an exercise begins with: 2026-03-14_town-centre_ex1-results."""
    return f"{stem_of(workshop)}_ex{exercise.number}-{what}{'-rehearsal' if workshop.is_rehearsal else ''}"


def stem_of(workshop: Workshop) -> str:
    """What the name of a file about a workshop begins with: 2026-03-14_town-centre."""
    day = datetime.fromtimestamp(workshop.opened_at, UTC).date().isoformat()
    plain = unicodedata.normalize("NFKD", workshop.title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "workshop"
    return f"{day}_{slug}"


def check_sentence(result: Result) -> str:
    """Whether the count adds up, in one sentence for whoever reads the file."""
    if result.adds_up:
        hold = "holds" if result.people == 1 else "hold"
        held = f"{_count(result.people, 'ballot')} {hold} {_count(result.in_ballots, 'dot')}"
        return f"Checked: {held}, and the tally holds the same {result.in_tally}."
    return f"Does not add up: {result.in_ballots} dots in ballots, {result.in_tally} in the tally. Do not use it."


def stamps(report: Report) -> list[str]:
    """What has to be known before a result is believed: that it is provisional, a rehearsal, partly on paper …"""
    workshop, exercise, result = report.workshop, report.exercise, report.result
    if not report.talk.voted:
        simulated = ["Simulated: these responses are not from people."] if workshop.simulated else []
        return [*simulated, "A vote was begun and not finished." if result.people else "No vote was taken."]
    notes = []
    if result.provisional:
        notes.append(sentences.provisional())
    notes += filter(None, (sentences.made_up(workshop), sentences.paper_sentence(result)))
    if exercise.in_the_room is not None:
        notes.append(sentences.in_the_room(workshop, exercise.in_the_room, result.people))
    if result.line is not None and result.line.run_off is not None:
        settled = "was settled" if result.line.settled is not None else "is to be settled"
        notes.append(f"The tie across the line {settled} by a run-off in exercise {result.line.run_off}.")
    if exercise.run_off_of is not None:
        notes.append(f"This is a run-off among those who tied in exercise {exercise.run_off_of}.")
    return notes


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"

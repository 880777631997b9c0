"""What every file of a result says about itself: what it is called, whether it is final, whether it adds up."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime

from flask_babel import gettext, ngettext

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
    if not result.adds_up:
        return str(
            gettext(
                "Does not add up: %(ballots)s dots in ballots, %(tally)s in the tally. Do not use it.",
                ballots=result.in_ballots,
                tally=result.in_tally,
            )
        )
    return str(
        ngettext(
            "Checked: %(num)s ballot holds %(dots)s, and the tally holds the same %(tally)s.",
            "Checked: %(num)s ballots hold %(dots)s, and the tally holds the same %(tally)s.",
            result.people,
            dots=ngettext("%(num)s dot", "%(num)s dots", result.in_ballots),
            tally=result.in_tally,
        )
    )


def stamps(report: Report) -> list[str]:
    """What has to be known before a result is believed: that it is provisional, a rehearsal, partly on paper …"""
    workshop, exercise, result = report.workshop, report.exercise, report.result
    if not report.talk.voted:
        begun = gettext("A vote was begun and not finished.") if result.people else gettext("No vote was taken.")
        return [*([gettext("Simulated: these responses are not from people.")] if workshop.simulated else []), begun]
    notes = []
    if result.provisional:
        notes.append(sentences.provisional())
    notes += filter(None, (sentences.made_up(workshop), sentences.paper_sentence(result)))
    if exercise.in_the_room is not None:
        notes.append(sentences.in_the_room(workshop, exercise.in_the_room, result.people))
    notes += [str(each) for each in _of_run_offs(exercise, result)]
    return notes


def _of_run_offs(exercise: Exercise, result: Result) -> Iterator[str]:
    if result.line is not None and result.line.run_off is not None:
        number = result.line.run_off
        if result.line.settled is None:
            yield gettext(
                "The tie across the line is to be settled by a run-off in exercise %(number)s.", number=number
            )
        else:
            yield gettext("The tie across the line was settled by a run-off in exercise %(number)s.", number=number)
    if exercise.run_off_of is not None:
        yield gettext("This is a run-off among those who tied in exercise %(number)s.", number=exercise.run_off_of)

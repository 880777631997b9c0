"""What an exercise comes to beside its dots: what facilitators wrote down, and responses by what they have in common.

Notes are for facilitators and for whoever has the results link: nothing here goes onto a participant's screen or a
board.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.models import Exercise, Note, Response, Theme
from workshop.results.counting import Result


@dataclass(frozen=True, slots=True)
class Talk:
    """`notes` are by the number of their response, that of the exercise itself under 0; empty ones are left out."""

    notes: Mapping[int, str] = field(default_factory=dict)
    by_theme: Sequence[tuple[Theme | None, Sequence[Response]]] = ()
    """Each theme with its responses, and at the end None with those that have no theme."""
    voted: bool = True
    """Whether there is the result of a vote. One that was begun and not finished has none."""

    def note(self, response: int) -> str:
        return self.notes.get(response, "")


def talk(session: Session, exercise: Exercise, result: Result) -> Talk:
    """What is known of a counted exercise beside its dots."""
    written = session.scalars(select(Note).where(Note.exercise_id == exercise.id)).all()
    themes = session.scalars(
        select(Theme).where(Theme.exercise_id == exercise.id, ~Theme.removed).order_by(Theme.number)
    ).all()
    return Talk(
        notes=_notes({note.response: note.text.strip() for note in written}, result),
        by_theme=_by_theme(themes, [result.responses[number] for number in sorted(result.responses)]),
        voted=exercise.has_results,
    )


def _notes(written: Mapping[int, str], result: Result) -> dict[int, str]:
    """Notes as they are read: that of an original stands with the response that it was merged into."""
    notes = {}
    for number in (0, *result.responses):
        merged = [each.number for each in result.merged.get(number, ()) if written.get(each.number)]
        parts = [written.get(number, ""), *(f"R{original}: {written[original]}" for original in merged)]
        if text := "\n".join(filter(None, parts)):
            notes[number] = text
    return notes


def _by_theme(themes: Sequence[Theme], responses: Sequence[Response]) -> list[tuple[Theme | None, Sequence[Response]]]:
    known = {theme.number for theme in themes}
    groups: list[tuple[Theme | None, Sequence[Response]]] = [
        (theme, [each for each in responses if each.theme == theme.number]) for theme in themes
    ]
    groups.append((None, [each for each in responses if each.theme not in known]))
    return [(theme, those) for theme, those in groups if those]

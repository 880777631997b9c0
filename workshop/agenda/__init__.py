"""An agenda: what a workshop is to do, as JSON or as the fields of a form, checked and turned into plain values."""

from __future__ import annotations

from workshop.agenda.bilingual import language, texts
from workshop.agenda.checking import words
from workshop.agenda.files import from_json, read_side, to_json
from workshop.agenda.forms import exercise_from_form, from_form, title_in_form, to_form
from workshop.agenda.lenses import LONGEST_LENS, MOST_LENSES, lenses_from_lines
from workshop.agenda.planned import (
    LONGEST_PROMPT,
    LONGEST_TITLE,
    MOST_EXERCISES,
    MOST_RESPONSES,
    MOST_SHARE,
    NO_COLUMNS,
    YES_AND_NO,
    Agenda,
    PlannedExercise,
    PlannedSide,
)

__all__ = [
    "LONGEST_LENS", "LONGEST_PROMPT", "LONGEST_TITLE", "MOST_EXERCISES", "MOST_LENSES", "MOST_RESPONSES", "MOST_SHARE",
    "NO_COLUMNS", "YES_AND_NO", "Agenda", "PlannedExercise", "PlannedSide", "exercise_from_form", "from_form",
    "from_json", "language", "lenses_from_lines", "read_side", "texts", "title_in_form", "to_form", "to_json", "words",
]  # fmt: skip

"""What somebody wrote, as its reader is shown it: in the language of their page, where it is written in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from flask_babel import force_locale
from markupsafe import Markup

from workshop.languages import Language, current, described, said_in
from workshop.models import Exercise, Side, Workshop
from workshop.pages.house import house
from workshop.results import showing


class Said(str):
    """A text, with the tag of the language that it is in: for the attribute `lang` of its element."""

    __slots__ = ("tag",)
    tag: str

    def __new__(cls, text: str, code: str) -> Said:
        said = super().__new__(cls, text)
        said.tag = code.replace("_", "-")
        return said


def said(what: Any, field: str, own: str | None = None) -> Said:
    """A field that may be written in further languages: of a workshop, an exercise or a column, or of one that is only
    planned. `own` is the language of the workshop, where `what` does not know it.
    """
    return Said(*said_in(current(), own or what.language, getattr(what, field), getattr(what, f"{field}_in")))


def asked(exercise: Exercise) -> Said:
    """The prompt, or all of them: what an agenda calls the exercise."""
    return Said(*exercise.asked_in(current()))


def side_name(side: Side, own: str | None = None) -> Said:
    """What a column is called: YES and NO in the language of the page, others in it if they are written in it."""
    return said(side, "name", own) if side.name else Said(showing.side_name(side), current())


# Both languages -------------------------------------------------------------------------------------------------------


def second_language(workshop: Workshop) -> Language | None:
    """The language that a board of two shows beside its own; None where it shows one. It is the one that the workshop
    is in, or else one that something of it is written in, or any that there is.
    """
    if workshop.board_languages != "both":
        return None
    written = (code for exercise in workshop.exercises for code in exercise.languages)
    known = house().languages
    wished = (workshop.language, *(workshop.title_in or ()), *written, *(language.code for language in known))
    return next((known[code] for code in wished if code in known and code != current()), None)


def in_both(workshop: Workshop, what: Any, field: str) -> Iterator[Said]:
    """What `said` says in the language of a board and, where it shows two and this is written in both, in the other."""
    return _in_both(workshop, lambda: said(what, field))


def names_in_both(workshop: Workshop, side: Side) -> Iterator[Said]:
    return _in_both(workshop, lambda: side_name(side))


def _in_both(workshop: Workshop, say: Callable[[], Said]) -> Iterator[Said]:
    first, other = say(), second_language(workshop)
    yield first
    if other is not None:
        with force_locale(other.code):
            second = say()
        if second.tag != first.tag:
            yield second


def drafts_on_board(workshop: Workshop) -> list[Language]:
    """Of the languages that a board is in, those whose words nobody has reviewed."""
    shown = house().languages[current()], second_language(workshop)
    return [each for each in shown if each is not None and not each.is_reviewed]


def in_language(language: Language, words: Callable[[], Markup]) -> Markup:
    """What a part of a template says in another language than the page's."""
    with force_locale(language.code):
        return words()


# Forms ----------------------------------------------------------------------------------------------------------------


def further_languages(own: str, fields: Iterable[str] = ()) -> list[Language]:
    """The languages that a form has fields for beside the workshop's own: those of the pages, and those that one of its
    `fields` (`prompt_in_fr`) is in already.
    """
    known = house().languages
    there = {field.rpartition("_in_")[2] for field in fields if "_in_" in field}
    others = filter(None, map(language_called, sorted(there - {each.code for each in known})))
    return [each for each in (*known, *others) if each.code != own]


def language_called(code: str) -> Language | None:
    """The language of a code, whether or not there are pages in it; None where there is no such language."""
    if code in house().languages:
        return house().languages[code]
    try:
        return described(code)
    except ValueError:
        return None

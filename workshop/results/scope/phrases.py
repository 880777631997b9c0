"""How a scope says things: what is empty, what a response rests on, what a field holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext, ngettext

from workshop.documents import Bullets, Paragraph
from workshop.errors import N_
from workshop.results.scope.dates import day_of, in_words

EMPTY = N_("Not agreed in the workshop")

PRIORITIES = {"high": N_("High"), "medium": N_("Medium"), "low": N_("Low")}
VERDICTS = {
    "safe": N_("The same whichever one ballot is left out."),
    "one person decides": N_("One person’s ballot decides it."),
    "coin toss": N_("It ties across the line."),
}


def said(value: object) -> str:
    """A field's value, or the sentence that there is none."""
    return str(value) if value not in (None, "") else str(gettext(EMPTY))


def listed(values: Sequence[str]) -> str:
    """Several values in one cell, a line each."""
    return said("\n".join(values))


def date_said(value: object) -> str:
    day = day_of(value)
    return said(day and in_words(day))


def paragraphs(text: str) -> Iterator[Paragraph]:
    """A text as it was written, a paragraph for each of its lines."""
    lines = [line for line in text.splitlines() if line.strip()]
    yield from map(Paragraph, lines)
    if not lines:
        yield nothing()


def bullets(lines: Sequence[str]) -> Bullets | Paragraph:
    return Bullets(lines) if lines else nothing()


def nothing() -> Paragraph:
    """There is nothing where something could be."""
    return Paragraph(gettext(EMPTY), "empty")


def named(item: Mapping[str, Any], apart: bool) -> str:
    """What an item says, with the response that it comes from: R7, or R7 of exercise 2 where more than one exercise
    feeds the scope and they are to be kept `apart`.
    """
    text, response = str(item["text"]), item.get("response")
    if not response:
        return text
    if apart and item.get("exercise"):
        response = gettext("%(response)s of exercise %(number)s", response=response, number=item["exercise"])
    return f"{text} ({response})"


def evidence_said(evidence: Mapping[str, Any]) -> str:
    """12 dots from 5 people, rank 2=, 19% of all dots. The same whichever one ballot is left out."""
    if not evidence or evidence.get("dots") is None:
        return str(gettext("Written here, not voted on"))
    dots = ngettext("%(num)s dot", "%(num)s dots", evidence["dots"])
    people = evidence.get("people") or 0
    facts = [ngettext("%(dots)s from %(num)s person", "%(dots)s from %(num)s people", people, dots=dots)]
    if evidence.get("side"):
        facts.append(gettext("in %(column)s", column=evidence["side"]))
    if evidence.get("rank"):
        facts.append(gettext("rank %(rank)s", rank=evidence["rank"]))
    if evidence.get("share") is not None:
        facts.append(gettext("%(share)s of all dots", share=f"{evidence['share']:.0%}"))
    verdict = evidence.get("verdict")
    # Another verdict is a sentence already, such as that a run-off settled it.
    more = [gettext(VERDICTS[verdict]) if verdict in VERDICTS else _sentence(str(verdict))] if verdict else []
    if evidence.get("below"):
        more.append(gettext("It is no longer above the line."))
    return " ".join([f"{', '.join(facts)}.", *more])


def _sentence(words: str) -> str:
    """Words by somebody else as a sentence."""
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."

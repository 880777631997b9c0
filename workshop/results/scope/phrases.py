"""How a scope says things: what is empty, what a response rests on, what a field holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext, ngettext

from workshop.documents import Bullets, Paragraph
from workshop.errors import N_
from workshop.results.robustness import verdict_said
from workshop.results.scope.dates import day_of
from workshop.results.showing import capitalised, show_day, show_share

EMPTY = N_("Not agreed in the workshop")

PRIORITIES = {"high": N_("High"), "medium": N_("Medium"), "low": N_("Low")}


def said(value: object) -> str:
    """A field's value, or the sentence that there is none."""
    return str(value) if value not in (None, "") else str(gettext(EMPTY))


def listed(values: Sequence[str]) -> str:
    """Several values in one cell, a line each."""
    return said("\n".join(values))


def date_said(value: object) -> str:
    day = day_of(value)
    return said(day and show_day(day))


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
    """12 dots from 5 people, rank 2=, 19.0% of all dots. Safe above the line."""
    if not evidence or evidence.get("dots") is None:
        return str(gettext("Written here, not voted on"))
    facts = [support_said(evidence)]
    if evidence.get("side"):
        facts.append(gettext("in %(column)s", column=evidence["side"]))
    if evidence.get("rank"):
        facts.append(gettext("rank %(rank)s", rank=evidence["rank"]))
    if evidence.get("share") is not None:
        facts.append(gettext("%(share)s of all dots", share=show_share(evidence["share"])))
    firmness = firmness_said(evidence)
    return " ".join([f"{', '.join(facts)}.", *([f"{capitalised(firmness)}."] if firmness else [])])


def support_said(evidence: Mapping[str, Any]) -> str:
    """12 dots from 5 people."""
    people = ngettext("%(num)s person", "%(num)s people", evidence.get("people") or 0)
    return str(ngettext("%(num)s dot from %(people)s", "%(num)s dots from %(people)s", evidence["dots"], people=people))


def firmness_said(evidence: Mapping[str, Any]) -> str:
    """How firmly it stood above the line when it was taken from the result, or that it does not any more."""
    if evidence.get("below"):
        return str(gettext("no longer above the line"))
    return verdict_said(evidence.get("verdict"), evidence.get("place"))


def are_apart(content: Mapping[str, Any]) -> bool:
    """Whether responses of more than one exercise are among the items, so that R7 alone would not say which."""
    return len({each["exercise"] for those in content["items"].values() for each in those if each["response"]}) > 1

"""The items of a scope in its document: in, out and parked, and what they are mapped to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext

from workshop.documents import Block, Heading, Paragraph, Table
from workshop.results.scope.phrases import EMPTY, PRIORITIES, are_apart, evidence_said, listed, named, nothing, said
from workshop.results.scope.saying import SECTIONS

Content = Mapping[str, Any]
Item = Mapping[str, Any]


def in_scope(content: Content) -> Iterator[Block]:
    items, apart = content["items"]["in"], are_apart(content)
    yield Heading(1, gettext("In scope"))
    if not items:
        yield nothing()
        return
    yield Table(
        gettext("What is in scope, and what it rests on"),
        [gettext("In scope"), gettext("Priority"), gettext("Evidence")],
        [[named(each, apart), priority_said(each), evidence_said(each["evidence"])] for each in items],
    )
    yield Table(
        gettext("What was said of it, and where it belongs"),
        [gettext("In scope"), gettext("Note"), gettext("Components"), gettext("Core areas")],
        [
            [named(each, apart), said(each["note"]), listed(each["components"]), listed(each["core_areas"])]
            for each in items
        ],
    )


def out_of_scope(content: Content) -> Iterator[Block]:
    items, apart = content["items"]["out"], are_apart(content)
    yield Heading(1, gettext("Out of scope"))
    if not items:
        yield nothing()
        return
    yield Table(
        gettext("What is out of scope, and where it is handled instead"),
        [gettext("Out of scope"), gettext("Handled instead"), gettext("Note"), gettext("Evidence")],
        [
            [named(each, apart), said(each["elsewhere"]), said(each["note"]), evidence_said(each["evidence"])]
            for each in items
        ],
    )


def parked(content: Content) -> Iterator[Block]:
    items, apart = content["items"]["parked"], are_apart(content)
    yield Heading(1, gettext("Contested and parked"))
    if not items:
        yield nothing()
        return
    yield Table(
        gettext("What people did not agree on, or left for later"),
        [gettext("Parked"), gettext("Note"), gettext("Evidence")],
        [[named(each, apart), said(each["note"]), evidence_said(each["evidence"])] for each in items],
    )


def core_areas(content: Content) -> Iterator[Block]:
    """Each core area with what is mapped to it, and which of them nobody touched."""
    areas = content["parts"]["core_areas"]["areas"]
    yield Heading(1, gettext("Map to the core areas"))
    yield from _mapped(
        content,
        areas,
        "core_areas",
        gettext("What touches which core area"),
        gettext("Core area"),
        gettext("Nobody touched this area"),
    )
    untouched = [area for area in areas if not _of(content, "core_areas", area, "in")]
    if untouched and len(untouched) < len(areas):
        yield Paragraph(gettext("Nothing in scope touches: %(areas)s.", areas=", ".join(untouched)))
    elif untouched:
        yield Paragraph(gettext("Nothing in scope is mapped to a core area."))


def components(content: Content) -> Iterator[Block]:
    """Each component with what is mapped to it."""
    yield Heading(1, gettext("Components"))
    yield from _mapped(
        content,
        content["parts"]["components"]["components"],
        "components",
        gettext("What belongs to which component"),
        gettext("Component"),
        gettext("Nothing is mapped to this component"),
    )


def priority_said(item: Item) -> str:
    return str(gettext(PRIORITIES.get(item["priority"] or "", EMPTY)))


def _mapped(
    content: Content, places: Sequence[str], field: str, caption: str, heading: str, untouched: str
) -> Iterator[Block]:
    # What was mapped to something that has been taken off the list since is not lost.
    everything = [*places, *(each for each in _used(content, field) if each not in places)]
    if not everything:
        yield nothing()
        return
    names = {"in": gettext("In scope"), "out": gettext("Out of scope"), "parked": gettext("Parked")}
    # Most often nothing but what is in scope is mapped.
    sections = [each for each in names if each == "in" or _used(content, field, [each])]
    rows = []
    for place in everything:
        here = [_texts(content, field, place, section) for section in sections]
        rows.append(
            [place, *(cell or "–" for cell in here)] if any(here) else [place, untouched, *("–" for _ in here[1:])]
        )
    yield Table(caption, [heading, *(names[each] for each in sections)], rows)


def _used(content: Content, field: str, sections: Iterable[str] = SECTIONS) -> list[str]:
    """What anything in these sections is mapped to."""
    items = (each for section in sections for each in content["items"][section])
    return list(dict.fromkeys(place for each in items for place in each[field]))


def _of(content: Content, field: str, place: str, section: str) -> list[Item]:
    return [each for each in content["items"][section] if place in each[field]]


def _texts(content: Content, field: str, place: str, section: str) -> str:
    return "\n".join(named(each, are_apart(content)) for each in _of(content, field, place, section))

"""What differs between two contents of a scope: what was added, removed, and changed, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from flask_babel import gettext
from rapidfuzz.distance import Indel

from workshop.results.scope import parts
from workshop.results.scope.saying import PRIORITIES, SECTIONS, lines_of

Content = Mapping[str, Any]

# A word with the white space after it, so that what is put together again reads as it was written.
_WORDS = re.compile(r"\s*\S+\s*|\s+")


class Piece(NamedTuple):
    """Some words of a text that was changed."""

    how: Literal["same", "added", "removed"]
    text: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that says something else."""

    label: str
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one thing in the scope, or of one part."""

    how: Literal["added", "removed", "changed"]
    heading: str
    fields: Sequence[FieldChange] = ()
    """Those that differ; of what was added or removed, those that say anything."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What has to be done to the one to get the other."""

    items: Sequence[Change]
    parts: Sequence[Change]
    reordered: Sequence[str]
    """The headings of the sections in which the same things stand in another order."""

    @property
    def is_empty(self) -> bool:
        return not (self.items or self.parts or self.reordered)


def compare(before: Content, after: Content) -> Comparison:
    """What changed from one content of a scope to another."""
    return Comparison([*_items(before, after)], [*_parts(before, after)], [*_reordered(before, after)])


def word_by_word(before: str, after: str) -> list[Piece]:
    """What was removed and added, by words: of a longest common subsequence nothing was."""
    was, now = _WORDS.findall(before), _WORDS.findall(after)
    pieces: list[Piece] = []
    removed = added = ""
    # White space alone is no difference between words.
    for code in Indel.opcodes([each.strip() for each in was], [each.strip() for each in now]):
        if code.tag == "equal":
            pieces += _instead(removed, added)
            pieces.append(Piece("same", "".join(now[code.dest_start : code.dest_end])))
            removed = added = ""
        else:
            removed += "".join(was[code.src_start : code.src_end])
            added += "".join(now[code.dest_start : code.dest_end])
    return pieces + _instead(removed, added)


def _instead(removed: str, added: str) -> list[Piece]:
    """What was removed at one place, and after it what stands there instead."""
    if removed and added and not removed[-1].isspace():
        removed += " "
    both = (Piece("removed", removed), Piece("added", added))
    return [piece for piece in both if piece.text]


# Items ----------------------------------------------------------------------------------------------------------------


def _items(before: Content, after: Content) -> Iterator[Change]:
    was, now = _by_number(before), _by_number(after)
    for number, (section, item) in now.items():
        if number not in was:
            yield Change("added", item["text"], _fields({}, _item_fields(section, item)))
        elif fields := _fields(_item_fields(*was[number]), _item_fields(section, item)):
            yield Change("changed", item["text"], fields)
    for number, (section, item) in was.items():
        if number not in now:
            yield Change("removed", item["text"], _fields(_item_fields(section, item), {}))


def _by_number(content: Content) -> dict[int, tuple[str, Content]]:
    return {item["number"]: (section, item) for section in SECTIONS for item in content["items"].get(section, ())}


def _item_fields(section: str, item: Content) -> dict[str, str]:
    """What an item says, by the labels of its fields. Its evidence changes by itself, and is no part of it."""
    priority = PRIORITIES.get(item["priority"] or "")
    return {
        gettext("Section"): gettext(SECTIONS[section]),
        gettext("Text"): item["text"],
        gettext("Note"): item["note"],
        gettext("Handled elsewhere"): item["elsewhere"],
        gettext("Priority"): gettext(priority) if priority else "",
        gettext("Components"): "\n".join(item["components"]),
        gettext("Core areas"): "\n".join(item["core_areas"]),
    }


def _reordered(before: Content, after: Content) -> Iterator[str]:
    for section, name in SECTIONS.items():
        was, now = ([item["number"] for item in each["items"].get(section, ())] for each in (before, after))
        if [each for each in was if each in now] != [each for each in now if each in was]:
            yield gettext(name)


# Parts ----------------------------------------------------------------------------------------------------------------


def _parts(before: Content, after: Content) -> Iterator[Change]:
    for part in parts.PARTS:
        was, now = (
            {
                gettext(field.label): "\n".join(lines_of(field, each["parts"].get(part.key, {}).get(field.name)))
                for field in part.fields
            }
            for each in (before, after)
        )
        if fields := _fields(was, now):
            yield Change("changed", gettext(part.heading), fields)


def _fields(before: Mapping[str, str], after: Mapping[str, str]) -> list[FieldChange]:
    labels = dict.fromkeys([*before, *after])
    pairs = ((label, before.get(label, ""), after.get(label, "")) for label in labels)
    return [FieldChange(label, word_by_word(was, now)) for label, was, now in pairs if was != now]

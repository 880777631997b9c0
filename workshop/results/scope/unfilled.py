"""The fields of a scope that nobody has filled: those of which the document says that they were not agreed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workshop.results.scope.challenge_types import OTHER, TYPES, type_of
from workshop.results.scope.dates import follow_up, span_of

Parts = Mapping[str, Mapping[str, Any]]

# What the document asks of an item, by where it is: only what is out of scope is handled elsewhere, and only what is in
# has a priority and a place in the challenge.
ASKED = {
    "in": ("text", "note", "priority", "components", "core_areas"),
    "out": ("text", "note", "elsewhere"),
    "parked": ("text", "note"),
}


def unfilled(content: Mapping[str, Any], *, has_results: bool) -> list[str]:
    """Their paths: `parts.header.council`, `items.in.0.priority`. `has_results` says whether results stand behind the
    scope, for a method note that nobody wrote is made from those.
    """
    items = {
        section: [{name: each[name] for name in ASKED[section]} for each in those]
        for section, those in content["items"].items()
    }
    answered = {*_answered(content["parts"], has_results)}
    return [path for path in _empty({"items": items, "parts": content["parts"]}) if path not in answered]


def _answered(parts: Parts, has_results: bool) -> Iterator[str]:
    """The fields that may well be empty, because something else says what they would."""
    if type_of(parts["header"]["challenge"]) is not TYPES[OTHER]:
        yield "parts.header.other"
    if has_results:
        yield "parts.method.text"
    for place, row in enumerate(parts["timing"]["steps"]):
        if span_of(row["when"], parts["timing"]):
            yield f"parts.timing.steps.{place}.dates"
    due = follow_up(parts)
    for name, day, months in (("report", "report_by", "report_months"), ("review", "review_on", "review_months")):
        if due[name].day:
            yield f"parts.follow_up.{day}"
        if due[name].own:
            yield f"parts.follow_up.{months}"


def _empty(value: Any, path: str = "") -> Iterator[str]:
    if value in (None, "", []):
        yield path
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield from _empty(each, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from _empty(each, f"{path}.{place}")

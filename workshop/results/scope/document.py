"""The challenge scope as a document that a council and its peers can sign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext

from workshop.documents import Block, Document
from workshop.results.reporting import Report
from workshop.results.scope import items, sections
from workshop.results.scope.annex import annex
from workshop.results.scope.method import made_up, method


def scope_document(content: Mapping[str, Any], *, title: str, made_at: int, reports: Sequence[Report] = ()) -> Document:
    """The document of a scope. `content` is what `reading.content` gives, `title` the workshop's, and `reports` are on
    the exercises that the annex has in full.
    """
    return Document(
        gettext("Challenge scope: %(title)s", title=title),
        list(_blocks(content, title, reports)),
        made_at,
        marks=list(_marks(content, reports)),
    )


def state_said(content: Mapping[str, Any]) -> str:
    """Draft, version 2; or Agreed, version 2."""
    if content["state"] == "agreed":
        return str(gettext("Agreed, version %(version)s", version=content["version"]))
    return str(gettext("Draft, version %(version)s", version=content["version"]))


def _marks(content: Mapping[str, Any], reports: Sequence[Report]) -> Iterator[str]:
    yield state_said(content)
    if any(each.workshop.is_rehearsal for each in reports):
        yield gettext("Rehearsal")
    elif any(each.workshop.simulated for each in reports):
        yield gettext("Simulated")


def _blocks(content: Mapping[str, Any], title: str, reports: Sequence[Report]) -> Iterator[Block]:
    parts = content["parts"]
    yield from sections.header(parts, state_said(content), title)
    if reports:
        yield from made_up(reports[0].workshop)
    yield from sections.purpose(parts)
    yield from items.in_scope(content)
    yield from items.out_of_scope(content)
    yield from items.parked(content)
    yield from items.core_areas(content)
    yield from sections.enquiry(parts)
    yield from sections.team(parts)
    yield from sections.timing(parts)
    yield from items.components(content)
    yield from sections.sign_off(parts)
    yield from sections.recommendations(parts)
    yield from sections.following_up(parts)
    yield from method(parts, reports)
    yield from annex(content, reports)
    yield from sections.agreement(parts)

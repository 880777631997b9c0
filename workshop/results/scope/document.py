"""The challenge scope as a document that a council and its peers can sign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext

from workshop.documents import Block, Document
from workshop.results.scope import items, sections
from workshop.results.scope.grounds import Grounds


def scope_document(content: Mapping[str, Any], grounds: Grounds, *, made_at: int) -> Document:
    """The document of a scope. `content` is what `reading.content` gives, `grounds` what it takes from results."""
    return Document(
        gettext("Challenge scope: %(title)s", title=grounds.title),
        list(_blocks(content, grounds)),
        made_at,
        marks=[state_said(content), *filter(None, [grounds.mark])],
    )


def state_said(content: Mapping[str, Any]) -> str:
    """Draft, version 2; or Agreed, version 2."""
    if content["state"] == "agreed":
        return str(gettext("Agreed, version %(version)s", version=content["version"]))
    return str(gettext("Draft, version %(version)s", version=content["version"]))


def _blocks(content: Mapping[str, Any], grounds: Grounds) -> Iterator[Block]:
    parts = content["parts"]
    yield from sections.header(parts, state_said(content), grounds.title)
    yield from grounds.made_up
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
    yield from grounds.method
    yield from grounds.annex
    yield from sections.agreement(parts)

"""Blocks as plain data, for whoever keeps them: a document made of them again has the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from workshop.documents.blocks import (
    Block,
    Bullets,
    Facts,
    Figure,
    Heading,
    NewPage,
    Paragraph,
    Signatures,
    Table,
)

_KINDS: Mapping[str, type[Block]] = {
    each.kind: each for each in (Heading, Paragraph, Bullets, Facts, Table, Figure, Signatures, NewPage)
}


def to_data(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Each block as its fields and its `kind`, with nothing in it that JSON does not have."""
    return [{"kind": block.kind} | _plain(asdict(block)) for block in blocks]


def from_data(data: Sequence[Mapping[str, Any]]) -> list[Block]:
    """The blocks that `to_data` was given, with lists for every sequence. Raises `KeyError` for an unknown kind."""
    return [_KINDS[each["kind"]](**{name: value for name, value in each.items() if name != "kind"}) for each in data]


def _plain(part: Any) -> Any:
    if isinstance(part, Mapping):
        return {name: _plain(each) for name, each in part.items()}
    return [_plain(each) for each in part] if isinstance(part, list | tuple) else part

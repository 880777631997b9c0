"""Texts as every file can hold them: what shows nothing and what reaches beyond its own line is left out."""

from __future__ import annotations

import unicodedata
from dataclasses import fields, is_dataclass, replace
from typing import Any

from flask_babel import gettext

from workshop import rules
from workshop.documents.blocks import Block, Document, Figure, Heading

# What reverses or embeds until something ends it, and the mark that begins a file.
REACHING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
# What is ours and no text by anybody: a picture's markup, a name from a list.
OURS = ("svg", "style", "language")


def tidied(document: Document) -> Document:
    """The same document with every text tidied, line by line. Its title is one line.

    No title, heading or picture is left without words, for a screen reader would say nothing there.
    """
    tidy: Document = _tidied(document)
    title = " ".join(tidy.title.split())
    return replace(tidy, title=_or_else(title, gettext("Document")), blocks=[_worded(block) for block in tidy.blocks])


def _worded(block: Block) -> Block:
    if isinstance(block, Heading):
        return replace(block, text=_or_else(block.text, gettext("Without words")))
    if isinstance(block, Figure):
        return replace(block, alternative=_or_else(block.alternative, gettext("Picture")))
    return block


def _or_else(text: str, instead: str) -> str:
    """The text if there is something to see in it. A skin tone by itself is nothing."""
    kinds = (unicodedata.category(ch) for ch in text if ch.isascii() or unicodedata.category(ch) != "Sk")
    return text if any(kind[0] in "LNPS" for kind in kinds) else instead


def tidy_lines(text: str) -> str:
    """A text without control characters, direction overrides and empty lines."""
    lines = ("".join(filter(_is_character, line.translate(REACHING))) for line in text.splitlines())
    return "\n".join(filter(None, map(rules.tidy, lines)))


def _is_character(ch: str) -> bool:
    """Whether Unicode means this code point to be one. Those that it never will are no XML either."""
    return unicodedata.category(ch) != "Cn" or (ord(ch) & 0xFFFE != 0xFFFE and not 0xFDD0 <= ord(ch) <= 0xFDEF)


def _tidied(part: Any) -> Any:
    if isinstance(part, str):
        return tidy_lines(part)
    if isinstance(part, list | tuple):
        return [_tidied(each) for each in part]
    if is_dataclass(part) and not isinstance(part, type):
        named = {field.name: getattr(part, field.name) for field in fields(part) if field.name not in OURS}
        return replace(part, **{name: _tidied(each) for name, each in named.items()})
    return part

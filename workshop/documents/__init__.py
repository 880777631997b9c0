"""A document as a value, and the files that it can be written as."""

from __future__ import annotations

from workshop.documents.blocks import (
    Block,
    Bullets,
    Cell,
    Document,
    Facts,
    Figure,
    Heading,
    NewPage,
    Paragraph,
    Signatures,
    Table,
)
from workshop.documents.writing import FORMATS, write

__all__ = [
    "FORMATS", "Block", "Bullets", "Cell", "Document", "Facts", "Figure", "Heading", "NewPage", "Paragraph",
    "Signatures", "Table", "write",
]  # fmt: skip

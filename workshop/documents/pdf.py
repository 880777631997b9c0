"""A document as PDF/UA-1: `templates/print/document.typ`. What every PDF has in common, `typesetting` says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext

from workshop import typesetting
from workshop.documents.blocks import (
    Block,
    Bullets,
    Document,
    Facts,
    Figure,
    Heading,
    NewPage,
    Paragraph,
    Signatures,
    Table,
)
from workshop.documents.tables import TO_SIGN, widths
from workshop.documents.tidying import tidied

Part = dict[str, Any]
Text = list[dict[str, str]]


def write(document: Document) -> bytes:
    """The file. Drawing it takes a tenth of a second or so, without Python's lock."""
    document = tidied(document)
    made = datetime.fromtimestamp(document.made_at, UTC)
    return typesetting.draw(
        "document",
        {
            "language": document.language,
            "heading": document.title,
            "made": [made.year, made.month, made.day, made.hour, made.minute, made.second],
            "title": _text(document.title),
            "marks": [_text(mark) for mark in document.marks],
            "blocks": [_part(block) for block in document.blocks],
            "words": {"page": gettext("Page {page} of {pages}")},
        },
    )


def _part(block: Block) -> Part:
    """A block as the template reads it, with its kind."""
    match block:
        case Heading(level, text):
            part: Part = {"level": level, "text": _text(text)}
        case Paragraph(text, style):
            part = {"text": _text(text), "style": style}
        case Bullets(texts, numbered):
            part = {"texts": [_text(text) for text in texts], "numbered": numbered}
        case Facts(pairs):
            part = {"pairs": [[_text(name), _text(what)] for name, what in pairs]}
        case Figure(svg, alternative):
            part = {"svg": svg, "alternative": alternative}
        case Table() as table:
            part = _table(table, widths(table)) | {"tall": False}
        case Signatures() as signatures:
            part = _table(signatures.table, TO_SIGN) | {"tall": True}
        case NewPage():
            part = {}
    return part | {"kind": "table" if isinstance(block, Signatures) else block.kind}


def _table(table: Table, wide: Sequence[float]) -> Part:
    return {
        "caption": _text(table.caption),
        "columns": [_text(column) for column in table.columns],
        "widths": list(wide),
        "numeric": table.numeric,
        "rows": [[_text(cell) for cell in row] for row in table.shown],
    }


def _text(text: str) -> Text:
    """A text by lines."""
    return [typesetting.written(line) for line in text.splitlines()]

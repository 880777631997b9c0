"""A document as a value, and the files that it can be written as."""

from __future__ import annotations

from workshop.documents import docx, html, markdown, pdf
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
    show_share,
)

__all__ = [
    "FORMATS", "Block", "Bullets", "Cell", "Document", "Facts", "Figure", "Heading", "NewPage", "Paragraph",
    "Signatures", "Table", "show_share", "write",
]  # fmt: skip

FORMATS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
}
"""The forms that a document can be written in, with what each is called where files are sent."""

_WRITERS = {"docx": docx.write, "pdf": pdf.write, "html": html.write, "md": markdown.write}


def write(form: str, document: Document) -> bytes:
    """The file. The same document makes the same bytes.

    What stands in it beside the document's own words (page numbers, columns to sign in) is in the language of the
    caller's context, English outside of one.
    """
    return _WRITERS[form](document)

"""The files that a document can be written as."""

from __future__ import annotations

from collections.abc import Callable

from workshop.documents import docx, html, markdown, pdf
from workshop.documents.blocks import Document

WRITERS: dict[str, Callable[[Document], bytes]] = {
    "docx": docx.write,
    "pdf": pdf.write,
    "md": markdown.write,
    "html": html.write,
}
FORMATS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
}


def write(form: str, document: Document) -> bytes:
    """A document in one of the `FORMATS`. The same document makes the same bytes."""
    return WRITERS[form](document)

"""A report as a file to read: DOCX, PDF, HTML or Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from workshop import documents
from workshop.documents import Figure
from workshop.languages import in_a_file
from workshop.results.report_document import document
from workshop.results.reporting import Report


def as_document(form: str, report: Report, *, full: bool = True, figures: Sequence[Figure] = ()) -> bytes:
    """The file in one of the `documents.FORMATS`, in English, whoever asks for it."""
    with in_a_file():
        return documents.write(form, document(report, full=full, figures=figures))

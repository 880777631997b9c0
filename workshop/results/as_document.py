"""A report as a file to read: Word, PDF, Markdown or a page of HTML."""

from __future__ import annotations

from workshop import documents
from workshop.results.report_document import document
from workshop.results.reporting import Report


def as_document(form: str, report: Report) -> bytes:
    """The whole report in one of the forms of `documents.FORMATS`. The same report makes the same bytes."""
    return documents.write(form, document(report))

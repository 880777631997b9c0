"""A result as files. What the page hands out, the command line writes byte for byte."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from workshop import documents
from workshop.results.as_document import as_document
from workshop.results.csv_file import as_csv
from workshop.results.json_file import as_json
from workshop.results.reporting import Report
from workshop.results.workbook import as_xlsx

WRITERS: dict[str, Callable[[Report], bytes]] = {
    "csv": as_csv,
    "json": as_json,
    "xlsx": as_xlsx,
    **{form: partial(as_document, form) for form in documents.FORMATS},
}
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    **documents.FORMATS,
}


def write(form: str, report: Report) -> bytes:
    """A report in one of the `FORMATS`. The same report makes the same bytes."""
    return WRITERS[form](report)

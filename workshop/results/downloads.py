"""A result as files. What the page hands out, the command line writes byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from sqlalchemy.orm import Session

from workshop import documents
from workshop.documents import Figure, drawing
from workshop.languages import in_a_file
from workshop.models import Exercise
from workshop.results import charts, recount, reporting
from workshop.results.as_document import as_document
from workshop.results.bundle import zipped
from workshop.results.counting import Result
from workshop.results.csv_file import as_csv
from workshop.results.json_file import as_json
from workshop.results.reporting import Report
from workshop.results.stamps import file_name
from workshop.results.workbook import as_xlsx
from workshop.settings import assets

# Of the chart in points: wide enough for a slide.
CHART_WIDTH = 1920
SCHEMA = "results.schema.json"


def write(form: str, report: Report) -> bytes:
    """A report in one of the `FORMATS`, in English, whoever asks for it. The same report makes the same bytes."""
    with in_a_file():
        return WRITERS[form](report)


def write_ballots(form: str, session: Session, exercise: Exercise, result: Result) -> bytes:
    """Each ballot by itself: as the `json` from which anybody can count again, or as a sheet of the workbook (`xlsx`).
    Whether they may be taken away, `recount.check_taken_away` says.
    """
    if form == "json":
        return recount.written(session, exercise, result)
    with in_a_file():
        return as_xlsx(reporting.report(session, exercise, result), ballots=True)


def _document(form: str, report: Report) -> bytes:
    figures = [Figure(charts.svg(report), charts.finding(report))] if _has_chart(report) else []
    return as_document(form, report, figures=figures)


def _has_chart(report: Report) -> bool:
    return report.talk.voted and bool(report.result.standings)


def _everything(report: Report) -> bytes:
    """Every other file, the chart and the schema, in one ZIP. Ballots are asked for by themselves."""
    files = {_name(form, report): write(form, report) for form in WRITERS if form != "zip"}
    if _has_chart(report):
        drawn = charts.svg(report)
        files[charts.file_name(report, "svg")] = drawn.encode()
        files[charts.file_name(report, "png")] = drawing.png(drawn, CHART_WIDTH)
    files[SCHEMA] = (assets() / "static" / "schemas" / SCHEMA).read_bytes()
    return zipped(files, report.workshop.opened_at)


def _name(form: str, report: Report) -> str:
    return file_name(form, report.workshop, report.exercise, report.result)


WRITERS: Mapping[str, Callable[[Report], bytes]] = {
    "csv": as_csv,
    "json": as_json,
    "xlsx": as_xlsx,
    **{form: partial(_document, form) for form in documents.FORMATS},
    "zip": _everything,
}
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    **documents.FORMATS,
    "zip": "application/zip",
}

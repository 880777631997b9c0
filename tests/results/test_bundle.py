"""Everything in one ZIP: what is in it is what is handed out by itself."""

from __future__ import annotations

import io
from dataclasses import replace
from zipfile import ZipFile

from flask import Flask

from tests.cast import NOW
from tests.results.test_workbook import report
from workshop.results import charts, downloads
from workshop.results.bundle import zipped
from workshop.results.stamps import file_name
from workshop.results.talk import Talk


def test_the_zip_holds_every_other_file_the_chart_and_the_schema() -> None:
    shown = report()
    with ZipFile(io.BytesIO(downloads.write("zip", shown))) as archive:
        assert archive.testzip() is None
        held = {name: archive.read(name) for name in archive.namelist()}
    for form in downloads.FORMATS:
        if form != "zip":
            name = file_name(form, shown.workshop, shown.exercise, shown.result)
            assert held.pop(name) == downloads.write(form, shown)
    assert held.pop(charts.file_name(shown, "svg")) == charts.svg(shown).encode()
    assert held.pop(charts.file_name(shown, "png")).startswith(b"\x89PNG")
    assert held.pop("results.schema.json").startswith(b"{")
    assert held == {}


def test_without_a_vote_it_holds_no_chart() -> None:
    with ZipFile(io.BytesIO(downloads.write("zip", replace(report(), talk=Talk(voted=False))))) as archive:
        assert not [name for name in archive.namelist() if "chart" in name]


def test_the_same_files_make_the_same_bytes_with_the_workshops_date() -> None:
    body = zipped({"a.txt": b"one", "b.txt": b"two"}, NOW)
    assert body == zipped({"a.txt": b"one", "b.txt": b"two"}, NOW)
    with ZipFile(io.BytesIO(body)) as archive:
        assert [entry.date_time for entry in archive.infolist()] == [(2019, 11, 15, 0, 0, 0)] * 2


def test_files_speak_english_whoever_asks(app: Flask) -> None:
    for form in ("csv", "md", "json"):
        with app.test_request_context(headers={"Accept-Language": "cy"}):
            asked = downloads.write(form, report())
        assert asked == downloads.write(form, report())

"""Static files: kept for ever under their version, asked for again without it, and nothing else to be had."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Flask
from werkzeug.test import TestResponse

from tests.pages.people import Organiser
from workshop.pages.front import static_address
from workshop.settings import assets

STATIC = assets() / "static"
MARK = "img/mark.svg"
KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}


def fetch(app: Flask, path: str, **headers: str) -> TestResponse:
    return app.test_client().get(path, headers=headers, buffered=True, follow_redirects=True)


def test_a_file_with_its_version_may_be_kept_for_ever(app: Flask) -> None:
    answer = fetch(app, static_address(MARK))
    assert (answer.status_code, answer.data) == (200, (STATIC / MARK).read_bytes())
    assert {"immutable", "max-age=31536000"} <= set(answer.headers["Cache-Control"].split(", "))


def test_a_file_without_its_version_or_with_an_old_one_is_asked_for_again(app: Flask) -> None:
    for path in (f"/static/{MARK}", f"/static/0123456789ab/{MARK}"):
        answer = fetch(app, path)
        assert (path, answer.status_code, answer.data) == (path, 200, (STATIC / MARK).read_bytes())
        assert "immutable" not in answer.headers["Cache-Control"]
        assert "max-age=31536000" not in answer.headers["Cache-Control"]
        assert fetch(app, path, **{"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_files_have_the_types_that_browsers_insist_on(app: Flask) -> None:
    files = [path.relative_to(STATIC).as_posix() for path in sorted(STATIC.rglob("*")) if path.suffix in KINDS]
    assert {Path(path).suffix for path in files} >= {".js", ".css", ".svg"}
    for path in files:
        answer = fetch(app, static_address(path))
        assert (path, answer.status_code, answer.mimetype) == (path, 200, KINDS[Path(path).suffix])


def test_nothing_but_static_files_can_be_had(app: Flask) -> None:
    version = static_address("").rstrip("/")
    for path in (
        "",
        "../app.py",
        "../../etc/passwd",
        "css/../../app.py",
        "%2e%2e/app.py",
        "..%2fapp.py",
        "..%5capp.py",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "0123456789ab/../../app.py",
        "0123456789ab/%2e%2e/app.py",
        "0123456789ab/%2e%2e/%2e%2e/etc/passwd",
        "0123456789ab//etc/passwd",
        "0123456789ab/%2fetc%2fpasswd",
        "0123456789ab",
        "0123456789ab/",
        "css",
        "css/",
        "img/mark.svg/no",
        "img/mark.svg%00",
        "%00%00%00%00%00%00%00%00%00%00%00%00/no.svg",
        "no/such/file.css",
        "x" * 5000,
        "x" * 12 + "/" + "x" * 5000,
    ):
        for folder in ("/static", version):
            answer = fetch(app, f"{folder}/{path}")
            assert (f"{folder}/{path}"[:80], answer.status_code) == (f"{folder}/{path}"[:80], 404)


def test_the_files_that_pages_name_are_there(organiser: Organiser) -> None:
    facilitator = organiser.opens()
    phone = facilitator.phone()
    base = f"/w/{facilitator.code}"
    named: set[str] = set()
    for somebody, path in (
        (phone, base),
        (facilitator, f"{base}/console"),
        (facilitator, f"{base}/board"),
        (facilitator, f"{base}/results"),
        (organiser, "/workshops/new"),
    ):
        named |= set(re.findall(r'"(/static/[^"]+)"', somebody.get(path).text))
    assert named
    for path in named:
        answer = fetch(organiser.app, path)
        assert (path, answer.status_code, "immutable" in answer.headers["Cache-Control"]) == (path, 200, True)

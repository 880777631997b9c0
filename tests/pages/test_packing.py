"""What is sent is small: files are slimmed and compressed once, pages as they are sent, and the rest is left alone."""

from __future__ import annotations

import gzip
import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.pages.people import JSON, Browser, Facilitator, Phone
from workshop.pages.front import static_address
from workshop.pages.packing import slim
from workshop.settings import assets

STATIC = assets() / "static"
SOURCES = sorted([*(STATIC / "css").glob("*.css"), *(STATIC / "js").glob("*.js"), *(STATIC / "vendor").glob("*.js")])
SCRIPT = "js/participant.js"
GZIP = {"Accept-Encoding": "gzip, deflate, br"}


def fetch(app: Flask, path: str, method: str = "GET", **headers: str) -> TestResponse:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return app.test_client().open(path, method=method, headers=sent, buffered=True)


def coding(answer: TestResponse) -> str | None:
    return answer.headers.get("Content-Encoding")


# Files ----------------------------------------------------------------------------------------------------------------


def test_text_files_come_compressed_to_whoever_takes_that(app: Flask) -> None:
    for path in (SCRIPT, "css/shared.css", "img/mark.svg", "schemas/scope.schema.json"):
        address = static_address(path)
        plain = fetch(app, address)
        packed = fetch(app, address, Accept_Encoding="gzip, deflate, br")
        assert (path, coding(plain), coding(packed)) == (path, None, "gzip")
        assert (path, gzip.decompress(packed.data)) == (path, plain.data)
        assert packed.content_length == len(packed.data) < len(plain.data)
        for answer in (plain, packed):
            assert (answer.headers["Vary"], answer.cache_control.max_age) == ("Accept-Encoding", 31536000)
            assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0", "*;q=0"])
def test_whoever_does_not_take_gzip_is_not_sent_it(app: Flask, accepted: str) -> None:
    assert coding(fetch(app, static_address(SCRIPT), Accept_Encoding=accepted)) is None


def test_a_typeface_is_compressed_already(app: Flask) -> None:
    name = next((STATIC / "vendor").glob("*.woff2")).name
    answer = fetch(app, static_address(f"vendor/{name}"), Accept_Encoding="gzip")
    assert (answer.status_code, coding(answer)) == (200, None)


def test_each_form_of_a_file_is_known_by_its_own_tag(app: Flask) -> None:
    address = static_address(SCRIPT)
    plain, packed = fetch(app, address), fetch(app, address, Accept_Encoding="gzip")
    assert plain.headers["ETag"] != packed.headers["ETag"]
    for there, accepted, expected in (
        (plain, "identity", 304),
        (packed, "gzip", 304),
        (packed, "identity", 200),
        (plain, "gzip", 200),
    ):
        answer = fetch(app, address, Accept_Encoding=accepted, If_None_Match=there.headers["ETag"])
        assert (accepted, answer.status_code) == (accepted, expected)
        assert answer.headers["Vary"] == "Accept-Encoding"
        if expected == 304:
            assert (answer.data, coding(answer)) == (b"", None)


def test_asking_for_the_head_alone_says_what_the_whole_would(app: Flask) -> None:
    whole, head = (fetch(app, static_address(SCRIPT), method, Accept_Encoding="gzip") for method in ("GET", "HEAD"))
    assert head.data == b""
    for name in ("Content-Encoding", "Content-Length", "Content-Type", "ETag", "Vary", "Cache-Control"):
        assert (name, head.headers[name]) == (name, whole.headers[name])


def test_the_rest_of_a_file_completes_its_own_form_and_no_other(app: Flask) -> None:
    address = static_address(SCRIPT)
    whole = fetch(app, address, Accept_Encoding="gzip")
    rest = fetch(app, address, Accept_Encoding="gzip", Range="bytes=100-", If_Range=whole.headers["ETag"])
    assert (rest.status_code, coding(rest), whole.data[:100] + rest.data) == (206, "gzip", whole.data)
    anew = fetch(app, address, Range="bytes=100-", If_Range=whole.headers["ETag"])
    assert (anew.status_code, anew.data) == (200, gzip.decompress(whole.data))


def test_a_style_sheet_comes_with_those_that_it_imports(app: Flask) -> None:
    for name in ("shared", "participant"):
        imported = re.findall(r'@import "(.+)";', (STATIC / f"css/{name}.css").read_text())
        one_by_one = b"".join(fetch(app, static_address(f"css/{each}")).data for each in imported)
        assert (name, len(imported) > 1, fetch(app, static_address(f"css/{name}.css")).data) == (name, True, one_by_one)


# Slimming -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "slimmed"),
    [
        ("/** What it is. */\n\nlet a = 1; // beside\n", "let a = 1; // beside\n"),
        ("  // why\n  call(\n    1,\n  );\n", "call(\n1,\n);\n"),
        ("/* one */ let a; /* two */\nlet b; /* three */\n", "/* one */ let a; /* two */\nlet b; /* three */\n"),
        ("/*\n * a **\n * // b\n */\na {\n}\n", "a {\n}\n"),
        ("/*! MIT */\nlet a;\n", "/*! MIT */\nlet a;\n"),
        ('let a = "/*";\nlet b = "*/";\n', 'let a = "/*";\nlet b = "*/";\n'),
        ('let a = "https://x";\n', 'let a = "https://x";\n'),
        ("let a = 4\n/ 2; //\n", "let a = 4\n/ 2; //\n"),
        ("let a;\n// last", "let a;\n"),
        ("/* never closed\nlet a;\n", "/* never closed\nlet a;\n"),
        ("", ""),
    ],
)
def test_only_lines_without_code_are_left_out(source: str, slimmed: str) -> None:
    assert slim(source) == slimmed


def test_no_string_of_ours_goes_over_several_lines(app: Flask) -> None:
    """In one, a line that looks like a comment would be left out, and so would the space at its start."""
    assert len(SOURCES) > 50
    for path in SOURCES:
        for line in path.read_text().splitlines():
            # A comment may have an apostrophe, and code has no lonely backtick.
            assert (path.name, line, line.count("`") % 2, line.endswith("\\")) == (path.name, line, 0, False)


# Answers --------------------------------------------------------------------------------------------------------------


def test_pages_come_compressed_and_are_the_same(facilitator: Facilitator, ada: Phone) -> None:
    facilitator.goes_to("gather")
    for somebody, path in (
        (ada, ada.home),
        (ada, f"/j/{facilitator.code}"),
        (facilitator, f"/w/{facilitator.code}/console"),
        (facilitator, f"/w/{facilitator.code}/join.svg"),
        (ada, "/no/such/page"),
    ):
        answer = somebody.http.get(path, headers=GZIP, buffered=True, follow_redirects=True)
        assert (path, coding(answer), "Accept-Encoding" in answer.vary) == (path, "gzip", True)
        assert answer.content_length == len(answer.data)
        assert b"</" in gzip.decompress(answer.data)


def test_whoever_does_not_take_it_gets_pages_as_they_are(ada: Phone) -> None:
    answer = ada.http.get(ada.home, buffered=True)
    assert coding(answer) is None
    assert "Accept-Encoding" in answer.vary
    assert answer.text.lstrip().startswith("<!doctype html>")


def test_what_another_site_asks_for_has_the_size_that_it_has(ada: Phone) -> None:
    for where, expected in (("none", "gzip"), ("same-origin", "gzip"), ("same-site", None), ("cross-site", None)):
        answer = ada.http.get(ada.home, headers={**GZIP, "Sec-Fetch-Site": where}, buffered=True)
        assert (where, answer.status_code, coding(answer)) == (where, 200, expected)


def test_what_a_page_asks_for_again_and_again_is_not_compressed(facilitator: Facilitator, ada: Phone) -> None:
    facilitator.goes_to("gather")
    for number in range(10):
        ada.writes(f"Response {number}")
    answer = ada.http.get(f"{ada.home}/state", headers={**GZIP, **JSON}, buffered=True)
    assert (answer.status_code, coding(answer)) == (200, None)
    assert len(answer.data) > 5000


def test_files_that_are_packed_already_stay_as_they_are(facilitator: Facilitator, ada: Phone) -> None:
    facilitator.goes_to("gather")
    ada.writes("Free park and ride")
    facilitator.goes_to("vote")
    ada.moves(ada.move(1, 0, 1))
    facilitator.goes_to("discuss")
    base = f"/w/{facilitator.code}/1/results"
    for form, start in (("xlsx", b"PK"), ("docx", b"PK"), ("pdf", b"%PDF")):
        answer = facilitator.http.get(f"{base}.{form}", headers=GZIP, buffered=True)
        assert (form, answer.status_code, coding(answer), answer.data[: len(start)]) == (form, 200, None, start)


def test_a_few_words_are_not_worth_it(app: Flask) -> None:
    answer = Browser(app).http.get("/healthz", headers=GZIP, buffered=True)
    assert (answer.status_code, coding(answer)) == (200, None)

"""The scope as files, opened again by other programs and compared with what it was made from."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as Word
from pypdf import PdfReader

from tests.cast import NOW
from tests.results import scoped
from workshop.documents import Document, Facts, Heading, Paragraph, Table
from workshop.results.scope import files
from workshop.results.scope.document import scope_document

HOSTILE = "=1+1 <script>alert(1)</script> | *bold* #panic() \u202eright to left שלום 🎉 \x07"


def hostile() -> dict[str, Any]:
    """A scope in which people wrote what breaks files."""
    content = scoped.content()
    content["items"]["in"][0] |= {"text": HOSTILE, "note": HOSTILE}
    content["parts"]["header"]["council"] = HOSTILE
    content["parts"]["enquiry"]["lines"] = [{"line": HOSTILE, "evidence": "one\r\ntwo"}]
    return content


def document(content: dict[str, Any]) -> Document:
    """What the files are written from."""
    return scope_document(content, scoped.grounds(content), made_at=NOW)


def word(content: dict[str, Any] | None = None) -> Word:
    return docx.Document(io.BytesIO(scoped.written("docx", content)))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def said(content: dict[str, Any]) -> Iterator[str]:
    """Every text of the document, cell by cell."""
    for block in document(content).blocks:
        if isinstance(block, Heading | Paragraph):
            yield block.text
        if isinstance(block, Facts):
            yield from (text for pair in block.pairs for text in pair)
        if isinstance(block, Table):
            yield from (str(cell) for row in block.rows for cell in row if isinstance(cell, str))


# Goldens --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", scoped.FORMS)
def test_the_scope_of_the_first_workshop_is_written_as_ever(form: str) -> None:
    """To make the golden files again: .venv/bin/python -m tests.results.scoped"""
    assert scoped.made(form) == scoped.golden(form).read_bytes()


@pytest.mark.parametrize("form", files.FORMATS)
def test_the_same_scope_makes_the_same_bytes(form: str) -> None:
    assert scoped.written(form) == scoped.written(form)


def test_a_file_is_named_after_the_day_the_workshop_and_the_version() -> None:
    workshop = scoped.workshop()
    name = files.file_name("docx", workshop, {"version": 2, "state": "draft"})
    assert name == "2019-11-15_digital-peer-challenge_scope-v2-draft.docx"
    workshop.rehearsal_of = 7
    name = files.file_name("pdf", workshop, {"version": 3, "state": "agreed"})
    assert name == "2019-11-15_digital-peer-challenge_scope-v3-agreed-rehearsal.pdf"


# Word -----------------------------------------------------------------------------------------------------------------


def test_word_finds_every_heading_in_its_style() -> None:
    made = document(scoped.content())
    found = [
        (int(each.style.name.rpartition(" ")[2]), each.text)
        for each in word().paragraphs
        if each.style is not None and each.style.name is not None and each.style.name.startswith("Heading")
    ]
    assert found == [(block.level, block.text) for block in made.blocks if isinstance(block, Heading)]


def test_word_finds_every_table_with_its_values() -> None:
    found = [[[cell.text for cell in row.cells] for row in table.rows] for table in word().tables]
    for block in document(scoped.content()).blocks:
        if isinstance(block, Table):
            rows = [list(block.columns), *([_shown(cell, place in block.percent) for place, cell in enumerate(row)]
                                           for row in block.rows)]  # fmt: skip
            assert rows in found, block.caption


def _shown(cell: Any, is_share: bool) -> str:
    if cell is None:
        return ""
    return f"{cell:.1%}" if is_share else str(cell)


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.parametrize("content", [scoped.content(), hostile()], ids=["usual", "hostile"])
def test_libreoffice_reads_every_word_of_the_word_file(tmp_path: Path, content: dict[str, Any]) -> None:
    text = squeezed(plain(tmp_path, scoped.written("docx", content)))
    for each in said(content):
        for line in each.splitlines():
            assert squeezed(_legible(line)) in text, line


def plain(folder: Path, body: bytes) -> str:
    """A Word file as LibreOffice reads it, as plain text."""
    (folder / "scope.docx").write_bytes(body)
    # Of its own, because one that is running already would be asked instead.
    own = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", own, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "scope.docx")], check=True, capture_output=True, timeout=120)
    return (folder / "scope.txt").read_text("utf-8-sig")


def _legible(text: str) -> str:
    """Without what no file keeps: overrides of direction, and control characters."""
    return "".join(ch for ch in text if ch not in "\u202e\x07")


# PDF ------------------------------------------------------------------------------------------------------------------


def test_a_pdf_is_tagged_for_screen_readers_and_says_everything() -> None:
    reader = PdfReader(io.BytesIO(scoped.written("pdf")))
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"].value is True
    assert catalogue["/Lang"] == "en-GB"
    assert reader.metadata is not None
    assert reader.metadata.title == "Challenge scope: Digital peer challenge"
    assert b"pdfuaid:part" in catalogue["/Metadata"].get_data()
    tags = list(_tags(catalogue["/StructTreeRoot"]))
    made = document(scoped.content())
    assert tags.count("/Table") == sum(isinstance(block, Table) for block in made.blocks) + 1
    assert tags.count("/TH") > 0
    # The document's title is one above the headings.
    for level in (1, 2):
        count = sum(isinstance(block, Heading) and block.level == level for block in made.blocks)
        assert tags.count(f"/H{level + 1}") == count
    text = squeezed("".join(page.extract_text() for page in reader.pages))
    for words in ("Draft, version 1", "Simulated", "What users need (R1)", "Not agreed in the workshop"):
        assert words in text


def _tags(node: Any) -> Iterator[str]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for each in node:
            yield from _tags(each)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"])
        if "/K" in node:
            yield from _tags(node["/K"])


# Whatever people write ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", files.FORMATS)
def test_what_people_write_breaks_no_file(form: str) -> None:
    body = scoped.written(form, hostile())
    assert body
    if form == "html":
        assert b"<script" not in body
        assert b"&lt;script&gt;" in body
    if form == "docx":
        assert "<script>alert(1)</script>" in "".join(
            cell.text for row in word(hostile()).tables[1].rows for cell in row.cells
        )

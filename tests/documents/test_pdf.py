"""A document as PDF: what a screen reader finds in it, read by pypdf."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

import pypdf
import pytest

from tests.documents.cast import EMPTY, EVIL, FULL, HOSTILE, document
from tests.test_printing import elements, kinds, letters, pages, words
from workshop.documents import Cell, Document, Figure, Table, write


@pytest.fixture(scope="module")
def full() -> bytes:
    return write("pdf", FULL)


def test_it_is_tagged_as_what_it_is(full: bytes) -> None:
    found = Counter(kinds(full))
    assert {name: found[name] for name in ("H1", "H2", "H3", "H4", "Table", "THead", "Caption", "Figure")} == {
        "H1": 1, "H2": 2, "H3": 1, "H4": 1, "Table": 2, "THead": 2, "Caption": 2, "Figure": 1,
    }  # fmt: skip
    # Four heads and eight cells in the one, four and eight in the other.
    assert (found["TH"], found["TD"]) == (8, 16)
    # Facts, bullets, and two numbered lists.
    assert (found["L"], found["LI"]) == (4, 7)


def test_a_picture_says_what_it_shows(full: bytes) -> None:
    assert ("Figure", "Trees have 12 dots.") in list(elements(full))


@pytest.mark.parametrize("each", [FULL, EVIL, EMPTY], ids=["full", "evil", "empty"])
def test_it_claims_to_be_readable_by_everyone(each: Document) -> None:
    reader = pypdf.PdfReader(io.BytesIO(write("pdf", each)))
    root: Any = reader.root_object
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert reader.metadata is not None
    assert reader.metadata.title
    assert reader.metadata.get("/CreationDate", "").startswith("D:20191115")


def test_its_marks_are_on_every_page_and_pages_are_numbered(full: bytes) -> None:
    read = pages(full)
    assert len(read) == 2
    for number, page in enumerate(read, 1):
        assert "Draft · Provisional" in page
        assert f"Page {number} of 2" in page


def test_it_holds_every_word(full: bytes) -> None:
    said = words(full)
    for text in ("Eight people used 62 of 64 dots.", "1 Digital communications 12 19.4%", "2= Cyber security 7"):
        assert text in said
    assert "Date 15 November 2019" in said
    assert "Leader of the council" in said


def test_a_long_table_has_its_heads_on_every_page() -> None:
    rows: list[list[Cell]] = [[number, f"Response of {number} words"] for number in range(1, 121)]
    read = pages(write("pdf", document(Table("By dots", ["Number", "Response"], rows))))
    assert len(read) > 2
    assert all("Number Response" in page for page in read)
    assert all(f"{number} Response of {number} words" in " ".join(read) for number in range(1, 121))


def test_what_people_write_stays_text() -> None:
    said = letters(words(write("pdf", EVIL)))
    for text in HOSTILE[:10]:
        # Once as a paragraph, a heading, a list's entry, a cell, and twice in the facts.
        assert said.count(letters(text)) >= 6, text


def test_a_picture_higher_than_a_page_is_made_to_fit() -> None:
    high = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 9000"><rect width="100" height="9000"/></svg>'
    assert len(pages(write("pdf", document(Figure(high, "A tower"))))) <= 2

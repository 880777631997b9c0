"""The PDF, read back as a reader's program and a screen reader read it."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given, settings
from pypdf import PdfReader

from tests.documents.samples import HOSTILE, WORDS, of_words, sample
from tests.test_printing import elements, kinds, letters, pages, words
from workshop.documents import Block, Heading, Paragraph, Table
from workshop.documents.pdf import write


def test_a_screen_reader_finds_headings_tables_lists_and_what_a_picture_shows() -> None:
    found = list(elements(write(sample())))
    count = [kind for kind, _ in found].count
    assert [count(f"H{level}") for level in (1, 2, 3, 4)] == [1, 2, 1, 1]
    assert (count("Table"), count("TH"), count("TD")) == (2, 8, 20)
    assert count("Caption") == 2
    assert count("L") >= 2
    assert [words for kind, words in found if kind == "Figure"] == ["R1 has most dots"]


def test_the_file_says_its_language_and_title_and_that_it_is_tagged() -> None:
    reader = PdfReader(io.BytesIO(write(sample(language="cy"))))
    root: Any = reader.root_object
    assert (root["/Lang"], reader.metadata and reader.metadata.title) == ("cy", "Town centre")
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def test_what_is_provisional_says_so_on_every_page() -> None:
    several = pages(write(sample(marks=["Provisional", "Rehearsal"])))
    assert len(several) == 2
    assert all("Provisional · Rehearsal" in each for each in several)
    assert not any("Provisional" in each for each in pages(write(sample())))


def test_every_page_has_its_number() -> None:
    several = pages(write(sample()))
    assert [f"Page {place} of 2" in each for place, each in enumerate(several, 1)] == [True, True]


def test_everything_in_it_can_be_read() -> None:
    said = words(write(sample()))
    for text in ("27 people used 212 of 216 dots.", "75.0%", "Step two", "14 March 2026", "Council leader"):
        assert text in said


def test_a_long_table_goes_over_pages_and_has_its_headings_on_each() -> None:
    rows = [[f"R{number}", "A response that is long enough for two lines " * 3] for number in range(60)]
    several = pages(write(sample([Table("All", ["Number", "Response"], rows)])))
    assert len(several) > 2
    assert all("Number Response" in each for each in several)


def test_a_heading_is_never_the_last_on_a_page() -> None:
    for lines in range(36, 46):
        blocks: list[Block] = [*[Paragraph("Line") for _ in range(lines)], Heading(1, "Next"), Paragraph("Follows")]
        assert any("Next Follows" in each for each in pages(write(sample(blocks))))


def test_the_same_document_makes_the_same_bytes() -> None:
    assert write(sample()) == write(sample())


def test_what_people_write_stays_text() -> None:
    body = write(sample([Paragraph(text) for text in HOSTILE]))
    said = letters(words(body))
    for text in HOSTILE:
        if text.isascii():
            assert letters(text) in said, text
    assert kinds(body).count("H1") == 1
    assert "Link" not in kinds(body)


@pytest.mark.parametrize("nothing", ["", "\u0301", "\u200b", "🏻"])
def test_a_heading_of_nothing_still_has_words(nothing: str) -> None:
    said = words(write(sample([Heading(1, nothing)], title=nothing)))
    assert "Document" in said
    assert "Without words" in said


@pytest.mark.parametrize("title", ["x" * 300, "A " * 200])
def test_a_long_title_is_read_in_whole(title: str) -> None:
    assert letters(title) in letters(words(write(sample([], title=title))))


@settings(max_examples=15, deadline=None)
@given(WORDS)
def test_whatever_people_write_can_be_opened(text: str) -> None:
    assert kinds(write(of_words(text))).count("Table") == 2

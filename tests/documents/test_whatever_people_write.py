"""One text everywhere that a text can be, whatever it is: the file can be written, opened and is no other."""

from __future__ import annotations

import io
import re

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast import NOW
from tests.documents.cast import SVG, document
from tests.test_printing import elements, kinds, words
from workshop import documents
from workshop.documents import Bullets, Document, Facts, Figure, Heading, Paragraph, Signatures, Table
from workshop.documents.tidying import tidied

TEXTS = st.text(max_size=30)


def of_words(text: str) -> Document:
    return Document(
        text,
        [
            Heading(1, text),
            Paragraph(text),
            Paragraph(text, "empty"),
            Bullets([text, text]),
            Bullets([text], numbered=True),
            Facts([(text, text)]),
            Table(text, [text, "Dots"], [[text, 1], [None, None]]),
            Figure(SVG, text),
            Signatures([text]),
        ],
        NOW,
        [text],
    )


@settings(max_examples=15, deadline=None)
@given(TEXTS)
def test_a_pdf_has_its_headings_and_tables(text: str) -> None:
    found = kinds(documents.write("pdf", of_words(text)))
    assert (found.count("H1"), found.count("H2"), found.count("Table")) == (1, 1, 2)


@settings(max_examples=25, deadline=None)
@given(TEXTS)
def test_a_word_file_has_its_tables(text: str) -> None:
    assert len(docx.Document(io.BytesIO(documents.write("docx", of_words(text)))).tables) == 3


@given(TEXTS)
def test_markdown_has_no_other_headings_tables_or_tags(text: str) -> None:
    lines = documents.write("md", of_words(text)).decode().split("\n")
    assert sum(1 for line in lines if line.startswith("#")) == 2
    assert sum(1 for line in lines if re.fullmatch(r"\|( -+:? \|)+", line)) == 2
    assert not any(re.search(r"(?<!\\)[<`]", line.replace("\\\\", "")) for line in lines)


@given(TEXTS)
def test_html_has_no_other_elements(text: str) -> None:
    def tags(body: bytes) -> set[str]:
        return set(re.findall(r"<(\w+)", body.decode()))

    assert tags(documents.write("html", of_words(text))) <= tags(documents.write("html", of_words("x")))


@pytest.mark.parametrize("nothing", ["", "\u0301", "\u200b", "🏻"])
def test_no_heading_and_no_picture_is_left_without_words(nothing: str) -> None:
    shown = tidied(document(Heading(1, nothing), Figure(SVG, nothing), title=nothing))
    assert (shown.title, shown.blocks[0], shown.blocks[1]) == (
        "Document", Heading(1, "Without words"), Figure(SVG, "Picture"),
    )  # fmt: skip
    drawn = documents.write("pdf", shown)
    assert "Without words" in words(drawn)
    assert ("Figure", "Picture") in list(elements(drawn))


def test_a_heading_in_markdown_keeps_its_end() -> None:
    assert "\n## 1. In C \\#\n" in documents.write("md", document(Heading(1, "1. In C #"))).decode()

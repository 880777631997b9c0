"""What holds for a document whatever it is written as."""

from __future__ import annotations

import time

import pytest

from tests.documents.cast import EMPTY, EVIL, FULL
from workshop import documents
from workshop.documents import Cell, Document, Table
from workshop.documents.drawing import png, size
from workshop.documents.tables import widths
from workshop.documents.tidying import tidied

every_form = pytest.mark.parametrize("form", documents.FORMATS)


@every_form
@pytest.mark.parametrize("document", [FULL, EVIL, EMPTY], ids=["full", "evil", "empty"])
def test_the_same_document_is_the_same_bytes_whenever_it_is_written(form: str, document: Document) -> None:
    before = documents.write(form, document)
    # An archive and a PDF know the time to two seconds.
    if document is FULL:
        time.sleep(2.1)
    assert documents.write(form, document) == before


@every_form
def test_another_document_is_other_bytes(form: str) -> None:
    assert documents.write(form, FULL) != documents.write(form, EVIL)


def test_a_tidied_document_has_a_title_and_no_letter_that_a_file_cannot_hold() -> None:
    assert tidied(EMPTY).title == "Document"
    assert tidied(EVIL).blocks[13] == documents.Paragraph("nulhere")
    assert tidied(EVIL).blocks[14] == documents.Paragraph("half a letter, none")
    assert tidied(EVIL).blocks[15] == documents.Paragraph("reversed")
    assert tidied(FULL) == tidied(tidied(FULL))


def test_text_has_the_room_that_numbers_leave() -> None:
    rows: list[list[Cell]] = [
        [f"{rank}", "A response of a good many words, as people write them, for instance", rank] for rank in range(9)
    ]
    rank, response, dots = widths(Table("By dots", ["Rank", "Response", "Dots"], rows))
    assert rank + response + dots == pytest.approx(1)
    assert response > 0.6
    assert min(rank, dots) > 0.05


def test_a_table_of_many_columns_gives_each_room_for_its_longest_word() -> None:
    rows = [["12=", "R12", "Many words that stand here as a response " * 3, *["Contract"] * 8]]
    given = widths(Table("", ["Rank", "Number", "Response", *["Heading"] * 8], rows))
    assert sum(given) == pytest.approx(1)
    assert min(given) > 0.04
    assert given[2] == max(given)


def test_a_picture_of_points_is_as_wide_as_asked_and_always_the_same() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><text y="9">Trees \U0001f389</text></svg>'
    drawn = png(svg, 600)
    assert drawn.startswith(b"\x89PNG")
    assert [int.from_bytes(drawn[at : at + 4]) for at in (16, 20)] == [600, 200]
    assert png(svg, 600) == drawn


@pytest.mark.parametrize(
    ("says", "is_so_large"),
    [
        ('width="300" height="60"', (300, 60)),
        ('viewBox="0 0 30 10"', (30, 10)),
        ('width="60px" viewBox="0 0 30 10"', (60, 20)),
        ('width="100%" viewBox="0,0,30,10"', (30, 10)),
    ],
)
def test_a_picture_says_how_large_it_is(says: str, is_so_large: tuple[float, float]) -> None:
    assert size(f'<svg {says}><rect width="1"/></svg>') == is_so_large

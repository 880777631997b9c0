"""The Word file, read back by python-docx and as the XML that it is."""

from __future__ import annotations

import io
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings

from tests.documents.samples import HOSTILE, TABLE, WORDS, of_words, sample
from workshop.documents import Bullets, Document, Facts, Paragraph, Table
from workshop.documents.docx import write


def read(document: Document) -> Any:
    return docx.Document(io.BytesIO(write(document)))


def styled(file: Any, style: str) -> list[str]:
    return [each.text for each in file.paragraphs if each.style.name == style]


def cells(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def order_of(element: Any) -> list[str]:
    return [child.tag.rpartition("}")[2] for child in element]


def test_titles_headings_and_captions_are_styles_and_not_looks() -> None:
    file = read(sample())
    assert styled(file, "Title") == ["Town centre"]
    assert styled(file, "Heading 1") == ["The ranking", "Agreement"]
    assert (styled(file, "Heading 2"), styled(file, "Heading 3")) == (["In figures"], ["In order"])
    assert styled(file, "Caption") == ["All responses", "Signatures"]
    assert styled(file, "Not agreed") == ["Not agreed in the workshop"]
    assert (styled(file, "List Bullet"), styled(file, "List Number")) == (
        ["First point", "Second point"], ["Step one", "Step two"],
    )  # fmt: skip


def test_a_table_holds_its_cells_and_repeats_its_first_row_on_every_page() -> None:
    file = read(sample([TABLE]))
    (table,) = file.tables
    assert cells(table) == [
        ["Rank", "Response", "Dots", "Share"],
        ["1", "Trees", "12", "75.0%"],
        ["2=", "Benches", "2", "12.5%"],
        ["2=", "Shade", "2", ""],
    ]
    first, *others = (row._tr.trPr for row in table.rows)
    assert first.find(qn("w:tblHeader")) is not None
    assert all(row.find(qn("w:tblHeader")) is None and row.find(qn("w:cantSplit")) is not None for row in others)


def test_what_is_said_of_a_table_stands_in_the_order_of_the_schema() -> None:
    for table in read(sample()).tables:
        known = ["tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook"]
        said = order_of(table._tbl.tblPr)
        assert [name for name in known if name in said] == said


def test_numbers_stand_to_the_right_and_words_to_the_left() -> None:
    (table,) = read(sample([TABLE])).tables
    sides = [[cell.paragraphs[0].alignment for cell in row.cells] for row in table.rows]
    assert {tuple(side is not None and side.name == "RIGHT" for side in row) for row in sides} == {
        (False, False, True, True)
    }


def test_a_table_is_as_wide_as_the_page_allows() -> None:
    for table in read(sample()).tables:
        assert sum(column.width.cm for column in table.columns) == pytest.approx(17.0, abs=0.05)


def test_the_file_says_its_language_its_title_and_who_made_it() -> None:
    file = read(sample(language="cy"))
    assert file.styles["Normal"].element.rPr.find(qn("w:lang")).get(qn("w:val")) == "cy"
    about = file.core_properties
    assert (about.title, about.author, about.language) == ("Town centre", "Eight Dots", "cy")


def test_a_picture_has_its_words_and_fits_the_page() -> None:
    file = read(sample())
    (picture,) = file.inline_shapes
    assert picture._inline.docPr.get("descr") == "R1 has most dots"
    assert picture.width.cm == pytest.approx(600 * 2.54 / 96, abs=0.01)
    assert picture.width == pytest.approx(3 * picture.height, rel=0.01)


def test_what_is_provisional_says_so_at_the_top_of_every_page() -> None:
    file = read(sample(marks=["Provisional", "Rehearsal"]))
    assert [each.text for each in file.sections[0].header.paragraphs] == ["Provisional · Rehearsal"]
    assert file.paragraphs[0].text == "Provisional · Rehearsal"
    assert [each.text for each in read(sample()).sections[0].header.paragraphs] == [""]


def test_the_foot_of_a_page_has_its_number() -> None:
    (foot,) = read(sample()).sections[0].footer.paragraphs
    assert foot.text == "Town centre · Page 1 of 1"
    assert [each.text for each in foot._p.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]


def test_each_numbered_list_begins_at_one() -> None:
    file = read(sample([Bullets(["a", "b"], numbered=True), Bullets(["c"], numbered=True)]))
    one, same, other = (each._p.pPr.numPr.numId.val for each in file.paragraphs[1:])
    assert one == same != other
    kinds = {each.numId: each for each in file.part.numbering_part.element.num_lst}
    starts = [kinds[number].find(f"{qn('w:lvlOverride')}/{qn('w:startOverride')}") for number in (one, other)]
    assert [start.get(qn("w:val")) for start in starts] == ["1", "1"]


def test_the_same_document_makes_the_same_bytes_whenever_it_is_written() -> None:
    body = write(sample())
    assert body == write(sample())
    with ZipFile(io.BytesIO(body)) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(2019, 11, 15, 0, 0, 0)}


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_write_stays_text(text: str) -> None:
    file = read(sample([Paragraph(text), Bullets([text]), Facts([(text, text)]), Table(text, [text], [[text]])]))
    assert [each.text for each in file.paragraphs if each.text] == ["Town centre", text, text, text]
    assert [cells(table) for table in file.tables] == [[[text, text]], [[text], [text]]]
    assert not any("hyperlink" in each.reltype for each in file.part.rels.values())


@settings(max_examples=25, deadline=None)
@given(WORDS)
def test_whatever_people_write_can_be_opened(text: str) -> None:
    assert len(read(of_words(text)).tables) == 3

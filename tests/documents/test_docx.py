"""A document in Word: read back by python-docx, and by LibreOffice, which is another program."""

from __future__ import annotations

import io
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from tests.cast import NOW
from tests.documents.cast import EVIL, FULL, HOSTILE
from workshop.documents import Document, write
from workshop.documents.tidying import tidy_lines


def opened(document: Document) -> Any:
    return docx.Document(io.BytesIO(write("docx", document)))


def styled(file: Any, style: str) -> list[str]:
    return [line.text for line in file.paragraphs if line.style.name == style]


def cells(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_every_block_has_the_style_that_word_knows_it_by() -> None:
    file = opened(FULL)
    assert styled(file, "Title") == ["Town centre"]
    assert styled(file, "Heading 1") == ["Results", "Agreement"]
    assert styled(file, "Heading 2") == ["Contested"]
    assert styled(file, "Heading 3") == ["Local focus"]
    assert styled(file, "Lead") == ["Eight people used 62 of 64 dots."]
    assert styled(file, "List Bullet") == ["Buses", "Benches"]
    assert styled(file, "List Number") == ["First", "Second", "First again"]
    assert styled(file, "Caption") == ["By dots", "Signatures"]
    assert styled(file, "Not there") == ["Not agreed in the workshop"]


def test_each_numbered_list_begins_at_one() -> None:
    file = opened(FULL)
    numbers = [line._p.pPr.numPr.numId.val for line in file.paragraphs if line.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2]


def test_tables_hold_every_cell_and_their_heads_repeat() -> None:
    facts, table, signatures = opened(FULL).tables
    assert cells(facts) == [["Date", "15 November 2019"], ["People", "8"]]
    assert cells(table) == [
        ["Rank", "Response", "Dots", "Share"],
        ["1", "Digital communications", "12", "19.4%"],
        ["2=", "Cyber security", "7", ""],
    ]
    assert cells(signatures)[1:] == [
        ["Leader of the council", "", "Sign here", ""],
        ["Lead peer", "", "Sign here", ""],
    ]
    for each in (table, signatures):
        assert each.style.name == "Eight Dots"
        assert each.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert each.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "By dots"
    widths = [column.width for column in table.columns]
    assert widths[1] == max(widths)


def test_marks_are_on_every_page_and_pages_are_numbered() -> None:
    section = opened(FULL).sections[0]
    assert section.header.paragraphs[0].text == "Draft · Provisional"
    fields = [each.get(qn("w:instr")) for each in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_a_picture_says_what_it_shows() -> None:
    (shape,) = opened(FULL).inline_shapes
    assert shape._inline.docPr.get("descr") == "Trees have 12 dots."
    assert [shape._inline.get(side) for side in ("distL", "distR")] == ["0", "0"]


def test_the_file_says_what_it_is_in_which_language_and_when_it_was_made() -> None:
    file = opened(FULL)
    properties = file.core_properties
    assert (properties.title, properties.author, properties.language) == ("Town centre", "Eight Dots", "en-GB")
    assert properties.created == properties.modified == datetime.fromtimestamp(NOW, UTC)
    language = file.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "en-GB"


def test_what_people_write_stays_text() -> None:
    file = opened(EVIL)
    assert styled(file, "Normal")[: len(HOSTILE)] == [tidy_lines(text) for text in HOSTILE]
    assert [row[0] for row in cells(file.tables[1])[1:]] == [tidy_lines(text) for text in HOSTILE]
    assert "hyperlink" not in {each.tag.rpartition("}")[2] for each in file.element.iter()}


def test_hebrew_runs_from_right_to_left() -> None:
    file = opened(EVIL)
    line = next(each for each in file.paragraphs if each.text.startswith("שלום"))
    assert line._p.pPr.find(qn("w:bidi")) is not None


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.parametrize("document", [FULL, EVIL], ids=["full", "evil"])
def test_libreoffice_reads_every_word(document: Document, tmp_path: Path) -> None:
    (tmp_path / "document.docx").write_bytes(write("docx", document))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), str(tmp_path / "document.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    read = (tmp_path / "document.txt").read_text("utf-8-sig").splitlines()
    wanted = opened(document)
    texts = [line.text for line in wanted.paragraphs] + [
        cell for table in wanted.tables for row in cells(table) for cell in row
    ]
    lines = {line.strip().lstrip("•0123456789. \t") for line in read} | {line.strip() for line in read}
    missing = [text for text in texts if text and text not in lines and text.lstrip("•0123456789. \t") not in lines]
    assert missing == []

"""A document as DOCX (ISO/IEC 29500), with real styles, so that Word's outline, and a screen reader, find their way."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime

import docx
from docx.document import Document as File
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Length, Mm
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph as Line
from flask_babel import gettext

from workshop.documents.blocks import (
    Block,
    Bullets,
    Document,
    Facts,
    Figure,
    Heading,
    NewPage,
    Paragraph,
    Signatures,
    Table,
)
from workshop.documents.docx_parts import (
    field,
    numbered_anew,
    repeats,
    runs_in_its_direction,
    set_looks,
    stays_whole,
)
from workshop.documents.drawing import png, size
from workshop.documents.tables import TO_SIGN, widths
from workshop.documents.tidying import tidied

TEXT_WIDTH, TEXT_HEIGHT = Mm(170), Mm(220)
# Pictures have two points to each pixel of their SVG, and no more than a printer can tell apart.
SHARPNESS, MOST_PIXELS = 2, 2400
PIXEL = 9525
FACTS = (0.27, 0.73)
STYLES = {"lead": "Lead", "hint": "Hint", "empty": "Not there", "plain": "Normal"}
MIDNIGHT = (1980, 1, 1, 0, 0, 0)


def write(document: Document) -> bytes:
    """The file."""
    document = tidied(document)
    file = docx.Document()
    set_looks(file, document.language)
    _set_properties(file, document)
    _set_margins(file, document)
    if document.marks:
        _put(file.add_paragraph(style="Mark"), " · ".join(document.marks))
    _put(file.add_paragraph(style="Title"), document.title)
    for block in document.blocks:
        _add(file, block)
    out = io.BytesIO()
    file.save(out)
    return _without_time(out)


def _set_properties(file: File, document: Document) -> None:
    properties = file.core_properties
    made = datetime.fromtimestamp(document.made_at, UTC).replace(tzinfo=None)
    # The format has room for 255 characters of each.
    properties.title, properties.language = document.title[:255], document.language
    properties.author = properties.last_modified_by = "Eight Dots"
    properties.created = properties.modified = made
    properties.comments = properties.subject = properties.keywords = ""
    properties.revision = 1


def _set_margins(file: File, document: Document) -> None:
    """Every page: its size, what it is marked with at the top, and which it is at the foot."""
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    section.header_distance = section.footer_distance = Mm(11)
    _put(section.header.paragraphs[0], " · ".join(document.marks))
    foot = section.footer.paragraphs[0]
    before, _, rest = gettext("Page {page} of {pages}").partition("{page}")
    between, _, after = rest.partition("{pages}")
    foot.add_run(before)
    field(foot, "PAGE")
    foot.add_run(between)
    field(foot, "NUMPAGES")
    foot.add_run(after)


def _add(file: File, block: Block) -> None:
    match block:
        case Heading(level, text):
            _put(file.add_paragraph(style=f"Heading {level}"), text)
        case Paragraph(text, style) if text:
            _put(file.add_paragraph(style=STYLES[style]), text)
        case Bullets(texts, numbered):
            lines = [file.add_paragraph(style="List Number" if numbered else "List Bullet") for _ in texts]
            for line, text in zip(lines, texts, strict=True):
                _put(line, text)
            if numbered and lines:
                numbered_anew(file, lines)
        case Facts(pairs) if pairs:
            _add_facts(file, pairs)
        case Figure() as figure:
            _add_figure(file, figure)
        case Table() as table:
            _add_table(file, table, widths(table))
        case Signatures() as signatures:
            _add_table(file, signatures.table, TO_SIGN, height=Mm(15))
        case NewPage():
            file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        case Paragraph() | Facts():
            pass


def _add_table(file: File, table: Table, wide: Sequence[float], height: Length | None = None) -> None:
    if table.caption:
        _put(file.add_paragraph(style="Caption"), table.caption)
    drawn = file.add_table(rows=1 + len(table.rows), cols=len(table.columns), style="Eight Dots")
    drawn.autofit = False
    for row, texts in zip(drawn.rows, [table.columns, *table.shown], strict=True):
        stays_whole(row)
        if height is not None and texts is not table.columns:
            row.height = height
        for cell, text, width, is_number in zip(row.cells, texts, wide, table.numeric, strict=True):
            _fill(cell, text, width, is_head=texts is table.columns)
            if is_number:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for column, width in zip(drawn.columns, wide, strict=True):
        column.width = _part(width)
    repeats(drawn, table.caption)
    file.add_paragraph(style="After a table")


def _add_facts(file: File, pairs: Sequence[tuple[str, str]]) -> None:
    drawn = file.add_table(rows=len(pairs), cols=2, style="Facts")
    drawn.autofit = False
    for row, pair in zip(drawn.rows, pairs, strict=True):
        stays_whole(row)
        for place, (cell, text, width) in enumerate(zip(row.cells, pair, FACTS, strict=True)):
            _fill(cell, text, width, is_head=place == 0)
    for column, width in zip(drawn.columns, FACTS, strict=True):
        column.width = _part(width)
    file.add_paragraph(style="After a table")


def _fill(cell: Cell, text: str, width: float, *, is_head: bool) -> None:
    cell.width = _part(width)
    cell.paragraphs[0].style = "Head in a table" if is_head else "In a table"
    _put(cell.paragraphs[0], text)


def _add_figure(file: File, figure: Figure) -> None:
    wide, high = size(figure.svg)
    scale = min(1.0, TEXT_WIDTH / (wide * PIXEL), TEXT_HEIGHT / (high * PIXEL))
    picture = png(figure.svg, min(MOST_PIXELS, round(wide * SHARPNESS)))
    shape = file.add_picture(io.BytesIO(picture), width=Length(round(wide * PIXEL * scale)))
    named = shape._inline.docPr
    named.set("descr", figure.alternative)
    named.set("name", gettext("Figure"))
    # LibreOffice moves it in a little where nothing is said.
    for side in ("distT", "distB", "distL", "distR"):
        shape._inline.set(side, "0")


def _part(width: float) -> Length:
    return Length(round(TEXT_WIDTH * width))


def _put(line: Line, text: str) -> None:
    """Write a text into an empty paragraph."""
    for place, part in enumerate(text.splitlines()):
        if place:
            line.add_run().add_break()
        line.add_run(part)
    runs_in_its_direction(line, text)


def _without_time(packed: io.BytesIO) -> bytes:
    """The same archive, every entry of which is from the first day that an archive can name."""
    out = io.BytesIO()
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            kept = zipfile.ZipInfo(entry.filename, MIDNIGHT)
            kept.compress_type = zipfile.ZIP_DEFLATED
            kept.create_system = 3
            target.writestr(kept, source.read(entry))
    return out.getvalue()

"""A document for Word: real styles, real headings, tables whose first row is repeated on every page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as File
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph as Lines
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
from workshop.documents.drawing import png, size
from workshop.documents.tables import widths
from workshop.documents.tidying import tidied

INK, BRAND, QUIET, WARN = (RGBColor.from_string(each) for each in ("14202B", "0A5A5F", "44525F", "7A4B00"))
SOFT, HAIRLINE = "F1F6F5", "CFD8D6"
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 21.0, 29.7, 2.0
ROOM = PAGE_WIDTH - 2 * MARGIN
TALLEST = 22.0
# On every computer of a council, and LibreOffice has letters of the same widths.
FONT = "Arial"
STYLES = {"lead": "Intro", "hint": "Hint", "empty": "Not agreed", "plain": "Normal"}
# Of a picture in pixels: sharp on paper at its usual width.
PICTURE_WIDTH = 1800
CM_PER_PIXEL = 2.54 / 96
CELL_MARGIN = Cm(0.14)


def write(document: Document) -> bytes:
    """The file. The same document makes the same bytes."""
    document = tidied(document)
    file = docx.Document()
    _describe(file, document)
    _dress(file, document)
    _frame(file, document)
    if document.marks:
        file.add_paragraph(" · ".join(document.marks), style="Mark")
    file.add_paragraph(document.title, style="Title")
    for block in document.blocks:
        _add(file, block)
    out = io.BytesIO()
    file.save(out)
    return _dated(out.getvalue(), document.made_at)


def _describe(file: File, document: Document) -> None:
    about = file.core_properties
    about.title, about.author, about.comments = document.title[:255], "Eight Dots", ""
    about.language, about.revision = document.language, 1
    about.created = about.modified = datetime.fromtimestamp(document.made_at, UTC).replace(tzinfo=None)
    about.last_modified_by = "Eight Dots"


# Styles ---------------------------------------------------------------------------------------------------------------


def _dress(file: File, document: Document) -> None:
    """Set the styles: whoever edits the file changes them, and the whole of it follows."""
    styles: Any = file.styles
    _font(styles["Normal"], 11, INK)
    _language(styles["Normal"], document.language)
    styles["Normal"].paragraph_format.space_after = Pt(8)
    styles["Normal"].paragraph_format.line_spacing = 1.15
    for name, points, colour, before in (
        ("Title", 24, BRAND, 0), ("Heading 1", 16, BRAND, 22), ("Heading 2", 13, INK, 16), ("Heading 3", 11.5, INK, 12),
    ):  # fmt: skip
        style = styles[name]
        _font(style, points, colour, bold=True)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(6)
        style.paragraph_format.keep_with_next = True
    # The rule under Word's own title.
    for border in styles["Title"].element.pPr.findall(qn("w:pBdr")):
        styles["Title"].element.pPr.remove(border)
    _font(styles["Caption"], 10.5, INK, bold=True)
    styles["Caption"].paragraph_format.keep_with_next = True
    styles["Caption"].paragraph_format.space_before = Pt(10)
    for name, points, colour, bold, italic in (
        ("Intro", 14, INK, False, False), ("Hint", 9.5, QUIET, False, False), ("Not agreed", 11, QUIET, False, True),
        ("Mark", 12, WARN, True, False), ("Table text", 9.5, INK, False, False),
        ("Table heading", 8.5, INK, True, False), ("Table fact", 9.5, INK, True, False),
        ("Table end", 4, INK, False, False),
    ):  # fmt: skip
        style = styles.add_style(name, 1)
        style.base_style = styles["Normal"]
        _font(style, points, colour, bold=bold, italic=italic)
        if name.startswith("Table"):
            style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(2.5)
            style.paragraph_format.line_spacing = 1.0


def _font(style: Any, points: float, colour: RGBColor, *, bold: bool = False, italic: bool = False) -> None:
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(points), bold, italic
    font.color.rgb = colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), FONT)


def _language(style: Any, language: str) -> None:
    properties = style.element.get_or_add_rPr()
    for before in properties.findall(qn("w:lang")):
        properties.remove(before)
    properties.append(_element("w:lang", val=language))


def _frame(file: File, document: Document) -> None:
    """What is on every page: its marks above, the title and the page's number below."""
    section = file.sections[0]
    section.page_width, section.page_height = Cm(PAGE_WIDTH), Cm(PAGE_HEIGHT)
    section.left_margin = section.right_margin = Cm(MARGIN)
    section.top_margin = section.bottom_margin = Cm(2.4)
    if document.marks:
        header = section.header.paragraphs[0]
        header.style, header.alignment = "Mark", WD_ALIGN_PARAGRAPH.RIGHT
        header.add_run(" · ".join(document.marks))
    footer = section.footer.paragraphs[0]
    footer.style = "Hint"
    footer.add_run(f"{document.title} · ")
    before, between, after = gettext("Page {page} of {pages}").replace("{pages}", "{page}").split("{page}")
    footer.add_run(before)
    _field(footer, "PAGE")
    footer.add_run(between)
    _field(footer, "NUMPAGES")
    footer.add_run(after)


def _field(paragraph: Lines, name: str) -> None:
    """Something that Word works out by itself."""
    run = paragraph.add_run()
    for kind in ("begin", "separate", "end"):
        run._r.append(_element("w:fldChar", fldCharType=kind))
        if kind == "begin":
            instruction = _element("w:instrText")
            instruction.text = name
            run._r.append(instruction)
        if kind == "separate":
            shown = _element("w:t")
            shown.text = "1"
            run._r.append(shown)


# Blocks ---------------------------------------------------------------------------------------------------------------


def _add(file: File, block: Block) -> None:
    match block:
        case Heading(level, text):
            _say(file.add_paragraph(style=f"Heading {level}"), text)
        case Paragraph(text, style) if text:
            _say(file.add_paragraph(style=STYLES[style]), text)
        case Bullets(texts, numbered):
            _list(file, texts, numbered=numbered)
        case Facts(pairs) if pairs:
            _facts(file, block)
        case Figure(svg, alternative):
            _figure(file, svg, alternative)
        case Table() as table:
            _table(file, table)
        case Signatures() as signatures:
            _table(file, signatures.table, height=1.3)
        case NewPage():
            file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        case Paragraph() | Facts():
            pass


def _say(paragraph: Lines, text: str) -> None:
    for place, line in enumerate(text.splitlines()):
        if place:
            paragraph.add_run().add_break()
        paragraph.add_run(line)


def _list(file: File, texts: Sequence[str], *, numbered: bool) -> None:
    if not numbered:
        for text in texts:
            _say(file.add_paragraph(style="List Bullet"), text)
        return
    number = _numbering(file)
    for text in texts:
        paragraph = file.add_paragraph(style="List Number")
        _say(paragraph, text)
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_numId().val = number
        properties.get_or_add_ilvl().val = 0


def _numbering(file: File) -> int:
    """A list of its own, which begins at 1: those of one style would go on counting."""
    numbering: Any = file.part.numbering_part.element
    kind = file.styles["List Number"].element.pPr.numPr.numId.val
    abstract = next(each for each in numbering.num_lst if each.numId == kind).abstractNumId.val
    added = numbering.add_num(abstract)
    added.add_lvlOverride(0).add_startOverride(1)
    return int(added.numId)


def _facts(file: File, facts: Facts) -> None:
    table: Any = file.add_table(rows=0, cols=2)
    _bare(table, (0.28, 0.72))
    for name, what in facts.pairs:
        cells = table.add_row().cells
        _fill(cells[0], name, "Table fact", 0.28)
        _fill(cells[1], what, "Table text", 0.72)
    file.add_paragraph(style="Table end")


def _table(file: File, table: Table, *, height: float = 0.0) -> None:
    if table.caption:
        _say(file.add_paragraph(style="Caption"), table.caption)
    parts, numeric = widths(table), table.numeric
    made: Any = file.add_table(rows=1, cols=len(table.columns))
    _bare(made, parts)
    heading = made.rows[0]
    heading._tr.get_or_add_trPr().append(_element("w:tblHeader"))
    for cell, name, part, is_number in zip(heading.cells, table.columns, parts, numeric, strict=True):
        _fill(cell, name, "Table heading", part, right=is_number)
        cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=SOFT))
    for texts in table.shown:
        row = made.add_row()
        # A row goes over to the next page whole.
        row._tr.get_or_add_trPr().append(_element("w:cantSplit"))
        if height:
            row.height = Cm(height)
        for cell, text, part, is_number in zip(row.cells, texts, parts, numeric, strict=True):
            _fill(cell, text, "Table text", part, right=is_number)
    file.add_paragraph(style="Table end")


def _bare(table: Any, parts: Sequence[float]) -> None:
    """Columns of these parts of the page's width; hairlines under the rows, and nothing else."""
    table.autofit = False
    for column, part in zip(table.columns, parts, strict=True):
        column.width = Cm(ROOM * part)
    borders, margins = _element("w:tblBorders"), _element("w:tblCellMar")
    for side in ("top", "bottom", "insideH"):
        borders.append(_element(f"w:{side}", val="single", sz="4", space="0", color=HAIRLINE))
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", w=str(CELL_MARGIN.twips), type="dxa"))
    # Word holds a file for broken in which these are in another order.
    properties = table._tbl.tblPr
    layout = properties.find(qn("w:tblLayout"))
    layout.addprevious(borders)
    layout.addnext(margins)


def _fill(cell: _Cell, text: str, style: str, part: float, *, right: bool = False) -> None:
    cell.width = Cm(ROOM * part)
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _say(paragraph, text)


def _figure(file: File, svg: str, alternative: str) -> None:
    wide, high = (each * CM_PER_PIXEL for each in size(svg))
    smaller = min(1.0, ROOM / wide, TALLEST / high)
    picture = file.add_picture(io.BytesIO(png(svg, PICTURE_WIDTH)), width=Cm(wide * smaller))
    picture._inline.docPr.set("descr", alternative)
    # Without these LibreOffice moves it in a little.
    for side in ("distT", "distB", "distL", "distR"):
        picture._inline.set(side, "0")


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _dated(body: bytes, made_at: int) -> bytes:
    """The file again, whose parts are all dated `made_at`: they were dated now."""
    when = datetime.fromtimestamp(max(made_at, 315_532_800), UTC)  # ZIP knows no time before 1980
    out = io.BytesIO()
    with ZipFile(io.BytesIO(body)) as before, ZipFile(out, "w") as after:
        for name in before.namelist():
            entry = ZipInfo(name, (when.year, when.month, when.day, when.hour, when.minute, when.second))
            entry.compress_type = ZIP_DEFLATED
            after.writestr(entry, before.read(name))
    return out.getvalue()

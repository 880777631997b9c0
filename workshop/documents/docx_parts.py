"""What a Word file is made of where python-docx has no words for it: its styles, fields, rows that repeat."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any, Literal

from docx.document import Document as File
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

# Of what is on every machine or has a stand-in as wide, the one that most councils write in.
FONT = "Arial"
INK, QUIET, BRAND, MARK = (RGBColor.from_string(name) for name in ("14202B", "44525F", "0A5A5F", "7A4B00"))
HAIR, SOFT = "CFD8D6", "F1F6F5"


def set_looks(file: File, language: str) -> None:
    """Styles: those that Word knows by name, and a few of our own beside them."""
    _keep_styles(file)
    defaults = file.styles.element.find(qn("w:docDefaults")).find(f".//{qn('w:rPr')}")
    _child(defaults, "w:lang", val=language, eastAsia=language, bidi=language)
    _font(defaults)
    plain = _style(file, "Normal", 11, INK, before=0, after=7)
    plain.paragraph_format.line_spacing = 1.2
    _style(file, "Title", 24, BRAND, bold=True, before=0, after=14, line=1.05)
    for level, (points, colour, before) in enumerate(((16, BRAND, 22), (13, INK, 16), (11.5, INK, 12)), 1):
        heading = _style(file, f"Heading {level}", points, colour, bold=True, before=before, after=6, line=1.1)
        heading.paragraph_format.keep_with_next = True
    for name in ("List Bullet", "List Number"):
        _style(file, name, 11, INK, before=0, after=4)
    caption = _style(file, "Caption", 10.5, INK, bold=True, before=10, after=5)
    caption.paragraph_format.keep_with_next = True
    _style(file, "Lead", 13.5, INK, before=0, after=14, line=1.25)
    _style(file, "Hint", 9.5, QUIET, before=0, after=7)
    _style(file, "Not there", 11, QUIET, before=0, after=7).font.italic = True
    _style(file, "Mark", 12, MARK, bold=True, before=0, after=10)
    _style(file, "In a table", 9.5, INK, before=0, after=0, line=1.1)
    _style(file, "Head in a table", 9, INK, bold=True, before=0, after=0, line=1.1)
    _style(file, "After a table", 6, INK, before=0, after=4, line=1.0)
    _style(file, "Header", 10, MARK, bold=True, before=0, after=0).paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _style(file, "Footer", 9, QUIET, before=0, after=0).paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _table_style(file, "Eight Dots", head="firstRow")
    _table_style(file, "Facts", head="firstCol")
    _is_of_our_time(file)


def repeats(table: Table, caption: str) -> None:
    """The first row stands at the top of every page that the table goes over to. `caption` is what it is called by
    those who cannot see it.
    """
    _child(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
    _child(table._tbl.tblPr, "w:tblCaption", val=caption[:255])


def stays_whole(row: _Row) -> None:
    _child(row._tr.get_or_add_trPr(), "w:cantSplit")


def field(line: Paragraph, name: str) -> None:
    """A number that Word works out: PAGE, NUMPAGES."""
    shown = OxmlElement("w:fldSimple")
    shown.set(qn("w:instr"), name)
    line.add_run("1")
    shown.append(line.runs[-1]._r)
    line._p.append(shown)


def numbered_anew(file: File, lines: Sequence[Paragraph]) -> None:
    """Number these from 1, and not on from the last list."""
    numbering = file.part.numbering_part.element
    style = file.styles["List Number"].element
    of_style = numbering.num_having_numId(style.pPr.numPr.numId.val)
    number = numbering.add_num(of_style.abstractNumId.val)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    for line in lines:
        properties = line._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = number.numId


def runs_in_its_direction(line: Paragraph, text: str) -> None:
    """A text in Hebrew or Arabic runs from right to left."""
    strong = next((way for ch in text if (way := unicodedata.bidirectional(ch)) in ("L", "R", "AL")), "L")
    if strong == "L":
        return
    line._p.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *AFTER_BIDI)
    for run in line.runs:
        _child(run._r.get_or_add_rPr(), "w:rtl")


# What stands after it in a paragraph's properties, whose order is given.
AFTER_BIDI = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents",
    "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:outlineLvl", "w:rPr", "w:sectPr")  # fmt: skip


def _keep_styles(file: File) -> None:
    """Leave out the template's hundred table styles, among which nobody would find anything."""
    for style in list(file.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name != "Normal Table":
            style.delete()


def _style(
    file: File,
    name: str,
    points: float,
    colour: RGBColor,
    *,
    bold: bool = False,
    before: float,
    after: float,
    line: float | None = None,
) -> ParagraphStyle:
    known = [style.name for style in file.styles]
    style = file.styles[name] if name in known else file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    if name not in known:
        style.base_style = file.styles["Normal"]
        style.quick_style = True
    style.font.name, style.font.size, style.font.bold, style.font.color.rgb = FONT, Pt(points), bold, colour
    style.font.italic = False
    _font(style.element.get_or_add_rPr())
    spaced = style.paragraph_format
    spaced.space_before, spaced.space_after = Pt(before), Pt(after)
    if line is not None:
        spaced.line_spacing = line
    border = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if border is not None:
        border.getparent().remove(border)
    return style


def _font(properties: Any) -> None:
    """One typeface for every script, and none from the theme."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


def _table_style(file: File, name: str, head: Literal["firstRow", "firstCol"]) -> None:
    """A table style: hairlines between rows, and how its heads stand out."""
    style = file.styles.add_style(name, WD_STYLE_TYPE.TABLE)
    style.base_style = file.styles["Normal Table"]
    of_table = _child(style.element, "w:tblPr")
    borders = _child(of_table, "w:tblBorders")
    for place in ("bottom", "insideH"):
        _child(borders, f"w:{place}", val="single", sz="4", space="0", color=HAIR)
    cells = _child(of_table, "w:tblCellMar")
    for place, twips in (("top", 70), ("left", 100), ("bottom", 70), ("right", 100)):
        _child(cells, f"w:{place}", w=str(twips), type="dxa")
    of_head = _child(style.element, "w:tblStylePr", type=head)
    _child(_child(of_head, "w:rPr"), "w:b")
    if head == "firstRow":
        box = _child(of_head, "w:tcPr")
        _child(_child(box, "w:tcBorders"), "w:bottom", val="single", sz="8", space="0", color=str(BRAND))
        _child(box, "w:shd", val="clear", color="auto", fill=SOFT)
        _child(box, "w:vAlign", val="bottom")


def _is_of_our_time(file: File) -> None:
    """The template is one of 2010, and Word says so in the title bar of what is made of it."""
    for setting in file.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _child(parent: Any, name: str, **attributes: str) -> Any:
    """The one child of that name, put there if it is missing."""
    child = parent.find(qn(name))
    if child is None:
        child = OxmlElement(name)
        parent.append(child)
    for key, text in attributes.items():
        child.set(qn(f"w:{key}"), text)
    return child

"""A document with one of everything, and with everything that people write to break one."""

from __future__ import annotations

from tests.cast import NOW
from workshop.documents import (
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

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 60" width="300" height="60">'
    '<rect width="200" height="20" fill="#14569e"/><text x="4" y="50">Trees</text></svg>'
)
HOSTILE = [
    "<script>alert(1)</script>",
    "[click](javascript:alert(1))",
    "a | b || c",
    "# not a heading",
    "1. not a list",
    "- nor this",
    "=1+1",
    "*bold* _it_ `code`",
    "&lt; &amp; R&D",
    "#panic() $x$ \\",
    "שלום עולם",
    "食べ物",
    "x" * 140,
    "nul\0here",
    "\ud800 half a letter, \ufffe none",
    "\u202ereversed",
    "{{ config }} {% raw %}",
]


def document(*blocks: Block, marks: tuple[str, ...] = ("Draft", "Provisional"), title: str = "Town centre") -> Document:
    return Document(title, blocks, NOW, marks)


FULL = document(
    Paragraph("Eight people used 62 of 64 dots.", "lead"),
    Facts([("Date", "15 November 2019"), ("People", "8")]),
    Heading(1, "Results"),
    Table(
        "By dots",
        ["Rank", "Response", "Dots", "Share"],
        [["1", "Digital communications", 12, 0.1935], ["2=", "Cyber security", 7, None]],
        percent=[3],
    ),
    Figure(SVG, "Trees have 12 dots."),
    Heading(2, "Contested"),
    Bullets(["Buses", "Benches"]),
    Bullets(["First", "Second"], numbered=True),
    Paragraph("and then"),
    Bullets(["First again"], numbered=True),
    Heading(3, "Local focus"),
    Paragraph("Not agreed in the workshop", "empty"),
    Paragraph("What this looks at.", "hint"),
    NewPage(),
    Heading(1, "Agreement"),
    Signatures(["Leader of the council", "Lead peer"]),
)

EVIL = document(
    *[Paragraph(text) for text in HOSTILE],
    *[Heading(1, text) for text in HOSTILE],
    Bullets(HOSTILE),
    Facts([(text, text) for text in HOSTILE]),
    Table(HOSTILE[0], HOSTILE[:2], [[text, number] for number, text in enumerate(HOSTILE)]),
    Signatures(HOSTILE[:3]),
    Figure(SVG, HOSTILE[0]),
    title=HOSTILE[0] + HOSTILE[1],
    marks=tuple(HOSTILE[:2]),
)
EMPTY = document(
    Paragraph(""),
    Bullets([]),
    Facts([]),
    Table("Nothing", ["Rank", "Response"], []),
    Signatures([]),
    title=" ",
    marks=(),
)

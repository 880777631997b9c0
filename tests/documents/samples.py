"""A document with every kind of block, and what people write to break one."""

from __future__ import annotations

from hypothesis import strategies as st

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
    '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="200" viewBox="0 0 600 200">'
    '<rect width="600" height="200" fill="#0a5a5f"/></svg>'
)
TABLE = Table(
    "All responses",
    ["Rank", "Response", "Dots", "Share"],
    [["1", "Trees", 12, 0.75], ["2=", "Benches", 2, 0.125], ["2=", "Shade", 2, None]],
    percent=(3,),
)
BLOCKS: list[Block] = [
    Paragraph("27 people used 212 of 216 dots.", "lead"),
    Heading(1, "The ranking"),
    Paragraph("What this looks at.", "hint"),
    TABLE,
    Heading(2, "In figures"),
    Figure(SVG, "R1 has most dots"),
    Bullets(["First point", "Second point"]),
    Heading(3, "In order"),
    Bullets(["Step one", "Step two"], numbered=True),
    Facts([("Date", "14 March 2026"), ("Council", "Anytown")]),
    NewPage(),
    Heading(1, "Agreement"),
    Paragraph("Not agreed in the workshop", "empty"),
    Signatures(["Council leader", "Peer team"]),
]

HOSTILE = [
    "| a | b |",
    "[a link](http://evil.example)",
    "![picture](x.png)",
    "<script>alert(1)</script>",
    "</td></table><h1>mine</h1>",
    "# heading",
    "1. first",
    "- bullet",
    "+ plus",
    "> quoted",
    "=== rule",
    "`code` ```fence",
    "*bold* _it_ ~~gone~~",
    "&amp; &#60; AT&T",
    "\"quoted\" 'single'",
    "https://evil.example www.evil.example me@evil.example",
    "#panic() $x^2$ @label",
    "{{ 7 * 7 }} {% raw %}",
    "back\\slash",
    "two\nlines",
    "🎉 party",
    "שלום עולם",
]

WORDS = st.text(max_size=30)


def sample(blocks: list[Block] | None = None, **facts: object) -> Document:
    plain = {"title": "Town centre", "blocks": BLOCKS if blocks is None else blocks, "made_at": NOW}
    return Document(**plain | facts)  # type: ignore[arg-type]


def of_words(text: str) -> Document:
    """A document in which one text is everywhere that a text can be."""
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

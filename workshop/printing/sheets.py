"""Sheets of paper: ballot papers, cards for the wall, slips for the seats. Plain values in, a PDF's bytes out.

Their sentences are in the language of the caller's context (English outside of one), which should be the one that a
sheet says it is in; `is_draft` where nobody has reviewed them. A title, a prompt or a name that has a `tag`, as what
the pages say has, is marked with that language. `typesetting` says what every PDF has in common, and where a server
should have it drawn.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Literal, NamedTuple

import segno
from flask_babel import gettext, ngettext

from workshop import rules
from workshop.typesetting import Document, draw, written

Sign = Literal["tick", "cross", "star", "plus", "minus", "question", "circle", "square", "triangle", "flag"]

# More circles than these beside a response would be hard to count; a box takes a number instead.
MOST_CIRCLES = 10


class Column(NamedTuple):
    """A column of an exercise: its name is printed beside its sign, and its prompt, if it has one, above the list."""

    key: str
    name: str
    sign: Sign
    prompt: str = ""


class Response(NamedTuple):
    """A response as printed. `column` is the key of its column, or None where the exercise has none."""

    number: int
    text: str
    column: str | None = None


class Paper(NamedTuple):
    """A ballot paper. `prompt` is "" where the columns have prompts of their own; `language` is a tag such as cy."""

    title: str
    prompt: str
    responses: Sequence[Response]
    allowance: int
    most_per_response: int | None = None
    columns: Sequence[Column] = ()
    language: str = "en"
    is_draft: bool = False


class Cards(NamedTuple):
    """Cards for the wall, one for each response."""

    title: str
    responses: Sequence[Response]
    columns: Sequence[Column] = ()
    language: str = "en"
    is_draft: bool = False


class Slip(NamedTuple):
    """What lies on a seat: `url` is in the QR code, `address` what somebody types who cannot scan it."""

    seat: int
    url: str
    address: str


class Slips(NamedTuple):
    """Slips for the seats of a workshop."""

    title: str
    slips: Sequence[Slip]
    language: str = "en"
    is_draft: bool = False


# The sheets -----------------------------------------------------------------------------------------------------------


def ballot_paper(paper: Paper) -> bytes:
    """A numbered response sheet for somebody without a phone: large print on A4, good in black and white."""
    most = min(paper.most_per_response or paper.allowance, paper.allowance)
    circles = most if most <= MOST_CIRCLES else 0
    if circles:
        how = gettext("Fill in one circle for each dot. You don’t have to use them all.")
    else:
        how = gettext("In the box, write how many dots you give. You don’t have to use them all.")
    used = gettext("Dots used: {used} of %(all)s", all=paper.allowance)
    return draw(
        "ballot_paper",
        {
            "language": paper.language,
            "draft": _draft(paper),
            "heading": gettext("%(title)s – paper ballot", title=rules.tidy(paper.title)),
            "title": _said(paper.title),
            "prompt": _said(paper.prompt),
            "columns": _columns(paper.columns),
            "responses": _responses(paper.responses, paper.columns),
            "circles": circles,
            "words": {
                "paper": gettext("Paper ballot"),
                "page": gettext("Page {page} of {pages}"),
                "how_many": _how_many(paper.allowance, most),
                "how": how,
                "number": gettext("Number"),
                "response": gettext("Response"),
                "dots": gettext("Your dots"),
                "used": [part.strip() for part in used.partition("{used}")[::2]],
                "ballot_number": gettext("Ballot number"),
                "facilitator_fills": gettext("The facilitator fills this in."),
            },
        },
    )


def sticker_cards(cards: Cards) -> bytes:
    """Cards to cut out and put on the wall: the number large, the text, and room for stickers. Four to a sheet."""
    return draw(
        "sticker_cards",
        {
            "language": cards.language,
            "draft": _draft(cards),
            "heading": gettext("%(title)s – cards", title=rules.tidy(cards.title)),
            "columns": _columns(cards.columns),
            "responses": _responses(cards.responses, cards.columns),
            "words": {"room": gettext("Room for dots")},
        },
    )


def seat_slips(slips: Slips) -> bytes:
    """Slips to cut out, one for each seat, with a QR code to join by. Eight to a sheet."""
    return draw(
        "seat_slips",
        {
            "language": slips.language,
            "draft": _draft(slips),
            "heading": gettext("%(title)s – seat slips", title=rules.tidy(slips.title)),
            "title": _said(slips.title),
            "slips": [
                {
                    "seat": written(gettext("Seat %(number)s", number=slip.seat)),
                    "address": {"text": rules.tidy(slip.address), "dir": "ltr"},
                    "qr": _qr(slip.url),
                    "qr_says": gettext("QR code for %(address)s", address=rules.tidy(slip.address)),
                }
                for slip in slips.slips
            ],
            "words": {"once": gettext("One phone, once. Scan to join.")},
        },
    )


def _draft(sheet: Paper | Cards | Slips) -> str:
    return gettext("A draft translation, not reviewed yet.") if sheet.is_draft else ""


def _said(text: str) -> dict[str, str]:
    return written(text, getattr(text, "tag", ""))


def _how_many(allowance: int, most: int) -> str:
    have = ngettext("You have %(num)s dot.", "You have %(num)s dots.", allowance)
    if allowance == 1:
        return str(have)
    if most == 1:
        limit = gettext("Put no more than one on a response.")
    elif most < allowance:
        limit = gettext("Put up to %(most)s on one response.", most=most)
    else:
        limit = gettext("Put as many as you like on one response.")
    return f"{have} {limit}"


def _columns(columns: Sequence[Column]) -> list[Document]:
    return [{"name": _said(each.name), "sign": each.sign, "prompt": _said(each.prompt)} for each in columns]


def _responses(responses: Sequence[Response], columns: Sequence[Column]) -> list[Document]:
    places = {column.key: place for place, column in enumerate(columns)}
    return [
        {
            "number": f"R{each.number}",
            "words": written(each.text),
            "column": None if each.column is None else places[each.column],
        }
        for each in responses
    ]


def _qr(url: str) -> str:
    """The code as SVG, black on white, with the four modules of quiet around it that the standard asks for."""
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        out, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False, omitsize=True
    )
    return out.getvalue().decode()

"""What is printed: read back as whoever opens the file does, and scanned as a phone does."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import Any, get_args

import pypdf
import pytest
import typst
import zxingcpp
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf.generic import BooleanObject, DictionaryObject

from workshop.printing.sheets import (
    Cards,
    Column,
    Paper,
    Response,
    Sign,
    Slip,
    Slips,
    ballot_paper,
    seat_slips,
    sticker_cards,
)

YES = Column("yes", "YES", "tick", "What would make you come into town?")
NO = Column("no", "NO", "cross", "What keeps you away?")

TYPST = [
    "#panic()",
    "$x^2$ and *bold* and _it_",
    "= Heading",
    "// not a comment",
    "/* nor this */ [x] {y}",
    "`raw` @label <label> ~ --- ...",
    r"a \ b \u{41} \#",
    '#read("house.typ") #sys.inputs \'quoted\' "quoted"',
    '"}],"title":{"text":"mine"}',
    "<script>alert(1)</script> &amp;",
]

# Marks on letters that no font has together, in lines that break at a place which makes typst 0.15 stumble.
PILED = (
    "\u2872\u1563\u04a3\u1569\u200b\u05d7\u20edP\u2260\u0386\u22de\u1d9e\u2c99\u27db\u2075\u2cd0\u2303 ⨀\u081b\u0c04"
)


def responses(*texts: str) -> list[Response]:
    return [Response(number, text) for number, text in enumerate(texts, 1)]


def paper(*texts: str, **facts: Any) -> bytes:
    plain: dict[str, Any] = {"title": "Town centre", "prompt": "What matters?", "allowance": 8}
    return ballot_paper(Paper(responses=responses(*texts), **plain | facts))


def cards(*texts: str, **facts: Any) -> bytes:
    return sticker_cards(Cards("Town centre", responses(*texts), **facts))


def slips(count: int = 1, **facts: Any) -> bytes:
    laid = [
        Slip(seat, f"https://dots.example/s/{seat}x7Kq", f"dots.example/s/{seat}x7Kq") for seat in range(1, count + 1)
    ]
    return seat_slips(Slips(**{"title": "Town centre", "slips": laid} | facts))


def pages(pdf: bytes) -> list[str]:
    """The words of each page, wherever their lines break."""
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def words(pdf: bytes) -> str:
    return " ".join(pages(pdf))


def letters(text: str) -> str:
    """A text without its spaces: a line that breaks within a word looks like a space."""
    return "".join(text.split())


def elements(pdf: bytes) -> Iterator[tuple[str, str]]:
    """What a screen reader finds: the kind of each element (H1, P, Table, TH, …) and what it is said to show."""
    waiting: list[Any] = [pypdf.PdfReader(io.BytesIO(pdf)).root_object["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                yield str(node["/S"]).removeprefix("/"), str(node.get("/Alt", ""))
            waiting.extend([node["/K"]] if "/K" in node else [])


def kinds(pdf: bytes) -> list[str]:
    return [kind for kind, _ in elements(pdf)]


def points(png: bytes) -> memoryview:
    """A picture's green, one byte for each point."""
    width, height, depth, colours = struct.unpack(">IIBB", png[16:26])
    assert (depth, colours) == (8, 6)
    packed, at = b"", 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        packed += png[at + 8 : at + 8 + size] if png[at + 4 : at + 8] == b"IDAT" else b""
        at += size + 12
    raw, across = zlib.decompress(packed), 1 + 4 * width
    green, above = bytearray(), bytearray(width)
    for start in range(0, across * height, across):
        row = _unfiltered(raw[start], bytearray(raw[start + 2 : start + across : 4]), above)
        green += row
        above = row
    return memoryview(bytes(green)).cast("B", shape=[height, width])


def _unfiltered(kind: int, row: bytearray, above: bytearray) -> bytearray:
    """One row of a PNG as it was before its filter (RFC 2083, 6)."""
    left = corner = 0
    for x, up in enumerate(above):
        if kind == 4:
            guess = left + up - corner
            row[x] = (row[x] + min((left, up, corner), key=lambda near: abs(guess - near))) & 255
        else:
            row[x] = (row[x] + (0, left, up, (left + up) // 2)[kind]) & 255
        left, corner = row[x], up
    return row


ONE_OF_EACH: list[Callable[..., bytes]] = [
    lambda **facts: paper("Trees", **facts),
    lambda **facts: cards("Trees", **facts),
    slips,
]
every_sheet = pytest.mark.parametrize("sheet", ONE_OF_EACH, ids=["paper", "cards", "slips"])


# The ballot paper -----------------------------------------------------------------------------------------------------


def test_a_ballot_paper_holds_every_response_in_order_with_its_number_and_column() -> None:
    listed = [Response(7, "Trees", "yes"), Response(2, "Parking fees", "no"), Response(31, "Late buses", "yes")]
    said = words(ballot_paper(Paper("Town centre", "", listed, 8, columns=[YES, NO])))
    assert "R7 YES Trees R2 NO Parking fees R31 YES Late buses" in said
    assert said.index("Town centre") < said.index(YES.prompt) < said.index(NO.prompt) < said.index("R7")


@pytest.mark.parametrize(
    ("allowance", "most", "sentence"),
    [
        (8, None, "You have 8 dots. Put as many as you like on one response. Fill in one circle for each dot."),
        (8, 3, "You have 8 dots. Put up to 3 on one response. Fill in one circle for each dot."),
        (8, 1, "You have 8 dots. Put no more than one on a response. Fill in one circle for each dot."),
        (3, 8, "You have 3 dots. Put as many as you like on one response. Fill in one circle for each dot."),
        (1, None, "You have 1 dot. Fill in one circle for each dot."),
        (
            20,
            None,
            "You have 20 dots. Put as many as you like on one response. In the box, write how many dots you give.",
        ),
        (20, 10, "You have 20 dots. Put up to 10 on one response. Fill in one circle for each dot."),
    ],
)
def test_a_ballot_paper_says_how_to_vote(allowance: int, most: int | None, sentence: str) -> None:
    said = words(paper("Trees", allowance=allowance, most_per_response=most))
    assert sentence in said
    assert f"Dots used: of {allowance}" in said


def test_a_ballot_paper_has_as_many_circles_as_dots_may_go_on_a_response() -> None:
    def circles(pdf: bytes) -> int:
        # Four curves make a circle, and so do the corners of a rounded box, of which there are always as many.
        contents = [page.get_contents() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
        return sum(content.get_data().split().count(b"c") for content in contents if content is not None) // 4

    none = circles(paper())
    assert [circles(paper("Trees", "Buses", most_per_response=most)) - none for most in (1, 3, 8)] == [2, 6, 16]


def test_a_ballot_paper_has_room_for_the_number_of_the_ballot() -> None:
    assert "Ballot number The facilitator fills this in." in words(paper("Trees"))


def test_two_hundred_responses_take_pages_that_each_say_which_they_are() -> None:
    read = pages(paper(*(f"Response of {number} words" for number in range(1, 201))))
    assert len(read) > 10
    for place, page in enumerate(read, 1):
        assert page.startswith(f"{'Town centre' if place > 1 else 'Paper ballot'} Page {place} of {len(read)}")
        assert "Ballot number" in page
    assert all("Number Response Your dots" in page for page in read[:-1])
    said = [word for word in " ".join(read).split() if word[0] == "R" and word[1:].isdigit()]
    assert said == [f"R{number}" for number in range(1, 201)]


def test_a_ballot_paper_is_in_large_print() -> None:
    sizes: set[float] = set()

    def see(text: str, _: Any, matrix: list[float], __: Any, size: float) -> None:
        if text.strip():
            sizes.add(round(abs(size * matrix[3]), 1))

    full = ballot_paper(Paper("Town centre", "", [Response(n, "Trees", "yes") for n in range(40)], 8, 2, [YES, NO]))
    for page in pypdf.PdfReader(io.BytesIO(full)).pages:
        page.extract_text(visitor_text=see)
    assert sizes
    assert min(sizes) >= 14


def test_a_paper_without_responses_is_a_paper() -> None:
    assert "You have 8 dots." in words(paper())


@pytest.mark.parametrize("sign", get_args(Sign))
def test_a_column_is_shown_by_its_sign_and_its_name(sign: Sign) -> None:
    def drawn(sign: Sign) -> bytes:
        columns = [Column("a", "Aye", sign, "Why?")]
        return ballot_paper(Paper("Town centre", "", [Response(1, "Trees", "a")], 8, columns=columns))

    said = words(drawn(sign)).replace("?  Aye", "Aye").replace("? Aye", "Aye")
    assert "Town centre Aye Why?" in said
    assert "R1 Aye Trees" in said
    assert [other for other in get_args(Sign) if drawn(other) == drawn(sign)] == [sign]


# Cards and slips ------------------------------------------------------------------------------------------------------


def test_every_response_has_a_card_four_to_a_page() -> None:
    read = pages(sticker_cards(Cards("Town centre", [Response(n, f"Tree {n}", "no") for n in range(1, 7)], [YES, NO])))
    assert len(read) == 2
    assert read[0].count("Room for dots") == 4
    assert [f"R{n} NO Tree {n}" in read[(n - 1) // 4] for n in range(1, 7)] == [True] * 6


def test_every_seat_has_a_slip_eight_to_a_page() -> None:
    read = pages(slips(9))
    assert len(read) == 2
    for seat in range(1, 10):
        said = f"Seat {seat} Town centre One phone, once. Scan to join. dots.example/s/{seat}x7Kq"
        assert said in read[(seat - 1) // 8]


def test_a_phone_reads_each_code(monkeypatch: pytest.MonkeyPatch) -> None:
    secret = "pX3uV5qk2mZlJw9QeR7tYbN0cFhG8sLdAoI1KxPzWvM"
    urls = [f"https://dots.cyngor.example.gov.uk/s/{seat}{secret}" for seat in range(1, 9)]

    def photograph(template: str, **how: Any) -> Any:
        return compiled(template, format="png", ppi=110, sys_inputs=how["sys_inputs"])

    compiled = typst.compile
    monkeypatch.setattr(typst, "compile", photograph)
    page = seat_slips(Slips("Town centre", [Slip(n, url, url[8:]) for n, url in enumerate(urls, 1)]))
    found = zxingcpp.read_barcodes(points(page))
    assert sorted(code.text for code in found) == urls


def test_a_code_says_what_it_is_to_those_who_cannot_see_it() -> None:
    pictures = {said for kind, said in elements(slips(3)) if kind == "Figure"}
    assert pictures == {f"QR code for dots.example/s/{seat}x7Kq" for seat in (1, 2, 3)}


# Every sheet ----------------------------------------------------------------------------------------------------------


@every_sheet
def test_a_sheet_conforms_to_pdf_ua(sheet: Callable[..., bytes]) -> None:
    reader = pypdf.PdfReader(io.BytesIO(sheet(language="cy")))
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"] == BooleanObject(True)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert root["/Lang"] == "cy"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == BooleanObject(True)
    assert str(reader.metadata and reader.metadata.title).startswith("Town centre – ")
    assert "H1" in kinds(sheet())


def test_a_ballot_paper_is_a_table_with_headings() -> None:
    found = kinds(paper("Trees", "Buses"))
    assert (found.count("Table"), found.count("TH"), found.count("TD")) == (1, 3, 6)


@pytest.mark.parametrize(("language", "tag"), [("en", "en"), ("en_GB", "en-GB"), ("zh-Hant-TW", "zh")])
def test_a_sheet_says_its_language(language: str, tag: str) -> None:
    root: Any = pypdf.PdfReader(io.BytesIO(paper("Trees", language=language))).root_object
    assert root["/Lang"] == tag


@every_sheet
def test_the_same_sheet_is_the_same_file_on_any_day(sheet: Callable[..., bytes]) -> None:
    assert sheet() == sheet()
    assert set(pypdf.PdfReader(io.BytesIO(sheet())).metadata or ()) == {"/Title", "/Creator"}


# What people write ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", TYPST)
def test_what_looks_like_typst_is_printed_as_it_is(text: str) -> None:
    assert letters(f"R1 {text} R2 Trees") in letters(words(paper(text, "Trees")))
    for sheet in (cards(text), paper(title=text), paper(prompt=text), slips(title=text)):
        assert letters(text) in letters(words(sheet))


def test_welsh_is_printed() -> None:
    text = "Mae’r tŷ a’r ŵyn: Ŵ Ŷ ÿ â ê î ô û ẁ ỳ"
    assert text in words(paper(text))
    assert text in words(cards(text))


def test_a_picture_that_no_font_has_is_named() -> None:
    said = words(paper("Trees 🎉 please", "A 👩‍👩‍👧 family", "👍🏽 Yes", "Flag 🇬🇧", "♥️ love"))
    # A machine with a font for pictures prints them.
    for picture, name in {"🎉": "[party popper]", "👍": "[thumbs up sign]"}.items():
        assert picture in said or name in said
    assert "fitzpatrick" not in said
    assert "please" in said


def test_right_to_left_is_printed_from_the_right() -> None:
    starts: dict[str, float] = {}

    def see(text: str, page: list[float], line: list[float], *_: Any) -> None:
        starts[text.strip()] = page[4] + line[4]

    pypdf.PdfReader(io.BytesIO(paper("Trees", "\u05e2\u05e6\u05d9\u05dd"))).pages[0].extract_text(visitor_text=see)
    assert starts["\u05e2\u05e6\u05d9\u05dd"] > starts["Trees"] + 100
    for language in ("ar", "he"):
        assert "1x7Kq" in words(slips(title="\u0645\u0631\u0643\u0632", language=language))
        assert cards("\u0645\u0632\u064a\u062f \u0645\u0646 12", language=language)


def test_a_long_word_is_printed_on_several_lines() -> None:
    read = pypdf.PdfReader(io.BytesIO(paper("W" * 140))).pages[0].extract_text()
    assert "W" * 140 in letters(read)
    assert max(line.count("W") for line in read.split("\n")) < 30


def test_marks_that_no_font_has_together_spoil_nobody_elses_words() -> None:
    said = words(paper("Trees \u2821\u0df3", "\u0421\u0430\u0434", "Buses"))
    assert "R1 Trees □ R2 \u0421\u0430\u0434 R3 Buses" in said


def test_a_typesetter_that_panics_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    panic = type("PanicException", (BaseException,), {})
    compiled, asked = typst.compile, []

    def stumble(template: str, **how: Any) -> Any:
        asked.append(template)
        if len(asked) == 1:
            raise panic("end byte index 8 is out of bounds")
        return compiled(template, **how)

    monkeypatch.setattr(typst, "compile", stumble)
    assert "R1 \u0421\u0430\u0434 R2 Trees" in words(paper("\u0421\u0430\u0434", "Trees"))


@settings(max_examples=40, deadline=None)
@example(text=PILED)
@example(text="Z\u0334\u0360a\u0321\u035dl\u0335\u0357g\u0336\u030ao" * 8)
@given(text=st.text(max_size=140))
def test_whatever_people_write_is_printed(text: str) -> None:
    assert "R2 Trees" in words(paper(text, "Trees", title=text, prompt=text))
    assert "R2 Trees" in words(cards(text, "Trees"))
    assert slips(title=text, slips=[Slip(1, "https://dots.example", text)])

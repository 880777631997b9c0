"""From words to a PDF, by a typst template in `templates/print/`.

What people wrote reaches a template as data, so that `#panic()` is printed and not obeyed. Every file conforms to
PDF/UA-1 (ISO 14289-1), which is what makes a PDF readable by a screen reader, and the same document makes the same
bytes. Drawing does not hold Python's lock: a server lets `concurrency.native_runner` do it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import typst

from workshop import rules
from workshop.settings import assets

# A word longer than this is taken for none, and lines may break in it, after so many characters each.
LONGEST_WORD = 24
PIECE = 12

# What the typeface surely has: Latin with all of Welsh, dashes and quotes. Whatever else turns up is looked for.
SURE = re.compile(r"[\n -~\xa0-\u017f\u200b\u2010-\u2027]*")

# Of the characters that show nothing, those that say how the ones beside them join or in which direction they run.
# The rest goes, and with it what reverses or embeds: nothing that is written for one line reaches over to another.
KEPT_FORMATS = "\u200c\u200d\u200e\u200f\u061c"
VARIATIONS = re.compile("[\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
MAY_BREAK = "\u200b"
BOX = "□"

# What a template reads: JSON. In every one are `language`, a tag such as cy or en-GB, and `heading`, the file's title.
Document = dict[str, Any]


def draw(template: str, document: Document) -> bytes:
    """The PDF that a template makes of a document."""
    unsure = {text for text in _texts(document) if not SURE.fullmatch(text)}
    for legible in _ever_plainer(unsure):
        try:
            return _typeset(template, _with(document, legible))
        except typst.TypstError as wrong:
            failure = wrong
    raise failure


def _ever_plainer(texts: Collection[str]) -> Iterator[dict[str, str]]:
    """Ways to say texts, from as they are to what can surely be drawn."""
    legible = _legible(texts)
    yield legible
    # Somebody piled up marks that no font has together. Only their words suffer.
    yield {text: said if _can_be_drawn(said) else _plain(said) for text, said in legible.items()}
    yield {text: _plain(text) for text in texts}


def written(text: str, language: str = "") -> dict[str, str]:
    """A text by somebody as templates take it: on one line, and with the direction of its first letter that has one.
    `language` is the tag of the one that it is in, where that is known and may not be the file's.
    """
    text = VARIATIONS.sub("", rules.tidy(text))
    text = "".join(ch for ch in text if unicodedata.category(ch) != "Cf" or ch in KEPT_FORMATS)
    if not any(unicodedata.category(ch)[0] in "LNPS" for ch in text):
        return {"text": "", "dir": "ltr"}
    strong = next((way for ch in text if (way := unicodedata.bidirectional(ch)) in ("L", "R", "AL")), "L")
    said = {"text": " ".join(map(_breakable, text.split())), "dir": "ltr" if strong == "L" else "rtl"}
    return said | ({"language": language} if language else {})


def legible(text: str) -> str:
    """A text with something else for each letter that no font here has."""
    return _legible([text]).get(text, text)


def _breakable(word: str) -> str:
    if len(word) <= LONGEST_WORD:
        return word
    letters = list(_letters(word))
    return MAY_BREAK.join("".join(letters[at : at + PIECE]) for at in range(0, len(letters), PIECE))


def _letters(text: str) -> Iterator[str]:
    """The text's characters, each with the marks that are put on it."""
    letter = ""
    for ch in text:
        if letter and not unicodedata.category(ch).startswith("M"):
            yield letter
            letter = ""
        letter += ch
    if letter:
        yield letter


def _legible(texts: Collection[str]) -> dict[str, str]:
    """Each text with something else for each letter that no font here has, for PDF/UA allows none without a glyph.

    A picture becomes its English name in brackets, as in `[party popper]`, a letter an empty box. The fonts are those
    that come with typst and those of the machine: who installs a font for Chinese prints Chinese.
    """
    unsure = {letter for text in texts for letter in _letters(text) if not SURE.fullmatch(letter)}
    if not unsure:
        return {}
    # Where a font has the letter and not what is put on it, the letter alone is better than nothing.
    wanted = json.dumps(sorted(unsure | {letter[0] for letter in unsure}))
    answer = typst.query(_place("legible"), "<missing>", field="value", one=True, sys_inputs={"data": wanted})
    missing = set(json.loads(answer))
    instead = {letter: _instead_of(letter[0]) if letter[0] in missing else letter[0] for letter in missing}
    return {text: "".join(instead.get(letter, letter) for letter in _letters(text)) for text in texts}


def _instead_of(character: str) -> str:
    category = unicodedata.category(character)
    # A skin tone changes the picture before it.
    if category == "Sk":
        return ""
    # Flags are written with two letters of their own.
    name = unicodedata.name(character, BOX).lower().removeprefix("regional indicator symbol letter ")
    return f"[{name}]" if category == "So" else BOX


def _plain(text: str) -> str:
    return "".join(letter if SURE.fullmatch(letter) else BOX for letter in _letters(text))


def _can_be_drawn(text: str) -> bool:
    try:
        _typeset("alone", {"language": "en", "heading": "Alone", "words": {"text": text, "dir": "ltr"}})
    except typst.TypstError:
        return False
    return True


def _typeset(template: str, document: Document) -> bytes:
    """What typst makes of a document; it raises `TypstError` where it cannot draw all of the text."""
    data = {"data": json.dumps(document)}
    try:
        drawn = typst.compile(_place(template), format="pdf", pdf_standards="ua-1", sys_inputs=data)
    except BaseException as wrong:
        # A panic in Rust, which typst is not free of, arrives as an exception that cannot be imported.
        if type(wrong).__name__ == "PanicException":
            raise typst.TypstError(str(wrong), str(wrong)) from wrong
        raise
    assert isinstance(drawn, bytes)
    return drawn


def _texts(part: Any) -> Iterator[str]:
    """Every text in a part of a document."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list):
        for each in part.values() if isinstance(part, dict) else part:
            yield from _texts(each)


def _with(part: Any, instead: Mapping[str, str]) -> Any:
    """A part of a document with other texts for some of its own."""
    if isinstance(part, str):
        return instead.get(part, part)
    if isinstance(part, dict):
        return {name: _with(each, instead) for name, each in part.items()}
    if isinstance(part, list):
        return [_with(each, instead) for each in part]
    return part


def _place(template: str) -> str:
    return str(assets() / "templates" / "print" / f"{template}.typ")

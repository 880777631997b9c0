"""The page of HTML, parsed again."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given

from tests.documents.samples import HOSTILE, WORDS, of_words, sample
from workshop.documents import Bullets, Document, Facts, Heading, Paragraph, Table
from workshop.documents.html import write

EMPTY = {"meta", "img", "hr"}


class Page(HTMLParser):
    """Every element with its attributes, and the text that is in each kind."""

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(body.decode())
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self._open.append(tag)
            self.texts.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self.texts and self.texts[-1][0] == self._open[-1]:
            self.texts[-1] = (self._open[-1], self.texts[-1][1] + data)

    def tags(self) -> list[str]:
        return [tag for tag, _ in self.elements]

    def of(self, tag: str) -> list[str]:
        return [text for kind, text in self.texts if kind == tag]

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for kind, attributes in self.elements if kind == tag]


def page(document: Document) -> Page:
    return Page(write(document))


def test_it_has_one_title_and_its_headings_follow_each_other() -> None:
    shown = page(sample())
    assert (shown.of("title"), shown.of("h1")) == (["Town centre"], ["Town centre"])
    levels = [int(tag[1]) for tag in shown.tags() if tag in ("h1", "h2", "h3", "h4")]
    assert levels == [1, 2, 3, 4, 2]


def test_a_table_has_its_caption_and_headings_that_say_what_they_are_for() -> None:
    shown = page(sample())
    assert shown.of("caption") == ["All responses", "Signatures"]
    assert shown.of("th")[:4] == ["Rank", "Response", "Dots", "Share"]
    assert {each["scope"] for each in shown.all("th")} == {"col"}
    assert shown.of("td")[:8] == ["1", "Trees", "12", "75.0%", "2=", "Benches", "2", "12.5%"]


def test_it_says_its_language_and_what_a_picture_shows() -> None:
    shown = page(sample(language="cy"))
    assert [each["lang"] for each in shown.all("html")] == ["cy"]
    (picture,) = shown.all("img")
    assert picture["alt"] == "R1 has most dots"
    assert str(picture["src"]).startswith("data:image/svg+xml;base64,")


def test_it_needs_nothing_from_anywhere() -> None:
    shown = page(sample())
    assert not {"script", "link", "iframe", "a"} & set(shown.tags())
    assert [name for _, attributes in shown.elements for name in attributes if name == "src"] == ["src"]
    assert "url(" not in shown.of("style")[0]


def test_what_is_provisional_says_so_above_everything() -> None:
    shown = page(sample(marks=["Provisional", "Rehearsal"]))
    assert shown.of("p")[0] == "Provisional · Rehearsal"
    assert shown.tags().index("header") < shown.tags().index("h1")
    assert "header" not in page(sample()).tags()


def test_facts_are_names_with_what_they_are() -> None:
    shown = page(sample())
    assert (shown.of("dt"), shown.of("dd")) == (["Date", "Council"], ["14 March 2026", "Anytown"])


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_write_stays_text(text: str) -> None:
    plain = page(
        sample([Heading(1, "x"), Paragraph("x"), Bullets(["x"]), Facts([("x", "x")]), Table("x", ["x"], [["x"]])])
    )
    shown = page(
        sample(
            [Heading(1, text), Paragraph(text), Bullets([text]), Facts([(text, text)]), Table(text, [text], [[text]])]
        )
    )
    assert shown.tags() == plain.tags()
    for tag in ("h2", "p", "li", "dt", "dd", "caption", "th", "td"):
        assert shown.of(tag) == [text]
    assert shown.all("div")[1]["aria-label"] == text


def test_the_same_document_makes_the_same_bytes() -> None:
    assert write(sample()) == write(sample())


@given(WORDS)
def test_whatever_people_write_changes_no_element(text: str) -> None:
    shown, other = page(of_words(text)), page(of_words("x"))
    assert shown.tags().count("table") == other.tags().count("table")
    assert set(shown.tags()) <= set(other.tags())

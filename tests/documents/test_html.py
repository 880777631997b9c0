"""A document as a page of HTML: parsed as a browser does."""

from __future__ import annotations

from html.parser import HTMLParser

from tests.documents.cast import EVIL, FULL, HOSTILE, document
from workshop.documents import Document, write
from workshop.documents.tidying import tidy_lines


class Page(HTMLParser):
    """Every element with its attributes, and every text with the element that it stands in."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.source = write("html", document).decode()
        self.feed(self.source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self.elements[-1][0], data))

    def said(self, tag: str) -> list[str]:
        return [text for within, text in self.texts if within == tag]


def test_it_is_one_page_with_one_title_and_headings_in_order() -> None:
    page = Page(FULL)
    assert page.said("title") == page.said("h1") == ["Town centre"]
    assert page.said("h2") == ["Results", "Agreement"]
    assert (page.said("h3"), page.said("h4")) == (["Contested"], ["Local focus"])
    assert ("html", {"lang": "en-GB"}) in page.elements
    assert "Draft · Provisional" in page.said("p")


def test_its_tables_have_captions_and_heads() -> None:
    page = Page(FULL)
    assert page.said("caption") == ["By dots", "Signatures"]
    assert page.said("th")[:4] == ["Rank", "Response", "Dots", "Share"]
    assert all(facts["scope"] == "col" for tag, facts in page.elements if tag == "th")
    assert page.said("td")[:4] == ["1", "Digital communications", "12", "19.4%"]


def test_its_picture_says_what_it_shows_and_lies_in_the_page() -> None:
    (picture,) = [facts for tag, facts in Page(FULL).elements if tag == "img"]
    assert picture["alt"] == "Trees have 12 dots."
    assert (picture["src"] or "").startswith("data:image/svg+xml;base64,")


def test_it_asks_nobody_for_anything() -> None:
    page = Page(FULL)
    assert not [tag for tag, _ in page.elements if tag in ("script", "link", "iframe", "a")]
    assert "http" not in page.source
    assert "url(" not in page.source


def test_what_people_write_stays_text() -> None:
    page = Page(EVIL)
    wanted = [tidy_lines(text) for text in HOSTILE]
    assert page.said("h2") == page.said("li") == page.said("dt") == page.said("dd") == wanted
    assert [text for text in page.said("td") if not text.isdigit()][: len(wanted)] == wanted
    assert not [tag for tag, _ in page.elements if tag in ("script", "a")]
    assert not [name for _, facts in page.elements for name in facts if name.startswith("on")]
    assert "\0" not in page.source


def test_marks_are_for_every_printed_page_and_cannot_leave_their_string() -> None:
    page = Page(document(marks=('Draft" }', "back\\", "</style><script>")))
    (rule,) = [line for line in page.source.splitlines() if "@top-right" in line]
    assert rule.count('"') == 2
    assert "\\" not in rule
    assert "script" not in {tag for tag, _ in page.elements}

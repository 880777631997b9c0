"""What a phone is sent the first time, counted without a browser: tests/browser/test_first_load.py asks one."""

from __future__ import annotations

import gzip
import re
from html.parser import HTMLParser

from benchmarks.loading import MOST
from tests.browser.scene import mixed
from tests.cast import ALL_PHASES
from tests.pages.people import Browser, Facilitator, Phone
from workshop.pages.front import static_address

GZIP = {"Accept-Encoding": "gzip"}
IMPORT = re.compile(r'^import\b[^;]*?"(?:\./|\.\./)([^"]+)";', re.MULTILINE)


class Head(HTMLParser):
    """What a page names, by what it is for. A file named twice is there twice."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.sheets: list[str] = []
        self.modules: list[str] = []
        self.scripts: list[str] = []
        self.fonts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "script" and "src" in found:
            assert found["type"] == "module", "any other script holds up the page"
            self.scripts.append(found["src"])
        if tag == "link" and found["rel"] == "preload":
            assert found["as"] == "font"
            self.fonts.append(found["href"])
        if tag == "link" and found["rel"] in ("stylesheet", "modulepreload"):
            (self.sheets if found["rel"] == "stylesheet" else self.modules).append(found["href"])


def fetch(somebody: Browser, path: str) -> tuple[int, str]:
    """How many bytes are sent for it, and what they say. It has to come compressed."""
    answer = somebody.http.get(path, headers=GZIP, buffered=True)
    assert (path, answer.status_code, answer.headers.get("Content-Encoding")) == (path, 200, "gzip")
    return len(answer.data), gzip.decompress(answer.data).decode()


def weigh(somebody: Browser, path: str) -> int:
    """Bytes of HTML, CSS and JavaScript. Nothing of that may be found only by reading another file."""
    total, html = fetch(somebody, path)
    head = Head(html)
    named = [*head.sheets, *head.modules, *head.scripts]
    assert len(named) == len(set(named))
    assert len(head.fonts) == 1
    for address in named:
        size, source = fetch(somebody, address)
        total += size
        if address in head.sheets:
            assert (address, "@import" in source) == (address, False)
        else:
            names = {name.rpartition("/")[2] for name in IMPORT.findall(source)}
            assert (address, names - {each.rpartition("/")[2] for each in named}) == (address, set())
    return total


def test_a_phone_is_sent_less_than_60_kb_in_one_round_in_every_language(facilitator: Facilitator) -> None:
    languages = [language.tag for language in facilitator.app.extensions["eightdots"].languages]
    assert len(languages) > 1
    stranger = Phone(facilitator.app, facilitator.code)
    people = [facilitator.phone() for _ in range(4)]
    weights = {("joining", tag): weigh(stranger, f"/j/{facilitator.code}?language={tag}") for tag in languages}
    for phase in ALL_PHASES:
        facilitator.goes_to(phase)
        if phase == "gather":
            for number, (side, text) in enumerate(mixed(60)):
                people[number % 4].writes(text, side)
        if phase == "vote":
            for person in people:
                person.moves(*(person.move(dot, 0, dot) for dot in range(1, 9)))
        for tag in languages:
            weights[phase, tag] = weigh(people[0], f"{people[0].home}?language={tag}")
    assert {page: size for page, size in weights.items() if size > MOST} == {}


def test_the_lobby_the_board_and_the_console_find_nothing_late_either(facilitator: Facilitator) -> None:
    base = f"/w/{facilitator.code}"
    facilitator.get(f"{base}/people")
    facilitator.presses("Save how people get in", door="capped", capacity="1")
    facilitator.phone()
    waiting = Phone(facilitator.app, facilitator.code)
    waiting.presses("Join")
    assert "The room is full" in waiting.page.text
    for somebody, path in ((waiting, base), (facilitator, f"{base}/board"), (facilitator, f"{base}/console")):
        assert weigh(somebody, path) > 0


def test_no_words_wait_for_the_font(facilitator: Facilitator) -> None:
    _, css = fetch(facilitator, static_address("css/shared.css"))
    faces = re.findall(r"@font-face \{(.*?)\}", css, re.DOTALL)
    assert faces
    for face in faces:
        assert "font-display: swap" in face or "font-display: optional" in face

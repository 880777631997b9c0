"""The facilitator's guide names what is on the screens: it cannot go on about a button that was renamed."""

from __future__ import annotations

import re
from itertools import chain

import pytest

from tests.server.server import ROOT

GUIDE = (ROOT / "docs" / "facilitators-guide.md").read_text()
PICTURES = sorted(set(re.findall(r"!\[[^\]]+\]\(([^)]+)\)", GUIDE)))
PHRASES = sorted({" ".join(phrase.split()) for phrase in re.findall(r"\*\*(.+?)\*\*", GUIDE, re.DOTALL)})
LARGEST = 150_000

# What stands in _("…"), N_("…"), ngettext("…", "…", n), in single quotes as well.
SENTENCE = re.compile(r"""(?:_|gettext)\(\s*(["'])(.+?)(?<!\\)\1(?:,\s*(["'])(.+?)(?<!\\)\3)?""", re.DOTALL)
SOURCES = chain((ROOT / "templates").rglob("*.html"), (ROOT / "workshop").rglob("*.py"))
SENTENCES = "\n".join(
    each
    for source in SOURCES
    for _, one, _, many in SENTENCE.findall(source.read_text())
    for each in (one, many)
    if each
)


def _says(phrase: str) -> bool:
    """Whether a sentence begins with the phrase, which ends where a word does; `…` stands for what is filled in."""
    wanted = ".+?".join(map(re.escape, phrase.split("…")))
    return re.search(rf"^{wanted}(?!\w)", SENTENCES, re.MULTILINE) is not None


@pytest.mark.parametrize("phrase", PHRASES)
def test_what_the_guide_has_in_bold_stands_on_a_screen(phrase: str) -> None:
    assert _says(phrase)


def test_a_button_that_there_is_not_would_be_noticed() -> None:
    assert not _says("Start the vote")
    assert not _says("Start votin")


@pytest.mark.parametrize("path", PICTURES)
def test_every_picture_of_the_guide_is_there_and_small(path: str) -> None:
    picture = ROOT / "docs" / path
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size <= LARGEST


def test_no_picture_is_left_that_nobody_shows() -> None:
    shown = {
        f"pictures/{name}" for name in re.findall(r"docs/pictures/([\w-]+\.png)", (ROOT / "README.md").read_text())
    }
    assert {f"pictures/{each.name}" for each in (ROOT / "docs" / "pictures").iterdir()} == shown | set(PICTURES)

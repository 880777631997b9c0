"""Counts are written as their reader writes them, and what a number only names is left as it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from flask_babel import gettext, ngettext

from workshop import languages
from workshop.results.showing import spoken_share

CATALOGUE = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "%(num)s dot"
msgid_plural "%(num)s dots"
msgstr[0] "%(num)s Punkt"
msgstr[1] "%(num)s Punkte"
"""
DOTS = "%(num)s dot", "%(num)s dots"


@pytest.fixture
def speaker(tmp_path: Path) -> Flask:
    """An app that speaks German as well, from a catalogue of one's own."""
    path = tmp_path / "de" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_text(CATALOGUE)
    app = Flask("numbers")
    languages.init_app(app, languages.of(tmp_path), lambda: "en")
    app.jinja_env.filters["figure"] = languages.shown
    return app


@contextmanager
def said_to_a_reader_of(speaker: Flask, code: str) -> Iterator[None]:
    with speaker.test_request_context(), languages.speaking(speaker, code):
        yield


@pytest.mark.parametrize(
    ("code", "dots"), [("en", "1,200 dots"), ("cy", "1,200 dot"), ("de", "1.200 Punkte")], ids=["en", "cy", "de"]
)
def test_a_count_has_the_separators_of_its_reader(speaker: Flask, code: str, dots: str) -> None:
    with said_to_a_reader_of(speaker, code):
        assert ngettext(*DOTS, 1200) == dots
        assert render_template_string("{{ ngettext('%(num)s dot', '%(num)s dots', 1200) }}") == dots
        in_templates = render_template_string("{{ 1200 | figure }}; {{ _('%(all)s in all', all=1200) }}")
        number = dots.partition(" ")[0]
        assert in_templates == f"{number}; {number} in all"


def test_a_share_and_a_mean_have_the_comma_of_their_reader(speaker: Flask) -> None:
    with said_to_a_reader_of(speaker, "de"):
        assert spoken_share(0.1667) == "16,7\u00a0%"
        assert languages.shown(1.5) == "1,5"
    with said_to_a_reader_of(speaker, "en"):
        assert (spoken_share(0.1667), languages.shown(1.5), languages.shown(2.0)) == ("16.7%", "1.5", "2.0")


def test_what_a_number_only_names_is_left_as_it_is(speaker: Flask) -> None:
    with said_to_a_reader_of(speaker, "en"):
        assert gettext("R%(number)s is merged into R%(kept)s already.", number=1200, kept=1300) == (
            "R1200 is merged into R1300 already."
        )
        assert render_template_string("{{ _('Version %(version)s', version=2026) }}") == "Version 2026"
        assert gettext("a place in %(text)s", text="2026") == "a place in 2026"


def test_the_words_of_a_template_are_still_escaped(speaker: Flask) -> None:
    with said_to_a_reader_of(speaker, "en"):
        assert render_template_string("{{ _('Of %(title)s', title='<b>') }}") == "Of &lt;b&gt;"


def test_a_file_says_the_same_wherever_it_is_made(speaker: Flask) -> None:
    outside = ngettext(*DOTS, 1200)
    with said_to_a_reader_of(speaker, "de"), languages.in_a_file():
        assert (ngettext(*DOTS, 1200), languages.current()) == (outside, "en") == ("1200 dots", "en")

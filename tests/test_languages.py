"""The catalogues are whole, each reader gets their language, and what is pushed comes in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po
from flask import Flask

from tests import words
from tests.cast import Person
from tests.pages.people import Browser
from tests.sockets import Screens, gathered
from tests.words import wordings
from workshop import languages
from workshop.settings import assets

WELSH = languages.OURS / "cy" / "LC_MESSAGES" / "messages.po"
# What gettext fills in, and what a script does.
PLACES = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%%")
TAGS = re.compile(r"<[^>]+>")
# By CLDR, Welsh counts these apart, and all other numbers alike.
COUNTED_APART = (0, 1, 2, 3, 6)
MOVE = {"exercise": 1, "moves": [{"dot": 9, "replaces": 0, "response": 1, "op": "one-too-many"}]}


@pytest.fixture(scope="module")
def welsh() -> Catalog:
    with WELSH.open("rb") as file:
        return read_po(file)


# The catalogue --------------------------------------------------------------------------------------------------------


def test_every_sentence_is_there_in_welsh_and_no_sentence_that_is_gone(welsh: Catalog) -> None:
    there = {each.id for each in welsh if each.id}
    assert {each.id for each in words.sentences() if each.id} == there, "`make words` brings it up to date."
    assert [each.id for each in welsh if each.id and not all(wordings(each.string))] == []
    assert [each.id for each in welsh if each.id and each.fuzzy] == []


def test_a_translation_keeps_what_is_filled_in_and_how_it_begins_and_ends(welsh: Catalog) -> None:
    for each in welsh:
        if not each.id:
            continue
        # The singular may leave the number out: “One response”.
        singular, plural = wordings(each.id)[0], wordings(each.id)[-1]
        for string in wordings(each.string):
            assert sorted(PLACES.findall(string)) in (sorted(PLACES.findall(plural)), sorted(PLACES.findall(singular)))
            assert sorted(TAGS.findall(string)) == sorted(TAGS.findall(plural))
            assert (string[0].isspace(), string[-1].isspace()) == (plural[0].isspace(), plural[-1].isspace())
            assert string.count("\n") == plural.count("\n")


def test_welsh_counts_in_six_ways(welsh: Catalog) -> None:
    plurals = [each for each in welsh if each.pluralizable]
    assert {len(wordings(each.string)) for each in plurals} == {6}
    spoken = languages.of(None).translations("cy")
    for each in plurals:
        singular, plural = wordings(each.id)
        said = [spoken.ungettext(singular, plural, number) for number in (*COUNTED_APART, 100)]
        assert said == wordings(each.string)
        assert {spoken.ungettext(singular, plural, number) for number in (4, 5, 7, 11, 21, 1000)} == {said[-1]}


def test_what_a_script_is_given_to_count_with_says_the_same(app: Flask) -> None:
    from workshop.pages.front import counted

    with languages.speaking(app, "cy"):
        given = counted("%(num)s dot", "%(num)s dots")
    assert given[2] == "{num} ddot"
    assert given[100] == "{num} dot"


# Which language somebody gets -----------------------------------------------------------------------------------------


def language_of(page: Any) -> str:
    return str(re.search(r'<html lang="([\w-]+)"', page.text)[1])  # type: ignore[index]


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("", "en"), ("cy", "cy"), ("cy-GB,cy;q=0.9,en;q=0.8", "cy"), ("en-GB,cy;q=0.5", "en"), ("de", "en"), ("*", "en")],
)
def test_a_browser_says_what_its_reader_reads(app: Flask, accepted: str, language: str) -> None:
    page = app.test_client().get("/", headers={"Accept-Language": accepted})
    assert f'<html lang="{language}"' in page.text


def test_whoever_asks_for_a_language_keeps_it_and_stays_where_they_are(app: Flask) -> None:
    client = app.test_client()
    answer = client.get("/language/cy?to=/j/AB23CD?x=1")
    assert (answer.status_code, answer.location) == (303, "/j/AB23CD?x=1")
    assert '<html lang="cy"' in client.get("/").text
    assert '<html lang="en"' in client.get("/?language=en").text
    assert '<html lang="cy"' in client.get("/?language=xx").text
    client.get("/language/en?to=/")
    assert '<html lang="en"' in client.get("/", headers={"Accept-Language": "cy"}).text


def test_an_address_that_names_a_language_can_be_left_for_another(app: Flask) -> None:
    page = app.test_client().get("/j?code=1&language=cy").text
    assert 'href="/language/en?to=/j%3Fcode%3D1"' in page


def test_an_address_that_names_a_language_leads_on_in_it(app: Flask, screens: Screens) -> None:
    answer = app.test_client().get(f"/w/{screens.code}?language=cy")
    assert (answer.status_code, answer.location) == (302, f"/j/{screens.code}?language=cy")
    assert app.test_client().get("/language/cy?to=/j").location == "/j"


def test_a_form_leads_on_in_the_language_that_its_address_names(screens: Screens) -> None:
    person = Browser(screens.app)
    page = f"/j/{screens.code}?language=cy"
    person.get(page)
    person.post(f"/j/{screens.code}", headers={"Referer": person.base + page})
    assert (person.path, '<html lang="cy"' in person.page.html) == (f"/w/{screens.code}?language=cy", True)


@pytest.mark.parametrize(
    "to", ["https://example.org/", "//example.org/", "/\\example.org", "example.org", "", "/\r\nX"]
)
def test_the_switch_leads_nowhere_else(app: Flask, to: str) -> None:
    assert app.test_client().get("/language/cy", query_string={"to": to}).location == "/"


def test_a_language_that_there_is_not_is_not_found(app: Flask) -> None:
    answer = app.test_client().get("/language/xx?to=/")
    assert answer.status_code == 404
    assert "not there in this language" in answer.text


def test_the_switch_comes_first_and_leads_back_to_the_page_with_the_form(screens: Screens) -> None:
    phone = screens.phone()
    screens.room.goes_to("gather")
    header = phone.get(f"/w/{screens.code}").text.partition('<header class="top">')[2]
    assert header.lstrip().startswith('<ul class="languages"')
    assert f'href="/language/cy?to=/w/{screens.code}" lang="cy" hreflang="cy"' in header


@pytest.mark.parametrize(
    "template",
    [path for path in sorted((assets() / "templates").rglob("*.html")) if 'class="top"' in path.read_text()],
    ids=lambda path: path.name,
)
def test_the_switch_comes_first_in_every_header(template: Path) -> None:
    header = template.read_text().partition('<header class="top">')[2]
    assert header.lstrip().startswith('{% include "languages.html" %}')


def test_no_page_is_without_a_header() -> None:
    templates = (assets() / "templates").rglob("*.html")
    assert [path for path in templates if "{% block header %}{% endblock %}" in path.read_text()] == []


def test_a_draft_says_so_on_every_page_in_it(app: Flask) -> None:
    client = app.test_client()
    assert "Cyfieithiad drafft" in client.get("/?language=cy").text
    assert "awaiting" not in client.get("/").text


def test_errors_are_said_in_the_readers_language(app: Flask) -> None:
    client = app.test_client()
    page = client.get("/nowhere?language=cy")
    assert page.status_code == 404
    assert "Nid oes tudalen" in page.text


# What is pushed -------------------------------------------------------------------------------------------------------


@pytest.fixture
def ada(screens: Screens) -> Person:
    return screens.room.person()


def test_each_is_pushed_what_changed_in_their_own_language(screens: Screens, ada: Person) -> None:
    gathered(screens, ada)
    english, welsh = (screens.watches(screens.phone(), "participant", language=code) for code in ("en", "cy"))
    english.hears(), welsh.hears()
    screens.room.goes_to("vote")
    ((_, in_english),), ((_, in_welsh),) = english.hears(), welsh.hears()
    assert in_english["fragments"].keys() == in_welsh["fragments"].keys()
    assert in_english["version"] == in_welsh["version"]
    assert "Add dot" in in_english["fragments"]["r1"]
    assert "Ychwanegu dot" in in_welsh["fragments"]["r1"]


def test_a_screen_is_looked_up_once_for_all_its_languages(screens: Screens, ada: Person) -> None:
    gathered(screens, ada)
    watchers = [screens.watches(screens.phone(), "participant", language=code) for code in ("en", "cy", "en", "cy")]
    for each in watchers:
        each.hears()
    before = screens.live.publisher.renders
    ada.writes("Reports in plain English")
    heard = [each.hears() for each in watchers]
    assert [len(each) for each in heard] == [1] * 4
    assert screens.live.publisher.renders == before + 2


def test_whoever_says_no_language_is_pushed_that_of_their_browser(screens: Screens, ada: Person) -> None:
    gathered(screens, ada)
    phone = screens.phone()
    phone.get("/language/cy?to=/")
    ((_, state),) = screens.watches(phone, "participant").hears()
    assert "Dim eto." in state["fragments"]["stage"]
    ((_, state),) = screens.watches(phone, "participant", language="en").hears()
    assert "None yet." in state["fragments"]["stage"]
    assert screens.now("participant", "cy")["fragments"]["stage"] != state["fragments"]["stage"]


def test_a_move_that_is_refused_is_refused_in_the_movers_language(screens: Screens, ada: Person) -> None:
    gathered(screens, ada)
    screens.room.goes_to("vote")
    phone = screens.watches(screens.phone(), "participant", language="cy")
    answer = phone.sends(MOVE)
    in_english = screens.watches(screens.phone(), "participant").sends(MOVE)
    assert answer["error"]["code"] == in_english["error"]["code"]
    assert answer["error"]["message"] != in_english["error"]["message"]


# A language of one's own ----------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "pt_BR" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Join"\nmsgstr "Entrar"\n'
    )
    return tmp_path


def test_a_catalogue_in_a_folder_of_ones_own_is_a_language(folder: Path) -> None:
    spoken = languages.of(folder)
    ours = spoken["pt_BR"]
    assert (ours.tag, ours.name, ours.direction, ours.is_reviewed) == ("pt-BR", "Português (Brasil)", "ltr", True)
    assert spoken.translations("pt_BR").ugettext("Join") == "Entrar"
    assert [language.code for language in spoken] == ["en", "cy", "pt_BR"]


def test_a_folder_that_is_no_language_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "klingonese" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_text('msgid ""\nmsgstr ""\n')
    with pytest.raises(ValueError, match="klingonese"):
        languages.of(tmp_path)


# What was written in two ----------------------------------------------------------------------------------------------


def test_what_was_written_in_two_languages_is_shown_in_the_readers() -> None:
    both = {"cy": "Beth ddylai gael ei ystyried?"}
    assert languages.said_in("cy", "en", "What should be considered?", both) == (both["cy"], "cy")
    assert languages.said_in("en", "en", "What should be considered?", both) == ("What should be considered?", "en")
    assert languages.said_in("de", "cy", "Beth?", {"en": ""}) == ("Beth?", "cy")


# Pages that cannot be had again ---------------------------------------------------------------------------------------


def test_a_page_that_would_be_lost_by_going_over_has_no_way_over(screens: Screens) -> None:
    phone = screens.phone()
    screens.room.goes_to("gather")
    sent = {"text": "Typed on a page of yesterday", "side": "yes", "csrf_token": "of yesterday"}
    page = phone.http.post(f"/w/{screens.code}/1/responses", data=sent)
    assert "Typed on a page of yesterday" in page.text
    assert 'class="languages"' not in page.text


def test_a_script_is_answered_in_the_language_of_its_page(app: Flask) -> None:
    client = app.test_client()
    client.get("/language/en?to=/")
    told = client.get("/w/000000/state", headers={"Accept": "application/json", "X-Language": "cy"}).get_json()
    assert (
        told["error"]["message"]
        == "Ni allwn ddod o hyd i'r cod hwnnw. Edrychwch ar y sgrin a rhowch gynnig arall arni."
    )

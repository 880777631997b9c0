"""What is written in two languages: each reader sees theirs, marked with the language that it is in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from tests.pages.people import Browser, Facilitator, Organiser, Phone

PROMPTS = {
    "title_in_cy": "Canol y dref",
    "prompt": "What matters?",
    "prompt_in_cy": "Beth sy'n bwysig?",
}
COLUMNS = {
    "kind": "columns",
    "columns": "own",
    "prompts": "two",
    "name_a": "Start",
    "name_a_in_cy": "Dechrau",
    "prompt_a": "Start what?",
    "prompt_a_in_cy": "Dechrau beth?",
    "name_b": "Stop",
    "prompt_b": "Stop what?",
}


@pytest.fixture
def facilitator(organiser: Organiser) -> Facilitator:
    return organiser.opens(**PROMPTS)


@pytest.fixture
def welsh(ada: Phone) -> Phone:
    ada.get("/language/cy?to=/")
    return ada


def said(browser: Browser, path: str, words: str) -> str:
    """The language that the element with these words is marked with."""
    page = browser.get(path).text
    found = re.search(rf'lang="([\w-]+)"[^>]*>{re.escape(words.replace(chr(39), "&#39;"))}<', page)
    assert found, page
    return found[1]


# Showing --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("phase", ["gather", "vote"])
def test_each_phone_has_the_prompt_in_its_own_language(
    facilitator: Facilitator, welsh: Phone, ben: Phone, phase: str
) -> None:
    facilitator.goes_to("gather")
    ben.writes("Trees")
    facilitator.goes_to(phase)
    assert said(welsh, welsh.home, "Beth sy'n bwysig?") == "cy"
    assert said(welsh, welsh.home, "Canol y dref") == "cy"
    assert "What matters?" not in welsh.page.text
    assert said(ben, ben.home, "What matters?") == "en"
    assert said(ben, ben.home, "Town centre") == "en"
    assert "bwysig" not in ben.page.text
    assert "Trees" in welsh.page.text


def test_what_is_not_written_in_ones_language_is_in_the_workshops_own_and_says_so(
    organiser: Organiser,
) -> None:
    phone = organiser.opens().phone()
    phone.get("/language/cy?to=/")
    assert said(phone, phone.home, "Town centre") == "en"


def test_the_desk_the_results_and_the_door_are_in_the_readers_language(facilitator: Facilitator) -> None:
    facilitator.get("/language/cy?to=/")
    code = facilitator.code
    for page in ("console", "results", "agenda", "delete", "board"):
        assert said(facilitator, f"/w/{code}/{page}", "Canol y dref") == "cy"
    assert said(facilitator, f"/w/{code}/agenda", "Beth sy'n bwysig?") == "cy"
    assert said(facilitator, f"/j/{code}", "Canol y dref") == "cy"


def test_a_form_that_was_wrong_twice_leads_back_to_its_page_in_the_other_language(
    facilitator: Facilitator, ada: Phone
) -> None:
    facilitator.goes_to("gather")
    wrong = f"{ada.home}/1/responses"
    for before in (ada.home, wrong):
        ada.post(wrong, {"text": ""}, headers={"Referer": ada.base + before})
        assert ada.status == 400
        assert f"/language/cy?to={ada.home}" in ada.page.links


def test_results_call_columns_by_their_names_in_the_readers_language(facilitator: Facilitator, ada: Phone) -> None:
    facilitator.asks(f"/w/{facilitator.code}/1/edit", COLUMNS)
    facilitator.goes_to("gather")
    ada.writes("Trees", "a")
    facilitator.goes_to("vote")
    ada.moves(ada.move(1, 0, 1))
    facilitator.goes_to("discuss")
    page = facilitator.get(f"/w/{facilitator.code}/results?language=cy").text
    assert "Dechrau solet" in page
    assert not re.search(r"\bStart\b", page)


def test_a_scope_is_in_the_workshops_language_whoever_brings_results_in(facilitator: Facilitator, ada: Phone) -> None:
    facilitator.goes_to("gather")
    for text, side in (("Trees", "yes"), ("Benches", "no"), ("Buses", "no")):
        ada.writes(text, side)
    facilitator.goes_to("vote")
    ada.moves(*(ada.move(dot, 0, on) for dot, on in enumerate((1, 1, 2, 3), start=1)))
    facilitator.goes_to("discuss")
    facilitator.asks(f"/w/{facilitator.code}/1/cut", {"cut": "2"})
    facilitator.get("/language/cy?to=/")
    assert facilitator.asks(f"/w/{facilitator.code}/scope/derive").get_json()["added"] == 3
    document = facilitator.get(f"/w/{facilitator.code}/scope.md").text
    assert "in YES" in document
    assert "R2 and R3 tie across the line" in document
    facilitator.get("/language/en?to=/")
    assert facilitator.asks(f"/w/{facilitator.code}/scope/derive").get_json()["changed"] == 0


def test_names_and_prompts_of_columns_are_in_the_readers_language(facilitator: Facilitator, welsh: Phone) -> None:
    assert facilitator.asks(f"/w/{facilitator.code}/1/edit", COLUMNS).status_code == 200
    facilitator.goes_to("gather")
    page = welsh.get(welsh.home).text
    assert re.search(r'class="chip" data-side="a" lang="cy"><svg.*?</svg> Dechrau<', page)
    assert re.search(r'class="chip" data-side="b" lang="en"><svg.*?</svg> Stop<', page)
    assert said(welsh, welsh.home, "Dechrau beth?") == "cy"
    assert said(welsh, welsh.home, "Stop what?") == "en"


def test_an_exercise_and_a_workshop_are_deleted_by_their_names_in_any_of_their_languages(
    facilitator: Facilitator,
) -> None:
    code = facilitator.code
    facilitator.asks(f"/w/{code}/agenda", {"kind": "open", "prompt": "And then what?", "prompt_in_cy": "A beth wedyn?"})
    assert facilitator.asks(f"/w/{code}/2/remove", {"name": "a beth wedyn"}).status_code == 200
    assert facilitator.asks(f"/w/{code}/delete", {"title": "canol y dref"}).status_code == 200


# Forms ----------------------------------------------------------------------------------------------------------------


def test_the_fields_of_the_other_language_are_folded_until_something_is_in_them(organiser: Organiser) -> None:
    page = organiser.get("/workshops/new/blank").text
    assert '<details class="further" >' in page
    assert '<input type="hidden" name="language" value="en">' in page
    assert organiser.page.form("Open the workshop").fields["prompt_in_cy"] == ""
    answer = organiser.presses("Open the workshop", title="Town centre", title_in_cy="Canol y dref")
    assert '<details class="further" open>' in answer.text
    assert organiser.page.form("Open the workshop").fields["title_in_cy"] == "Canol y dref"


def test_whoever_fills_in_a_welsh_form_writes_in_welsh(organiser: Organiser, app: Flask) -> None:
    organiser.get("/language/cy?to=/")
    organiser.get("/workshops/new/blank")
    form = organiser.page.form("Agor y gweithdy")
    assert form.fields["language"] == "cy"
    facilitator = organiser.opens(**form.fields | {"title": "Canol y dref", "prompt": "Beth?", "title_in_en": "Town"})
    somebody = Browser(app)
    assert said(somebody, f"/j/{facilitator.code}?language=en", "Town") == "en"
    assert said(somebody, f"/j/{facilitator.code}?language=cy", "Canol y dref") == "cy"


def test_the_form_of_a_new_workshop_that_comes_back_leads_to_its_own_page_in_the_other_language(
    organiser: Organiser,
) -> None:
    organiser.get("/workshops/new/blank")
    for _ in range(2):
        assert organiser.presses("Open the workshop", title="", prompt="Where?").status_code == 422
        assert "/language/cy?to=/workshops/new/blank" in organiser.page.links
    organiser.get("/workshops/new/hopes-and-fears")
    organiser.presses("Open the workshop", title="")
    assert "/language/cy?to=/workshops/new/hopes-and-fears" in organiser.page.links


def test_an_exercise_keeps_its_other_language_through_the_editor(facilitator: Facilitator) -> None:
    path = f"/w/{facilitator.code}/1/edit"
    facilitator.get(path)
    assert facilitator.page.form("Save").fields["prompt_in_cy"] == PROMPTS["prompt_in_cy"]
    facilitator.presses("Save", prompt="What matters most?")
    facilitator.get(path)
    assert facilitator.page.form("Save").fields["prompt_in_cy"] == PROMPTS["prompt_in_cy"]


def test_what_is_too_long_in_the_other_language_is_said_beside_its_field(facilitator: Facilitator) -> None:
    facilitator.get(f"/w/{facilitator.code}/1/edit")
    facilitator.presses("Save", prompt_in_cy="b" * 201)
    assert facilitator.status == 422
    assert "That is 201 characters. There is room for 200." in facilitator.page.text
    assert "#prompt_in_cy" in facilitator.page.links


def test_a_template_that_comes_along_is_offered_in_the_readers_language(organiser: Organiser) -> None:
    organiser.get("/language/cy?to=/")
    assert said(organiser, "/workshops/new", "Gobeithion ac ofnau") == "cy"
    assert said(organiser, "/workshops/new/hopes-and-fears", "Gobeithion ac ofnau") == "cy"
    organiser.presses("Agor y gweithdy")
    assert "Gobeithion ac ofnau" in organiser.page.text


def test_a_copy_is_called_a_copy_in_both_languages(facilitator: Facilitator, app: Flask) -> None:
    copy = facilitator.asks(f"/w/{facilitator.code}/duplicate").get_json()["code"]
    somebody = Browser(app)
    assert said(somebody, f"/j/{copy}?language=en", "Copy of Town centre") == "en"
    assert "Canol y dref" in somebody.get(f"/j/{copy}?language=cy").text
    assert "Copy of" not in somebody.page.text


# The board ------------------------------------------------------------------------------------------------------------


def board(facilitator: Facilitator, language: str = "en") -> Any:
    return facilitator.get(f"/w/{facilitator.code}/board?language={language}").text


def test_a_board_of_one_language_is_in_that_of_its_page(facilitator: Facilitator) -> None:
    assert "Canol y dref" not in board(facilitator)
    assert "Town centre" not in board(facilitator, "cy")


def test_a_board_of_two_has_its_own_first_and_can_be_had_back_by_undoing(facilitator: Facilitator) -> None:
    answer = facilitator.asks(f"/w/{facilitator.code}/board/languages", {"languages": "both"})
    in_english, in_welsh = board(facilitator), board(facilitator, "cy")
    assert (
        '<span lang="en">Town centre</span><span class="second" dir="auto" lang="cy">Canol y dref</span>' in in_english
    )
    assert '<span lang="cy">Canol y dref</span><span class="second" dir="auto" lang="en">Town centre</span>' in in_welsh
    assert in_english.index("Scan the code") < in_english.index("Sganiwch")
    assert in_welsh.index("Sganiwch") < in_welsh.index("Scan the code")
    assert facilitator.asks(answer.get_json()["undo"]).status_code == 200
    assert "Sganiwch" not in board(facilitator)


def test_a_board_says_once_what_is_written_in_one_language(organiser: Organiser) -> None:
    facilitator = organiser.opens()
    facilitator.asks(f"/w/{facilitator.code}/board/languages", {"languages": "both"})
    assert board(facilitator, "cy").count(">Town centre<") == 1
    assert '<span lang="en">Town centre</span>' in board(facilitator, "cy")


def test_the_console_says_which_and_offers_the_other(facilitator: Facilitator) -> None:
    facilitator.get(f"/w/{facilitator.code}/console")
    facilitator.presses("Show both languages")
    assert "The board shows both languages." in facilitator.page.text
    facilitator.presses("Show one language")
    assert "The board shows one language." in facilitator.page.text
    assert facilitator.asks(f"/w/{facilitator.code}/board/languages", {"languages": "three"}).status_code == 400


def test_the_board_changes_its_language_without_the_rest_of_the_browser(facilitator: Facilitator) -> None:
    assert 'href="?language=cy"' in board(facilitator)
    assert '<html lang="en"' in facilitator.get(f"/w/{facilitator.code}/console").text


# Days -----------------------------------------------------------------------------------------------------------------


def test_moments_are_written_as_in_the_readers_language(facilitator: Facilitator) -> None:
    facilitator.goes_to("gather")
    path = f"/w/{facilitator.code}/history"
    in_english = re.findall(r"<time[^>]*>([^<]*)</time>", facilitator.get(path).text)
    assert re.fullmatch(r"\d+ \w+ \d{4}, [\d:]+ UTC", in_english[0])
    in_welsh = re.findall(r"<time[^>]*>([^<]*)</time>", facilitator.get(f"{path}?language=cy").text)
    assert re.fullmatch(r"\d+ \w+ \d{4} [\d:]+ UTC", in_welsh[0])

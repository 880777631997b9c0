"""The panel at the console that says how the board looks, for people without JavaScript and for programs."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from tests.pages.people import JSON, Browser, Facilitator, Phone


@pytest.fixture
def console(facilitator: Facilitator) -> Facilitator:
    facilitator.get(f"/w/{facilitator.code}/console")
    return facilitator


@pytest.fixture
def board(facilitator: Facilitator) -> Browser:
    board = Browser(facilitator.app)
    board.get(facilitator.links["board"])
    return board


def look(board: Browser) -> set[tuple[str, str]]:
    """The size and the theme of the whole page, and of its stage, by which a board that is open learns of them."""
    board.get(board.path)
    theme = re.search(r'<html[^>]* data-theme="(\w+)"', board.page.html)
    size = re.search(r'<body[^>]* data-size="(\w+)"', board.page.html)
    assert theme
    assert size
    # Nothing flashes up in white before the sheets are there.
    assert f'name="color-scheme" content="{"dark" if theme[1] == "dark" else "light"}"' in board.page.html
    stage = re.findall(r'<section id="stage"[^>]* data-size="(\w+)" data-theme="(\w+)"', board.page.html)
    return {(size[1], theme[1]), *stage}


def test_the_look_is_chosen_by_pressing_a_button_and_undone_by_the_one_beside_it(
    console: Facilitator, board: Browser
) -> None:
    assert look(board) == {("usual", "light")}
    console.presses("Change the board", size="large", theme="dark")
    assert "That is how the board looks now." in console.page.text
    assert look(board) == {("large", "dark")}
    assert re.findall(r'name="(?:size|theme)" value="(\w+)" checked', console.page.html) == ["large", "dark"]
    console.presses("Undo")
    assert look(board) == {("usual", "light")}


def test_a_program_is_told_how_to_take_it_back(console: Facilitator, board: Browser) -> None:
    answer = console.asks(f"/w/{console.code}/board/look", {"size": "small", "theme": "white"}).get_json()
    assert answer["ok"]
    assert look(board) == {("small", "white")}
    assert console.asks(answer["undo"]).get_json()["ok"]
    assert look(board) == {("usual", "light")}


def test_what_is_not_understood_changes_nothing(console: Facilitator, board: Browser) -> None:
    for fields in ({}, {"size": "large"}, {"size": "large", "theme": "pink"}):
        answer = console.asks(f"/w/{console.code}/board/look", fields)
        assert (answer.status_code, answer.get_json()["error"]["code"]) == (400, "not_understood")
    assert look(board) == {("usual", "light")}


def test_only_who_runs_the_workshop_chooses(console: Facilitator, board: Browser, ada: Phone) -> None:
    for somebody in (board, ada, Browser(console.app)):
        somebody.get("/")  # for the form's token
        answer = somebody.asks(f"/w/{console.code}/board/look", {"size": "large", "theme": "dark"})
        assert (answer.status_code, answer.get_json()["error"]["code"]) == (403, "no_link")
    board.get(f"/w/{console.code}/board")
    assert look(board) == {("usual", "light")}


def test_phones_are_told_nothing_of_it(console: Facilitator, ada: Phone) -> None:
    def shown() -> object:
        return ada.http.get(f"{ada.base}/w/{ada.code}/state", headers=JSON).get_json()["fragments"]

    seen = [shown()]
    for theme in ("white", "dark"):
        console.asks(f"/w/{console.code}/board/look", {"size": "large", "theme": theme})
        seen.append(shown())
    assert all(before == after for before, after in pairwise(seen))

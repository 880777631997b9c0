"""The board, as it is projected: it needs its link, and knows no more than everybody may."""

from __future__ import annotations

import io
import re

import pytest
import segno

from tests.cast import ALL_PHASES
from tests.pages.people import Browser, Facilitator, Phone


@pytest.fixture
def board(facilitator: Facilitator) -> Browser:
    board = Browser(facilitator.app)
    board.get(facilitator.links["board"])
    return board


def test_the_link_leads_to_a_clean_address(facilitator: Facilitator, board: Browser) -> None:
    assert (board.status, board.path) == (200, f"/w/{facilitator.code}/board")


def test_without_its_link_there_is_no_board(facilitator: Facilitator, ada: Phone) -> None:
    results = Browser(facilitator.app)
    results.get(facilitator.links["results"])
    for somebody in (Browser(facilitator.app), ada, results):
        somebody.get(f"/w/{facilitator.code}/board")
        assert (somebody.status, "This page needs the board's link." in somebody.page.text) == (403, True)
    facilitator.get(f"/w/{facilitator.code}/board")
    assert facilitator.status == 200


def test_the_lobby_says_how_to_join(facilitator: Facilitator, board: Browser, ada: Phone) -> None:
    board.get(board.path)
    shown = f"{facilitator.code[:2]} {facilitator.code[2:4]} {facilitator.code[4:]}"
    for words in ("Town centre", shown, "localhost", "1 person is here"):
        assert words in board.page.text


def test_the_board_can_do_nothing(facilitator: Facilitator, board: Browser, ada: Phone) -> None:
    facilitator.goes_to("gather")
    ada.writes("Trees")
    for phase in ALL_PHASES[1:]:
        facilitator.goes_to(phase)
        board.get(board.path)
        assert [form for form in board.page.forms if form.method != "dialog"] == []


def test_the_qr_code_leads_to_where_one_joins(facilitator: Facilitator, board: Browser, ada: Phone) -> None:
    wanted = io.BytesIO()
    segno.make(f"http://localhost/j/{facilitator.code}", error="m", micro=False).save(
        wanted,
        kind="svg",
        border=4,
        dark="#000",
        light="#fff",
        xmldecl=False,
        svgclass=None,
        lineclass=None,
        omitsize=True,
    )
    for somebody in (board, facilitator, ada):
        answer = somebody.get(f"/w/{facilitator.code}/join.svg")
        assert (answer.status_code, answer.mimetype, answer.data) == (200, "image/svg+xml", wanted.getvalue())
    assert Browser(facilitator.app).get(f"/w/{facilitator.code}/join.svg").status_code == 403


def test_before_the_reveal_the_board_is_the_same_wherever_dots_are(
    facilitator: Facilitator, board: Browser, ada: Phone
) -> None:
    def page() -> str:
        # The version counts moves, time goes on, and how many are placed is for all to see.
        return re.sub(r'(content|data-version|data-now)="[^"]+"', "", board.get(board.path).text)

    facilitator.goes_to("gather")
    for text in ("Free park and ride", "A night market"):
        ada.writes(text)
    facilitator.goes_to("vote")
    ada.moves(ada.move(1, 0, 1))
    for phase in ("vote", "reveal"):
        facilitator.goes_to("vote")
        pages = []
        for response in (1, 2):
            rev = ada.slots()[0][1]
            ada.moves(ada.move(1, rev or 0, response))
            facilitator.goes_to(phase)
            pages.append(page())
            facilitator.goes_to("vote")
        assert pages[0] == pages[1]
        assert "1 of 8 dots placed" in " ".join(pages[0].split())


def test_after_the_reveal_the_board_shows_the_ranking(facilitator: Facilitator, board: Browser, ada: Phone) -> None:
    facilitator.goes_to("gather")
    for text in ("Free park and ride", "A night market", "Benches"):
        ada.writes(text)
    facilitator.goes_to("vote")
    ada.moves(ada.move(1, 0, 2), ada.move(2, 0, 2), ada.move(3, 0, 1), ada.move(4, 0, 3))
    facilitator.goes_to("discuss")
    board.get(board.path)
    assert re.findall(r'class="rank">([^<]+)<', board.page.html) == ["1", "2=", "2="]
    assert re.findall(r'data-standing="(\d+)"', board.page.html) == ["2", "1", "3"]
    assert "1 person used 4 of 8 dots." in board.page.text


def test_a_board_in_a_room_of_hundreds_stays_a_page(facilitator: Facilitator, board: Browser, ada: Phone) -> None:
    facilitator.goes_to("gather")
    ada.writes("Trees")
    facilitator.goes_to("vote")
    for _ in range(40):
        facilitator.phone()
    board.get(board.path)
    assert "0 of 328 dots placed (each ● is 3)" in board.page.text
    assert board.page.html.count('class="dot') <= 140


@pytest.mark.parametrize(("language", "says"), [("cy", True), ("en", False)])
def test_a_board_in_a_draft_of_a_translation_says_so(
    facilitator: Facilitator, board: Browser, ada: Phone, language: str, says: bool
) -> None:
    facilitator.goes_to("gather")
    ada.writes("Trees")
    for phase in ALL_PHASES:
        facilitator.goes_to(phase)
        board.get(f"/w/{facilitator.code}/board?language={language}")
        assert ("Cyfieithiad drafft" in board.page.text) is says


def test_a_board_of_two_languages_says_of_one_that_it_is_a_draft(facilitator: Facilitator, board: Browser) -> None:
    facilitator.asks(f"/w/{facilitator.code}/board/languages", {"languages": "both"})
    page = board.get(f"{board.path}?language=en").text
    said = re.findall(r'<p class="draft-words"><span lang="(\w+)" dir="ltr">([^,]+),', page)
    assert said == [("cy", "Cyfieithiad drafft")]

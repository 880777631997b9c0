"""Around the reveal: ballots and people, the line, ties, and the run-off, as they are pressed and shown."""

from __future__ import annotations

import pytest

from tests.pages.people import Browser, Facilitator, Phone


@pytest.fixture
def console(facilitator: Facilitator, ada: Phone, ben: Phone) -> Facilitator:
    """Voting has closed: R2 has two dots, R1, R3 and R4 one each."""
    facilitator.goes_to("gather")
    for text in ("Free park and ride", "A night market", "Benches", "Trees"):
        ada.writes(text)
    facilitator.goes_to("vote")
    ada.moves(ada.move(1, 0, 2), ada.move(2, 0, 1), ada.move(3, 0, 4))
    ben.moves(ben.move(1, 0, 2), ben.move(2, 0, 3))
    facilitator.goes_to("reveal")
    facilitator.get(f"/w/{facilitator.code}/console")
    return facilitator


@pytest.fixture
def revealed(console: Facilitator) -> Facilitator:
    """The line is under the first two, where three tie for the second place."""
    console.presses("Draw the line", cut="2")
    console.presses("Reveal results")
    return console


def shown(facilitator: Facilitator, somebody: Browser, page: str) -> str:
    somebody.get(f"/w/{facilitator.code}{page}")
    return somebody.page.text


def test_before_the_reveal_ballots_are_held_against_people(console: Facilitator) -> None:
    assert "2 ballots were cast. How many people are in the room?" in console.page.text
    console.presses("Note it", people="30")
    assert "2 ballots were cast. 30 people are in the room." in console.page.text
    assert "More ballots than people" not in console.page.text
    console.presses("Note it", people="1")
    assert (
        "More ballots than people. 2 ballots, 1 in the room. In an open workshop one person may have joined twice."
        in console.page.text
    )
    console.presses("Note it", people="")
    assert "How many people are in the room?" in console.page.text


def test_more_ballots_than_people_do_not_stop_the_reveal(console: Facilitator) -> None:
    console.presses("Note it", people="1")
    console.presses("Reveal results")
    told = console.get(f"/w/{console.code}/1/results.json").get_json()
    assert told["in_the_room"] == 1
    assert told["notes"] == ["2 ballots, 1 in the room. In an open workshop one person may have joined twice."]
    assert "1 in the room. In an open workshop" in shown(console, console, "/results")


@pytest.mark.parametrize(
    ("button", "field"), [("Note it", "people"), ("Draw the line", "cut"), ("Draw it by dots", "cut_share")]
)
@pytest.mark.parametrize("typed", ["0", "-1", "10000", "many"])
def test_what_is_no_number_is_given_back_with_a_sentence(
    console: Facilitator, button: str, field: str, typed: str
) -> None:
    console.presses(button, **{field: typed})
    assert (console.status, "Give a whole number from 1 to" in console.page.text) == (422, True)
    assert typed in console.page.text


def test_the_line_is_on_every_screen_and_never_in_a_tie(revealed: Facilitator, ada: Phone) -> None:
    board, results = Browser(revealed.app), Browser(revealed.app)
    board.get(revealed.links["board"])
    results.get(revealed.links["results"])
    for somebody, page in ((ada, ""), (board, "/board"), (results, "/results")):
        text = shown(revealed, somebody, page)
        order = [text.index(words) for words in ("A night market", "This one goes forward.", "Trees")]
        assert order == sorted(order)
        # The results page begins with what goes forward, and the line in the ranking is the last to be met.
        assert text.rindex("R1, R3 and R4 tie across the line.") > text.index("Trees")
    revealed.get(f"/w/{revealed.code}/console")
    revealed.presses("Draw the line", cut="4")
    text = shown(revealed, ada, "")
    assert "These 4 go forward." in text
    assert "tie across the line" not in text


def test_the_line_is_drawn_by_a_share_of_the_dots_and_taken_back(revealed: Facilitator, ada: Phone) -> None:
    """Two of five dots are on R2: 40 % of them. For 41 % another is needed, and three tie for that."""
    revealed.presses("Draw it by dots", cut_share="40")
    assert "The line is under the fewest responses that hold 40 % of the dots." in revealed.page.text
    assert "This one goes forward. R2, the last above the line, is 1 dot ahead of R1, R3 and R4." in revealed.page.text
    assert values(revealed) == {"cut": "", "cut_share": "40"}
    assert "tie across" not in shown(revealed, ada, "")
    revealed.presses("Undo")
    assert values(revealed) == {"cut": "2", "cut_share": ""}
    revealed.presses("Draw it by dots", cut_share="41")
    assert "R1, R3 and R4 tie across the line. 1 of them can go forward." in revealed.page.text
    revealed.presses("Start a run-off")
    ada.get(ada.home)
    assert sorted(ada.cards()) == [1, 3, 4]


def test_the_line_by_dots_takes_the_place_of_that_by_places_and_the_other_way_round(revealed: Facilitator) -> None:
    revealed.presses("Draw it by dots", cut_share="50")
    assert values(revealed) == {"cut": "", "cut_share": "50"}
    revealed.presses("Draw the line", cut="3")
    assert values(revealed) == {"cut": "3", "cut_share": ""}
    revealed.presses("Draw it by dots", cut_share="")
    assert "The line is taken away." in revealed.page.text
    assert values(revealed) == {"cut": "", "cut_share": ""}


def test_a_line_by_places_and_by_dots_at_once_is_refused(revealed: Facilitator) -> None:
    answer = revealed.asks(f"/w/{revealed.code}/1/cut", {"cut": "3", "cut_share": "50"})
    error = answer.get_json()["error"]
    assert (answer.status_code, error["code"]) == (422, "cut_share")
    assert error["message"].startswith("There is one line: say how many go forward, or which share of the dots does")
    revealed.get(f"/w/{revealed.code}/console")
    assert values(revealed) == {"cut": "2", "cut_share": ""}


def test_what_has_no_dot_does_not_go_forward(console: Facilitator, ada: Phone, ben: Phone) -> None:
    console.goes_to("vote")
    ada.moves(ada.move(3, 1, None))
    ben.moves(ben.move(2, 1, None))
    console.goes_to("reveal")
    console.get(f"/w/{console.code}/console")
    console.presses("Draw the line", cut="4")
    console.presses("Reveal results")
    assert "These 2 go forward. R1, the last above the line, has 1 dot, and nothing below it has any." in (
        console.page.text
    )
    assert "Start a run-off" not in console.page.html


def test_where_nobody_placed_a_dot_nothing_goes_forward(facilitator: Facilitator, ada: Phone) -> None:
    facilitator.goes_to("gather")
    ada.writes("Trees")
    facilitator.goes_to("reveal")
    facilitator.get(f"/w/{facilitator.code}/console")
    facilitator.presses("Draw it by dots", cut_share="50")
    facilitator.presses("Reveal results")
    assert "No response has a dot, so nothing goes forward." in facilitator.page.text


def values(facilitator: Facilitator) -> dict[str, str]:
    """What the two fields of the line hold."""
    forms = {"cut": facilitator.page.form("Draw the line"), "cut_share": facilitator.page.form("Draw it by dots")}
    return {name: form.fields[name] for name, form in forms.items()}


def test_before_the_reveal_the_line_tells_nobody_anything(console: Facilitator, ada: Phone) -> None:
    console.presses("Draw the line", cut="2")
    assert "goes forward." not in console.page.text
    assert "tie across" not in console.page.text
    assert "forward" not in shown(console, ada, "")
    assert "data-aloud" not in ada.page.html


def test_ties_are_there_to_be_said_aloud(revealed: Facilitator, ada: Phone) -> None:
    ada.get(ada.home)
    said = "Three responses tie for 2nd place. R1, R3 and R4 tie across the line."
    assert f'data-aloud="{said}"' in ada.page.html


def test_one_press_starts_a_run_off_and_another_leads_back(revealed: Facilitator, ada: Phone, ben: Phone) -> None:
    revealed.presses("Start a run-off")
    assert (revealed.status, "The run-off is open. It is exercise 2." in revealed.page.text) == (200, True)
    assert revealed.page.form("Close voting")
    assert sorted(ada.cards()) == [1, 3, 4]
    assert "Put your 1 dot on what matters most." in ada.page.text
    assert ben.asks_json(f"{ben.home}/2/dots", {"moves": [ben.move(1, 0, 4)]}).status_code == 200
    revealed.presses("Close voting")
    revealed.presses("Reveal results")
    assert "This run-off is for 1 place, tied in exercise 1." in revealed.page.text
    revealed.presses("Back to exercise 1")
    assert "Exercise 1 is on again." in revealed.page.text
    settled = "Settled by a run-off in exercise 2: R4 goes forward."
    assert settled in revealed.page.text
    assert settled in shown(revealed, ada, "")
    assert settled in shown(revealed, revealed, "/results")
    told = revealed.get(f"/w/{revealed.code}/1/results.json").get_json()
    assert told["line"] == {"forward": [2, 4], "tied": [1, 3, 4], "places": 1, "margin": 0, "run_off": 2}


def test_phones_and_the_board_are_told_that_it_is_a_run_off(revealed: Facilitator, ada: Phone) -> None:
    board = Browser(revealed.app)
    board.get(revealed.links["board"])
    sentence = "These responses tied. Choose again: 1 dot."
    for somebody, page in ((ada, ""), (board, "/board")):
        assert "Run-off" not in shown(revealed, somebody, page)
    revealed.get(f"/w/{revealed.code}/console")
    revealed.presses("Start a run-off")
    for somebody, page in ((ada, ""), (board, "/board")):
        text = shown(revealed, somebody, page)
        assert ("Run-off" in text, sentence in text) == (True, True)
    revealed.get(f"/w/{revealed.code}/console")
    revealed.presses("Close voting")
    assert sentence not in shown(revealed, board, "/board")


def test_who_runs_it_and_who_reads_it_see_whose_run_off_it_is(revealed: Facilitator) -> None:
    label = "Run-off of exercise 1"
    for page in ("/console", "/agenda", "/1/results"):
        assert label not in shown(revealed, revealed, page), page
    revealed.get(f"/w/{revealed.code}/console")
    revealed.presses("Start a run-off")
    for page, times in (("/console", 2), ("/agenda", 1), ("/2/results", 2), ("/1/results", 1)):
        assert (page, shown(revealed, revealed, page).count(label)) == (page, times)


def test_undo_returns_to_the_former_exercise(revealed: Facilitator, ada: Phone) -> None:
    revealed.presses("Start a run-off")
    revealed.presses("Undo")
    assert revealed.page.form("Start a run-off")
    assert "Results" in shown(revealed, ada, "")


def test_of_two_facilitators_the_second_is_told_that_it_was_started(revealed: Facilitator) -> None:
    other = Browser(revealed.app)
    other.get(revealed.links["facilitator"])
    revealed.presses("Start a run-off")
    other.presses("Start a run-off")
    assert (other.status, "The run-off has been started already." in other.page.text) == (409, True)
    answer = other.asks(f"/w/{revealed.code}/1/run-off")
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "run_off_started")


def test_only_a_facilitator_does_any_of_it(console: Facilitator, ada: Phone) -> None:
    board = Browser(console.app)
    board.get(console.links["board"])
    for somebody in (ada, board, Browser(console.app)):
        somebody.get("/")
        for path in ("in-the-room", "cut", "run-off", "run-off/back"):
            answer = somebody.asks(f"/w/{console.code}/1/{path}", {"people": "5", "cut": "5"})
            assert (path, answer.status_code, answer.get_json()["error"]["code"]) == (path, 403, "no_link")


# A board that steers --------------------------------------------------------------------------------------------------


def test_a_board_steers_only_for_who_may_run_the_workshop(console: Facilitator, ada: Phone) -> None:
    address = f"/w/{console.code}/board"
    assert any(link == f"{address}?steer=yes" for link in console.page.links)
    board = Browser(console.app)
    board.get(console.links["board"])
    assert "data-steer" not in board.page.html
    for somebody in (board, ada):
        assert somebody.get(f"{address}?steer=yes").status_code == 403
        assert somebody.get(f"{address}/next").status_code == 403
    console.get(f"{address}?steer=yes")
    assert (console.status, 'data-steer="yes"' in console.page.html) == (200, True)


def test_a_board_that_steers_asks_what_is_next(facilitator: Facilitator, ada: Phone) -> None:
    def asks() -> tuple[str, str | None, str]:
        answer = facilitator.get(f"/w/{facilitator.code}/board/next").get_json()
        assert (answer["ok"], answer["exercise"]) == (True, 1)
        return answer["from"], answer["to"], answer["act"]

    assert asks() == ("draft", "gather", "Open responses")
    facilitator.goes_to("gather")
    ada.writes("Trees")
    assert asks() == ("gather", "vote", "Start voting (1 response, 8 dots each)")
    facilitator.goes_to("reveal")
    assert asks() == ("reveal", "discuss", "Reveal results")
    facilitator.goes_to("closed")
    assert asks() == ("closed", None, "")

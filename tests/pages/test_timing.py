"""The timer on the console, on phones and on the board, for people without JavaScript and for programs."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.pages.people import JSON, Browser, Facilitator, Phone
from workshop.actions import timing
from workshop.actions.history import By
from workshop.actions.hosting import find_workshop
from workshop.timekeeper import now_ms


@pytest.fixture
def console(facilitator: Facilitator, ada: Phone) -> Facilitator:
    """Voting is open."""
    facilitator.goes_to("gather")
    ada.writes("Free park and ride")
    facilitator.goes_to("vote")
    facilitator.get(f"/w/{facilitator.code}/console")
    return facilitator


@pytest.fixture
def board(console: Facilitator) -> Browser:
    board = Browser(console.app)
    board.get(console.links["board"])
    return board


def timer(browser: Browser) -> str:
    """The element that holds the timer on the page that is shown."""
    found = re.search(r'<section id="timer".*?</section>', browser.page.html, re.DOTALL)
    assert found
    return found.group()


def fact(browser: Browser, name: str) -> int | None:
    found = re.search(rf'data-{name}="(\d+)"', timer(browser))
    return int(found.group(1)) if found else None


def error(console: Facilitator, path: str, **fields: str) -> tuple[int, Any]:
    answer = console.asks(f"/w/{console.code}/1/timer{path}", fields)
    return answer.status_code, answer.get_json()["error"]["code"]


def test_a_timer_is_set_prolonged_paused_and_stopped_by_pressing_buttons(console: Facilitator) -> None:
    console.presses("5 minutes")
    assert "A timer of 5 minutes runs." in console.page.text
    first = fact(console, "ends")
    assert first is not None
    console.presses("+5")
    assert (fact(console, "ends") or 0) - first > 4.9 * 60_000
    console.presses("−1")
    assert "A minute less." in console.page.text
    console.presses("Pause")
    assert (fact(console, "ends"), 8.9 * 60_000 < (fact(console, "left") or 0) <= 9 * 60_000) == (None, True)
    assert "Paused at 8:5" in console.page.text or "Paused at 9:00" in console.page.text
    console.presses("Go on")
    assert fact(console, "ends")
    console.presses("Stop")
    assert (fact(console, "ends"), fact(console, "left")) == (None, None)


def test_any_number_of_minutes_can_be_typed(console: Facilitator) -> None:
    console.presses("Start the timer", minutes="42")
    assert "A timer of 42 minutes runs." in console.page.text


def test_what_was_done_is_undone_with_the_button_beside_it(console: Facilitator) -> None:
    console.presses("5 minutes")
    console.presses("Undo")
    assert (console.status, fact(console, "ends")) == (200, None)
    assert "Undone." in console.page.text


@pytest.mark.parametrize("typed", ["", "0", "-3", "1000", "a few", "٣"])
def test_what_is_no_number_of_minutes_is_given_back_with_a_sentence(console: Facilitator, typed: str) -> None:
    console.presses("Start the timer", minutes=typed)
    assert (console.status, "Give a whole number from 1 to 180." in console.page.text) == (422, True)
    assert typed in console.page.text
    assert error(console, "", minutes=typed) == (422, "minutes")


def test_programs_are_told_what_is_not_possible_now(console: Facilitator) -> None:
    assert error(console, "/pause") == (409, "timer_stands")
    assert error(console, "/start") == (409, "timer_not_paused")
    assert error(console, "/stop") == (409, "no_timer")
    assert error(console, "/add", minutes="1") == (409, "no_timer")
    assert error(console, "/add", minutes="7") == (400, "not_understood")
    assert error(console, "/at-zero", at_zero="explode") == (400, "not_understood")
    console.asks(f"/w/{console.code}/1/timer", {"minutes": "1"})
    assert error(console, "", minutes="1") == (409, "timer_is_set")
    assert error(console, "/add", minutes="-1") == (409, "too_little_left")


def test_only_a_facilitator_handles_the_timer(console: Facilitator, board: Browser, ada: Phone) -> None:
    for somebody in (Browser(console.app), board, ada):
        somebody.get("/")
        for path in ("", "/pause", "/start", "/add", "/stop", "/at-zero"):
            answer = somebody.asks(f"/w/{console.code}/1/timer{path}", {"minutes": "5", "at_zero": "close"})
            assert (path, answer.status_code, answer.get_json()["error"]["code"]) == (path, 403, "no_link")


def test_every_screen_counts_to_the_same_moment(console: Facilitator, board: Browser, ada: Phone) -> None:
    console.presses("3 minutes")
    ends = fact(console, "ends")
    late = console.phone()
    for screen in (board, ada, late):
        screen.get(screen.path if screen is board else ada.home)
        assert fact(screen, "ends") == ends
    state = ada.state()
    assert f'data-ends="{ends}"' in state["fragments"]["timer"]
    assert 0 < (ends or 0) - state["now"] <= 3 * 60_000


def test_a_page_says_what_time_it_was_on_the_server(console: Facilitator, board: Browser, ada: Phone) -> None:
    for screen in (console, board, ada):
        screen.get(screen.path)
        before = ada.state()["now"]
        screen.get(screen.path)
        found = re.search(r'<body data-now="(\d+)"', screen.page.html)
        assert found
        assert before <= int(found.group(1)) <= ada.state()["now"]


def test_without_a_script_a_page_says_how_much_was_left_when_it_was_loaded(console: Facilitator, ada: Phone) -> None:
    ada.get(ada.home)
    assert " hidden" in timer(ada)
    console.presses("5 minutes")
    ada.get(ada.home)
    assert timer_words(ada) == "Time left: About 5 minutes left when this page was loaded."


def test_what_is_pushed_says_nothing_that_time_makes_untrue(console: Facilitator, ada: Phone) -> None:
    console.presses("5 minutes")
    assert "minutes" not in ada.state()["fragments"]["timer"]
    first = ada.state()["fragments"]["timer"]
    assert ada.state()["fragments"]["timer"] == first


@pytest.mark.parametrize(
    ("minutes_ago", "words"),
    [
        (0, "Time left: About 2 minutes left when this page was loaded."),
        (1, "Time left: About 1 minute left when this page was loaded."),
        (1.5, "Time left: Less than a minute left when this page was loaded."),
        (3, "Time left: Time's up"),
    ],
)
def test_without_a_script_nobody_is_promised_seconds(
    console: Facilitator, ada: Phone, minutes_ago: float, words: str
) -> None:
    set_since(console, now_ms() - int(minutes_ago * 60_000) + 500)
    ada.get(ada.home)
    assert timer_words(ada) == words


def set_since(console: Facilitator, since: int) -> None:
    """A timer of two minutes that was set at some moment."""
    store = console.app.extensions["eightdots"].store
    with store.reading() as session:
        workshop_id = find_workshop(session, console.code).id
    timing.set_timer(store, workshop_id, 1, 2, by=By("facilitator", None, 0), now_ms=since)


def timer_words(browser: Browser) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", timer(browser)).replace("&#39;", "'").split())


def test_that_voting_will_close_is_announced_on_every_screen(console: Facilitator, board: Browser, ada: Phone) -> None:
    assert "At zero the screens say that time is up; voting stays open." in console.page.text
    console.presses("Close by itself at zero")
    console.presses("5 minutes")
    for screen in (console, board, ada):
        screen.get(screen.path if screen is not ada else ada.home)
        assert "Voting closes 2 seconds after zero." in screen.page.text
        assert 'data-closes="vote"' in timer(screen)
    console.presses("Only say so at zero")
    ada.get(ada.home)
    assert "Voting closes" not in ada.page.text


def test_a_step_takes_the_timer_off_every_screen(console: Facilitator, ada: Phone) -> None:
    console.presses("5 minutes")
    console.goes_to("reveal")
    ada.get(ada.home)
    assert "hidden" in timer(ada)
    console.get(f"/w/{console.code}/console")
    assert console.page.form("5 minutes")
    assert "at zero" not in console.page.text.lower()


def test_an_answer_in_json_says_how_it_is_undone(console: Facilitator) -> None:
    answer = console.post(f"/w/{console.code}/1/timer", {"minutes": "5"}, headers=JSON).get_json()
    assert (answer["ok"], answer["message"]) == (True, "A timer of 5 minutes runs.")
    assert console.asks(answer["undo"]).status_code == 200

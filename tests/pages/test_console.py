"""The facilitator's console: it needs the link, it moves the exercise on, and two can hold it."""

from __future__ import annotations

import re

import pytest

from tests.cast import ALL_PHASES
from tests.pages.people import JSON, Browser, Facilitator, Organiser, Phone


@pytest.fixture
def console(facilitator: Facilitator, ada: Phone) -> Facilitator:
    """Two responses, and responses are still open."""
    facilitator.goes_to("gather")
    ada.writes("Free park and ride")
    ada.writes("Cars", "no")
    facilitator.get(f"/w/{facilitator.code}/console")
    return facilitator


def test_the_link_leads_to_a_clean_address(facilitator: Facilitator) -> None:
    assert (facilitator.status, facilitator.path) == (200, f"/w/{facilitator.code}/console")


def test_an_unknown_link_leads_nowhere(facilitator: Facilitator) -> None:
    browser = Browser(facilitator.app)
    secret = facilitator.links["facilitator"].rpartition("/")[2]
    for path in (
        "/f/x",
        f"/f/{secret}x",
        f"/b/{secret}",
        f"/r/{secret}",
        f"/f/{facilitator.links['board'][3:]}",
        "/f/\0",
    ):
        browser.get(path)
        assert (path, browser.status) == (path, 404)
        assert "This link is not known, or no longer works." in browser.page.text
    assert browser.get(f"/w/{facilitator.code}/console").status_code == 403


def test_without_the_link_nothing_can_be_seen_or_done(console: Facilitator, ada: Phone, organiser: Organiser) -> None:
    board = Browser(console.app)
    board.get(console.links["board"])
    base = f"/w/{console.code}"
    for somebody in (Browser(console.app), board, ada, organiser.opens()):
        somebody.get("/")
        somebody.get(f"{base}/console")
        assert (somebody.status, "This page needs the facilitator's link." in somebody.page.text) == (403, True)
        for path, fields in (
            (f"{base}/1/phase", {"from": "gather", "to": "vote"}),
            (f"{base}/1/responses/1/withdraw", {}),
            (f"{base}/1/responses/1/restore", {}),
        ):
            answer = somebody.asks(path, fields)
            assert (answer.status_code, answer.get_json()["error"]["code"]) == (403, "no_link")
    assert ada.cards() == [1, 2]


def test_an_exercise_is_run_with_one_button_from_draft_to_closed_and_back(facilitator: Facilitator, ada: Phone) -> None:
    there = ["Open responses", "Start voting", "Close voting", "Reveal results", "Close the exercise"]
    back = [
        "Open the exercise again",
        "Hide the results again",
        "Open voting again",
        "Back to gathering",
        "Back to draft",
    ]
    said = [
        "Responses are open.",
        "Voting is open.",
        "Voting is closed. Nothing is shown yet.",
        "The results are on every screen.",
        "The exercise is closed.",
    ]
    for button, now, phase in zip(there, said, ALL_PHASES[1:], strict=True):
        facilitator.presses(button)
        assert (facilitator.status, now in facilitator.page.text) == (200, True)
        assert f'data-phase="{phase}"' in facilitator.page.html
        if phase == "gather":
            ada.writes("Trees")
    for button, phase in zip(back, reversed(ALL_PHASES[:-1]), strict=True):
        facilitator.presses(button)
        assert f'data-phase="{phase}"' in facilitator.page.html


def test_a_step_in_json_says_the_phase(console: Facilitator) -> None:
    answer = console.asks(f"/w/{console.code}/1/phase", {"from": "gather", "to": "vote"})
    assert (answer.status_code, answer.get_json()["ok"], answer.get_json()["phase"]) == (200, True, "vote")


def test_of_two_facilitators_the_second_is_shown_how_it_stands(console: Facilitator) -> None:
    other = Browser(console.app)
    other.get(console.links["facilitator"])
    console.presses("Start voting")
    other.presses("Start voting")
    assert (other.status, "This exercise has already moved on." in other.page.problem) == (409, True)
    assert other.page.form("Close voting")
    answer = other.asks(f"/w/{console.code}/1/phase", {"from": "gather", "to": "vote"})
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "moved_on")


def test_voting_does_not_start_with_nothing_to_vote_on(facilitator: Facilitator) -> None:
    facilitator.presses("Open responses")
    facilitator.presses("Start voting")
    assert (facilitator.status, "There is nothing to vote on yet." in facilitator.page.problem) == (409, True)
    assert facilitator.page.form("Start voting")


def test_a_step_that_cannot_be_is_not_taken(console: Facilitator) -> None:
    for fields, status in (
        ({}, 409),
        ({"from": "gather"}, 400),
        ({"from": "gather", "to": "lunch"}, 400),
        ({"from": "gather", "to": "reveal"}, 409),
        ({"from": "gather", "to": "gather"}, 409),
        ({"from": "vote", "to": "reveal"}, 409),
    ):
        assert (fields, console.asks(f"/w/{console.code}/1/phase", fields).status_code) == (fields, status)
    console.get(f"/w/{console.code}/console")
    assert 'data-phase="gather"' in console.page.html


def test_a_response_is_taken_off_every_screen_and_put_back(console: Facilitator, ada: Phone) -> None:
    console.presses("Withdraw R2")
    assert (console.status, "R2 is withdrawn. You can restore it below." in console.page.text) == (200, True)
    assert "Withdrawn: on no other screen" in console.page.text
    assert ada.cards() == [1]
    console.presses("Restore R2")
    assert "R2 is back" in console.page.text
    assert ada.cards() == [1, 2]


def test_there_is_no_other_exercise_or_response(console: Facilitator) -> None:
    for path in (
        "2/phase",
        f"{10**30}/phase",
        "1/responses/99/withdraw",
        "1/responses/0/restore",
        f"1/responses/{2**63}/withdraw",
    ):
        answer = console.asks(f"/w/{console.code}/{path}", {"from": "gather", "to": "vote"})
        assert (path, answer.status_code, answer.get_json()["ok"]) == (path, 404, False)


def test_the_console_tells_who_is_here_and_how_many_dots_are_placed_and_not_where(
    console: Facilitator, ada: Phone, ben: Phone
) -> None:
    console.presses("Start voting")
    ada.moves(ada.move(1, 0, 1), ada.move(2, 0, 1))
    assert ben.asks(f"{ben.home}/1/finished", {"finished": "yes"}).status_code == 200
    console.get(f"/w/{console.code}/console")
    for words in ("Joined 2", "Finished 1", "Dots placed 2 of 16"):
        assert words in console.page.text
    before = bare(console)
    ada.moves(ada.move(1, 1, 2))
    assert bare(console) == before


def bare(browser: Browser) -> str:
    """The page without its tokens, the time, and its version, which counts moves."""
    return re.sub(
        r'(content|data-version|data-now|name="csrf_token" value)="[^"]+"', "", browser.get(browser.path).text
    )


def test_the_console_hands_out_the_links(console: Facilitator) -> None:
    for role, path in console.links.items():
        assert any(link.endswith(path) for link in console.page.links), role
    for role, leads_to in (("board", "board"), ("results", "results"), ("facilitator", "console")):
        browser = Browser(console.app)
        browser.get(console.links[role])
        assert (browser.status, browser.path) == (200, f"/w/{console.code}/{leads_to}")


def test_the_console_is_a_page_and_an_error_in_json_is_json(facilitator: Facilitator) -> None:
    answer = Browser(facilitator.app).get(f"/w/{facilitator.code}/console", headers=JSON)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (403, "no_link")

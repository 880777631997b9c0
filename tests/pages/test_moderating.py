"""Grouping and checking over HTTP: from the console without JavaScript to the pages of everybody else, and back."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.pages.people import Browser, Facilitator, Organiser, Phone
from workshop import fragments, screens
from workshop.models import Entry, Exercise, Link, Workshop


@pytest.fixture
def console(facilitator: Facilitator, ada: Phone) -> Facilitator:
    """R1 to R3 under YES and R4 under NO; responses are closed, to be grouped."""
    facilitator.goes_to("gather")
    for text, side in (("Free parking", "yes"), ("Parking, free", "yes"), ("Benches", "yes"), ("Cars", "no")):
        ada.writes(text, side)
    steps(facilitator, "gather", "group")
    return facilitator


def steps(facilitator: Facilitator, here: str, there: str) -> None:
    fields = {"from": here, "to": there}
    assert facilitator.asks(f"/w/{facilitator.code}/1/phase", fields).status_code == 200
    facilitator.get(f"/w/{facilitator.code}/console")


def checks_first(facilitator: Facilitator, **values: Any) -> None:
    """Have the exercise check responses before they are shown."""
    store = facilitator.app.extensions["eightdots"].store
    with store.reading() as session:
        workshop_id = session.scalars(select(Workshop.id).where(Workshop.code == facilitator.code)).one()
    with store.change(workshop_id) as session:
        here = Exercise.workshop_id == workshop_id
        session.execute(update(Exercise).where(here).values(**{"checks_first": True} | values))


def shown(browser: Browser, path: str) -> str:
    browser.get(path)
    assert browser.status == 200
    return browser.page.text


# Merging --------------------------------------------------------------------------------------------------------------


def test_what_is_ticked_is_merged_and_taken_out_again(console: Facilitator, ada: Phone) -> None:
    console.presses("Merge what is ticked", response=["1", "2"], into="2")
    assert (console.status, "Merged: R2 now stands for 2 responses." in console.page.text) == (200, True)
    assert ada.cards() == [2, 3, 4]
    assert "merged with 1 other R1 Free parking" in ada.page.text
    console.presses("Take out R1")
    assert "R1 stands by itself again." in console.page.text
    assert ada.cards() == [1, 2, 3, 4]


def test_what_was_merged_can_be_undone_from_the_page(console: Facilitator, ada: Phone) -> None:
    console.presses("Merge what is ticked", response=["1", "2", "3"])
    assert ada.cards() == [1, 4]
    console.presses("Undo")
    assert ada.cards() == [1, 2, 3, 4]


def test_two_that_may_say_the_same_are_suggested_and_merged_with_one_press(console: Facilitator, ada: Phone) -> None:
    assert "These may say the same 1 R1 Free parking R2 Parking, free" in console.page.text
    console.presses("Keep R2's wording")
    assert ada.cards() == [2, 3, 4]
    assert "These may say the same" not in console.page.text


def test_suggestions_are_for_the_desk_and_never_while_people_vote(console: Facilitator, ada: Phone) -> None:
    board = Browser(console.app)
    board.get(console.links["board"])
    for browser, path in ((ada, ada.home), (board, f"/w/{console.code}/board")):
        assert "may say the same" not in shown(browser, path)
    steps(console, "group", "vote")
    for words in ("may say the same", "Merge what is ticked", "Put what is ticked", 'class="tick"'):
        assert words not in console.page.html


def test_what_cannot_be_merged_says_why(console: Facilitator) -> None:
    merge = f"/w/{console.code}/1/merge"
    for fields, status, code in (
        ({"response": ["1", "4"]}, 422, "other_column"),
        ({"response": ["1"]}, 422, "nothing_to_merge"),
        ({}, 422, "nothing_to_merge"),
        ({"response": ["1", "99"]}, 404, "no_such_response"),
        ({"response": ["1", "two"]}, 400, "not_understood"),
        ({"response": ["1", "9" * 30]}, 400, "not_understood"),
        ({"response": ["1", "2"], "into": "-1"}, 400, "not_understood"),
    ):
        answer = console.asks(merge, fields)
        assert (fields, answer.status_code, answer.get_json()["error"]["code"]) == (fields, status, code)
    console.get(f"/w/{console.code}/console")
    console.presses("Merge what is ticked", response=["1", "4"])
    assert console.status == 422
    assert "R1 and R4 are in different columns, so they cannot be merged." in console.page.text


def test_while_people_vote_the_answer_is_that_grouping_is_locked(console: Facilitator) -> None:
    steps(console, "group", "vote")
    base = f"/w/{console.code}/1"
    for path in ("merge", "theme", "responses/1/unmerge", "themes/1", "themes/1/remove"):
        answer = console.asks(f"{base}/{path}", {"response": ["1", "2"], "name": "Parking"})
        assert (path, answer.status_code, answer.get_json()["error"]["code"]) == (path, 409, "grouping_locked")


def test_the_desk_sees_what_stands_under_a_withdrawn_response(console: Facilitator) -> None:
    console.presses("Merge what is ticked", response=["1", "2"])
    console.presses("Withdraw R1")
    assert "R1 Free parking merged with 1 other R2 Parking, free" in console.page.text
    console.presses("Take out R2")
    assert "R2 stands by itself again." in console.page.text


def test_the_board_says_how_many_one_stands_for(console: Facilitator) -> None:
    console.presses("Merge what is ticked", response=["1", "2", "3"])
    board = Browser(console.app)
    board.get(console.links["board"])
    assert "R1 Free parking merged from 3" in shown(board, f"/w/{console.code}/board")


# Themes ---------------------------------------------------------------------------------------------------------------


def test_responses_stand_under_their_themes_on_phone_and_board(console: Facilitator, ada: Phone) -> None:
    console.presses("Put what is ticked under it", response=["3", "4"], name="Out <b>and</b> about")
    assert "2 responses are under their theme." in console.page.text
    board = Browser(console.app)
    board.get(console.links["board"])
    for browser, path in ((ada, ada.home), (board, f"/w/{console.code}/board")):
        text = shown(browser, path)
        assert "Out <b>and</b> about R3 Benches Others R1 Free parking" in text
        assert "Out <b>and</b> about R4 Cars" in text
    console.presses("Put what is ticked under it", response=["3"], theme="")
    assert "Out <b>and</b> about R3" not in shown(ada, ada.home)


def test_a_theme_is_renamed_and_removed(console: Facilitator, ada: Phone) -> None:
    console.presses("Put what is ticked under it", response=["3"], name="Seats")
    console.presses("Rename Seats", name="Sitting")
    assert "Sitting R3 Benches" in shown(ada, ada.home)
    console.presses("Remove Sitting")
    assert "Sitting" not in shown(ada, ada.home)
    console.presses("Undo")
    assert "Sitting R3 Benches" in shown(ada, ada.home)


def test_while_voting_and_in_results_a_theme_is_a_small_word(console: Facilitator, ada: Phone) -> None:
    console.presses("Put what is ticked under it", response=["3"], name="Seats")
    steps(console, "group", "vote")
    board = Browser(console.app)
    board.get(console.links["board"])
    assert "R3 Theme: Seats" in shown(ada, ada.home)
    assert "Benches Theme: Seats" in shown(board, f"/w/{console.code}/board")
    steps(console, "vote", "reveal")
    steps(console, "reveal", "discuss")
    assert "R3 Theme: Seats" in shown(ada, ada.home)
    assert "Benches Theme: Seats" in shown(console, f"/w/{console.code}/results")


# Checking and closing -------------------------------------------------------------------------------------------------


def test_what_waits_is_shown_one_by_one_or_all_at_once(facilitator: Facilitator, ada: Phone, ben: Phone) -> None:
    checks_first(facilitator)
    facilitator.goes_to("gather")
    answer = ada.asks(f"{ada.home}/1/responses", {"side": "yes", "text": "Free  parking", "op": "a"})
    assert answer.get_json()["message"] == "Added. The facilitator checks it before everyone sees it."
    waiting = {"number": 1, "side": "yes", "text": "Free parking"}
    assert (answer.get_json()["unchecked"], ada.state()["unchecked"]) == ([waiting], [waiting])
    for text in ("Benches", "Trees"):
        ada.writes(text)
    assert (ada.state()["mine"], ben.state()["unchecked"], ben.cards()) == ([1, 2, 3], [], [])
    text = shown(ada, ada.home)
    assert "Waiting for the facilitator to check it R1 Free parking" in text
    assert "Waiting to be checked: 3" in shown(facilitator, f"/w/{facilitator.code}/console")
    facilitator.presses("Show R2")
    assert ("1 response is on every screen." in facilitator.page.text, ben.cards()) == (True, [2])
    facilitator.presses("Show all 2")
    assert ("2 responses are on every screen." in facilitator.page.text, ben.cards()) == (True, [1, 2, 3])
    facilitator.presses("Undo")
    assert ben.cards() == [2]


def test_its_author_edits_and_removes_what_waits(facilitator: Facilitator, ada: Phone, ben: Phone) -> None:
    checks_first(facilitator)
    facilitator.goes_to("gather")
    ada.writes("Something rude")
    assert ben.get(f"{ben.home}/1/responses/1").status_code == 404
    ada.get(f"{ada.home}/1/responses/1")
    facilitator.get(f"/w/{facilitator.code}/console")
    ada.presses("Save", text="Something kind")
    assert "Changed. The facilitator checks it before everyone sees it." in ada.page.text
    facilitator.presses("Show R1")
    assert (facilitator.status, ben.cards()) == (409, [])
    assert "It has just been changed by whoever wrote it. Read it again." in facilitator.page.text
    ada.presses("Remove R1")
    assert "Something kind" not in ada.page.text
    assert "Waiting to be checked" not in shown(facilitator, f"/w/{facilitator.code}/console")


def test_responses_are_closed_for_now_and_opened_again(facilitator: Facilitator, ada: Phone) -> None:
    facilitator.goes_to("gather")
    ada.writes("Free parking")
    facilitator.get(f"/w/{facilitator.code}/console")
    facilitator.presses("Close responses for now")
    text = shown(ada, ada.home)
    assert "Responses are closed for now." in text
    for words in ("Add response", "Edit R1", "Remove R1"):
        assert words not in text
    answer = ada.asks(f"{ada.home}/1/responses", {"side": "yes", "text": "Benches", "op": "late"})
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "locked")
    ada.post(f"{ada.home}/1/responses", {"side": "yes", "text": "Benches", "op": "late"})
    assert (ada.status, "You wrote: Benches" in ada.page.problem) == (409, True)
    assert ada.get(f"{ada.home}/1/responses/1").status_code == 404
    facilitator.presses("Let people write again")
    assert ada.writes("Benches") == 2
    assert facilitator.asks(f"/w/{facilitator.code}/1/lock", {"locked": "perhaps"}).status_code == 400


def test_the_exercise_says_how_long_a_response_may_be(facilitator: Facilitator, ada: Phone) -> None:
    checks_first(facilitator, checks_first=False, longest=20)
    facilitator.goes_to("gather")
    assert "20 characters at the most" in shown(ada, ada.home)
    assert 'data-longest="20"' in ada.page.html
    answer = ada.asks(f"{ada.home}/1/responses", {"side": "yes", "text": "x" * 21, "op": "long"})
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (422, "too_long")


# Who may, and what nobody is told -------------------------------------------------------------------------------------


def test_it_needs_the_desk(console: Facilitator, ada: Phone, organiser: Organiser) -> None:
    board = Browser(console.app)
    board.get(console.links["board"])
    base = f"/w/{console.code}/1"
    for somebody in (Browser(console.app), board, ada, organiser.opens()):
        somebody.get("/")
        for path in ("approve", "lock", "merge", "theme", "responses/1/unmerge", "themes/1", "themes/1/remove"):
            answer = somebody.asks(f"{base}/{path}", {"response": ["1", "2"], "locked": "yes", "name": "x"})
            assert (path, answer.status_code, answer.get_json()["error"]["code"]) == (path, 403, "no_link")
    assert ada.cards() == [1, 2, 3, 4]


def test_a_moderator_groups_and_checks(console: Facilitator, ada: Phone) -> None:
    store = console.app.extensions["eightdots"].store
    with store.reading() as session:
        workshop_id = session.scalars(select(Workshop.id).where(Workshop.code == console.code)).one()
    with store.change(workshop_id) as session:
        # The board's link, made a moderator's.
        session.execute(
            update(Link).where(Link.workshop_id == workshop_id, Link.role == "board").values(role="moderator")
        )
    moderator = Browser(console.app)
    secret = console.links["board"].rpartition("/")[2]
    moderator.get("/")
    with moderator.http.session_transaction(base_url=moderator.base) as cookie:
        cookie["held"] = [[console.code, {"moderator": secret}]]
    assert moderator.asks(f"/w/{console.code}/1/merge", {"response": ["1", "2"]}).status_code == 200
    assert moderator.asks(f"/w/{console.code}/1/phase", {"from": "group", "to": "vote"}).status_code == 403
    assert ada.cards() == [1, 3, 4]


def test_nothing_that_anybody_can_get_depends_on_who_wrote_what(app: Flask, organiser: Organiser) -> None:
    """The same workshop twice, in which two people have changed places as authors."""
    assert told(organiser, swapped=False) == told(organiser, swapped=True)


def told(organiser: Organiser, *, swapped: bool) -> list[str]:
    """Everything: fragments of every audience, pages, downloads, and what the history keeps."""
    facilitator = organiser.opens()
    checks_first(facilitator)
    facilitator.goes_to("gather")
    ada, ben = facilitator.phone(), facilitator.phone()
    if swapped:
        ada, ben = ben, ada
    for phone, text in ((ada, "Free parking"), (ben, "Parking, free"), (ada, "Benches"), (ben, "Trees")):
        phone.writes(text)
    console = f"/w/{facilitator.code}/console"
    facilitator.get(console)
    for number in (1, 2, 3):
        facilitator.presses(f"Show R{number}")
    facilitator.presses("Merge what is ticked", response=["1", "2"])
    facilitator.presses("Put what is ticked under it", response=["3"], name="Seats")
    found = [*drawn(facilitator)]
    third, board = facilitator.phone(), Browser(facilitator.app)
    board.get(facilitator.links["board"])
    found += [third.get(third.home).text, board.get(f"/w/{facilitator.code}/board").text, facilitator.get(console).text]
    steps(facilitator, "gather", "vote")
    facilitator.phase = "vote"
    facilitator.goes_to("discuss")
    found += [*drawn(facilitator)]
    for page in ("results", "1/results.csv", "1/results.json"):
        found.append(facilitator.get(f"/w/{facilitator.code}/{page}").text)
    return [bare(each, facilitator.code) for each in (*found, *kept(facilitator))]


def drawn(facilitator: Facilitator) -> list[str]:
    store = facilitator.app.extensions["eightdots"].store
    found: list[str] = []
    with store.reading() as session, facilitator.app.test_request_context():
        workshop_id = session.scalars(select(Workshop.id).where(Workshop.code == facilitator.code)).one()
        for audience in screens.AUDIENCES:
            screen = screens.screen(session, workshop_id, audience)
            assert screen is not None
            found += fragments.render(screen).values()
    return found


def kept(facilitator: Facilitator) -> list[str]:
    with facilitator.app.extensions["eightdots"].store.reading() as session:
        workshop = session.scalars(select(Workshop).where(Workshop.code == facilitator.code)).one()
        entries = session.scalars(select(Entry).where(Entry.workshop_id == workshop.id).order_by(Entry.id))
        # What the keys of tables are is nobody's but the database's.
        return [json.dumps([each.what, each.subject, [it["field"] for it in each.changes]]) for each in entries]


def bare(text: str, code: str) -> str:
    """Without what differs from one workshop and one look to the next: codes, links, tokens, versions, times, ops, and
    the fingerprint, which holds a secret of the workshop's own.
    """
    spaced = " ".join((code[:2], code[2:4], code[4:]))
    text = text.replace(code, "CODE").replace(spaced, "CODE")
    text = re.sub(r"/[a-z]/[\w-]{43}", "/LINK", text)
    text = re.sub(r'(csrf-token" content|data-version|data-now|name="(csrf_token|op)" value)="[^"]*"', "", text)
    text = re.sub(r'<code class="fingerprint">.*?</code>|"fingerprint": "[0-9a-f]{64}"', "", text)
    return re.sub(r'"seed": \d+|history/\d+|"\d{4}-\d\d-\d\dT[^"]+"', "", text)


def test_no_template_asks_who_wrote_a_response() -> None:
    root = Path(__file__).resolve().parents[2]
    asking = [path.name for path in (root / "templates").rglob("*.html") if ".author" in path.read_text()]
    assert asking == []


def test_whoever_starts_the_vote_is_told_what_still_waits_to_be_checked(facilitator: Facilitator, ada: Phone) -> None:
    facilitator.goes_to("gather")
    ada.writes("Trees")
    warning = "1 response waits to be checked. It is not in the vote unless you show it first."
    assert warning not in shown(facilitator, f"/w/{facilitator.code}/console")
    checks_first(facilitator)
    ada.writes("Benches")
    assert warning in shown(facilitator, f"/w/{facilitator.code}/console")

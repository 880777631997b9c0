"""The history's page and its file, and the button that takes back what was just done."""

from __future__ import annotations

import pytest

from tests.pages.people import Browser, Facilitator, Phone


@pytest.fixture
def run(facilitator: Facilitator) -> Facilitator:
    facilitator.goes_to("gather")
    facilitator.phone().writes("Trees")
    facilitator.get(f"/w/{facilitator.code}/console")
    return facilitator


def test_what_was_just_done_can_be_taken_back_from_the_page_that_says_so(run: Facilitator, ada: Phone) -> None:
    run.presses("Withdraw R1")
    assert "R1 is withdrawn." in run.page.text
    run.presses("Undo")
    assert (run.status, "Undone." in run.page.text) == (200, True)
    assert ada.cards() == [1]


def test_in_json_the_address_that_undoes_it_comes_with_the_answer(run: Facilitator, ada: Phone) -> None:
    undo = run.asks(f"/w/{run.code}/1/responses/1/withdraw").get_json()["undo"]
    assert ada.cards() == []
    answer = run.asks(undo)
    assert (answer.status_code, answer.get_json()["message"]) == (200, "Undone.")
    assert ada.cards() == [1]
    again = run.asks(undo)
    assert (again.status_code, again.get_json()["error"]["code"]) == (409, "undone")


def test_the_page_tells_it_in_words_newest_first_and_undoes_from_there(run: Facilitator) -> None:
    run.presses("Withdraw R1")
    page = run.get(f"/w/{run.code}/history").text
    assert page.index("withdrew R1") < page.index("opened responses")
    run.presses("Undo: withdrew R1")
    assert (run.path, "undid: withdrew R1" in run.page.text) == (f"/w/{run.code}/history", True)


def test_what_cannot_be_undone_any_more_is_said_on_the_page(run: Facilitator) -> None:
    run.presses("Withdraw R1")
    run.presses("Restore R1")
    run.get(f"/w/{run.code}/history")
    run.presses("Undo: withdrew R1")
    assert (run.status, "This has been changed again since" in run.page.text) == (409, True)


def test_only_who_runs_the_workshop_reads_it(run: Facilitator, ada: Phone) -> None:
    board = Browser(run.app)
    board.get(run.links["board"])
    for somebody in (board, ada, Browser(run.app)):
        for path in ("history", "history.json"):
            assert somebody.get(f"/w/{run.code}/{path}").status_code == 403
    told = run.get(f"/w/{run.code}/history.json")
    assert [each["what"] for each in told.get_json()["entries"]] == ["step"]
    assert "attachment" in told.headers["Content-Disposition"]

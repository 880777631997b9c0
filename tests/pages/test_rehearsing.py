"""A rehearsal says that it is one, on every screen and in every file."""

from __future__ import annotations

from urllib.parse import urlsplit

from tests.pages.people import Browser, Facilitator, Organiser, Phone


def rehearsal(facilitator: Facilitator) -> str:
    """Start one from the console; its code. Its people make no pauses."""
    facilitator.app.extensions["eightdots"].rehearsals.seconds = 0
    facilitator.get(f"/w/{facilitator.code}/console")
    facilitator.presses("Start a rehearsal", people="3")
    assert facilitator.path.endswith("/console")
    code = facilitator.path.split("/")[2]
    assert code != facilitator.code
    return code


def test_it_is_marked_on_every_screen_and_in_every_file(facilitator: Facilitator) -> None:
    code = rehearsal(facilitator)
    assert "Nothing you do here reaches the real workshop." in facilitator.page.text
    phone = Phone(facilitator.app, code)
    phone.presses("Join")
    screens = [
        phone.shown,
        *(facilitator.get(f"/w/{code}/{page}").text for page in ("console", "board", "results", "history")),
    ]
    assert ['data-rehearsal="Rehearsal"' in page for page in screens] == [True] * 5
    facilitator.asks(f"/w/{code}/1/phase", {"from": "draft", "to": "gather"})
    phone.writes("Trees")
    facilitator.asks(f"/w/{code}/1/phase", {"from": "gather", "to": "vote"})
    for form in ("csv", "json"):
        answer = facilitator.get(f"/w/{code}/1/results.{form}")
        assert "Rehearsal: the people and their dots are simulated." in answer.text
        assert "-rehearsal" in answer.headers["Content-Disposition"]


def test_the_real_workshop_is_not_marked(facilitator: Facilitator, ada: Phone) -> None:
    rehearsal(facilitator)
    for page in (ada.get(ada.home), facilitator.get(f"/w/{facilitator.code}/console")):
        assert "data-rehearsal" not in page.text


def test_it_is_not_among_the_organisers_workshops(organiser: Organiser) -> None:
    facilitator = organiser.opens(title="A workshop that is rehearsed")
    rehearsal(facilitator)
    assert organiser.get("/workshops").text.count(">A workshop that is rehearsed<") == 1


def test_only_who_runs_a_workshop_rehearses_it(facilitator: Facilitator, ada: Phone) -> None:
    board = Browser(facilitator.app)
    board.get(urlsplit(facilitator.links["board"]).path)
    for somebody in (ada, board):
        answer = somebody.asks(f"/w/{facilitator.code}/rehearsals", {"people": "3"})
        assert answer.status_code == 403
    refused = facilitator.asks(f"/w/{facilitator.code}/rehearsals", {"people": "many"})
    assert (refused.status_code, refused.get_json()["error"]["code"]) == (422, "people")

"""The spotlight and the notes over HTTP, and an open exercise from its start to its end."""

from __future__ import annotations

import csv
import io
import json
import random
from typing import Any

import pytest
from flask import Flask

from tests.cast import NOW
from tests.pages.people import JSON, Browser, Facilitator, Phone
from workshop import agenda, tokens
from workshop.actions import hosting
from workshop.actions.discussing import LONGEST_NOTE
from workshop.models import Link, Response, Theme, Workshop

SECRET = "Between facilitators only"


def opens(app: Flask, **exercise: Any) -> Facilitator:
    """A facilitator of a workshop with one open exercise."""
    house = app.extensions["eightdots"]
    planned = agenda.from_json(
        {"title": "Peer challenge", "exercises": [{"kind": "open", "prompt": "What would help?", **exercise}]}
    )
    workshop = hosting.open_workshop(house.store, planned, key=house.key, now=NOW, chance=random.Random())
    with house.store.reading() as session:
        links = hosting.links(session, workshop, house.key)
    return Facilitator(app, {"code": workshop.code, "links": links})


def holds(app: Flask, facilitator: Facilitator, role: str) -> Browser:
    """Somebody with one of the workshop's links."""
    somebody = Browser(app)
    somebody.get(facilitator.links[role])
    return somebody


@pytest.fixture
def talking(facilitator: Facilitator, ada: Phone) -> Facilitator:
    """Three responses, and people are still writing."""
    facilitator.goes_to("gather")
    for text, side in (("Free park and ride", "yes"), ("A night <market>", "no"), ("Benches", "yes")):
        ada.writes(text, side)
    facilitator.get(f"/w/{facilitator.code}/console")
    return facilitator


@pytest.fixture
def board(talking: Facilitator) -> Browser:
    return holds(talking.app, talking, "board")


def note(talking: Facilitator, text: str, base: str = "", response: int = 1) -> Any:
    return talking.asks(f"/w/{talking.code}/1/notes/{response}", {"text": text, "base": base}).json


# The spotlight --------------------------------------------------------------------------------------------------------


def test_one_press_puts_a_response_on_every_screen_and_another_takes_it_off(
    talking: Facilitator, ada: Phone, board: Browser
) -> None:
    talking.presses("Spotlight R2")
    assert "R2 is on every screen." in talking.page.text
    assert "On every screen now – take off R2" in talking.page.form("On every screen now").buttons
    for somebody, path in ((ada, ada.home), (board, board.path)):
        somebody.get(path)
        assert somebody.page.text.count("A night <market>") == 2, path
    assert "Being discussed now" in ada.page.text
    talking.presses("On every screen now")
    assert "The spotlight is off." in talking.page.text
    for somebody, path in ((ada, ada.home), (board, board.path)):
        somebody.get(path)
        assert somebody.page.text.count("A night <market>") == 1, path
    assert "Being discussed now" not in ada.page.text


def test_the_panel_goes_to_the_next_response_and_back(talking: Facilitator) -> None:
    talking.presses("Spotlight the first")
    assert "R1 is on every screen." in talking.page.text
    # By column: after the two under YES comes the one under NO.
    for button, shown in (("Next", 3), ("Next", 2), ("Previous", 3)):
        talking.presses(button)
        assert f"R{shown} is on every screen." in talking.page.text
    talking.presses("Take it off")
    assert "Nothing is in the spotlight." in talking.page.text


def test_the_spotlight_is_undone_with_one_press(talking: Facilitator, ada: Phone) -> None:
    talking.presses("Spotlight R2")
    talking.presses("Undo")
    assert "Nothing is in the spotlight." in talking.page.text


def test_of_two_who_press_next_one_is_told_that_the_other_was_first(talking: Facilitator) -> None:
    talking.presses("Spotlight R1")
    colleague = holds(talking.app, talking, "facilitator")
    talking.presses("Next")
    answer = colleague.presses("Next")
    assert (answer.status_code, "Somebody has just put R3 in the spotlight." in answer.text) == (409, True)
    answer = colleague.asks(f"/w/{talking.code}/1/spotlight/off", {"instead_of": "1"})
    assert answer.get_json()["error"]["code"] == "moved_on"


def test_while_people_vote_there_is_no_spotlight(talking: Facilitator) -> None:
    talking.presses("Spotlight R1")
    for phase in ("vote", "reveal"):
        talking.goes_to(phase)
        talking.get(f"/w/{talking.code}/console")
        assert not [button for form in talking.page.forms for button in form.buttons if "Spotlight" in button]
        for path in ("responses/1/spotlight", "spotlight/off"):
            answer = talking.asks(f"/w/{talking.code}/1/{path}")
            assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "no_discussion")


def test_a_spotlight_on_nothing_or_in_place_of_nonsense_is_refused(talking: Facilitator) -> None:
    path = f"/w/{talking.code}/1/responses"
    for number, fields, status in ((9, {}, 404), (0, {}, 404), (1, {"instead_of": "x"}, 400), (1, {}, 200)):
        assert (number, talking.asks(f"{path}/{number}/spotlight", fields).status_code) == (number, status)


def test_only_who_may_moderate_has_a_spotlight_and_notes(talking: Facilitator, ada: Phone, board: Browser) -> None:
    reader = holds(talking.app, talking, "results")
    for somebody in (ada, board, reader, Browser(talking.app)):
        somebody.get("/")
        for path in ("responses/1/spotlight", "spotlight/off", "notes/1", "notes/0"):
            answer = somebody.asks(f"/w/{talking.code}/1/{path}", {"text": "Mine", "base": ""})
            assert (path, answer.status_code, answer.get_json()["error"]["code"]) == (path, 403, "no_link")


def test_a_moderator_may_take_notes(talking: Facilitator) -> None:
    secret = tokens.new_secret(random.Random())
    store = talking.app.extensions["eightdots"].store
    with store.reading() as session:
        workshop_id = hosting.find_workshop(session, talking.code).id
    with store.change(workshop_id) as session:
        session.add(Link(workshop_id=workshop_id, role="moderator", nonce="n", secret_hash=tokens.digest(secret)))
    moderator = Browser(talking.app)
    moderator.get("/")
    with moderator.http.session_transaction(base_url=moderator.base) as cookie:
        cookie["held"] = [[talking.code, {"moderator": secret}]]
    assert moderator.asks(f"/w/{talking.code}/1/notes/1", {"text": "Mine", "base": ""}).status_code == 200


# Notes ----------------------------------------------------------------------------------------------------------------


def test_a_note_is_answered_as_it_is_stored_and_when(talking: Facilitator) -> None:
    told = note(talking, "The bus company\r\nis for it.")
    assert (told["ok"], told["text"]) == (True, "The bus company\nis for it.")
    assert isinstance(told["saved_at"], int)
    assert "undo" not in told
    # A colleague began where we did.
    assert note(talking, "Ask Sam.", "")["text"] == "The bus company\nis for it.\nAsk Sam."


def test_without_javascript_a_note_is_typed_and_saved_with_a_button(talking: Facilitator) -> None:
    talking.presses("Save the note on R1", text="The bus company\r\nis for it.")
    assert "Saved." in talking.page.text
    assert talking.page.form("Save the note on R1").fields["text"] == "The bus company\nis for it."
    talking.presses("Save the note on the exercise", text="A lively room.")
    talking.presses("Save the note on R1", text="The bus company is for it.")
    assert talking.page.form("Save the note on R1").fields["base"] == "The bus company is for it."
    assert talking.page.form("Save the note on the exercise").fields["text"] == "A lively room."
    assert talking.page.text.count("has a note") == 1


def test_what_a_note_holds_is_text_and_no_markup(talking: Facilitator) -> None:
    written = '\n</textarea>"<script>alert(1)</script> & \'"'
    note(talking, written)
    talking.get(f"/w/{talking.code}/console")
    form = talking.page.form("Save the note on R1")
    assert form.fields["base"] == written
    # The first line's end in a text area does not count for browsers, so there are two.
    assert form.fields["text"] == f"\n{written}"


def test_a_note_without_what_it_was_made_from_is_not_understood(talking: Facilitator) -> None:
    path = f"/w/{talking.code}/1/notes/1"
    for fields in ({"text": "Mine"}, {"base": ""}, {}):
        assert talking.asks(path, fields).status_code == 400


def test_too_long_a_note_is_refused_with_a_sentence_and_given_back(talking: Facilitator) -> None:
    long = "x" * (LONGEST_NOTE + 1)
    assert note(talking, long)["error"] == {
        "code": "too_long", "message": "That is 10001 characters. A note has 10000 at the most.",
    }  # fmt: skip
    answer = talking.post(f"/w/{talking.code}/1/notes/1", {"text": long, "base": ""})
    assert (answer.status_code, long in answer.text) == (422, True)


def test_a_note_in_any_script_has_room(talking: Facilitator) -> None:
    written = "ش" * LONGEST_NOTE
    answer = talking.asks_in_parts(f"/w/{talking.code}/1/notes/1", {"text": written, "base": ""})
    assert answer.status_code == 200
    answer = talking.asks_in_parts(f"/w/{talking.code}/1/notes/1", {"text": written[1:], "base": written})
    assert answer.get_json()["text"] == written[1:]


def test_notes_are_told_to_nobody_but_facilitators_and_readers_of_the_results(
    talking: Facilitator, ada: Phone, board: Browser
) -> None:
    for response in (0, 1):
        note(talking, SECRET, response=response)
    talking.asks(f"/w/{talking.code}/1/responses/1/spotlight")
    for phase in ("gather", "vote", "reveal", "discuss", "closed", "draft"):
        talking.goes_to(phase)
        for somebody, path in ((ada, ada.home), (board, f"/w/{talking.code}/board")):
            somebody.get(path)
            assert (somebody.status, SECRET in somebody.shown) == (200, False), (phase, path)
        assert SECRET not in json.dumps(ada.state()), phase
        if phase != "draft":
            assert SECRET in talking.get(f"/w/{talking.code}/console").text, phase
    talking.goes_to("discuss")
    reader = holds(talking.app, talking, "results")
    assert reader.page.text.count(SECRET) == 2


# An open exercise -----------------------------------------------------------------------------------------------------


def test_an_open_exercise_from_its_start_to_its_end(app: Flask) -> None:
    talking = opens(app)
    ada, ben = talking.phone(), talking.phone()
    board, reader = holds(app, talking, "board"), holds(app, talking, "results")
    assert "have not been talked about" in reader.page.text

    talking.presses("Open responses")
    assert "a vote only if you start one" in talking.page.text
    for writer, text in ((ada, "Time to talk"), (ben, "Lunch together"), (ada, "A shared plan")):
        writer.get(writer.home)
        assert "side" not in writer.page.form("Add response").choices
        writer.presses("Add response", text=text)
        assert "until responses are closed" in writer.page.text
    for name in ("YES", "NO", "Choose"):
        assert name not in ada.page.text
    board.get(f"/w/{talking.code}/board")
    assert "Responses 3" in board.page.text
    assert reader.get(f"/w/{talking.code}/1/results.csv", headers=JSON).status_code == 409

    talking.get(f"/w/{talking.code}/console")
    talking.presses("Close responses and talk about them")
    for somebody, path in ((ada, ada.home), (board, f"/w/{talking.code}/board")):
        somebody.get(path)
        for text in ("What would help?", "Time to talk", "Lunch together", "A shared plan"):
            assert text in somebody.page.text
    assert "They are being talked about now." in ada.page.text
    talking.presses("Spotlight the first")
    talking.presses("Next")
    talking.presses("Save the note on the exercise", text="A lively room.")
    note(talking, "Every day at one.", response=2)
    under_themes(talking, {"Food": [2]})
    ada.get(ada.home)
    assert "Being discussed now R2 Food Lunch together" in ada.page.text

    talking.presses("Close the exercise")
    ada.get(ada.home)
    assert "This exercise has closed." in ada.page.text
    reader.get(f"/w/{talking.code}/results")
    for words in (
        "3 responses. No vote was taken.", "Note on the exercise A lively room.",
        "Food 1 R2 Lunch together Every day at one.", "Without a theme 2 R1 Time to talk R3 A shared plan",
    ):  # fmt: skip
        assert words in reader.page.text
    table = list(csv.DictReader(io.StringIO(reader.get(f"/w/{talking.code}/1/results.csv").data.decode("utf-8-sig"))))
    assert [(row["rank"], row["number"], row["response"], row["dots"], row["note"]) for row in table] == [
        ("", "R1", "Time to talk", "", ""),
        ("", "R2", "Lunch together", "", "Every day at one."),
        ("", "R3", "A shared plan", "", ""),
        ("", "", "All responses", "", "No vote was taken."),
    ]
    told = json.loads(reader.get(f"/w/{talking.code}/1/results.json").data)
    assert (told["voted"], told["exercise"]["note"]) == (False, "A lively room.")
    assert [(each["rank"], each["note"]) for each in told["results"]] == [
        (None, ""), (None, "Every day at one."), (None, ""),
    ]  # fmt: skip


def test_an_open_exercise_may_be_voted_on_after_the_discussion(app: Flask) -> None:
    talking = opens(app)
    ada = talking.phone()
    talking.presses("Open responses")
    for text in ("Time to talk", "Lunch together"):
        ada.writes(text, "open")
    talking.get(f"/w/{talking.code}/console")
    talking.presses("Close responses and group them")
    talking.presses("Talk about them")
    note(talking, "Every day at one.", response=2)
    talking.presses("Start voting (2 responses, 8 dots each)")
    ada.get(ada.home)
    ada.moves(ada.move(1, 0, 2))
    for button in ("Close voting", "Reveal results"):
        talking.presses(button)
    ada.get(ada.home)
    assert "1 person used 1 of 8 dots." in ada.page.text
    reader = holds(app, talking, "results")
    assert "Notes R2 Lunch together Every day at one." in reader.page.text
    assert "No vote was taken" not in reader.page.text
    for word in ("YES", "NO"):
        assert word not in reader.page.text
    talking.presses("Close the exercise")
    table = list(csv.DictReader(io.StringIO(reader.get(f"/w/{talking.code}/1/results.csv").data.decode("utf-8-sig"))))
    assert [(row["rank"], row["dots"], row["note"]) for row in table[:2]] == [
        ("1", "1", "Every day at one."),
        ("2", "0", ""),
    ]


def test_a_vote_that_was_begun_and_not_finished_is_told_to_nobody(app: Flask) -> None:
    talking = opens(app)
    ada = talking.phone()
    talking.presses("Open responses")
    for text in ("Time to talk", "Lunch together"):
        ada.writes(text, "open")
    talking.get(f"/w/{talking.code}/console")
    talking.presses("Start voting")
    ada.get(ada.home)
    ada.moves(ada.move(1, 0, 2))
    talking.presses("Back to gathering responses")
    talking.presses("Close responses and talk about them")
    reader = holds(app, talking, "results")
    assert "2 responses. A vote was begun and not finished." in reader.page.text
    told = json.loads(reader.get(f"/w/{talking.code}/1/results.json").data)
    assert [(each["number"], each["dots"]) for each in told["results"]] == [(1, None), (2, None)]


def under_themes(talking: Facilitator, themes: dict[str, list[int]]) -> None:
    """As grouping leaves them."""
    store = talking.app.extensions["eightdots"].store
    with store.reading() as session:
        workshop_id = hosting.find_workshop(session, talking.code).id
    with store.change(workshop_id) as session:
        exercise = session.get_one(Workshop, workshop_id).exercise
        for number, (name, responses) in enumerate(themes.items(), start=1):
            session.add(Theme(exercise_id=exercise.id, number=number, name=name))
            session.flush()
            for response in responses:
                session.get_one(Response, (exercise.id, response)).theme = number

"""The Agenda page and the editor of an exercise: forms that work without a script, and what participants see of it."""

from __future__ import annotations

import re

import pytest

from tests.pages.people import Browser, Facilitator, Organiser, Phone

OWN = {"columns": "own", "name_a": "Now", "sign_a": "flag", "name_b": "Soon", "sign_b": "star", "name_c": "Later",
       "sign_c": "circle"}  # fmt: skip


def agenda(facilitator: Facilitator) -> Facilitator:
    facilitator.get(f"/w/{facilitator.code}/agenda")
    assert facilitator.status == 200
    return facilitator


def adds(facilitator: Facilitator, prompt: str, **fields: str) -> int:
    answer = facilitator.asks(f"/w/{facilitator.code}/agenda", {"prompt": prompt, **fields})
    assert answer.status_code == 200, answer.text
    return int(answer.get_json()["number"])


def edits(facilitator: Facilitator, number: int = 1, /, **fields: str) -> Facilitator:
    facilitator.get(f"/w/{facilitator.code}/{number}/edit")
    facilitator.presses("Save", **fields)
    return facilitator


def order(facilitator: Facilitator) -> list[int]:
    return [int(number) for number in re.findall(r'id="exercise-(\d+)"', agenda(facilitator).page.html)]


@pytest.fixture
def three(facilitator: Facilitator) -> Facilitator:
    """An agenda of three exercises; the first is on. The Agenda page is shown."""
    adds(facilitator, "Who does it, and by when?", kind="open")
    adds(facilitator, "What comes next?", **OWN)
    return agenda(facilitator)


def test_the_agenda_lists_the_exercises_in_their_order_with_what_they_are(three: Facilitator) -> None:
    text = three.page.text
    assert order(three) == [1, 2, 3]
    for words in ("Exercise 1 Draft On now What matters?", "8 dots each", "Responses, then discussion; a vote only",
                  "Who does it, and by when?", "Now Soon Later", "0 responses"):  # fmt: skip
        assert words in text, words
    assert text.count("On now") == 1


def test_without_the_facilitators_link_there_is_no_agenda(three: Facilitator, ada: Phone, organiser: Organiser) -> None:
    board = Browser(three.app)
    board.get(three.links["board"])
    base = f"/w/{three.code}"
    for somebody in (Browser(three.app), board, ada, organiser.opens()):
        somebody.get("/")
        for page in ("agenda", "agenda/new", "1/edit"):
            somebody.get(f"{base}/{page}")
            assert (page, somebody.status) == (page, 403)
        for path in ("agenda", "2/edit", "2/copy", "2/remove", "2/start", "2/skip", "2/unskip", "2/reopen", "2/move"):
            fields = {"prompt": "Mine?", "name": "2", "to": "up"}
            answer = somebody.asks(f"{base}/{path}", fields)
            assert (path, answer.status_code, answer.get_json()["error"]["code"]) == (path, 403, "no_link")
    assert order(three) == [1, 2, 3]


def test_an_exercise_is_added_with_the_form(facilitator: Facilitator) -> None:
    facilitator.get(f"/w/{facilitator.code}/agenda/new")
    facilitator.presses("Add to the agenda", prompt="Which first?", **OWN, cut="3", order="shared")
    assert (facilitator.status, facilitator.path) == (200, f"/w/{facilitator.code}/agenda")
    for words in ("Exercise 2 is added, at the end of the agenda.", "Which first?", "the same order for everybody",
                  "3 priorities go forward"):  # fmt: skip
        assert words in facilitator.page.text, words
    facilitator.presses("Undo")
    assert (facilitator.path, order(facilitator)) == (f"/w/{facilitator.code}/agenda", [1])


def test_a_line_by_a_share_of_the_dots_is_planned_and_said_in_words(facilitator: Facilitator) -> None:
    facilitator.get(f"/w/{facilitator.code}/agenda/new")
    assert "Or: the share of all dots that goes forward, in % (optional)" in facilitator.page.text
    facilitator.presses("Add to the agenda", prompt="Which first?", cut_share="60")
    assert "what holds 60 % of the dots goes forward" in facilitator.page.text
    facilitator.get(f"/w/{facilitator.code}/2/edit")
    form = facilitator.page.form("Save")
    assert (form.fields["cut"], form.fields["cut_share"]) == ("", "60")
    facilitator.presses("Save", cut="3", cut_share="")
    assert "3 priorities go forward" in facilitator.page.text


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("prompt", {"prompt": ""}),
        ("allowance", {"prompt": "Which?", "allowance": "21"}),
        ("most_per_response", {"prompt": "Which?", "most_per_response": "9"}),
        ("longest", {"prompt": "Which?", "longest": "9"}),
        ("cut", {"prompt": "Which?", "cut": "none"}),
        ("cut_share", {"prompt": "Which?", "cut_share": "101"}),
        ("cut_share", {"prompt": "Which?", "cut": "3", "cut_share": "50"}),
        ("columns", {"prompt": "Which?", "columns": "own", "name_a": "Now"}),
        ("columns", {"prompt": "Which?", "columns": "own", "name_a": "Now", "name_b": "now"}),
        ("allowance", {"prompt": "Which?", "dots": "apart", "allowance_yes": "5"}),
        ("allowance_no", {"prompt": "Which?", "dots": "apart", "allowance_yes": "5", "allowance_no": "x"}),
        ("prompt_b", {"prompts": "two", "columns": "own", "name_a": "Now", "name_b": "Soon", "prompt_a": "What?"}),
        ("no_prompt", {"prompts": "two", "yes_prompt": "What?"}),
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_said_beside_its_field_and_what_was_typed_is_kept(
    facilitator: Facilitator, field: str, typed: dict[str, str]
) -> None:
    facilitator.get(f"/w/{facilitator.code}/agenda/new")
    facilitator.presses("Add to the agenda", **typed)
    assert facilitator.status == 422
    assert f"#{field}" in facilitator.page.links
    assert field in facilitator.page.ids
    form = facilitator.page.form("Add to the agenda")
    assert {name: form.fields[name] for name in typed} == typed
    assert order(facilitator) == [1]


def test_a_form_pressed_twice_adds_one_exercise_and_keeps_what_was_typed(facilitator: Facilitator) -> None:
    facilitator.get(f"/w/{facilitator.code}/agenda/new")
    form = facilitator.page.form("Add to the agenda")
    facilitator.presses("Add to the agenda", prompt="Which first?")
    facilitator.post(form.action, form.fields | {"prompt": "Which first?"}, token=None)
    assert (facilitator.status, "Meanwhile exercise 2 was added: “Which first?”" in facilitator.page.problem) == (
        409, True,
    )  # fmt: skip
    assert facilitator.page.form("Add to the agenda").fields["prompt"] == "Which first?"
    facilitator.presses("Add to the agenda")
    assert order(facilitator) == [1, 2, 3]


def test_the_editor_shows_what_is_saved_and_saves_what_is_typed(three: Facilitator) -> None:
    edits(three, 3, name_b="This year", sign_b="plus", dots="apart", allowance_a="3", allowance_b="2", allowance_c="1",
          own_allowed="no", totals="live", checks_first="yes", longest="90")  # fmt: skip
    assert "Exercise 3 is saved." in three.page.text
    for words in ("6 dots each: 3 in Now, 2 in This year, 1 in Later", "totals live", "responses checked first",
                  "no dots on one's own response", "90 characters at the most"):  # fmt: skip
        assert words in three.page.text, words
    three.get(f"/w/{three.code}/3/edit")
    fields = three.page.form("Save").fields
    assert (fields["name_b"], fields["sign_b"], fields["allowance_c"], fields["own_allowed"]) == (
        "This year", "plus", "1", "no",
    )  # fmt: skip
    three.presses("Save")
    assert "Undo" not in [button for form in three.page.forms for button in form.buttons], "nothing was changed"


def test_a_stale_form_shows_the_newer_state_and_keeps_what_was_typed(three: Facilitator) -> None:
    three.get(f"/w/{three.code}/1/edit")
    other = Browser(three.app)
    other.get(three.links["facilitator"])
    other.get(f"/w/{three.code}/1/edit")
    other.presses("Save", prompt="What matters most?", allowance="5")
    three.presses("Save", prompt="What matters least?")
    assert three.status == 409
    assert "Somebody else has changed this exercise meanwhile, so nothing was saved." in three.page.problem
    for words in ("As it is saved now", "What matters most?", "5 dots each"):
        assert words in three.page.text, words
    assert three.page.form("Save").fields["prompt"] == "What matters least?"
    three.presses("Save")
    assert "What matters least?" in three.page.text


def test_the_editor_suggests_an_allowance_and_says_why(facilitator: Facilitator, ada: Phone) -> None:
    facilitator.goes_to("gather")
    for number in range(14):
        ada.writes(f"Idea {number}")
    words = "You have 14 responses: 4 dots each suit that, a quarter to a third of the responses. Everybody has 8."
    for page in ("1/edit", "console"):
        facilitator.get(f"/w/{facilitator.code}/{page}")
        assert words in facilitator.page.text
    edits(facilitator, allowance="4")
    for page in ("1/edit", "console"):
        facilitator.get(f"/w/{facilitator.code}/{page}")
        assert "suit that" not in facilitator.page.text


def test_with_dots_placed_the_editor_refuses_another_allowance_and_offers_the_copy(
    facilitator: Facilitator, ada: Phone
) -> None:
    facilitator.goes_to("gather")
    ada.writes("Trees")
    facilitator.goes_to("vote")
    ada.moves(ada.move(1, 0, 1))
    facilitator.goes_to("reveal")
    edits(facilitator, allowance="5")
    assert (facilitator.status, "Copy the exercise, and change them in the copy." in facilitator.page.problem) == (
        409, True,
    )  # fmt: skip
    assert facilitator.page.form("Save").fields["allowance"] == "5"
    facilitator.presses("Copy with its 1 response")
    assert "Exercise 2 is a copy of exercise 1, without dots." in facilitator.page.text
    edits(facilitator, 2, allowance="5")
    assert "5 dots each" in facilitator.page.text
    answer = facilitator.asks(f"/w/{facilitator.code}/1/edit", {"prompt": "What matters?", "allowance": "5"})
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "voting_rules_locked")


def test_exercises_are_moved_and_skipped_from_the_list(three: Facilitator) -> None:
    three.presses("Move up exercise 3")
    assert ("Exercise 3 is moved." in three.page.text, order(three)) == (True, [1, 3, 2])
    three.presses("Move down exercise 1")
    assert order(three) == [3, 1, 2]
    three.presses("Skip exercise 2")
    assert "Exercise 2 Draft Skipped" in three.page.text
    three.presses("Don't skip exercise 2")
    assert "Skipped" not in three.page.text


def test_of_two_who_move_the_same_exercise_one_is_shown_how_it_stands_now(three: Facilitator) -> None:
    other = Browser(three.app)
    other.get(three.links["facilitator"])
    other.get(f"/w/{three.code}/agenda")
    three.presses("Move up exercise 3")
    other.presses("Move up exercise 3")
    assert (other.status, "The exercises have been moved meanwhile." in other.page.problem) == (409, True)
    assert order(three) == [1, 3, 2]


def test_an_exercise_is_deleted_by_its_name_and_the_undo_brings_it_back(three: Facilitator) -> None:
    assert "To delete it, type “exercise 2” or “Who does it,”" in three.page.text
    three.presses("Delete exercise 2", name="who cares")
    assert (three.status, "nothing was deleted" in three.page.problem) == (422, True)
    assert three.page.form("Delete exercise 2").fields["name"] == "who cares"
    three.presses("Delete exercise 2", name="Exercise 2")
    assert "Exercise 2 is deleted." in three.page.text
    three.presses("Undo")
    assert order(three) == [1, 2, 3]


def test_the_one_that_is_on_cannot_be_deleted(three: Facilitator) -> None:
    assert not any("Delete exercise 1" in button for form in three.page.forms for button in form.buttons)
    answer = three.asks(f"/w/{three.code}/1/remove", {"name": "exercise 1"})
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "is_on")


def test_what_is_not_there_is_not_there(three: Facilitator) -> None:
    for path in ("edit", "copy", "remove", "start", "skip", "unskip", "reopen"):
        answer = three.asks(f"/w/{three.code}/9/{path}", {"prompt": "Which?", "name": "9"})
        assert (path, answer.status_code, answer.get_json()["error"]["code"]) == (path, 404, "no_such_exercise")
    three.get(f"/w/{three.code}/9/edit")
    assert three.status == 404


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("2/move", {}),
        ("2/move", {"to": "left"}),
        ("2/move", {"to": "up", "from": "second"}),
        ("2/copy", {"responses": "some"}),
        ("2/start", {"from": "9" * 40}),
        ("agenda", {"prompt": "Which?", "from": "-1"}),
    ],
)
def test_nonsense_is_not_understood(three: Facilitator, path: str, fields: dict[str, str]) -> None:
    answer = three.asks(f"/w/{three.code}/{path}", fields)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (400, "not_understood")
    assert order(three) == [1, 2, 3]


# Running --------------------------------------------------------------------------------------------------------------


def test_starting_another_exercise_leads_to_the_console_where_it_is_run(three: Facilitator) -> None:
    three.presses("Start exercise 2")
    assert (three.status, three.path) == (200, f"/w/{three.code}/console")
    assert "Exercise 2 is on." in three.page.text
    assert "Who does it, and by when? On now · Draft" in three.page.text
    three.presses("Open responses")
    assert 'data-exercise="2"' in three.page.html
    three.presses("Undo")
    three.presses("Open responses")


def test_while_people_vote_another_is_not_started_and_the_page_says_what_to_do(three: Facilitator, ada: Phone) -> None:
    three.goes_to("gather")
    ada.writes("Trees")
    three.goes_to("vote")
    agenda(three).presses("Start exercise 2")
    assert (three.status, "Close voting in exercise 1 first." in three.page.problem) == (409, True)
    answer = three.asks(f"/w/{three.code}/2/start", {"from": "1"})
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "voting_open")


def test_of_two_who_start_different_exercises_the_second_is_shown_which_is_on(three: Facilitator) -> None:
    other = Browser(three.app)
    other.get(three.links["facilitator"])
    other.get(f"/w/{three.code}/agenda")
    three.presses("Start exercise 2")
    other.presses("Start exercise 3")
    assert (other.status, "Meanwhile exercise 2 was started." in other.page.problem) == (409, True)
    assert "Exercise 2 Draft On now" in other.page.text


def test_a_closed_exercise_leads_to_the_next_one_and_is_reopened(three: Facilitator, ada: Phone) -> None:
    three.goes_to("gather")
    ada.writes("Trees")
    three.goes_to("discuss")
    three.get(f"/w/{three.code}/console")
    assert three.page.form("Start the next exercise")
    three.presses("Close the exercise")
    three.presses("Start the next exercise: Who does it, and by when?")
    assert ("Exercise 2 is on." in three.page.text, 'data-exercise="2"' in three.page.html) == (True, True)
    agenda(three).presses("Reopen exercise 1")
    assert ("Exercise 1 is on again" in three.page.text, 'data-phase="discuss"' in three.page.html) == (True, True)


def test_with_one_exercise_there_is_no_next_one(facilitator: Facilitator, ada: Phone) -> None:
    facilitator.goes_to("gather")
    ada.writes("Trees")
    facilitator.goes_to("closed")
    facilitator.get(f"/w/{facilitator.code}/console")
    assert "Start the next exercise" not in facilitator.page.text


# What participants see ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("totals", ["hidden", "live"])
def test_a_participants_page_follows_when_another_exercise_is_started(three: Facilitator, totals: str) -> None:
    """Also where its version counted the moves of dots so far: it must not take what comes now for old."""
    edits(three, totals=totals)
    ada = three.phone()
    three.goes_to("gather")
    ada.writes("Trees")
    three.goes_to("vote")
    for rev in range(6):
        ada.moves(ada.move(1, rev, None if rev % 2 else 1))
    three.goes_to("discuss")
    before = ada.state()
    agenda(three).presses("Start exercise 3")
    after = ada.state(before["version"])
    assert after["version"] > before["version"]
    assert 'data-exercise="3"' in after["fragments"]["stage"]
    assert "You're in" in ada.get(ada.home).text
    answer = ada.asks(f"{ada.home}/1/responses", {"side": "yes", "text": "Too late", "op": "x1"})
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "not_on")
    three.presses("Open responses")
    ada.get(ada.home)
    assert ada.page.form("Add response").choices["side"] == ["a", "b", "c"]
    ada.presses("Add response", side="c", text="A market hall")
    assert "A market hall" in ada.page.text


def test_each_columns_allowance_is_said_on_the_phone_with_what_is_left(facilitator: Facilitator, ada: Phone) -> None:
    edits(facilitator, dots="apart", allowance_yes="2", allowance_no="1")
    facilitator.goes_to("gather")
    ada.writes("Trees")
    ada.writes("Cars", "no")
    facilitator.goes_to("vote")
    ada.get(ada.home)
    assert "At the most 2 in YES, 1 in NO." in ada.page.text
    assert "YES 2 of 2 left NO 1 of 1 left" in ada.page.text
    ada.presses("Add dot to R2")
    assert "YES 2 of 2 left NO 0 of 1 left" in ada.page.text
    assert ada.page.html.count('aria-disabled="true"') == 1
    ada.presses("Add dot to R2")
    assert (
        ada.status,
        "This column has all of your dots that it takes: 1. In hand for the others: 2." in ada.page.problem,
    ) == (422, True)


def test_ones_own_response_says_that_it_takes_no_dots_and_has_no_button(
    facilitator: Facilitator, ada: Phone, ben: Phone
) -> None:
    edits(facilitator, own_allowed="no")
    facilitator.goes_to("gather")
    ada.writes("Trees")
    ben.writes("Cars", "no")
    facilitator.goes_to("vote")
    ada.get(ada.home)
    assert ada.page.text.count("Yours: no dots on your own response.") == 1
    assert [button for form in ada.page.forms for button in form.buttons if "Add dot" in button] == ["+ Add dot to R2"]
    answer = ada.asks_json(f"{ada.home}/1/dots", {"moves": [ada.move(1, 0, 1)]})
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (422, "own_response")
    assert (ada.state()["mine"], ben.state()["mine"]) == ([1], [2])
    # What is pushed is the same for both, and says of no response whose it is.
    assert ada.state(0)["fragments"] == ben.state(0)["fragments"]


def test_in_a_shared_order_everybody_has_the_same_cards(facilitator: Facilitator) -> None:
    people = [facilitator.phone() for _ in range(4)]
    facilitator.goes_to("gather")
    for number in range(12):
        people[0].writes(f"Idea {number}")
    facilitator.goes_to("vote")
    assert len({tuple(person.cards()) for person in people}) > 1
    edits(facilitator, order="shared")
    assert {tuple(person.cards()) for person in people} == {tuple(range(1, 13))}

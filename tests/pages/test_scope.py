"""The scope builder: forms that work without a script, who may write and who may read, and two people at once."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.pages.people import Browser, Facilitator, Organiser, Phone

SAID = "This scope was agreed as version 1. Start a new draft to change it."


def scope(somebody: Browser, code: str) -> str:
    somebody.get(f"/w/{code}/scope")
    assert somebody.status == 200, somebody.page.text
    return somebody.page.text


def does(somebody: Browser, code: str, path: str, **fields: Any) -> Any:
    answer = somebody.asks(f"/w/{code}/scope/{path}", fields)
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def order(somebody: Browser, code: str) -> list[int]:
    scope(somebody, code)
    return [int(number) for number in re.findall(r'id="item-(\d+)"', somebody.page.html)]


def another(facilitator: Facilitator, role: str = "facilitator") -> Browser:
    """Somebody else with a link of the same workshop."""
    browser = Browser(facilitator.app)
    browser.get(facilitator.links[role])
    return browser


@pytest.fixture
def revealed(facilitator: Facilitator, ada: Phone) -> Facilitator:
    """R1 Users (YES) has four dots, R2 Scores (NO) two, R3 Data (YES) one."""
    facilitator.goes_to("gather")
    for text, side in (("Users", "yes"), ("Scores", "no"), ("Data", "yes")):
        ada.writes(text, side)
    facilitator.goes_to("vote")
    ada.moves(*(ada.move(dot, 0, on) for dot, on in enumerate((1, 1, 1, 1, 2, 2, 3), start=1)))
    facilitator.goes_to("discuss")
    return facilitator


@pytest.fixture
def filled(revealed: Facilitator) -> Facilitator:
    """Of those, all three are above the line; the scope is shown."""
    assert revealed.asks(f"/w/{revealed.code}/1/cut", {"cut": "3"}).status_code == 200
    scope(revealed, revealed.code)
    revealed.presses("Bring in the results")
    return revealed


def test_before_anything_is_revealed_the_page_says_what_it_waits_for(facilitator: Facilitator) -> None:
    assert "No result has been revealed yet." in scope(facilitator, facilitator.code)
    assert not any("Bring in" in button for form in facilitator.page.forms for button in form.buttons)


def test_without_a_line_nothing_comes_in_and_a_link_leads_to_where_it_is_drawn(revealed: Facilitator) -> None:
    assert "Exercise 1 has no line under what goes forward" in scope(revealed, revealed.code)
    assert f"/w/{revealed.code}/console#line-heading" in revealed.page.links
    assert not any("Bring in" in button for form in revealed.page.forms for button in form.buttons)
    assert revealed.asks(f"/w/{revealed.code}/scope/derive").get_json()["error"]["code"] == "no_line"


def test_the_results_come_in_with_what_they_rest_on(filled: Facilitator) -> None:
    text = filled.page.text
    assert filled.path == f"/w/{filled.code}/scope"
    for words in ("3 added.", "In scope 2", "Users R1, 4 dots from 1 person, rank 1,", "Out of scope 1",
                  "Scores R2, 2 dots from 1 person", "Contested and parked 0"):  # fmt: skip
        assert words in text, words
    filled.presses("Undo")
    assert (filled.path, order(filled, filled.code)) == (f"/w/{filled.code}/scope", [])


def test_an_entry_is_edited_moved_parked_removed_and_restored_with_its_buttons(filled: Facilitator) -> None:
    filled.presses("Save: Users", text="What residents need", priority="high", components=["Service delivery"])
    for words in ("Saved.", "What residents need", "Priority High", "Components Service delivery"):
        assert words in filled.page.text, words
    filled.presses("Move down: What residents need")
    assert order(filled, filled.code) == [3, 1, 2]
    filled.presses("Park: What residents need")
    assert "Contested and parked 1" in filled.page.text
    filled.presses("Put out of scope: What residents need")
    assert "Out of scope 2" in filled.page.text
    filled.presses("Remove: What residents need")
    assert "1 was removed" in filled.page.text
    assert order(filled, filled.code) == [3, 2]
    filled.presses("Restore: What residents need")
    assert "Back in the scope." in filled.page.text
    filled.presses("Undo")
    assert order(filled, filled.code) == [3, 2]


def test_something_is_added_by_hand_and_twice_the_same_press_adds_it_once(filled: Facilitator) -> None:
    form = filled.page.form("Add: Out of scope")
    filled.presses("Add: Out of scope", text="School meals", elsewhere="The schools")
    assert "School meals Written by hand Handled elsewhere The schools" in filled.page.text
    filled.post(form.action, form.fields | {"text": "School meals"}, token=None)
    assert (filled.status, "Meanwhile something else was added." in filled.page.problem) == (409, True)
    assert filled.page.form("Add: Out of scope").fields["text"] == "School meals"


def test_what_cannot_be_meant_is_said_beside_its_field_and_what_was_typed_is_kept(filled: Facilitator) -> None:
    filled.presses("Save: Users", text="x" * 401, note="A long story")
    assert (filled.status, "That is 401 characters." in filled.page.problem) == (422, True)
    assert "#item-1-text" in filled.page.links
    assert "item-1-text" in filled.page.ids
    assert filled.page.form("Save: Users").fields["note"].strip() == "A long story"
    filled.presses("Save: Local context", context="x" * 4001)
    assert (filled.status, "#context-context" in filled.page.links) == (422, True)
    assert filled.page.form("Save: Local context").fields["context"].strip() == "x" * 4001
    filled.presses("Save version 1", label="x" * 81)
    assert (filled.status, "#version-label" in filled.page.links) == (422, True)
    assert filled.page.form("Save version 1").fields["label"] == "x" * 81


def test_deriving_again_keeps_what_was_edited(filled: Facilitator) -> None:
    filled.presses("Save: Data", text="Data that people can use")
    assert filled.asks(f"/w/{filled.code}/1/cut", {"cut": "1"}).status_code == 200
    scope(filled, filled.code)
    filled.presses("Bring in the results again")
    for words in ("1 removed: no longer above the line.", "1 kept, because it was edited, though no longer above",
                  "Data that people can use R3, 1 dot from 1 person", ", no longer above the line"):  # fmt: skip
        assert words in filled.page.text, words


def test_the_page_says_when_results_have_changed_since_they_were_brought_in(filled: Facilitator) -> None:
    said = "The results have changed since they were last brought in."
    assert said not in scope(filled, filled.code)
    filled.asks(f"/w/{filled.code}/1/cut", {"cut": "1"})
    # R1 is above the line as before, and as firmly; R2 and R3 are not.
    assert f"{said} 2 are no longer above the line." in scope(filled, filled.code)
    filled.presses("Bring in the results again")
    assert said not in scope(filled, filled.code)
    filled.asks(f"/w/{filled.code}/1/cut", {"cut": "3"})
    assert f"{said} 2 responses are new." in scope(filled, filled.code)


def test_what_was_edited_or_removed_here_is_no_change_in_the_results(filled: Facilitator) -> None:
    first, second, _ = order(filled, filled.code)
    does(filled, filled.code, f"items/{first}", text="People first")
    does(filled, filled.code, f"items/{second}/remove")
    does(filled, filled.code, "items", section="in", text="Written here")
    assert "The results have changed" not in scope(filled, filled.code)


def test_of_two_who_save_a_part_the_second_sees_both_and_loses_nothing(filled: Facilitator) -> None:
    other = another(filled)
    scope(other, filled.code)
    scope(filled, filled.code)
    other.presses("Save: Local context", context="A district of 90,000 people")
    filled.presses("Save: Local context", context="A county")
    assert filled.status == 409
    assert "Somebody else has changed this meanwhile, so nothing was saved." in filled.page.problem
    for words in ("As it is saved now", "A district of 90,000 people"):
        assert words in filled.page.text, words
    assert filled.page.form("Save: Local context").fields["context"].strip() == "A county"
    assert "A district" in scope(other, filled.code)
    filled.presses("Save: Local context")
    assert (filled.status, "A county" in filled.page.text) == (200, True)


def test_of_two_who_edit_an_entry_the_second_sees_both(filled: Facilitator) -> None:
    other = another(filled)
    scope(other, filled.code)
    other.presses("Save: Users", text="What residents need")
    filled.presses("Save: Users", text="All users", priority="low")
    assert (filled.status, "As it is saved now What residents need" in filled.page.text) == (409, True)
    fields = filled.page.form("Save: What residents need").fields
    assert (fields["text"], fields["priority"]) == ("All users", "low")
    filled.presses("Save: What residents need")
    assert (filled.status, "All users" in filled.page.text) == (200, True)


def test_what_was_typed_for_an_entry_that_somebody_removed_is_given_back(filled: Facilitator) -> None:
    other = another(filled)
    scope(other, filled.code)
    filled.presses("Remove: Users")
    other.presses("Save: Users", text="What residents need", note="A long story")
    assert (other.status, "This was removed from the scope meanwhile." in other.page.problem) == (409, True)
    assert "What you typed, which was not saved What residents need A long story" in other.page.text


def test_once_it_is_agreed_it_is_read_only_until_a_new_draft(filled: Facilitator) -> None:
    other = another(filled)
    scope(other, filled.code)
    filled.presses("Save it as agreed", label="Signed by both")
    assert "Version 1 is saved and agreed." in filled.page.text
    assert "Agreed This is version 1, as it was agreed. It is read only." in filled.page.text
    buttons = [button for form in filled.page.forms for button in form.buttons]
    assert sorted(buttons) == ["Start a new draft", "Undo"]
    other.presses("Save: Users", text="What residents need")
    assert (other.status, SAID in other.page.problem) == (409, True)
    assert "What you typed, which was not saved What residents need" in other.page.text
    other.get(f"/w/{filled.code}/scope")
    assert "What residents need" not in other.page.text
    other.presses("Start a new draft")
    other.presses("Save: Users", text="What residents need")
    assert (other.status, "This will be version 2." in other.page.text) == (200, True)
    assert "Version 1 Signed by both Agreed, until a new draft was started" in other.page.text


def test_two_versions_are_compared_in_words(filled: Facilitator) -> None:
    filled.presses("Save version 1", label="First")
    scope(filled, filled.code)
    filled.presses("Save: Users", text="Users of services")
    filled.presses("Remove: Scores")
    filled.get(f"/w/{filled.code}/scope/compare")
    for words in ("Changed Users of services", "[added:] of services [end of added]", "Removed Scores",
                  "Version 1: First", "the scope as it is now"):  # fmt: skip
        assert words in filled.page.text, words
    assert "<ins>" in filled.page.html
    assert "<del>" in filled.page.html
    filled.presses("Compare", **{"from": "draft", "to": "draft"})
    assert "They say the same." in filled.page.text
    for wrong, status in (("x", 400), ("9", 404)):
        filled.get(f"/w/{filled.code}/scope/compare", query_string={"from": wrong})
        assert filled.status == status


def test_an_old_version_is_read_and_brought_back(filled: Facilitator) -> None:
    filled.presses("Save version 1")
    filled.presses("Save: Users", text="What residents need")
    filled.get(f"/w/{filled.code}/scope/versions/1")
    assert ("Users R1" in filled.page.text, "What residents need" in filled.page.text) == (True, False)
    scope(filled, filled.code)
    filled.presses("Bring back as the draft: version 1")
    assert "Users R1" in filled.page.text
    filled.presses("Mark agreed: version 1")
    assert "Version 1 is agreed." in filled.page.text


def test_whoever_has_the_results_link_reads_it_without_forms(filled: Facilitator) -> None:
    filled.presses("Save version 1", label="First")
    reader = another(filled, "results")
    assert "Users R1, 4 dots from 1 person" in scope(reader, filled.code)
    assert [form for form in reader.page.forms if form.method == "post"] == []
    assert f"/w/{filled.code}/console" not in reader.page.links
    for path in ("versions/1", "compare"):
        reader.get(f"/w/{filled.code}/scope/{path}")
        assert reader.status == 200
    _is_refused(reader, filled.code)


def test_the_organiser_writes_and_undoes_in_it_without_a_link_of_the_workshop(
    filled: Facilitator, organiser: Organiser
) -> None:
    organiser.forgets()
    organiser.http.get(organiser.link, base_url=organiser.base)
    scope(organiser, filled.code)
    assert organiser.http.get(f"/w/{filled.code}/scope.json", base_url=organiser.base).status_code == 200
    organiser.presses("Save: Users", text="What residents need")
    assert "What residents need" in organiser.page.text
    filled.get(f"/w/{filled.code}/history")
    assert "Organiser changed “What residents need” in the scope" in filled.page.text
    organiser.presses("Undo")
    assert (organiser.status, organiser.path) == (200, f"/w/{filled.code}/scope")
    assert "Users R1" in organiser.page.text
    # What else was done there is none of the organiser's without a link.
    filled.get(f"/w/{filled.code}/history")
    entries = [int(number) for number in re.findall(r"/history/(\d+)/undo", filled.page.html)]
    answer = organiser.asks(f"/w/{filled.code}/history/{min(entries)}/undo", {"from": "scope"})
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (403, "no_link")


def test_nobody_else_reads_or_writes_it(filled: Facilitator, ada: Phone) -> None:
    board = another(filled, "board")
    for somebody in (Browser(filled.app), board, ada):
        somebody.get("/")
        for path in ("", "/versions/1", "/compare"):
            somebody.get(f"/w/{filled.code}/scope{path}")
            assert (path, somebody.status) == (path, 403)
        _is_refused(somebody, filled.code)


def _is_refused(somebody: Browser, code: str) -> None:
    for path in ("derive", "items", "items/1", "items/1/section", "items/1/move", "items/1/remove", "items/1/restore",
                 "parts/context", "versions", "versions/1/agree", "versions/1/restore", "draft"):  # fmt: skip
        answer = somebody.asks(f"/w/{code}/scope/{path}", {"text": "Mine", "section": "in", "to": "out"})
        assert (path, answer.status_code, answer.get_json()["error"]["code"]) == (path, 403, "no_link")


def test_what_is_no_scope_of_ours_is_refused_with_its_status(filled: Facilitator) -> None:
    for path, fields, status in (
        ("items", {"section": "nowhere", "text": "x"}, 400),
        ("items/1/section", {"to": "nowhere"}, 400),
        ("items/1/move", {"to": "left"}, 400),
        ("items/1/move", {"to": "up", "from": "x"}, 400),
        ("items/1", {"text": "x", "priority": "urgent"}, 400),
        ("items/99", {"text": "x"}, 404),
        ("parts/weather", {}, 404),
        ("versions", {"agree": "perhaps"}, 400),
        ("versions/9/agree", {}, 404),
        ("versions/9/restore", {}, 404),
    ):
        answer = filled.asks(f"/w/{filled.code}/scope/{path}", fields)
        assert (path, answer.status_code) == (path, status)
        filled.post(f"/w/{filled.code}/scope/{path}", fields)
        assert (path, filled.status) == (path, status)
        scope(filled, filled.code)


def test_markup_in_a_scope_is_shown_as_it_was_written(filled: Facilitator) -> None:
    filled.presses("Save: Users", text="<b>Users</b>", note="<script>alert(1)</script>")
    assert "<b>Users</b>" in filled.page.text
    assert "<script>alert" not in filled.page.html

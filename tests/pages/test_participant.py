"""The participant's page without JavaScript: every form, and every way in which one can go wrong."""

from __future__ import annotations

import re

import pytest

from tests.pages.people import Browser, Facilitator, Organiser, Phone


@pytest.fixture
def gathering(facilitator: Facilitator, ada: Phone) -> Facilitator:
    facilitator.goes_to("gather")
    ada.get(ada.home)
    return facilitator


@pytest.fixture
def voting(facilitator: Facilitator, ada: Phone) -> Facilitator:
    """Three responses; everybody has the page on which one votes."""
    facilitator.goes_to("gather")
    for text in ("Free park and ride", "A night market", "Benches"):
        ada.writes(text)
    facilitator.goes_to("vote")
    ada.get(ada.home)
    return facilitator


def add_form(browser: Browser) -> dict[str, str]:
    return browser.page.form("Add response").fields


def is_marked(browser: Browser) -> bool:
    """Whether the field for the response says that it was refused, and names the sentence that says why."""
    field = re.search(r'<textarea id="text"[^>]*>', browser.page.html)
    return field is not None and 'aria-invalid="true" aria-describedby="text-error ' in field.group()


# Waiting and writing --------------------------------------------------------------------------------------------------


def test_before_responses_are_open_one_waits(ada: Phone) -> None:
    assert ada.page.title.startswith("Waiting – Town centre")
    assert [form.buttons for form in ada.page.forms] == [["Use another phone"]]
    assert "Look for changes" in ada.page.links[ada.home]


def test_what_is_written_is_on_everybodys_page(gathering: Facilitator, ada: Phone, ben: Phone) -> None:
    ada.presses("Add response", side="no", text="  Free park\nand ride ")
    assert (ada.status, ada.path) == (200, ada.home)
    assert "Added. You can edit or remove it until voting starts." in ada.page.text
    for phone in (ada, ben):
        phone.get(phone.home)
        assert "R1 Free park and ride" in phone.page.text
    assert add_form(ada)["text"] == ""
    assert (f"{ada.home}/1/responses/1" in ada.page.links, f"{ben.home}/1/responses/1" in ben.page.links) == (
        True,
        False,
    )


def test_whoever_goes_back_because_no_answer_came_and_presses_again_adds_nothing(
    gathering: Facilitator, ada: Phone, ben: Phone
) -> None:
    for text in ("Trees", " Trees"):
        ada.get(ada.home)
        ada.presses("Add response", side="yes", text=text)
        assert "Added." in ada.page.text
    assert ada.cards() == [1]
    ada.presses("Remove R1")
    ada.presses("Add response", side="yes", text="Trees")
    ben.get(ben.home)
    ben.presses("Add response", side="yes", text="Trees")
    assert sorted(ben.cards()) == [2, 3]


def test_pressing_twice_adds_once(gathering: Facilitator, ada: Phone) -> None:
    form = ada.page.form("Add response")
    for _ in range(2):
        ada.post(form.action, form.fields | {"side": "yes", "text": "Trees"}, token=None)
    assert ada.cards() == [1]


@pytest.mark.parametrize(
    ("side", "text", "sentence"),
    [
        ("yes", "x" * 141, "That is 141 characters. A response has 140 at the most."),
        ("no", " ", "Write your response first."),
    ],
)
def test_a_response_that_cannot_be_comes_back_to_be_corrected(
    gathering: Facilitator, ada: Phone, side: str, text: str, sentence: str
) -> None:
    ada.presses("Add response", side=side, text=text)
    assert (ada.status, ada.page.problem) == (422, f"There is a problem {sentence}")
    assert ada.page.title.startswith("Problem: ")
    assert (add_form(ada)["side"], add_form(ada)["text"]) == (side, text)
    assert (f"Error: {sentence}" in ada.page.text, is_marked(ada)) == (True, True)
    ada.presses("Add response", text="Trees")
    assert (ada.status, ada.page.problem, ada.cards()) == (200, "", [1])
    assert not is_marked(ada)


def test_what_was_typed_is_kept_when_no_column_was_chosen(gathering: Facilitator, ada: Phone) -> None:
    ada.presses("Add response", text="Trees")
    assert (ada.status, "Choose YES or NO." in ada.page.problem, add_form(ada)["text"]) == (422, True, "Trees")
    assert ("Error: Choose YES or NO." in ada.page.text, is_marked(ada)) == (True, False)
    ada.presses("Add response", side="yes")
    assert ada.cards() == [1]


def test_what_was_typed_is_shown_when_responses_closed_meanwhile(
    gathering: Facilitator, ada: Phone, ben: Phone
) -> None:
    ben.writes("Benches")
    gathering.goes_to("vote")
    ada.presses("Add response", side="yes", text="Trees & <b>shade</b>")
    assert ada.status == 409
    assert "Responses are closed. What you wrote was not added." in ada.page.problem
    assert "Trees & <b>shade</b>" in ada.page.problem
    assert "<b>shade" not in ada.page.html
    assert ada.page.form("Add dot to R1")


def test_a_form_that_has_expired_comes_back_with_what_was_typed_and_can_be_sent(
    gathering: Facilitator, ada: Phone
) -> None:
    form = ada.page.form("Add response")
    ada.post(form.action, form.fields | {"side": "no", "text": 'Trees "and" <shade>', "csrf_token": "old"}, token=None)
    assert ada.status == 400
    assert "This form had expired, so nothing was sent." in ada.page.text
    assert 'Trees "and" <shade>' in ada.page.text
    assert ada.cards() == []
    ada.post(form.action, form.fields | {"side": "no", "text": 'Trees "and" <shade>', "csrf_token": "old"}, token=None)
    ada.presses("Send")
    assert (ada.status, ada.path, ada.cards()) == (200, ada.home, [1])
    assert 'Trees "and" <shade>' in ada.page.text


def test_whoever_lost_their_cookie_loses_nothing_that_they_typed(gathering: Facilitator, ada: Phone) -> None:
    form = ada.page.form("Add response")
    ada.forgets()
    ada.post(form.action, form.fields | {"side": "no", "text": "Trees"}, token=None)
    assert (ada.status, "Trees" in ada.page.text) == (400, True)
    ada.presses("Send")
    # They are nobody here any more, and have to join anew; their words should not be gone for it.
    assert ada.status == 403
    assert "Trees" in ada.page.text


# Changing one's own ---------------------------------------------------------------------------------------------------


def edits(phone: Phone, number: int) -> None:
    phone.get(phone.home)
    phone.get(next(path for path in phone.page.links if path.endswith(f"/1/responses/{number}")))


def test_ones_own_response_can_be_changed(gathering: Facilitator, ada: Phone) -> None:
    edits(ada, ada.writes("Tress", "no"))
    form = ada.page.form("Save")
    assert (form.fields["text"], form.fields["side"]) == ("Tress", "no")
    ada.presses("Save", text="Trees", side="yes")
    assert (ada.path, "Changed." in ada.page.text, "R1 Trees" in ada.page.text) == (ada.home, True, True)


@pytest.mark.parametrize("text", ["x" * 141, ""])
def test_a_change_that_cannot_be_comes_back_to_be_corrected(gathering: Facilitator, ada: Phone, text: str) -> None:
    edits(ada, ada.writes("Trees"))
    ada.presses("Save", text=text, side="no")
    assert (ada.status, ada.page.form("Save").fields["text"], ada.page.form("Save").fields["side"]) == (422, text, "no")
    assert ada.page.problem
    assert is_marked(ada)
    ada.presses("Save", text="Shade")
    assert (ada.status, "R1 Shade" in ada.page.text) == (200, True)


def test_a_change_that_comes_too_late_shows_what_was_typed(gathering: Facilitator, ada: Phone) -> None:
    edits(ada, ada.writes("Trees"))
    gathering.goes_to("vote")
    ada.presses("Save", text="Trees and shade")
    assert (ada.status, "Trees and shade" in ada.page.problem) == (409, True)
    ada.get(f"{ada.home}/1/responses/1")
    assert ada.status == 404


def test_ones_own_response_can_be_removed(gathering: Facilitator, ada: Phone) -> None:
    ada.writes("Trees")
    ada.get(ada.home)
    ada.presses("Remove R1")
    assert ("Removed." in ada.page.text, ada.cards()) == (True, [])


def test_nobody_else_can_change_or_remove_it(gathering: Facilitator, ada: Phone, ben: Phone) -> None:
    ada.writes("Trees")
    path = f"{ben.home}/1/responses/1"
    ben.get(path)
    assert ben.status == 404
    ben.get(ben.home)
    for there, fields in ((path, {"text": "Cars", "side": "no"}), (f"{path}/remove", {})):
        ben.post(there, fields)
        assert (ben.status, "Only whoever wrote a response can change it." in ben.page.text) == (403, True)
    assert "R1 Trees" in ada.page.text or ada.cards() == [1]


# Voting ---------------------------------------------------------------------------------------------------------------


def test_dots_are_placed_and_taken_back_one_at_a_time(voting: Facilitator, ada: Phone) -> None:
    ada.presses("Add dot to R2")
    assert (ada.status, ada.path, "7 of 8 dots left." in ada.page.text) == (200, ada.home, True)
    ada.presses("Add dot to R2")
    ada.presses("Add dot to R3")
    assert ada.slots()[:4] == [[2, 1], [2, 1], [3, 1], [None, 0]]
    ada.presses("Remove a dot from R2")
    assert (ada.slots()[:3], "6 of 8 dots left." in ada.page.text) == ([[2, 1], [None, 2], [3, 1]], True)
    assert not any("from R1" in button for form in ada.page.forms for button in form.buttons)


def test_a_form_that_is_sent_twice_moves_one_dot(voting: Facilitator, ada: Phone) -> None:
    form = ada.page.form("Add dot to R1")
    for _ in range(3):
        ada.post(form.action, form.fields, token=None)
        assert ada.status == 200
    assert ada.slots() == [[1, 1], *[[None, 0]] * 7]


def test_whoever_has_used_every_dot_is_told_so_and_not_something_else(voting: Facilitator, ada: Phone) -> None:
    for _ in range(8):
        ada.presses("Add dot to R1")
    assert "0 of 8 dots left" in ada.page.text
    ada.presses("Add dot to R2")
    assert ada.page.problem == "There is a problem You've used all 8 dots. Remove one to move it."
    assert ada.slots() == [[1, 1]] * 8


def test_whoever_has_used_their_only_dot_is_told_how_to_move_it(organiser: Organiser) -> None:
    facilitator = organiser.opens(allowance="1")
    ada = facilitator.phone()
    facilitator.goes_to("gather")
    for text in ("Free park and ride", "A night market"):
        ada.writes(text)
    facilitator.goes_to("vote")
    ada.get(ada.home)
    ada.presses("Add dot to R1")
    ada.presses("Add dot to R2")
    assert ada.page.problem == "There is a problem You've used your 1 dot. Remove it to move it."
    assert ada.slots() == [[1, 1]]


def test_all_dots_are_taken_back_when_that_is_confirmed(voting: Facilitator, ada: Phone) -> None:
    for _ in range(3):
        ada.presses("Add dot to R1")
    ada.presses("Take all my dots back")
    assert "Take all your dots back from every response?" in ada.page.text
    assert ada.slots() == [*[[1, 1]] * 3, *[[None, 0]] * 5]
    ada.presses("Take them back")
    assert (ada.status, ada.path, "8 of 8 dots left." in ada.page.text) == (200, ada.home, True)
    assert ada.slots() == [*[[None, 2]] * 3, *[[None, 0]] * 5]
    # There is nothing to ask about any more.
    ada.presses("Take all my dots back")
    assert (ada.status, ada.path) == (200, ada.home)


def test_dots_that_came_back_are_said_to_have_until_they_are_placed_again(voting: Facilitator, ada: Phone) -> None:
    for response in (1, 1, 2):
        ada.presses(f"Add dot to R{response}")
    voting.asks(f"/w/{voting.code}/1/responses/1/withdraw")
    ada.get(ada.home)
    assert "A response was withdrawn. 2 of your dots are back." in ada.page.text
    ada.presses("Add dot to R2")
    assert "A response was withdrawn. 1 of your dots is back." in ada.page.text
    voting.asks(f"/w/{voting.code}/1/responses/1/restore")
    ada.get(ada.home)
    assert "withdrawn" not in ada.page.text


def test_finishing_is_said_and_taken_back(voting: Facilitator, ada: Phone, ben: Phone) -> None:
    ada.presses("Finished")
    assert "You have finished. You can still change your dots." in ada.page.text
    assert "8 of 8 dots left Finished Change my dots" in ada.page.text
    ben.get(ben.home)
    assert "1 of 2 people have finished" in ben.page.text
    ada.presses("Add dot to R1")
    assert ada.status == 200
    ada.presses("Change my dots")
    assert "Go on. Your dots are where you left them." in ada.page.text
    ben.get(ben.home)
    assert "0 of 2 people have finished" in ben.page.text


def test_a_dot_that_was_moved_in_another_tab_shows_where_it_is(voting: Facilitator, ada: Phone) -> None:
    form = ada.page.form("Add dot to R1")
    ada.presses("Add dot to R2")
    ada.post(form.action, form.fields, token=None)
    assert (ada.status, "Updated from another tab." in ada.page.problem) == (409, True)
    assert ada.page.form("Remove a dot from R2")
    assert ada.slots()[0] == [2, 1]


def test_a_dot_on_a_response_that_was_withdrawn_stays_in_hand(voting: Facilitator, ada: Phone) -> None:
    voting.withdraws(1)
    ada.presses("Add dot to R1")
    assert (ada.status, "That response is no longer there." in ada.page.problem) == (422, True)
    assert "8 of 8 dots left" in ada.page.text
    assert ada.cards() != []
    assert 1 not in ada.cards()


def test_a_dot_after_the_close_does_not_count_and_one_is_told_what_did(voting: Facilitator, ada: Phone) -> None:
    ada.presses("Add dot to R1")
    voting.goes_to("reveal")
    ada.presses("Add dot to R2")
    assert (ada.status, "Voting has closed." in ada.page.problem, "1 was counted" in ada.page.problem) == (
        409, True, True,
    )  # fmt: skip
    assert "1 of your dots was counted." in ada.page.text


def test_everybody_has_an_order_of_their_own_that_stays(voting: Facilitator, ada: Phone) -> None:
    for number in range(4, 13):
        voting.goes_to("gather")
        ada.writes(f"Response {number}")
    voting.goes_to("vote")
    orders = [voting.phone().cards() for _ in range(4)] + [ada.cards()]
    assert all(sorted(order) == list(range(1, 13)) for order in orders)
    assert len({tuple(order) for order in orders}) > 1
    assert ada.cards() == orders[-1]


# Results --------------------------------------------------------------------------------------------------------------


def test_before_the_reveal_a_page_is_the_same_wherever_others_dots_are(
    voting: Facilitator, ada: Phone, ben: Phone
) -> None:
    def page() -> str:
        # Tokens and the names of posts are new on every page.
        return re.sub(r'(content|data-now|name="op" value|name="csrf_token" value)="[^"]+"', "", ben.get(ben.home).text)

    before = page()
    for there in (1, 2, None):
        for dot, (_, rev) in enumerate(ada.slots(), start=1):
            assert ada.moves(ada.move(dot, rev or 0, there)).status_code == 200
        assert page() == before
    voting.goes_to("reveal")
    assert not re.search(r"\d+ dots? ", ben.get(ben.home).text.partition('id="stage"')[2].partition("</section>")[0])


def test_after_the_reveal_everybody_sees_the_result_and_which_dots_are_theirs(
    voting: Facilitator, ada: Phone, ben: Phone
) -> None:
    ada.moves(ada.move(1, 0, 2), ada.move(2, 0, 2), ada.move(3, 0, 1))
    ben.moves(ben.move(1, 0, 2))
    voting.goes_to("reveal")
    ada.get(ada.home)
    assert "3 of your dots were counted." in ada.page.text
    for phase in ("discuss", "closed"):
        voting.goes_to(phase)
        ada.get(ada.home)
        assert "2 people used 4 of 16 dots." in ada.page.text
        assert re.search(r"Rank 1 .*A night market 3 dots from 2 people 2 of them are yours", ada.page.text)
        assert re.search(r"Rank 2 .*Free park and ride 1 dot from 1 person 1 of them is yours", ada.page.text)
        ben.get(ben.home)
        assert "2 of them are yours" not in ben.page.text

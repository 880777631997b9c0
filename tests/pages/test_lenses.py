"""Being asked which group one is in: at the door, on one's phone, at the desk; and who sees what of it."""

from __future__ import annotations

import pytest

from tests.pages.people import Facilitator, Phone

ASKED = "Councillor\nOfficer\nPartner"
NOBODY = "Nobody is asked which group they are in."


@pytest.fixture
def asking(facilitator: Facilitator) -> Facilitator:
    """Asks people for their lens."""
    people(facilitator)
    facilitator.presses("Ask about these groups", lenses=ASKED)
    assert (facilitator.status, "People are asked which group they are in." in facilitator.page.text) == (200, True)
    return facilitator


def people(facilitator: Facilitator) -> str:
    facilitator.get(f"/w/{facilitator.code}/people")
    assert facilitator.status == 200
    return facilitator.page.text


def comes(facilitator: Facilitator, lens: str = "", count: int = 1) -> Phone:
    for _ in range(count):
        phone = Phone(facilitator.app, facilitator.code)
        phone.presses("Join", lens=lens)
        assert (phone.status, phone.path) == (200, phone.home)
    return phone


def chosen(phone: Phone) -> str:
    phone.get(phone.home)
    return str(phone.page.form("Save this").fields["lens"])


def test_who_joins_chooses_or_would_rather_not_say(asking: Facilitator) -> None:
    phone = Phone(asking.app, asking.code)
    form = phone.page.form("Join")
    assert (form.choices["lens"], form.fields["lens"]) == (["Councillor", "Officer", "Partner", ""], "")
    assert "fewer than five people are never shown" in phone.page.text
    assert "We don't ask who you are" not in phone.page.text
    assert chosen(comes(asking, "Officer")) == "Officer"
    assert chosen(comes(asking)) == ""


def test_where_nobody_is_asked_the_door_says_so_and_has_no_choices(facilitator: Facilitator, ada: Phone) -> None:
    phone = Phone(facilitator.app, facilitator.code)
    assert "lens" not in phone.page.form("Join").choices
    assert "We don't ask who you are" in phone.page.text
    ada.get(ada.home)
    assert not any("Save this" in form.buttons for form in ada.page.forms)
    answer = ada.asks(f"{ada.home}/lens", {"lens": "Officer"})
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "lenses_not_asked")


def test_who_was_here_before_chooses_on_their_phone(facilitator: Facilitator, ada: Phone) -> None:
    facilitator.asks(f"/w/{facilitator.code}/people/lenses", {"lenses": ASKED})
    ada.get(ada.home)
    ada.presses("Save this", lens="Partner")
    assert "That is noted. Nobody is shown it beside your ballot." in ada.page.text
    assert chosen(ada) == "Partner"
    assert ada.asks(f"{ada.home}/lens", {"lens": ""}).get_json()["ok"]
    assert chosen(ada) == ""


def test_a_choice_that_is_gone_is_asked_for_again_and_nobody_is_made_a_participant(asking: Facilitator) -> None:
    phone = Phone(asking.app, asking.code)
    asking.asks(f"/w/{asking.code}/people/lenses", {"lenses": "Councillor\nOfficer"})
    phone.post(f"/j/{asking.code}", {"lens": "Partner"})
    assert (phone.status, "Choose one of the groups" in phone.page.problem) == (422, True)
    assert phone.page.form("Join").choices["lens"] == ["Councillor", "Officer", ""]
    phone.presses("Join", lens="Officer")
    assert phone.path == phone.home
    assert "Joined 1" in people(asking)
    answer = phone.asks(f"{phone.home}/lens", {"lens": "Mayor"})
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (422, "lens")


def test_who_comes_with_a_slip_is_asked_as_well(asking: Facilitator) -> None:
    asking.asks(f"/w/{asking.code}/people/slips", {"slips": "1"})
    asking.get(f"/w/{asking.code}/people/slips")
    address = next(word for word in asking.page.text.split() if "/s/" in word)
    phone = Phone(asking.app, asking.code)
    phone.get("/s/" + address.partition("/s/")[2])
    phone.presses("Join", lens="Officer")
    assert chosen(phone) == "Officer"


def test_the_facilitator_sees_how_many_and_never_who(asking: Facilitator) -> None:
    comes(asking, "Officer", 5)
    assert "How many are in each group is shown when two have five people or more." in people(asking)
    comes(asking, "Councillor", 6)
    text = people(asking)
    assert "Councillor 6" in text
    assert "Officer, Partner, Not said 5" in text
    assert "counted together with others" in text
    table = asking.shown.partition('<table class="ballots">')[2].partition("</table>")[0]
    assert table.count("<tr>") == 12
    assert not any(lens in table for lens in ASKED.split())


def test_a_list_that_cannot_be_comes_back_as_it_was_typed(facilitator: Facilitator) -> None:
    people(facilitator)
    facilitator.presses("Ask about these groups", lenses="Councillor")
    assert (facilitator.status, "Name 2 to 6 groups, a line each." in facilitator.page.problem) == (422, True)
    assert facilitator.page.form("Ask about these groups").fields["lenses"].strip() == "Councillor"
    answer = facilitator.asks(f"/w/{facilitator.code}/people/lenses", {"lenses": "A\na"})
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (422, "lenses")


def test_asking_is_taken_back_by_a_button_and_by_undo(asking: Facilitator) -> None:
    answer = asking.asks(f"/w/{asking.code}/people/lenses", {"lenses": "Officer\nMayor"})
    assert asking.asks(answer.get_json()["undo"]).status_code == 200
    people(asking)
    assert asking.page.form("Save the groups").fields["lenses"].split() == ASKED.split()
    asking.presses("Don't ask about groups")
    assert NOBODY in asking.page.text
    asking.page.form("Ask about these groups")


def test_a_vote_that_was_counted_settles_it(asking: Facilitator) -> None:
    phone = comes(asking, "Officer")
    asking.goes_to("gather")
    phone.writes("Trees")
    asking.goes_to("vote")
    phone.moves(phone.move(1, 0, 1))
    asking.goes_to("reveal")
    phone.get(phone.home)
    phone.presses("Save this", lens="Partner")
    assert (phone.status, "has been counted, so this stays as it is" in phone.page.text) == (409, True)
    people(asking)
    asking.presses("Don't ask about groups")
    assert (asking.status, "none of them can be taken away" in asking.page.problem) == (409, True)
    asking.presses("Save the groups", lenses=f"{ASKED}\nMayor")
    assert asking.status == 200


def test_a_paper_ballot_may_say_it_and_shows_it_nowhere(asking: Facilitator) -> None:
    phone = comes(asking)
    asking.goes_to("gather")
    phone.writes("Trees")
    asking.goes_to("vote")
    asking.get(f"/w/{asking.code}/1/paper")
    assert asking.page.form("Enter this ballot").choices["lens"] == ["", "Councillor", "Officer", "Partner"]
    asking.presses("Enter this ballot", r1="2", lens="Officer")
    assert "Ballot 2 is entered." in asking.page.text
    assert "Officer" not in asking.shown.partition('<ul class="entered">')[2]
    asking.get(f"/w/{asking.code}/1/paper/2")
    assert "Officer" not in asking.shown
    asking.post(f"/w/{asking.code}/1/paper", {"r1": "1", "op": "x1", "lens": "Mayor"})
    assert (asking.status, "Choose one of the groups" in asking.page.problem) == (422, True)


def test_the_agenda_as_a_file_has_the_list_and_nobody(asking: Facilitator) -> None:
    comes(asking, "Officer")
    file = asking.http.get(f"/w/{asking.code}/agenda.json").get_json()
    assert file["lenses"] == ASKED.split()
    assert "Officer" not in asking.http.get(f"/w/{asking.code}/1/paper").text.partition("Entered so far")[2]
    history = asking.http.get(f"/w/{asking.code}/history.json").get_json()
    assert [each["what"] for each in history["entries"]] == ["ask_lenses"]

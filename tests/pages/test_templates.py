"""Workshops from templates and files, copies, lists that are brought along, and the end of a workshop."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest

from tests.pages.people import Browser, Facilitator, Organiser, Phone
from workshop.agenda import text
from workshop.agenda.shipped import SHIPPED, shipped


def code_of(browser: Browser) -> str:
    return browser.path.split("/")[2]


def uploads(browser: Browser, path: str, body: bytes, **fields: str) -> Any:
    return browser.asks_in_parts(path, {"file": (BytesIO(body), "a file"), **fields})


@pytest.fixture
def board(facilitator: Facilitator) -> Browser:
    board = Browser(facilitator.app)
    board.get(facilitator.links["board"])
    return board


@pytest.mark.parametrize("name", SHIPPED)
def test_a_workshop_is_opened_from_what_is_shipped_and_exported_as_it_was(organiser: Organiser, name: str) -> None:
    organiser.get("/workshops/new")
    assert f"/workshops/new/{name}" in organiser.page.links
    organiser.get(f"/workshops/new/{name}")
    assert organiser.page.form("Open the workshop").fields["title"] == shipped(name).title
    organiser.presses("Open the workshop")
    assert organiser.status == 200
    exported = organiser.http.get(f"/w/{code_of(organiser)}/agenda.json")
    assert exported.data == text.write(shipped(name))
    assert "attachment" in exported.headers["Content-Disposition"]


def test_a_backlog_leads_to_where_its_list_is_pasted(organiser: Organiser) -> None:
    organiser.get("/workshops/new/backlog")
    organiser.presses("Open the workshop", title="Our backlog")
    assert organiser.path.endswith("/1/list")
    organiser.presses("Add the responses", list="Search\nPayments\nSearch")
    assert "2 responses added. 1 was there already." in organiser.page.text
    assert organiser.path.endswith("/console")


def test_a_title_that_cannot_be_comes_back_with_the_template(organiser: Organiser) -> None:
    organiser.get("/workshops/new/went-well")
    organiser.presses("Open the workshop", title=" ")
    assert (organiser.status, "Give the workshop a title." in organiser.page.problem) == (422, True)
    assert organiser.page.form("Open the workshop").fields["template"] == "went-well"
    organiser.get("/workshops/new/nothing")
    assert (organiser.status, "There is no such template" in organiser.page.text) == (404, True)


def test_in_json_a_template_needs_nothing_but_its_name(organiser: Organiser) -> None:
    answer = organiser.asks("/workshops", {"template": "hopes-and-fears"})
    assert (answer.status_code, set(answer.get_json()["links"])) == (201, {"facilitator", "board", "results", "join"})
    answer = organiser.asks("/workshops", {"template": "0"})
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (404, "no_such_template")


def test_a_file_is_opened_uploaded_or_pasted(organiser: Organiser) -> None:
    body = text.write(shipped("went-well"))
    organiser.get("/workshops/file")
    code = uploads(organiser, "/workshops/file", body).get_json()["code"]
    assert organiser.http.get(f"/w/{code}/agenda.json").data == body
    organiser.presses("Open the workshop", agenda=body.decode())
    assert organiser.http.get(f"/w/{code_of(organiser)}/agenda.json").data == body


def test_a_file_that_is_none_comes_back_with_what_was_pasted(organiser: Organiser) -> None:
    organiser.get("/workshops/file")
    organiser.presses("Open the workshop", agenda='{"title": "<b>')
    assert (organiser.status, "This is not JSON" in organiser.page.problem) == (400, True)
    assert organiser.page.form("Open the workshop").fields["agenda"] == '{"title": "<b>'
    organiser.presses("Open the workshop", agenda="")
    assert "Choose a file, or paste the agenda." in organiser.page.problem
    both = uploads(organiser, "/workshops/file", b"{}", agenda="{}")
    assert "not both" in both.get_json()["error"]["message"]
    empty = uploads(organiser, "/workshops/file", b"")
    assert "This file is empty." in empty.get_json()["error"]["message"]


def test_a_copy_is_run_by_whoever_made_it(facilitator: Facilitator, ada: Phone) -> None:
    facilitator.goes_to("gather")
    ada.writes("Benches")
    facilitator.get(f"/w/{facilitator.code}/console")
    facilitator.presses("Duplicate")
    assert (facilitator.status, code_of(facilitator) != facilitator.code) == (200, True)
    assert "Copy of Town centre" in facilitator.page.text
    assert "Benches" not in facilitator.page.text


def test_a_template_is_kept_used_deleted_and_brought_back(organiser: Organiser) -> None:
    facilitator = organiser.opens(prompt="What would Grace ask?")
    organiser.get("/workshops")
    kept = organiser.asks(f"/w/{facilitator.code}/template", {"title": "Grace's template"}).get_json()
    number = kept["template"]
    organiser.get(f"/workshops/new/{number}")
    assert "What would Grace ask?" in organiser.page.text
    organiser.post(f"/templates/{number}/rename", {"title": "Grace Hopper's"})
    assert (organiser.path, "Grace Hopper's" in organiser.page.text) == ("/workshops", True)
    organiser.post(f"/templates/{number}/remove")
    assert "The template is deleted." in organiser.page.text
    assert f"/workshops/new/{number}" not in organiser.page.links
    organiser.presses("Undo")
    assert f"/workshops/new/{number}" in organiser.page.links
    assert organiser.asks(f"/templates/{number}/rename", {"title": ""}).status_code == 422
    organiser.asks(f"/templates/{number}/remove")
    gone = organiser.asks(f"/templates/{number}/remove")
    assert (gone.status_code, gone.get_json()["error"]["code"]) == (404, "no_such_template")


def test_a_facilitator_keeps_templates_and_the_organiser_has_them(facilitator: Facilitator) -> None:
    facilitator.get(f"/w/{facilitator.code}/console")
    kept = facilitator.asks(f"/w/{facilitator.code}/template").get_json()
    assert "undo" not in kept
    for what in ("rename", "remove", "restore"):
        answer = facilitator.asks(f"/templates/{kept['template']}/{what}", {"title": "Mine"})
        assert (answer.status_code, answer.get_json()["error"]["code"]) == (403, "not_organiser")


def test_a_list_that_is_wrong_comes_back_with_all_of_it(facilitator: Facilitator) -> None:
    facilitator.get(f"/w/{facilitator.code}/list")
    facilitator.presses("Add the responses", list="Trees\nNO: ", side="no")
    assert (facilitator.status, "Line 2 has no response." in facilitator.page.problem) == (422, True)
    form = facilitator.page.form("Add the responses")
    assert (form.fields["list"], form.fields["side"]) == ("Trees\nNO: ", "no")
    facilitator.presses("Add the responses", list="Trees\nNO: Cars", side="yes")
    assert "2 responses added." in facilitator.page.text
    facilitator.presses("Undo")
    assert "Undone." in facilitator.page.text


def test_a_list_is_uploaded_and_shows_on_phones(facilitator: Facilitator, ada: Phone) -> None:
    path = f"/w/{facilitator.code}/1/responses/list"
    facilitator.goes_to("gather")
    answer = uploads(facilitator, path, b"side;response\r\nYES;Trees\r\nNO;Cars\r\n").get_json()
    assert (answer["added"], answer["there_already"], "/history/" in answer["undo"]) == (2, 0, True)
    assert "Cars" in ada.get(ada.home).text
    both = uploads(facilitator, path, b"yes,Trees", list="Trees")
    assert (both.status_code, both.get_json()["error"]["code"]) == (400, "list")


@pytest.mark.parametrize(
    ("pasted", "body", "field"), [("NO: ", None, "list"), ("", b"no,", "file"), ("", b"\xff", "file")]
)
def test_what_is_wrong_with_a_list_is_said_at_the_field_that_it_came_from(
    facilitator: Facilitator, pasted: str, body: bytes | None, field: str
) -> None:
    file = {} if body is None else {"file": (BytesIO(body), "a file")}
    facilitator.get(f"/w/{facilitator.code}/list")
    html = facilitator.post(f"/w/{facilitator.code}/1/responses/list", {"list": pasted, **file}).text
    assert re.findall(r'id="(\w+)"[^>]* aria-invalid="true"', html) == [field]
    assert f'<a href="#{field}">' in html
    assert f'id="{field}-error"' in html


def test_only_who_runs_a_workshop_does_any_of_this(facilitator: Facilitator, ada: Phone, board: Browser) -> None:
    base = f"/w/{facilitator.code}"
    for somebody in (ada, board):
        for path in ("agenda.json", "list", "1/list", "delete"):
            assert (path, somebody.http.get(f"{base}/{path}").status_code) == (path, 403)
        for path in ("duplicate", "template", "1/responses/list", "delete"):
            answer = somebody.asks(f"{base}/{path}", {"title": "Town centre", "list": "YES: Trees"})
            assert (path, answer.status_code) == (path, 403)
        for path in ("/workshops/file", "/workshops/new/blank", "/workshops/new/backlog"):
            assert (path, somebody.http.get(path).status_code) == (path, 403)


def test_a_workshop_is_deleted_by_whoever_types_its_title(facilitator: Facilitator, ada: Phone) -> None:
    facilitator.get(f"/w/{facilitator.code}/delete")
    facilitator.presses("Delete for good", title="Town")
    assert (facilitator.status, "Nothing was deleted." in facilitator.page.problem) == (422, True)
    assert ada.get(ada.home).status_code == 200
    facilitator.presses("Delete for good", title="Town centre")
    assert "“Town centre” is deleted, with everything in it." in facilitator.page.text
    for somebody in (ada, facilitator):
        somebody.get(ada.home)
        assert (somebody.status, "This workshop has ended." in somebody.page.text) == (404, True)
    stranger = Browser(facilitator.app)
    stranger.get(f"/j/{facilitator.code}")
    assert "We can't find that code." in stranger.page.text


def test_the_organiser_deletes_without_the_facilitators_link(organiser: Organiser) -> None:
    facilitator = organiser.opens(title="To be deleted soon")
    organiser.forgets()
    organiser.http.get(organiser.link, base_url=organiser.base)
    organiser.get(f"/w/{facilitator.code}/delete")
    organiser.presses("Delete for good", title="To be deleted soon")
    assert organiser.path == "/workshops"
    assert "“To be deleted soon” is deleted" in organiser.page.text
    assert facilitator.code not in "".join(organiser.page.links)

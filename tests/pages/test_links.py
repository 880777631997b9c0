"""The links page, and what each role's link opens and allows."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.pages.people import Browser, Facilitator, Phone

NOBODY = "nobody"
WATCHES = ("board", "results")


@pytest.fixture
def links(facilitator: Facilitator) -> Facilitator:
    facilitator.get(f"/w/{facilitator.code}/links")
    assert facilitator.status == 200
    return facilitator


def made(facilitator: Facilitator, role: str, name: str = "") -> str:
    """The path of a new link."""
    answer = facilitator.asks(f"/w/{facilitator.code}/links", {"role": role, "name": name})
    assert answer.status_code == 200, answer.text
    return str(urlsplit(answer.get_json()["link"]).path)


def opened(facilitator: Facilitator, path: str) -> Browser:
    browser = Browser(facilitator.app)
    browser.get(path)
    return browser


def number(facilitator: Facilitator, path: str) -> int:
    """The number of a link, as its forms have it."""
    facilitator.get(f"/w/{facilitator.code}/links")
    found = re.search(rf'id="address-(\d+)">[^<]*{re.escape(path)}<', facilitator.shown)
    assert found, f"{path} is not on the page"
    return int(found[1])


def holder(facilitator: Facilitator, role: str) -> Browser:
    """Somebody who opened a link of a role, or a participant, or nobody."""
    if role == "participant":
        return facilitator.phone()
    if role == NOBODY:
        browser = Browser(facilitator.app)
        browser.get("/")
        return browser
    return opened(facilitator, facilitator.links.get(role) or made(facilitator, role))


# Making and taking back -----------------------------------------------------------------------------------------------


def test_of_a_link_one_thing_is_unfolded_at_a_time(links: Facilitator) -> None:
    rows = [re.findall(r'<details name="([^"]+)"', row) for row in links.shown.split('<div class="who">')[1:]]
    assert len(rows) == 3
    assert [(len(row), len(set(row))) for row in rows] == [(2, 1)] * 3
    assert len({row[0] for row in rows}) == 3


@pytest.mark.parametrize(
    ("role", "letter", "page"),
    [
        ("facilitator", "f", "console"),
        ("cofacilitator", "c", "console"),
        ("moderator", "m", "console"),
        ("board", "b", "board"),
        ("results", "r", "results"),
    ],
)
def test_a_link_is_made_with_a_form_and_leads_to_its_page(
    links: Facilitator, role: str, letter: str, page: str
) -> None:
    links.presses("Make the link", role=role, name="Grace")
    assert (links.status, "The link is made." in links.page.text) == (200, True)
    (address,) = re.findall(rf">(http://localhost/{letter}/[\w-]+)<", links.shown)[-1:]
    browser = opened(links, urlsplit(address).path)
    assert (browser.status, browser.path) == (200, f"/w/{links.code}/{page}")


def test_what_cannot_be_is_said_and_what_was_typed_stays(links: Facilitator) -> None:
    links.presses("Make the link", role="board", name="x" * 41)
    assert (links.status, "40 characters at the most" in links.page.problem) == (422, True)
    form = links.page.form("Make the link")
    assert (form.fields["role"], form.fields["name"]) == ("board", "x" * 41)
    answer = links.asks(f"/w/{links.code}/links", {"role": "king"})
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (422, "role")


def test_a_name_stands_on_the_page_and_in_the_history(links: Facilitator) -> None:
    links.presses("Make the link", role="cofacilitator", name="Grace's laptop")
    grace = opened(links, urlsplit(re.findall(r">(http://localhost/c/[\w-]+)<", links.shown)[-1]).path)
    grace.presses("Open responses")
    links.get(f"/w/{links.code}/history")
    assert "Co-facilitator (Grace's laptop) opened responses" in links.page.text
    assert "Facilitator made a link: Co-facilitator (Grace's laptop)" in links.page.text


def test_a_revoked_link_opens_nothing_and_pages_that_it_opened_are_refused(links: Facilitator) -> None:
    path = made(links, "cofacilitator", "Grace")
    grace = opened(links, path)
    links.get(f"/w/{links.code}/links")
    links.presses("Revoke Grace")
    assert "The link is revoked. Pages that were opened with it stop now." in links.page.text
    assert grace.get(f"/w/{links.code}/console").status_code == 403
    answer = grace.asks(f"/w/{links.code}/1/phase", {"from": "draft", "to": "gather"})
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (403, "no_link")
    assert opened(links, path).status == 404
    links.presses("Undo")
    assert grace.get(f"/w/{links.code}/console").status_code == 200
    assert opened(links, path).status == 200


def test_a_link_is_renamed_where_it_stands(links: Facilitator) -> None:
    link = number(links, made(links, "board", "Left"))
    answer = links.asks(f"/w/{links.code}/links/{link}/name", {"name": "Right"})
    assert (answer.status_code, "undo" in answer.get_json()) == (200, True)
    links.get(f"/w/{links.code}/links")
    assert "Right" in links.page.text
    assert "Left" not in links.page.text


def test_the_last_facilitators_link_is_rotated_by_who_is_here_with_it_who_goes_on(links: Facilitator) -> None:
    link = number(links, links.links["facilitator"])
    answer = links.asks(f"/w/{links.code}/links/{link}/revoke")
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "last_link")
    assert not any("Revoke" in form.buttons[0] and f"/{link}/" in form.action for form in links.page.forms)
    links.post(f"/w/{links.code}/links/{link}/rotate")
    assert (links.status, "you are here with it" in links.page.text) == (200, True)
    assert opened(links, links.links["facilitator"]).status == 404
    assert links.get(f"/w/{links.code}/console").status_code == 200


def test_another_device_takes_over_with_the_facilitators_link_alone(links: Facilitator, ada: Phone) -> None:
    """The laptop died with voting open: the link on a phone, and everything goes on."""
    links.goes_to("gather")
    ada.writes("Trees")
    links.goes_to("vote")
    ada.moves(ada.move(1, 0, 1))
    phone = opened(links, links.links["facilitator"])
    assert "Dots placed 1 of 8" in phone.page.text
    phone.presses("Close voting")
    phone.presses("Reveal results")
    assert 'data-phase="discuss"' in phone.page.html
    phone.get(f"/w/{links.code}/links")
    phone.presses("Make the link", role="board", name="Spare")
    assert phone.status == 200


# Who sees which links -------------------------------------------------------------------------------------------------


def test_a_cofacilitator_sees_the_lesser_links_and_changes_none(links: Facilitator) -> None:
    grace = opened(links, made(links, "cofacilitator"))
    made(links, "moderator")
    assert links.links["facilitator"] not in grace.shown
    grace.get(f"/w/{links.code}/links")
    assert set(re.findall(r"localhost/(\w)/", grace.shown)) == {"m", "b", "r"}
    assert not any(
        button in form.buttons for form in grace.page.forms for button in ("Revoke", "Rotate", "Make the link")
    )


def test_a_moderator_has_the_responses_and_nothing_that_runs_the_workshop(links: Facilitator, ada: Phone) -> None:
    links.goes_to("gather")
    ada.writes("Trees")
    notes = opened(links, made(links, "moderator"))
    assert 'data-audience="moderation"' in notes.shown
    assert notes.page.form("Withdraw R1")
    # All that it may send is about responses and notes, and what it sends to elsewhere is refused: see the table below.
    parts = {part for form in notes.page.forms for part in form.action.split("/")}
    assert not {"phase", "people", "links", "rehearsals", "agenda", "timer"} & parts
    assert not {path for path in notes.page.links if path.startswith(f"/w/{links.code}/")}
    assert not re.findall(r"localhost/[fcmbr]/", notes.shown)
    notes.presses("Withdraw R1")
    assert (notes.status, ada.cards()) == (200, [])
    notes.presses("Undo")
    assert (notes.status, ada.cards()) == (200, [1])


# What each role may do. What a facilitator may, somebody else may only where they are named.
MAY: list[tuple[str, str, dict[str, Any], set[str]]] = [
    ("GET", "console", {}, {"cofacilitator", "moderator"}),
    ("GET", "people", {}, {"cofacilitator"}),
    ("GET", "links", {}, {"cofacilitator"}),
    ("GET", "history", {}, {"cofacilitator"}),
    ("GET", "people/slips", {}, {"cofacilitator"}),
    ("GET", "board", {}, {"cofacilitator", "moderator", "board"}),
    ("GET", "results", {}, {"cofacilitator", "results"}),
    ("GET", "1/results", {}, {"cofacilitator", "results"}),
    ("GET", "1/chart.svg", {}, {"cofacilitator", "results"}),
    ("POST", "1/phase", {"from": "gather", "to": "draft"}, {"cofacilitator"}),
    ("POST", "1/responses/1/withdraw", {}, {"cofacilitator", "moderator"}),
    ("POST", "1/responses/1/restore", {}, {"cofacilitator", "moderator"}),
    ("POST", "links", {"role": "board"}, set()),
    ("POST", "links/{board}/name", {"name": "Left"}, set()),
    ("POST", "links/{board}/rotate", {}, set()),
    ("POST", "links/{board}/revoke", {}, set()),
    ("POST", "people/door", {"door": "open"}, {"cofacilitator"}),
    ("POST", "people/names", {"names": "yes"}, {"cofacilitator"}),
    ("POST", "people/lenses", {"lenses": "Officer\nPartner"}, {"cofacilitator"}),
    ("POST", "people/admit", {"most": "1"}, {"cofacilitator"}),
    ("POST", "people/1/return", {}, {"cofacilitator"}),
    ("POST", "people/slips", {"slips": "1"}, {"cofacilitator"}),
    ("POST", "people/slips/void", {"slip": "1"}, {"cofacilitator"}),
    ("POST", "rehearsals", {"people": "1"}, {"cofacilitator"}),
    # The first is a facilitator's doing: a moderator undoes what moderators did.
    ("POST", "history/{entry}/undo", {}, {"cofacilitator"}),
]


@pytest.mark.parametrize(("method", "address", "fields", "roles"), MAY)
def test_each_role_may_do_what_it_is_for_and_no_more(
    facilitator: Facilitator, ada: Phone, method: str, address: str, fields: dict[str, Any], roles: set[str]
) -> None:
    facilitator.goes_to("gather")
    ada.writes("Trees")
    base = f"/w/{facilitator.code}"
    entry = facilitator.asks(f"{base}/people/slips", {"slips": "2"}).get_json()["undo"].split("/")[-2]
    path = f"{base}/{address.format(board=number(facilitator, facilitator.links['board']), entry=entry)}"
    for role in ("cofacilitator", "moderator", "board", "results", "participant", NOBODY):
        somebody = holder(facilitator, role)
        answer = somebody.get(path) if method == "GET" else somebody.asks(path, fields)
        assert (role, answer.status_code == 403) == (role, role not in roles), answer.text
    answer = facilitator.get(path) if method == "GET" else facilitator.asks(path, fields)
    assert answer.status_code != 403


def test_a_cofacilitator_does_not_undo_what_was_done_with_links(links: Facilitator) -> None:
    grace = opened(links, made(links, "cofacilitator"))
    link = number(links, links.links["board"])
    undo = links.asks(f"/w/{links.code}/links/{link}/revoke").get_json()["undo"]
    answer = grace.asks(undo)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (403, "no_link")
    assert opened(links, links.links["board"]).status == 404
    assert links.asks(undo).status_code == 200

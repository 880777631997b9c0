"""Joining: by code or by the QR code's address. Looking makes nobody a participant; the button does, once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.pages.people import JSON, Browser, Facilitator, Organiser, Phone
from workshop import create_app
from workshop.models import Workshop
from workshop.pages.front import static_address
from workshop.results import counting
from workshop.settings import Settings
from workshop.tokens import show_code

WRONG = "We can't find that code. Check the screen and try again."


def joined(facilitator: Facilitator) -> int:
    with facilitator.app.extensions["eightdots"].store.reading() as session:
        found = session.scalars(select(Workshop).where(Workshop.code == facilitator.code)).one()
        return counting.joined(session, found.id)


def test_looking_makes_nobody_a_participant_and_the_button_does(facilitator: Facilitator) -> None:
    phone = Phone(facilitator.app, facilitator.code)
    for path in (f"/j/{phone.code}", f"/j?code={phone.code}", phone.home, "/"):
        phone.get(path)
    assert joined(facilitator) == 0
    phone.get(f"/j/{phone.code}")
    assert "Town centre" in phone.page.text
    phone.presses("Join")
    assert (phone.path, phone.status, joined(facilitator)) == (phone.home, 200, 1)


def test_pressing_join_again_makes_nobody_else(facilitator: Facilitator) -> None:
    phone = Phone(facilitator.app, facilitator.code)
    answers = [phone.asks(f"/j/{phone.code}") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 200, 200]
    assert [answer.json for answer in answers] == [{"ok": True, "location": phone.home}] * 3
    # The page of before, from the back button.
    phone.post(f"/j/{phone.code}")
    assert (phone.path, joined(facilitator)) == (phone.home, 1)


def test_whoever_has_joined_is_led_on_by_the_qr_code(ada: Phone) -> None:
    ada.get(f"/j/{ada.code}")
    assert ada.path == ada.home


def test_whoever_has_not_joined_is_led_to_where_one_joins(facilitator: Facilitator) -> None:
    stranger = Browser(facilitator.app)
    stranger.get(f"/w/{facilitator.code}")
    assert stranger.path == f"/j/{facilitator.code}"
    answer = stranger.get(f"/w/{facilitator.code}/state", headers=JSON)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (403, "not_joined")


def test_a_code_is_found_however_it_is_typed(facilitator: Facilitator) -> None:
    phone = Phone(facilitator.app, facilitator.code)
    for typed in (phone.code.lower(), show_code(phone.code), f" {phone.code[:3]}-{phone.code[3:]} "):
        phone.get("/")
        phone.presses("Find the workshop", code=typed)
        assert phone.path == f"/j/{phone.code}"
        phone.get(f"/j/{typed}")
        assert phone.path == f"/j/{phone.code}"


def test_a_page_is_found_however_its_code_is_typed(facilitator: Facilitator, ada: Phone) -> None:
    typed = ada.code.lower()
    ada.get(f"/w/{typed}")
    assert (ada.status, ada.path) == (200, ada.home)
    for page in ("console", "board", "results"):
        facilitator.get(f"/w/{typed}/{page}")
        assert (facilitator.status, facilitator.path) == (200, f"/w/{ada.code}/{page}")


def test_a_wrong_code_is_answered_with_a_sentence_and_stays_to_be_corrected(app: Flask) -> None:
    browser = Browser(app)
    browser.get("/")
    for typed in ("222222", "K74M2", "town centre", "O0O0O0", "🎉", "<script>", ""):
        browser.presses("Find the workshop", code=typed)
        assert (browser.status, browser.page.problem) == (404, f"There is a problem {WRONG}")
        assert browser.page.form("Find the workshop").fields["code"] == typed
        answer = browser.get("/j", query_string={"code": typed}, headers=JSON)
        assert (answer.status_code, answer.get_json()["error"]) == (404, {"code": "no_such_workshop", "message": WRONG})


def test_a_qr_code_of_a_workshop_that_is_gone_is_answered_with_a_sentence(app: Flask) -> None:
    browser = Browser(app)
    browser.get("/j/222222")
    assert (browser.status, browser.page.form("Find the workshop").fields["code"]) == (404, "222222")
    assert WRONG in browser.page.problem
    browser.post("/j/222222")
    assert (browser.status, WRONG in browser.page.text) == (404, True)


def test_only_wrong_codes_are_counted_and_a_right_one_is_never_held_up(facilitator: Facilitator) -> None:
    guesser, neighbour = Browser(facilitator.app), Browser(facilitator.app)
    for _ in range(40):
        guesser.get(f"/j/{facilitator.code}")
        guesser.get("/j", query_string={"code": ""})
    for _ in range(30):
        guesser.get("/j/222222")
        assert guesser.status == 404
    guesser.get("/j/222222")
    assert (guesser.status, "Too many wrong codes" in guesser.page.problem) == (429, True)
    answer = guesser.get("/j", query_string={"code": "222222"}, headers=JSON)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (429, "too_many_codes")
    # A venue is one address: whoever types it right gets in.
    guesser.get(f"/j/{facilitator.code}")
    guesser.presses("Join")
    assert (guesser.status, guesser.path) == (200, f"/w/{facilitator.code}")
    neighbour.get("/j/222222")
    assert neighbour.status == 404


def test_one_browser_can_be_in_several_workshops(organiser: Organiser) -> None:
    one, other = organiser.opens(title="One"), organiser.opens(title="Other")
    browser = Browser(organiser.app)
    for facilitator in (one, other):
        browser.get(f"/j/{facilitator.code}")
        browser.presses("Join")
    for facilitator, title in ((one, "One"), (other, "Other")):
        browser.get(f"/w/{facilitator.code}")
        assert (browser.status, title in browser.page.title) == (200, True)


def test_a_facilitator_can_join_and_remains_one(facilitator: Facilitator) -> None:
    facilitator.get(f"/j/{facilitator.code}")
    facilitator.presses("Join")
    assert facilitator.path == f"/w/{facilitator.code}"
    facilitator.get(f"/w/{facilitator.code}/console")
    assert facilitator.status == 200


def test_a_browser_that_is_in_very_many_workshops_lets_go_of_the_oldest(organiser: Organiser) -> None:
    workshops = [organiser.opens() for _ in range(13)]
    browser = Browser(organiser.app)
    for facilitator in workshops:
        for role in ("facilitator", "board", "results"):
            browser.get(facilitator.links[role])
        browser.get(f"/j/{facilitator.code}")
        browser.presses("Join")
    # Browsers drop a cookie that is longer, and with it every ballot.
    assert len(browser.cookie) < 4000
    for facilitator in workshops[1:]:
        browser.get(f"/w/{facilitator.code}")
        assert browser.path == f"/w/{facilitator.code}"
    browser.get(f"/w/{workshops[0].code}")
    assert browser.path == f"/j/{workshops[0].code}"


# The cookie -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def secure(app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """The same house behind https."""
    settings = app.extensions["eightdots"].settings
    house = create_app(
        Settings(
            data_dir=tmp_path,
            database_url=settings.database_url,
            async_mode="threading",
            secret_key="of the tests",
            public_url="https://dots.example",
        )
    )
    yield house
    house.extensions["eightdots"].store.close()


def test_there_is_one_cookie_and_no_script_or_other_site_gets_it(facilitator: Facilitator) -> None:
    client = facilitator.app.test_client()
    set_cookies = client.get(f"/j/{facilitator.code}").headers.getlist("Set-Cookie")
    assert len(set_cookies) == 1
    name, *attributes = set_cookies[0].split("; ")
    assert name.startswith("eightdots=")
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(attributes)
    assert not any(each.startswith("Domain") for each in attributes)


def test_the_cookie_of_who_joined_outlives_the_browser(ada: Phone) -> None:
    found = ada.http.get_cookie("eightdots")
    assert found is not None
    assert found.expires is not None


def test_the_cookie_is_sent_only_when_it_changes(facilitator: Facilitator, ada: Phone) -> None:
    """An answer that comes late would otherwise undo what was joined or opened meanwhile."""
    for path in (ada.home, f"{ada.home}/state", "/", "/healthz", static_address("img/mark.svg")):
        answer = ada.http.get(path, buffered=True)
        assert (path, answer.status_code, answer.headers.getlist("Set-Cookie")) == (path, 200, [])
    assert Browser(ada.app).http.get("/healthz").headers.getlist("Set-Cookie") == []


def test_over_https_the_cookie_is_bound_to_the_host_and_to_tls(secure: Flask) -> None:
    answer = secure.test_client().get("/", base_url="https://dots.example")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-eightdots=")
    assert "; Secure" in cookie
    assert "; Path=/" in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")


def test_over_https_one_joins_as_anywhere(secure: Flask) -> None:
    class AtHome(Organiser):
        base = "https://dots.example"

    organiser = AtHome(secure)
    organiser.get("/workshops/new/blank")
    organiser.presses("Open the workshop", title="Town centre", prompt="What matters?")
    assert (organiser.status, organiser.path.endswith("/console")) == (200, True)
    code = organiser.path.split("/")[2]
    organiser.get(f"/j/{code}")
    organiser.presses("Join")
    assert (organiser.status, organiser.path) == (200, f"/w/{code}")


def test_the_cookie_is_sent_only_where_it_changes(facilitator: Facilitator) -> None:
    """An answer that comes late with an older cookie would undo a join, and a cache would keep it."""
    phone = Phone(facilitator.app, facilitator.code)
    phone.get(f"/j/{phone.code}")
    phone.presses("Join")
    for path in (phone.home, f"{phone.home}/state", static_address("css/base.css"), f"{phone.home}/join.svg"):
        assert "Set-Cookie" not in phone.get(path).headers, path


def test_the_same_join_sent_twice_makes_one_participant(facilitator: Facilitator) -> None:
    phone = Phone(facilitator.app, facilitator.code)
    phone.get(f"/j/{phone.code}")
    before = phone.http.get_cookie("eightdots")
    assert before is not None
    phone.asks(f"/j/{phone.code}")
    phone.http.set_cookie("eightdots", before.value)
    assert phone.asks(f"/j/{phone.code}").status_code == 200
    assert joined(facilitator) == 1

"""Whatever goes wrong is answered with a sentence: as a page or as JSON, with the same status, and without a secret."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.pages.people import HTML, JSON, Browser, Facilitator, Organiser, Phone
from workshop import create_app
from workshop.settings import Settings
from workshop.store import Store


@pytest.fixture
def broken(tmp_path: Path) -> Iterator[Flask]:
    """A house with a page that fails."""
    house = create_app(
        Settings(
            data_dir=tmp_path,
            database_url=f"sqlite:///{tmp_path}/eightdots.sqlite",
            async_mode="threading",
            secret_key="of the tests",
        )
    )

    @house.route("/broken", methods=["GET", "POST"])
    @house.route("/broken/<secret>")
    def fails(secret: str = "") -> str:
        raise RuntimeError("the password is swordfish")

    yield house
    house.extensions["eightdots"].store.close()


# In which form --------------------------------------------------------------------------------------------------------


def test_an_error_is_a_page_unless_json_is_preferred(app: Flask) -> None:
    for accept, kind in (
        ("text/html", "text/html"),
        (HTML["Accept"], "text/html"),
        ("*/*", "text/html"),
        ("", "text/html"),
        ("image/avif,image/webp,*/*;q=0.8", "text/html"),
        ("application/json", "application/json"),
        ("text/html;q=0.5, application/json", "application/json"),
        ("application/json;q=0.5, text/html", "text/html"),
        ("nonsense", "text/html"),
    ):
        answer = app.test_client().get("/no/such/page", headers={"Accept": accept})
        assert (accept, answer.status_code, answer.mimetype) == (accept, 404, kind)


def test_a_client_that_says_nothing_of_what_it_accepts_gets_a_page(app: Flask) -> None:
    answer = app.test_client().get("/no/such/page")
    assert (answer.status_code, answer.mimetype) == (404, "text/html")


def test_a_page_and_json_say_the_same(facilitator: Facilitator, ada: Phone) -> None:
    stranger = Browser(facilitator.app)
    stranger.get("/")
    for somebody, method, path, status in (
        (stranger, "GET", "/no/such/page", 404),
        (stranger, "GET", f"/w/{facilitator.code}/console", 403),
        (stranger, "GET", "/w/222222/results", 404),
        (stranger, "GET", "/f/unknown", 404),
        (stranger, "GET", "/workshops", 403),
        (stranger, "POST", "/workshops/new", 405),
        (stranger, "POST", "/", 405),
        (ada, "GET", f"{ada.home}/1/dots", 405),
        (ada, "GET", f"{ada.home}/1/responses/1/remove", 405),
        (facilitator, "GET", f"/w/{facilitator.code}/1/results.csv", 409),
        (facilitator, "POST", f"/w/{facilitator.code}/1/responses/9/withdraw", 404),
    ):
        ask = somebody.get if method == "GET" else somebody.post
        told = ask(path, headers=JSON).get_json()
        page = ask(path)
        assert (path, page.status_code, page.mimetype) == (path, status, "text/html")
        assert told["ok"] is False
        assert told["error"]["message"] in somebody.page.text
        assert told["error"]["code"].replace("_", "").isalpha()


def test_a_method_that_an_address_does_not_take_is_named(app: Flask) -> None:
    client = app.test_client()
    assert client.delete("/workshops/new").status_code == 405
    answer = client.put("/healthz", headers=JSON)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (405, "method_not_allowed")
    assert client.options("/healthz").status_code == 200
    assert client.head("/healthz").status_code == 200


# Our own faults -------------------------------------------------------------------------------------------------------


def test_a_fault_of_ours_is_owned_up_to_and_tells_nothing(broken: Flask, caplog: pytest.LogCaptureFixture) -> None:
    browser = Browser(broken)
    browser.get("/broken")
    assert (browser.status, "Something went wrong on our side." in browser.page.text) == (500, True)
    assert "swordfish" not in browser.page.html
    answer = browser.get("/broken", headers=JSON)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (500, "fault")
    assert "swordfish" not in answer.text
    assert "swordfish" in caplog.text


def test_a_secret_link_is_not_written_down_when_it_fails(broken: Flask, caplog: pytest.LogCaptureFixture) -> None:
    assert broken.test_client().get("/broken/XPYWHI3ebjLV").status_code == 500
    assert "A fault of ours" in caplog.text
    assert "XPYWHI3ebjLV" not in caplog.text


def test_what_was_typed_is_shown_when_we_fail(broken: Flask) -> None:
    browser = Browser(broken)
    browser.get("/")
    browser.post("/broken", {"text": "Trees <and> shade", "side": "yes"})
    assert (browser.status, "Trees <and> shade" in browser.page.text) == (500, True)
    browser.post("/broken", {"title": "Town", "title_in_cy": "Canol y dref", "csrf_token": "secret"})
    assert "Title Town Title (Cymraeg) Canol y dref" in " ".join(browser.page.text.split())


def test_a_database_that_is_away_is_a_fault_and_the_next_question_is_answered(app: Flask, organiser: Organiser) -> None:
    facilitator = organiser.opens()
    house = app.extensions["eightdots"]
    assert Browser(app).get("/healthz").get_json() == {"ok": True}
    # Every connection that there is breaks, as when the database is restarted.
    house.store.engine.dispose()
    facilitator.get(f"/w/{facilitator.code}/console")
    assert facilitator.status == 200


def test_the_health_check_says_when_the_database_does_not_answer(broken: Flask, tmp_path: Path) -> None:
    house = broken.extensions["eightdots"]
    assert broken.test_client().get("/healthz").status_code == 200
    away = create_app(
        Settings(data_dir=tmp_path, database_url=f"sqlite:///{tmp_path}/other.sqlite", async_mode="threading")
    )
    away.extensions["eightdots"].store.close()
    (tmp_path / "other.sqlite").unlink()
    (tmp_path / "other.sqlite").mkdir()
    answer = away.test_client().get("/healthz", headers=JSON)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (503, "busy")
    assert house.store.is_well()


def test_when_the_database_is_busy_what_was_typed_is_kept(broken: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    facilitator = Organiser(broken).opens()
    ada = facilitator.phone()
    facilitator.goes_to("gather")
    ada.get(ada.home)
    monkeypatch.setattr("workshop.store.BUSY_SECONDS", 0.1)
    other = Store(broken.extensions["eightdots"].settings.database_url)
    with other.creation() as session:
        session.connection()
        ada.presses("Add response", side="yes", text="Trees")
        assert (ada.status, "Try again." in ada.page.problem) == (503, True)
        assert ada.page.form("Add response").fields["text"] == "Trees"
    ada.presses("Add response")
    assert (ada.status, ada.cards()) == (200, [1])
    other.close()


# Forged posts ---------------------------------------------------------------------------------------------------------


def test_a_post_is_only_taken_from_our_own_pages(facilitator: Facilitator) -> None:
    wanted, phases = f"/w/{facilitator.code}/1/phase", ["draft", "gather"]
    for headers, status in (
        ({"Origin": "http://localhost"}, 303),
        ({"Origin": ""}, 303),
        ({}, 303),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://localhost.evil.example"}, 403),
        ({"Origin": "http://localhost:8080"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "nonsense"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Origin": "http://[::1"}, 403),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "none"}, 303),
        ({"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "nonsense"}, 403),
    ):
        fields = {"csrf_token": facilitator.page.token, "from": phases[0], "to": phases[1]}
        answer = facilitator.http.post(wanted, data=fields, headers=HTML | headers)
        assert (headers, answer.status_code) == (headers, status)
        if status == 303:
            phases.reverse()
        facilitator.get(f"/w/{facilitator.code}/console")
        assert f'data-phase="{phases[0]}"' in facilitator.page.html


def test_another_site_is_told_so_and_gets_nothing_that_it_can_send_again(facilitator: Facilitator) -> None:
    facilitator.post(
        f"/w/{facilitator.code}/1/phase",
        {"from": "draft", "to": "gather"},
        token=None,
        headers={"Origin": "http://evil.example"},
    )
    assert (facilitator.status, "This was sent from another site" in facilitator.page.text) == (403, True)
    assert facilitator.page.forms == []


def test_no_post_is_taken_without_the_token_of_ones_own_page(facilitator: Facilitator, ada: Phone) -> None:
    base = f"/w/{facilitator.code}"
    for path in (
        f"/j/{facilitator.code}",
        "/workshops",
        f"{base}/1/phase",
        f"{base}/1/responses",
        f"{base}/1/responses/1",
        f"{base}/1/responses/1/remove",
        f"{base}/1/responses/1/withdraw",
        f"{base}/1/responses/1/restore",
        f"{base}/1/dots",
        f"{base}/1/dots/back",
        f"{base}/1/finished",
    ):
        for token in (None, "nonsense", ada.page.token):
            answer = facilitator.post(path, {"from": "draft", "to": "gather"}, token=token, headers=JSON)
            assert (path, answer.status_code, answer.get_json()["error"]["code"]) == (path, 400, "expired")


def test_looking_changes_nothing_that_a_link_in_a_page_could_not(facilitator: Facilitator) -> None:
    """Whatever another site makes a browser get, as a picture or a link, leaves the workshop as it was."""
    base = f"/w/{facilitator.code}"
    for path in (f"{base}/1/phase", f"{base}/1/responses/1/withdraw", f"{base}/1/dots", f"{base}/1/finished"):
        assert facilitator.get(path).status_code == 405

"""What the program says of itself is so: each promise of the page on data is held against what the program does."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from email.utils import parsedate_to_datetime
from pathlib import Path
from time import time
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.pages.people import Browser, Facilitator, Organiser, Phone
from workshop import access, create_app
from workshop.actions.returning import MINUTES
from workshop.models import Base
from workshop.results.suppression import FEWEST
from workshop.settings import Settings, assets
from workshop.store import Store

ROOT = Path(__file__).resolve().parents[2]
ABOUT = {"/accessibility": "Accessibility", "/data": "How it treats your data"}

# Every column that there is, and the words of the page on data that speak of it. Those that say nothing of a person,
# but of a workshop's plan or how rows hang together, have none. Whoever adds a column says on the page what it keeps.
PLAN = ""
SCOPE, HISTORY, LINKS = "the scope and its versions", "a history of what was done", "links and the names of links"
TEMPLATES = "agendas that an organiser kept"
KEPT: dict[str, dict[str, str]] = {
    "workshop": dict.fromkeys(
        (
            "id", "code", "title", "language", "title_in", "simulated", "rehearsal_of", "on_exercise", "door",
            "capacity", "asks_names", "lenses", "board_size", "board_theme", "board_languages", "agreed", "version",
            "tally_version", "opened_at",
        ),
        PLAN,
    ),
    "exercise": dict.fromkeys(
        (
            "id", "workshop_id", "number", "place", "removed", "skipped", "kind", "prompt", "prompt_in", "phase",
            "revealed", "checks_first", "locked", "longest", "allowance", "most_per_response", "totals",
            "own_allowed", "response_order", "cut", "cut_share", "run_off_of", "in_the_room", "spotlight",
            "timer_ends", "timer_left", "at_zero",
        ),
        PLAN,
    ),
    "side": dict.fromkeys(
        ("exercise_id", "key", "place", "name", "sign", "prompt", "name_in", "prompt_in", "allowance"), PLAN
    ),
    "theme": dict.fromkeys(("exercise_id", "number", "name", "removed"), "Their plan, notes, themes"),
    "response": {
        "exercise_id": PLAN, "number": PLAN, "side": "Your responses", "text": "Your responses",
        "state": "stays stored", "merged_into": PLAN, "theme": PLAN, "author_id": "which ballot wrote them", "op": PLAN,
    },
    "note": dict.fromkeys(("exercise_id", "response", "text", "saved_at"), "Notes are part of the results"),
    "ballot": {"exercise_id": PLAN, "participant_id": PLAN, "finished": "whether you have finished"},
    "dot": {
        "exercise_id": PLAN, "participant_id": PLAN, "number": "each of your dots",
        "response": "Where each of your dots", "rev": "how often it was moved",
        "op": PLAN, "turn": "the order in which dots were moved",
    },
    "participant": {
        "id": PLAN, "workshop_id": PLAN, "number": "Its number, which you tell",
        "secret_hash": "keeps only a fingerprint", "seed": "a random number that shuffles",
        "kind": "on a phone or on paper", "state": "in the lobby",
        "name": "asks for a name", "lens": "for a group, such as councillor",
    },
    "slip": {
        "id": PLAN, "workshop_id": PLAN, "number": "which slip it came with", "nonce": PLAN, "secret_hash": PLAN,
        "participant_id": "which slip it came with",
    },
    "return_link": {
        "id": PLAN, "workshop_id": PLAN, "participant_id": PLAN, "secret_hash": PLAN,
        "made_at": "when the link for that was made", "used_at": "made and used",
        "former_hash": "the fingerprint of the former secret",
    },
    "link": dict.fromkeys(("id", "workshop_id", "role", "name", "nonce", "secret_hash", "revoked_at"), LINKS),
    "entry": dict.fromkeys(
        ("id", "workshop_id", "at", "role", "name", "what", "exercise", "subject", "changes", "undone_by"), HISTORY
    ),
    "template": dict.fromkeys(("id", "title", "agenda", "kept_at", "removed"), TEMPLATES),
    "scope_item": dict.fromkeys(
        (
            "workshop_id", "number", "exercise", "response", "section", "place", "text", "note", "elsewhere",
            "priority", "components", "core_areas", "evidence", "derived", "removed",
        ),
        SCOPE,
    ),
    "scope_part": dict.fromkeys(("workshop_id", "key", "value"), SCOPE),
    "scope_version": dict.fromkeys(
        ("workshop_id", "number", "label", "content", "grounds", "saved_at", "role", "name", "removed"), SCOPE
    ),
}  # fmt: skip

# Every script that keeps something in the browser, and the words of the page that speak of it.
KEPT_IN_BROWSER = {
    "kept.js": "dots that the server has not answered for yet",
    "left_behind.js": "dots that the server has not answered for yet",
    "draft.js": "What you typed and did not send",
    "language.js": "What you typed and did not send",
    "forms.js": "What you typed and did not send",
    "notes.js": "notes of facilitators included",
    "view.js": "A board remembers what it showed",
    "keys.js": "whether its letter keys are on",
    "start.js": "A page that came in part counts how often it asked again.",
}

# What tests there are for what the statement says was tested.
TESTED = {
    "by the checker axe": ("browser/axe.py", '"wcag22aa"'),
    "in light and in dark colours": ("browser/views.py", '"color_scheme": "dark"'),
    "with a keyboard alone": ("browser/test_keyboard.py", "def test_from_joining_to_finishing"),
    "without JavaScript": ("browser/test_without_javascript.py", "browsers that run no scripts"),
    "a connection that is bad or was cut": ("browser/test_connection.py", "def test_"),
    "320 pixels wide": ("browser/views.py", '"width": 320'),
    "text spaced as widely": ("browser/eyes.js", "letter-spacing: 0.12em"),
    "what a browser tells a screen reader": ("browser/test_results.py", "to_match_aria_snapshot"),
}


def words_of(app: Flask, path: str) -> str:
    stranger = Browser(app)
    assert stranger.get(path).status_code == 200
    return stranger.page.text


def everything_in(app: Flask) -> str:
    """Every value in the database, as text."""
    store: Store = app.extensions["eightdots"].store
    with store.reading() as session:
        return "\n".join(
            repr(tuple(row)) for table in Base.metadata.sorted_tables for row in session.execute(select(table))
        )


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Callable[[str | None, str | None], Flask]]:
    """Makes a server of which people can ask somebody, under a public address."""
    houses: list[Flask] = []

    def make(contact: str | None, public_url: str | None = None) -> Flask:
        folder = tmp_path / str(len(houses))
        url = f"sqlite:///{folder}/eightdots.sqlite"
        settings = Settings(
            data_dir=folder, database_url=url, async_mode="threading", secret_key="of the tests", contact=contact,
            public_url=public_url,
        )  # fmt: skip
        houses.append(create_app(settings))
        return houses[-1]

    yield make
    for house in houses:
        house.extensions["eightdots"].store.close()


# The way there --------------------------------------------------------------------------------------------------------


def test_every_page_but_the_board_leads_to_both(organiser: Organiser, facilitator: Facilitator, ada: Phone) -> None:
    base = f"/w/{facilitator.code}"
    stranger = Browser(facilitator.app)
    for somebody, path in (
        (stranger, "/"), (stranger, f"/j/{facilitator.code}"), (stranger, "/nowhere"), (stranger, "/accessibility"),
        (ada, base), (facilitator, f"{base}/console"), (facilitator, f"{base}/people"),
        (facilitator, f"{base}/results"), (facilitator, f"{base}/scope"), (organiser, "/workshops/new"),
    ):  # fmt: skip
        somebody.get(path)
        assert {there: words for there, words in somebody.page.links.items() if there in ABOUT} == ABOUT, path
    facilitator.get(f"{base}/board")
    assert ABOUT.keys().isdisjoint(facilitator.page.links)


def test_whoever_opens_them_joins_nothing_and_needs_nothing(app: Flask) -> None:
    for path, heading in (("/accessibility", "Accessibility statement"), ("/data", "How it treats your data")):
        stranger = Browser(app)
        stranger.get(path)
        assert stranger.page.title == f"{heading} – Eight Dots"
        assert set(held_by(stranger)) == {"csrf_token"}


# Whom to ask ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("dots+help@example.org", "mailto:dots+help@example.org"),
        ("https://example.org/help?about=dots", "https://example.org/help?about=dots"),
        ("o'neil&co@example.org", "mailto:o%27neil%26co@example.org"),
    ],
)
def test_whom_to_ask_is_on_both_pages_and_where_something_went_wrong(
    asked: Callable[..., Flask], contact: str, address: str
) -> None:
    stranger = Browser(asked(contact))
    for path in ("/accessibility", "/data", "/nowhere", "/w/222222/console"):
        stranger.get(path)
        assert stranger.page.links.get(address) == contact, path
    stranger.post("/j/222222", token="of yesterday")
    assert "Send it again" in stranger.page.text
    assert stranger.page.links.get(address) == contact


def test_where_nobody_is_named_people_are_told_whom_they_can_ask(app: Flask) -> None:
    stranger = Browser(app)
    for path in ("/accessibility", "/data", "/nowhere"):
        stranger.get(path)
        assert "the facilitator or whoever runs this server" in stranger.page.text
        assert not [there for there in stranger.page.links if there.startswith("mailto:")]


# The statement --------------------------------------------------------------------------------------------------------


def test_the_statement_has_the_parts_that_the_regulations_ask_for(app: Flask) -> None:
    stranger = Browser(app)
    stranger.get("/accessibility")
    assert re.findall(r"<h2>([^<]+)</h2>", stranger.page.html) == [
        "How accessible it is",
        "What is not accessible",
        "How it was tested",
        "Preparation of this statement",
        "Reporting problems and asking for another form",
        "Enforcement procedure",
    ]
    assert "https://www.equalityadvisoryservice.com/" in stranger.page.links
    assert re.search(r"prepared on \d+ \w+ 20\d\d by", stranger.page.text)


def test_the_statement_claims_no_compliance_and_says_what_was_not_tested(app: Flask) -> None:
    words = words_of(app, "/accessibility")
    assert "It does not say that whoever runs this server complies with any law" in words
    assert not re.search(r"(fully|partially) (compliant|accessible)|conforms to WCAG", words)
    for missing in ("with a real screen reader", "voice control", "a switch", "by disabled people", "Firefox, Safari"):
        assert missing in words.partition("was not tested:")[2], missing


@pytest.mark.parametrize("claim", TESTED)
def test_what_the_statement_says_is_tested_is_tested(app: Flask, claim: str) -> None:
    path, does = TESTED[claim]
    assert claim in words_of(app, "/accessibility").partition("How it was tested")[2]
    assert does in (ROOT / "tests" / path).read_text()


# What the server keeps ------------------------------------------------------------------------------------------------


def test_the_page_speaks_of_every_column_that_there_is(app: Flask) -> None:
    there = {table.name: set(table.columns.keys()) for table in Base.metadata.sorted_tables}
    assert there == {table: set(columns) for table, columns in KEPT.items()}
    page = words_of(app, "/data")
    missing = {words for columns in KEPT.values() for words in columns.values() if words not in page}
    assert not missing, f"not said on the page: {missing}"


def test_no_response_and_no_dot_has_a_time() -> None:
    for table in ("response", "dot", "ballot", "participant"):
        kinds = {column.name: str(column.type) for column in Base.metadata.tables[table].columns}
        assert not [name for name, kind in kinds.items() if name.endswith("_at") or "DATE" in kind or "TIME" in kind]


def test_no_address_no_browser_and_no_secret_is_stored_or_logged(
    facilitator: Facilitator, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    facilitator.goes_to("gather")
    ada = facilitator.phone()
    ada.http.environ_base |= {"REMOTE_ADDR": "203.0.113.77", "HTTP_USER_AGENT": "Museum Piece 4.2"}
    ada.writes("Benches")
    ada.get("/j/222222")
    ada.get("/nowhere")
    ada.asks(f"/w/{ada.code}/1/responses", {"text": ""})
    facilitator.goes_to("vote")
    ada.moves(ada.move(1, 0, 1))
    stored = everything_in(facilitator.app)
    assert "Benches" in stored
    for word in ("203.0.113.77", "Museum Piece", held_by(ada)["held"][0][1]["participant"]):
        assert word not in stored
        assert word not in caplog.text


def test_of_what_is_edited_the_old_words_go_and_what_is_removed_stays_for_the_facilitator(
    facilitator: Facilitator, ada: Phone, ben: Phone
) -> None:
    facilitator.goes_to("gather")
    edited, removed = ada.writes("First wording"), ada.writes("Second thoughts")
    ada.asks(f"{ada.home}/1/responses/{edited}", {"side": "yes", "text": "Other wording"})
    ada.asks(f"{ada.home}/1/responses/{removed}/remove")
    stored = everything_in(facilitator.app)
    assert "First wording" not in stored
    assert "Second thoughts" in stored
    for phone in (ada, ben):
        phone.get(phone.home)
        assert "Second thoughts" not in phone.page.text
    facilitator.get(f"/w/{facilitator.code}/console")
    assert "Second thoughts" in facilitator.page.text


def test_a_name_that_is_not_asked_for_any_more_is_hidden_and_stays(facilitator: Facilitator) -> None:
    people = f"/w/{facilitator.code}/people"
    facilitator.asks(f"{people}/names", {"names": "yes"})
    ada = facilitator.phone()
    ada.asks(f"{ada.home}/name", {"name": "Ada Lovelace of Ockham"})
    facilitator.get(people)
    assert "Ada Lovelace of Ockham" in facilitator.page.text
    facilitator.asks(f"{people}/names", {"names": "no"})
    facilitator.get(people)
    assert "Ada Lovelace of Ockham" not in facilitator.page.text
    assert "Ada Lovelace of Ockham" in everything_in(facilitator.app)


# What the browser keeps -----------------------------------------------------------------------------------------------


def held_by(browser: Browser) -> dict[str, Any]:
    """What is in somebody's cookie."""
    serializer: Any = browser.app.session_interface.get_signing_serializer(browser.app)  # type: ignore[attr-defined]
    found: dict[str, Any] = serializer.loads(browser.cookie.partition("=")[2])
    return found


def cookies_of(answer: Any) -> list[str]:
    found: list[str] = answer.headers.getlist("Set-Cookie")
    return found


def test_there_is_one_cookie_it_holds_what_is_said_and_ends_when_it_is_said_to(
    organiser: Organiser, facilitator: Facilitator
) -> None:
    phone = Phone(facilitator.app, facilitator.code)
    (first,) = cookies_of(Browser(facilitator.app).http.get("/"))
    assert first.startswith("eightdots=")
    assert "Expires" not in first
    assert "Domain" not in first
    (joined,) = cookies_of(
        phone.http.post(
            f"/j/{phone.code}",
            data={"csrf_token": phone.page.token},
            base_url=phone.base,
            headers={"Origin": phone.base},
        )
    )
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(joined.split("; "))
    ends = re.search(r"Expires=([^;]+)", joined)
    assert ends
    assert parsedate_to_datetime(ends[1]).timestamp() == pytest.approx(time() + 60 * 24 * 3600, abs=600)
    assert set(held_by(phone)) == {"_permanent", "csrf_token", "held"}
    ((code, secrets),) = held_by(phone)["held"]
    assert (code, set(secrets)) == (phone.code, {"participant"})
    phone.get("/language/cy")
    assert set(held_by(phone)) == {"_permanent", "csrf_token", "held", "language"}
    assert set(held_by(organiser)) == {"_permanent", "csrf_token", "held", "organiser"}


def test_the_page_names_the_numbers_that_the_program_goes_by(app: Flask) -> None:
    page = words_of(app, "/data")
    assert f"{access.COOKIE_DAYS} days after it last changed" in page
    assert f"room for {access.MOST_WORKSHOPS} workshops" in page
    assert f"good for {MINUTES} minutes" in page
    assert "no group of fewer than five" in page
    assert FEWEST == 5


def test_the_page_says_whether_what_is_sent_is_encrypted(app: Flask, asked: Callable[..., Flask]) -> None:
    assert "not set up for encrypted connections" in words_of(app, "/data")
    safe = asked(None, "https://dots.example.org")
    page = words_of(safe, "/data")
    assert "Pages and cookie are sent encrypted." in page
    assert "__Host-eightdots" in page
    (cookie,) = cookies_of(safe.test_client().get("/data", base_url="https://dots.example.org"))
    assert cookie.startswith("__Host-eightdots=")
    assert "Secure" in cookie.split("; ")


def test_the_page_speaks_of_every_script_that_keeps_something(app: Flask) -> None:
    storage = re.compile(r"localStorage|sessionStorage|indexedDB|caches\.|document\.cookie|cookieStore")
    scripts = (assets() / "static" / "js").glob("*.js")
    assert {path.name for path in scripts if storage.search(path.read_text())} == set(KEPT_IN_BROWSER)
    page = words_of(app, "/data")
    assert not [words for words in KEPT_IN_BROWSER.values() if words not in page]


# What is not kept -----------------------------------------------------------------------------------------------------


def test_pages_load_nothing_from_elsewhere_and_forbid_what_is_said(app: Flask) -> None:
    answer = app.test_client().get("/data")
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    ours = {"'none'", "'self'", "data:", "ws://localhost", "wss://localhost"}
    assert {source for sources in policy.values() for source in sources.split()} <= ours
    for power in ("camera", "microphone", "geolocation"):
        assert f"{power}=()" in answer.headers["Permissions-Policy"]


def test_nothing_in_a_page_a_sheet_or_a_script_leads_elsewhere_but_links_that_people_follow() -> None:
    here = assets()
    files = [*here.glob("templates/**/*.html"), *here.glob("static/css/*.css"), *here.glob("static/js/*.js")]
    assert len(files) > 100
    elsewhere = {
        (path.name, found)
        for path in files
        for found in re.findall(r"(?:https?:)?//[\w-]+(?:\.[\w-]+)+", path.read_text())
    }
    assert elsewhere == {
        ("accessibility.html", "https://www.equalityadvisoryservice.com"),
        ("accessibility.html", "https://www.equalityni.org"),
    }


# How it is deleted ----------------------------------------------------------------------------------------------------


def test_nothing_is_deleted_by_itself_and_the_page_says_so(app: Flask) -> None:
    """Once something is, this fails, and the page has to say when."""
    deletes = re.compile(r"\bdelete\((?!code)|DELETE FROM")
    package = ROOT / "workshop"
    found = {str(path.relative_to(package)) for path in package.rglob("*.py") if deletes.search(path.read_text())}
    assert found - {"documents/docx_parts.py"} == {"actions/deleting.py"}
    callers = {
        str(path.relative_to(package))
        for path in package.rglob("*.py")
        if "delete_workshop(" in path.read_text() and path.name != "deleting.py"
    }
    assert callers == set()
    assert "There is no automatic deletion yet." in words_of(app, "/data")


def test_deleting_a_workshop_leaves_nothing_of_it_but_templates(organiser: Organiser) -> None:
    facilitator = organiser.opens(title="The workshop to be deleted", prompt="What is to be forgotten?")
    base = f"/w/{facilitator.code}"
    facilitator.asks(f"{base}/people/names", {"names": "yes"})
    facilitator.goes_to("gather")
    ada = facilitator.phone()
    ada.asks(f"{ada.home}/name", {"name": "Ada of the deleted"})
    ada.writes("A response to be deleted")
    facilitator.asks(f"{base}/template", {"title": "An agenda that stays"})
    facilitator.asks(f"{base}/delete", {"title": "The workshop to be deleted"})
    stored = everything_in(facilitator.app)
    for gone in ("The workshop to be deleted", "A response to be deleted", "Ada of the deleted"):
        assert gone not in stored
    assert "An agenda that stays" in stored
    ada.get(ada.home)
    assert ada.status == 404


def test_the_page_says_how_this_database_deletes(app: Flask) -> None:
    store: Store = app.extensions["eightdots"].store
    page = words_of(app, "/data")
    assert ("In the database's file it is overwritten." in page) == store.on_sqlite
    assert ("clears its place in its files some time later" in page) != store.on_sqlite
    if store.on_sqlite:
        with closing(store.writer.raw_connection()) as connection:
            assert connection.cursor().execute("PRAGMA secure_delete").fetchone() == (1,)

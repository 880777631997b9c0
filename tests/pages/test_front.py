"""What is around every page: headers, static files, and pages that keep to their own policy."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

from flask import Flask
from werkzeug.test import TestResponse

from tests.cast import ALL_PHASES
from tests.pages.people import JSON, Browser, Facilitator, Organiser, Phone
from workshop.pages.front import static_address


def has_headers(answer: TestResponse) -> bool:
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert "'unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] in ("same-origin", "strict-origin")
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    return True


def test_every_kind_of_answer_has_the_headers_and_only_files_are_kept(facilitator: Facilitator, ada: Phone) -> None:
    stranger = Browser(facilitator.app)
    base = f"/w/{facilitator.code}"
    for somebody, method, path, status in (
        (stranger, "GET", "/", 200),
        (stranger, "GET", "/healthz", 200),
        (stranger, "GET", base, 302),
        (stranger, "GET", facilitator.links["board"], 303),
        (stranger, "GET", f"{base}/console", 403),
        (stranger, "GET", "/no/such/page", 404),
        (stranger, "GET", "/workshops/new", 403),
        (stranger, "DELETE", "/", 405),
        (stranger, "POST", f"{base}/1/dots", 400),
        (ada, "GET", base, 200),
        (ada, "GET", f"{base}/state", 200),
        (ada, "GET", f"{base}/join.svg", 200),
        (facilitator, "GET", f"{base}/console", 200),
        (facilitator, "GET", f"{base}/board", 200),
        (facilitator, "GET", f"{base}/results", 200),
        (facilitator, "GET", f"{base}/1/results.csv", 409),
    ):
        for headers in ({}, JSON):
            answer = somebody.http.open(path, method=method, headers=headers, buffered=True)
            assert (path, answer.status_code) == (path, status)
            assert has_headers(answer)
            assert (path, answer.headers["Cache-Control"]) == (path, "no-store")
    answer = stranger.http.get(static_address("img/mark.svg"), buffered=True)
    assert has_headers(answer)


def test_a_secret_link_leads_away_from_itself_and_is_not_kept(facilitator: Facilitator) -> None:
    for role in ("facilitator", "board", "results"):
        answer = facilitator.app.test_client().get(facilitator.links[role])
        secret = facilitator.links[role].rpartition("/")[2]
        assert (answer.status_code, answer.headers["Cache-Control"]) == (303, "no-store")
        assert secret not in answer.location
        assert secret not in answer.text


def test_without_https_browsers_are_not_told_to_insist_on_it(app: Flask) -> None:
    assert "Strict-Transport-Security" not in app.test_client().get("/").headers


# Pages ----------------------------------------------------------------------------------------------------------------


class Tags(HTMLParser):
    """Everything on a page that a policy, a reader of screens or a script by id would trip over."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.ids: Counter[str] = Counter()
        self.referred: set[str] = set()
        self.feed(html)
        self.wrong += [f"two elements with the id {name}" for name, count in self.ids.items() if count > 1]
        self.wrong += [f"nothing has the id {name}" for name in self.referred - self.ids.keys()]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if len(found) < len(attrs):
            self.wrong.append(f"an attribute twice in <{tag}>: {attrs}")
        if tag == "style" or "style" in found or any(name.startswith("on") for name in found):
            self.wrong.append(f"something inline in <{tag}>: {attrs}")
        if tag == "script" and "src" not in found and found.get("type") != "application/json":
            self.wrong.append("an inline script")
        for name in ("src", "href", "action"):
            there = found.get(name) or ""
            if (tag != "a" and not there.startswith(("/", "#", "?", ""))) or there.startswith(
                ("//", "javascript:", "data:")
            ):
                self.wrong.append(f"{tag} leads to {there}")
            if name == "src" and there and not there.startswith(("/static/", "/w/")):
                self.wrong.append(f"{tag} is from {there}")
        if tag == "img" and "alt" not in found:
            self.wrong.append(f"a picture without words: {attrs}")
        if "id" in found:
            self.ids[found["id"] or ""] += 1
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            self.referred |= set((found.get(name) or "").split())


def test_every_page_in_every_phase_keeps_to_the_policy(organiser: Organiser) -> None:
    facilitator = organiser.opens(prompts="two", yes_prompt="What should?", no_prompt="What not?", totals="live")
    ada = facilitator.phone()
    results = f"/w/{facilitator.code}/results"
    pages: list[tuple[Browser, str]] = [
        (ada, ada.home),
        (facilitator, f"/w/{facilitator.code}/console"),
        (facilitator, f"/w/{facilitator.code}/board"),
        (facilitator, results),
        (facilitator, f"{results}?before_reveal=yes"),
    ]
    for phase in ALL_PHASES:
        facilitator.goes_to(phase)
        if phase == "gather":
            for text in ("Free park and ride", 'A "night" market & <more>', "Benches"):
                ada.writes(text)
            facilitator.withdraws(3)
            pages.append((ada, f"{ada.home}/1/responses/1"))
        if phase == "vote":
            pages.pop()
            ada.moves(ada.move(1, 0, 1), ada.move(2, 0, 2))
        for somebody, path in pages:
            assert (phase, path, somebody.get(path).status_code, Tags(somebody.page.html).wrong) == (
                phase,
                path,
                200,
                [],
            )


def test_the_other_pages_keep_to_the_policy(organiser: Organiser, facilitator: Facilitator) -> None:
    stranger = Browser(organiser.app)
    for somebody, path in (
        (stranger, "/"),
        (stranger, f"/j/{facilitator.code}"),
        (stranger, "/j/222222"),
        (stranger, "/no/such/page"),
        (organiser, "/workshops"),
        (organiser, "/workshops/new"),
        (organiser, "/workshops/new/blank"),
        (organiser, "/workshops/new/backlog"),
        (organiser, "/workshops/file"),
        (organiser, f"/w/{facilitator.code}/delete"),
    ):
        somebody.get(path)
        assert (path, Tags(somebody.page.html).wrong) == (path, [])
        assert somebody.page.language == "en"
        assert somebody.page.title.endswith("Eight Dots")
    organiser.post("/workshops", {"title": ""}, token="old")
    assert Tags(organiser.page.html).wrong == []
    organiser.post("/workshops", {"title": ""})
    assert Tags(organiser.page.html).wrong == []

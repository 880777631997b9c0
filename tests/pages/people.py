"""Everybody who comes by HTTP: browsers without JavaScript, which follow links and send the forms they were shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.test import TestResponse

from tests.cast import ALL_PHASES
from workshop.actions.hosting import organiser_secret

JSON = {"Accept": "application/json"}
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
EMPTY = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)

# Each browser comes from an address of its own, so that one's wrong codes are not another's.
_addresses = count(1)


@dataclass
class Form:
    """A form that can be seen, and what it holds before anybody types."""

    method: str
    action: str
    fields: dict[str, Any] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[str] = field(default_factory=list)
    meant: list[dict[str, str]] = field(default_factory=list)
    """What each button says of itself: its name and value, and where it sends the form if not where the others do."""

    def pressing(self, button: str) -> dict[str, str]:
        return next(said for words, said in zip(self.buttons, self.meant, strict=True) if button in words)


class Page(HTMLParser):
    """A page as somebody without JavaScript has it: what is hidden, or kept for scripts, is not there."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.text = ""
        self.title = ""
        self.problem = ""
        self.token = ""
        self.language = ""
        self.forms: list[Form] = []
        self.links: dict[str, str] = {}
        self.ids: list[str] = []
        self._open: list[tuple[str, dict[str, str]]] = []
        self._typing: tuple[Form, str] | None = None
        self._choosing: tuple[Form, str] | None = None
        self._named: dict[str, Form] = {}
        self.feed(html)
        self.text = " ".join(self.text.split())
        self.problem = " ".join(self.problem.split())
        for form in self.forms:
            form.buttons = [" ".join(words.split()) for words in form.buttons]

    @property
    def _is_hidden(self) -> bool:
        return any(
            tag in ("template", "script", "style", "head")
            or "hidden" in found
            or (tag == "dialog" and "open" not in found)
            for tag, found in self._open
        )

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = found.get("lang", "")
        if tag == "meta" and found.get("name") == "csrf-token":
            self.token = found["content"]
        if tag not in EMPTY:
            self._open.append((tag, found))
        if "id" in found and not any(tag == "template" for tag, _ in self._open):
            self.ids.append(found["id"])
        if self._is_hidden or "hidden" in found:
            return
        if tag == "form":
            self.forms.append(Form(found.get("method", "get"), found.get("action", "")))
            self._named[found.get("id", "")] = self.forms[-1]
        if tag == "a" and "href" in found:
            self.links[found["href"]] = ""
        if tag in ("input", "button") and "form" in found:
            if found["form"] in self._named:
                self._add_to_form(self._named[found["form"]], tag, found)
        elif self._within("form"):
            self._add_to_form(self.forms[-1], tag, found)

    def _add_to_form(self, form: Form, tag: str, found: dict[str, str]) -> None:
        name = found.get("name", "")
        if tag == "button":
            form.buttons.append("")
            form.meant.append(found)
        elif tag == "select":
            self._choosing = (form, name)
        elif tag == "option" and self._choosing:
            form, name = self._choosing
            form.choices.setdefault(name, []).append(found["value"])
            if "selected" in found or name not in form.fields:
                form.fields[name] = found["value"]
        elif tag == "textarea":
            self._typing = (form, name)
            form.fields[name] = ""
        elif tag == "input" and found.get("type") in ("radio", "checkbox"):
            form.choices.setdefault(name, []).append(found["value"])
            if "checked" in found:
                form.fields[name] = found["value"]
        elif tag == "input" and name in form.fields:
            # The same name again: both are sent.
            form.fields[name] = [*_list(form.fields[name]), found.get("value", "")]
        elif tag == "input" and name:
            form.fields[name] = found.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._typing = None
        if tag == "select":
            self._choosing = None
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        if self._within("title") and self._within("head"):
            self.title += data
        if self._is_hidden:
            return
        if self._typing:
            form, name = self._typing
            form.fields[name] += data
            return
        self.text += f"{data} "
        if any(found.get("id") == "problem" for _, found in self._open):
            self.problem += data
        if self._within("button") and self._within("form"):
            self.forms[-1].buttons[-1] += data
        links = [found["href"] for tag, found in self._open if tag == "a" and "href" in found]
        if links:
            self.links[links[-1]] += data

    def _within(self, wanted: str) -> bool:
        return any(tag == wanted for tag, _ in self._open)

    def form(self, button: str) -> Form:
        """The one form with a button of these words."""
        found = [form for form in self.forms if any(button in words for words in form.buttons)]
        assert len(found) == 1, f"{len(found)} forms with a button “{button}” among {[f.buttons for f in self.forms]}"
        return found[0]


def _list(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


class Browser:
    """A browser: a cookie, the page it shows, and how that was answered."""

    base = "http://localhost"

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.http = app.test_client()
        number = next(_addresses)
        self.http.environ_base["REMOTE_ADDR"] = f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
        self.shown = ""
        self._page = Page("")
        self.status = 0
        self.path = ""
        self._says_where_from = True

    def get(self, path: str, **options: Any) -> TestResponse:
        """Go to a page, and on to where it leads."""
        return self._ask("GET", path, **options)

    def presses(self, button: str, **typed: str | list[str]) -> TestResponse:
        """Press a button, with what was typed and chosen in its form, and go to where that leads."""
        form = self.page.form(button)
        assert set(typed) <= {*form.fields, *form.choices}, f"There is no field {set(typed)} in {form}"
        for name, value in typed.items():
            there = form.choices.get(name, _list(value))
            assert set(_list(value)) <= set(there), f"There is no choice “{value}” in {form}"
        said = form.pressing(button)
        own = {said["name"]: said.get("value", "")} if "name" in said else {}
        if form.method == "get":
            return self.get(form.action, query_string=form.fields | typed | own)
        return self.post(said.get("formaction", form.action), form.fields | typed | own, token=None)

    def post(
        self, path: str, fields: dict[str, Any] | None = None, token: str | None = "", **options: Any
    ) -> TestResponse:
        """Post a form; with the token of the page that is shown unless another is given, or None for none."""
        own = {} if token is None else {"csrf_token": token or self.page.token}
        return self._ask("POST", path, data=own | (fields or {}), **options)

    def asks(self, path: str, fields: dict[str, Any] | None = None) -> TestResponse:
        """Post a form and be answered in JSON."""
        return self.post(path, fields, headers=JSON)

    def asks_json(self, path: str, data: Any) -> TestResponse:
        """Post JSON and be answered in JSON."""
        return self._ask("POST", path, json=data, headers=JSON | {"X-CSRFToken": self.page.token})

    def asks_in_parts(self, path: str, fields: dict[str, Any]) -> TestResponse:
        """Post a form as one with files is posted."""
        sent = fields | {"csrf_token": self.page.token}
        return self._ask("POST", path, data=sent, content_type="multipart/form-data", headers=JSON)

    def sends(self, path: str, body: bytes, content_type: str) -> TestResponse:
        """Post whatever it is, and be answered in JSON."""
        return self._ask(
            "POST", path, data=body, content_type=content_type, headers=JSON | {"X-CSRFToken": self.page.token}
        )

    def _ask(self, method: str, path: str, *, headers: dict[str, str] | None = None, **options: Any) -> TestResponse:
        sent = HTML | (headers or {})
        if method == "POST" and "Origin" not in sent:
            # The Fetch standard has it so: a page that does not say where it leads from says “null” when it posts.
            sent["Origin"] = self.base if self._says_where_from else "null"
        answer = self.http.open(path, method=method, base_url=self.base, headers=sent, buffered=True, **options)
        if answer.status_code in (301, 302, 303, 307, 308):
            there = urlsplit(answer.location)
            assert not there.netloc or answer.location.startswith(self.base), answer.location
            return self._ask("GET", there.path + (f"?{there.query}" if there.query else ""))
        self.status = answer.status_code
        self.path = path
        if answer.mimetype == "text/html":
            self.shown = answer.text
            self._says_where_from = answer.headers.get("Referrer-Policy") != "no-referrer"
        return answer

    @property
    def page(self) -> Page:
        """The page that is shown. Read when somebody looks: most pages are only gone through."""
        if self._page.html != self.shown:
            self._page = Page(self.shown)
        return self._page

    @property
    def cookie(self) -> str:
        found = self.http.get_cookie(str(self.app.config["SESSION_COOKIE_NAME"]))
        return f"{found.key}={found.value}" if found else ""

    def forgets(self) -> None:
        """Lose the cookie, as when somebody clears their browser."""
        self.http.delete_cookie(str(self.app.config["SESSION_COOKIE_NAME"]))


class Organiser(Browser):
    """Opens workshops."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        # Not on to the list, which has every workshop of every test by now.
        self.http.get(self.link, base_url=self.base)
        self.get("/workshops/new/blank")

    @property
    def link(self) -> str:
        return f"/o/{organiser_secret(self.app.config['SECRET_KEY'])}"

    def opens(self, **fields: str) -> Facilitator:
        answer = self.asks("/workshops", {"title": "Town centre", "prompt": "What matters?", **fields})
        assert answer.status_code == 201, answer.text
        return Facilitator(self.app, answer.json)


class Facilitator(Browser):
    """Runs one workshop."""

    def __init__(self, app: Flask, opened: Any) -> None:
        super().__init__(app)
        self.code: str = opened["code"]
        self.links: dict[str, str] = {role: urlsplit(link).path for role, link in opened["links"].items()}
        self.phase = "draft"
        self.get(self.links["facilitator"])

    def goes_to(self, phase: str) -> None:
        while self.phase != phase:
            here = ALL_PHASES.index(self.phase)
            there = ALL_PHASES[here + (1 if here < ALL_PHASES.index(phase) else -1)]
            answer = self.asks(f"/w/{self.code}/1/phase", {"from": self.phase, "to": there})
            assert answer.status_code == 200, answer.text
            self.phase = there

    def withdraws(self, response: int) -> None:
        assert self.asks(f"/w/{self.code}/1/responses/{response}/withdraw").status_code == 200

    def phone(self) -> Phone:
        phone = Phone(self.app, self.code)
        phone.presses("Join")
        assert (phone.status, phone.path) == (200, phone.home), phone.page.text
        return phone


class Phone(Browser):
    """A participant, or somebody who is about to be one."""

    _ops = count(1)

    def __init__(self, app: Flask, code: str) -> None:
        super().__init__(app)
        self.code = code
        self.get(f"/j/{code}")

    @property
    def home(self) -> str:
        return f"/w/{self.code}"

    def writes(self, text: str, side: str = "yes") -> int:
        answer = self.asks(f"{self.home}/1/responses", {"side": side, "text": text, "op": self.op()})
        assert answer.status_code == 201, answer.text
        return int(answer.get_json()["number"])

    def op(self) -> str:
        return f"h{next(self._ops)}"

    def move(self, dot: int, replaces: int, response: int | None) -> dict[str, Any]:
        return {"dot": dot, "replaces": replaces, "response": response, "op": self.op()}

    def moves(self, *moves: dict[str, Any]) -> TestResponse:
        return self.asks_json(f"{self.home}/1/dots", {"moves": list(moves)})

    def state(self, version: int | None = None) -> Any:
        query = {} if version is None else {"version": version}
        return self.http.get(f"{self.home}/state", base_url=self.base, query_string=query, headers=JSON).json

    def slots(self) -> list[list[int | None]]:
        slots: list[list[int | None]] = self.state()["ballot"]["dots"]
        return slots

    def cards(self) -> list[int]:
        """The numbers of the responses on the page, in order."""
        return [int(number) for number in re.findall(r'<li id="r(\d+)"', self.get(self.home).text)]

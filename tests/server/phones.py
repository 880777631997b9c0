"""Clients of the real server, written from docs/protocol.md: browsers without JavaScript, and their sockets."""

from __future__ import annotations

import csv
import io
import re
from itertools import count
from typing import Any

import requests

from tests.server.sockets import PATIENCE, LongPolling, Socket, WebSocket, keep

JSON = {"Accept": "application/json"}

Slots = list[tuple[int | None, int]]


class Browser:
    """A browser: a cookie, the last page, and its token."""

    code = ""

    def __init__(self, base: str) -> None:
        self.base = base
        self.http = requests.Session()
        keep(self.http)
        self.page = ""
        self.token = ""

    def get(self, path: str, **options: Any) -> requests.Response:
        return self._kept(self.http.get(self.base + path, timeout=PATIENCE, **options))

    def post(self, path: str, fields: dict[str, Any] | None = None, **options: Any) -> requests.Response:
        # A form has an empty field where JSON has null.
        data = {"csrf_token": self.token} | {
            name: "" if value is None else value for name, value in (fields or {}).items()
        }
        return self._kept(self.http.post(self.base + path, data=data, timeout=PATIENCE, **options))

    def ask(self, path: str, fields: dict[str, Any] | None = None) -> Any:
        """Post and be answered in JSON."""
        return self.post(path, fields, headers=JSON).json()

    def ask_json(self, path: str, data: Any) -> requests.Response:
        headers = {**JSON, "X-CSRFToken": self.token}
        return self.http.post(self.base + path, json=data, headers=headers, timeout=PATIENCE)

    def _kept(self, answer: requests.Response) -> requests.Response:
        if "text/html" in answer.headers.get("Content-Type", ""):
            self.page = answer.text
            found = re.search(r'name="csrf-token" content="([^"]+)"', self.page)
            if found:
                self.token = found.group(1)
        return answer

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())

    def socket(self, code: str = "", audience: str = "participant", version: int | None = None) -> Socket:
        auth = {"code": code or self.code, "audience": audience, "version": version}
        return Socket(WebSocket(self.base, self.cookie), auth)

    def polls(self, audience: str = "participant", version: int | None = None) -> Socket:
        """A socket without websocket."""
        auth = {"code": self.code, "audience": audience, "version": version}
        return Socket(LongPolling(self.base, self.cookie), auth)


class Organiser(Browser):
    """Opens workshops."""

    def __init__(self, base: str, organiser_path: str) -> None:
        super().__init__(base)
        self.get(organiser_path)

    def opens(self, **fields: Any) -> Facilitator:
        self.get("/workshops/new")
        opened = self.ask("/workshops", {"title": "Town centre", "prompt": "What matters?", **fields})
        assert opened["ok"], opened
        return Facilitator(self.base, opened)


class Facilitator(Browser):
    """Runs one workshop."""

    PHASES = ("draft", "gather", "vote", "reveal", "discuss", "closed")

    def __init__(self, base: str, opened: dict[str, Any]) -> None:
        super().__init__(base)
        self.code: str = opened["code"]
        self.links: dict[str, str] = opened["links"]
        self.phase = "draft"
        self.get(self.path("facilitator"))

    def path(self, role: str) -> str:
        """The path of a link."""
        return "/" + self.links[role].split("/", 3)[3]

    def goes_to(self, phase: str) -> None:
        while self.phase != phase:
            here = self.PHASES.index(self.phase)
            there = self.PHASES[here + (1 if here < self.PHASES.index(phase) else -1)]
            answer = self.ask(f"/w/{self.code}/1/phase", {"from": self.phase, "to": there})
            assert answer["ok"], answer
            self.phase = there

    def asks_next(self, prompt: str) -> None:
        """Add a second exercise, and start it."""
        added = self.ask(
            f"/w/{self.code}/agenda",
            {"kind": "columns", "prompts": "one", "prompt": prompt, "columns": "yes_no", "from": "1"},
        )
        assert added["ok"], added
        started = self.ask(f"/w/{self.code}/2/start", {"from": "1"})
        assert started["ok"], started

    def opens_voting(self, responses: int) -> list[int]:
        """Have some responses written, and start voting. Returns their numbers."""
        self.goes_to("gather")
        writer = self.phone()
        numbers = [writer.writes(f"Response {n}", "yes" if n % 2 else "no") for n in range(responses)]
        self.goes_to("vote")
        return numbers

    def withdraws(self, number: int) -> None:
        answer = self.ask(f"/w/{self.code}/1/responses/{number}/withdraw")
        assert answer["ok"], answer

    def restores(self, number: int) -> None:
        answer = self.ask(f"/w/{self.code}/1/responses/{number}/restore")
        assert answer["ok"], answer

    def results(self) -> Any:
        """The download in JSON."""
        return self.get(f"/w/{self.code}/1/results.json").json()

    def tally(self) -> dict[int, int]:
        """Dots on each response that has any, after checking that the results add up."""
        results = self.results()
        check = results["check"]
        tally = {each["number"]: each["dots"] for each in results["results"] if each["dots"]}
        assert check["equal"]
        assert check["sum_of_ballots"] == check["sum_of_tally"] == results["dots"]["used"] == sum(tally.values())
        assert results["dots"]["used"] <= results["dots"]["available"]
        return tally

    def tally_in_csv(self) -> dict[int, int]:
        text = self.get(f"/w/{self.code}/1/results.csv").content.decode("utf-8-sig")
        rows = csv.DictReader(io.StringIO(text))
        return {int(row["number"][1:]): int(row["dots"]) for row in rows if row["number"] and int(row["dots"])}

    def board(self) -> Browser:
        board = Browser(self.base)
        board.code = self.code
        board.get(self.path("board"))
        return board

    def phone(self) -> Phone:
        return Phone(self.base, self.code)


class Phone(Browser):
    """A participant."""

    _ops = count(1)

    def __init__(self, base: str, code: str) -> None:
        super().__init__(base)
        self.code = code
        self.get(f"/j/{code}")
        self.post(f"/j/{code}", allow_redirects=False)

    def writes(self, text: str, side: str = "yes") -> int:
        answer = self.ask(f"/w/{self.code}/1/responses", {"side": side, "text": text, "op": self.op()})
        assert answer["ok"], answer
        return int(answer["number"])

    def op(self) -> str:
        return f"p{next(self._ops)}"

    def state(self, version: int | None = None) -> Any:
        asked = "" if version is None else f"?version={version}"
        return self.get(f"/w/{self.code}/state{asked}", headers=JSON).json()

    def slots(self) -> Slots:
        return slots_in(self.state()["ballot"])

    def move(self, dot: int, replaces: int, response: int | None) -> dict[str, Any]:
        return {"dot": dot, "replaces": replaces, "response": response, "op": self.op()}


def slots_in(ballot: Any) -> Slots:
    return [(on, rev) for on, rev in ballot["dots"]]

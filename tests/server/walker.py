"""Goes everywhere that somebody can go, reads everything that they are sent, and looks for totals in it.

The addresses are those of docs/protocol.md, so that a new page is walked as soon as it is described.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

import requests

from tests.server.phones import JSON, Browser
from tests.server.server import ROOT

# What differs from page to page by chance, or counts something that everybody may know.
CHANCE = re.compile(
    r'name="csrf-token" content="[^"]*"|name="(?:csrf_token|op)" value="[^"]*"|value="[^"]*" name="(?:csrf_token|op)"'
    r'|/static/\w+/|data-(?:version|now)="\d+"'
    # A return link, and its QR code, which is drawn from its address alone.
    r'|/t/[\w-]{43}|data:image/svg\+xml,[^"]*'
)
WORDS = re.compile(r"total|standing|tally|tallies|\brank|ranking|plot|\bshare|score|result[-_]", re.IGNORECASE)
ATTRIBUTES = re.compile(r'\s(data-[\w-]+)(?==)|\s(?:class|id|name)="([^"]*)"')
STANDARD = {"viewport", "color-scheme"}


class Walker:
    """Knows the totals, as nobody else does. Every method returns what it found of them: none, it is hoped."""

    def __init__(self, totals: Collection[int], code: str) -> None:
        self._totals = set(totals)
        everything = sum(totals) or 1
        self._shares = {f"{100 * total / everything:.{digits}f}" for total in totals for digits in (1, 2, 3, 4)}
        self._code = re.compile(r"\s*".join(code))

    # Looking ----------------------------------------------------------------------------------------------------------

    def in_text(self, text: str) -> list[str]:
        """A page, a fragment, or any other text."""
        text = self._code.sub("", CHANCE.sub("", text))
        tags = re.findall(r"<\w[^>]*>", text)
        return [
            *[f"the number {each}" for each in re.findall(r"\d+", text) if int(each) in self._totals],
            *[f"the share {each}" for each in re.findall(r"\d+\.\d+", text) if each in self._shares],
            *[f"{count} times {tag}" for tag, count in Counter(tags).items() if count in self._totals],
            *[
                f"{len(run)} times {run[0]}"
                for run in (found.group() for found in re.finditer(r"([^\s\w-])(?:\s?\1)+", text))
                if len(re.sub(r"\s", "", run)) in self._totals
            ],
            *[
                f"the word {name or value}"
                for tag in tags
                for name, value in ATTRIBUTES.findall(tag)
                if WORDS.search(name or value) and value not in STANDARD
            ],
        ]

    def in_data(self, data: Any) -> list[str]:
        """JSON, with HTML in its strings."""
        if isinstance(data, dict):
            return [
                finding
                for key, value in data.items()
                if key not in ("version", "now", "sid")
                for finding in ([f"the key {key}"] if WORDS.search(key) else []) + self.in_data(value)
            ]
        if isinstance(data, list):
            length = [f"a list of {len(data)}"] if len(data) in self._totals else []
            return length + [finding for each in data for finding in self.in_data(each)]
        if isinstance(data, str):
            return self.in_text(data)
        if isinstance(data, int | float) and not isinstance(data, bool):
            return [f"the number {data}"] if data in self._totals or f"{100 * data:.1f}" in self._shares else []
        return []

    def in_packets(self, packets: Collection[str]) -> list[str]:
        """What a socket got."""
        return [f"{finding} in {packet[:60]}" for packet in packets for finding in self.in_data(_data_of(packet, self))]

    # Walking ----------------------------------------------------------------------------------------------------------

    def walks(self, browser: Browser, *, posts: bool) -> list[str]:
        """Everywhere in the browser's workshop, asking for pages and for JSON."""
        findings = []
        for method, address, fields in errands(browser.code):
            for headers in ({}, JSON):
                if method == "GET":
                    answer = browser.get(address, headers=headers, allow_redirects=False)
                elif posts:
                    answer = browser.post(address, fields, headers=headers, allow_redirects=False)
                else:
                    continue
                assert answer.status_code < 500, (method, address, answer.text)
                findings += [f"{each} in {method} {address}" for each in self._in_answer(answer, browser)]
        return findings

    def _in_answer(self, answer: requests.Response, browser: Browser) -> list[str]:
        findings = self.in_data(in_cookie(browser.cookie))
        kind = answer.headers["Content-Type"]
        if kind == "application/json":
            return findings + self.in_data(answer.json())
        # The QR code is drawn from the address alone; a test compares it to what it was before anybody voted.
        return findings if kind.startswith("image/svg") else findings + self.in_text(answer.text)


# Posts that do something, by the last word of their address; each may be made again and again.
FIELDS: dict[str, list[dict[str, Any]]] = {
    "dots": [
        {"dot": 8, "replaces": 0, "response": 1, "op": "walk-1"},
        {"dot": 8, "replaces": 1, "response": None, "op": "walk-2"},
        {"dot": 99, "replaces": 0, "response": 1, "op": "walk-3"},
        {"dot": "?"},
    ],
    "responses": [{"side": "yes", "text": "A response by the walker", "op": "walk"}, {"side": "?"}],
    "finished": [{"finished": "yes"}, {"finished": "no"}],
    "phase": [{"from": "vote", "to": "reveal"}, {"from": "reveal", "to": "discuss"}],
}


def asks() -> Iterator[tuple[str, str]]:
    """(method, path) of every address that docs/protocol.md describes."""
    text = (ROOT / "docs" / "protocol.md").read_text()
    for method, path in re.findall(r"`(GET|POST) (/[^`\s]*)`", text):
        if not path.startswith("/static"):
            yield method, path.replace("…", "")


def errands(code: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(method, address, fields) of everything that can be asked in a workshop."""
    for method, path in asks():
        address = re.sub(r"\bN\b", "1", path.replace("CODE", code).replace("TOKEN", "x" * 43))
        for there in (re.sub(r"\bR\b", number, address) for number in ("1", "2")):
            for fields in FIELDS.get(address.rpartition("/")[2], [{}]):
                yield method, there, fields
            if there == address:
                break


def in_cookie(cookie: str) -> Any:
    """What a browser could read in its cookie: signed is not hidden."""
    for part in cookie.split("; "):
        value = part.partition("=")[2]
        if value:
            payload = value.lstrip(".").split(".")[0]
            raw = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
            held = json.loads(zlib.decompress(raw) if value.startswith(".") else raw)
            return {key: each for key, each in held.items() if key not in ("held", "csrf_token")}
    return None


def _data_of(packet: str, walker: Walker) -> Any:
    found = re.match(r"\d+(?=[\[{])", packet)
    return json.loads(packet[found.end() :]) if found else packet[2:]

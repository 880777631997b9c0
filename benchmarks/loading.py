"""What a browser asks for to show a page for the first time: how much comes, and what made it ask."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

KINDS = {"Document": "html", "Stylesheet": "css", "Script": "js", "Font": "font"}
COUNTED = ("html", "css", "js")

# Bytes: HTML, CSS and JavaScript together, compressed.
MOST = 60_000
# The page itself is round 0, and what it names is round 1.
MOST_ROUNDS = 1

_VERSION = re.compile(r"^/static/\w{12}/")


@dataclass
class Request:
    """One request. `raw` and `sent` are bytes of the body, after and before unpacking; headers are not counted."""

    path: str
    kind: str
    round: int
    coding: str = ""
    sent: int = 0
    raw: int = 0


@dataclass
class Load:
    """A page loaded with an empty cache. `paint_ms` is from asking for it to the first words on the screen."""

    requests: list[Request] = field(default_factory=list)
    paint_ms: float = 0

    def of_kind(self, *kinds: str) -> list[Request]:
        return [each for each in self.requests if each.kind in kinds]

    def sent(self, *kinds: str) -> int:
        return sum(each.sent for each in self.of_kind(*kinds))

    @property
    def rounds(self) -> int:
        return max(each.round for each in self.of_kind(*COUNTED))

    @property
    def holds(self) -> bool:
        return self.sent(*COUNTED) <= MOST and self.rounds <= MOST_ROUNDS


def load(page: Page, path: str, **network: float) -> Load:
    """Open a page in a browser that has nothing of it yet. `network`: what Chromium's protocol can emulate of one."""
    session = page.context.new_cdp_session(page)
    found: dict[str, Request] = {}
    rounds: dict[str, int] = {}

    def asked(event: Mapping[str, Any]) -> None:
        address = event["request"]["url"]
        number = 0 if event["type"] == "Document" else 1 + rounds.get(_found_in(event["initiator"]), 0)
        rounds[address] = number
        shown = re.sub(r"^\w+://[^/]+", "", address)
        found[event["requestId"]] = Request(
            _VERSION.sub("", shown), KINDS.get(event["type"], event["type"].lower()), number
        )

    def answered(event: Mapping[str, Any]) -> None:
        headers = {name.lower(): value for name, value in event["response"]["headers"].items()}
        request = found[event["requestId"]]
        request.coding = headers.get("content-encoding", "")
        request.sent = int(headers.get("content-length", 0))

    def received(event: Mapping[str, Any]) -> None:
        found[event["requestId"]].raw += event["dataLength"]

    session.on("Network.requestWillBeSent", asked)
    session.on("Network.responseReceived", answered)
    session.on("Network.dataReceived", received)
    session.send("Network.enable")
    if network:
        session.send("Network.emulateNetworkConditions", {"offline": False, **network})
    page.goto(path, wait_until="networkidle")
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0")
    session.detach()
    return Load(list(found.values()), paint)


def _found_in(initiator: Mapping[str, Any]) -> str:
    """The address of the file that made the browser ask."""
    frames = initiator.get("stack", {}).get("callFrames", [])
    return str(initiator.get("url") or (frames[0]["url"] if frames else ""))

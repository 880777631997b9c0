"""A demonstration: the LocalGovCamp workshop with simulated people, who come by the same HTTP as phones.

What was published of that workshop (the prompts and the paraphrased responses) is read from `examples/`. Who wrote
what, when, and every dot are made up here: the published summary gives no dots. So the workshop is marked simulated,
on its screens and in its exports.
"""

from __future__ import annotations

import json
import random
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from http.cookiejar import CookieJar
from importlib import resources
from typing import Any

from flask import Flask

from workshop import agenda
from workshop.actions import hosting
from workshop.pages.house import House

EXAMPLE = "localgovcamp-2019.json"

# How often simulated people do something, in seconds.
BETWEEN_RESPONSES = 1.3
BETWEEN_DOTS = 0.45
BETWEEN_PHASES = 4.0


def example() -> Any:
    """The first workshop, as far as it was published."""
    return json.loads(resources.files("workshop").joinpath("examples", EXAMPLE).read_text())


class Browser:
    """A browser without JavaScript: it follows links, keeps its cookie, and sends the forms it was shown."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.page = ""

    def get(self, path: str) -> str:
        with self._opener.open(self._base + path, timeout=30) as answer:
            self.page = answer.read().decode()
        return self.page

    def post(self, path: str, **fields: Any) -> str:
        token = re.search(r'name="csrf-token" content="([^"]+)"', self.page)
        body = urllib.parse.urlencode({"csrf_token": token.group(1) if token else "", **fields}).encode()
        with self._opener.open(self._base + path, body, timeout=30) as answer:
            self.page = answer.read().decode()
        return self.page


class Demonstration:
    """Opens the workshop, then plays everybody's part. `speed` is how much faster than people they are."""

    def __init__(self, app: Flask, base: str, speed: float, say: Callable[[str], None]) -> None:
        self._house: House = app.extensions["eightdots"]
        self._app = app
        self._base = base
        self._speed = speed
        self._say = say
        self._chance = random.Random(2019)  # noqa: S311 - the same show every time, and no secrets
        self._code = ""
        self._facilitator = Browser(base)

    def open(self) -> dict[str, str]:
        """Open the workshop with its prompts and without responses. Returns its links."""
        data = example()
        planned = agenda.from_json(data)
        empty = tuple(replace(each, responses=()) for each in planned.exercises)
        opened = hosting.open_workshop(
            self._house.store,
            replace(planned, exercises=empty, simulated=True),
            key=self._house.key,
            now=self._house.now(),
            chance=self._house.chance,
        )
        self._code = opened.code
        with self._house.store.reading() as session:
            paths = hosting.links(session, opened, self._house.key)
        self._path = paths["facilitator"]
        base = self._house.settings.public_url or self._base
        return {role: base + path for role, path in paths.items()}

    def play(self) -> None:
        """Everything from the first phone to the reveal. Says in the terminal what happens."""
        try:
            self._play()
        except (urllib.error.URLError, ConnectionError) as error:
            # Somebody moved the workshop on from the console, or stopped the server. It is theirs now.
            self._say(f"The simulated people have stopped: {error}")

    def _play(self) -> None:
        self._facilitator.get(self._path)
        data = example()
        people = [Browser(self._base) for _ in range(data["participants"])]
        for phone in people:
            phone.get(f"/j/{self._code}")
            phone.post(f"/j/{self._code}")
            self._pause(0.3)
        self._say(f"{len(people)} simulated people have joined.")
        self._step("draft", "gather", "Responses are open; the simulated people write them.")
        published = [(each["side"], each["text"]) for each in data["exercises"][0]["responses"]]
        for number, (side, text) in enumerate(published):
            writer = people[(number * 3) % len(people)]
            writer.get(f"/w/{self._code}")
            writer.post(f"/w/{self._code}/1/responses", side=side, text=text, op=f"demo-{number}")
            self._pause(BETWEEN_RESPONSES)
        self._pause(BETWEEN_PHASES)
        self._step("gather", "vote", "Voting is open; the simulated people place their dots.")
        self._vote(people, len(published))
        self._pause(BETWEEN_PHASES)
        self._step("vote", "reveal", "Voting is closed.")
        self._pause(BETWEEN_PHASES)
        self._step("reveal", "discuss", "The result is on every screen. Press Ctrl+C when you have seen enough.")

    def _vote(self, people: list[Browser], responses: int) -> None:
        """Each spends eight dots by made-up preferences; now and then somebody changes their mind."""
        liking = [1 / (1 + place) for place in range(responses)]
        self._chance.shuffle(liking)
        wishes = [
            (phone, dot, self._chance.choices(range(1, responses + 1), liking)[0])
            for phone in people
            for dot in range(1, 9)
        ]
        self._chance.shuffle(wishes)
        last: dict[int, int] = {}
        for phone, dot, response in wishes:
            self._move(phone, dot, 0, response)
            self._pause(BETWEEN_DOTS)
            last[id(phone)] = last.get(id(phone), 0) + 1
            if self._chance.random() < 0.1:
                other = self._chance.randint(1, responses)
                self._move(phone, dot, 1, other)
                self._pause(BETWEEN_DOTS)
            if last[id(phone)] == 8:
                phone.post(f"/w/{self._code}/1/finished", finished="yes")

    def _move(self, phone: Browser, dot: int, replaces: int, response: int) -> None:
        phone.post(
            f"/w/{self._code}/1/dots", dot=dot, replaces=replaces, response=response, op=f"demo-{dot}-{replaces}"
        )

    def _step(self, here: str, there: str, said: str) -> None:
        self._facilitator.get(f"/w/{self._code}/console")
        self._facilitator.post(f"/w/{self._code}/1/phase", **{"from": here, "to": there})
        self._say(said)

    def _pause(self, seconds: float) -> None:
        time.sleep(seconds / self._speed)

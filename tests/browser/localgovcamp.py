"""The workshop that it began with, as it was published."""

from __future__ import annotations

import json

from tests.server.server import ROOT

_agenda = json.loads((ROOT / "workshop" / "examples" / "localgovcamp-2019.json").read_text())
_exercise = _agenda["exercises"][0]

TITLE: str = _agenda["title"]
PEOPLE: int = _agenda["participants"]
ALLOWANCE: int = _exercise["allowance"]
PROMPTS: dict[str, str] = _exercise["prompt"]
RESPONSES: list[tuple[str, str]] = [(each["side"], each["text"]) for each in _exercise["responses"]]
FORM = {"title": TITLE, "prompts": "two", "yes_prompt": PROMPTS["yes"], "no_prompt": PROMPTS["no"]}

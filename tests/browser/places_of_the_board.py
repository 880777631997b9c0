"""The board as it looks in bright rooms and on walls of LEDs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from playwright.sync_api import Page

from tests.browser.full_boards import looks
from tests.browser.people import LAPTOP, is_live
from tests.browser.scene import Scene


def _looking(scene: Scene, phase: str, size: str, theme: str) -> Page:
    facilitator = scene.fresh(phase).facilitator
    looks(facilitator, size, theme)
    page = scene.people.somebody(facilitator.path("board"), viewport=LAPTOP)
    is_live(page)
    return page


BOARDS: dict[str, Callable[[Scene], Page]] = {
    "board-lobby-dark": partial(_looking, phase="draft", size="usual", theme="dark"),
    "board-vote-white": partial(_looking, phase="vote", size="usual", theme="white"),
    "board-results-dark": partial(_looking, phase="discuss", size="large", theme="dark"),
}

"""How a page is looked at: the sizes and the schemes of the acceptance list."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from playwright.sync_api import Page, ViewportSize

from tests.browser.people import LAPTOP, PHONE

Device = Literal["phone", "desk", "board"]

# Playwright keeps what it was told before, so each view says all of it.
PLAIN: dict[str, Any] = {
    "media": "screen",
    "color_scheme": "light",
    "forced_colors": "none",
    "contrast": "no-preference",
}

SMALL: ViewportSize = {"width": 320, "height": 640}
# 1280 × 1024 enlarged four times, as WCAG 1.4.10 has it.
ENLARGED: ViewportSize = {"width": 320, "height": 256}
# What is left of an A4 sheet between Chromium's margins.
SHEET: ViewportSize = {"width": 718, "height": 1047}


class View(NamedTuple):
    name: str
    size: ViewportSize
    media: Mapping[str, str] = MappingProxyType({})

    def show(self, page: Page) -> None:
        page.set_viewport_size(self.size)
        page.emulate_media(**{**PLAIN, **self.media})


def _schemes(size: ViewportSize) -> list[View]:
    return [View("dark", size, {"color_scheme": "dark"}), View("forced colours", size, {"forced_colors": "active"})]


_PHONE = View("390", PHONE)
_LAPTOP = View("1280", LAPTOP)
_HAND = [View("320", SMALL), View("320×256", ENLARGED), View("740×360", {"width": 740, "height": 360})]

# The first of each is where a page is at home.
VIEWS: dict[Device, list[View]] = {
    "phone": [_PHONE, *_HAND, _LAPTOP, *_schemes(PHONE)],
    "desk": [_LAPTOP, *_HAND, _PHONE, *_schemes(LAPTOP)],
    "board": [
        View("1280×800", LAPTOP),
        View("1920×1080", {"width": 1920, "height": 1080}),
        View("3840×2160", {"width": 3840, "height": 2160}),
        *_schemes(LAPTOP),
    ],
}
PRINT = View("print", SHEET, {"media": "print", "color_scheme": "dark"})

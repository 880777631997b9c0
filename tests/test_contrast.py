"""Contrast, computed from the colours in the style sheets: every scheme, every pair of ink and ground."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
SHEETS = sorted((ROOT / "static" / "css").glob("*.css"))
CHART = ROOT / "templates" / "results" / "chart.svg"

DARK = "screen and (prefers-color-scheme: dark)"
MORE = "(prefers-contrast: more)"

TEXT, LINE = 4.5, 3.0
ENHANCED = 7.0

SOFT = ("brand-soft", "yes-soft", "no-soft", "dot-soft", "warn-soft", "error-soft")
WORDS = ("ink", "ink-2", "brand", "yes-ink", "no-ink", "dot", "ok", "warn", "error")
GROUNDS = ("surface", "page")
PAIRS = [
    *((word, ground, TEXT) for word in WORDS for ground in GROUNDS),
    *(("ink", ground, TEXT) for ground in SOFT),
    ("on-brand", "brand", TEXT),
    ("brand", "brand-soft", TEXT),
    ("yes-ink", "yes-soft", TEXT),
    ("no-ink", "no-soft", TEXT),
    ("warn", "warn-soft", TEXT),
    ("error", "error-soft", TEXT),
    # A response with one's own dots: its chip, its number, its buttons.
    *((word, "dot-soft", TEXT) for word in ("ink-2", "brand", "yes-ink", "no-ink", "dot")),
    # A response on the board: its number.
    *(("ink-2", ground, TEXT) for ground in ("yes-soft", "no-soft")),
    *(("line", ground, LINE) for ground in GROUNDS),
]


class Rule(NamedTuple):
    media: str
    selector: str
    colours: dict[str, str]

    @property
    def weight(self) -> int:
        """As the cascade weighs a selector of one element: its classes and attributes."""
        return len(self._parts())

    def applies_to(self, root: str) -> bool:
        return all(part in root for part in self._parts())

    def _parts(self) -> list[str]:
        return re.findall(r"[.\[][\w=\"-]+", self.selector)


def rules() -> Iterator[Rule]:
    """All that give the tokens on `:root` their values."""
    for sheet in SHEETS:
        css = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
        around: list[str] = []
        for before, brace in re.findall(r"([^{}]*)([{}])", css):
            if brace == "{":
                around.append(before.rpartition(";")[2].strip())
                continue
            here = around.pop()
            media = next((each.removeprefix("@media ") for each in around if each.startswith("@media ")), "")
            colours = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6}|var\(--[\w-]+\))\s*;", before))
            for selector in (each.strip() for each in here.split(",")):
                if colours and selector.startswith(":root"):
                    yield Rule(media, selector, colours)


RULES = list(rules())
THEMES = sorted({found for rule in RULES for found in re.findall(r'\[data-theme="([\w-]+)"\]', rule.selector)})
SCHEMES = {
    "light": ("", set[str]()),
    "dark": ("", {DARK}),
    "board": (".board", set[str]()),
    "board of a dark laptop": (".board", {DARK}),
    **{f"board, {theme}": (f'.board[data-theme="{theme}"]', set[str]()) for theme in THEMES},
    "paper": ("", {"print"}),
    **{f"paper of a board, {theme}": (f'.board[data-theme="{theme}"]', {"print"}) for theme in THEMES},
}


def tokens(root: str, media: set[str]) -> dict[str, str]:
    """The colours that hold on this root element where these media apply, as #rrggbb."""
    holds = [rule for rule in RULES if rule.media in media | {""} and rule.applies_to(root)]
    found: dict[str, str] = {}
    for rule in sorted(holds, key=lambda rule: rule.weight):
        found |= rule.colours
    return {name: _resolved(value, found) for name, value in found.items()}


def _resolved(value: str, found: dict[str, str]) -> str:
    while value.startswith("var("):
        value = found[value[6:-1]]
    return value


def luminance(colour: str) -> float:
    """WCAG 2's relative luminance of #rrggbb: 0 is black, 1 is white."""
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return sum(weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str, ambient: float = 0.0) -> float:
    """WCAG 2's contrast ratio, from 1 to 21. `ambient` is the room's light on a screen, as a share of its white."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05 + ambient) / (dark + 0.05 + ambient)


def too_weak(colours: dict[str, str], pairs: list[tuple[str, str, float]]) -> dict[str, float]:
    found = {f"{ink} on {ground}": (contrast(colours[ink], colours[ground]), least) for ink, ground, least in pairs}
    return {pair: round(ratio, 2) for pair, (ratio, least) in found.items() if ratio < least}


def test_the_arithmetic_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54
    assert round(contrast("#14202b", "#ffffff"), 1) == 16.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_pair_of_ink_and_ground_can_be_read(scheme: str) -> None:
    root, media = SCHEMES[scheme]
    assert too_weak(tokens(root, media), PAIRS) == {}


@pytest.mark.parametrize("scheme", [scheme for scheme in SCHEMES if "paper" not in scheme])
def test_whoever_wants_more_contrast_has_words_and_lines_in_ink(scheme: str) -> None:
    root, media = SCHEMES[scheme]
    grounds = (*GROUNDS, *SOFT)
    stronger = [(ink, ground, ENHANCED) for ink in ("ink", "ink-2", "line") for ground in grounds]
    assert too_weak(tokens(root, media | {MORE}), stronger) == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_ring_around_what_has_focus_stands_out(scheme: str) -> None:
    """Its ink does on every ground; its amber does beside the ink, where a ground is as dark as that."""
    root, media = SCHEMES[scheme]
    colours = tokens(root, media)
    assert too_weak(colours, [("ink", ground, LINE) for ground in (*GROUNDS, *SOFT)]) == {}


def test_a_board_in_a_bright_room_can_still_be_read() -> None:
    """The light of the room, at a fifth of the projector's white, comes to every colour."""
    colours = tokens(*SCHEMES["board"])
    seen = {word: round(contrast(colours[word], colours["surface"], ambient=0.2), 2) for word in WORDS}
    assert {word: ratio for word, ratio in seen.items() if ratio < 3.9} == {}


def test_the_letters_of_a_chart_can_be_read_on_the_white_that_it_brings_along() -> None:
    inks = set(re.findall(r"#[0-9a-f]{6}\b", CHART.read_text())) - {"#ffffff"}
    assert {ink: round(contrast(ink, "#ffffff"), 2) for ink in inks if contrast(ink, "#ffffff") < TEXT} == {}

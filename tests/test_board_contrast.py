"""The colours of the board, recomputed from the stylesheet: what is written can be read, in bright rooms as well.

Contrast is WCAG 2's: (lighter + 0.05) / (darker + 0.05), of relative luminances. A room's light adds the same luminance
to every colour that a projector throws.
"""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

TOKENS = (Path(__file__).resolve().parents[1] / "static" / "css" / "tokens.css").read_text()

AMBIENT = 0.2
"""The light of a bright room, as a share of the projector's white."""

WORDS = ("ink", "ink-2", "brand", "yes-ink", "no-ink", "dot", "ok", "warn", "error")
GROUNDS = ("surface", "page")
ON_A_GROUND_OF_ITS_OWN = [("yes-ink", "yes-soft"), ("no-ink", "no-soft"), ("brand", "brand-soft"), ("dot", "dot-soft"),
                          ("warn", "warn-soft"), ("error", "error-soft"), ("on-brand", "brand")]  # fmt: skip
RESPONSES = [*product(("ink", "ink-2"), ("yes-soft", "no-soft", "brand-soft", "dot-soft", "warn-soft"))]
WRITTEN = [*product(WORDS, GROUNDS), *ON_A_GROUND_OF_ITS_OWN, *RESPONSES]


def tokens(selector: str) -> dict[str, str]:
    """The colours that a rule gives, by the names of their tokens."""
    rule = re.search(rf"^\s*{re.escape(selector)} {{(.+?)}}", TOKENS, re.DOTALL | re.MULTILINE)
    assert rule, selector
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", rule[1]))


def colours(theme: str) -> dict[str, str]:
    board = tokens(":root") | tokens(":root.board")
    return board if theme == "light" else board | tokens(f'body.board[data-theme="{theme}"]')


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2, from 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, ambient: float = 0.0) -> float:
    darker, lighter = sorted((luminance(one) + ambient, luminance(other) + ambient))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_has_the_contrast_that_the_standard_gives_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "white", "dark"])
def test_what_is_written_on_a_board_has_a_contrast_of_seven(theme: str) -> None:
    """From the back of the room: more than the 4.5 that the standard asks for."""
    palette = colours(theme)
    faint = {pair: round(contrast(palette[pair[0]], palette[pair[1]]), 2) for pair in WRITTEN}
    assert {pair: found for pair, found in faint.items() if found < 7} == {}


@pytest.mark.parametrize("theme", ["light", "white", "dark"])
def test_what_only_holds_things_together_can_be_seen(theme: str) -> None:
    palette = colours(theme)
    assert contrast(palette["line"], palette["surface"]) >= 3


def test_in_a_bright_room_what_is_written_on_the_white_board_can_still_be_read() -> None:
    palette = colours("white")
    washed_out = {pair: round(contrast(palette[pair[0]], palette[pair[1]], AMBIENT), 2) for pair in WRITTEN}
    assert {pair: found for pair, found in washed_out.items() if found < 3.9} == {}


def test_the_dark_board_is_not_for_a_bright_room() -> None:
    """That is why there is a white one: a projector cannot throw black."""
    palette = colours("dark")
    assert contrast(palette["ink-2"], palette["surface"], AMBIENT) < 3.9

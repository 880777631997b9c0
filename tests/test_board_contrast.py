"""The colours of the board's themes: what is written can be read from the back, and in a bright room as well."""

from __future__ import annotations

from itertools import product

import pytest

from tests.test_contrast import GROUNDS, SCHEMES, SOFT, WORDS, contrast, tokens

AMBIENT = 0.2
"""The light of a bright room, as a share of the projector's white."""

WRITTEN = [
    *product(WORDS, GROUNDS),
    *product(("ink", "ink-2"), SOFT),
    *((word, f"{word.removesuffix('-ink')}-soft") for word in ("yes-ink", "no-ink", "brand", "dot", "warn", "error")),
    ("on-brand", "brand"),
]
"""Every ink that a board has, with every ground that it may stand on."""


def weakest(scheme: str, ambient: float = 0.0) -> float:
    colours = tokens(*SCHEMES[scheme])
    return min(contrast(colours[ink], colours[ground], ambient) for ink, ground in WRITTEN)


@pytest.mark.parametrize("scheme", ["board", "board, white", "board, dark"])
def test_what_is_written_on_a_board_has_more_contrast_than_on_a_phone(scheme: str) -> None:
    assert weakest(scheme) >= 7


def test_in_a_bright_room_everything_on_the_white_board_can_still_be_read() -> None:
    assert weakest("board, white", AMBIENT) >= 3.9


def test_there_is_a_reason_for_each_theme() -> None:
    """Tints cost a bright room its contrast, and no projector can throw black."""
    assert weakest("board", AMBIENT) < 3.9
    assert weakest("board, dark", AMBIENT) < 3.9

"""An SVG as points, told by what the file says of itself."""

from __future__ import annotations

import struct

import pytest

from tests.documents.samples import SVG
from tests.test_printing import points
from workshop.documents.drawing import png, size


def test_a_picture_is_as_wide_as_asked_and_keeps_its_shape() -> None:
    drawn = png(SVG, 900)
    assert drawn[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", drawn[16:24]) == (900, 300)


def test_the_whole_picture_is_drawn() -> None:
    green = points(png(SVG, 300))
    assert {green[0, 0], green[0, 299], green[99, 0], green[99, 299], green[50, 150]} == {0x5A}


def test_the_same_picture_makes_the_same_bytes() -> None:
    assert png(SVG, 400) == png(SVG, 400)


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('width="600" height="200"', (600, 200)),
        ("width='600px' height='200px'", (600, 200)),
        ('viewBox="0 0 960 320"', (960, 320)),
        ('width="480" viewBox="0 0 960 320"', (480, 160)),
        ('height="160" viewBox="0,0,960,320"', (480, 160)),
        ('width="100%" height="100%" viewBox="0 0 960 320"', (960, 320)),
        ("", (300, 150)),
    ],
)
def test_a_picture_says_how_large_it_is(attributes: str, expected: tuple[float, float]) -> None:
    assert size(f'<?xml version="1.0"?><svg {attributes}><g width="1"/></svg>') == expected

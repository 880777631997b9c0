"""An SVG as a picture of points, for files that take nothing else."""

from __future__ import annotations

import json
import re

import typst

from workshop import typesetting
from workshop.settings import assets

# In pixels: what four bytes each of are still no burden for a server.
LARGEST = 12_000_000


def png(svg: str, width: int) -> bytes:
    """The picture as PNG, `width` pixels wide, or narrower where it would have more than `LARGEST` pixels. The same
    picture makes the same bytes.
    """
    wide, high = size(svg)
    width = min(width, int((LARGEST * wide / high) ** 0.5))
    template = str(assets() / "templates" / "print" / "picture.typ")
    data = {"data": json.dumps({"svg": typesetting.legible(svg), "width": width})}
    # A page is as wide in points as the picture is in pixels, and 72 points make an inch.
    drawn = typst.compile(template, format="png", ppi=72, sys_inputs=data)
    assert isinstance(drawn, bytes)
    return drawn


def size(svg: str) -> tuple[float, float]:
    """How wide and high a picture is by its own account, in CSS pixels."""
    opening = svg[svg.index("<svg") :].partition(">")[0]
    named = dict(re.findall(r"\s(width|height|viewBox)\s*=\s*[\"']([^\"']*)[\"']", opening))
    box = [float(number) for number in re.split(r"[\s,]+", named.get("viewBox", "0 0 300 150").strip())]
    wide, high = (_pixels(named.get(name, "")) for name in ("width", "height"))
    if wide and high:
        return wide, high
    ratio = box[3] / box[2]
    return (wide, wide * ratio) if wide else (high / ratio, high) if high else (box[2], box[3])


def _pixels(length: str) -> float:
    """A length without a unit, or in pixels; 0 where it is neither."""
    found = re.fullmatch(r"\s*([\d.]+)(px)?\s*", length)
    return float(found[1]) if found else 0.0

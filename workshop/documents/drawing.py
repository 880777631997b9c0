"""From a picture as SVG to one in points, by typst."""

from __future__ import annotations

import typst

# One typographic point for one point of the picture.
PPI = 72
SHEET = """
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: int(sys.inputs.width) * 1pt)
"""


def png(svg: str, width: int) -> bytes:
    """The picture as PNG, `width` points wide. Letters come from the fonts of the machine and those of typst."""
    drawn = typst.compile(SHEET.encode(), format="png", ppi=PPI, sys_inputs={"svg": svg, "width": str(width)})
    assert isinstance(drawn, bytes)
    return drawn

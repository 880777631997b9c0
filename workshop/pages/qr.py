"""QR codes of addresses here."""

from __future__ import annotations

import io
from urllib.parse import quote

import segno

from workshop.pages.house import public_url


def svg(path: str) -> bytes:
    """The QR code of an address, as an SVG file that takes the size of its place."""
    out = io.BytesIO()
    # Four modules of quiet around it, as the standard asks; black on white whatever the theme.
    segno.make(public_url(path), error="m", micro=False).save(
        out,
        kind="svg",
        border=4,
        dark="#000",
        light="#fff",
        xmldecl=False,
        svgclass=None,
        lineclass=None,
        omitsize=True,
    )
    return out.getvalue()


def inline(path: str) -> str:
    """The same for the `src` of a picture, where no other address may have the secret that is in it."""
    return f"data:image/svg+xml,{quote(svg(path))}"

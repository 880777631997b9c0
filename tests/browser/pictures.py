"""Reads what a picture of the screen shows."""

from __future__ import annotations

import base64
from typing import NamedTuple

import zxingcpp
from playwright.sync_api import Page

# The browser that took the picture knows best how to unpack it: to one byte of grey for each point.
GREY = """async (picture) => {
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
  canvas.drawImage(image, 0, 0);
  const { data } = canvas.getImageData(0, 0, image.width, image.height);
  let grey = "";
  for (let at = 0; at < data.length; at += 4)
    grey += String.fromCharCode(Math.round((data[at] + data[at + 1] + data[at + 2]) / 3));
  return [btoa(grey), image.width, image.height];
}"""


MODULES = """async () => {
  const code = document.querySelector("dialog[open] img.qr") ?? document.querySelector("#stage img.qr");
  const drawing = await (await fetch(code.src)).text();
  return Number(/viewBox="0 0 ([0-9]+)/.exec(drawing)[1]) - 8;
}"""


class Code(NamedTuple):
    """A QR code as a camera finds it: its words, its height in pixels, and the greys (0 to 255) of the code itself and
    of the four modules around it.
    """

    text: str
    height: float
    darkest: int
    lightest: int
    darkest_around: int
    lightest_around: int


class Picture(NamedTuple):
    """What a screen shows, in grey: one byte a point, row by row."""

    points: bytes
    width: int
    height: int

    @property
    def codes(self) -> list[zxingcpp.Barcode]:
        return zxingcpp.read_barcodes(memoryview(self.points).cast("B", shape=[self.height, self.width]))

    def row(self, y: int, left: int, right: int) -> bytes:
        return self.points[y * self.width + left : y * self.width + right]


def read_qr(page: Page) -> str:
    """The address in the QR code that a screen shows, as the camera of a phone finds it."""
    (found,) = _see(page).codes
    return found.text


def find_qr(page: Page) -> Code:
    """The QR code that a screen shows, and what is around it."""
    seen = _see(page)
    (found,) = seen.codes
    first, last = found.position.top_left, found.position.bottom_right
    # Where a module ends is blurred by a pixel.
    quiet = int(4 * (last.y - first.y) / page.evaluate(MODULES)) - 2
    left, right = first.x - quiet, last.x + quiet
    assert min(left, first.y - quiet) >= 0
    assert right < seen.width
    inside = b"".join(seen.row(y, first.x + 2, last.x - 2) for y in range(first.y + 2, last.y - 2))
    beside = b"".join(
        seen.row(y, left, first.x - 2) + seen.row(y, last.x + 3, right) for y in range(first.y - quiet, last.y + quiet)
    )
    over = b"".join(seen.row(first.y - quiet + y, left, right) for y in range(quiet - 2))
    under = b"".join(seen.row(last.y + 3 + y, left, right) for y in range(quiet - 3))
    around = beside + over + under
    return Code(found.text, last.y - first.y, min(inside), max(inside), min(around), max(around))


def _see(page: Page) -> Picture:
    picture = base64.b64encode(page.screenshot()).decode()
    eye = page.context.browser.new_page() if page.context.browser else page
    try:
        grey, width, height = eye.evaluate(GREY, picture)
    finally:
        eye.context.close()
    return Picture(base64.b64decode(grey), width, height)

"""Reads what a picture of the screen shows."""

from __future__ import annotations

import base64

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


def read_qr(page: Page) -> str:
    """The address in the QR code that a screen shows, as the camera of a phone finds it."""
    picture = base64.b64encode(page.screenshot()).decode()
    eye = page.context.browser.new_page() if page.context.browser else page
    try:
        grey, width, height = eye.evaluate(GREY, picture)
    finally:
        eye.context.close()
    points = memoryview(base64.b64decode(grey)).cast("B", shape=[height, width])
    (found,) = zxingcpp.read_barcodes(points)
    return found.text

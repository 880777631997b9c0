"""Takes a picture of every page in every state: `make screens` writes them to build/screens/, with a gallery of all.

With `--docs` it also writes the few that README.md and the facilitator's guide show. With `--trees` it writes what
screen readers are given instead (`trees`). Words after that choose among the places by their names: the pictures of the
others stay as they are, and in the gallery. Without such words, the folder is emptied first.
"""

from __future__ import annotations

import argparse
import struct
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment
from markupsafe import Markup
from playwright.sync_api import Page, ViewportSize, sync_playwright

from tests.browser import trees
from tests.browser.people import LAPTOP, PHONE, everybody, launch
from tests.browser.pictures_of_the_guide import PICTURES
from tests.browser.places import PLACES, Place
from tests.browser.scene import Scene, Workshops
from tests.browser.views import SHEET, Device, View
from tests.conftest import CHROMIUM
from tests.server.phones import Organiser
from tests.server.server import ROOT, Server

FOLDER = ROOT / "build" / "screens"
DOCS = ROOT / "docs" / "pictures"
LARGEST = 150_000

HOST = "dots.example.org"
ADDRESS = f"http://{HOST}"

PROJECTOR: ViewportSize = {"width": 1920, "height": 1080}
SMALL_PROJECTOR: ViewportSize = {"width": 1152, "height": 648}
SIZES: dict[str, ViewportSize] = {"phone": PHONE, "laptop": LAPTOP, "projector": PROJECTOR}
AT_HOME: dict[Device, str] = {"phone": "phone", "desk": "laptop", "board": "projector"}
SCHEMES: dict[str, dict[str, str]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "high contrast": {"contrast": "more"},
    "forced colours": {"forced_colors": "active"},
    "print": {"media": "print"},
}
AT_EVERY_SIZE = {"light", "dark", "forced colours"}
_places = {place.name: place.arrive for place in PLACES}
IN_DOCS: dict[str, tuple[Callable[[Scene], Page], ViewportSize]] = {
    "board-vote": (_places["board-vote"], SMALL_PROJECTOR),
    "phone-vote": (_places["vote-some"], PHONE),
    **PICTURES,
}


class Picture(NamedTuple):
    file: str
    place: str
    device: str
    size: str
    scheme: str
    width: int
    height: int


def views(device: Device) -> Iterator[tuple[str, str, View]]:
    """Size, scheme, and both as a view: what has other colours in every size, the rest where a page is at home."""
    home = AT_HOME[device]
    for scheme, media in SCHEMES.items():
        for size in sorted(SIZES, key=lambda size: size != home) if scheme in AT_EVERY_SIZE else [home]:
            yield size, scheme, View(scheme, SHEET if scheme == "print" else SIZES[size], media)


def path(place: Place, size: str, scheme: str) -> Path:
    return FOLDER / f"{place.name}-{size}-{scheme}.png".replace(" ", "-")


def take(place: Place, page: Page) -> None:
    """Take pictures of a place in all its views."""
    for size, scheme, view in views(place.device):
        view.show(page)
        # What stays at the edge of the screen would be somewhere in the middle of a picture that is longer.
        whole = scheme == "print" or (
            place.device != "board" and page.locator("#sheet:visible, #undo:visible, dialog:visible").count() == 0
        )
        page.screenshot(path=path(place, size, scheme), full_page=whole, animations="disabled")


def taken() -> Iterator[Picture]:
    """All that are in the folder, of this run or of one before, in the order of the table."""
    for place in PLACES:
        for size, scheme, _ in views(place.device):
            file = path(place, size, scheme)
            if file.exists():
                with file.open("rb") as picture:
                    width, height = struct.unpack(">II", picture.read(24)[16:])
                yield Picture(file.name, place.name, place.device, size, scheme, width, height)


def empty() -> None:
    """Of what a run before has left, also of places that are gone since."""
    for file in (*FOLDER.glob("*.png"), FOLDER / "index.html"):
        file.unlink(missing_ok=True)


def take_for_docs(page: Page, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, animations="disabled")
    assert path.stat().st_size <= LARGEST, f"{path} has {path.stat().st_size} bytes, and {LARGEST} is the most."


def gallery(pictures: list[Picture]) -> str:
    """One page that needs nothing but the pictures beside it."""
    here = Path(__file__).parent
    filters = [
        ("device", "Device", list(AT_HOME)),
        ("size", "Size", list(SIZES)),
        ("scheme", "Scheme", list(SCHEMES)),
    ]
    page = Environment(autoescape=True).from_string((here / "gallery.html").read_text())
    style, script = (Markup((here / name).read_text()) for name in ("gallery.css", "gallery.js"))
    return page.render(style=style, script=script, filters=filters, pictures=[each._asdict() for each in pictures])


def read(arguments: list[str]) -> argparse.Namespace:
    """What is asked for: the places whose names have one of the words in them, or all."""
    parser = argparse.ArgumentParser(prog="make screens ARGS=…", description=__doc__)
    parser.add_argument("words", nargs="*", metavar="WORD", help="a part of the names of places")
    parser.add_argument("--docs", action="store_true")
    parser.add_argument("--trees", action="store_true")
    asked = parser.parse_args(arguments)
    unknown = [word for word in asked.words if not any(word in place.name for place in PLACES)]
    if unknown:
        parser.error(f"No place is called so: {', '.join(unknown)}")
    return asked


def main(arguments: list[str]) -> None:
    asked = read(arguments)
    places = [place for place in PLACES if not asked.words or any(word in place.name for word in asked.words)]
    if asked.trees:
        places = [place for place in places if place.name in trees.PIECES]
    assert CHROMIUM, "Chromium is not installed: sudo apt install chromium libatomic1"
    FOLDER.mkdir(parents=True, exist_ok=True)
    if not asked.words and not asked.trees:
        empty()
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(Path(folder), public_url=ADDRESS) as server,
        sync_playwright() as playwright,
        # In this browser the address leads to our server.
        launch(playwright, CHROMIUM, f"--host-resolver-rules=MAP {HOST}:80 127.0.0.1:{server.port}") as browser,
    ):
        organiser = Organiser(server.base, server.organiser_path)
        workshops = Workshops(organiser)
        for place in places:
            with everybody(browser, ADDRESS) as people:
                page = place.arrive(Scene(people, workshops))
                if asked.trees:
                    trees.write(page, place.name)
                else:
                    take(place, page)
        if asked.trees:
            return
        pictures = list(taken())
        (FOLDER / "index.html").write_text(gallery(pictures))
        if asked.docs:
            for name, (arrive, viewport) in IN_DOCS.items():
                with everybody(browser, ADDRESS) as people:
                    page = arrive(Scene(people, Workshops(organiser)))
                    page.set_viewport_size(viewport)
                    take_for_docs(page, DOCS / f"{name}.png")
    print(f"{len(pictures)} pictures: {FOLDER}/index.html")


if __name__ == "__main__":
    main(sys.argv[1:])

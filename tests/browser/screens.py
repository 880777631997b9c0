"""Takes a picture of every page in every state: `make screens` writes them to build/screens/, with a page of them all.

With `--docs` it also writes the few that README.md and the facilitator's guide show. Words after that choose among the
places by their names.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

from tests.browser.people import LAPTOP, PHONE, everybody, launch
from tests.browser.pictures_of_the_guide import PICTURES
from tests.browser.places import PLACES, Place
from tests.browser.scene import Scene, Workshops
from tests.conftest import CHROMIUM
from tests.server.phones import Organiser
from tests.server.server import ROOT, Server

FOLDER = ROOT / "build" / "screens"
DOCS = ROOT / "docs" / "pictures"
LARGEST = 150_000

HOST = "dots.example.org"
ADDRESS = f"http://{HOST}"

LARGE: ViewportSize = {"width": 1920, "height": 1080}
PROJECTOR: ViewportSize = {"width": 1280, "height": 720}
SMALL_PROJECTOR: ViewportSize = {"width": 1152, "height": 648}
SIZES: dict[str, dict[str, ViewportSize]] = {
    "phone": {"390": PHONE, "1920": LARGE},
    "desk": {"390": PHONE, "1280": LAPTOP, "1920": LARGE},
    "board": {"390": PHONE, "1280": PROJECTOR, "1920": LARGE},
}
_places = {place.name: place.arrive for place in PLACES}
IN_DOCS: dict[str, tuple[Callable[[Scene], Page], ViewportSize]] = {
    "board-vote": (_places["board-vote"], SMALL_PROJECTOR),
    "phone-vote": (_places["vote-some"], PHONE),
    **PICTURES,
}


def take(place: Place, page: Page) -> list[str]:
    """Take pictures of a place in all its sizes, and on a phone in the dark. Returns the names of the files."""
    names = []
    # What stays at the edge of the screen would be somewhere in the middle of a picture that is longer.
    whole = place.device != "board" and page.locator("#sheet:visible, dialog:visible").count() == 0
    for size, viewport in SIZES[place.device].items():
        page.set_viewport_size(viewport)
        page.screenshot(path=FOLDER / f"{place.name}-{size}.png", full_page=whole, animations="disabled")
        names.append(f"{place.name}-{size}.png")
    if place.device != "board":
        page.set_viewport_size(PHONE)
        page.emulate_media(color_scheme="dark")
        page.screenshot(path=FOLDER / f"{place.name}-dark.png", full_page=whole, animations="disabled")
        names.append(f"{place.name}-dark.png")
    return names


def take_for_docs(page: Page, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, animations="disabled")
    assert path.stat().st_size <= LARGEST, f"{path} has {path.stat().st_size} bytes, and {LARGEST} is the most."


def gallery(names: Iterable[str]) -> str:
    figures = "".join(
        f'<figure><a href="{name}"><img src="{name}" alt="" loading="lazy"></a><figcaption>{name}</figcaption></figure>'
        for name in names
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Eight Dots: every screen</title>'
        "<style>body{font:16px system-ui;display:flex;flex-wrap:wrap;gap:1rem;align-items:start;background:#ddd}"
        f"figure{{margin:0}}img{{max-height:30rem;max-width:40rem}}</style><h1>Every screen</h1>{figures}"
    )


def main(arguments: list[str]) -> None:
    wanted = [word for word in arguments if not word.startswith("-")]
    places = [place for place in PLACES if not wanted or any(word in place.name for word in wanted)]
    assert CHROMIUM, "Chromium is not installed: sudo apt install chromium libatomic1"
    FOLDER.mkdir(parents=True, exist_ok=True)
    names: list[str] = []
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
                names += take(place, place.arrive(Scene(people, workshops)))
        (FOLDER / "index.html").write_text(gallery(names))
        if "--docs" in arguments:
            for name, (arrive, viewport) in IN_DOCS.items():
                with everybody(browser, ADDRESS) as people:
                    page = arrive(Scene(people, Workshops(organiser)))
                    page.set_viewport_size(viewport)
                    take_for_docs(page, DOCS / f"{name}.png")
    print(f"{len(names)} pictures: {FOLDER}/index.html")


if __name__ == "__main__":
    main(sys.argv[1:])

"""What the phone's page weighs the first time: `python -m benchmarks.first_load`.

HTML, CSS and JavaScript together under 60 kB, compressed, and everything asked for as soon as the page is there. A
workshop of sixty responses, in Chromium with an empty cache: the page behind the QR code, then the participant's page
in every phase. Prints each request of the heaviest, and writes all of them to build/bench/first_load.json.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, Playwright, sync_playwright

from tests.browser.people import People, everybody, launch
from tests.browser.scene import mixed, play
from tests.server.phones import Facilitator, Organiser
from tests.server.server import ROOT, Server

from .loading import COUNTED, MOST, MOST_ROUNDS, Load, load

RESULT = ROOT / "build" / "bench" / "first_load.json"
RESPONSES = 60
REPEATS = 3
# Milliseconds and bytes a second: a phone at the edge of what its network reaches.
FAR_AWAY = {"latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}


def main() -> None:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("Chromium is not installed: sudo apt install chromium libatomic1")
    with tempfile.TemporaryDirectory(prefix="eightdots-load-") as folder, sync_playwright() as playwright:
        loads = measure(playwright, chromium, Path(folder))
    name = max(loads, key=lambda each: loads[each].sent(*COUNTED))
    print(f"{name}, with {RESPONSES} responses\n\n{requests(loads[name])}\n\n{summary(loads)}")
    print(
        f"\nGoal: html, css and js ≤ {MOST:,} bytes compressed, in {MOST_ROUNDS} round after the page. The font comes "
        f"besides, and no words wait for it.\nFirst paint: median of {REPEATS} on an emulated line of "
        f"{FAR_AWAY['latency']} ms and {FAR_AWAY['downloadThroughput'] * 8 / 1e6} Mbit/s, for information."
    )
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    kept = {each: asdict(found) | {"holds": found.holds} for each, found in loads.items()}
    RESULT.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n")
    if not all(each.holds for each in loads.values()):
        sys.exit("The goal is missed.")


def measure(playwright: Playwright, chromium: str, folder: Path) -> dict[str, Load]:
    """Every page that a phone sees, by a name for people."""
    with (
        Server(folder) as server,
        launch(playwright, chromium) as browser,
        everybody(browser, server.base) as people,
    ):
        organiser = Organiser(server.base, server.organiser_path)
        workshop = play(organiser, "vote", mixed(RESPONSES))
        loads = {"joining": visit(people, people.somebody, f"/j/{workshop.code}")}
        for phase in Facilitator.PHASES:
            workshop.facilitator.goes_to(phase)
            loads[phase] = visit(people, lambda: people.somebody_known(workshop.phones[0]), f"/w/{workshop.code}")
        return loads


def visit(people: People, somebody: Callable[[], Page], path: str) -> Load:
    """Load a page once to count, and a few times more from far away to see when it shows."""
    found = load(somebody(), path)
    far_away = [load(somebody(), path, **FAR_AWAY) for _ in range(REPEATS)]
    found.paint_ms = median(each.paint_ms for each in far_away)
    people.leave()
    return found


def requests(found: Load) -> str:
    lines = [f"{'round':>5} {'kind':<5} {'raw':>7} {'sent':>7}  request"]
    lines += [f"{each.round:>5} {each.kind:<5} {each.raw:>7,} {each.sent:>7,}  {each.path}" for each in found.requests]
    return "\n".join(lines)


HEAD = ("page", *COUNTED, "total", "goal", "rounds", "holds", "requests", "font", "first paint")


def summary(loads: dict[str, Load]) -> str:
    """A line for each page: bytes sent of each kind, and whether that is within the goal."""
    rows = [HEAD, *(cells(name, found) for name, found in loads.items())]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)


def cells(name: str, found: Load) -> tuple[str, ...]:
    return (
        name,
        *(f"{found.sent(kind):,}" for kind in COUNTED),
        f"{found.sent(*COUNTED):,}",
        f"≤ {MOST:,}",
        str(found.rounds),
        "yes" if found.holds else "no",
        str(len(found.requests)),
        f"{found.sent('font'):,}",
        f"{found.paint_ms:.0f} ms",
    )


if __name__ == "__main__":
    main()

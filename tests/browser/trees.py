"""What a screen reader is given of the pieces that matter most, kept as files beside this one to be read and compared.

`make screens ARGS=--trees` writes them anew; what has changed is then seen in the diff.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

FOLDER = Path(__file__).parent / "trees"

# By place: which pieces of it are kept, and where each is.
PIECES = {
    "vote-one-too-many": {
        "vote-card": "#r4",
        "vote-card-with-dots": "#r15",
        "budget-bar": "#sheet",
    },
    "vote-finished": {"budget-bar-finished": "#sheet"},
    "phone-results": {"phone-standings": ".standings > li:nth-child(-n + 4)"},
    "results-tie": {"results-table": "table.ranking"},
    "board-vote": {"board-column": ".column[data-side=no]"},
    "board-tie": {"board-standings": ".standings"},
    "console-vote": {"console-phases": ".steps"},
}


def path(name: str) -> Path:
    return FOLDER / f"{name}.yaml"


def read(page: Page, selector: str) -> str:
    """The accessibility tree of all that the selector finds; and what is current in it, which trees leave out."""
    found = page.locator(selector).all()
    assert found, selector
    current = page.locator(selector).locator("[aria-current]").all()
    lines = [each.aria_snapshot() for each in found]
    lines += [f"# current {each.get_attribute('aria-current')}: {each.inner_text()}" for each in current]
    return "\n".join(lines) + "\n"


def changed(page: Page, place: str) -> dict[str, str]:
    """The pieces of a place that are no longer as they were kept, as they are now."""
    now = {name: read(page, selector) for name, selector in PIECES.get(place, {}).items()}
    return {name: tree for name, tree in now.items() if not path(name).exists() or path(name).read_text() != tree}


def write(page: Page, place: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, tree in changed(page, place).items():
        path(name).write_text(tree)

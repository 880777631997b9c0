"""Boards with very much on them, and what can be seen there."""

from __future__ import annotations

import json
from typing import NamedTuple

from playwright.sync_api import Page

from tests.server.phones import Facilitator, Organiser

# Leafs through the board from its first page on, as a clicker does. Tells what is whole where, and what is wrong: a
# response that is cut, or is shown outside of its window; words that do not fit into their box; things that cover each
# other; a page that scrolls.
_LEAF = """() => {
  const press = (key) => dispatchEvent(new KeyboardEvent("keydown", { key }));
  const place = document.querySelector("#page-number");
  const now = () => (place.textContent.match(/\\d+/g) ?? [1, 1]).map(Number);
  const box = (element) => element.getBoundingClientRect();
  const covers = (a, b) =>
    a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const holds = (a, b) =>
    b.left >= a.left - 1 && b.right <= a.right + 1 && b.top >= a.top - 1 && b.bottom <= a.bottom + 1;
  const isShown = (element) => box(element).width > 0 && box(element).height > 0;
  const faults = [], pages = [];
  while (now()[0] > 1) press("PageUp");
  const last = now()[1];
  const screen = new DOMRect(0, 0, innerWidth, innerHeight);
  const around = [...document.querySelectorAll(
    "#stage h1, .column h2, .column > .prompt, .join, #progress > *, #timer .clock, .place")].filter(isShown);
  for (const each of around) {
    if (!holds(screen, box(each))) faults.push(`${each.className || each.localName} is off the screen`);
    if (each.scrollWidth > each.clientWidth + 1 && each.clientWidth) faults.push(`${each.className} is too narrow`);
    for (const other of around)
      if (each !== other && covers(box(each), box(other)))
        faults.push(`${each.className || each.localName} covers ${other.className || other.localName}`);
  }
  const rows = new Set([...document.querySelectorAll("#progress .dot")].map((dot) => Math.round(box(dot).top)));
  const foot = document.querySelector(".foot");
  for (const dot of document.querySelectorAll("#progress .dot"))
    if (!holds(box(foot), box(dot))) { faults.push("a dot is outside of the foot"); break; }
  for (let page = 1; page <= last; page++) {
    if (now()[0] !== page || now()[1] !== last) faults.push(`page ${page} calls itself ${place.textContent}`);
    if (document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth)
      faults.push(`page ${page} scrolls`);
    const seen = [];
    for (const card of document.querySelectorAll("#stage .card, #stage [data-standing]")) {
      const room = box(card.closest(".window"));
      const parts = [...card.getClientRects()];
      if (parts.every((part) => part.right <= room.left + 1 || part.left >= room.right - 1)) continue;
      const number = Number(card.dataset.number ?? card.dataset.standing);
      const name = `R${number} on page ${page}`;
      const words = document.createRange();
      words.selectNodeContents(card.querySelector(".text"));
      if (parts.length !== 1 || !holds(room, parts[0])) faults.push(`${name} is cut`);
      else if (![...words.getClientRects()].filter((line) => line.width > 1).every((line) => holds(parts[0], line)))
        faults.push(`${name} has words outside of its card`);
      for (const each of around) if (covers(parts[0], box(each))) faults.push(`${name} is under ${each.className}`);
      seen.push([card.closest(".column")?.dataset.side ?? "both", number]);
    }
    pages.push(seen);
    press("PageDown");
  }
  return { pages, faults, rows: rows.size };
}"""


class Leafed(NamedTuple):
    """What is seen on a board from its first page to its last."""

    pages: list[list[tuple[str, int]]]
    """The column and the number of each response, page by page."""
    faults: list[str]
    rows: int
    """Of dots along the foot."""

    def of(self, side: str) -> list[int]:
        """The responses of a column, in the order in which they are come by."""
        seen: list[int] = []
        before: list[int] = []
        for page in self.pages:
            now = [number for where, number in page if where == side]
            # The shorter column stays at its end while the other goes on.
            seen += now if now != before else []
            before = now
        return seen

    @property
    def numbers(self) -> list[int]:
        """Every response, as often as it is come by."""
        sides = {side for page in self.pages for side, _ in page}
        return sorted(number for side in sides for number in self.of(side))


def leaf(board: Page) -> Leafed:
    found = board.evaluate(_LEAF)
    pages = [[(side, number) for side, number in page] for page in found["pages"]]
    return Leafed(pages, found["faults"], found["rows"])


def opens_with(organiser: Organiser, responses: list[tuple[str, str]]) -> Facilitator:
    """A workshop with responses that came with the agenda: nobody has to write them one by one."""
    exercise = {
        "kind": "columns",
        "prompt": "What should the town centre be like?",
        "responses": [{"side": side, "text": text} for side, text in responses],
    }
    organiser.get("/workshops/file")
    opened = organiser.ask("/workshops/file", {"agenda": json.dumps({"title": "Town centre", "exercises": [exercise]})})
    assert opened["ok"], opened
    return Facilitator(organiser.base, opened)


def looks(facilitator: Facilitator, size: str, theme: str) -> None:
    """Choose at the console how the board looks."""
    answer = facilitator.ask(f"/w/{facilitator.code}/board/look", {"size": size, "theme": theme})
    assert answer["ok"], answer

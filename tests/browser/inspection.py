"""The acceptance list for one page: whoever has arrived at a place has it looked at here in every view, once."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.browser import axe
from tests.browser.views import ENLARGED, PRINT, SMALL, VIEWS, Device, View
from tests.server.server import ROOT

EYES = (ROOT / "tests" / "browser" / "eyes.js").read_text()

# WCAG has no number for it: this is ours.
LARGEST_BAR = 0.3
# Of a list of sixty responses, each of which has two buttons, every fifth stop says as much as all.
STOPS = 25


class Inspection:
    """Looks at a page and lists what is wrong with it. `reviewed` are the lines of `axe.REVIEWED` that it met."""

    def __init__(self, page: Page, device: Device) -> None:
        self.page = page
        self.device = device
        self.reviewed: set[int] = set()
        page.evaluate(axe.SCRIPT + EYES)

    def faults(self) -> list[str]:
        home, *others = VIEWS[self.device]
        found = [*self._in(home, self._judge(home, axe.EVERYTHING))]
        for view in others:
            found += self._in(view, self._judge(view, axe.COLOURS if view.media else axe.LAYOUT))
        return found + self._in(PRINT, self._on_paper())

    def faults_of_layout(self) -> list[str]:
        """What other words, or words from right to left, may do to a page. axe is not asked: it looks at no words."""
        views = [view for view in VIEWS[self.device] if not view.media]
        return [fault for view in views for fault in self._in(view, self._look_at_the_layout(view))]

    def _in(self, view: View, faults: Iterator[str]) -> list[str]:
        """The view comes first: its faults are found while it is shown."""
        view.show(self.page)
        return [f"{view.name}: {fault}" for fault in faults]

    def _judge(self, view: View, rules: dict[str, object]) -> Iterator[str]:
        yield from self._ask_axe(rules)
        if view.media:
            return
        yield from self._look_at_the_layout(view)
        if self.device != "board" and (view.name == "390" or view.size == ENLARGED):
            yield from self._walk()

    def _look_at_the_layout(self, view: View) -> Iterator[str]:
        yield from self._look("cutOff")
        if self.device == "board":
            return
        yield from self._look("tooWide")
        yield from self._look_at_the_bar()
        if view.size == SMALL:
            yield from self._with_text_changed("space")
        if view.name == "390":
            yield from self._with_text_changed("enlarge")

    def _ask_axe(self, rules: dict[str, object]) -> Iterator[str]:
        findings = axe.ask(self.page, rules)
        self.reviewed |= findings.reviewed
        yield from findings.violations
        yield from (f"not reviewed: {each}" for each in findings.unreviewed)

    def _look(self, what: str) -> Iterator[str]:
        yield from (f"{what}: {each}" for each in self.page.evaluate(f"eyes.{what}()"))

    def _look_at_the_bar(self) -> Iterator[str]:
        share = self.page.evaluate("eyes.fixedShare()")
        if share > LARGEST_BAR:
            yield f"The bar takes {share:.0%} of the height."

    def _with_text_changed(self, how: str) -> Iterator[str]:
        self.page.evaluate(f"eyes.{how}(true)")
        for fault in (*self._look("tooWide"), *self._look("cutOff"), *self._look_at_the_bar()):
            yield f"{how}: {fault}"
        self.page.evaluate(f"eyes.{how}(false)")

    def _walk(self) -> Iterator[str]:
        # The first key also tells the browser that there is a keyboard, and rings are shown from then on.
        self.page.keyboard.press("Tab")
        yield from self.page.evaluate("eyes.walk", STOPS)

    def _on_paper(self) -> Iterator[str]:
        # Paper has the tokens of the light scheme: tests/test_contrast.py computes them.
        for what in ("misprints", "tooWide", "cutOff"):
            yield from self._look(what)

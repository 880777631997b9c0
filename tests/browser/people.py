"""Everybody with a browser: a context for each, as a phone or a laptop has its own cookies and its own storage."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Playwright,
    ViewportSize,
    expect,
)

from tests.server import phones
from tests.server.phones import JSON, Facilitator

ARGUMENTS = (
    "--no-sandbox",
    # It would ask again by itself for a page that did not come, while a test does so.
    "--disable-auto-reload",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 30_000
"""Milliseconds. Generous: a noisy machine may be slow, and only a failing test waits for so long."""

HAS_SAID = "([place, sentence]) => globalThis.diary?.[place]?.some((each) => each.includes(sentence)) ?? false"

PHONE: ViewportSize = {"width": 390, "height": 844}
LAPTOP: ViewportSize = {"width": 1280, "height": 800}

expect.set_options(timeout=PATIENCE)

# What a page says may be gone again before a slow machine looks, so the page keeps a diary of it.
DIARY = """
addEventListener("DOMContentLoaded", () => {
  globalThis.diary = {};
  for (const selector of ["#said", "#alarm", "#sheet .saved", "#countdown"]) {
    const entries = (globalThis.diary[selector] = []);
    const place = document.querySelector(selector);
    const write = () => place.textContent.trim() && entries.push(place.textContent.trim());
    if (!place) continue;
    write();
    new MutationObserver(write).observe(place, { childList: true, characterData: true, subtree: true });
  }
});
"""


def launch(playwright: Playwright, chromium: str, *arguments: str) -> Browser:
    return playwright.chromium.launch(executable_path=chromium, args=[*ARGUMENTS, *arguments])


class People:
    """Opens a context for everybody and closes them all. What goes wrong in their pages is kept in `faults`."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.base = base
        self.faults: list[str] = []
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    def somebody(self, path: str = "", *, scripts: bool = True, **options: Any) -> Page:
        """Somebody new, who opens an address if there is one. Without `scripts`, pages get none of theirs, though the
        browser would run them, as axe needs.
        """
        context = self._browser.new_context(**{"base_url": self.base, "viewport": PHONE, **options})
        context.set_default_timeout(PATIENCE)
        context.add_init_script(DIARY)
        context.on("weberror", lambda each: self.faults.append(str(each.error)))
        context.on("console", self._listen)
        self._contexts.append(context)
        if not scripts:
            context.route("**/*.js", lambda route: route.abort())
        page = context.new_page()
        if path:
            page.goto(path)
        return page

    def phone(self, facilitator: Facilitator, **options: Any) -> Phone:
        """Somebody who has joined already and looks at their page."""
        return self.phone_of(facilitator.phone(), **options)

    def phone_of(self, person: phones.Phone, **options: Any) -> Phone:
        """The phone of somebody who has been there without a browser so far."""
        page = self.somebody_known(person, **options)
        page.goto(f"/w/{person.code}")
        return Phone(page, person.code)

    def somebody_known(self, person: phones.Browser, **options: Any) -> Page:
        """A browser with the cookie of somebody who has been there without one: from then on both are the same."""
        page = self.somebody(**options)
        page.context.add_cookies(
            [{"name": name, "value": value, "url": self.base} for name, value in person.http.cookies.items()]
        )
        return page

    def somebody_on(self, page: Page, path: str) -> Page:
        """Another tab of the same browser."""
        tab = page.context.new_page()
        tab.goto(path)
        return tab

    def _listen(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.faults.append(message.text)

    def see(self) -> str:
        """What everybody has before them, for whoever wonders why a test failed."""
        pages = [page for context in self._contexts for page in context.pages]
        return "\n\n".join(
            [*(f"{page.url}\n{page.locator('body').aria_snapshot(timeout=5000)}" for page in pages), *self.faults]
        )

    def leave(self) -> None:
        while self._contexts:
            self._contexts.pop().close()


class Phone:
    """A participant's page."""

    def __init__(self, page: Page, code: str) -> None:
        self.page = page
        self.code = code

    # Looking ----------------------------------------------------------------------------------------------------------

    def card(self, number: int) -> Locator:
        return self.page.locator(f"#r{number}")

    @property
    def left(self) -> Locator:
        return self.page.locator("#sheet .left")

    @property
    def saved(self) -> Locator:
        return self.page.locator("#sheet .saved")

    @property
    def said(self) -> Locator:
        return self.page.locator("#said")

    @property
    def alarm(self) -> Locator:
        return self.page.locator("#alarm")

    def is_live(self) -> None:
        """The page has loaded, and its socket is there."""
        is_live(self.page)

    def shows_dots(self, on: dict[int, int]) -> None:
        """So many dots on each of these responses, and none on the rest."""
        expect(self.page.locator("#stage .card .mine .words")).to_have_count(len(on))
        for number, count in on.items():
            words = "1 dot" if count == 1 else f"{count} dots"
            expect(self.card(number).locator(".mine .words")).to_have_text(words)

    def shows_left(self, left: int, allowance: int = 8) -> None:
        """The number, the discs and the title say how many dots are left."""
        expect(self.left).to_have_text(re.compile(rf"^{left} of {allowance} dots? left$"))
        expect(self.page.locator("#sheet .dot:not(.spent)")).to_have_count(left)
        expect(self.page).to_have_title(re.compile(rf"^(Problem: )?{left} of {allowance} dots? left – Vote – "))

    def has_saved(self, placed: int) -> None:
        expect(self.saved).to_have_text(f"{placed} of {placed} saved")

    def was_told(self, sentence: str, where: str = "#said") -> None:
        """The page said it, though it may be gone again."""
        was_told(self.page, sentence, where)

    def state(self) -> Any:
        """What the server says when this phone asks how things stand."""
        return self.page.context.request.get(f"/w/{self.code}/state", headers=JSON).json()

    def placed(self) -> dict[int, int]:
        """How many dots the server says are on each response."""
        return dict(Counter(response for response, _ in self.state()["ballot"]["dots"] if response is not None))

    # Doing ------------------------------------------------------------------------------------------------------------

    def writes(self, text: str, side: str = "yes") -> None:
        self.page.locator(f".side[data-side={side}]").click()
        self.page.get_by_label("Your response", exact=True).fill(text)
        self.page.get_by_role("button", name="Add response").click()

    def adds(self, number: int, times: int = 1) -> None:
        for _ in range(times):
            self.card(number).get_by_role("button", name="Add dot").click()

    def asks_for_one_too_many(self, number: int) -> None:
        """Press although the button says that it will not do anything."""
        button = self.card(number).get_by_role("button", name="Add dot")
        expect(button).to_have_attribute("aria-disabled", "true")
        button.click(force=True)

    def takes(self, number: int) -> None:
        self.card(number).get_by_role("button", name="Remove").click()

    def finishes(self) -> None:
        self.page.get_by_role("button", name="Finished").click()


def is_live(page: Page) -> None:
    expect(page.locator("#connection")).to_have_attribute("data-state", "live")


def was_told(page: Page, sentence: str, where: str = "#said") -> None:
    """The page said it, though it may be gone again. Asked again and again rather than with every frame that is drawn:
    a browser with a dozen pages on a busy machine draws some of them very rarely.
    """
    until = time.monotonic() + PATIENCE / 1000
    while not _has_said(page, sentence, where):
        assert time.monotonic() < until, sentence
        page.wait_for_timeout(50)


def _has_said(page: Page, sentence: str, where: str) -> bool:
    try:
        return bool(page.evaluate(HAS_SAID, [where, sentence]))
    except Error:
        # The page is just making room for another one.
        return False


def presses(where: Page | Locator, button: str, *, exact: bool = False) -> None:
    """Press a button that sends something, and wait for the answer: whoever looks afterwards finds it done."""
    page = where if isinstance(where, Page) else where.page
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        where.get_by_role("button", name=button, exact=exact).first.click()


@contextmanager
def everybody(browser: Browser, base: str) -> Iterator[People]:
    """People who leave at the end, and in whose pages nothing may have gone wrong."""
    people = People(browser, base)
    try:
        yield people
    finally:
        people.leave()
    assert people.faults == []

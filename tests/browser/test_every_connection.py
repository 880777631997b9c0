"""One journey over every connection that a phone may have: nothing is lost on the way, and nothing is doubled.

A bad connection takes 200 ms longer for a question and its answer, half of them each way. It loses 5 % of the answers,
of files and of pushed messages as well, and besides the first to every kind of write. What is lost is the answer alone:
what was asked for has been done, and nobody knows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import NamedTuple

import pytest
from playwright.sync_api import Error, Locator, TimeoutError, expect

from tests.browser.losses import Losses
from tests.browser.people import People, Phone
from tests.browser.wire import Wire
from tests.server.phones import JSON, Facilitator
from tests.server.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

PEOPLE = 3
MOST_TRIES = 20


class Connection(NamedTuple):
    mark: str = "Live"
    """What the page says of it, as long as it runs scripts."""
    scripts: bool = True
    websockets: bool = True
    sockets: bool = True
    delay: float = 0
    """Seconds, each way."""
    lost: float = 0
    """The share of the answers."""
    first_lost: int = 1
    """How many answers to each kind of write are lost besides. A browser makes up for one by itself."""

    def laid(self, wire: Wire, seed: str) -> None:
        wire.refuses_websockets = not self.websockets
        wire.refuses_sockets = not self.sockets
        wire.delay = self.delay
        wire.losses = Losses(seed, self.lost, self.first_lost) if self.lost else None


CONNECTIONS = {
    "plain": Connection(),
    "without JavaScript": Connection(scripts=False),
    "websockets blocked": Connection(websockets=False),
    "all of Socket.IO blocked": Connection("Checking every 5 seconds", sockets=False),
    "bad": Connection(delay=0.1, lost=0.05),
    "bad and without JavaScript": Connection(scripts=False, lost=0.05, first_lost=2),
}


@pytest.fixture(params=CONNECTIONS)
def connection(request: pytest.FixtureRequest) -> Connection:
    return CONNECTIONS[request.param]


@pytest.fixture
def guests(people: People, server: Server, connection: Connection) -> Iterator[list[Guest]]:
    with ExitStack() as stack:
        wires = [stack.enter_context(Wire(server.port)) for _ in range(PEOPLE)]
        for place, wire in enumerate(wires):
            connection.laid(wire, f"phone {place}")
        yield [Guest(people, wire, connection, server.base, place) for place, wire in enumerate(wires)]
        # Before the wires go, or the pages would ask in vain.
        people.leave()


def test_the_journey_over(guests: list[Guest], facilitator: Facilitator, connection: Connection) -> None:
    for guest in guests:
        guest.joins(facilitator.code)
    for guest in guests:
        guest.sees("You're in")
        guest.is_told_how_it_is_connected()

    facilitator.goes_to("gather")
    for guest in guests:
        guest.writes_everything()
    for guest in guests:
        guest.has_written_everything()
    guests[0].edits_the_first()
    facilitator.goes_to("vote")
    numbers = {each["response"]: each["number"] for each in facilitator.results()["results"]}
    written = [text for guest in guests for text in guest.texts]
    assert sorted(numbers) == sorted(written)
    assert len(facilitator.results()["results"]) == len(written)

    in_doubt = numbers[guests[2].texts[1]]
    for guest in guests:
        guest.spends_eight_and_moves_one([numbers[text] for text in guest.texts], in_doubt)
    facilitator.withdraws(in_doubt)
    for guest in guests:
        guest.has_one_back(in_doubt)
        guest.finishes()
    facilitator.goes_to("discuss")
    recount: Counter[int] = Counter()
    for guest in guests:
        guest.sees("Results")
        recount.update(guest.book)
    for guest in guests:
        guest.reads(recount)

    assert facilitator.tally() == recount
    results = facilitator.results()
    assert (results["joined"], results["people"]) == (PEOPLE, PEOPLE)
    assert results["dots"] == {"used": 8 * PEOPLE, "available": 8 * PEOPLE}
    if not connection.sockets or not connection.websockets:
        assert all(guest.wire.refused for guest in guests)
    if connection.lost:
        assert all(guest.wire.losses and guest.wire.losses.lost for guest in guests)


class Guest:
    """Somebody with a phone, and what they know that they did."""

    def __init__(self, people: People, wire: Wire, connection: Connection, server: str, place: int) -> None:
        page = people.somebody(base_url=wire.base, java_script_enabled=connection.scripts)
        self.phone = Phone(page, "")
        self.wire = wire
        self.book: Counter[int] = Counter()
        """How many dots are on each response."""
        self.texts = [f"{place} Warm buses", f"{place} Free park and ride"]
        self._connection = connection
        self._server = server

    # Doing ------------------------------------------------------------------------------------------------------------

    def joins(self, code: str) -> None:
        self.phone.code = code
        page = self.phone.page
        self._goes(lambda: page.goto(f"/j/{code}"))
        self._goes(page.get_by_role("button", name="Join").click)
        self._is_ready()

    def writes_everything(self) -> None:
        """The second one without waiting for what becomes of the first."""
        self._looks()
        for side, text in zip(("yes", "no"), self.texts, strict=True):
            self._writes(side, text)

    def has_written_everything(self) -> None:
        expect(self._field).to_have_value("")
        self._writes("no", "A mistake")
        mistake = self._card("A mistake").filter(has_text="Yours")
        self._sends(mistake.get_by_role("button", name="Remove"))
        expect(mistake).to_have_count(0)
        for text in self.texts:
            expect(self._card(text)).to_have_count(1)

    def _writes(self, side: str, text: str) -> None:
        self.phone.page.locator(f".side[data-side={side}]").click()
        self._field.fill(text)
        button = self.phone.page.get_by_role("button", name="Add response")
        if self._connection.scripts:
            button.click()
        else:
            self._goes_back_and_on(button.click)

    def edits_the_first(self) -> None:
        page = self.phone.page
        self._goes(self._card(self.texts[0]).get_by_role("link", name="Edit").click)
        self.texts[0] += ", and late ones"
        self._field.fill(self.texts[0])
        self._goes(page.get_by_role("button", name="Save").click)
        self._is_ready()
        expect(self._card(self.texts[0])).to_have_count(1)

    def spends_eight_and_moves_one(self, own: list[int], in_doubt: int) -> None:
        self._looks()
        self.phone.shows_left(8)
        favourite, other = own
        for number in [favourite] * 4 + [other] * 3 + [in_doubt]:
            self._adds(number)
        self._sends(self.phone.card(favourite).get_by_role("button", name="Remove"))
        self.book[favourite] -= 1
        self._adds(other)
        self._has_saved()

    def has_one_back(self, withdrawn: int) -> None:
        back = self.book.pop(withdrawn)
        self._looks()
        self.phone.shows_left(back)
        for _ in range(back):
            self._adds(min(self.book))
        self._has_saved()

    def finishes(self) -> None:
        self._sends(self.phone.page.get_by_role("button", name="Finished"))
        expect(self.phone.page.get_by_role("button", name="Change my dots")).to_be_visible()
        assert self._ballot()["finished"]

    # Looking ----------------------------------------------------------------------------------------------------------

    def sees(self, heading: str) -> None:
        self._looks()
        expect(self.phone.page.get_by_role("heading", level=1)).to_have_text(heading)

    def reads(self, recount: Counter[int]) -> None:
        rows = self.phone.page.locator(".standings > li")
        expect(rows).to_have_count(len(recount))
        for number, count in recount.items():
            row = self.phone.page.locator(f"[data-standing='{number}']")
            expect(row.locator(".count")).to_have_text(re.compile(rf"\b{count}\b"))
            own = self.book[number]
            expect(row.locator(".yours")).to_have_text(re.compile(rf"^{own} of them" if own else "^$"))

    def is_told_how_it_is_connected(self) -> None:
        if self._connection.scripts:
            expect(self.phone.page.locator("#connection")).to_have_text(self._connection.mark)

    def _has_saved(self) -> None:
        """What the page says that it saved is what the server has."""
        placed = +self.book
        self.phone.shows_left(8 - placed.total())
        self.phone.shows_dots(placed)
        if self._connection.scripts:
            all_saved = rf"{placed.total()} of {placed.total()} saved|All your dots are saved"
            expect(self.phone.saved).to_have_text(re.compile(all_saved))
        dots = self._ballot()["dots"]
        assert Counter(on for on, _ in dots if on) == placed

    def _ballot(self) -> dict[str, list[tuple[int | None, int]]]:
        """Asked of the server itself."""
        answer = self.phone.page.context.request.get(f"{self._server}/w/{self.phone.code}/state", headers=JSON)
        ballot: dict[str, list[tuple[int | None, int]]] = answer.json()["ballot"]
        return ballot

    # Everywhere -------------------------------------------------------------------------------------------------------

    @property
    def _field(self) -> Locator:
        return self.phone.page.get_by_label("Your response", exact=True)

    def _card(self, text: str) -> Locator:
        return self.phone.page.locator("#stage .card", has_text=text)

    def _adds(self, number: int) -> None:
        self._sends(self.phone.card(number).get_by_role("button", name="Add dot"))
        self.book[number] += 1

    def _sends(self, button: Locator) -> None:
        """Press what a script sends, if there is one."""
        if self._connection.scripts:
            button.click()
        else:
            self._goes(button.click)

    def _looks(self) -> None:
        """What is there by now. A page with scripts sees it by itself."""
        if not self._connection.scripts:
            self._goes(self.phone.page.get_by_role("link", name="Look for changes").click)

    def _is_ready(self) -> None:
        """The scripts have come with the page, or after it, if it has any."""
        if self._connection.scripts:
            expect(self.phone.page.locator("html")).to_have_attribute("data-script", "on")

    def _goes(self, act: Callable[[], object]) -> None:
        """Go to another page. Where it does not come, its reader asks for the same again, as a browser offers."""
        page = self.phone.page
        for _ in range(MOST_TRIES):
            try:
                with page.expect_navigation():
                    act()
                return
            except TimeoutError:
                raise
            except Error:
                page.wait_for_url(re.compile("^chrome-error:"), wait_until="commit")
                page.wait_for_timeout(100)
                act = page.reload
        raise AssertionError("The page never came.")

    def _goes_back_and_on(self, act: Callable[[], object]) -> None:
        """Where the page does not come, its reader goes back, finds the form as they left it, and presses again."""
        page = self.phone.page
        try:
            with page.expect_navigation():
                act()
        except TimeoutError:
            raise
        except Error:
            page.wait_for_url(re.compile("^chrome-error:"), wait_until="commit")
            self._goes(page.go_back)
            self._goes_back_and_on(act)

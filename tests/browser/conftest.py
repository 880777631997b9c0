"""A browser for this folder, a server, and who is there."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.people import People, Phone, everybody, launch
from tests.browser.wire import Wire
from tests.server.phones import Facilitator, Organiser
from tests.server.server import Server
from tests.server.sockets import hang_up


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where a test failed, show what was on everybody's screens."""
    report = yield
    people = getattr(item, "funcargs", {}).get("people")
    if report.when == "call" and report.failed and isinstance(people, People):
        report.sections.append(("Everybody's screens", people.see()))
    return report


# Not for the whole session: while it runs, no other test could have an event loop of asyncio.
@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright, launch(playwright, chromium) as browser:
        yield browser


@pytest.fixture(scope="package")
def running_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture
def server(running_server: Server) -> Iterator[Server]:
    """One server for the whole folder. Whatever a test does to it, it must not stumble."""
    before = len(running_server.faults())
    yield running_server
    assert running_server.faults()[before:] == []


@pytest.fixture
def people(browser: Browser, server: Server) -> Iterator[People]:
    with everybody(browser, server.base) as people:
        yield people
    hang_up()


@pytest.fixture
def organiser(server: Server) -> Organiser:
    return Organiser(server.base, server.organiser_path)


@pytest.fixture
def facilitator(organiser: Organiser) -> Facilitator:
    return organiser.opens()


@pytest.fixture
def ada(people: People, facilitator: Facilitator) -> Phone:
    ada = people.phone(facilitator)
    ada.is_live()
    return ada


@pytest.fixture
def wire(server: Server) -> Iterator[Wire]:
    """A network between a phone and the server."""
    with Wire(server.port) as wire:
        yield wire

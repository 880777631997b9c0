"""A server for the tests of this folder, in each async mode, and who is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.phones import Facilitator, Organiser, Phone
from tests.server.server import MODES, SOAK, Server
from tests.server.sockets import hang_up


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A long run takes its time."""
    for item in items:
        if SOAK > 1 and item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.timeout(0))


@pytest.fixture(scope="package", params=MODES)
def running_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("server"), request.param) as server:
        yield server


@pytest.fixture
def server(running_server: Server) -> Iterator[Server]:
    """One server a mode for the whole folder. Whatever a test does to it, it must not stumble."""
    before = len(running_server.faults())
    yield running_server
    assert running_server.faults()[before:] == []


@pytest.fixture(autouse=True)
def _everybody_hangs_up() -> Iterator[None]:
    yield
    hang_up()


@pytest.fixture
def organiser(server: Server) -> Organiser:
    return Organiser(server.base, server.organiser_path)


@pytest.fixture
def facilitator(organiser: Organiser) -> Facilitator:
    return organiser.opens()


@pytest.fixture
def ada(facilitator: Facilitator) -> Phone:
    return facilitator.phone()


@pytest.fixture
def ben(facilitator: Facilitator) -> Phone:
    return facilitator.phone()

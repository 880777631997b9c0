"""A server for the tests of this folder, in each async mode, and who is there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.server.phones import Facilitator, Organiser, Phone, hang_up
from tests.server.server import Server


@pytest.fixture(scope="module", params=["eventlet", "threading"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("server"), request.param) as server:
        yield server


@pytest.fixture(autouse=True)
def _everybody_hangs_up() -> Iterator[None]:
    yield
    hang_up()


@pytest.fixture(scope="module")
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

"""Who is there in the tests of pages."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.pages.people import Facilitator, Organiser, Phone


@pytest.fixture
def organiser(app: Flask) -> Organiser:
    return Organiser(app)


@pytest.fixture
def facilitator(organiser: Organiser) -> Facilitator:
    return organiser.opens()


@pytest.fixture
def ada(facilitator: Facilitator) -> Phone:
    return facilitator.phone()


@pytest.fixture
def ben(facilitator: Facilitator) -> Phone:
    return facilitator.phone()

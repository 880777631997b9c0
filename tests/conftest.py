"""What all tests share: databases, the cast, and a loud word about tests that cannot run here."""

from __future__ import annotations

import os
import random
import shutil
import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import settings
from sqlalchemy import create_engine, text

from tests import postgres
from tests.cast import Person, Room
from tests.sockets import Screens
from workshop import create_app, migrations
from workshop.ballot_box import BallotBox
from workshop.settings import Settings
from workshop.store import Store

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
MISSING = {
    "browser": (CHROMIUM, "Chromium", "sudo apt install chromium libatomic1"),
    "libreoffice": (
        shutil.which("soffice"),
        "LibreOffice",
        "sudo apt install libreoffice-calc-nogui libreoffice-writer-nogui",
    ),
    "postgresql": (postgres.find("initdb"), "PostgreSQL", "sudo apt install postgresql"),
}
_names = count(1)

# Two cores that others use as well say nothing about how long an example should take; and a run in CI is to fail
# because of what was changed, and not because of what was drawn. Everywhere else, each run looks somewhere new.
settings.register_profile("eightdots", deadline=None, derandomize=os.environ.get("CI") == "true", print_blob=True)
settings.load_profile("eightdots")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what this machine cannot run, except in CI, where that is a failure."""
    for marker, (found, what, how) in MISSING.items():
        concerned = [item for item in items if item.get_closest_marker(marker)]
        if found or not concerned:
            continue
        if os.environ.get("CI") == "true":
            pytest.exit(f"{what} is not installed, and {len(concerned)} tests need it: {how}", returncode=1)
        for item in concerned:
            item.add_marker(pytest.mark.skip(reason=f"{what} is not installed: {how}"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for found, what, how in MISSING.values():
        if not found:
            terminalreporter.section(f"{what.upper()} IS NOT INSTALLED", sep="!", red=True, bold=True)
            terminalreporter.line(f"Every test that needs {what} was left out. To run them: {how}")


@pytest.fixture(scope="session")
def chromium() -> str:
    assert CHROMIUM
    return CHROMIUM


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    with postgres.running() as address:
        yield address


@pytest.fixture(scope="session")
def fresh_postgresql(postgresql: str) -> str:
    """One database for the whole run, with its tables: each test opens a workshop of its own in it."""
    address = _new_database(postgresql)
    _make_tables(address)
    return address


@pytest.fixture(scope="session")
def fresh_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with nothing but the tables, to be copied: making them takes longer than most tests."""
    path = tmp_path_factory.mktemp("fresh") / "eightdots.sqlite"
    _make_tables(f"sqlite:///{path}")
    return path


def _make_tables(address: str) -> None:
    store = Store(address)
    migrations.upgrade(store.engine)
    store.close()


def _new_database(postgresql: str) -> str:
    name = f"eightdots_{next(_names)}"
    address = postgresql.format(name="postgres").replace("postgresql:", "postgresql+psycopg2:")
    admin = create_engine(address, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    admin.dispose()
    return postgresql.format(name=name)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Each test that touches a database runs on both. The tables are there."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("fresh_sqlite"), tmp_path)
        return f"sqlite:///{tmp_path}/eightdots.sqlite"
    address: str = request.getfixturevalue("fresh_postgresql")
    return address


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The whole house on each database, for tests that ask it by HTTP: each opens a workshop of its own in it."""
    folder = tmp_path_factory.mktemp("app")
    if request.param == "sqlite":
        url = f"sqlite:///{folder}/eightdots.sqlite"
    else:
        url = request.getfixturevalue("fresh_postgresql")
    app = create_app(Settings(data_dir=folder, database_url=url, async_mode="threading", secret_key="of the tests"))
    yield app
    app.extensions["eightdots"].store.close()


@pytest.fixture
def screens(app: Flask) -> Screens:
    return Screens(app)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of each kind in which there is nothing yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/empty.sqlite"
    return _new_database(request.getfixturevalue("postgresql"))


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store(database_url)
    yield store
    store.close()


@pytest.fixture
def box(store: Store) -> BallotBox:
    box = BallotBox(store)
    threading.Thread(target=box.run, daemon=True).start()
    return box


@pytest.fixture
def chance() -> random.Random:
    return random.Random(8)


@pytest.fixture
def room(store: Store, box: BallotBox) -> Room:
    # Codes must differ between the tests that share a PostgreSQL.
    return Room(store, box, random.Random())


@pytest.fixture
def ada(room: Room) -> Person:
    return room.person()


@pytest.fixture
def ben(room: Room) -> Person:
    return room.person()

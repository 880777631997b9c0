"""The tables as the migrations make them, against the tables as the models describe them."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from tests.cast import Room
from workshop import migrations
from workshop.models import Base, Participant, Workshop
from workshop.results import counting
from workshop.store import Store

# A workshop as the first version stored it: two people, a withdrawn response, and four dots, one of them on that.
BEFORE = (
    "INSERT INTO workshop VALUES (1, 'K74M2P', 'Town centre', false, 9, 4, 0)",
    "INSERT INTO exercise VALUES (1, 1, 1, 'columns', NULL, 'What should?', 'What not?', 'discuss', 8, NULL, 'hidden')",
    "INSERT INTO exercise VALUES (2, 1, 2, 'open', 'How?', NULL, NULL, 'draft', 8, NULL, 'hidden')",
    "INSERT INTO link VALUES (1, 1, 'facilitator', 'n', 'h', NULL)",
    "INSERT INTO participant VALUES (3, 1, 'ada', 1), (4, 1, 'ben', 2)",
    "INSERT INTO response VALUES (1, 1, 'yes', 'Trees', 'live', 3, 'a'), (1, 2, 'no', 'Cars', 'live', 4, 'a')",
    "INSERT INTO response VALUES (1, 3, 'no', 'Bins', 'withdrawn', NULL, 'a')",
    "INSERT INTO dot VALUES (1, 3, 1, 1, 1, 'a'), (1, 4, 1, 1, 1, 'a'), (1, 4, 2, 2, 1, 'a'), (1, 4, 3, 3, 1, 'a')",
)


def test_the_migrations_make_the_tables_that_the_models_describe(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_migrations_make_the_checks_that_the_models_describe(store: Store) -> None:
    for table in Base.metadata.sorted_tables:
        described = {str(each.name) for each in table.constraints if str(each.name).startswith(f"ck_{table.name}")}
        made = {str(each["name"]) for each in inspect(store.engine).get_check_constraints(table.name)}
        assert made == described


def test_of_programs_that_start_at_once_on_an_empty_database_one_makes_the_tables(empty_database_url: str) -> None:
    stores = [Store(empty_database_url) for _ in range(4)]
    start = threading.Barrier(4)
    done: list[str] = []

    def starts(store: Store) -> None:
        start.wait()
        try:
            migrations.upgrade(store.engine)
            done.append("up to date")
        except OperationalError as error:
            done.append(str(error.orig))

    threads = [threading.Thread(target=starts, args=[store]) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == ["up to date"] * 4
    assert set(inspect(stores[0].engine).get_table_names()) >= set(Base.metadata.tables)
    for store in stores:
        store.close()


def test_a_file_that_another_program_is_just_making_is_waited_for(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "eightdots.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    store = Store(f"sqlite:///{tmp_path}/eightdots.sqlite")
    done: list[str] = []

    def starts() -> None:
        try:
            migrations.upgrade(store.engine)
            done.append("up to date")
        except OperationalError as error:
            done.append(str(error.orig))

    program = threading.Thread(target=starts)
    program.start()
    program.join(timeout=0.2)
    other.execute("COMMIT")
    program.join()
    assert done == ["up to date"]
    other.close()
    store.close()


def test_a_database_in_which_something_refers_to_nothing_is_not_served(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/eightdots.sqlite")
    migrations.upgrade(store.engine)
    with sqlite3.connect(tmp_path / "eightdots.sqlite") as other:
        other.execute(
            "INSERT INTO participant (workshop_id, number, secret_hash, seed, kind, state)"
            " VALUES (99, 1, x'00', 1, 'phone', 'in')"
        )
    other.close()
    with pytest.raises(IntegrityError):
        migrations.upgrade(store.engine)
    # Whoever looks into it afterwards does so with references checked.
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    store.close()


def test_bringing_a_database_up_to_date_again_changes_nothing(room: Room) -> None:
    migrations.upgrade(room.store.engine)
    assert room.phase == "draft"


def test_a_workshop_of_the_first_version_goes_on_as_it_was(empty_database_url: str) -> None:
    store = Store(empty_database_url)
    migrations.upgrade(store.engine, "0001")
    with store.engine.begin() as connection:
        for statement in BEFORE:
            connection.execute(text(statement))
    migrations.upgrade(store.engine)
    with store.reading() as session:
        workshop = session.get_one(Workshop, 1)
        one, two = workshop.exercises
        assert [(side.key, side.sign, side.prompt) for side in one.sides] == [
            ("yes", "tick", "What should?"),
            ("no", "cross", "What not?"),
        ]
        assert (one.is_on, one.place, one.phase, one.revealed, two.is_on) == (True, 1, "discuss", True, False)
        assert (two.kind, [side.key for side in two.sides]) == ("open", ["open"])
        assert [(each.number, each.kind, each.state) for each in session.scalars(select(Participant))] == [
            (1, "phone", "in"),
            (2, "phone", "in"),
        ]
        result = counting.count(session, one)
        assert {each.response: each.dots for each in result.standings} == {1: 2, 2: 1}
        assert result.adds_up
    store.close()

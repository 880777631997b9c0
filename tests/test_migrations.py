"""The tables as the migrations make them, against the tables as the models describe them."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect
from sqlalchemy.exc import IntegrityError, OperationalError

from tests.cast import Room
from workshop import migrations
from workshop.models import Base
from workshop.store import Store


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

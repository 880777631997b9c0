"""The tables as the migrations make them, against the tables as the models describe them."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

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


def test_bringing_a_database_up_to_date_again_changes_nothing(room: Room) -> None:
    migrations.upgrade(room.store.engine)
    assert room.phase == "draft"

"""The history of the tables. Alembic brings a database up to date when the server starts."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import IntegrityError

# Any number will do that nothing else in the database uses.
ADVISORY_LOCK = 8_888_888

# In seconds. A program that starts beside another waits until that one has brought the tables up to date.
PATIENCE = 60.0


def upgrade(engine: Engine, to: str = "head") -> None:
    """Bring the tables up to date, or to an earlier revision; does nothing where they are. Of several programs that
    start at once, one does it.
    """
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            _upgrade_sqlite(connection, to)
        else:
            with connection.begin():
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ADVISORY_LOCK})
                _run(connection, to)


def _upgrade_sqlite(connection: Connection, to: str) -> None:
    """SQLite alters a table by making it anew and dropping the old one; a drop deletes what refers to it: every dot.

    So references are let go of meanwhile, and checked before the commit.
    """
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        connection.execution_options(begin="IMMEDIATE", patience=PATIENCE)
        with connection.begin():
            _run(connection, to)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise IntegrityError("PRAGMA foreign_key_check", None, ValueError("a migration broke a reference"))
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def _run(connection: Connection, to: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    command.upgrade(config, to)

"""The database: engine, sessions, and the one door for writing.

`change()` is the only place that commits. It takes the workshop's row lock by bumping a version, so that everything
that happens to one workshop happens in one order; it announces after the commit, never before. Nothing inside it may
yield to another green thread, emit or sleep: a yield inside a SQLite write froze the whole server for the busy
timeout.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, bindparam, create_engine, event, make_url, text, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from workshop.errors import N_, Busy, NotFound
from workshop.models import Workshop

log = logging.getLogger(__name__)

Announce = Callable[[int], None]

# Another process (the command line) may hold SQLite's write lock for a moment; waiting happens outside of C, where the
# other green threads can run.
BUSY_SECONDS = 5.0
BUSY_PAUSE = 0.01

# A phone that is told to try again keeps its dot; a disk that is full must not be asked to the last byte.
FULL = (
    "database or disk is full",
    "no space left",
    "could not extend file",
    "could not write",
)
LOCKED = ("database is locked", "database is busy", "deadlock detected", "lock timeout")


class Store:
    """One database. `run_native` runs a blocking call in a native thread: SQLite's COMMIT waits there for the disk."""

    def __init__(self, url: str, run_native: Callable[[Callable[[], Any]], Any] = lambda work: work()) -> None:
        self.engine = _engine(url)
        self.on_sqlite = self.engine.dialect.name == "sqlite"
        # One connection for all that is written to SQLite: its page cache then never goes stale.
        self.writer = _engine(url, pool_size=1, max_overflow=0) if self.on_sqlite else self.engine
        self._run_native = run_native
        self._listeners: list[Announce] = []
        self._one_writer = threading.Lock()
        self.is_closed = False

    def announce_to(self, listener: Announce) -> None:
        """Call `listener` with a workshop's id after every committed change to it."""
        self._listeners.append(listener)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the database and writes nothing."""
        with Session(self.engine) as session:
            if not self.on_sqlite:
                session.connection(
                    execution_options={
                        "isolation_level": "REPEATABLE READ",
                        "postgresql_readonly": True,
                    }
                )
            yield session

    @contextmanager
    def change(self, workshop_id: int, *, tally: int = 0) -> Iterator[Session]:
        """Change one workshop: a session in a transaction that holds its lock, committed at the end and then announced.

        `tally` counts the moves of dots that this change may make; it then bumps `tally_version` by that much, and
        `version`, which everybody may know, not at all. `session.info["versions"]` holds (version, tally_version).
        """
        with self._writing() as session:
            bumped = session.connection().execute(
                _BUMP_TALLY if tally else _BUMP,
                {"workshop": workshop_id, "moves": tally} if tally else {"workshop": workshop_id},
            )
            versions = bumped.one_or_none()
            if versions is None:
                raise NotFound(N_("This workshop has ended."), code="no_such_workshop")
            session.info["versions"] = tuple(versions)
            yield session
        self._announce(workshop_id)

    @contextmanager
    def creation(self) -> Iterator[Session]:
        """Write what nobody watches: a new workshop, or a template. Committed at the end."""
        with self._writing() as session:
            yield session

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        if not self.on_sqlite:
            with _sentences(), Session(self.engine) as session, session.begin():
                yield session
            return
        with self._one_writer, _sentences(), Session(self.writer) as session:
            connection = session.connection(execution_options={"begin": "IMMEDIATE"})
            yield session
            session.flush()
            raw = connection.connection.driver_connection
            assert raw is not None
            self._run_native(lambda: raw.execute("COMMIT"))
            session.commit()

    def _announce(self, workshop_id: int) -> None:
        for listener in self._listeners:
            try:
                listener(workshop_id)
            except Exception:
                # The change is committed and must be answered as such, whatever befalls a screen.
                log.exception("Nobody was told of a change to workshop %s", workshop_id)

    def leave_no_trace(self) -> None:
        """Take what was deleted out of SQLite's log too, where it would lie until the log is written over."""
        if not self.on_sqlite:
            return
        with self._one_writer, closing(self.writer.raw_connection()) as connection:
            raw = connection.driver_connection
            assert raw is not None
            busy, *_ = self._run_native(lambda: raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone())
        if busy:
            log.info("Somebody is reading, so what was deleted leaves the log with a later change")

    def is_well(self) -> bool:
        try:
            with self.reading() as session:
                session.execute(text("SELECT 1"))
        except OperationalError:
            return False
        return True

    def close(self) -> None:
        self.is_closed = True
        self.engine.dispose()
        self.writer.dispose()


_bump = update(Workshop.__table__).where(Workshop.__table__.c.id == bindparam("workshop"))  # type: ignore[arg-type]
_versions = (Workshop.version, Workshop.tally_version)
_BUMP = _bump.values(version=Workshop.version + 1).returning(*_versions)
_BUMP_TALLY = _bump.values(tally_version=Workshop.tally_version + bindparam("moves")).returning(*_versions)


@contextmanager
def _sentences() -> Iterator[None]:
    """Turn what a database says of a full disk or a held lock into a sentence for people."""
    try:
        yield
    except (OperationalError, sqlite3.OperationalError) as error:
        # The database's own words: SQLAlchemy adds the values, which are nobody's business and could be taken for
        # words.
        said = str(getattr(error, "orig", error)).lower()
        if any(word in said for word in FULL):
            log.error("The disk is full: %s", said)
            raise Busy(N_("There is no room left to store this. Tell the facilitator.")) from error
        if any(word in said for word in LOCKED):
            raise Busy(N_("Too much is happening at once. Try again.")) from error
        raise


def _engine(url: str, pool_size: int = 10, max_overflow: int = 20) -> Engine:
    # Values stay out of what is logged: with those of a dot one could tell who placed it where.
    options: dict[str, Any] = {"hide_parameters": True, "pool_size": pool_size, "max_overflow": max_overflow}
    parsed = make_url(url)
    if parsed.drivername in ("postgres", "postgresql"):
        parsed = parsed.set(drivername="postgresql+psycopg2")
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True, **options)
    if parsed.database:
        Path(parsed.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_engine(
        parsed,
        # COMMIT runs in another thread than the rest of its transaction, one after the other.
        connect_args={
            "check_same_thread": False,
            # While it connects; see `_prepare_sqlite`.
            "timeout": BUSY_SECONDS,
            "isolation_level": None,
            "cached_statements": 256,
        },
        **options,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: Any) -> None:
    # SQLite does not wait for its lock where several programs make a new file a WAL at once: each holds what the others
    # wait for, so it tells all but one that it is locked.
    _patiently(lambda: connection.execute("PRAGMA journal_mode=WAL"), BUSY_SECONDS)
    for pragma in (
        "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY", "trusted_schema=OFF",
        # What is deleted is overwritten.
        "secure_delete=ON",
    ):  # fmt: skip
        connection.execute(f"PRAGMA {pragma}")
    # From here on waiting for another process happens in `_begin_sqlite`, where it does not hold up everybody here.
    connection.execute("PRAGMA busy_timeout=10")


def _begin_sqlite(connection: Any) -> None:
    # `isolation_level=None` keeps the driver from beginning transactions of its own; a reader begins one too, so that
    # all it reads is of one moment.
    options = connection.get_execution_options()
    if options.get("begin") == "IMMEDIATE":
        _patiently(lambda: connection.exec_driver_sql("BEGIN IMMEDIATE"), options.get("patience", BUSY_SECONDS))
    else:
        connection.exec_driver_sql("BEGIN")


def _patiently(ask: Callable[[], object], seconds: float) -> None:
    """Ask SQLite for what another program may hold, again and again for so many seconds."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            ask()
            return
        except (OperationalError, sqlite3.OperationalError) as error:
            if "locked" not in str(getattr(error, "orig", error)) or time.monotonic() > deadline:
                raise
            time.sleep(BUSY_PAUSE)

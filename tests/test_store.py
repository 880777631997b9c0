"""The one door for writing: what is counted, announced and refused, and what the database itself refuses."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import DBAPIError

import workshop.store
from tests.cast import Room
from workshop import migrations
from workshop.errors import Busy, NotFound
from workshop.models import Workshop
from workshop.store import Store


def title_of(room: Room) -> str:
    with room.store.reading() as session:
        return session.get_one(Workshop, room.id).title


def rename(room: Room, title: str) -> None:
    with room.store.change(room.id) as session:
        session.get_one(Workshop, room.id).title = title


# Counting and announcing ----------------------------------------------------------------------------------------------


def test_a_change_counts_in_the_version_that_everybody_may_know(room: Room) -> None:
    version, tally_version = room.versions()
    rename(room, "Old town")
    assert room.versions() == (version + 1, tally_version)
    with room.store.change(room.id) as session:
        assert session.info["versions"] == (version + 2, tally_version)


def test_moves_of_dots_count_in_the_version_of_the_tally_alone(room: Room) -> None:
    version, tally_version = room.versions()
    with room.store.change(room.id, tally=3) as session:
        assert session.info["versions"] == (version, tally_version + 3)
    assert room.versions() == (version, tally_version + 3)


def test_a_change_is_announced_once_and_after_it_can_be_read(room: Room, database_url: str) -> None:
    onlooker = Room.again(room, Store(database_url))
    heard: list[tuple[int, str]] = []
    room.store.announce_to(lambda workshop_id: heard.append((workshop_id, title_of(onlooker))))
    with room.store.change(room.id) as session:
        session.get_one(Workshop, room.id).title = "Old town"
        assert not heard
    assert heard == [(room.id, "Old town")]
    onlooker.store.close()


def test_an_action_that_fails_stores_nothing_and_announces_nothing(room: Room) -> None:
    before = room.versions()
    heard: list[int] = []
    room.store.announce_to(heard.append)

    def fails() -> None:
        with room.store.change(room.id) as session:
            session.get_one(Workshop, room.id).title = "Old town"
            session.flush()
            raise RuntimeError("after the flush")

    with pytest.raises(RuntimeError):
        fails()
    assert (title_of(room), room.versions(), heard) == ("Town centre", before, [])
    rename(room, "Old town")
    assert (title_of(room), heard) == ("Old town", [room.id])


def test_a_commit_that_fails_stores_nothing_and_announces_nothing(room: Room, database_url: str) -> None:
    is_full = True

    def commit(work: Callable[[], Any]) -> Any:
        if is_full:
            raise sqlite3.OperationalError("database or disk is full")
        return work()

    def on_commit(_: object) -> None:
        if is_full:
            raise sqlite3.OperationalError("could not extend file: No space left on device")

    store = Store(database_url, run_native=commit)
    if not store.on_sqlite:
        event.listen(store.engine, "commit", on_commit)
    here = Room.again(room, store)
    heard: list[int] = []
    store.announce_to(heard.append)
    with pytest.raises(Busy) as refused:
        rename(here, "Old town")
    assert (refused.value.status, title_of(here), heard) == (503, "Town centre", [])
    assert "no room left" in str(refused.value)
    is_full = False
    rename(here, "Old town")
    assert (title_of(here), heard) == ("Old town", [room.id])
    store.close()


def test_one_who_cannot_be_told_undoes_nothing_and_keeps_the_others_from_nothing(room: Room) -> None:
    def cannot(_: int) -> None:
        raise RuntimeError("nobody listens")

    heard: list[int] = []
    room.store.announce_to(cannot)
    room.store.announce_to(heard.append)
    rename(room, "Old town")
    assert (title_of(room), heard) == ("Old town", [room.id])


def test_a_workshop_that_there_is_not_cannot_be_changed(store: Store) -> None:
    heard: list[int] = []
    store.announce_to(heard.append)
    with pytest.raises(NotFound) as refused, store.change(2_000_000_000):
        pytest.fail("There is nothing to change.")
    assert refused.value.code == "no_such_workshop"
    assert not heard


def test_what_is_created_is_stored_whole_or_not_at_all(store: Store) -> None:
    def fails() -> None:
        with store.creation() as session:
            session.add(Workshop(code="HALF22", title="Half", opened_at=0))
            session.flush()
            raise RuntimeError("before the end")

    with pytest.raises(RuntimeError):
        fails()
    with store.reading() as session:
        assert session.scalar(select(Workshop).where(Workshop.code == "HALF22")) is None


# Reading --------------------------------------------------------------------------------------------------------------


def test_a_reader_sees_one_moment_whatever_is_written_meanwhile(room: Room) -> None:
    wanted = select(Workshop.title).where(Workshop.id == room.id)
    with room.store.reading() as session:
        assert session.scalar(wanted) == "Town centre"
        rename(room, "Old town")
        assert session.scalar(wanted) == "Town centre"
    assert title_of(room) == "Old town"


def test_reading_stores_nothing(room: Room) -> None:
    with room.store.reading() as session, suppress(DBAPIError):
        session.get_one(Workshop, room.id).title = "Old town"
        session.flush()
    assert title_of(room) == "Town centre"
    rename(room, "Old town")
    assert title_of(room) == "Old town"


# Waiting --------------------------------------------------------------------------------------------------------------


def test_who_finds_the_workshop_being_changed_elsewhere_waits_for_their_turn(room: Room, database_url: str) -> None:
    elsewhere = Store(database_url)
    with elsewhere.change(room.id) as session:
        session.get_one(Workshop, room.id).title = "Old town"
        session.flush()
        waiting = threading.Thread(target=rename, args=[room, "New town"])
        waiting.start()
        waiting.join(timeout=0.15)
        assert waiting.is_alive()
        # Whoever only looks does not wait.
        assert title_of(room) == "Town centre"
    waiting.join(timeout=10)
    assert not waiting.is_alive()
    assert title_of(room) == "New town"
    elsewhere.close()


def test_who_has_waited_too_long_is_told_to_try_again(
    room: Room, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if room.store.on_sqlite:
        monkeypatch.setattr(workshop.store, "BUSY_SECONDS", 0.1)
        store = Store(database_url)
    else:
        # Where PostgreSQL is told to give up, what it says is understood.
        store = Store(f"{database_url}&options=-c%20lock_timeout%3D100ms")
    here = Room.again(room, store)
    with room.store.change(room.id):
        with pytest.raises(Busy) as refused:
            rename(here, "Old town")
        assert str(refused.value) == "Too much is happening at once. Try again."
    rename(here, "Old town")
    assert title_of(here) == "Old town"
    store.close()


def test_another_program_that_holds_the_file_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = sqlite_store(tmp_path)
    with store.creation() as session:
        session.add(Workshop(id=1, code="K74M2P", title="Town centre", opened_at=0))
    monkeypatch.setattr(workshop.store, "BUSY_SECONDS", 0.1)
    other = sqlite3.connect(tmp_path / "eightdots.sqlite")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy), store.change(1):
        pytest.fail("The file is held.")
    other.rollback()
    with store.change(1) as session:
        assert session.get_one(Workshop, 1).version == 2
    other.close()
    store.close()


# What SQLite is told --------------------------------------------------------------------------------------------------


def sqlite_store(folder: Path) -> Store:
    store = Store(f"sqlite:///{folder}/eightdots.sqlite")
    migrations.upgrade(store.engine)
    return store


def test_programs_that_make_the_file_at_once_all_get_in(tmp_path: Path) -> None:
    programs, rounds = 8, 50
    got_in: list[str] = []

    def comes(store: Store, start: threading.Barrier) -> None:
        start.wait()
        with store.engine.connect() as connection:
            got_in.append(str(connection.exec_driver_sql("PRAGMA journal_mode").scalar()))

    # SQLite refused one of eight in about one round of twenty.
    for number in range(rounds):
        stores = [Store(f"sqlite:///{tmp_path}/{number}.sqlite") for _ in range(programs)]
        start = threading.Barrier(programs)
        threads = [threading.Thread(target=comes, args=[store, start]) for store in stores]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for store in stores:
            store.close()
    assert got_in == ["wal"] * programs * rounds


def test_every_connection_to_sqlite_waits_for_the_disk_and_checks_references(tmp_path: Path) -> None:
    store = sqlite_store(tmp_path)
    connections = [store.engine.connect() for _ in range(5)]
    for connection in connections:
        told = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema")
        }
        assert told == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0}
    for connection in connections:
        connection.close()
    store.close()


def test_a_full_disk_is_said_in_a_sentence_and_passes(tmp_path: Path) -> None:
    store = sqlite_store(tmp_path)
    with store.creation() as session:
        session.add(Workshop(id=1, code="K74M2P", title="Town centre", opened_at=0))

    def has_room_for(pages: int) -> None:
        store.writer.dispose()
        event.listen(
            store.writer, "connect", lambda connection, _: connection.execute(f"PRAGMA max_page_count={pages}")
        )

    def writes_a_lot() -> None:
        with store.change(1) as session:
            session.get_one(Workshop, 1).title = "x" * 1_000_000

    has_room_for(1)
    with pytest.raises(Busy) as refused:
        writes_a_lot()
    assert str(refused.value) == "There is no room left to store this. Tell the facilitator."
    with store.reading() as session:
        assert session.get_one(Workshop, 1).title == "Town centre"
    has_room_for(10_000)
    writes_a_lot()
    store.close()


def test_the_folder_of_the_database_is_made_where_there_is_none(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/new/data/eightdots.sqlite")
    migrations.upgrade(store.engine)
    assert store.is_well()
    store.close()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg2"])
def test_postgresql_goes_by_its_usual_names(scheme: str) -> None:
    store = Store(f"{scheme}://eightdots@db.example/eightdots")
    assert store.engine.url.drivername == "postgresql+psycopg2"
    assert not store.on_sqlite


def test_a_database_that_does_not_answer_is_not_well(store: Store, tmp_path: Path, database_url: str) -> None:
    assert store.is_well()
    missing = f"sqlite:///{tmp_path}" if store.on_sqlite else database_url.replace("/eightdots_", "/no_such_")
    gone = Store(missing)
    assert not gone.is_well()
    gone.close()

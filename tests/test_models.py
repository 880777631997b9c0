"""What the tables themselves refuse, whoever writes, and what goes with a workshop."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.cast import Person, Room
from workshop.models import Workshop

IMPOSSIBLE = (
    "INSERT INTO dot VALUES (:exercise, :ada, 21, 1, 1, 'a', NULL)",
    "INSERT INTO dot VALUES (:exercise, :ada, 0, 1, 1, 'a', NULL)",
    "INSERT INTO dot VALUES (:exercise, :ada, 1, 1, 1, 'a', NULL)",
    "INSERT INTO dot VALUES (:exercise, :ada, 2, 1, 0, 'a', NULL)",
    "INSERT INTO dot VALUES (:exercise, :ada, 2, 99, 1, 'a', NULL)",
    "INSERT INTO dot VALUES (:exercise, 2000000000, 2, 1, 1, 'a', NULL)",
    "INSERT INTO dot VALUES (2000000000, :ada, 2, NULL, 1, 'a', NULL)",
    "UPDATE dot SET response = 2 WHERE participant_id = :ada",
    "DELETE FROM response WHERE exercise_id = :exercise",
    "UPDATE response SET side = 'maybe' WHERE exercise_id = :exercise",
    "UPDATE response SET state = 'gone' WHERE exercise_id = :exercise",
    "INSERT INTO response VALUES (:exercise, 0, 'yes', 'x', 'live', NULL, 'a', NULL, NULL)",
    "INSERT INTO response VALUES (:exercise, 1, 'yes', 'x', 'live', NULL, 'a', NULL, NULL)",
    "INSERT INTO response VALUES (:exercise, 2, 'yes', 'x', 'live', :ada, 'one', NULL, NULL)",
    "INSERT INTO response VALUES (:exercise, 2, 'yes', NULL, 'live', NULL, 'a', NULL, NULL)",
    "UPDATE exercise SET phase = 'lunch' WHERE id = :exercise",
    "UPDATE exercise SET totals = 'secret' WHERE id = :exercise",
    "UPDATE exercise SET kind = 'closed' WHERE id = :exercise",
    "UPDATE exercise SET allowance = 0 WHERE id = :exercise",
    "UPDATE exercise SET allowance = 21 WHERE id = :exercise",
    "UPDATE exercise SET most_per_response = 9 WHERE id = :exercise",
    "UPDATE exercise SET most_per_response = 0 WHERE id = :exercise",
    "UPDATE exercise SET longest = 401 WHERE id = :exercise",
    "UPDATE exercise SET response_order = 'mine' WHERE id = :exercise",
    "UPDATE exercise SET timer_ends = 1, timer_left = 1 WHERE id = :exercise",
    "UPDATE exercise SET cut = 0 WHERE id = :exercise",
    "UPDATE side SET sign = 'skull' WHERE exercise_id = :exercise",
    "UPDATE side SET allowance = 21 WHERE exercise_id = :exercise",
    "INSERT INTO side VALUES (:exercise, 'a', 3, NULL, 'star', NULL, NULL, NULL, NULL)",
    "DELETE FROM side WHERE exercise_id = :exercise",
    "UPDATE workshop SET door = 'ajar' WHERE id = :workshop",
    "UPDATE workshop SET door = 'capped' WHERE id = :workshop",
    "UPDATE participant SET state = 'gone' WHERE id = :ada",
    "UPDATE participant SET kind = 'pigeon' WHERE id = :ada",
    "UPDATE response SET state = 'merged' WHERE exercise_id = :exercise",
    "UPDATE response SET merged_into = 1, state = 'merged' WHERE exercise_id = :exercise",
    "UPDATE response SET theme = 1 WHERE exercise_id = :exercise",
    "UPDATE link SET role = 'god' WHERE workshop_id = :workshop",
    "INSERT INTO participant (workshop_id, number, secret_hash, seed, kind, state)"
    " SELECT workshop_id, 2, secret_hash, 1, 'phone', 'in' FROM participant WHERE id = :ada",
    "INSERT INTO participant (workshop_id, number, secret_hash, seed, kind, state)"
    " SELECT workshop_id, number, 'another', 1, 'phone', 'in' FROM participant WHERE id = :ada",
    "INSERT INTO workshop (code, title, simulated, on_exercise, door, asks_names, version, tally_version, opened_at)"
    " SELECT code, title, simulated, 1, 'open', asks_names, 1, 0, 0 FROM workshop WHERE id = :workshop",
)


@pytest.fixture
def ids(room: Room, ada: Person) -> dict[str, int]:
    """A workshop with a response, one of Ada's dots on it, and the names of their rows."""
    room.goes_to("gather")
    ada.writes("Free park and ride", op="one")
    room.goes_to("vote")
    ada.moves(1, 1)
    with room.store.reading() as session:
        exercise = session.get_one(Workshop, room.id).exercise
        return {"workshop": room.id, "exercise": exercise.id, "ada": ada.id}


def test_the_tables_themselves_refuse_what_cannot_be(room: Room, ids: dict[str, int]) -> None:
    for statement in IMPOSSIBLE:
        named = {name: value for name, value in ids.items() if f":{name}" in statement}
        with room.store.engine.begin() as connection:
            try:
                connection.execute(text(statement), named)
            except IntegrityError:
                connection.rollback()
            else:
                pytest.fail(f"The database accepts: {statement}")
    assert room.tally == {1: 1}


def test_a_workshop_that_is_deleted_leaves_nothing(room: Room, ids: dict[str, int]) -> None:
    with room.store.engine.begin() as connection:
        connection.execute(text("DELETE FROM workshop WHERE id = :workshop"), {"workshop": ids["workshop"]})
        for table, column in (
            ("link", "workshop"),
            ("exercise", "workshop"),
            ("participant", "workshop"),
            ("response", "exercise"),
            ("side", "exercise"),
            ("ballot", "exercise"),
            ("dot", "exercise"),
        ):
            left = text(f"SELECT count(*) FROM {table} WHERE {column}_id = :id")
            assert connection.scalar(left, {"id": ids[column]}) == 0, table

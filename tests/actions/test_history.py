"""What was done from the console is remembered, and can be undone: at once and for good."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from tests.cast import BY, NOW, Person, Room
from workshop import chronicle
from workshop.actions import gathering, history, hosting
from workshop.actions.history import By
from workshop.errors import NotAllowed, NotFound, NotNow
from workshop.models import Entry, Workshop

BEA = By("cofacilitator", "Bea", NOW + 60)


def entries(room: Room) -> list[Entry]:
    with room.store.reading() as session:
        return list(history.entries(session, room.id))


def undoes(room: Room, entry: int | None, by: By = BY) -> int:
    assert entry is not None
    return history.undo(room.store, room.id, entry, by=by)


@pytest.fixture
def gathered(room: Room, ada: Person) -> Room:
    room.goes_to("gather")
    ada.writes("Trees")
    ada.writes("Benches")
    return room


def test_it_says_who_did_what_and_when(gathered: Room) -> None:
    gathering.withdraw(gathered.store, gathered.id, 1, 2, by=BEA)
    newest = entries(gathered)[0]
    assert (newest.role, newest.name, newest.at) == ("cofacilitator", "Bea", NOW + 60)
    assert (newest.what, newest.exercise, newest.subject) == ("withdraw", 1, {"response": 2})
    assert [each.what for each in entries(gathered)] == ["withdraw", "step"]


def test_what_changes_nothing_is_not_entered(gathered: Room) -> None:
    assert gathering.restore(gathered.store, gathered.id, 1, 2, by=BY) is None
    assert [each.what for each in entries(gathered)] == ["step"]


def test_undoing_sets_back_what_was_changed_and_can_be_undone(gathered: Room, ada: Person) -> None:
    gathered.goes_to("vote")
    ada.moves(1, 2)
    entry = gathering.withdraw(gathered.store, gathered.id, 1, 2, by=BY)
    assert gathered.tally == {}
    undone = undoes(gathered, entry)
    assert gathered.tally == {2: 1}
    undoes(gathered, undone)
    assert gathered.tally == {}
    assert [each.undone_by is not None for each in entries(gathered)][:3] == [False, True, True]


def test_a_thing_is_undone_once(gathered: Room) -> None:
    entry = gathering.withdraw(gathered.store, gathered.id, 1, 2, by=BY)
    undoes(gathered, entry)
    with pytest.raises(NotNow) as refused:
        undoes(gathered, entry, BEA)
    assert refused.value.code == "undone"


def test_what_was_changed_again_since_is_not_undone_by_itself(gathered: Room) -> None:
    entry = gathering.withdraw(gathered.store, gathered.id, 1, 2, by=BY)
    gathering.restore(gathered.store, gathered.id, 1, 2, by=BEA)
    with pytest.raises(NotNow) as refused:
        undoes(gathered, entry)
    assert refused.value.code == "changed_since"
    assert len(entries(gathered)) == 3


def test_a_step_is_undone_like_anything_else_and_dots_stay(gathered: Room, ada: Person) -> None:
    gathered.goes_to("vote")
    ada.moves(1, 2)
    _, entry = hosting.step(gathered.store, gathered.id, 1, "vote", "reveal", by=BY)
    undoes(gathered, entry)
    assert gathered.phase == "vote"
    ada.moves(2, 1)
    assert gathered.tally == {1: 1, 2: 1}


def test_a_moderator_undoes_what_moderators_did_and_nothing_else(gathered: Room) -> None:
    mo = By("moderator", None, NOW)
    step = entries(gathered)[0].id
    with pytest.raises(NotAllowed):
        undoes(gathered, step, mo)
    undoes(gathered, gathering.withdraw(gathered.store, gathered.id, 1, 2, by=mo), mo)


def test_there_is_no_undoing_in_another_workshop(gathered: Room) -> None:
    other = Room(gathered.store, gathered.box, gathered.chance)
    entry = gathering.withdraw(gathered.store, gathered.id, 1, 2, by=BY)
    assert entry is not None
    with pytest.raises(NotFound):
        history.undo(gathered.store, other.id, entry, by=BY)


def test_what_participants_do_is_not_in_it(gathered: Room, ada: Person) -> None:
    before = len(entries(gathered))
    gathering.remove_response(gathered.store, gathered.id, 1, 1, participant_id=ada.id)
    gathered.goes_to("vote")
    ada.moves(1, 2)
    assert len(entries(gathered)) == before + 1


def test_every_verb_has_its_words() -> None:
    recorded: set[str] = set()
    for path in Path(history.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "record":
                what = node.args[3]
                assert isinstance(what, ast.Constant), f"{path} records something that this test cannot name"
                recorded.add(str(what.value))
    assert recorded - {"step", "undo"} == set(chronicle.DEEDS)


def test_the_history_as_a_file_is_in_order_and_in_words(gathered: Room) -> None:
    undoes(gathered, gathering.withdraw(gathered.store, gathered.id, 1, 2, by=BEA))
    with gathered.store.reading() as session:
        workshop = session.get_one(Workshop, gathered.id)
        told = json.loads(chronicle.as_json(workshop, history.entries(session, gathered.id)))
    assert [each["sentence"] for each in told["entries"]] == [
        "Facilitator opened responses",
        "Co-facilitator (Bea) withdrew R2",
        "Facilitator undid: withdrew R2",
    ]
    assert re.fullmatch(r"2019-11-15T00:0\d:00\+00:00", told["entries"][1]["at"])
    assert [each["undone_by"] for each in told["entries"]] == [None, told["entries"][2]["number"], None]

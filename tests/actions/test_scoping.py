"""The scope while it is written: derived, edited, derived again, saved as versions and agreed, by one or by two at
once; and all of it is undone.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.cast import BY, NOW, Person, Room
from tests.racing import at_once
from workshop.actions import discussing, gathering, history, revealing, scope_deriving, scope_versions, scoping
from workshop.actions.history import By
from workshop.actions.scope_deriving import Came
from workshop.actions.scoping import Wording
from workshop.errors import NotAllowed, NotFound, NotNow, NotUnderstood, Unacceptable, WorkshopError
from workshop.models import ScopeItem, ScopeVersion, Workshop
from workshop.results.reporting import Report
from workshop.results.scope import comparing, files, reading
from workshop.results.scope.reading import Scope

ORGANISER = By("organiser", None, NOW)


def scope(room: Room) -> Scope:
    with room.store.reading() as session:
        found = reading.read_scope(session, session.get_one(Workshop, room.id))
        session.expunge_all()
        return found


def content(room: Room) -> dict[str, Any]:
    with room.store.reading() as session:
        return reading.content(reading.read_scope(session, session.get_one(Workshop, room.id)))


def version(room: Room, number: int) -> dict[str, Any]:
    with room.store.reading() as session:
        return session.get_one(ScopeVersion, (room.id, number)).content


def body(room: Room, form: str, number: int | None = None) -> bytes:
    """The scope as a file, or a version of it."""
    with room.store.reading() as session:
        return files.prepare(session, session.get_one(Workshop, room.id), form, number)[1]()


def texts(room: Room, section: str) -> list[str]:
    return [row.text for row in scope(room).items[section]]


def item(room: Room, number: int) -> ScopeItem:
    with room.store.reading() as session:
        row = session.get_one(ScopeItem, (room.id, number))
        session.expunge(row)
        return row


def derives(room: Room) -> Came:
    return scope_deriving.derive_scope(room.store, room.id, by=BY)


def adds(room: Room, text: str, section: str = "in", **fields: Any) -> int:
    return scoping.add_scope_item(room.store, room.id, section, Wording(text, **fields), by=BY)[0]


def edits(room: Room, number: int, text: str, **fields: Any) -> int | None:
    return scoping.edit_scope_item(room.store, room.id, number, Wording(text, **fields), by=BY)


def saves(room: Room, label: str = "", *, agree: bool = False) -> int:
    return scope_versions.save_scope_version(room.store, room.id, label, by=BY, agree=agree)[0]


def undoes(room: Room, entry: int | None, by: By = BY) -> int:
    assert entry is not None
    return history.undo(room.store, room.id, entry, by=by)


def latest(room: Room) -> int:
    with room.store.reading() as session:
        return history.entries(session, room.id)[0].id


def cuts(room: Room, cut: int) -> None:
    revealing.set_cut(room.store, room.id, 1, cut, by=BY)


@pytest.fixture
def revealed(room: Room, ada: Person) -> Room:
    """R1 Users (YES) has four dots, R2 Scores (NO) three, R3 Data (YES) two, R4 Blame (NO) one."""
    room.goes_to("gather")
    for text, side in (("Users", "yes"), ("Scores", "no"), ("Data", "yes"), ("Blame", "no")):
        ada.writes(text, side)
    room.goes_to("vote")
    for dot, response in enumerate((1, 1, 1, 1, 2, 2, 3), start=1):
        ada.moves(dot, response)
    ben = room.person()
    for dot, response in enumerate((2, 3, 4), start=1):
        ben.moves(dot, response)
    room.goes_to("discuss")
    return room


@pytest.fixture
def filled(revealed: Room) -> Room:
    """Of those, the first three are above the line: 1 Users and 3 Data are in scope, 2 Scores is out of it."""
    cuts(revealed, 3)
    derives(revealed)
    return revealed


# Deriving -------------------------------------------------------------------------------------------------------------


def test_a_scope_is_filled_from_the_results_in_their_order(revealed: Room) -> None:
    cuts(revealed, 3)
    came = derives(revealed)
    assert (came.added, came.changed, came.removed, came.kept) == (3, 0, 0, 0)
    assert (texts(revealed, "in"), texts(revealed, "out")) == (["Users", "Data"], ["Scores"])
    assert item(revealed, 1).evidence["dots"] == 4
    undoes(revealed, came.entry)
    assert scope(revealed).is_empty


def test_without_a_line_nothing_is_derived_and_the_sentence_says_what_to_do(revealed: Room) -> None:
    with pytest.raises(NotNow, match="Draw the line") as error:
        derives(revealed)
    assert error.value.code == "no_line"
    assert scope(revealed).is_empty


def test_deriving_again_changes_nothing_where_nothing_is_new(filled: Room) -> None:
    before = content(filled)
    came = derives(filled)
    assert came == (0, 0, 0, 0, None)
    assert content(filled) == before


def test_deriving_again_keeps_what_was_edited_and_takes_what_was_not(filled: Room, ada: Person) -> None:
    edits(filled, 1, "What residents need", priority="high")
    filled.goes_to("vote")
    ada.moves(8, 3)
    ada.moves(1, 2)
    filled.goes_to("discuss")
    came = derives(filled)
    assert came.changed == 3
    edited = item(filled, 1)
    assert (edited.text, edited.priority, edited.evidence["dots"]) == ("What residents need", "high", 3)
    assert item(filled, 3).evidence["dots"] == 3


def test_a_field_that_nobody_edited_is_renewed_beside_one_that_was(filled: Room) -> None:
    edits(filled, 1, "What residents need")
    discussing.save_note(filled.store, filled.id, 1, 1, "Said in the break", "", by=BY)
    assert derives(filled).changed == 1
    row = item(filled, 1)
    assert (row.text, row.note) == ("What residents need", "Said in the break")


def test_a_result_that_changes_while_it_is_read_is_read_again(filled: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    read = reading.reports

    def reports(session: Session, workshop: Workshop) -> list[Report]:
        found = read(session, workshop)
        monkeypatch.setattr(reading, "reports", read)
        # Somebody else moves the line, and has brought it in, before this reading is.
        cuts(filled, 1)
        derives(filled)
        return found

    monkeypatch.setattr(reading, "reports", reports)
    assert derives(filled).entry is None
    assert (texts(filled, "in"), texts(filled, "out")) == (["Users"], [])


def test_an_entry_with_the_longest_note_and_a_reason_can_be_edited(room: Room, ada: Person) -> None:
    room.goes_to("gather")
    ada.writes("Free parking for all", "yes")
    ada.writes("Free parking for all", "no")
    room.goes_to("vote")
    ada.moves(1, 1)
    ada.moves(2, 2)
    room.goes_to("discuss")
    discussing.save_note(room.store, room.id, 1, 1, "x" * discussing.LONGEST_NOTE, "", by=BY)
    cuts(room, 2)
    derives(room)
    row = item(room, 1)
    assert (row.section, len(row.note) > discussing.LONGEST_NOTE) == ("parked", True)
    edits(room, 1, row.text, note=row.note, priority="high")
    assert (item(room, 1).note, item(room, 1).priority) == (row.note, "high")


def test_what_was_moved_by_hand_stays_where_it_was_put(filled: Room) -> None:
    scoping.move_scope_item(filled.store, filled.id, 1, "parked", by=BY)
    assert derives(filled).entry is None
    assert (texts(filled, "in"), texts(filled, "parked")) == (["Data"], ["Users"])


def test_what_is_new_above_the_line_is_added_in_its_rank_and_what_is_below_it_goes(filled: Room) -> None:
    cuts(filled, 1)
    came = derives(filled)
    assert (came.added, came.removed, came.kept) == (0, 2, 0)
    assert (texts(filled, "in"), texts(filled, "out")) == (["Users"], [])
    cuts(filled, 4)
    came = derives(filled)
    # R4 is new; the other two come back, for only the line had removed them.
    assert (came.added, texts(filled, "in"), texts(filled, "out")) == (1, ["Users", "Data"], ["Scores", "Blame"])


def test_what_was_edited_stays_when_it_is_below_the_line_and_says_so(filled: Room) -> None:
    edits(filled, 3, "Data", priority="low")
    cuts(filled, 1)
    came = derives(filled)
    assert (came.removed, came.kept) == (1, 1)
    assert texts(filled, "in") == ["Users", "Data"]
    assert item(filled, 3).evidence["below"] is True
    assert derives(filled).entry is None
    cuts(filled, 3)
    derives(filled)
    assert "below" not in item(filled, 3).evidence


def test_what_somebody_removed_stays_removed(filled: Room) -> None:
    scoping.remove_scope_item(filled.store, filled.id, 1, by=BY)
    derives(filled)
    assert texts(filled, "in") == ["Data"]
    scoping.restore_scope_item(filled.store, filled.id, 1, by=BY)
    assert texts(filled, "in") == ["Users", "Data"]


def test_what_the_line_removed_and_somebody_restored_stays(filled: Room) -> None:
    cuts(filled, 1)
    derives(filled)
    scoping.restore_scope_item(filled.store, filled.id, 3, by=BY)
    came = derives(filled)
    assert (came.removed, texts(filled, "in")) == (0, ["Users", "Data"])


def test_the_ranking_orders_a_section_until_somebody_does(filled: Room, ada: Person) -> None:
    def swap_votes(more: int, fewer: int) -> None:
        filled.goes_to("vote")
        for dot in range(1, 8):
            ada.moves(dot, more if dot < 6 else fewer)
        filled.goes_to("discuss")
        cuts(filled, 2)
        derives(filled)

    swap_votes(3, 1)
    assert texts(filled, "in") == ["Data", "Users"]
    scoping.reorder_scope_item(filled.store, filled.id, 3, 1, by=BY)
    for _ in range(2):
        swap_votes(3, 1)
        assert texts(filled, "in") == ["Users", "Data"]


def test_an_exercise_that_says_nothing_now_leaves_what_it_said(filled: Room) -> None:
    revealing.set_cut(filled.store, filled.id, 1, None, by=BY)
    with pytest.raises(NotNow):
        derives(filled)
    assert texts(filled, "in") == ["Users", "Data"]


def test_undoing_a_second_derivation_brings_back_what_it_took(filled: Room) -> None:
    before = content(filled)
    cuts(filled, 1)
    undoes(filled, derives(filled).entry)
    assert content(filled) == before


def test_two_who_derive_at_once_bring_everything_in_once(revealed: Room) -> None:
    cuts(revealed, 3)
    ends = at_once(lambda: derives(revealed), lambda: derives(revealed))
    assert sorted(end.added for end in ends if isinstance(end, Came)) == [0, 3]
    assert (texts(revealed, "in"), texts(revealed, "out")) == (["Users", "Data"], ["Scores"])


# Items ----------------------------------------------------------------------------------------------------------------


def test_somebody_adds_what_no_response_says(filled: Room) -> None:
    number = adds(
        filled, "  School   meals ", "out", note="Not ours", elsewhere="The schools", priority="low",
        components=["Service delivery", "Unknown"], core_areas=["Governance and culture"],
    )  # fmt: skip
    row = item(filled, number)
    assert (row.text, row.section, row.exercise, row.response) == ("School meals", "out", None, None)
    # Only what is on the list can be chosen.
    assert (row.components, row.core_areas) == (["Service delivery"], ["Governance and culture"])
    assert texts(filled, "out") == ["Scores", "School meals"]
    undoes(filled, latest(filled))
    assert texts(filled, "out") == ["Scores"]


def test_a_component_stays_where_it_was_ticked_when_it_is_taken_off_the_list(filled: Room) -> None:
    edits(filled, 1, "Users", components=["Cyber security"])
    scoping.save_scope_part(filled.store, filled.id, "components", {"components": ["Websites"]}, by=BY)
    edits(filled, 1, "Users", components=["Cyber security", "Websites"])
    assert item(filled, 1).components == ["Websites", "Cyber security"]


@pytest.mark.parametrize(
    ("code", "wording"),
    [
        ("text", Wording("  ")),
        ("text", Wording("x" * 401)),
        ("note", Wording("Users", note="x" * 15_001)),
        ("elsewhere", Wording("Users", elsewhere="x" * 201)),
    ],
)
def test_what_cannot_be_meant_is_said_with_its_field(filled: Room, code: str, wording: Wording) -> None:
    with pytest.raises(Unacceptable) as error:
        scoping.edit_scope_item(filled.store, filled.id, 1, wording, by=BY)
    assert error.value.code == code
    assert item(filled, 1).text == "Users"


def test_a_priority_is_one_of_three(filled: Room) -> None:
    with pytest.raises(NotUnderstood):
        edits(filled, 1, "Users", priority="urgent")


def test_an_item_is_not_edited_over_what_somebody_else_has_written(filled: Room) -> None:
    seen = reading.item_mark(item(filled, 1))
    edits(filled, 1, "What residents need")
    with pytest.raises(NotNow) as error:
        scoping.edit_scope_item(filled.store, filled.id, 1, Wording("Users, all"), by=BY, seen=seen)
    assert error.value.code == "changed_meanwhile"
    # Sent twice, it is what it was to become.
    assert scoping.edit_scope_item(
        filled.store, filled.id, 1, Wording("What residents need"), by=BY, seen=seen
    ) is None  # fmt: skip


def test_items_change_places_and_a_late_press_is_told(filled: Room) -> None:
    scoping.reorder_scope_item(filled.store, filled.id, 3, -1, by=BY, seen=2)
    assert texts(filled, "in") == ["Data", "Users"]
    with pytest.raises(NotNow) as error:
        scoping.reorder_scope_item(filled.store, filled.id, 3, -1, by=BY, seen=2)
    assert error.value.code == "moved_on"
    assert scoping.reorder_scope_item(filled.store, filled.id, 3, -1, by=BY) is None
    undoes(filled, latest(filled))
    assert texts(filled, "in") == ["Users", "Data"]


def test_an_edit_is_undone_and_only_where_nobody_changed_it_since(filled: Room) -> None:
    first = edits(filled, 1, "What residents need")
    second = edits(filled, 1, "What residents really need")
    with pytest.raises(NotNow):
        undoes(filled, first)
    undoes(filled, second)
    undoes(filled, first)
    assert item(filled, 1).text == "Users"


def test_what_is_not_there_is_not_found(filled: Room) -> None:
    acts: list[Callable[[], object]] = [
        lambda: edits(filled, 99, "x"),
        lambda: scoping.remove_scope_item(filled.store, filled.id, 99, by=BY),
        lambda: scoping.save_scope_part(filled.store, filled.id, "weather", {}, by=BY),
        lambda: scope_versions.agree_scope(filled.store, filled.id, 9, by=BY),
    ]
    for act in acts:
        with pytest.raises(NotFound):
            act()
    scoping.remove_scope_item(filled.store, filled.id, 1, by=BY)
    with pytest.raises(NotNow):
        edits(filled, 1, "x")


# Parts ----------------------------------------------------------------------------------------------------------------


def test_a_part_is_saved_and_undone(filled: Room) -> None:
    entry = scoping.save_scope_part(filled.store, filled.id, "context", {"context": "A district"}, by=BY)
    assert scope(filled).parts["context"] == {"context": "A district"}
    assert scoping.save_scope_part(filled.store, filled.id, "context", {"context": "A district"}, by=BY) is None
    undoes(filled, entry)
    assert scope(filled).parts["context"] == {"context": ""}


def test_of_two_who_save_a_part_at_once_one_is_told_and_nothing_is_overwritten(filled: Room) -> None:
    seen = reading.mark(scope(filled).parts["context"])

    def saving(text: str) -> Any:
        return lambda: scoping.save_scope_part(
            filled.store, filled.id, "context", {"context": text}, by=BY, seen=seen
        )  # fmt: skip

    ends = at_once(saving("A district"), saving("A county"))
    refused = [end for end in ends if isinstance(end, WorkshopError)]
    assert [error.code for error in refused] == ["changed_meanwhile"]
    assert scope(filled).parts["context"]["context"] == ("A district", "A county")[ends.index(refused[0]) - 1]


# Versions -------------------------------------------------------------------------------------------------------------


def test_a_version_keeps_what_the_scope_said(filled: Room) -> None:
    before = content(filled)
    assert (saves(filled, "Sent to the peers"), before["version"], before["state"]) == (1, 1, "draft")
    edits(filled, 1, "What residents need")
    assert version(filled, 1) == before
    assert content(filled)["version"] == 2


def test_an_empty_scope_is_not_saved(room: Room) -> None:
    with pytest.raises(NotNow) as error:
        saves(room)
    assert error.value.code == "empty"


def test_a_label_has_room_for_some_words(filled: Room) -> None:
    with pytest.raises(Unacceptable) as error:
        saves(filled, "x" * 81)
    assert error.value.code == "label"


def test_pressed_twice_a_version_is_saved_once(filled: Room) -> None:
    def save() -> Any:
        return scope_versions.save_scope_version(filled.store, filled.id, "", by=BY, seen=1)

    ends = at_once(save, save)
    assert [end.code for end in ends if isinstance(end, WorkshopError)] == ["saved_meanwhile"]
    assert scope(filled).version == 2


def test_once_it_is_agreed_every_edit_is_refused_with_a_sentence(filled: Room) -> None:
    edit = edits(filled, 1, "What residents need")
    saves(filled, agree=True)
    before = content(filled)
    store, number = filled.store, filled.id
    acts: list[Callable[[], object]] = [
        lambda: derives(filled),
        lambda: adds(filled, "More"),
        lambda: edits(filled, 1, "Less"),
        lambda: scoping.move_scope_item(store, number, 1, "out", by=BY),
        lambda: scoping.reorder_scope_item(store, number, 1, 1, by=BY),
        lambda: scoping.remove_scope_item(store, number, 1, by=BY),
        lambda: scoping.restore_scope_item(store, number, 1, by=BY),
        lambda: scoping.save_scope_part(store, number, "context", {"context": "x"}, by=BY),
        lambda: saves(filled),
        lambda: scope_versions.restore_scope_version(store, number, 1, by=BY),
        lambda: undoes(filled, edit),
    ]
    for act in acts:
        with pytest.raises(NotNow) as error:
            act()
        said = "This scope was agreed as version 1. Start a new draft to change it."
        assert (error.value.code, str(error.value)) == ("agreed", said)
    assert content(filled) == before
    assert (before["state"], before["version"]) == ("agreed", 1)


@pytest.mark.parametrize("form", files.FORMATS)
@pytest.mark.parametrize("agree", [True, False], ids=["agreed", "draft"])
def test_a_version_is_the_same_file_for_ever_whatever_becomes_of_its_results(
    filled: Room, form: str, agree: bool
) -> None:
    saves(filled, agree=agree)
    before, draft = body(filled, form, 1), body(filled, form)
    cuts(filled, 1)
    gathering.withdraw(filled.store, filled.id, 1, 1, by=BY)
    discussing.save_note(filled.store, filled.id, 1, 2, "Said after it was signed", "", by=BY)
    filled.goes_to("vote")
    assert body(filled, form, 1) == before
    # What is agreed is the scope as it stands.
    assert (body(filled, form) == draft) == agree


def test_a_version_keeps_its_results_where_comparing_and_the_history_do_not_see_them(filled: Room) -> None:
    saves(filled)
    scope_versions.agree_scope(filled.store, filled.id, 1, by=BY)
    assert version(filled, 1).keys() == content(filled).keys()
    with filled.store.reading() as session:
        assert session.get_one(ScopeVersion, (filled.id, 1)).grounds["annex"]
        said = json.dumps([each.changes for each in history.entries(session, filled.id)])
    assert "Annex" not in said


def test_a_new_draft_can_be_changed_and_the_version_stays(filled: Room) -> None:
    saves(filled, agree=True)
    scope_versions.start_scope_draft(filled.store, filled.id, by=BY)
    edits(filled, 1, "What residents need")
    assert (content(filled)["state"], content(filled)["version"]) == ("draft", 2)
    assert version(filled, 1)["state"] == "agreed"
    assert version(filled, 1)["items"]["in"][0]["text"] == "Users"


def test_a_version_is_agreed_only_while_the_draft_says_the_same(filled: Room) -> None:
    saves(filled)
    edits(filled, 1, "What residents need")
    with pytest.raises(NotNow) as error:
        scope_versions.agree_scope(filled.store, filled.id, 1, by=BY)
    assert error.value.code == "not_the_draft"
    edits(filled, 1, "Users")
    entry = scope_versions.agree_scope(filled.store, filled.id, 1, by=BY)
    assert (scope(filled).agreed, version(filled, 1)["state"]) == (1, "agreed")
    undoes(filled, entry)
    assert (scope(filled).agreed, version(filled, 1)["state"]) == (None, "draft")


def test_undoing_does_not_agree_what_nobody_agreed(filled: Room) -> None:
    saves(filled, agree=True)
    draft = scope_versions.start_scope_draft(filled.store, filled.id, by=BY)
    edit = edits(filled, 1, "What residents need")
    with pytest.raises(NotNow):
        undoes(filled, draft)
    assert scope(filled).agreed is None
    undoes(filled, edit)
    undoes(filled, draft)
    assert scope(filled).agreed == 1


def test_the_version_that_is_agreed_is_not_taken_away_by_undoing(filled: Room) -> None:
    saves(filled)
    saved = latest(filled)
    scope_versions.agree_scope(filled.store, filled.id, 1, by=BY)
    with pytest.raises(NotNow):
        undoes(filled, saved)
    assert version(filled, 1)["state"] == "agreed"


def test_an_old_version_is_brought_back_with_its_order_and_undone(filled: Room) -> None:
    scoping.save_scope_part(filled.store, filled.id, "context", {"context": "A district"}, by=BY)
    saves(filled)
    adds(filled, "More")
    edits(filled, 1, "What residents need", priority="high")
    scoping.move_scope_item(filled.store, filled.id, 3, "parked", by=BY)
    scoping.save_scope_part(filled.store, filled.id, "context", {"context": "A county"}, by=BY)
    changed = content(filled)
    entry = scope_versions.restore_scope_version(filled.store, filled.id, 1, by=BY)
    assert reading.says_the_same(content(filled), version(filled, 1))
    assert [row.text for row in scope(filled).removed] == ["More"]
    undoes(filled, entry)
    assert content(filled) == changed


def test_after_an_old_version_was_brought_back_deriving_loses_none_of_its_words(filled: Room) -> None:
    edits(filled, 1, "What residents need")
    saves(filled)
    edits(filled, 1, "Users")
    scope_versions.restore_scope_version(filled.store, filled.id, 1, by=BY)
    derives(filled)
    assert item(filled, 1).text == "What residents need"


# Who ------------------------------------------------------------------------------------------------------------------


def test_the_organiser_undoes_what_concerns_the_scope_and_nothing_else(filled: Room) -> None:
    with filled.store.reading() as session:
        step = next(each.id for each in history.entries(session, filled.id) if each.what == "set_cut")
    with pytest.raises(NotAllowed):
        undoes(filled, step, ORGANISER)
    undoes(filled, edits(filled, 1, "What residents need"), ORGANISER)
    assert item(filled, 1).text == "Users"


# Comparing ------------------------------------------------------------------------------------------------------------


def test_what_was_added_removed_and_changed_between_two_versions_is_named_field_by_field(filled: Room) -> None:
    saves(filled)
    edits(filled, 1, "Users of council services", priority="high")
    scoping.remove_scope_item(filled.store, filled.id, 2, by=BY)
    adds(filled, "Websites")
    scoping.save_scope_part(filled.store, filled.id, "context", {"context": "A district"}, by=BY)
    found = comparing.compare(version(filled, 1), content(filled))
    assert [(each.how, each.heading) for each in found.items] == [
        ("changed", "Users of council services"), ("added", "Websites"), ("removed", "Scores"),
    ]  # fmt: skip
    changed = {field.label: field.pieces for field in found.items[0].fields}
    assert changed["Text"] == [("same", "Users "), ("added", "of council services")]
    assert changed["Priority"] == [("added", "High")]
    assert [(each.heading, each.fields[0].pieces) for each in found.parts] == [
        ("Local context", [("added", "A district")])
    ]
    assert comparing.compare(version(filled, 1), version(filled, 1)).is_empty


def test_the_rows_of_a_part_are_compared_as_lines(filled: Room) -> None:
    saves(filled)
    roles = scope(filled).parts["team"]["roles"]
    scoping.save_scope_part(filled.store, filled.id, "team", {"roles": [roles[0] | {"people": 3}, *roles[1:]]}, by=BY)
    (part,) = comparing.compare(version(filled, 1), content(filled)).parts
    (field,) = part.fields
    assert field.pieces[0] == ("same", "Councillor – ")
    assert [(piece.how, piece.text.strip()) for piece in field.pieces[1:3]] == [("removed", "2"), ("added", "3")]


def test_another_order_is_a_difference(filled: Room) -> None:
    saves(filled)
    scoping.reorder_scope_item(filled.store, filled.id, 3, -1, by=BY)
    found = comparing.compare(version(filled, 1), content(filled))
    assert (found.items, found.parts, found.reordered) == ([], [], ["In scope"])


def test_a_comparison_back_and_forth_says_the_opposite() -> None:
    one, other = "the users of  our services\nand the staff", "all users of our services\nand staff"
    there, back = comparing.word_by_word(one, other), comparing.word_by_word(other, one)
    assert "".join(piece.text for piece in there if piece.how != "removed") == other
    assert "".join(piece.text for piece in back if piece.how != "removed") == one
    assert [piece.text.strip() for piece in there if piece.how == "removed"] == ["the", "the"]
    assert [piece.text.strip() for piece in there if piece.how == "added"] == ["all"]
    # What was there first, then what is there instead, with a space between.
    assert comparing.word_by_word("in scope", "in part") == [("same", "in "), ("removed", "scope "), ("added", "part")]

"""The spotlight, and notes that two facilitators write at once without losing each other's words."""

from __future__ import annotations

import random
import threading
from collections.abc import Sequence

import pytest

from tests.cast import BY, NOW, Person, Room
from workshop import agenda, screens
from workshop.actions import discussing, gathering, history, hosting
from workshop.actions.discussing import LONGEST_NOTE, SECONDS_TOGETHER
from workshop.actions.history import By
from workshop.ballot_box import BallotBox
from workshop.errors import NotFound, NotNow, Unacceptable
from workshop.models import Entry
from workshop.store import Store

COLLEAGUE = By("cofacilitator", "Sam", NOW)


@pytest.fixture
def talking(room: Room, ada: Person) -> Room:
    """Three responses; people are still writing."""
    room.goes_to("gather")
    for text in ("Free park and ride", "A night market", "Benches"):
        ada.writes(text)
    return room


def puts(room: Room, response: int | None, *, by: By = BY, instead_of: int | None = None) -> int | None:
    return discussing.set_spotlight(room.store, room.id, 1, response, by=by, instead_of=instead_of)


def spotlight(room: Room, audience: str = "participant") -> str | None:
    with room.store.reading() as session:
        screen = screens.screen(session, room.id, audience)
        assert screen is not None
        return screen.spotlight.text if screen.spotlight else None


def notes(room: Room, text: str, base: str = "", response: int = 1, *, by: By = BY) -> str:
    return discussing.save_note(room.store, room.id, 1, response, text, base, by=by)


def note(room: Room, response: int = 1) -> str:
    with room.store.reading() as session:
        screen = screens.screen(session, room.id, "console")
        assert screen is not None
        return screen.note(response)


def entries(room: Room, what: str = "save_note") -> Sequence[Entry]:
    """Newest first."""
    with room.store.reading() as session:
        return [each for each in history.entries(session, room.id) if each.what == what]


def at(second: int, by: By = BY) -> By:
    return by._replace(at=NOW + second)


# The spotlight --------------------------------------------------------------------------------------------------------


def test_a_response_in_the_spotlight_is_on_every_screen_until_it_is_taken_off(talking: Room) -> None:
    puts(talking, 2)
    assert [spotlight(talking, audience) for audience in screens.AUDIENCES] == ["A night market"] * 4
    puts(talking, 3)
    assert spotlight(talking) == "Benches"
    puts(talking, None)
    assert [spotlight(talking, audience) for audience in screens.AUDIENCES] == [None] * 4


def test_what_is_no_change_is_not_in_the_history(talking: Room) -> None:
    assert puts(talking, None) is None
    assert puts(talking, 2) is not None
    assert puts(talking, 2) is None
    assert len(entries(talking, "set_spotlight")) == 1


def test_undoing_the_spotlight_brings_back_what_was_there(talking: Room) -> None:
    puts(talking, 1)
    entry = puts(talking, 2)
    assert entry is not None
    history.undo(talking.store, talking.id, entry, by=BY)
    assert spotlight(talking) == "Free park and ride"


@pytest.mark.parametrize("phase", ["draft", "vote", "reveal"])
def test_nothing_comes_into_the_spotlight_before_people_write_and_while_they_vote(talking: Room, phase: str) -> None:
    talking.goes_to(phase)
    for response in (1, None):
        with pytest.raises(NotNow) as refused:
            puts(talking, response)
        assert (refused.value.code, spotlight(talking)) == ("no_discussion", None)


def test_a_vote_takes_the_spotlight_off_for_good(talking: Room) -> None:
    puts(talking, 2)
    talking.goes_to("vote")
    assert spotlight(talking) is None
    # Otherwise it would stand before the result.
    talking.goes_to("discuss")
    assert spotlight(talking) is None
    puts(talking, 3)
    talking.goes_to("closed")
    assert spotlight(talking) == "Benches"


def test_what_is_on_no_screen_does_not_come_into_the_spotlight(talking: Room) -> None:
    gathering.withdraw(talking.store, talking.id, 1, 2, by=BY)
    with pytest.raises(NotNow) as refused:
        puts(talking, 2)
    assert refused.value.code == "not_live"
    for response in (0, 4, -1):
        with pytest.raises(NotFound) as missing:
            puts(talking, response)
        assert missing.value.code == "no_such_response"
    assert spotlight(talking) is None


def test_a_response_that_is_withdrawn_leaves_the_spotlight_and_comes_back_restored(talking: Room) -> None:
    puts(talking, 2)
    gathering.withdraw(talking.store, talking.id, 1, 2, by=BY)
    assert spotlight(talking) is None
    gathering.restore(talking.store, talking.id, 1, 2, by=BY)
    assert spotlight(talking) == "A night market"


def test_of_two_who_press_next_at_once_one_is_told_of_the_other(talking: Room) -> None:
    puts(talking, 1)
    puts(talking, 2, instead_of=1)
    with pytest.raises(NotNow) as refused:
        puts(talking, 2, by=COLLEAGUE, instead_of=1)
    assert (refused.value.code, str(refused.value)) == ("moved_on", "Somebody has just put R2 in the spotlight.")
    puts(talking, None, instead_of=2)
    with pytest.raises(NotNow):
        puts(talking, 3, instead_of=2)
    puts(talking, 3, instead_of=0)
    assert spotlight(talking) == "Benches"


def test_only_the_exercise_that_is_on_has_a_spotlight(store: Store, box: BallotBox) -> None:
    planned = agenda.from_json(
        {"title": "Two", "exercises": [{"prompt": "What?"}, {"kind": "open", "prompt": "Why?", "responses": []}]}
    )
    room = Room(store, box, random.Random(), planned)
    with pytest.raises(NotNow) as refused:
        discussing.set_spotlight(store, room.id, 2, None, by=BY)
    assert refused.value.code == "not_on"


def test_what_is_talked_about_next_goes_by_column_and_after_the_vote_by_rank(talking: Room, ada: Person) -> None:
    ada.writes("Cars", "no")
    ada.writes("Trees")

    def order() -> list[int]:
        with talking.store.reading() as session:
            screen = screens.screen(session, talking.id, "console")
            assert screen is not None
            return [response.number for response in screen.to_discuss]

    def beside() -> list[int | None]:
        with talking.store.reading() as session:
            screen = screens.screen(session, talking.id, "console")
            assert screen is not None
            return [each.number if each else None for each in screen.beside_the_spotlight]

    assert (order(), beside()) == ([1, 2, 3, 5, 4], [None, 1])
    puts(talking, 5)
    assert beside() == [3, 4]
    puts(talking, 4)
    assert beside() == [5, None]
    talking.goes_to("vote")
    ada.moves(1, 4)
    ada.moves(2, 4)
    ada.moves(3, 2)
    talking.goes_to("discuss")
    assert (order(), beside()) == ([4, 2, 1, 3, 5], [None, 4])
    puts(talking, 2)
    assert beside() == [4, 1]


# Notes ----------------------------------------------------------------------------------------------------------------


def test_a_note_is_kept_on_a_response_and_another_on_the_exercise(talking: Room) -> None:
    assert notes(talking, "The bus company is for it.") == "The bus company is for it."
    assert notes(talking, "A lively room.", response=0) == "A lively room."
    assert [note(talking, response) for response in (0, 1, 2)] == ["A lively room.", "The bus company is for it.", ""]


def test_a_note_can_be_emptied(talking: Room) -> None:
    notes(talking, "Oops")
    assert (notes(talking, "", "Oops"), note(talking)) == ("", "")


def test_what_two_facilitators_write_at_once_is_all_kept(talking: Room) -> None:
    notes(talking, "Buses\nTrees")
    notes(talking, "Buses, and trams\nTrees", "Buses\nTrees")
    stored = notes(talking, "Buses\nTrees, and shade", "Buses\nTrees", by=COLLEAGUE)
    assert stored == note(talking) == "Buses, and trams\nTrees, and shade"


def test_a_save_whose_answer_was_lost_is_sent_again_with_more_and_nothing_is_there_twice(talking: Room) -> None:
    notes(talking, "The bus")
    assert notes(talking, "The bus company", "") == "The bus company"


def test_of_many_notes_at_the_same_time_no_word_is_lost(talking: Room) -> None:
    start = threading.Barrier(8)

    def writes(word: str, by: By) -> None:
        start.wait()
        base = ""
        for turn in range(5):
            base = notes(talking, f"{base}\n{word}{turn}", base, by=by)

    threads = [threading.Thread(target=writes, args=[word, By("cofacilitator", word, NOW)]) for word in "abcdefgh"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(note(talking).split()) == sorted(f"{word}{turn}" for word in "abcdefgh" for turn in range(5))


def test_lines_end_alike_however_they_were_sent_and_what_no_database_keeps_is_left_out(talking: Room) -> None:
    assert notes(talking, "one\r\ntwo\rthree\0\x07\tfour ") == "one\ntwo\nthree\tfour "
    # A form sends the note that it was made from with other ends of lines than it was stored with.
    assert notes(talking, "one\r\ntwo", "one\r\ntwo\r\nthree\tfour ") == "one\ntwo"


def test_a_note_has_room_for_so_much_and_no_more(talking: Room) -> None:
    notes(talking, "x" * LONGEST_NOTE)
    for text, base in (("x" * (LONGEST_NOTE + 1), "x" * LONGEST_NOTE), ("y\n", "")):
        with pytest.raises(Unacceptable) as refused:
            notes(talking, text, base)
        assert refused.value.code == "too_long"
    assert note(talking) == "x" * LONGEST_NOTE


def test_notes_are_taken_in_every_phase_and_on_what_is_withdrawn(talking: Room) -> None:
    text = ""
    for phase in ("gather", "vote", "reveal", "discuss", "closed", "draft"):
        talking.goes_to(phase)
        text = notes(talking, f"{text} {phase}", text)
    gathering.withdraw(talking.store, talking.id, 1, 1, by=BY)
    assert notes(talking, "Withdrawn, for it names somebody.", text) == note(talking)


def test_there_is_no_note_on_what_there_is_not(talking: Room) -> None:
    for response in (4, -1):
        with pytest.raises(NotFound):
            notes(talking, "Nothing", response=response)
    with pytest.raises(NotFound):
        discussing.save_note(talking.store, talking.id, 2, 0, "Nothing", "", by=BY)


def test_notes_are_on_nobodys_screen_but_the_facilitators(talking: Room) -> None:
    notes(talking, "Between us")
    with talking.store.reading() as session:
        seen = {each: screens.screen(session, talking.id, each) for each in screens.AUDIENCES}
    assert [bool(screen and screen.notes) for screen in seen.values()] == [False, False, True, True]


# Notes in the history -------------------------------------------------------------------------------------------------


def test_a_note_that_is_saved_at_every_pause_is_one_entry_until_a_colleague_writes(talking: Room) -> None:
    text = ""
    for second, word in enumerate(["The", " bus", " company", " is"]):
        text = notes(talking, text + word, text, by=at(second))
    text = notes(talking, f"{text} (Sam)", text, by=at(5, COLLEAGUE))
    text = notes(talking, f"{text} for it.", text, by=at(6))
    found = [(each.role, each.name, each.subject, each.changes[0]["after"]) for each in entries(talking)]
    assert found == [
        ("facilitator", None, {"response": 1}, "The bus company is (Sam) for it."),
        ("cofacilitator", "Sam", {"response": 1}, "The bus company is (Sam)"),
        ("facilitator", None, {"response": 1}, "The bus company is"),
    ]
    history.undo(talking.store, talking.id, entries(talking)[0].id, by=BY)
    assert note(talking) == "The bus company is (Sam)"


def test_another_note_or_a_later_hour_is_another_entry(talking: Room) -> None:
    notes(talking, "One")
    notes(talking, "Two", response=2)
    notes(talking, "All", response=0)
    notes(talking, "One and a half", "One", by=at(SECONDS_TOGETHER - 1))
    assert [each.subject["response"] for each in entries(talking)] == [0, 2, 1]
    notes(talking, "One and a half, later", "One and a half", by=at(SECONDS_TOGETHER))
    assert [each.subject["response"] for each in entries(talking)] == [1, 0, 2, 1]


def test_undoing_a_note_brings_back_what_was_written_before(talking: Room) -> None:
    notes(talking, "Before")
    for turn in range(3):
        notes(talking, f"After {turn}", note(talking), by=at(SECONDS_TOGETHER + turn))
    latest, first = entries(talking)
    undone = history.undo(talking.store, talking.id, latest.id, by=BY)
    assert note(talking) == "Before"
    history.undo(talking.store, talking.id, undone, by=BY)
    assert note(talking) == "After 2"
    with pytest.raises(NotNow):
        history.undo(talking.store, talking.id, first.id, by=BY)


def test_after_an_undo_a_note_begins_another_entry(talking: Room) -> None:
    notes(talking, "Before")
    history.undo(talking.store, talking.id, entries(talking)[0].id, by=BY)
    assert note(talking) == ""
    notes(talking, "After")
    assert len(entries(talking)) == 2
    history.undo(talking.store, talking.id, entries(talking)[0].id, by=BY)
    assert note(talking) == ""


def test_of_a_note_that_was_written_and_wiped_nothing_is_left_to_undo(talking: Room) -> None:
    notes(talking, "Oops")
    notes(talking, "", "Oops")
    with pytest.raises(NotNow) as refused:
        history.undo(talking.store, talking.id, entries(talking)[0].id, by=BY)
    assert refused.value.code == "undone"


def test_saving_what_is_there_already_is_nothing_that_was_done(talking: Room) -> None:
    notes(talking, "The same")
    notes(talking, "The same", "The same", by=COLLEAGUE)
    assert len(entries(talking)) == 1


def test_an_open_exercise_is_talked_about_without_a_vote(store: Store, box: BallotBox) -> None:
    planned = agenda.from_json(
        {"title": "Two", "exercises": [{"kind": "open", "prompt": "Why?", "responses": [{"text": "Trees"}]}]}
    )
    room = Room(store, box, random.Random(), planned)
    for here, there in (("draft", "gather"), ("gather", "group"), ("group", "discuss"), ("discuss", "closed")):
        hosting.step(store, room.id, 1, here, there, by=BY)
        puts(room, 1)
        assert spotlight(room, "board") == "Trees", there
        puts(room, None)

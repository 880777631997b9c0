"""A list of responses that the facilitator brings along: all of it, or nothing and the line that is wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from tests.cast import BY, Person, Room
from workshop import agenda
from workshop.actions import gathering, history, listing
from workshop.actions.listing import Listed
from workshop.agenda import YES_AND_NO, PlannedSide
from workshop.agenda.lists import Line, read_csv, read_pasted
from workshop.errors import NotNow, WorkshopError
from workshop.models import Entry, Response

OPEN = agenda.NO_COLUMNS
START_STOP = (PlannedSide("a", "Start", "plus"), PlannedSide("b", "Stop", "cross"))

Reads = Callable[..., list[Line]]


def pasted(text: str, sides: tuple[PlannedSide, ...] = YES_AND_NO, side: str = "") -> list[Line]:
    return read_pasted(text, sides, side, 140)


def csv(text: str | bytes, sides: tuple[PlannedSide, ...] = YES_AND_NO, side: str = "") -> list[Line]:
    return read_csv(text if isinstance(text, bytes) else text.encode(), sides, side, 140)


def lists(room: Room, text: str, side: str = "yes") -> Listed:
    return listing.list_responses(
        room.store, room.id, 1, lambda sides, longest: read_pasted(text, sides, side, longest), by=BY
    )


def responses(room: Room) -> list[tuple[int, str, str, str]]:
    with room.store.reading() as session:
        own = Response.exercise_id == room._exercise(session).id
        rows = session.scalars(select(Response).where(own).order_by(Response.number))
        return [(each.number, each.side, each.text, each.state) for each in rows]


def test_a_line_goes_where_it_says_or_else_where_one_chose() -> None:
    text = "- Benches\n\n  no : Cars\nYES: Trees: many of them\nNote: a market\r\n"
    assert pasted(text, side="yes") == [
        (1, "yes", "Benches"), (3, "no", "Cars"), (4, "yes", "Trees: many of them"), (5, "yes", "Note: a market"),
    ]  # fmt: skip


def test_columns_with_names_of_their_own_are_known_by_them() -> None:
    assert pasted("Start: talks\nstop: mail", START_STOP) == [(1, "a", "talks"), (2, "b", "mail")]
    assert pasted("Open: all day", OPEN) == [(1, "open", "Open: all day")]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_a_spreadsheet_writes_it_in_one_way_or_another(separator: str, start: str) -> None:
    rows = [["Response", "Side"], ['"Benches, chairs; ""and"" more"', "YES"], ["Cars", "no"]]
    text = start + "\r\n".join(separator.join(row) for row in rows) + "\r\n"
    assert csv(text) == [(2, "yes", 'Benches, chairs; "and" more'), (3, "no", "Cars")]


def test_without_headings_the_column_comes_first() -> None:
    assert csv("yes,Benches\nno,Cars\n") == [(1, "yes", "Benches"), (2, "no", "Cars")]
    assert csv("Benches\nCars", OPEN) == [(1, "open", "Benches"), (2, "open", "Cars")]
    assert csv("column,text\nStop,Mail", START_STOP) == [(2, "b", "Mail")]
    assert csv("text\nBenches", side="no") == [(2, "no", "Benches")]


def test_a_response_over_two_lines_is_one_and_the_next_keeps_its_line() -> None:
    assert csv('yes,"Benches\nand chairs"\nno,Cars') == [(1, "yes", "Benches and chairs"), (3, "no", "Cars")]


def test_what_a_download_of_results_guards_is_unguarded() -> None:
    assert csv("yes,'=SUM of it all\nyes,'tis well") == [(1, "yes", "=SUM of it all"), (2, "yes", "'tis well")]


@pytest.mark.parametrize(
    ("reads", "text", "sentence"),
    [
        (pasted, "YES: Trees\nCars", "Line 2: Choose YES or NO."),
        (pasted, "YES: Trees\n\nno:  ", "Line 3 has no response."),
        (pasted, "YES: " + "x" * 141, "Line 1: That is 141 characters."),
        (csv, "maybe,Trees", "Line 1: Choose YES or NO."),
        (csv, "yes,Trees\nno,Cars,and lorries", "Line 2 has 3 cells"),
        (csv, 'yes,Trees\nno,"Cars', "Line 2: the quotation marks do not match."),
        (csv, 'yes,Trees\nno,"Cars" and', "Line 2: the quotation marks do not match."),
        (csv, "side,response\nyes\n", "Line 2 has no response."),
        (csv, "side,response\nno,Café\n".encode("latin-1"), "CSV UTF-8"),
        (csv, "side,response\nno,Cars\n".encode("utf-16"), "CSV UTF-8"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(reads: Reads, text: str | bytes, sentence: str) -> None:
    with pytest.raises(WorkshopError) as refused:
        reads(text)
    assert sentence in str(refused.value)


def test_a_list_is_added_once_and_undone_at_once(room: Room) -> None:
    listed = lists(room, "Trees\nNo: Cars\ntrees\nBenches")
    assert (listed.added, listed.there_already) == (3, 1)
    assert [each[:3] for each in responses(room)] == [(1, "yes", "Trees"), (2, "no", "Cars"), (3, "yes", "Benches")]
    again = lists(room, "TREES\nBenches\nCars")
    assert (again.added, again.there_already) == (1, 2)
    assert lists(room, "Trees") == Listed(0, 1, None)
    assert listed.entry is not None
    history.undo(room.store, room.id, listed.entry, by=BY)
    assert [state for *_, state in responses(room)] == ["withdrawn"] * 3 + ["live"]
    with room.store.reading() as session:
        entry = session.get_one(Entry, listed.entry)
    assert (entry.what, entry.subject) == ("list_responses", {"responses": "R1–R3"})
    # What was withdrawn is not there any more.
    assert lists(room, "Benches").added == 1


def test_a_wrong_line_adds_none_of_the_others(room: Room) -> None:
    with pytest.raises(WorkshopError, match="Line 3"):
        lists(room, "Trees\nBenches\n" + "x" * 141)
    assert responses(room) == []


def test_what_somebody_wrote_is_not_added_again(room: Room, ada: Person) -> None:
    room.goes_to("gather")
    ada.writes("Trees")
    gathering.withdraw(room.store, room.id, 1, ada.writes("Cars"), by=BY)
    assert (lists(room, "Trees\nCars").added, len(responses(room))) == (1, 3)


def test_a_list_that_is_too_long_or_empty_is_refused(room: Room) -> None:
    with pytest.raises(WorkshopError, match="500 responses at the most"):
        lists(room, "\n".join(f"Number {number}" for number in range(501)))
    with pytest.raises(WorkshopError, match="no response in this list"):
        lists(room, " \n\n")
    assert responses(room) == []


def test_once_responses_are_closed_none_are_added(room: Room, ada: Person) -> None:
    room.goes_to("gather")
    ada.writes("Trees")
    room.goes_to("vote")
    with pytest.raises(NotNow, match="Responses are closed"):
        lists(room, "Benches")

"""When a dot was moved is kept where everybody sees totals, and nowhere else; and it leaves by no door."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from sqlalchemy import event, select, update

import workshop
from tests.cast import BY, Room
from workshop.actions import paper, voting
from workshop.ballot_box import BallotBox
from workshop.models import Dot, Exercise
from workshop.results import downloads
from workshop.rules import Move
from workshop.store import Store

HOUSE = Path(workshop.__file__).parent


@pytest.fixture
def live_room(store: Store, box: BallotBox) -> Room:
    return voting_on_three(Room(store, box, random.Random(), totals="live"))


def voting_on_three(room: Room) -> Room:
    room.goes_to("gather")
    author = room.person()
    for text in ("Free park and ride", "A night market", "Benches"):
        author.writes(text)
    room.goes_to("vote")
    return room


def turns(room: Room) -> list[int | None]:
    """The turn of each dot that was ever moved, by who came first and by its number."""
    with room.store.reading() as session:
        wanted = select(Dot.turn).join(Exercise, Exercise.id == Dot.exercise_id)
        return [
            *session.scalars(wanted.where(Exercise.workshop_id == room.id).order_by(Dot.participant_id, Dot.number))
        ]


def shows_totals(room: Room, totals: str) -> None:
    with room.store.change(room.id) as session:
        session.execute(update(Exercise).where(Exercise.workshop_id == room.id).values(totals=totals))


def test_where_totals_are_hidden_nobody_can_tell_when_a_dot_was_moved(room: Room) -> None:
    person = voting_on_three(room).person()
    person.moves(1, 1)
    person.moves(2, 2)
    person.moves(2, 3)
    assert turns(room) == [None, None]


def test_where_they_are_live_turns_are_in_the_order_of_last_moves(live_room: Room) -> None:
    ada, ben = live_room.person(), live_room.person()
    ada.moves(1, 1)
    ben.moves(1, 1)
    ada.moves(2, 2)
    first, third, second = known_turns(live_room)
    assert first < second < third
    ada.moves(1, 3)
    assert known_turns(live_room)[0] > third


def known_turns(room: Room) -> list[int]:
    return [turn for turn in turns(room) if turn is not None]


def test_moves_that_are_stored_together_share_their_turn(live_room: Room) -> None:
    person = live_room.person()
    person.casts([Move(1, 0, 1, "a"), Move(2, 0, 2, "b")])
    one, other = known_turns(live_room)
    assert one == other == live_room.versions()[1]


def test_a_dot_that_moves_after_totals_were_hidden_loses_its_turn(live_room: Room) -> None:
    person = live_room.person()
    person.casts([Move(1, 0, 1, "a"), Move(2, 0, 2, "b")])
    shows_totals(live_room, "hidden")
    person.moves(2, 3)
    assert [turn is None for turn in turns(live_room)] == [False, True]


def test_dots_on_paper_have_none(live_room: Room) -> None:
    ballot, _ = paper.enter_paper_ballot(
        live_room.store, live_room.id, 1, {1: 2}, op="p", by=BY, chance=live_room.chance
    )
    paper.change_paper_ballot(live_room.store, live_room.id, 1, ballot, {1: 1, 2: 2}, by=BY)
    assert turns(live_room) == [None, None, None]


def test_a_turn_costs_no_statement(room: Room, live_room: Room, database_url: str) -> None:
    asked: dict[str, list[str]] = {}
    for name, each in (("hidden", voting_on_three(room)), ("live", live_room)):
        store = Store(database_url)
        statements = asked[name] = list[str]()

        def keep(_c: object, _cursor: object, statement: str, *_: object, kept: list[str] = statements) -> None:
            kept.append(statement)

        event.listen(store.writer, "before_cursor_execute", keep)
        person = each.person()
        cast = voting.Cast(each.id, person.id, 1, [Move(1, 0, 1, "a")])
        with store.change(each.id, tally=1) as session:
            voting.store_moves(session, each.id, [cast], {})
        assert cast.outcomes == ["moved"]
        store.close()
    assert asked["live"] == asked["hidden"]


def test_no_download_holds_a_turn(live_room: Room) -> None:
    live_room.person().moves(1, 1)
    with live_room.store.change(live_room.id) as session:
        session.execute(update(Dot).values(turn=987_654_321).where(Dot.turn.is_not(None)))
    report = live_room.report
    for form in ("csv", "json", "md", "html"):
        if form in downloads.FORMATS:
            written = downloads.write(form, report)
            assert b"Free park" in written
            assert b"987654321" not in written


def test_nothing_but_the_question_of_herding_reads_turns() -> None:
    """Pages, messages and files are made by whom this does not name, so none of them can hold one."""
    readers = {
        str(path.relative_to(HOUSE))
        for path in HOUSE.rglob("*.py")
        if re.search(r"\bDot\.turn\b|\bdot\.turn\b", path.read_text())
    }
    assert readers == {"results/herding.py"}

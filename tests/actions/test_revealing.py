"""The line under what goes forward, by places or by a share of the dots: drawn, drawn anew, taken away and undone."""

from __future__ import annotations

import random

import pytest

from tests.cast import BY, KEY, NOW, Room
from workshop import agenda, chronicle
from workshop.actions import history, hosting, planning, rehearsing, revealing, run_off, templates
from workshop.agenda import Agenda
from workshop.ballot_box import BallotBox
from workshop.errors import NotNow, Unacceptable
from workshop.models import Exercise, Workshop
from workshop.results import counting
from workshop.results.cutting import Line
from workshop.store import Store


@pytest.fixture
def voted(store: Store, box: BallotBox) -> Room:
    """Revealed: of ten dots R1 has four, R2 and R3 two each, R4 and R5 one each, and R6 none."""
    room = Room(store, box, random.Random())
    person, other = room.person(), room.person()
    room.goes_to("gather")
    for number in range(1, 7):
        person.writes(f"Response {number}")
    room.goes_to("vote")
    for dot, response in enumerate((1, 1, 1, 1, 2, 3, 4), start=1):
        person.moves(dot, response)
    for dot, response in enumerate((2, 3, 5), start=1):
        other.moves(dot, response)
    room.goes_to("discuss")
    return room


def draws(room: Room, cut: int | None = None, share: int | None = None, number: int = 1) -> int:
    entry = revealing.set_cut(room.store, room.id, number, cut, share, by=BY)
    assert entry is not None
    return entry


def drawn(room: Room) -> tuple[int | None, int | None]:
    with room.store.reading() as session:
        exercise = hosting.find_exercise(session, room.id, 1)
        return exercise.cut, exercise.cut_share


def undoes(room: Room, entry: int) -> int:
    return history.undo(room.store, room.id, entry, by=BY)


@pytest.mark.parametrize(
    ("share", "line"),
    [
        # R1 has 4 of 10 dots, which is 40 % to the dot.
        (1, Line([1], [])),
        (40, Line([1], [])),
        # Two tie for the one place that 41 % and 60 % take, and have 80 % together with R1.
        (41, Line([1], [2, 3], 1)),
        (60, Line([1], [2, 3], 1)),
        (61, Line([1, 2, 3], [])),
        (80, Line([1, 2, 3], [])),
        (81, Line([1, 2, 3], [4, 5], 1)),
        # All dots, and not what has none.
        (100, Line([1, 2, 3, 4, 5], [])),
    ],
)
def test_a_share_draws_the_line_under_as_few_as_hold_it(voted: Room, share: int, line: Line) -> None:
    draws(voted, share=share)
    assert (drawn(voted), voted.result.line) == ((None, share), line)


def test_a_line_takes_the_place_of_the_one_before(voted: Room) -> None:
    first = draws(voted, 2)
    second = draws(voted, share=50)
    assert drawn(voted) == (None, 50)
    third = draws(voted, 4)
    assert drawn(voted) == (4, None)
    fourth = draws(voted)
    assert (drawn(voted), voted.result.line) == ((None, None), None)
    for entry, before in ((fourth, (4, None)), (third, (None, 50)), (second, (2, None)), (first, (None, None))):
        undoes(voted, entry)
        assert drawn(voted) == before


def test_an_undone_line_is_drawn_again_by_undoing_that(voted: Room) -> None:
    draws(voted, 2)
    undone = undoes(voted, draws(voted, share=50))
    assert drawn(voted) == (2, None)
    undoes(voted, undone)
    assert drawn(voted) == (None, 50)


def test_undoing_never_draws_two_lines(voted: Room) -> None:
    draws(voted, 2)
    taken_away = draws(voted)
    draws(voted, share=50)
    with pytest.raises(NotNow) as refused:
        undoes(voted, taken_away)
    assert refused.value.code == "changed_since"
    assert drawn(voted) == (None, 50)


def test_two_lines_at_once_are_refused(voted: Room) -> None:
    draws(voted, 2)
    with pytest.raises(Unacceptable) as refused:
        draws(voted, 3, 50)
    assert (refused.value.code, drawn(voted)) == ("cut_share", (2, None))


def test_the_history_says_which_line_was_drawn(voted: Room) -> None:
    for cut, share in ((2, None), (None, 50)):
        draws(voted, cut, share)
    undoes(voted, draws(voted))
    with voted.store.reading() as session:
        said = [chronicle.deed(each) for each in history.entries(session, voted.id)]
    assert said[:4] == [
        "undid: took the line away",
        "took the line away",
        "drew the line under 50 % of the dots",
        "drew the line under place 2",
    ]


def test_a_line_that_is_there_already_is_no_news(voted: Room) -> None:
    draws(voted, share=50)
    assert revealing.set_cut(voted.store, voted.id, 1, None, 50, by=BY) is None


# What a share is drawn in ---------------------------------------------------------------------------------------------


def test_a_tie_across_a_share_has_a_run_off_for_the_places_left(voted: Room) -> None:
    draws(voted, share=81)
    number, _ = run_off.start_run_off(voted.store, voted.id, 1, by=BY)
    with voted.store.reading() as session:
        of_run_off = hosting.find_exercise(session, voted.id, number)
        assert (of_run_off.cut, of_run_off.cut_share, of_run_off.allowance) == (1, None, 1)
        line = Line([1, 2, 3], [4, 5], 1, run_off=number)
        with_run_off = hosting.find_exercise(session, voted.id, 1)
        assert with_run_off.cut_share == 81
    assert of_first(voted) == line
    with pytest.raises(NotNow) as refused:
        draws(voted, share=50, number=number)
    assert refused.value.code == "is_run_off"


def of_first(room: Room) -> Line | None:
    with room.store.reading() as session:
        return counting.count(session, hosting.find_exercise(session, room.id, 1)).line


def test_a_run_off_in_which_nobody_puts_a_dot_stays_a_tie(voted: Room) -> None:
    """What is in a run-off has had dots: there, none at all is a tie like any other."""
    draws(voted, share=81)
    number, _ = run_off.start_run_off(voted.store, voted.id, 1, by=BY)
    for here, there in (("vote", "reveal"), ("reveal", "discuss")):
        hosting.step(voted.store, voted.id, number, here, there, by=BY)
    line = of_first(voted)
    assert line is not None
    assert (line.is_open, line.forward) == (True, [1, 2, 3])
    assert voted.result.line == Line([], [4, 5], 1)


# A line that is planned -----------------------------------------------------------------------------------------------

PLAN = {"title": "Town centre", "exercises": [{"prompt": "What matters?", "cut_share": 60}]}


@pytest.fixture
def planned(store: Store, box: BallotBox) -> Room:
    return Room(store, box, random.Random(), agenda.from_json(PLAN))


def exercises(store: Store, workshop: Workshop) -> list[tuple[int | None, int | None]]:
    with store.reading() as session:
        found: list[Exercise] = session.get_one(Workshop, workshop.id).exercises
        return [(each.cut, each.cut_share) for each in found]


def test_a_planned_share_comes_along_wherever_an_agenda_goes(planned: Room, chance: random.Random) -> None:
    assert drawn(planned) == (None, 60)
    store, fresh = planned.store, {"key": KEY, "now": NOW, "chance": chance}
    planning.copy_exercise(store, planned.id, 1, with_responses=False, by=BY)
    assert exercises(store, planned.workshop) == [(None, 60)] * 2
    twin = templates.duplicate_workshop(store, planned.id, "Again", **fresh)  # type: ignore[arg-type]
    rehearsal = rehearsing.open_rehearsal(store, planned.id, 3, **fresh)  # type: ignore[arg-type]
    assert exercises(store, twin) == exercises(store, rehearsal) == [(None, 60)] * 2
    number = templates.keep_template(store, planned.id, "Kept", now=NOW)
    with store.reading() as session:
        kept: Agenda = templates.template(session, str(number))
    assert [each.cut_share for each in kept.exercises] == [60, 60]
    assert agenda.to_json(kept)["exercises"][0]["cut_share"] == 60


def test_editing_puts_one_line_in_the_place_of_the_other(planned: Room) -> None:
    (plan,) = agenda.from_json({"title": "Town centre", "exercises": [{"prompt": "What matters?", "cut": 3}]}).exercises
    entry = planning.edit_exercise(planned.store, planned.id, 1, plan, by=BY)
    assert drawn(planned) == (3, None)
    assert entry is not None
    undoes(planned, entry)
    assert drawn(planned) == (None, 60)


@pytest.mark.parametrize(
    ("line", "code", "problem"),
    [
        ({"cut": 3, "cut_share": 60}, "cut_share", "Exercise 1: There is one line: say how many go forward"),
        ({"cut_share": 0}, "cut_share", "Exercise 1: Give a whole number from 1 to 100."),
        ({"cut_share": 101}, "cut_share", "Exercise 1: Give a whole number from 1 to 100."),
        ({"cut_share": "half"}, "cut_share", "Exercise 1: Give a whole number from 1 to 100."),
        ({"cut": 0}, "cut", "Exercise 1: Give a whole number from 1 to 500."),
    ],
)
def test_a_file_with_a_line_that_is_none_is_refused(line: dict[str, object], code: str, problem: str) -> None:
    with pytest.raises(Unacceptable) as refused:
        agenda.from_json({"title": "Town centre", "exercises": [{"prompt": "What matters?"} | line]})
    assert refused.value.code == code
    assert str(refused.value).startswith(problem)

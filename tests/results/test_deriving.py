"""What a result says about the scope: from votes that were cast, to the section that each response goes into."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest

from tests.cast import BY, Room
from workshop import agenda
from workshop.actions import discussing, hosting, revealing, run_off, voting
from workshop.ballot_box import BallotBox
from workshop.models import Workshop
from workshop.results.scope import deriving, reading
from workshop.results.scope.deriving import Derived
from workshop.rules import Move
from workshop.store import Store

OWN = [
    {"name": "Do", "sign": "tick"},
    {"name": "Later", "sign": "star"},
    {"name": "Never", "sign": "minus"},
    {"name": "Not us", "sign": "cross"},
]


def voted(
    store: Store, box: BallotBox, responses: Sequence[tuple[str, str]], *ballots: Sequence[int], **exercise: Any
) -> Room:
    """A revealed exercise with these responses, and a person for each ballot."""
    room = Room(store, box, random.Random(), **exercise)
    people = [room.person() for _ in ballots]
    room.goes_to("gather")
    for side, text in responses:
        people[0].writes(text, side)
    room.goes_to("vote")
    for person, ballot in zip(people, ballots, strict=True):
        for dot, response in enumerate(ballot, start=1):
            person.moves(dot, response)
    room.goes_to("discuss")
    return room


def derived(room: Room) -> dict[int, list[Derived]]:
    with room.store.reading() as session:
        found = deriving.derive(reading.reports(session, session.get_one(Workshop, room.id)))
    return {number: [*those] for number, those in found.items()}


def sections(room: Room, number: int = 1) -> dict[str, list[int]]:
    """The responses in each section, in their order."""
    found: dict[str, list[int]] = {}
    for each in derived(room)[number]:
        found.setdefault(each.section, []).append(each.response)
    return found


@pytest.fixture
def room(store: Store, box: BallotBox) -> Room:
    """R1 (YES) has five dots, R2 (NO) four, R3 (YES) and R4 (NO) two each, R5 (YES) none."""
    responses = [("yes", "Users"), ("no", "Scores"), ("yes", "Data"), ("no", "Blame"), ("yes", "Lunch")]
    return voted(store, box, responses, [1, 1, 1, 2, 2, 3, 4], [1, 1, 2, 2, 3, 4])


def test_above_the_line_yes_comes_into_scope_and_no_goes_out_of_it(room: Room) -> None:
    revealing.set_cut(room.store, room.id, 1, 2, by=BY)
    assert sections(room) == {"in": [1], "out": [2]}


def test_where_no_line_was_drawn_nothing_is_derived(room: Room) -> None:
    assert derived(room) == {}


def test_what_was_not_revealed_is_not_derived(room: Room) -> None:
    revealing.set_cut(room.store, room.id, 1, 2, by=BY)
    room.goes_to("vote")
    assert derived(room) == {}


def test_what_ties_across_the_line_is_parked_and_says_why(room: Room) -> None:
    revealing.set_cut(room.store, room.id, 1, 3, by=BY)
    assert sections(room) == {"in": [1], "out": [2], "parked": [3, 4]}
    parked = derived(room)[1][-1]
    assert parked.note == "R3 and R4 tie across the line, and nothing has settled it."
    assert parked.evidence["verdict"] == "coin toss"


def test_each_carries_its_dots_people_rank_share_stability_and_note(room: Room) -> None:
    discussing.save_note(room.store, room.id, 1, 1, "Said by everybody", "", by=BY)
    revealing.set_cut(room.store, room.id, 1, 2, by=BY)
    first, second = derived(room)[1]
    assert (first.text, first.note) == ("Users", "Said by everybody")
    assert first.evidence == {
        "dots": 5, "people": 2, "rank": "1", "verdict": "safe", "place": "above", "side": "YES", "of": 1,
        "share": round(5 / 13, 4),
    }  # fmt: skip
    assert (second.evidence["dots"], second.evidence["side"], second.note) == (4, "NO", "")


def test_a_shared_rank_shows_that_it_is_shared(room: Room) -> None:
    revealing.set_cut(room.store, room.id, 1, 4, by=BY)
    assert [each.evidence["rank"] for each in derived(room)[1]] == ["1", "2", "3=", "3="]


def test_a_run_off_that_settled_the_tie_counts_and_is_no_result_of_its_own(room: Room) -> None:
    revealing.set_cut(room.store, room.id, 1, 3, by=BY)
    number, _ = run_off.start_run_off(room.store, room.id, 1, by=BY)
    voter = room.person()
    voting.move_dots(room.box, room.id, voter.id, number, [Move(1, 0, 4, "settles")])
    for here, there in pairwise(("vote", "reveal", "discuss")):
        hosting.step(room.store, room.id, number, here, there, by=BY)
    assert list(derived(room)) == [1]
    assert sections(room) == {"in": [1], "out": [2, 4]}
    assert derived(room)[1][-1].evidence["verdict"] == "settled by a run-off"


def test_of_own_columns_those_with_a_cross_or_a_minus_say_what_is_out(store: Store, box: BallotBox) -> None:
    responses = [("a", "Websites"), ("b", "Payments"), ("c", "Fax"), ("d", "Courts")]
    room = voted(store, box, responses, [1, 1, 1, 1], [2, 2, 2], [3, 3], [4], columns=OWN)
    revealing.set_cut(room.store, room.id, 1, 4, by=BY)
    assert sections(room) == {"in": [1, 2], "out": [3, 4]}
    assert [each.evidence["side"] for each in derived(room)[1]] == ["Do", "Later", "Never", "Not us"]


def test_an_open_exercise_that_was_voted_on_is_all_in_scope_and_names_no_column(store: Store, box: BallotBox) -> None:
    planned = agenda.from_json({"title": "Open", "exercises": [{"kind": "open", "prompt": "What next?"}]})
    room = Room(store, box, random.Random(), planned)
    ada = room.person()
    room.goes_to("gather")
    ada.writes("Talk more", "open")
    room.goes_to("vote")
    ada.moves(1, 1)
    room.goes_to("discuss")
    revealing.set_cut(room.store, room.id, 1, 1, by=BY)
    assert sections(room) == {"in": [1]}
    assert derived(room)[1][0].evidence["side"] == ""


def test_what_is_contested_is_parked_and_names_the_other(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deriving, "_contested_in", lambda report: [(1, 4), (3, 5)])
    revealing.set_cut(room.store, room.id, 1, 2, by=BY)
    # R5 has no dots: nobody is on its side.
    assert sections(room) == {"parked": [1, 4], "out": [2]}
    assert derived(room)[1][0].note == "Contested: R4 says it in another column, “Blame”."


def test_every_exercise_with_a_line_says_something_and_the_others_are_not_there(store: Store, box: BallotBox) -> None:
    planned = agenda.from_json(
        {"title": "Two", "exercises": [{"prompt": "What matters?"}, {"prompt": "What else?"}, {"prompt": "And?"}]}
    )
    room = Room(store, box, random.Random(), planned)
    ada = room.person()
    room.goes_to("gather")
    ada.writes("Users")
    room.goes_to("vote")
    ada.moves(1, 1)
    room.goes_to("closed")
    assert derived(room) == {}
    revealing.set_cut(room.store, room.id, 1, 1, by=BY)
    assert list(derived(room)) == [1]
    with room.store.reading() as session:
        workshop = session.get_one(Workshop, room.id)
        assert [each.number for each in reading.without_line(workshop)] == []

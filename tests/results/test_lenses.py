"""A result by lens: what is said, what is hidden, and when nothing is."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence

import pytest

from tests.cast import BY, Room
from workshop import agenda, tokens
from workshop.actions import gathering, grouping, joining, lenses, voting
from workshop.ballot_box import BallotBox
from workshop.models import Workshop
from workshop.results import lenses as by_group
from workshop.results import reporting
from workshop.results.findings import Finding
from workshop.rules import Move
from workshop.store import Store

ASKED = ["Councillor", "Officer", "Partner"]


@pytest.fixture
def lens_room(store: Store, box: BallotBox) -> Room:
    """Four responses, R2 and R4 in the NO column, and voting is open; people are asked for their lens."""
    plan = {"title": "Town centre", "lenses": ASKED, "exercises": [{"prompt": "What matters?"}]}
    room = Room(store, box, random.Random(), agenda.from_json(plan))
    room.goes_to("gather")
    author = room.person()
    for number in range(1, 5):
        author.writes(f"Response {number}", "no" if number in (2, 4) else "yes")
    room.goes_to("vote")
    return room


def votes(room: Room, lens: str, *ballots: Mapping[int, int]) -> None:
    """Somebody of a lens for each ballot."""
    for ballot in ballots:
        secret = tokens.new_secret(room.chance)
        joining.join(room.store, room.id, secret=secret, chance=room.chance, lens=lens)
        with room.store.reading() as session:
            person = joining.people(session, room.id)[-1].id
        wishes = [response for response, dots in ballot.items() for _ in range(dots)]
        moves = [Move(dot, 0, response, f"v{person}-{dot}") for dot, response in enumerate(wishes, start=1)]
        assert set(voting.move_dots(room.box, room.id, person, 1, moves).outcomes) <= {"moved"}


def by_lens(room: Room) -> Finding | None:
    with room.store.reading() as session:
        report = reporting.report(session, session.get_one(Workshop, room.id).exercise)
    return next((each for each in report.findings if each.key == "lenses"), None)


def found(room: Room) -> Finding:
    finding = by_lens(room)
    assert finding is not None
    return finding


def dots(finding: Finding) -> dict[int, Sequence[int | None]]:
    return {each["number"]: each["dots"] for each in finding.data["results"]}


def test_groups_stand_side_by_side_and_small_cells_are_hidden(lens_room: Room) -> None:
    votes(lens_room, "Councillor", *[{1: 4, 2: 3}] * 6, {3: 1})
    votes(lens_room, "Officer", *[{1: 1, 2: 5}] * 5, {4: 1})
    votes(lens_room, "Partner", {1: 2}, {1: 2})
    votes(lens_room, "", *[{1: 1, 3: 1}] * 3)
    lens_room.goes_to("discuss")
    finding = found(lens_room)
    assert [each["name"] for each in finding.data["groups"]] == ["Councillor", "Officer", "Partner or not said"]
    assert [each["people"] for each in finding.data["groups"]] == [7, 6, 5]
    assert dots(finding) == {1: [24, 5, 7], 2: [18, None, None], 3: [None] * 3, 4: [None] * 3}
    assert [each["people"] for each in finding.data["results"][:2]] == [[6, None, None], [6, 5, 5]]
    (table,) = finding.tables
    assert table.columns == [
        "Number", "Response", "Councillor (7 people)", "Officer (6 people)", "Partner or not said (5 people)", "All",
    ]  # fmt: skip
    assert [list(row) for row in table.rows] == [
        ["R2", "Response 2", 18, "hidden", "hidden", 43],
        ["R1", "Response 1", 24, 5, 7, 36],
    ]


def test_what_is_said_looks_at_what_can_be_read_alone(lens_room: Room) -> None:
    votes(lens_room, "Councillor", *[{1: 4, 2: 3}] * 6, {3: 1})
    votes(lens_room, "Officer", *[{1: 1, 2: 5}] * 5, {4: 1})
    votes(lens_room, "Partner", *[{1: 2, 2: 3}] * 5)
    votes(lens_room, "", *[{1: 1, 2: 6}] * 5)
    lens_room.goes_to("discuss")
    sentences = found(lens_room).sentences
    assert sentences[0] == (
        "Of what can be shown, the groups do not put the same first – "
        "Councillor: R1; Officer: R2; Partner: R2; not said: R2."
    )
    assert sentences[1:3] == [
        "R2 and R1 are among the first three of every group.",
        "They are furthest apart on R2: 6.0 dots per person from not said, 2.6 from Councillor.",
    ]
    assert sentences[3].startswith("2 responses are not in the table")


def test_where_all_put_the_same_first_that_is_the_verdict(lens_room: Room) -> None:
    votes(lens_room, "Councillor", *[{1: 4}] * 6)
    votes(lens_room, "Officer", *[{1: 4}] * 7)
    lens_room.goes_to("discuss")
    assert found(lens_room).sentences[0] == "Of what can be shown, all groups put most dots on R1."


def test_groups_that_are_too_small_are_said_to_be(lens_room: Room) -> None:
    votes(lens_room, "Councillor", *[{1: 4}] * 4)
    votes(lens_room, "Officer", *[{2: 4}] * 3)
    votes(lens_room, "", {3: 1})
    lens_room.goes_to("discuss")
    finding = found(lens_room)
    assert finding.sentences[0].startswith("The groups are too small to be shown side by side")
    assert (finding.tables, finding.data["groups"], finding.data["results"]) == ((), [], [])
    assert finding.meaning


def test_there_is_none_where_nobody_is_asked_or_nobody_has_voted_or_it_is_not_revealed(lens_room: Room) -> None:
    lens_room.goes_to("discuss")
    assert by_lens(lens_room) is None
    lens_room.goes_to("vote")
    votes(lens_room, "Councillor", *[{1: 4}] * 6)
    votes(lens_room, "Officer", *[{1: 4}] * 6)
    assert by_lens(lens_room) is None
    lens_room.goes_to("reveal")
    assert by_lens(lens_room) is None
    lens_room.goes_to("discuss")
    assert dots(found(lens_room))[1] == [24, 24]


def test_nobody_is_asked_and_there_is_no_such_finding(room: Room) -> None:
    room.goes_to("gather")
    room.person().writes("Trees")
    room.goes_to("vote")
    votes(room, "Councillor", *[{1: 4}] * 6)
    room.goes_to("discuss")
    assert by_lens(room) is None


def test_whoever_chose_what_is_no_longer_asked_counts_as_not_having_said(lens_room: Room) -> None:
    votes(lens_room, "Councillor", *[{1: 4}] * 6)
    votes(lens_room, "Officer", *[{1: 3}] * 6)
    votes(lens_room, "Partner", *[{1: 2}] * 6)
    lenses.ask_lenses(lens_room.store, lens_room.id, ["Councillor", "Officer"], by=BY)
    lens_room.goes_to("discuss")
    finding = found(lens_room)
    assert [each["lenses"] for each in finding.data["groups"]] == [["Councillor"], ["Officer"], [None]]
    assert dots(finding)[1] == [24, 18, 12]


def test_merged_responses_count_for_the_one_they_stand_under_and_withdrawn_ones_for_none(
    store: Store, box: BallotBox
) -> None:
    plan = {"title": "Town centre", "lenses": ASKED, "exercises": [{"prompt": "What matters?"}]}
    room = Room(store, box, random.Random(), agenda.from_json(plan))
    room.goes_to("gather")
    author = room.person()
    for number in range(1, 4):
        author.writes(f"Response {number}")
    room.goes_to("vote")
    votes(room, "Councillor", *[{1: 2, 2: 3, 3: 1}] * 6)
    votes(room, "Officer", *[{1: 2, 2: 1}] * 6)
    room.goes_to("gather")
    grouping.merge(room.store, room.id, 1, [1, 2], 1, by=BY)
    gathering.withdraw(room.store, room.id, 1, 3, by=BY)
    room.goes_to("discuss")
    assert dots(found(room)) == {1: [30, 18]}


def test_columns_with_dots_of_their_own_are_told_apart(store: Store, box: BallotBox) -> None:
    columns = [{"name": "YES", "sign": "tick", "allowance": 3}, {"name": "NO", "sign": "cross", "allowance": 2}]
    plan = {"title": "T", "lenses": ASKED, "exercises": [{"prompt": "What matters?", "columns": columns}]}
    room = Room(store, box, random.Random(), agenda.from_json(plan))
    room.goes_to("gather")
    author = room.person()
    for side in ("yes", "no"):
        author.writes(f"On {side}", side)
    room.goes_to("vote")
    votes(room, "Councillor", *[{1: 3, 2: 2}] * 6)
    votes(room, "Officer", *[{1: 2, 2: 1}] * 7)
    room.goes_to("discuss")
    # The councillors have spent all their dots, and all of them can be seen.
    assert [each["name"] for each in found(room).data["groups"]] == ["Officer", "Councillor, Partner or not said"]
    assert dots(found(room)) == {1: [14, 18], 2: [7, 12]}


# Withdrawing, and looking again ---------------------------------------------------------------------------------------


def cells(finding: Finding) -> dict[tuple[int, str], int | None]:
    """Each cell's people by response and group, None where they are hidden."""
    names = [each["name"] for each in finding.data["groups"]]
    return {
        (each["number"], name): people
        for each in finding.data["results"]
        for name, people in zip(names, each["people"], strict=True)
    }


@pytest.mark.parametrize("seed", range(4))
def test_withdrawing_a_response_looking_and_restoring_it_shows_no_cell_that_was_hidden(
    store: Store, box: BallotBox, seed: int
) -> None:
    plan = {"title": "T", "lenses": ASKED, "exercises": [{"prompt": "What matters?"}]}
    room = Room(store, box, random.Random(), agenda.from_json(plan))
    room.goes_to("gather")
    author = room.person()
    for number in range(1, 7):
        author.writes(f"Response {number}")
    room.goes_to("vote")
    chance = random.Random(seed)
    for _ in range(24):
        votes(room, chance.choice(ASKED), Counter(chance.choices(range(1, 7), [6, 5, 3, 2, 1, 1], k=8)))
    room.goes_to("discuss")
    before, groups = cells(found(room)), found(room).data["groups"]
    assert None in before.values()
    for number in range(1, 7):
        gathering.withdraw(store, room.id, 1, number, by=BY)
        after = cells(found(room))
        assert after == {cell: people for cell, people in before.items() if cell[0] != number}
        assert found(room).data["groups"] == groups
        gathering.restore(store, room.id, 1, number, by=BY)
    assert cells(found(room)) == before


def test_where_all_that_was_shown_is_withdrawn_that_is_said_and_ballots_stay_where_they_are(lens_room: Room) -> None:
    votes(lens_room, "Councillor", *[{1: 4}] * 6)
    votes(lens_room, "Officer", *[{1: 3, 2: 1}] * 6)
    lens_room.goes_to("discuss")
    for number in (1, 2):
        gathering.withdraw(lens_room.store, lens_room.id, 1, number, by=BY)
    assert found(lens_room).sentences == ["What could be shown by group has been withdrawn."]
    with lens_room.store.reading() as session:
        assert by_group.are_shown(session, session.get_one(Workshop, lens_room.id).exercise)


# Many responses -------------------------------------------------------------------------------------------------------


def test_only_the_first_thirty_are_looked_at_with_what_ties_with_the_last_of_them(store: Store, box: BallotBox) -> None:
    plan = {"title": "T", "lenses": ASKED, "exercises": [{"prompt": "What matters?", "allowance": 20}]}
    room = Room(store, box, random.Random(), agenda.from_json(plan))
    room.goes_to("gather")
    author = room.person()
    for number in range(1, 36):
        author.writes(f"Response {number}")
    room.goes_to("vote")
    # R1 to R32 have all alike but for R1; R33 and R34 have fewer dots, R35 none.
    some, others = {1: 2, **dict.fromkeys(range(2, 18), 1)}, dict.fromkeys(range(18, 33), 1)
    votes(room, "Councillor", *[some] * 6, *[{**others, 33: 1}] * 6)
    votes(room, "Officer", *[some] * 6, *[{**others, 34: 1}] * 6)
    room.goes_to("discuss")
    finding = found(room)
    assert [number for number, shown in dots(finding).items() if shown != [None, None]] == [*range(1, 33)]
    assert any(said.startswith("Only the first 30 responses with dots") for said in finding.sentences)
    assert any(said.startswith("1 response is not in the table") for said in finding.sentences)

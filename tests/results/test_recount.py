"""The file of ballots: the same bytes for the same vote, nothing in it that leads to a person, and a fingerprint that
stays true.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import BY, KEY, Person, Room
from tests.results.ballot_files import SEAL, exercise, result, told, votes, written
from workshop import rules
from workshop.actions import discussing, gathering, hosting, linking
from workshop.ballot_box import BallotBox
from workshop.errors import NotNow
from workshop.models import Response
from workshop.results import counting, lenses, recount, reporting
from workshop.rules import Move
from workshop.store import Store

TEXTS = ("Free park and ride", "A night market", "Benches")


def file_of(room: Room, *, sure: bool = True) -> bytes:
    with room.store.reading() as session:
        on = room._exercise(session)
        result = counting.count(session, on)
        recount.check_taken_away(on, result, by_groups=lenses.are_shown(session, on), sure=sure)
        return recount.written(session, on, result)


def fingerprint_of(room: Room) -> str:
    with room.store.reading() as session:
        return reporting.report(session, room._exercise(session)).fingerprint


def cast(room: Room, votes: Sequence[tuple[Person, Sequence[int]]]) -> None:
    for person, wishes in votes:
        assert person.casts([Move(dot, 0, wish, "a") for dot, wish in enumerate(wishes, start=1)]).outcomes


def opened(store: Store, box: BallotBox, people: int) -> tuple[Room, list[Person]]:
    """A workshop with three responses in which people can vote."""
    room = Room(store, box, random.Random())
    persons = [room.person() for _ in range(people)]
    room.goes_to("gather")
    for text, side in zip(TEXTS, ("yes", "no", "yes"), strict=True):
        persons[0].writes(text, side)
    room.goes_to("vote")
    return room, persons


@pytest.fixture
def voted(store: Store, box: BallotBox) -> Room:
    """Two people have voted, and seen what came of it."""
    room, (ada, ben) = opened(store, box, 2)
    cast(room, [(ada, [1, 1, 2]), (ben, [1, 3])])
    room.goes_to("discuss")
    return room


# The bytes ------------------------------------------------------------------------------------------------------------


def test_a_file_holds_what_was_asked_what_was_answered_and_what_was_voted_to_the_byte() -> None:
    counted = replace(
        result([{1: 2, 3: 1}, {1: 1, 2: 7}, {3: 8}], responses=3, on_paper=1),
        merged={3: [Response(number=9, text="Seats"), Response(number=7, text="A bench")]},
    )
    assert recount.write(exercise(most_per_response=8), counted, SEAL).decode() == (
        """{
  "format": "Eight Dots ballots",
  "version": 1,
  "workshop": {"title": "Town centre", "code": "K74M2P", "simulated": false},
  "exercise": {"number": 1, "prompt": "What matters?", "allowance": 8, "most_per_response": 8, "run_off_of": null},
  "columns": [
    {"side": "yes", "name": "YES", "allowance": null},
    {"side": "no", "name": "NO", "allowance": null}
  ],
  "responses": [
    {"number": 1, "side": "yes", "text": "Response 1", "merged": []},
    {"number": 2, "side": "no", "text": "Response 2", "merged": []},
    {"number": 3, "side": "yes", "text": "Response 3", "merged": [7, 9]}
  ],
  "on_paper": 1,
  "ballots": [
    {"R1": 2, "R3": 1},
    {"R1": 1, "R2": 7},
    {"R3": 8}
  ],
  "tally": [
    {"number": 1, "dots": 3, "people": 2},
    {"number": 2, "dots": 7, "people": 1},
    {"number": 3, "dots": 9, "people": 2}
  ],
  "seal": "5ea15ea15ea15ea15ea15ea15ea15ea15ea15ea15ea15ea15ea15ea15ea15ea1"
}
"""
    )


def test_where_each_column_has_its_own_prompt_the_file_has_both() -> None:
    sides = exercise().sides
    for side in sides:
        side.prompt = f"What {side.key}?"
    assert told([], prompt=None, sides=sides)["exercise"]["prompt"] == {"yes": "What yes?", "no": "What no?"}


def test_what_people_write_is_kept_to_the_letter() -> None:
    counted = result([{1: 1}], responses=1)
    counted.responses[1].text = '"Trees", 🎉\u202e\\n'
    assert json.loads(recount.write(exercise(), counted, SEAL))["responses"][0]["text"] == '"Trees", 🎉\u202e\\n'


@given(vote=votes, chance=st.randoms(use_true_random=False))
def test_the_order_in_which_ballots_come_makes_no_difference(
    vote: tuple[list[dict[int, int]], int], chance: random.Random
) -> None:
    ballots, responses = vote
    mixed = [dict(chance.sample(sorted(each.items()), len(each))) for each in chance.sample(ballots, len(ballots))]
    assert written(mixed, responses) == written(ballots, responses)
    assert sorted(map(repr, recount.mixed(ballots))) == sorted(map(repr, ballots))


def test_the_order_of_the_ballots_is_not_that_of_what_they_hold() -> None:
    ballots: list[rules.Marks] = [{number: 1} for number in range(1, 13)]
    mixed = recount.mixed(ballots)
    assert mixed != ballots
    assert mixed != ballots[::-1]


def test_nothing_in_a_file_tells_who_cast_which_ballot_or_when(store: Store, box: BallotBox) -> None:
    wishes = ([1, 1, 1, 2], [2, 2], [3, 1, 2], [1, 1, 1, 2])
    files = []
    for turn in ([0, 1, 2, 3], [2, 0, 3, 1], [3, 2, 1, 0]):
        room, people = opened(store, box, 4)
        # Each person casts another's ballot, and they come in another order.
        cast(room, [(people[3 - place], wishes[place]) for place in turn])
        room.goes_to("discuss")
        told = json.loads(file_of(room))
        files.append(file_of(room).replace(room.workshop.code.encode(), b"").replace(told["seal"].encode(), b""))
    assert files[0] == files[1] == files[2]
    assert b'"R1": 3' in files[0]


# The fingerprint ------------------------------------------------------------------------------------------------------


def test_the_fingerprint_is_what_sha256sum_prints(voted: Room) -> None:
    assert fingerprint_of(voted) == hashlib.sha256(file_of(voted)).hexdigest()


def test_what_changes_after_the_reveal_without_changing_the_vote_leaves_the_fingerprint(voted: Room) -> None:
    before, store = fingerprint_of(voted), voted.store
    voted.person()
    discussing.save_note(store, voted.id, 1, 1, "Of wood", "", by=BY)
    discussing.save_note(store, voted.id, 1, 0, "A lively room", "", by=BY)
    discussing.set_spotlight(store, voted.id, 1, 2, by=BY)
    with store.reading() as session:
        link = next(each for each in linking.list_links(session, voted.id) if each.role == "facilitator")
    linking.rotate_link(store, voted.id, link.id, key=KEY, chance=random.Random(), by=BY)
    with store.change(voted.id) as session:
        on = voted._exercise(session)
        on.cut, on.in_the_room = 2, 3
    voted.goes_to("closed")
    assert fingerprint_of(voted) == before


def test_a_vote_that_has_changed_has_another_fingerprint(voted: Room) -> None:
    before = fingerprint_of(voted)
    gathering.withdraw(voted.store, voted.id, 1, 2, by=BY)
    withdrawn = fingerprint_of(voted)
    assert withdrawn != before
    gathering.restore(voted.store, voted.id, 1, 2, by=BY)
    assert fingerprint_of(voted) == before


def test_two_votes_that_are_the_same_have_fingerprints_of_their_own(store: Store, box: BallotBox) -> None:
    files = []
    for _ in range(2):
        room, (ada,) = opened(store, box, 1)
        cast(room, [(ada, [1])])
        room.goes_to("discuss")
        files.append(json.loads(file_of(room)))
    assert files[0]["ballots"] == files[1]["ballots"]
    assert files[0]["seal"] != files[1]["seal"]
    assert {len(each["seal"]) for each in files} == {64}


def test_the_seal_is_not_the_secret_that_it_is_made_from(voted: Room) -> None:
    with voted.store.reading() as session:
        nonces = [each.nonce for each in linking.list_links(session, voted.id)]
        paths = hosting.links(session, voted.workshop, KEY).values()
    file = file_of(voted).decode()
    assert not [secret for secret in (*nonces, *(path[3:] for path in paths if len(path) > 20)) if secret in file]


def test_while_dots_can_move_there_is_no_fingerprint_and_before_the_reveal_no_file(
    store: Store, box: BallotBox
) -> None:
    room, (ada,) = opened(store, box, 1)
    cast(room, [(ada, [1])])
    assert fingerprint_of(room) == ""
    with pytest.raises(NotNow, match="once voting has closed") as refused:
        file_of(room)
    assert refused.value.code == "voting_not_closed"
    room.goes_to("reveal")
    assert fingerprint_of(room)
    with pytest.raises(NotNow, match="once the result has been revealed") as refused:
        file_of(room)
    assert refused.value.code == "not_revealed"
    room.goes_to("gather")
    with pytest.raises(NotNow, match="no vote was taken") as refused:
        file_of(room)
    assert refused.value.code == "no_results"


@pytest.mark.parametrize(("people", "asks"), [(0, False), (1, True), (9, True), (10, False)])
def test_below_ten_ballots_one_has_to_be_sure(store: Store, box: BallotBox, people: int, asks: bool) -> None:
    room, persons = opened(store, box, people + 1)
    cast(room, [(person, [1, 2]) for person in persons[1:]])
    room.goes_to("discuss")
    if asks:
        with pytest.raises(NotNow, match="Fewer than ten people voted") as refused:
            file_of(room, sure=False)
        assert refused.value.code == "few_voters"
    else:
        file_of(room, sure=False)
    assert len(json.loads(file_of(room, sure=True))["ballots"]) == people

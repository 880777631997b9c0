"""What each audience may see, phase by phase. Secrecy lives here: what is not on a screen cannot be let out."""

from __future__ import annotations

import random
from functools import partial

import pytest

from tests.cast import ALL_PHASES, BY, Person, Room
from workshop import screens
from workshop.actions import gathering, voting
from workshop.ballot_box import BallotBox
from workshop.models import Exercise, Participant
from workshop.screens import AT_THE_DESK, AUDIENCES, Own, Screen
from workshop.store import Store

REVEALED = ("discuss", "closed")


def sees(room: Room, audience: str) -> Screen:
    with room.store.reading() as session:
        screen = screens.screen(session, room.id, audience)
        assert screen is not None
        assert screen.audience == audience
        return screen


def has(person: Person) -> Own:
    with person.room.store.reading() as session:
        exercise = session.get_one(Exercise, sees(person.room, "participant").exercise.id)
        return screens.own(session, exercise, session.get_one(Participant, person.id))


def numbers(screen: Screen) -> list[int]:
    return [response.number for response in screen.responses]


@pytest.fixture(params=["hidden", "live"])
def voted(request: pytest.FixtureRequest, store: Store, box: BallotBox) -> Room:
    """Two people; R1 has three dots from two, R2 has one, R3 is withdrawn with a dot on it. Voting is open."""
    room = Room(store, box, random.Random(), totals=request.param)
    ada, ben = room.person(), room.person()
    room.goes_to("gather")
    for text, side in (("Free park and ride", "yes"), ("A night market", "no"), ("Benches", "no")):
        ada.writes(text, side)
    room.goes_to("vote")
    for person, dot, response in ((ada, 1, 1), (ada, 2, 1), (ada, 3, 2), (ben, 1, 1), (ben, 2, 3)):
        person.moves(dot, response)
    voting.set_finished(store, room.id, ada.id, 1, True)
    gathering.withdraw(store, room.id, 1, 3, by=BY)
    return room


def test_totals_are_on_no_screen_before_everybody_may_see_them(voted: Room) -> None:
    for phase in ALL_PHASES:
        voted.goes_to(phase)
        for screen in map(partial(sees, voted), AUDIENCES):
            are_public = phase in REVEALED or (screen.exercise.totals == "live" and phase in ("vote", "reveal"))
            assert screen.totals == ({1: 3, 2: 1} if are_public else None), (phase, screen.audience)
            shown = [each.response for each in screen.result.standings] if screen.result else None
            assert shown == ([1, 2] if phase in REVEALED else None), (phase, screen.audience)
            assert len(screen.fingerprint) == (64 if phase in REVEALED else 0), (phase, screen.audience)


def test_how_many_dots_are_placed_in_all_is_for_the_board_and_the_console(voted: Room) -> None:
    for phase in ALL_PHASES:
        voted.goes_to(phase)
        placed = 5 if phase in ("vote", "reveal") else None  # the one on the withdrawn response as well
        assert [sees(voted, audience).placed for audience in AUDIENCES] == [None, placed, placed, placed], phase


def test_who_is_here_is_for_the_board_and_for_everybody_only_while_voting(voted: Room) -> None:
    for phase in ALL_PHASES:
        voted.goes_to(phase)
        assert [sees(voted, audience).joined for audience in AUDIENCES] == [2 if phase == "vote" else None, 2, 2, 2], (
            phase
        )
        assert {sees(voted, audience).finished for audience in AUDIENCES} == {1 if phase == "vote" else None}, phase
        assert sees(voted, "board").dots == 16


def test_withdrawn_responses_are_on_the_console_alone(voted: Room) -> None:
    for phase in ALL_PHASES:
        voted.goes_to(phase)
        for screen in map(partial(sees, voted), AUDIENCES):
            assert 3 not in numbers(screen), (phase, screen.audience)
            assert [each.number for each in screen.withdrawn] == ([3] if screen.audience in AT_THE_DESK else [])


def test_before_responses_are_open_only_the_console_shows_any(voted: Room) -> None:
    voted.goes_to("draft")
    assert [numbers(sees(voted, audience)) for audience in AUDIENCES] == [[], [], [1, 2], [1, 2]]
    voted.goes_to("gather")
    assert [numbers(sees(voted, audience)) for audience in AUDIENCES] == [[1, 2]] * 4


def test_responses_stand_under_their_column(voted: Room) -> None:
    screen = sees(voted, "board")
    assert [each.number for each in screen.on_side("yes")] == [1]
    assert [each.number for each in screen.on_side("no")] == [2]


def test_no_number_tells_participants_of_dots_unless_totals_are_live(voted: Room) -> None:
    before = {audience: sees(voted, audience).version for audience in AUDIENCES}
    voted.person()
    joined = {audience: sees(voted, audience).version for audience in AUDIENCES}
    assert all(joined[audience] > before[audience] for audience in AUDIENCES)
    # Dots that were moved by somebody else.
    with voted.store.change(voted.id, tally=5):
        pass
    moved = {audience: sees(voted, audience).version - joined[audience] for audience in AUDIENCES}
    live = sees(voted, "board").exercise.totals == "live"
    assert moved == {"participant": 5 if live else 0, "board": 5, "console": 5, "moderation": 5}


def test_two_rooms_that_differ_only_in_where_dots_lie_look_the_same_to_everybody(store: Store, box: BallotBox) -> None:
    seen = []
    for wishes in ([1, 1, 1], [2, 2, 1]):
        room = Room(store, box, random.Random())
        ada = room.person()
        room.goes_to("gather")
        for text in ("Free park and ride", "A night market"):
            ada.writes(text)
        room.goes_to("vote")
        for dot, wish in enumerate(wishes, start=1):
            ada.moves(dot, wish)
        told = []
        for phase in ("vote", "reveal"):
            room.goes_to(phase)
            for audience in AUDIENCES:
                screen = sees(room, audience)
                told.append(
                    (screen.version, numbers(screen), screen.joined, screen.finished, screen.placed, screen.totals)
                )
        seen.append(told)
    assert seen[0] == seen[1]


def test_a_workshop_that_is_gone_is_on_no_screen(store: Store) -> None:
    with store.reading() as session:
        assert [screens.screen(session, 2_000_000_000, audience) for audience in AUDIENCES] == [None] * 4


def test_a_participant_has_their_own_responses_and_dots_and_nobody_elses(room: Room, ada: Person, ben: Person) -> None:
    room.goes_to("gather")
    ada.writes("Free park and ride")
    ben.writes("A night market")
    ada.writes("Benches")
    gathering.remove_response(room.store, room.id, 1, 3, participant_id=ada.id)
    room.goes_to("vote")
    ada.moves(2, 1)
    ada.moves(5, 1)
    voting.set_finished(room.store, room.id, ada.id, 1, True)
    own = has(ada)
    assert own.mine == {1}
    assert own.dots_on(1) == [2, 5]
    assert (own.left, own.next_in_hand, own.rev(5), own.rev(1), own.finished) == (6, 1, 1, 0, True)
    other = has(ben)
    assert other.mine == {2}
    assert (other.left, other.dots_on(1), other.finished) == (8, [], False)
    assert own.seed != other.seed


def test_whoever_has_placed_every_dot_has_none_in_hand(room: Room, ada: Person) -> None:
    room.goes_to("gather")
    ada.writes("Free park and ride")
    room.goes_to("vote")
    for dot in range(1, 9):
        ada.moves(dot, 1)
    assert (has(ada).left, has(ada).next_in_hand) == (0, None)
    gathering.withdraw(room.store, room.id, 1, 1, by=BY)
    assert (has(ada).left, has(ada).next_in_hand) == (8, 1)

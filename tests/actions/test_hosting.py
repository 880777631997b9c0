"""Opening a workshop and moving it on, by one facilitator or by two at once."""

from __future__ import annotations

import random
import threading
from contextlib import suppress

import pytest
from sqlalchemy import select

from tests.cast import ALL_PHASES, BY, KEY, NOW, Person, Room
from workshop import agenda, tokens
from workshop.actions import gathering, hosting
from workshop.actions.hosting import link_secret, organiser_secret
from workshop.demo import example
from workshop.errors import NotFound, NotNow, NotUnderstood, WorkshopError
from workshop.models import Exercise, Link, Response, Workshop
from workshop.store import Store


def step(room: Room, here: str, there: str, number: int = 1) -> Exercise:
    return hosting.step(room.store, room.id, number, here, there, by=BY)[0]


@pytest.fixture
def opened(store: Store) -> Workshop:
    """The first workshop of all, opened again."""
    return hosting.open_workshop(store, agenda.from_json(example()), key=KEY, now=NOW, chance=random.Random())


def test_a_workshop_opens_in_draft_with_its_exercises_and_responses(store: Store, opened: Workshop) -> None:
    with store.reading() as session:
        workshop = session.get_one(Workshop, opened.id)
        assert (workshop.title, workshop.opened_at, workshop.simulated) == ("Digital peer challenge", NOW, False)
        assert tokens.read_code(workshop.code) == workshop.code == opened.code
        assert [(each.number, each.kind, each.phase) for each in workshop.exercises] == [
            (1, "columns", "draft"),
            (2, "open", "draft"),
        ]
        assert workshop.exercise.number == 1
        assert workshop.exercise.prompts == {
            "yes": "What should be considered in a digital peer challenge?",
            "no": "What should not be considered in a digital peer challenge?",
        }
        wanted = select(Response).where(Response.exercise_id == workshop.exercise.id).order_by(Response.number)
        responses = session.scalars(wanted).all()
        assert [each.number for each in responses] == list(range(1, 21))
        assert {(each.author_id, each.state) for each in responses} == {(None, "live")}


def test_a_workshop_has_a_link_for_each_role_and_only_their_hashes_are_kept(store: Store, opened: Workshop) -> None:
    with store.reading() as session:
        links = session.scalars(select(Link).where(Link.workshop_id == opened.id)).all()
    assert [link.role for link in links] == ["facilitator", "board", "results"]
    secrets = [link_secret(link, KEY) for link in links]
    assert len(set(secrets)) == 3
    for link, secret in zip(links, secrets, strict=True):
        assert secret is not None
        assert link.secret_hash == tokens.digest(secret)
        assert secret not in link.nonce
        assert link_secret(link, "the key of another server") is None


def test_the_organisers_secret_depends_on_the_servers_key_alone() -> None:
    assert organiser_secret(KEY) == organiser_secret(KEY)
    assert organiser_secret(KEY) != organiser_secret("the key of another server")


def test_two_workshops_never_have_the_same_code(store: Store) -> None:
    planned = agenda.from_form({"title": "Town centre", "prompt": "What matters?"})
    seed = random.randrange(2**60)
    # The same chance would give the second workshop the first one's code.
    codes = {hosting.open_workshop(store, planned, key=KEY, now=NOW, chance=random.Random(seed)).code for _ in range(3)}
    assert len(codes) == 3


def test_when_no_code_is_free_nothing_is_opened(store: Store) -> None:
    class Unlucky(random.Random):
        def choice(self, letters: object) -> str:  # type: ignore[override]
            return "Z"

    planned = agenda.from_form({"title": "Town centre", "prompt": "What matters?"})

    def opens() -> None:
        hosting.open_workshop(store, planned, key=KEY, now=NOW, chance=Unlucky())

    with suppress(NotNow):
        opens()
    with pytest.raises(NotNow) as refused:
        opens()
    assert refused.value.status == 409


def test_an_exercise_goes_through_all_its_phases_and_back(room: Room, ada: Person) -> None:
    room.goes_to("gather")
    ada.writes("Free park and ride")
    for phase in (*ALL_PHASES[2:], *reversed(ALL_PHASES)):
        room.goes_to(phase)
        assert room.phase == phase


def test_a_step_says_how_the_exercise_stands_now(room: Room) -> None:
    exercise = step(room, "draft", "gather")
    assert (exercise.number, exercise.phase, exercise.allowance) == (1, "gather", 8)


def test_only_one_of_two_facilitators_moves_an_exercise_on(room: Room, ada: Person) -> None:
    room.goes_to("gather")
    ada.writes("Free park and ride")
    step(room, "gather", "vote")
    with pytest.raises(NotNow) as refused:
        step(room, "gather", "vote")
    assert (refused.value.code, refused.value.status, room.phase) == ("moved_on", 409, "vote")


def test_of_many_who_press_at_the_same_time_one_moves_it_on(room: Room) -> None:
    start = threading.Barrier(8)
    ends: list[str] = []

    def presses() -> None:
        start.wait()
        try:
            ends.append(step(room, "draft", "gather").phase)
        except WorkshopError as error:
            ends.append(error.code)

    threads = [threading.Thread(target=presses) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["gather"] + ["moved_on"] * 7


def test_there_must_be_something_to_vote_on(room: Room, ada: Person) -> None:
    room.goes_to("gather")
    before = room.versions()
    with pytest.raises(NotNow) as refused:
        step(room, "gather", "vote")
    assert (refused.value.code, room.phase, room.versions()) == ("no_responses", "gather", before)
    number = ada.writes("Free park and ride")
    gathering.withdraw(room.store, room.id, 1, number, by=BY)
    with pytest.raises(NotNow):
        step(room, "gather", "vote")
    gathering.restore(room.store, room.id, 1, number, by=BY)
    step(room, "gather", "vote")
    assert room.phase == "vote"


@pytest.mark.parametrize(
    ("there", "kind"),
    [("vote", NotNow), ("draft", NotNow), ("closed", NotNow), ("lunch", NotUnderstood), ("", NotUnderstood)],
)
def test_an_exercise_moves_one_step_at_a_time(room: Room, there: str, kind: type[WorkshopError]) -> None:
    with pytest.raises(kind):
        step(room, "draft", there)
    assert room.phase == "draft"


def test_there_is_no_other_exercise_to_move(room: Room) -> None:
    for number in (0, 2, -1):
        with pytest.raises(NotFound) as refused:
            step(room, "draft", "gather", number)
        assert refused.value.code == "no_such_exercise"


def test_back_to_gathering_and_forth_again_every_dot_is_where_it_was(room: Room, ada: Person, ben: Person) -> None:
    room.goes_to("gather")
    ada.writes("Free park and ride")
    room.goes_to("vote")
    ada.moves(1, 1)
    ben.moves(8, 1)
    ben.moves(7, 1)
    before = (ada.ballot(), ben.ballot(), room.tally)
    room.goes_to("gather")
    ben.writes("A night market")
    room.goes_to("closed")
    room.goes_to("vote")
    assert (ada.ballot(), ben.ballot(), room.tally) == before
    assert ben.moves(7, 2).outcomes == ["moved"]

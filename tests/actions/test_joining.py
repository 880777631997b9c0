"""The doors: open, capped with a lobby, and slips; and names, which may be left out."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import select

from tests.cast import BY, KEY, Room
from tests.racing import at_once
from workshop import tokens
from workshop.actions import doors, history, joining
from workshop.errors import NotAllowed, NotFound, NotNow, NotUnderstood, Unacceptable
from workshop.models import Participant, Slip, Workshop


def comes(room: Room, name: str = "", secret: str | None = None) -> str:
    """Somebody joins by the code. Returns their state."""
    secret = secret or tokens.new_secret(room.chance)
    joining.join(room.store, room.id, secret=secret, chance=random.Random(), name=name)
    return found(room, secret).state


def found(room: Room, secret: str) -> Participant:
    with room.store.reading() as session:
        wanted = select(Participant).where(Participant.secret_hash == tokens.digest(secret))
        return session.scalars(wanted).one()


def states(room: Room) -> list[str]:
    with room.store.reading() as session:
        return [each.state for each in joining.people(session, room.id)]


def caps(room: Room, capacity: int) -> int | None:
    return doors.set_door(room.store, room.id, "capped", capacity, by=BY)


def undoes(room: Room, entry: int | None) -> None:
    assert entry is not None
    history.undo(room.store, room.id, entry, by=BY)


# Capped ---------------------------------------------------------------------------------------------------------------


def test_whoever_comes_when_the_room_is_full_waits_and_is_not_counted(room: Room) -> None:
    caps(room, 2)
    assert [comes(room) for _ in range(4)] == ["in", "in", "waiting", "waiting"]
    assert room.result.joined == 2


def test_those_who_waited_longest_are_let_in_first_and_it_can_be_undone(room: Room) -> None:
    caps(room, 1)
    for _ in range(5):
        comes(room)
    count, entry = doors.admit(room.store, room.id, by=BY, most=1)
    assert (count, states(room)) == (1, ["in", "in", "waiting", "waiting", "waiting"])
    undoes(room, entry)
    assert states(room) == ["in", *["waiting"] * 4]
    assert doors.admit(room.store, room.id, by=BY, number=4)[0] == 1
    assert states(room) == ["in", "waiting", "waiting", "in", "waiting"]
    assert doors.admit(room.store, room.id, by=BY)[0] == 3
    assert room.result.joined == 5


def test_when_nobody_waits_nobody_is_let_in(room: Room) -> None:
    comes(room)
    for most, number in ((1, None), (None, 1), (None, 99), (None, None)):
        with pytest.raises(NotNow) as refused:
            doors.admit(room.store, room.id, by=BY, most=most, number=number)
        assert refused.value.code == "nobody_waits"
    with pytest.raises(NotUnderstood):
        doors.admit(room.store, room.id, by=BY, most=0)


def test_whoever_has_room_now_comes_in_and_nobody_is_put_out(room: Room) -> None:
    caps(room, 1)
    for _ in range(4):
        comes(room)
    entry = caps(room, 3)
    assert states(room) == ["in", "in", "in", "waiting"]
    caps(room, 2)
    assert states(room) == ["in", "in", "in", "waiting"]
    assert comes(room) == "waiting"
    with pytest.raises(NotNow):
        undoes(room, entry)
    opened = doors.set_door(room.store, room.id, "open", None, by=BY)
    assert states(room) == ["in"] * 5
    undoes(room, opened)
    assert states(room) == ["in", "in", "in", "waiting", "waiting"]


def test_of_many_who_come_at_once_no_more_get_in_than_there_are_seats(room: Room) -> None:
    caps(room, 3)
    ends = at_once(*[lambda: comes(room, secret=tokens.new_secret(random.Random()))] * 10)
    assert sorted(map(str, ends)) == sorted(states(room)) == ["in"] * 3 + ["waiting"] * 7


@pytest.mark.parametrize(
    ("door", "capacity", "code"),
    [("capped", None, "capacity"), ("capped", 0, "capacity"), ("capped", 10_001, "capacity"), ("ajar", 3, "door")],
)
def test_a_door_that_cannot_be_is_not_chosen(room: Room, door: str, capacity: int | None, code: str) -> None:
    with pytest.raises(Unacceptable) as refused:
        doors.set_door(room.store, room.id, door, capacity, by=BY)
    assert refused.value.code == code
    assert comes(room) == "in"


def test_whoever_was_let_in_and_has_taken_part_stays_in(room: Room) -> None:
    ada = room.person()
    caps(room, 1)
    ben = room.person()
    _, entry = doors.admit(room.store, room.id, by=BY)
    room.goes_to("gather")
    ada.writes("Trees")
    room.goes_to("vote")
    ben.moves(1, 1)
    for phase in ("vote", "reveal", "discuss"):
        room.goes_to(phase)
        with pytest.raises(NotNow) as refused:
            undoes(room, entry)
        assert refused.value.code == "took_part"
        assert room.tally == {1: 1}


# Slips ----------------------------------------------------------------------------------------------------------------


def make_slips(room: Room, count: int) -> tuple[list[str], int | None]:
    """The secrets of new slips, and the entry in the history."""
    numbers, entry = doors.make_slips(room.store, room.id, count, key=KEY, chance=room.chance, by=BY)
    with room.store.reading() as session:
        made = [slip for slip in doors.slips(session, room.id) if slip.number in numbers]
        return [str(doors.slip_secret(slip, KEY)) for slip in made], entry


def uses(room: Room, slip: str, secret: str | None = None) -> bool:
    secret = secret or tokens.new_secret(room.chance)
    return joining.join_with_slip(room.store, room.id, slip, secret=secret, chance=random.Random())


def test_slips_are_numbered_on_and_only_the_hash_of_their_secret_is_kept(room: Room) -> None:
    first, _ = make_slips(room, 3)
    more, _ = make_slips(room, 2)
    assert len({*first, *more}) == 5
    with room.store.reading() as session:
        slips = doors.slips(session, room.id)
    assert [slip.number for slip in slips] == [1, 2, 3, 4, 5]
    assert [slip.secret_hash for slip in slips] == [tokens.digest(secret) for secret in (*first, *more)]
    assert doors.slip_secret(slips[0], "another server's key") is None


def test_without_a_slip_nobody_gets_in_where_slips_are_asked_for(room: Room) -> None:
    early = tokens.new_secret(room.chance)
    comes(room, secret=early)
    doors.set_door(room.store, room.id, "slips", None, by=BY)
    with pytest.raises(NotAllowed) as refused:
        comes(room)
    assert refused.value.code == "needs_slip"
    assert comes(room, secret=early) == "in"


def test_a_slip_lets_one_phone_in_once(room: Room) -> None:
    doors.set_door(room.store, room.id, "slips", None, by=BY)
    (slip,), _ = make_slips(room, 1)
    secret = tokens.new_secret(room.chance)
    assert [uses(room, slip, secret) for _ in range(2)] == [True, False]
    with pytest.raises(NotNow) as refused:
        uses(room, slip)
    assert (refused.value.code, room.result.joined) == ("slip_used", 1)


def test_a_slip_gets_one_in_past_the_lobby(room: Room) -> None:
    caps(room, 1)
    comes(room)
    (slip,), _ = make_slips(room, 1)
    uses(room, slip)
    assert states(room) == ["in", "in"]


def test_whoever_has_joined_does_not_use_a_slip_up(room: Room) -> None:
    (slip,), _ = make_slips(room, 1)
    early = tokens.new_secret(room.chance)
    comes(room, secret=early)
    assert not uses(room, slip, early)
    assert uses(room, slip)


def test_of_phones_that_scan_one_slip_at_once_one_gets_in(room: Room) -> None:
    (slip,), _ = make_slips(room, 1)

    def scans() -> str:
        try:
            return str(uses(room, slip, tokens.new_secret(random.Random())))
        except NotNow as error:
            return error.code

    assert sorted(map(str, at_once(*[scans] * 6))) == ["True"] + ["slip_used"] * 5
    assert room.result.joined == 1


def test_a_void_slip_lets_nobody_in_until_that_is_undone(room: Room) -> None:
    (slip, _), _ = make_slips(room, 2)
    entry = doors.void_slip(room.store, room.id, 1, by=BY)
    assert doors.void_slip(room.store, room.id, 1, by=BY) is None
    with pytest.raises(NotNow) as refused:
        uses(room, slip)
    assert refused.value.code == "slip_void"
    undoes(room, entry)
    assert uses(room, slip)
    with pytest.raises(NotNow) as refused:
        doors.void_slip(room.store, room.id, 1, by=BY)
    assert refused.value.code == "slip_used"


def test_undoing_that_slips_were_made_makes_them_void(room: Room) -> None:
    secrets, entry = make_slips(room, 2)
    undoes(room, entry)
    for secret in secrets:
        with pytest.raises(NotNow):
            uses(room, secret)
    with room.store.reading() as session:
        assert all(slip.is_void for slip in doors.slips(session, room.id))


def test_so_many_slips_are_made_and_no_more(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    for count in (0, -1, 201):
        with pytest.raises(Unacceptable):
            make_slips(room, count)
    monkeypatch.setattr(doors, "MOST_SLIPS", 3)
    make_slips(room, 3)
    with pytest.raises(Unacceptable):
        make_slips(room, 1)


def test_a_slip_that_is_not_there_lets_nobody_in(room: Room) -> None:
    with pytest.raises(NotFound):
        uses(room, "x" * 43)
    with pytest.raises(NotFound):
        doors.void_slip(room.store, room.id, 1, by=BY)
    with room.store.reading() as session:
        assert session.scalars(select(Slip).where(Slip.workshop_id == room.id)).all() == []


# Names ----------------------------------------------------------------------------------------------------------------


def test_a_name_is_kept_only_where_names_are_asked_for(room: Room) -> None:
    secret = tokens.new_secret(room.chance)
    comes(room, "Ada", secret)
    assert found(room, secret).name is None
    doors.ask_names(room.store, room.id, True, by=BY)
    for typed, kept in (("  Grace\n Hopper ", "Grace Hopper"), ("", None), ("x" * 40, "x" * 40)):
        secret = tokens.new_secret(room.chance)
        comes(room, typed, secret)
        assert found(room, secret).name == kept
    with pytest.raises(Unacceptable) as refused:
        comes(room, "x" * 41)
    assert (refused.value.code, room.result.joined) == ("name", 4)


def test_a_name_is_changed_and_taken_back_by_its_owner(room: Room) -> None:
    secret = tokens.new_secret(room.chance)
    comes(room, secret=secret)
    own = found(room, secret).id
    with pytest.raises(NotNow) as refused:
        joining.set_name(room.store, room.id, own, "Ada")
    assert refused.value.code == "names_not_asked"
    entry = doors.ask_names(room.store, room.id, True, by=BY)
    joining.set_name(room.store, room.id, own, "Ada")
    assert found(room, secret).name == "Ada"
    joining.set_name(room.store, room.id, own, " ")
    assert found(room, secret).name is None
    undoes(room, entry)
    with room.store.reading() as session:
        assert not session.get_one(Workshop, room.id).asks_names

"""Links are made, named, revoked and rotated, and undone; somebody can always run the workshop."""

from __future__ import annotations

import random
from functools import partial

import pytest

from tests.cast import BY, KEY, NOW, Room
from tests.racing import at_once
from workshop.actions import history, linking
from workshop.actions.history import By
from workshop.actions.hosting import link_path, links
from workshop.errors import NotAllowed, NotFound, NotNow, Unacceptable
from workshop.models import Entry, Link, Workshop


class Desk:
    """Whoever runs a workshop, with the facilitator's link that it was opened with."""

    def __init__(self, room: Room) -> None:
        self.room = room
        (first,) = self.working("facilitator")
        self.by = By("facilitator", None, NOW, first)

    def makes(self, role: str, name: str = "") -> int:
        link, _ = linking.create_link(
            self.room.store, self.room.id, role, name, key=KEY, chance=self.room.chance, by=self.by
        )
        return link

    def revokes(self, link: int, by: By | None = None) -> int | None:
        return linking.revoke_link(self.room.store, self.room.id, link, by=by or self.by)

    def rotates(self, link: int) -> tuple[int, int | None]:
        return linking.rotate_link(self.room.store, self.room.id, link, key=KEY, chance=self.room.chance, by=self.by)

    def undoes(self, entry: int | None, by: By | None = None) -> int:
        assert entry is not None
        return history.undo(self.room.store, self.room.id, entry, by=by or self.by)

    def working(self, role: str) -> list[int]:
        with self.room.store.reading() as session:
            found = linking.list_links(session, self.room.id)
            return [link.id for link in found if link.role == role and link.revoked_at is None]

    def link(self, link: int) -> Link:
        with self.room.store.reading() as session:
            return linking.find_link(session, self.room.id, link)

    def last_entry(self) -> Entry:
        with self.room.store.reading() as session:
            return history.entries(session, self.room.id)[0]


@pytest.fixture
def desk(room: Room) -> Desk:
    return Desk(room)


def test_a_link_is_made_with_a_secret_of_which_only_the_hash_is_kept(desk: Desk) -> None:
    link = desk.link(desk.makes("cofacilitator", "  Grace's\tlaptop "))
    assert (link.role, link.name, link.revoked_at) == ("cofacilitator", "Grace's laptop", None)
    path = link_path(link, KEY)
    assert path is not None
    assert path.startswith("/c/")
    assert len(path) == 3 + 43
    assert link_path(link, "another server's key") is None


def test_each_role_has_its_letter(desk: Desk) -> None:
    letters = {role: str(link_path(desk.link(desk.makes(role)), KEY))[1] for role in Link.ROLES}
    assert letters == {"facilitator": "f", "cofacilitator": "c", "moderator": "m", "board": "b", "results": "r"}


def test_links_are_listed_by_role_and_then_as_they_were_made(desk: Desk) -> None:
    desk.makes("results"), desk.makes("facilitator"), desk.makes("moderator")
    with desk.room.store.reading() as session:
        roles = [link.role for link in linking.list_links(session, desk.room.id)]
    assert roles == ["facilitator", "facilitator", "moderator", "board", "results", "results"]


def test_of_several_links_of_a_role_the_first_that_works_is_handed_out(desk: Desk) -> None:
    first, second = desk.working("board")[0], desk.makes("board")

    def handed_out() -> str:
        with desk.room.store.reading() as session:
            return links(session, session.get_one(Workshop, desk.room.id), KEY)["board"]

    assert handed_out() == link_path(desk.link(first), KEY)
    desk.revokes(first)
    assert handed_out() == link_path(desk.link(second), KEY)


def test_a_link_for_nothing_or_with_a_long_name_is_not_made(desk: Desk) -> None:
    for role, name, code in (("king", "", "role"), ("", "", "role"), ("board", "x" * 41, "name")):
        with pytest.raises(Unacceptable) as refused:
            desk.makes(role, name)
        assert refused.value.code == code
    assert len(desk.working("board")) == 1


def test_a_link_is_renamed_and_its_name_taken_away(desk: Desk) -> None:
    link = desk.makes("board", "Left screen")
    store, workshop = desk.room.store, desk.room.id
    entry = linking.rename_link(store, workshop, link, "Right screen", by=desk.by)
    assert desk.link(link).name == "Right screen"
    desk.undoes(entry)
    assert desk.link(link).name == "Left screen"
    linking.rename_link(store, workshop, link, "  ", by=desk.by)
    assert desk.link(link).name is None
    assert linking.rename_link(store, workshop, link, "", by=desk.by) is None


def test_a_revoked_link_stops_and_undoing_that_makes_it_work_again(desk: Desk) -> None:
    (board,) = desk.working("board")
    entry = desk.revokes(board)
    assert desk.working("board") == []
    assert desk.last_entry().what == "revoke_link"
    with pytest.raises(NotNow) as refused:
        desk.revokes(board)
    assert refused.value.code == "revoked"
    with pytest.raises(NotNow):
        desk.rotates(board)
    desk.undoes(entry)
    assert desk.working("board") == [board]


def test_undoing_that_a_link_was_made_revokes_it(desk: Desk) -> None:
    link = desk.makes("cofacilitator")
    made = desk.last_entry()
    undone = desk.undoes(made.id)
    assert desk.working("cofacilitator") == []
    desk.undoes(undone)
    assert desk.working("cofacilitator") == [link]


def test_a_rotated_link_has_a_successor_of_the_same_role_and_name_in_one_entry(desk: Desk) -> None:
    link = desk.makes("moderator", "Notes")
    before = desk.last_entry().id
    new, entry = desk.rotates(link)
    assert desk.working("moderator") == [new]
    assert desk.link(new).name == "Notes"
    assert link_path(desk.link(new), KEY) != link_path(desk.link(link), KEY)
    assert desk.last_entry().id == entry == before + 1
    desk.undoes(entry)
    assert desk.working("moderator") == [link]


def test_the_last_link_that_runs_the_workshop_can_be_rotated_and_not_revoked(desk: Desk) -> None:
    (first,) = desk.working("facilitator")
    with pytest.raises(NotNow) as refused:
        desk.revokes(first)
    assert (refused.value.code, desk.working("facilitator")) == ("last_link", [first])
    new, _ = desk.rotates(first)
    assert desk.working("facilitator") == [new]


def test_undoing_leaves_nobody_without_a_link_that_runs_the_workshop(desk: Desk) -> None:
    (first,) = desk.working("facilitator")
    second = desk.makes("facilitator")
    made = desk.last_entry().id
    by_second = By("facilitator", None, NOW, second)
    desk.revokes(first, by_second)
    for by in (by_second, BY):
        with pytest.raises(NotNow) as refused:
            desk.undoes(made, by)
        assert refused.value.code == "last_link"
    assert desk.working("facilitator") == [second]


def test_nobody_revokes_the_link_that_they_are_here_with(desk: Desk) -> None:
    (first,) = desk.working("facilitator")
    second = desk.makes("facilitator")
    with pytest.raises(NotNow) as refused:
        desk.revokes(first)
    assert refused.value.code == "own_link"
    desk.revokes(first, By("facilitator", None, NOW, second))
    assert desk.working("facilitator") == [second]


def test_of_two_facilitators_who_revoke_each_other_at_the_same_time_one_is_left(desk: Desk) -> None:
    (first,) = desk.working("facilitator")
    second = desk.makes("facilitator")

    def revokes(other: int, own: int) -> str:
        desk.revokes(other, By("facilitator", None, NOW, own))
        return "revoked"

    ends = at_once(partial(revokes, first, second), partial(revokes, second, first))
    assert sorted(end if isinstance(end, str) else end.code for end in ends) == ["last_link", "revoked"]
    assert len(desk.working("facilitator")) == 1


def test_a_change_of_links_is_undone_by_a_facilitator_alone(desk: Desk) -> None:
    (board,) = desk.working("board")
    entry = desk.revokes(board)
    for role in ("cofacilitator", "moderator"):
        with pytest.raises(NotAllowed):
            desk.undoes(entry, By(role, None, NOW))
    assert desk.working("board") == []


def test_another_workshops_link_is_not_there(desk: Desk, room: Room) -> None:
    other = Desk(Room(room.store, room.box, random.Random()))
    (board,) = other.working("board")
    for act in (desk.revokes, desk.rotates, desk.link):
        with pytest.raises(NotFound):
            act(board)
    assert other.working("board") == [board]


def test_a_workshop_has_no_end_of_links(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking, "MOST_LINKS", 4)
    desk.makes("board")
    with pytest.raises(Unacceptable):
        desk.makes("board")

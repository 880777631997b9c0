"""Merging and themes: the tally follows the pointer, no dot is moved, and each merge is undone by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from tests.cast import BY, Person, Room
from tests.racing import at_once
from workshop import chronicle, screens
from workshop.actions import gathering, grouping, history, moderating
from workshop.actions.grouping import MOST_THEMES
from workshop.ballots import voting_in
from workshop.errors import NotFound, NotNow, Unacceptable, WorkshopError
from workshop.models import Dot, Entry, Exercise, Response, Workshop

LOCKED = "While people vote, grouping is locked."


@pytest.fixture
def full_room(room: Room, ada: Person, ben: Person) -> Room:
    """R1 to R4 under YES, R5 under NO. Ada has two dots on R1 and one on R2; Ben has one on R2, R3 and R5. Voting has
    closed.
    """
    room.goes_to("gather")
    for text in ("Free parking", "Parking, free", "Park and ride", "Benches"):
        ada.writes(text)
    ben.writes("Free parking", "no")
    room.goes_to("vote")
    for person, wishes in ((ada, (1, 1, 2)), (ben, (2, 3, 5))):
        for dot, wish in enumerate(wishes, start=1):
            person.moves(dot, wish)
    room.goes_to("gather")
    return room


def merges(room: Room, *responses: int, into: int | None = None) -> int | None:
    return grouping.merge(room.store, room.id, 1, responses, into, by=BY)[1]


def takes_out(room: Room, response: int) -> int | None:
    return grouping.unmerge(room.store, room.id, 1, response, by=BY)


def undoes(room: Room, entry: int | None) -> int:
    assert entry is not None
    return history.undo(room.store, room.id, entry, by=BY)


def states(room: Room) -> list[str]:
    """Each response in a word: live, or →1 where it is merged into R1."""
    return [f"→{row.merged_into}" if row.state == "merged" else row.state for row in rows(room)]


def rows(room: Room) -> list[Response]:
    with room.store.reading() as session:
        wanted = select(Response).join(Exercise, Exercise.id == Response.exercise_id).order_by(Response.number)
        return list(session.scalars(wanted.where(Exercise.workshop_id == room.id)))


def lying(room: Room) -> list[tuple[int, int, int | None, int]]:
    """Every stored dot: whose it is, its number, where it lies, and its revision."""
    with room.store.reading() as session:
        exercise = session.get_one(Workshop, room.id).exercise
        found = session.scalars(select(Dot).where(Dot.exercise_id == exercise.id))
        return sorted((dot.participant_id, dot.number, dot.response, dot.rev) for dot in found)


def themes(room: Room) -> dict[str, list[int]]:
    with room.store.reading() as session:
        screen = screens.screen(session, room.id, "console")
        assert screen is not None
        named = {each.name: [row.number for row in screen.in_theme(each)] for each in screen.themes}
        return named | {"": [row.number for row in screen.in_theme(None)]}


# Merging --------------------------------------------------------------------------------------------------------------


def test_what_is_merged_counts_for_the_wording_that_is_kept(full_room: Room) -> None:
    assert full_room.tally == {1: 2, 2: 2, 3: 1, 5: 1}
    merges(full_room, 1, 2, into=2)
    assert (states(full_room)[:2], full_room.tally) == (["→2", "live"], {2: 4, 3: 1, 5: 1})
    assert [each.people for each in full_room.result.standings if each.response == 2] == [2]
    assert full_room.result.adds_up


def test_merging_moves_no_dot(full_room: Room) -> None:
    before = lying(full_room)
    merges(full_room, 1, 2, 3)
    takes_out(full_room, 2)
    assert lying(full_room) == before


def test_several_are_merged_at_once_and_it_is_one_entry(full_room: Room) -> None:
    entry = merges(full_room, 3, 1, 2)
    assert (states(full_room)[:3], full_room.tally) == (["live", "→1", "→1"], {1: 5, 5: 1})
    undoes(full_room, entry)
    assert (states(full_room)[:3], full_room.tally) == (["live"] * 3, {1: 2, 2: 2, 3: 1, 5: 1})


def test_the_kept_one_need_not_be_among_those_that_were_ticked(full_room: Room) -> None:
    merges(full_room, 1, 2, into=4)
    assert states(full_room)[:4] == ["→4", "→4", "live", "live"]


def test_what_was_merged_before_goes_along_and_comes_back_by_itself(full_room: Room) -> None:
    merges(full_room, 2, into=1)
    later = merges(full_room, 1, into=3)
    assert (states(full_room)[:3], full_room.tally) == (["→3", "→1", "live"], {3: 5, 5: 1})
    takes_out(full_room, 2)
    assert full_room.tally == {2: 2, 3: 3, 5: 1}
    undoes(full_room, later)
    assert full_room.tally == {1: 2, 2: 2, 3: 1, 5: 1}


def test_an_earlier_merge_is_undone_under_a_later_one(full_room: Room) -> None:
    earlier = merges(full_room, 2, into=1)
    merges(full_room, 1, into=3)
    undoes(full_room, earlier)
    assert (states(full_room)[:3], full_room.tally) == (["→3", "live", "live"], {2: 2, 3: 3, 5: 1})


def test_yes_and_no_are_never_merged(full_room: Room) -> None:
    with pytest.raises(Unacceptable) as refused:
        merges(full_room, 2, 1, 5)
    assert (refused.value.code, str(refused.value)) == (
        "other_column",
        "R1 and R5 are in different columns, so they cannot be merged.",
    )
    assert states(full_room) == ["live"] * 5


def test_it_takes_two_to_merge(full_room: Room) -> None:
    for responses, into in (((), None), ((1,), None), ((1,), 1), ((1, 1), 1), ((), 2)):
        with pytest.raises(Unacceptable) as refused:
            merges(full_room, *responses, into=into)
        assert refused.value.code == "nothing_to_merge"


def test_there_is_nothing_to_merge_that_is_not_there(full_room: Room) -> None:
    with pytest.raises(NotFound):
        merges(full_room, 1, 99)


def test_only_what_everybody_sees_is_merged(full_room: Room) -> None:
    gathering.withdraw(full_room.store, full_room.id, 1, 4, by=BY)
    merges(full_room, 1, 2)
    for responses, code in (((1, 4), "not_shown"), ((2, 3), "merged"), ((3, 2), "merged")):
        with pytest.raises(NotNow) as refused:
            merges(full_room, *responses)
        assert refused.value.code == code
    assert states(full_room) == ["live", "→1", "live", "withdrawn", "live"]


def test_what_is_merged_cannot_be_withdrawn_by_itself(full_room: Room) -> None:
    merges(full_room, 1, 2)
    with pytest.raises(NotNow) as refused:
        gathering.withdraw(full_room.store, full_room.id, 1, 2, by=BY)
    assert refused.value.code == "merged"


def test_what_stands_under_a_withdrawn_response_goes_and_comes_back_with_it(full_room: Room, ben: Person) -> None:
    merges(full_room, 1, 2)
    gathering.withdraw(full_room.store, full_room.id, 1, 1, by=BY)
    assert full_room.tally == {3: 1, 5: 1}
    assert [on for on, _ in ben.ballot()][:3] == [None, 3, 5]
    gathering.restore(full_room.store, full_room.id, 1, 1, by=BY)
    assert full_room.tally == {1: 4, 3: 1, 5: 1}


def test_while_people_vote_nothing_is_grouped(full_room: Room) -> None:
    entry = merges(full_room, 1, 2)
    theme, made = grouping.add_theme(full_room.store, full_room.id, 1, "Parking", [1], by=BY)
    full_room.goes_to("vote")
    store, here = full_room.store, full_room.id
    acts: tuple[Callable[[], object], ...] = (
        lambda: merges(full_room, 3, 4),
        lambda: takes_out(full_room, 2),
        lambda: undoes(full_room, entry),
        lambda: undoes(full_room, made),
        lambda: grouping.add_theme(store, here, 1, "Seats", by=BY)[1],
        lambda: grouping.set_theme(store, here, 1, [4], theme, by=BY),
        lambda: grouping.rename_theme(store, here, 1, theme, "Seats", by=BY),
        lambda: grouping.remove_theme(store, here, 1, theme, by=BY),
    )
    for act in acts:
        with pytest.raises(NotNow) as refused:
            act()
        assert (refused.value.code, str(refused.value)) == ("grouping_locked", LOCKED)
    assert (states(full_room)[:2], themes(full_room)) == (["live", "→1"], {"Parking": [1], "": [3, 4, 5]})


def test_a_dot_on_a_merged_response_shows_and_moves_where_it_counts(full_room: Room, ben: Person) -> None:
    merges(full_room, 1, 2)
    full_room.goes_to("vote")
    assert ben.ballot()[0] == (1, 1)
    with full_room.store.reading() as session:
        assert voting_in(session, session.get_one(Workshop, full_room.id).exercise).merged == {2: 1}
    assert [str(each) for each in ben.moves(1, 2).outcomes] == [
        "That response is no longer there. Your dot is where it was."
    ]
    assert ben.moves(1, 3).outcomes == ["moved"]
    assert full_room.tally == {1: 3, 3: 2, 5: 1}


def test_of_two_facilitators_one_merges_and_the_other_is_told(full_room: Room) -> None:
    ends = at_once(lambda: merges(full_room, 1, 2), lambda: merges(full_room, 2, 1, into=2))
    told = [each.code for each in ends if isinstance(each, WorkshopError)]
    assert told == ["merged"]
    assert states(full_room)[:2] in (["live", "→1"], ["→2", "live"])
    assert sum(full_room.tally.values()) == 6


def test_undoing_never_leads_pointers_round_in_a_circle(full_room: Room) -> None:
    undone = undoes(full_room, merges(full_room, 1, into=2))
    merges(full_room, 2, into=1)
    with pytest.raises(NotNow) as refused:
        undoes(full_room, undone)
    assert refused.value.code == "changed_since"
    assert (states(full_room)[:2], full_room.tally) == (["live", "→1"], {1: 4, 3: 1, 5: 1})


def test_undoing_never_leaves_a_response_under_one_that_nobody_sees(full_room: Room) -> None:
    undone = undoes(full_room, merges(full_room, 1, into=2))
    gathering.withdraw(full_room.store, full_room.id, 1, 2, by=BY)
    with pytest.raises(NotNow):
        undoes(full_room, undone)
    assert states(full_room)[:2] == ["live", "withdrawn"]


def test_what_is_no_longer_merged_is_taken_out_without_a_word(full_room: Room) -> None:
    assert takes_out(full_room, 1) is None
    merges(full_room, 1, 2)
    assert takes_out(full_room, 2) is not None
    assert takes_out(full_room, 2) is None


def test_its_author_no_longer_changes_what_others_stand_under(room: Room, ada: Person, ben: Person) -> None:
    room.goes_to("gather")
    ada.writes("Free parking")
    ben.writes("Parking, free")
    merges(room, 1, 2)
    for person, number in ((ada, 1), (ben, 2)):
        with pytest.raises(NotNow) as refused:
            gathering.edit_response(room.store, room.id, 1, number, participant_id=person.id, side="yes", text="Cars")
        assert refused.value.code == "merged"
        with pytest.raises(NotNow):
            gathering.remove_response(room.store, room.id, 1, number, participant_id=person.id)
    takes_out(room, 2)
    gathering.remove_response(room.store, room.id, 1, 1, participant_id=ada.id)
    assert states(room) == ["withdrawn", "live"]


# Themes ---------------------------------------------------------------------------------------------------------------


def add(room: Room, name: str, *responses: int) -> tuple[int, int | None]:
    return grouping.add_theme(room.store, room.id, 1, name, responses, by=BY)


def test_a_theme_is_added_with_its_responses_and_undone_with_them(full_room: Room) -> None:
    theme, entry = add(full_room, " Getting  here ", 1, 5)
    assert (theme, themes(full_room)) == (1, {"Getting here": [1, 5], "": [2, 3, 4]})
    undoes(full_room, entry)
    assert themes(full_room) == {"": [1, 2, 3, 4, 5]}


def test_a_theme_of_the_same_name_is_the_same_theme(full_room: Room) -> None:
    assert [add(full_room, name, number)[0] for name, number in (("Parking", 1), ("PARKING", 2))] == [1, 1]
    assert themes(full_room) == {"Parking": [1, 2], "": [3, 4, 5]}
    assert add(full_room, "parking") == (1, None)
    both = at_once(*[lambda: add(full_room, "Seats")] * 2)
    assert sorted(each[0] for each in both if isinstance(each, tuple)) == [2, 2]


def test_a_response_moves_from_theme_to_theme_and_out(full_room: Room) -> None:
    parking, seats = add(full_room, "Parking", 1, 2)[0], add(full_room, "Seats", 4)[0]
    grouping.set_theme(full_room.store, full_room.id, 1, [2], seats, by=BY)
    assert themes(full_room) == {"Parking": [1], "Seats": [2, 4], "": [3, 5]}
    grouping.set_theme(full_room.store, full_room.id, 1, [1, 4], None, by=BY)
    assert themes(full_room) == {"Parking": [], "Seats": [2], "": [1, 3, 4, 5]}
    assert grouping.set_theme(full_room.store, full_room.id, 1, [1], None, by=BY) is None
    assert parking != seats


def test_a_theme_that_is_removed_leaves_its_responses_and_comes_back_with_them(full_room: Room) -> None:
    theme, _ = add(full_room, "Parking", 1, 2)
    entry = grouping.remove_theme(full_room.store, full_room.id, 1, theme, by=BY)
    assert themes(full_room) == {"": [1, 2, 3, 4, 5]}
    acts: tuple[Callable[[], object], ...] = (
        lambda: grouping.remove_theme(full_room.store, full_room.id, 1, theme, by=BY),
        lambda: grouping.rename_theme(full_room.store, full_room.id, 1, theme, "Seats", by=BY),
        lambda: grouping.set_theme(full_room.store, full_room.id, 1, [3], theme, by=BY),
    )
    for act in acts:
        with pytest.raises(NotFound) as refused:
            act()
        assert refused.value.code == "no_such_theme"
    undoes(full_room, entry)
    assert themes(full_room) == {"Parking": [1, 2], "": [3, 4, 5]}


def test_a_theme_is_renamed_unless_another_is_called_so(full_room: Room) -> None:
    parking, _ = add(full_room, "Parking", 1)
    add(full_room, "Seats")
    grouping.rename_theme(full_room.store, full_room.id, 1, parking, "parking", by=BY)
    grouping.rename_theme(full_room.store, full_room.id, 1, parking, "Cars", by=BY)
    assert themes(full_room)["Cars"] == [1]
    with pytest.raises(Unacceptable) as refused:
        grouping.rename_theme(full_room.store, full_room.id, 1, parking, "SEATS", by=BY)
    assert refused.value.code == "theme_taken"


@pytest.mark.parametrize(("name", "code"), [("", "no_name"), (" \n", "no_name"), ("x" * 41, "too_long")])
def test_a_theme_has_a_name_that_fits(full_room: Room, name: str, code: str) -> None:
    with pytest.raises(Unacceptable) as refused:
        add(full_room, name, 1)
    assert refused.value.code == code


def test_there_are_only_so_many_themes(full_room: Room) -> None:
    for number in range(MOST_THEMES):
        add(full_room, f"Theme {number}")
    with pytest.raises(Unacceptable) as refused:
        add(full_room, "One more", 1)
    assert refused.value.code == "too_many_themes"
    grouping.remove_theme(full_room.store, full_room.id, 1, 7, by=BY)
    assert add(full_room, "One more", 1)[0] == MOST_THEMES + 1


def test_what_nobody_sees_gets_no_theme(full_room: Room) -> None:
    gathering.withdraw(full_room.store, full_room.id, 1, 4, by=BY)
    for numbers in ([1, 4], [99]):
        with pytest.raises(WorkshopError):
            add(full_room, "Seats", *numbers)
    with pytest.raises(Unacceptable):
        grouping.set_theme(full_room.store, full_room.id, 1, [], None, by=BY)
    assert themes(full_room) == {"": [1, 2, 3, 5]}


def test_the_history_says_what_was_done_to_which_responses(full_room: Room) -> None:
    merges(full_room, 1, 2)
    add(full_room, "Parking", 1)
    moderating.lock(full_room.store, full_room.id, 1, by=BY)
    with full_room.store.reading() as session:
        told = [(each.what, each.exercise, each.subject) for each in history.entries(session, full_room.id)[:3]]
        words = [chronicle.deed(each) for each in history.entries(session, full_room.id)[:3]]
        stored = session.scalars(select(Entry).where(Entry.workshop_id == full_room.id)).all()
        assert not any("author" in str(each.changes) + str(each.subject) for each in stored)
    assert told == [
        ("lock", 1, {}),
        ("add_theme", 1, {"theme": 1, "name": "Parking", "responses": [1]}),
        ("merge", 1, {"response": 1, "responses": [2]}),
    ]
    assert words == ["closed responses for now", "added the theme “Parking”", "merged R2 into R1"]


def test_an_undoing_of_a_merge_is_undone(full_room: Room) -> None:
    again = undoes(full_room, undoes(full_room, merges(full_room, 1, 2, 3)))
    assert (states(full_room)[:3], full_room.tally) == (["live", "→1", "→1"], {1: 5, 5: 1})
    undoes(full_room, again)
    assert states(full_room)[:3] == ["live"] * 3


def test_what_was_voted_on_is_merged_only_after_going_back_to_gathering(full_room: Room) -> None:
    entry = merges(full_room, 1, 2) or 0
    acts: list[Callable[[], object]] = [
        lambda: merges(full_room, 3, 4),
        lambda: grouping.unmerge(full_room.store, full_room.id, 1, 2, by=BY),
        lambda: history.undo(full_room.store, full_room.id, entry, by=BY),
    ]
    for phase in ("reveal", "discuss", "closed"):
        full_room.goes_to(phase)
        before = full_room.tally
        for act in acts:
            with pytest.raises(NotNow) as refused:
                act()
            assert refused.value.code == "voted_on"
        assert full_room.tally == before
    full_room.goes_to("gather")
    grouping.unmerge(full_room.store, full_room.id, 1, 2, by=BY)
    assert states(full_room)[:2] == ["live", "live"]

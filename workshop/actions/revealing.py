"""What a facilitator says about a result: how many people were in the room, and how many priorities go forward."""

from __future__ import annotations

from workshop.actions import settled
from workshop.actions.history import By, put, record
from workshop.actions.hosting import find_exercise
from workshop.agenda.checking import check_one_line
from workshop.errors import N_, NotNow
from workshop.store import Store


def count_room(store: Store, workshop_id: int, number: int, people: int | None, *, by: By) -> int | None:
    """Note how many people are in the room, to be held against the ballots; None takes the number away again."""
    with store.change(workshop_id) as session:
        exercise = find_exercise(session, workshop_id, number)
        if exercise.phase not in ("reveal", "discuss", "closed"):
            raise NotNow(N_("Count the room when voting has closed."), code="voting_not_closed")
        put(exercise, in_the_room=people)
        return record(session, workshop_id, by, "count_room", exercise=number, people=people)


def set_cut(
    store: Store, workshop_id: int, number: int, cut: int | None, share: int | None = None, *, by: By
) -> int | None:
    """Draw the line under the first `cut` places, or under as few as hold `share` per cent of all dots; where both are
    None, take it away.
    """
    check_one_line(cut, share)
    with store.change(workshop_id) as session:
        exercise = find_exercise(session, workshop_id, number)
        settled.check_places(exercise)
        put(exercise, cut=cut, cut_share=share)
        return record(session, workshop_id, by, "set_cut", exercise=number, cut=cut, share=share)

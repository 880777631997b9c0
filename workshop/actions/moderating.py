"""What the facilitator decides about what people write: whether it is shown, and whether they may write at all."""

from __future__ import annotations

from collections.abc import Mapping

from workshop.actions.gathering import find_response
from workshop.actions.history import By, put, record
from workshop.actions.hosting import find_exercise
from workshop.errors import N_, NotNow, Unacceptable
from workshop.store import Store


def approve(
    store: Store, workshop_id: int, number: int, read: Mapping[int, str], *, by: By
) -> tuple[list[int], int | None]:
    """Show responses that were waiting to be checked. `read` holds, by number, the `wording` that was read: one that
    its author has changed since goes on waiting. Returns the numbers of those that are shown now and the entry in the
    history.

    Raises `NotNow` where none of them could be shown.
    """
    if not read:
        raise Unacceptable(N_("Choose the responses first."), code="nothing_chosen")
    with store.change(workshop_id) as session:
        exercise = find_exercise(session, workshop_id, number)
        if exercise.has_results and exercise.phase != "vote":
            raise NotNow(N_("People have voted already, so nothing is added any more."), code="voted_on")
        rows = [find_response(session, workshop_id, number, each) for each in sorted(read)]
        shown = [row for row in rows if row.state == "pending" and row.wording == read[row.number]]
        for row in shown:
            put(row, state="live")
        if not shown:
            _explain({row.state for row in rows})
        numbers = [row.number for row in shown]
        return numbers, record(session, workshop_id, by, "approve", exercise=number, responses=numbers)


def _explain(states: set[str]) -> None:
    """Say why nothing was shown, where that is not because all of it is on the screens already."""
    if "pending" in states:
        raise NotNow(N_("It has just been changed by whoever wrote it. Read it again."), code="changed")
    if "withdrawn" in states:
        raise NotNow(N_("It has been withdrawn meanwhile."), code="withdrawn")


def lock(store: Store, workshop_id: int, number: int, *, by: By) -> int | None:
    """Let nobody write, edit or remove responses for now. The phase stays."""
    with store.change(workshop_id) as session:
        put(find_exercise(session, workshop_id, number), locked=True)
        return record(session, workshop_id, by, "lock", exercise=number)


def unlock(store: Store, workshop_id: int, number: int, *, by: By) -> int | None:
    """Undo `lock`."""
    with store.change(workshop_id) as session:
        put(find_exercise(session, workshop_id, number), locked=False)
        return record(session, workshop_id, by, "unlock", exercise=number)

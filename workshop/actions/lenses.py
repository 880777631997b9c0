"""Lenses: what the facilitator asks people to say of themselves, and what they say.

Once a vote has been counted the groups of those who took part in it stay as they are. Otherwise somebody who looks at
the results before and after could tell from the difference what one person voted for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.actions import settled
from workshop.actions.history import By, put, record
from workshop.errors import N_, NotNow, Unacceptable
from workshop.models import Participant, Workshop
from workshop.results.suppression import put_together
from workshop.store import Store


class Group(NamedTuple):
    """How many are in some lenses; the lens None is of those who have not said. `people` is None where that is not
    shown.
    """

    lenses: Sequence[str | None]
    people: int | None

    @property
    def is_several(self) -> bool:
        return len(self.lenses) > 1


def ask_lenses(store: Store, workshop_id: int, lenses: Sequence[str], *, by: By) -> int | None:
    """Ask people which of these they are, or ask no longer where there are none. Who chose one that is no longer among
    them counts as not having said, and is in it again when it comes back.
    """
    with store.change(workshop_id) as session:
        workshop = session.get_one(Workshop, workshop_id)
        settled.check_lenses(session, workshop, workshop.lenses or (), lenses)
        put(workshop, lenses=list(lenses) or None)
        if not lenses:
            return record(session, workshop_id, by, "ask_no_lenses")
        return record(session, workshop_id, by, "ask_lenses", names=", ".join(lenses))


def set_lens(store: Store, workshop_id: int, participant_id: int, lens: str) -> None:
    """Say which one is, change it, or take it back with an empty one."""
    with store.change(workshop_id) as session:
        lenses = session.get_one(Workshop, workshop_id).lenses
        if not lenses:
            raise NotNow(N_("The facilitator does not ask for this."), code="lenses_not_asked")
        participant = session.get_one(Participant, participant_id)
        chosen = checked_lens(lens, lenses)
        if chosen != lens_of(participant, lenses):
            settled.check_lens(session, participant)
        participant.lens = chosen


def checked_lens(lens: str, lenses: Sequence[str] | None) -> str | None:
    """What somebody chose, or None where they would rather not say or are not asked."""
    if not lenses or not lens:
        return None
    if lens not in lenses:
        raise Unacceptable(
            N_("Choose one of the groups that are listed, or say that you'd rather not say."), code="lens"
        )
    return lens


def lens_of(participant: Participant, lenses: Sequence[str] | None) -> str | None:
    """What counts of what somebody chose: one that is no longer asked for does not."""
    return participant.lens if lenses and participant.lens in lenses else None


def groups(session: Session, workshop: Workshop) -> list[Group]:
    """How many hold a ballot in each lens, in their order, and those who have not said at the end.

    Small groups are put together with others as in the results, and are never told from each other.
    """
    lenses = workshop.lenses or []
    wanted = select(Participant).where(Participant.workshop_id == workshop.id, Participant.state == "in")
    said = Counter(lens_of(each, lenses) for each in session.scalars(wanted))
    names = [*lenses, None]
    columns = put_together([said[name] for name in names])
    if len(columns) < 2:
        return [Group(names, None)]
    return [Group([names[at] for at in together], sum(said[names[at]] for at in together)) for together in columns]

"""What people do with their dots: move them, take them all back, say that they have finished.

`move_dots` is the one way, from the socket and from a form alike. It puts the moves into the ballot box; the box hands
many people's moves at a time to `store_moves`, inside one change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from workshop import rules
from workshop.actions.hosting import check_on, find_exercise
from workshop.ballots import Known, slots, voting_in
from workshop.errors import N_, NotNow, Unacceptable, WorkshopError
from workshop.models import Ballot, Dot
from workshop.rules import Move
from workshop.store import Store

if TYPE_CHECKING:
    from workshop.ballot_box import BallotBox

MOST_MOVES = 20


class Cast:
    """One participant's moves in one exercise on their way into the ballot box, and what becomes of them.

    `all_back` names, instead of moves, the wish that every dot that lies anywhere be back in hand.
    """

    __slots__ = (
        "all_back",
        "error",
        "finished",
        "moves",
        "number",
        "origin",
        "outcomes",
        "participant_id",
        "slots",
        "workshop_id",
    )

    def __init__(
        self,
        workshop_id: int,
        participant_id: int,
        number: int,
        moves: Sequence[Move],
        *,
        all_back: str | None = None,
        origin: str | None = None,
    ) -> None:
        self.workshop_id = workshop_id
        self.participant_id = participant_id
        self.number = number
        self.moves = moves
        self.all_back = all_back
        self.origin = origin
        """The socket that it came by, which need not be told of it again."""
        self.outcomes: list[rules.Outcome | WorkshopError] = []
        self.slots: list[tuple[int | None, int]] | None = None
        """Each dot in the order of its number: the response that it counts for, and its revision."""
        self.finished = False
        self.error: WorkshopError | None = None


def move_dots(
    box: BallotBox,
    workshop_id: int,
    participant_id: int,
    number: int,
    moves: Sequence[Move],
    *,
    origin: str | None = None,
) -> Cast:
    """Move dots. Returns when all is stored, with an outcome for each move. Raises `Busy` where nothing could be
    tried.
    """
    if not 1 <= len(moves) <= MOST_MOVES:
        raise Unacceptable(N_("Send 1 to %(most)s moves at a time."), most=MOST_MOVES)
    if len({move.dot for move in moves}) != len(moves):
        raise Unacceptable(N_("Send one move for each dot: where it is to be in the end."))
    return box.put(Cast(workshop_id, participant_id, number, moves, origin=origin))


def take_all_back(box: BallotBox, workshop_id: int, participant_id: int, number: int, op: str) -> Cast:
    """Take every dot back in hand."""
    return box.put(Cast(workshop_id, participant_id, number, (), all_back=op))


def set_finished(store: Store, workshop_id: int, participant_id: int, number: int, finished: bool) -> None:
    """Say that one has finished, or take it back. How many have is for everybody to know; who has is for nobody."""
    with store.change(workshop_id) as session:
        exercise = find_exercise(session, workshop_id, number)
        check_on(exercise)
        if exercise.phase != "vote":
            raise NotNow(N_("Voting is not open."), code="not_voting")
        session.merge(Ballot(exercise_id=exercise.id, participant_id=participant_id, finished=finished))


# Storing --------------------------------------------------------------------------------------------------------------


def store_moves(session: Session, workshop_id: int, casts: Sequence[Cast], known: dict[int, Known]) -> None:
    """Judge and store the moves of many participants of one workshop, in the order in which they came.

    Runs inside a change: the lock is held, so what is read here stays true until the commit. `known` is what is known
    already of the workshop's exercises, by number; what is read and changed here is added to it. However many casts
    there are, one statement writes, and none reads where all is known.
    """
    by_number: dict[int, list[Cast]] = {}
    for cast in casts:
        by_number.setdefault(cast.number, []).append(cast)
    for number, those in by_number.items():
        try:
            if number not in known:
                exercise = find_exercise(session, workshop_id, number)
                known[number] = Known(
                    exercise.id, voting_in(session, exercise), totals_are_live=exercise.totals == "live"
                )
        except WorkshopError as error:
            for cast in those:
                cast.error = error
        else:
            _store_in(session, known[number], those)


def _store_in(session: Session, exercise: Known, casts: Sequence[Cast]) -> None:
    exercise.read(session, {cast.participant_id for cast in casts})
    changed: dict[tuple[int, int], rules.Dot] = {}
    for cast in casts:
        ballot = exercise.ballots[cast.participant_id]
        if cast.all_back is not None:
            cast.moves = [
                Move(dot, at.rev, None, cast.all_back) for dot, at in sorted(ballot.items()) if at.response is not None
            ]
        cast.outcomes = []
        for move in cast.moves:
            try:
                outcome: rules.Outcome | WorkshopError = rules.judge(ballot, move, exercise.voting, cast.participant_id)
            except WorkshopError as error:
                outcome = error
            if outcome == "moved":
                ballot[move.dot] = changed[cast.participant_id, move.dot] = rules.Dot(
                    move.response, move.replaces + 1, move.op
                )
            cast.outcomes.append(outcome)
        cast.slots = slots(ballot, exercise.voting)
        cast.finished = cast.participant_id in exercise.finished
    if changed:
        _write(session, exercise, changed)


def _write(session: Session, exercise: Known, changed: Mapping[tuple[int, int], rules.Dot]) -> None:
    # Where nobody sees totals, nothing can be asked that would need to know when a dot was moved: it is not kept.
    turn = session.info["versions"][1] if exercise.totals_are_live else None
    # The condition can only fail if somebody wrote without the lock. Then nothing of this batch may be acknowledged.
    upsert = _UPSERT[session.get_bind().dialect.name]
    written = session.connection().execute(
        upsert,
        [
            {
                "exercise_id": exercise.exercise_id,
                "participant_id": participant,
                "number": number,
                "response": on,
                "rev": rev,
                "op": op,
                "turn": turn,
            }
            for (participant, number), (on, rev, op) in changed.items()
        ],
    )
    if 0 <= written.rowcount != len(changed):
        raise RuntimeError(f"{len(changed)} dots were to be stored and {written.rowcount} were")


def _upsert(insert: Any) -> Any:
    statement = insert(Dot.__table__)
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["exercise_id", "participant_id", "number"],
        set_={"response": new.response, "rev": new.rev, "op": new.op, "turn": new.turn},
        where=Dot.__table__.c.rev < new.rev,
    )


_UPSERT = {"sqlite": _upsert(sqlite.insert), "postgresql": _upsert(postgresql.insert)}

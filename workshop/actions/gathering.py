"""What people do while responses are gathered: add, edit, remove; and what the facilitator takes off and puts back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop import rules
from workshop.actions.history import By, put, record
from workshop.actions.hosting import check_on, find_exercise
from workshop.actions.joining import join as join
from workshop.actions.joining import new_participant as new_participant
from workshop.agenda import MOST_RESPONSES
from workshop.errors import N_, NotAllowed, NotFound, NotNow, NotUnderstood, Unacceptable
from workshop.models import Exercise, Response
from workshop.store import Store

# One phone must not fill the exercise: what is removed keeps its number.
MOST_OWN_RESPONSES = 50


def add_response(
    store: Store,
    workshop_id: int,
    number: int,
    *,
    participant_id: int,
    side: str,
    text: str,
    op: str,
) -> tuple[int, bool]:
    """Add a response. Returns its number and whether it is new: the same `op` again adds nothing, nor do the same words
    by the same participant in the same column. Whoever goes back after an answer was lost finds them in a new form.
    """
    if not 1 <= len(op) <= rules.LONGEST_OP or not rules.OP_LETTERS.issuperset(op):
        raise NotUnderstood(
            N_("A new response needs an “op” of 1 to %(longest)s plain letters and digits."),
            longest=rules.LONGEST_OP,
        )
    with store.change(workshop_id) as session:
        exercise = find_exercise(session, workshop_id, number)
        own = select(Response).where(Response.exercise_id == exercise.id, Response.author_id == participant_id)
        written = session.scalars(own.order_by(Response.number)).all()
        earlier = next((each for each in written if each.op == op), None)
        if earlier is not None:
            return earlier.number, False
        side, text = _checked(exercise, side, text)
        _check_gathering(exercise)
        earlier = next((each for each in written if _says_already(each, exercise, side, text)), None)
        if earlier is not None:
            return earlier.number, False
        if len(written) >= MOST_OWN_RESPONSES:
            raise Unacceptable(
                N_("You have written %(most)s responses. Leave some for the others."), most=MOST_OWN_RESPONSES
            )
        number = next_number(session, exercise)
        session.add(
            Response(
                exercise_id=exercise.id,
                number=number,
                side=side,
                text=text,
                state="pending" if exercise.checks_first else "live",
                author_id=participant_id,
                op=op,
            )
        )
    return number, True


def next_number(session: Session, exercise: Exercise, count: int = 1) -> int:
    """The number that the next response gets. Raises `Unacceptable` where there is no room for `count` more."""
    last = session.scalar(select(func.max(Response.number)).where(Response.exercise_id == exercise.id)) or 0
    if last + count > MOST_RESPONSES:
        raise Unacceptable(N_("An exercise has %(most)s responses at the most."), most=MOST_RESPONSES)
    return last + 1


def edit_response(
    store: Store,
    workshop_id: int,
    number: int,
    response: int,
    *,
    participant_id: int,
    side: str,
    text: str,
) -> None:
    """Change one's own response while responses are gathered. What is checked first is checked again.

    Where it says so already nothing is changed: the same edit comes again where its answer was lost, perhaps too late.
    """
    with store.change(workshop_id) as session:
        row = _written_by(session, workshop_id, number, response, participant_id)
        exercise = find_exercise(session, workshop_id, number)
        if _says_already(row, exercise, side, text):
            return
        _check_changeable(session, row, exercise)
        row.side, row.text = _checked(exercise, side, text)
        if exercise.checks_first:
            row.state = "pending"


def remove_response(store: Store, workshop_id: int, number: int, response: int, *, participant_id: int) -> None:
    """Take one's own response back while responses are gathered; again it changes nothing. The facilitator can restore
    it.
    """
    with store.change(workshop_id) as session:
        row = _written_by(session, workshop_id, number, response, participant_id)
        if row.state == "withdrawn":
            return
        _check_changeable(session, row, find_exercise(session, workshop_id, number))
        row.state = "withdrawn"


def withdraw(store: Store, workshop_id: int, number: int, response: int, *, by: By) -> int | None:
    """Take a response off every screen. Its dots stay where they are and do not count, so they show as back in hand."""
    with store.change(workshop_id) as session:
        row = find_response(session, workshop_id, number, response)
        if row.state == "merged":
            raise NotNow(N_("R%(number)s is merged into another. Take it out first."), code="merged", number=response)
        put(row, state="withdrawn")
        return record(session, workshop_id, by, "withdraw", exercise=number, response=response)


def restore(store: Store, workshop_id: int, number: int, response: int, *, by: By) -> int | None:
    """Undo `withdraw`: the response is back, and whatever dots still lie on it count again."""
    with store.change(workshop_id) as session:
        row = find_response(session, workshop_id, number, response)
        if row.state == "withdrawn":
            # Its author may have taken it back before anybody had read it.
            exercise = find_exercise(session, workshop_id, number)
            unread = exercise.checks_first and exercise.phase in ("gather", "group")
            put(row, state="pending" if unread else "live")
        return record(session, workshop_id, by, "restore", exercise=number, response=response)


def _checked(exercise: Exercise, side: str, text: str) -> tuple[str, str]:
    keys = [each.key for each in exercise.sides]
    # An open exercise has one column, and nobody is asked which.
    side = keys[0] if len(keys) == 1 else rules.check_side(side, keys)
    return side, rules.check_response(text, exercise.longest)


def _check_gathering(exercise: Exercise) -> None:
    check_on(exercise)
    if exercise.phase == "draft":
        raise NotNow(N_("The facilitator has not opened responses yet."), code="not_gathering")
    if exercise.phase == "gather" and exercise.locked:
        raise NotNow(N_("Responses are closed for now. Nothing was changed."), code="locked")
    if exercise.phase != "gather":
        raise NotNow(N_("Responses are closed. What you wrote was not added."), code="not_gathering")


def find_response(session: Session, workshop_id: int, number: int, response: int) -> Response:
    row = session.get(Response, (find_exercise(session, workshop_id, number).id, response))
    if row is None:
        raise NotFound(N_("There is no response R%(number)s."), code="no_such_response", number=response)
    return row


def _written_by(session: Session, workshop_id: int, number: int, response: int, participant_id: int) -> Response:
    row = find_response(session, workshop_id, number, response)
    if row.author_id != participant_id:
        raise NotAllowed(N_("Only whoever wrote a response can change it."), code="not_yours")
    return row


def _says_already(row: Response, exercise: Exercise, side: str, text: str) -> bool:
    is_there = row.state in ("pending", "live")
    return is_there and row.text == rules.tidy(text) and (row.side == side or len(exercise.sides) == 1)


def _check_changeable(session: Session, row: Response, exercise: Exercise) -> None:
    _check_gathering(exercise)
    if row.state == "withdrawn":
        raise NotFound(N_("Response R%(number)s was removed."), code="no_such_response", number=row.number)
    if row.state == "merged" or _stands_for_others(session, row):
        raise NotNow(
            N_("R%(number)s has been merged with others, so it is no longer yours alone to change."),
            code="merged",
            number=row.number,
        )


def _stands_for_others(session: Session, row: Response) -> bool:
    under = select(Response.number).where(Response.exercise_id == row.exercise_id, Response.merged_into == row.number)
    return session.scalars(under).first() is not None


def unchecked(session: Session, workshop_id: int, number: int, participant_id: int) -> Sequence[Response]:
    """What a participant wrote in an exercise and the facilitator has not checked yet."""
    wanted = select(Response).join(Exercise, Exercise.id == Response.exercise_id).order_by(Response.number)
    own = Response.author_id == participant_id, Response.state == "pending"
    return session.scalars(wanted.where(Exercise.workshop_id == workshop_id, Exercise.number == number, *own)).all()

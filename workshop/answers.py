"""The shapes of what comes in and what is answered, the same over HTTP and over the socket: docs/protocol.md."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext

from workshop import rules
from workshop.actions.voting import Cast
from workshop.errors import N_, NotNow, NotUnderstood, WorkshopError
from workshop.models import Response
from workshop.rules import Move

FAULT = WorkshopError(N_("Something went wrong on our side. Nothing you did was lost; try again."), code="fault")
FAULT.status = 500

STALE = NotNow(N_("Updated from another tab."), code="stale")


def sentence(error: WorkshopError) -> str:
    """What an error says, in the reader's language."""
    text: str = gettext(error.sentence)
    values = {name: sentence(each) if isinstance(each, WorkshopError) else each for name, each in error.values.items()}
    return text % values if values else text


def failed(error: WorkshopError) -> dict[str, Any]:
    return {"ok": False, "error": {"code": error.code, "message": sentence(error)}}


def ballot(number: int, slots: Sequence[tuple[int | None, int]], finished: bool) -> dict[str, Any]:
    """A ballot: for each dot the response it counts for (or None) and its revision."""
    return {"exercise": number, "allowance": len(slots), "finished": finished, "dots": slots}


def unchecked(responses: Sequence[Response]) -> list[dict[str, Any]]:
    """Responses that only their author sees, until they have been checked."""
    return [{"number": each.number, "side": each.side, "text": each.text} for each in responses]


def moved(cast: Cast) -> dict[str, Any]:
    """The answer to `move`."""
    assert cast.slots is not None
    answer: dict[str, Any] = {"ok": True, "ballot": ballot(cast.number, cast.slots, cast.finished), "moves": []}
    for move, outcome in zip(cast.moves, cast.outcomes, strict=True):
        told: dict[str, Any] = {"dot": move.dot, "op": move.op}
        if isinstance(outcome, WorkshopError):
            told |= {"outcome": "refused", "error": failed(outcome)["error"]}
        else:
            told["outcome"] = outcome
        answer["moves"].append(told)
    problem = problem_of(cast)
    if problem is not None:
        answer |= failed(problem)
    return answer


def problem_of(cast: Cast) -> WorkshopError | None:
    """The first of a cast's moves that was not stored, as an error."""
    for outcome in cast.outcomes:
        if isinstance(outcome, WorkshopError):
            return outcome
        if outcome == "stale":
            return STALE
    return None


def read_moves(data: Any) -> tuple[int, list[Move]]:
    """The message `move`: the exercise's number and the moves. Raises `NotUnderstood`."""
    if not isinstance(data, Mapping) or not isinstance(data.get("moves"), list):
        raise NotUnderstood(N_("Send an object with “exercise” and a list of “moves”."))
    return _whole(data.get("exercise"), "exercise"), [read_move(each) for each in data["moves"]]


def read_move(data: Any) -> Move:
    """A move as JSON or as fields of a form: see docs/protocol.md. Raises `NotUnderstood`."""
    # A missing `response` is a slip and not the wish to take the dot back.
    if not isinstance(data, Mapping) or "response" not in data:
        raise NotUnderstood(N_("A move is an object with “dot”, “replaces”, “response” and “op”."))
    response = data.get("response")
    op = data.get("op")
    if not isinstance(op, str):
        raise NotUnderstood(
            N_("A move needs an “op” of 1 to %(longest)s plain letters and digits."),
            longest=rules.LONGEST_OP,
        )
    return Move(
        dot=_whole(data.get("dot"), "dot"),
        replaces=_whole(data.get("replaces"), "replaces"),
        response=None if response is None or response == "" else _whole(response, "response"),
        op=op,
    )


def _whole(value: Any, field: str) -> int:
    """A whole number, as JSON has it or as a form does."""
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,10}", value):
        value = int(value)
    if type(value) is int and abs(value) < 2**31:
        return value
    raise NotUnderstood(N_("“%(field)s” is a whole number."), field=field)

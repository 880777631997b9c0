"""The lanes that a move can take: a form, JSON, a socket. One table of cases runs through all of them, so that they
cannot drift.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from tests.server.modes import GREEN_AND_NATIVE
from tests.server.phones import JSON, Facilitator, Phone, Slots, slots_in
from tests.server.server import Server

pytestmark = GREEN_AND_NATIVE

AGENDA = {
    "title": "Lanes",
    "exercises": [
        {"prompt": "What matters?", "most_per_response": 2, "responses": [{"side": "yes", "text": "x"}] * 3},
        {"prompt": "And then?", "responses": [{"side": "no", "text": "y"}] * 5},
    ],
}
WITHDRAWN = 3
IN_THE_OTHER_EXERCISE = 5

# Everybody begins with two dots on R1, which are the most there may be, and with the third moved and taken back.
BEGINNING = (
    [
        {"dot": 1, "replaces": 0, "response": 1, "op": "one"},
        {"dot": 2, "replaces": 0, "response": 1, "op": "two"},
        {"dot": 3, "replaces": 0, "response": 2, "op": "three"},
    ],
    [{"dot": 3, "replaces": 1, "response": None, "op": "three-back"}],
)
BALLOT: Slots = [(1, 1), (1, 1), (None, 2), (None, 0), (None, 0), (None, 0), (None, 0), (None, 0)]


class Case(NamedTuple):
    """What is sent, and what is to come of it. Only `moves` that a form can say go into a form."""

    name: str
    moves: Any
    outcomes: tuple[str, ...]
    """What the answer says of each move; nothing where none could be tried."""
    code: str | None = None
    status: int = 200
    phase: str = "vote"
    exercise: int = 1
    changes: dict[int, tuple[int | None, int]] = {}  # noqa: RUF012 - never written to
    in_a_form: bool = True

    @property
    def ballot(self) -> Slots:
        return [self.changes.get(dot, slot) for dot, slot in enumerate(BALLOT, start=1)]

    @property
    def lanes(self) -> list[str]:
        fits = self.in_a_form and len(self.moves) == 1
        return ["form", "form answered in JSON", "JSON", "socket"] if fits else ["JSON", "socket"]


def move(dot: Any, replaces: Any, response: Any, op: Any = "new") -> list[dict[str, Any]]:
    return [{"dot": dot, "replaces": replaces, "response": response, "op": op}]


def without(field: str) -> list[dict[str, Any]]:
    return [{name: value for name, value in move(4, 0, 2)[0].items() if name != field}]


def moved(name: str, moves: Any, **changes: tuple[int | None, int]) -> Case:
    return Case(name, moves, ("moved",), changes={int(dot[3:]): slot for dot, slot in changes.items()})


def refused(name: str, moves: Any, code: str, status: int = 422, **more: Any) -> Case:
    return Case(name, moves, ("refused",), code, status, **more)


def not_tried(name: str, moves: Any, code: str = "not_understood", status: int = 400, **more: Any) -> Case:
    return Case(name, moves, (), code, status, **more)


def of_the_wrong_kind() -> list[Case]:
    wrong = {
        "a word": "four",
        "a fraction": 1.5,
        "a fraction in a string": "1.5",
        "true": True,
        "a huge number": 10**30,
        "a list": [4],
        "an object": {"4": 4},
    }
    places: dict[str, Callable[[Any], Any]] = {
        "a dot": lambda value: move(value, 0, 2),
        "a revision": lambda value: move(4, value, 2),
        "a response": lambda value: move(4, 0, value),
    }
    return [
        not_tried(f"{place} that is {kind}", make(value), in_a_form=not isinstance(value, list | dict))
        for place, make in places.items()
        for kind, value in wrong.items()
    ]


CASES = [
    moved("a dot from the hand onto a response", move(4, 0, 2), dot4=(2, 1)),
    moved("a dot from one response to another", move(1, 1, 2), dot1=(2, 2)),
    moved("a dot back in hand", move(1, 1, None), dot1=(None, 2)),
    moved("a dot in hand taken back", move(4, 0, None), dot4=(None, 1)),
    moved("a dot to where it is, though no more may come", move(1, 1, 1), dot1=(1, 2)),
    moved("numbers in strings", move("4", "0", "2"), dot4=(2, 1)),
    Case("the same move again", move(1, 0, 1, "one"), ("repeated",)),
    Case("the same move again, saying another response", move(1, 0, 2, "one"), ("repeated",)),
    Case("an op that another dot had", move(4, 0, 2, "one"), ("moved",), changes={4: (2, 1)}),
    Case("an op that this dot had earlier", move(3, 0, 2, "three"), ("stale",), "stale", 409),
    Case("a dot that was moved meanwhile", move(1, 0, 2), ("stale",), "stale", 409),
    Case("a revision that is yet to come", move(1, 5, 2), ("stale",), "stale", 409),
    refused("a ninth dot", move(9, 0, 2), "no_such_dot"),
    refused("dot 0", move(0, 0, 2), "no_such_dot"),
    refused("dot -1", move(-1, 0, 2), "no_such_dot"),
    refused("a response that there is not", move(4, 0, 99), "no_such_response"),
    refused("response 0", move(4, 0, 0), "no_such_response"),
    refused("response -1", move(4, 0, -1), "no_such_response"),
    refused("a response of nine digits", move(4, 0, 999_999_999), "no_such_response"),
    refused("the largest number that there is", move(4, 0, 2**31 - 1), "no_such_response"),
    refused("a withdrawn response", move(4, 0, WITHDRAWN), "no_such_response"),
    refused("a response of the other exercise", move(4, 0, IN_THE_OTHER_EXERCISE), "no_such_response"),
    refused("a third dot where two are the most", move(4, 0, 1), "most_per_response"),
    refused("a negative revision", move(4, -1, 2), "not_understood", 400),
    refused("before voting", move(4, 0, 2), "not_voting", 409, phase="gather"),
    refused("after closing", move(4, 0, 2), "voting_closed", 409, phase="reveal"),
    refused("back in hand after closing", move(1, 1, None), "voting_closed", 409, phase="reveal"),
    refused("a stale move after closing", move(1, 0, 2), "voting_closed", 409, phase="reveal"),
    refused("a ninth dot after closing", move(9, 0, 2), "no_such_dot", phase="reveal"),
    Case("the same move again after closing", move(1, 0, 1, "one"), ("repeated",), phase="reveal"),
    Case("the same move again before voting", move(1, 0, 1, "one"), ("repeated",), phase="gather"),
    refused("in an exercise that is not on", move(4, 0, 2), "not_on", 409, exercise=2),
    not_tried("in an exercise that there is not", move(4, 0, 2), "no_such_exercise", 404, exercise=3),
    *of_the_wrong_kind(),
    *[not_tried(f"no {field}", without(field)) for field in ("dot", "replaces", "response", "op")],
    not_tried("a dot that is null", move(None, 0, 2), in_a_form=False),
    not_tried("a revision that is null", move(4, None, 2)),
    not_tried("an op that is null", move(4, 0, 2, None), in_a_form=False),
    not_tried("an op that is a number", move(4, 0, 2, 7), in_a_form=False),
    not_tried("an op that is a list", move(4, 0, 2, ["x"]), in_a_form=False),
    refused("an empty op", move(4, 0, 2, ""), "not_understood", 400),
    refused("an op with a space", move(4, 0, 2, "a b"), "not_understood", 400),
    refused("an op with a letter that is not plain", move(4, 0, 2, "é"), "not_understood", 400),
    refused("an op of 41 letters", move(4, 0, 2, "x" * 41), "not_understood", 400),
    Case("an op of 40 letters", move(4, 0, 2, "x" * 40), ("moved",), changes={4: (2, 1)}),
    Case("two moves", move(1, 1, 2) + move(4, 0, 2), ("moved", "moved"), changes={1: (2, 2), 4: (2, 1)}),
    Case(
        "one goes, one does not",
        move(4, 0, 2) + move(5, 0, 99),
        ("moved", "refused"), "no_such_response", changes={4: (2, 1)},
    ),
    Case(
        "one is stale, one goes",
        move(1, 0, 2) + move(4, 0, 2),
        ("stale", "moved"), "stale", changes={4: (2, 1)},
    ),
    Case(
        "a dot makes room for another in the same message",
        move(1, 1, 2) + move(4, 0, 1),
        ("moved", "moved"), changes={1: (2, 2), 4: (1, 1)},
    ),
    not_tried("the same dot twice", move(4, 0, 2, "a") + move(4, 1, 1, "b"), "unacceptable", 422),
    not_tried("no moves at all", [], "unacceptable", 422),
    not_tried("21 moves", [move(n, 0, 2)[0] for n in range(1, 22)], "unacceptable", 422),
    not_tried("one that is not understood among others", move(4, 0, 2) + move("?", 0, 2)),
    not_tried("moves that are a word", "moves", in_a_form=False),
    not_tried("moves that are an object", {"dot": 1}, in_a_form=False),
    not_tried("moves that are null", None, in_a_form=False),
    not_tried("a move that is null", [None], in_a_form=False),
    not_tried("a move that is a number", [4], in_a_form=False),
    not_tried("a move that is a list", [[4, 0, 2, "new"]], in_a_form=False),
]  # fmt: skip


# The lanes: each returns what it is told, as far as it is told.


def by_form(phone: Phone, case: Case) -> dict[str, Any]:
    """As a browser without JavaScript does, which is told by the status and a page."""
    answer = phone.post(f"/w/{phone.code}/{case.exercise}/dots", case.moves[0], allow_redirects=False)
    return {"status": 200 if answer.status_code == 303 else answer.status_code}


def by_form_answered_in_json(phone: Phone, case: Case) -> dict[str, Any]:
    answer = phone.post(f"/w/{phone.code}/{case.exercise}/dots", case.moves[0], headers=JSON)
    return {"status": answer.status_code} | told(answer.json())


def by_json(phone: Phone, case: Case) -> dict[str, Any]:
    answer = phone.ask_json(f"/w/{phone.code}/{case.exercise}/dots", {"moves": case.moves})
    return {"status": answer.status_code} | told(answer.json())


def by_socket(phone: Phone, case: Case) -> dict[str, Any]:
    return told(phone.socket().sends("move", {"exercise": case.exercise, "moves": case.moves}))


LANES: dict[str, Callable[[Phone, Case], dict[str, Any]]] = {
    "form": by_form,
    "form answered in JSON": by_form_answered_in_json,
    "JSON": by_json,
    "socket": by_socket,
}


def told(answer: Any) -> dict[str, Any]:
    code = answer["error"]["code"] if "error" in answer else None
    assert answer["ok"] == (code is None)
    facts = {"code": code, "outcomes": tuple(move["outcome"] for move in answer.get("moves", ()))}
    if answer.get("ballot", {}).get("exercise") == 1:
        facts["ballot"] = slots_in(answer["ballot"])
    return facts


@pytest.fixture(scope="module")
def workshop(running_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Facilitator:
    file = tmp_path_factory.mktemp("agenda") / "agenda.json"
    file.write_text(json.dumps(AGENDA))
    opened = running_server.runs("workshop", "import", str(file))
    assert opened.returncode == 0, opened.stderr
    workshop = Facilitator(running_server.base, json.loads(opened.stdout))
    workshop.goes_to("vote")
    workshop.withdraws(WITHDRAWN)
    return workshop


@pytest.fixture
def ada(server: Server, workshop: Facilitator) -> Phone:
    workshop.goes_to("vote")
    return somebody(workshop)


def somebody(workshop: Facilitator) -> Phone:
    phone = workshop.phone()
    for moves in BEGINNING:
        assert phone.ask_json(f"/w/{phone.code}/1/dots", {"moves": moves}).json()["ok"]
    return phone


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_move_comes_to_the_same_by_every_lane(workshop: Facilitator, ada: Phone, case: Case) -> None:
    expected = {"status": case.status, "code": case.code, "outcomes": case.outcomes, "ballot": case.ballot}
    facts, ballots = {}, {}
    for name in case.lanes:
        phone = somebody(workshop) if case.changes else ada
        workshop.goes_to(case.phase)
        facts[name] = LANES[name](phone, case)
        workshop.goes_to("vote")
        ballots[name] = phone.slots()
    assert facts == {name: {fact: expected[fact] for fact in facts[name]} for name in facts}
    assert ballots == dict.fromkeys(case.lanes, case.ballot)


def test_the_form_of_somebody_with_no_dot_in_hand_says_so(ada: Phone) -> None:
    """The page's button stays where it is, and its form then names no dot."""
    answer = ada.post(f"/w/{ada.code}/1/dots", {"dot": "", "replaces": "", "response": "2", "op": "none"})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert ada.slots() == BALLOT


@pytest.mark.parametrize("exercise", ["one", "", None, True, 1.5, [1], {}, 2**40, -(10**30)])
def test_a_socket_that_names_no_exercise_is_not_understood(ada: Phone, exercise: Any) -> None:
    assert told(ada.socket().sends("move", {"exercise": exercise, "moves": move(4, 0, 2)}))["code"] == "not_understood"
    assert ada.slots() == BALLOT


@pytest.mark.parametrize("data", [None, 1, True, "move", [], [1, 2], {}, {"exercise": 1}, {"moves": move(4, 0, 2)}])
def test_a_message_that_is_no_move_is_not_understood(ada: Phone, data: Any) -> None:
    assert told(ada.socket().sends("move", data))["code"] == "not_understood"
    assert ada.slots() == BALLOT


@pytest.mark.parametrize("body", ["", "{", "nonsense", "[]", "null", "7", '"moves"', "\0", "[" * 20_000])
def test_a_body_that_is_no_move_is_not_understood(ada: Phone, body: str) -> None:
    headers = {**JSON, "X-CSRFToken": ada.token, "Content-Type": "application/json"}
    answer = ada.http.post(f"{ada.base}/w/{ada.code}/1/dots", data=body, headers=headers, timeout=20)
    assert answer.status_code == 400
    assert not answer.json()["ok"]
    assert ada.slots() == BALLOT

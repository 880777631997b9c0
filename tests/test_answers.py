"""Reading what comes in: whatever it is, it is a move or it is not understood, and never a fault."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from workshop import answers
from workshop.errors import Busy, NotUnderstood, Unacceptable
from workshop.rules import Move

NUMBERS = st.integers(-(2**31) + 1, 2**31 - 1)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
FIELDS = ("dot", "replaces", "response", "op")


@given(NUMBERS, NUMBERS, st.none() | NUMBERS, st.text())
def test_a_move_reads_the_same_as_json_and_as_a_form(dot: int, replaces: int, response: int | None, op: str) -> None:
    move = Move(dot, replaces, response, op)
    as_json = {"dot": dot, "replaces": replaces, "response": response, "op": op}
    as_form = {name: "" if value is None else str(value) for name, value in as_json.items()}
    assert answers.read_move(as_json) == answers.read_move(as_form) == move
    assert answers.read_moves({"exercise": 3, "moves": [as_json]}) == (3, [move])


@given(st.dictionaries(st.sampled_from(FIELDS), JSON) | JSON)
def test_whatever_comes_in_is_a_move_or_not_understood(data: object) -> None:
    try:
        move = answers.read_move(data)
    except NotUnderstood:
        return
    assert isinstance(data, dict)
    assert all(type(number) is int for number in (move.dot, move.replaces, move.response or 0))
    assert isinstance(move.op, str)


@given(JSON | st.fixed_dictionaries({"exercise": JSON, "moves": JSON | st.lists(JSON)}))
def test_whatever_comes_in_is_a_list_of_moves_or_not_understood(data: object) -> None:
    try:
        number, moves = answers.read_moves(data)
    except NotUnderstood:
        return
    assert type(number) is int
    assert all(isinstance(move, Move) for move in moves)


@pytest.mark.parametrize(
    "value",
    [
        "",
        " 1",
        "1 ",
        "1.0",
        "1e3",
        "٣",
        "²",
        "0x1",
        "1_000",
        "+1",
        "--1",
        "9" * 11,
        2**31,
        -(2**31),
        1.0,
        True,
        [1],
        {},
    ],
)
def test_a_number_is_written_in_plain_digits(value: object) -> None:
    with pytest.raises(NotUnderstood) as refused:
        answers.read_move({"dot": value, "replaces": 0, "response": 1, "op": "a"})
    assert "“dot” is a whole number." in str(refused.value)


@pytest.mark.parametrize("missing", FIELDS)
def test_a_field_that_is_missing_is_a_slip_and_no_wish(missing: str) -> None:
    move = {"dot": 1, "replaces": 0, "response": None, "op": "a"}
    with pytest.raises(NotUnderstood):
        answers.read_move({name: value for name, value in move.items() if name != missing})


def test_an_error_is_a_code_and_a_sentence_with_its_values(app: Flask) -> None:
    with app.test_request_context():
        assert answers.failed(Busy("Try again.")) == {"ok": False, "error": {"code": "busy", "message": "Try again."}}
        error = Unacceptable("%(most)s on one response is the most.", code="most_per_response", most=2)
        assert answers.failed(error)["error"] == {
            "code": "most_per_response",
            "message": "2 on one response is the most.",
        }


def test_a_sentence_may_have_a_percent_sign_where_it_has_no_values(app: Flask) -> None:
    with app.test_request_context():
        assert answers.sentence(Busy("The disk is 100 % full.")) == "The disk is 100 % full."

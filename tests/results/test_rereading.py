"""A file of ballots that somebody was given: what is not one is refused in a sentence, whatever it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.results.ballot_files import SEAL, exercise, result, told, votes, written
from workshop.errors import NotUnderstood
from workshop.results import recount, rereading

BALLOTS = [{1: 2, 3: 1}, {1: 1, 2: 7}]


@given(vote=votes)
def test_what_was_written_is_read_again(vote: tuple[list[dict[int, int]], int]) -> None:
    ballots, responses = vote
    file = written(ballots, responses, run_off_of=3)
    read = rereading.read(file)
    assert [*read.ballots] == recount.mixed(ballots)
    assert (read.title, read.code, read.exercise, read.allowance) == ("Town centre", "K74M2P", 1, 8)
    assert (read.fingerprint, read.run_off_of) == (recount.fingerprint(file), 3)
    assert {number: each.text for number, each in read.responses.items()} == {
        number: f"Response {number}" for number in range(1, responses + 1)
    }
    assert read.columns == {"yes": "YES", "no": "NO"}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda it: it.pop("format"), "This is not a file of ballots: its “format” is not “Eight Dots ballots”."),
        (lambda it: it.update(version=2), "This file of ballots is of another version than this program knows."),
        (lambda it: it.pop("workshop"), "“workshop” is not an object."),
        (lambda it: it["workshop"].update(title=3), "“workshop.title” is not a text."),
        (lambda it: it["exercise"].update(allowance=0), "“exercise.allowance” is not a whole number from 1 to 20."),
        (lambda it: it["exercise"].update(allowance=True), "“exercise.allowance” is not a whole number from 1 to 20."),
        (lambda it: it["exercise"].update(number="1"), "“exercise.number” is not a whole number from 1 to 1000000000."),
        (lambda it: it.update(columns={}), "“columns” is not a list."),
        (lambda it: it["responses"].append("R9"), "“responses[5]” is not an object."),
        (lambda it: it["responses"].append(it["responses"][0]), "R1 stands in this file twice."),
        (lambda it: it["responses"][0].update(side="maybe"), "R1 is in a column that the file does not have."),
        (
            lambda it: it["responses"][0].update(merged=[0]),
            "“responses[1].merged” is not a whole number from 1 to 1000000000.",
        ),
        (lambda it: it["ballots"].append([1]), "“ballots[3]” is not an object."),
        (lambda it: it["ballots"].append({}), "“ballots[3]” holds no dot."),
        (lambda it: it["ballots"].append({"R1": 9}), "“ballots[3]” holds more dots than anybody had."),
        (lambda it: it["ballots"].append({"R1": -1}), "“ballots[3].R1” is not a whole number from 1 to 1000000000."),
        (lambda it: it["ballots"].append({"R1": 1.0}), "“ballots[3].R1” is not a whole number from 1 to 1000000000."),
        (
            lambda it: it["ballots"].append({"R5": 1}),
            "“ballots[3]” has dots on a response that the file does not have.",
        ),
        (
            lambda it: it["ballots"].append({"R٣": 1}),
            "“ballots[3]” has dots on a response that the file does not have.",
        ),
        (
            lambda it: it["ballots"].append({"R01": 1}),
            "“ballots[3]” has dots on a response that the file does not have.",
        ),
        (
            lambda it: it["exercise"].update(most_per_response=6),
            "“ballots[2]” holds more dots on one response than were allowed.",
        ),
        (
            lambda it: it["columns"][1].update(allowance=6),
            "“ballots[2]” holds more dots in one column than were allowed.",
        ),
        (lambda it: it.update(on_paper=3), "“on_paper” is not a whole number from 0 to 2."),
        (lambda it: it["tally"].pop(), "The tally of this file is not of the responses that it has."),
    ],
)
def test_what_is_wrong_with_a_file_is_said(change: Callable[[Any], Any], sentence: str) -> None:
    document = told(BALLOTS)
    # Sorted differently each time it would be another ballot that is wrong.
    document["ballots"] = [{"R1": 2, "R3": 1}, {"R1": 1, "R2": 7}]
    change(document)
    with pytest.raises(NotUnderstood) as refused:
        rereading.read(json.dumps(document).encode())
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (b"", "This is not JSON."),
        (b"\xff\xfe\x00", "This is not JSON."),
        (b"[]", "This is not a JSON object."),
        (b'{"format": NaN}', "This is not JSON."),
        (b'{"version": ' + b"9" * 10_000 + b"}", "This is not JSON."),
        (b"[" * 200_000, "This is not JSON."),
        (b'{"format": 1, "format": 2}', "A name stands twice in one of the objects of this file."),
        (b" " * (rereading.LARGEST + 1), "This file is too large to be one of ballots."),
    ],
    ids=lambda it: it[:20],
)
def test_what_is_no_file_of_ballots_at_all_is_refused(file: bytes, sentence: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        rereading.read(file)
    assert str(refused.value) == sentence


def test_a_ballot_that_names_a_response_twice_is_refused() -> None:
    file = written([{1: 2}]).replace(b'{"R1": 2}', b'{"R1": 2, "R1": 3}')
    with pytest.raises(NotUnderstood, match="A name stands twice"):
        rereading.read(file)


def test_a_file_that_would_be_counted_for_hours_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rereading, "MOST_MARKS", 7)
    with pytest.raises(NotUnderstood, match="more ballots and responses than can be counted again"):
        rereading.read(written(BALLOTS))
    assert rereading.read(written([{1: 1}])).ballots == [{1: 1}]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(value=anything, data=st.data())
def test_whatever_stands_in_a_file_it_is_read_or_refused(value: Any, data: st.DataObject) -> None:
    document = told(BALLOTS)
    at: Any = document
    while True:
        places = sorted(at) if isinstance(at, dict) else [*range(len(at))]
        place = data.draw(st.sampled_from(places))
        if not (isinstance(at[place], (dict, list)) and at[place]) or data.draw(st.booleans()):
            at[place] = value
            break
        at = at[place]
    try:
        read = rereading.read(json.dumps(document).encode())
    except NotUnderstood:
        return
    assert all(sum(ballot.values()) <= read.allowance for ballot in read.ballots)


@given(place=st.integers(0), byte=st.integers(0, 255))
def test_whatever_byte_is_changed_the_file_is_refused_or_has_another_fingerprint(place: int, byte: int) -> None:
    file = bytearray(recount.write(exercise(), result(BALLOTS), SEAL))
    before = recount.fingerprint(bytes(file))
    file[place % len(file)] ^= byte or 1
    try:
        read = rereading.read(bytes(file))
    except NotUnderstood:
        return
    assert read.fingerprint != before

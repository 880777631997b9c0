"""A file of ballots counted again by the program: it must come to the result."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import Room
from tests.results.ballot_files import exercise, result, told, votes, written
from workshop import agenda
from workshop.ballot_box import BallotBox
from workshop.demo import example
from workshop.errors import NotUnderstood
from workshop.models import Workshop
from workshop.results import agreement, counting, downloads, recount, recounting, reporting, rereading
from workshop.results.breadth import breadth
from workshop.results.recounting import Recount
from workshop.results.stability import stability
from workshop.rules import Move
from workshop.store import Store

DOCS = (Path(__file__).resolve().parents[2] / "docs" / "recount.md").read_text()

Vote = tuple[list[dict[int, int]], int]


def again(file: bytes, **line: int) -> Recount:
    return recounting.recount(rereading.read(file), **line)


# Against the product --------------------------------------------------------------------------------------------------


@given(vote=votes, places=st.integers(1, 6))
def test_what_is_counted_again_is_the_result(vote: Vote, places: int) -> None:
    ballots, responses = vote
    counted = result(ballots, responses)
    found = again(written(ballots, responses), places=places)
    assert [(row.number, row.rank, row.shared, row.dots, row.people) for row in found.rows.values()] == [
        *map(tuple, counted.standings)
    ]
    assert {row.number: row.share for row in found.rows.values()} == {
        each.response: counted.share(each) for each in counted.standings
    }
    broad = breadth(ballots, counted.standings)
    assert {row.number: (row.largest, row.rank_by_people) for row in found.rows.values()} == {
        number: (each.largest, each.rank) for number, each in broad.items()
    }
    assert found.stability == stability(ballots, counted.responses, places=places)
    for side in ("yes", "no"):
        assert [(row.number, row.rank, row.shared, row.dots, row.people) for row in found.on_side(side)] == [
            *map(tuple, counted.on_side(side))
        ]
    assert (found.used, found.available) == (counted.in_tally, 8 * len(ballots))
    assert found.own_differences() == []


def test_a_result_that_was_worked_out_by_hand() -> None:
    # R1 has 5 from 2, R2 has 5 from 1, R3 has 2 from 2, R4 nothing.
    found = again(written([{1: 4, 3: 1}, {1: 1, 3: 1}, {2: 5}]), places=2)
    assert [tuple(row) for row in found.rows.values()] == [
        (1, 1, True, 5, 2, 5 / 12, 4, 1),
        (2, 1, True, 5, 1, 5 / 12, 5, 3),
        (3, 3, False, 2, 2, 2 / 12, 1, 1),
        (4, 4, False, 0, 0, 0.0, 0, 4),
    ]
    # Without the first ballot R1 ties with R3; without the second R2 leads alone; without the third R2 has none.
    assert {number: (each.best, each.worst, each.verdict) for number, each in found.stability.items()} == {
        1: (1, 2, "one person decides"),
        2: (1, 3, "one person decides"),
        3: (2, 3, "one person decides"),
        4: (3, 4, "safe"),
    }
    assert found.line is not None
    assert (found.line.above, found.line.margin) == ([1, 2], 3)


def test_a_tally_that_is_not_that_of_the_ballots_is_found() -> None:
    document = told([{1: 2, 3: 1}, {1: 1}])
    document["tally"][0]["dots"] = 4
    assert again(json.dumps(document).encode()).own_differences() == [
        "R1 has 3 dots from 2 people, and the file's tally says 4 from 2"
    ]


# Against the files ----------------------------------------------------------------------------------------------------


class Files:
    """Both files of one vote."""

    def __init__(self, room: Room) -> None:
        with room.store.reading() as session:
            found = session.get_one(Workshop, room.id)
            counted = counting.count(session, found.exercise)
            self.ballots = recount.written(session, found.exercise, counted)
            self.results = json.loads(downloads.write("json", reporting.report(session, found.exercise, counted)))

    def figures(self) -> list[agreement.Figure]:
        places, share = agreement.line_of(self.results)
        return agreement.compare(
            recounting.recount(rereading.read(self.ballots), places=places, share=share), self.results
        )

    def differences(self) -> list[str]:
        return [str(each) for each in self.figures() if not each.agrees]


@pytest.fixture
def files(store: Store, box: BallotBox) -> Files:
    """LocalGovCamp 2019 with made-up dots, and a line."""
    room = Room(store, box, random.Random(), agenda.from_json(example()))
    people = [room.person() for _ in range(8)]
    room.goes_to("vote")
    for place, person in enumerate(people):
        moves = [Move(dot, 0, 1 + (place + dot) ** 2 % 20, "a") for dot in range(1, 9)]
        assert person.casts(moves).outcomes == ["moved"] * 8
    with store.change(room.id) as session:
        session.get_one(Workshop, room.id).exercise.cut = 4
    room.goes_to("discuss")
    return Files(room)


def test_ballots_and_results_of_a_vote_agree_in_every_figure(files: Files) -> None:
    assert files.differences() == []
    compared = {each.where for each in files.figures()}
    assert len(compared) > 150
    assert {"people", "dots.used", "line.forward", "line.margin", "check.sum_of_tally", "fingerprint"} <= compared
    facts = (
        "rank",
        "dots",
        "people",
        "share",
        "largest",
        "rank_by_people",
        "best_rank",
        "worst_rank",
        "place",
        "verdict",
    )
    assert {f"R{number} {fact}" for number in range(1, 21) for fact in facts} <= compared


@pytest.mark.parametrize(
    ("at", "value", "difference"),
    [
        (("R5", "dots"), 99, "R5 dots: the ballots say "),
        (("R5", "rank"), True, "R5 rank: the ballots say 1, the results True"),
        (("R5", "share"), 0.5, "R5 share: the ballots say "),
        (
            ("R5", "response"),
            "Another",
            "R5 response: the ballots say 'GDS Service Standard as the method', the results 'Another'",
        ),
        (("R5", "side"), "no", "R5 side: the ballots say 'yes', the results 'no'"),
        (("R5", "largest"), "5\x1b[2J", "the results '5\\x1b[2J'"),
        (("R5", "best_rank"), 7, "R5 best_rank: the ballots say 1, the results 7"),
        (("R5", "worst_rank"), None, "R5 worst_rank: the ballots say "),
        (("R5", "rank_by_people"), 20, "R5 rank_by_people: the ballots say "),
        (("R5", "verdict"), "certain", "R5 verdict: the ballots say "),
        (("R5", "merged"), [{"number": 7}], "R5 merged: the ballots say [], the results [7]"),
        (("R5", "number"), 99, "results: the responses, in order of rank: the ballots say [5, "),
        (("line", "forward"), [5], "line.forward: the ballots say "),
        (("line", "tied"), [1, 2], "line.tied: the ballots say "),
        (("line",), None, "line: the ballots say "),
        (("people",), 9, "people: the ballots say 8, the results 9"),
        (("on_paper",), 1, "on_paper: the ballots say 0, the results 1"),
        (("dots", "used"), 63, "dots.used: the ballots say 64, the results 63"),
        (("check", "sum_of_ballots"), 63, "check.sum_of_ballots: the ballots say 64, the results 63"),
        (("exercise", "allowance"), 9, "exercise.allowance: the ballots say 8, the results 9"),
        (("workshop", "code"), "222222", "workshop.code: the ballots say "),
        (("fingerprint",), "0" * 64, "fingerprint: the ballots say "),
    ],
)
def test_a_figure_that_was_changed_is_found(files: Files, at: tuple[Any, ...], value: Any, difference: str) -> None:
    there = files.results | {f"R{row['number']}": row for row in files.results["results"]}
    for name in at[:-1]:
        there = there[name]
    (there if len(at) > 1 else files.results)[at[-1]] = value
    assert [each for each in files.differences() if difference in each]


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"results": 3},
        {"results": [3]},
        {"results": [{"number": True}]},
        {"results": [], "exercise": {"cut": "4"}},
        {"results": [], "exercise": {"cut_share": 101}},
        {"results": [], "exercise": {}, "workshop": {}, "dots": None},
    ],
)
def test_what_is_no_file_of_results_is_refused(files: Files, broken: dict[str, Any]) -> None:
    files.results = broken
    with pytest.raises(NotUnderstood):
        files.figures()


def test_themes_are_those_of_the_results() -> None:
    rows = [
        {"number": 2, "theme": "Getting here"},
        {"number": 1, "theme": None},
        {"number": 3, "theme": "Getting here"},
    ]
    assert agreement.themes_of({"results": rows}) == {"Getting here": [2, 3]}
    found = again(written([{1: 1, 2: 2}, {3: 2}]))
    assert [(row.number, row.rank, row.shared, row.dots) for row in found.among([2, 3])] == [
        (2, 1, True, 2),
        (3, 1, True, 2),
    ]


def test_every_field_of_the_file_is_in_the_docs() -> None:
    described = set(re.findall(r"`(\w+)`", DOCS.partition("| field | holds |")[2].partition("\n\n")[0]))
    document = told([{1: 1}], sides=exercise().sides)
    inner = {name for each in document.values() if isinstance(each, dict) for name in each}
    rows = {name for key, each in document.items() if isinstance(each, list) and key != "ballots" for name in each[0]}
    assert {*document, *inner, *rows} <= described

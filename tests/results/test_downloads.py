"""A result as files: parsed again as whoever gets them does, with everything that people write to break them."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import NOW, Room
from workshop import agenda, rules
from workshop.ballot_box import BallotBox
from workshop.demo import example
from workshop.models import Exercise, Response, Side, Theme, Workshop
from workshop.results import downloads, reporting, stamps
from workshop.results.counting import Result
from workshop.results.cutting import Line
from workshop.results.reporting import Report
from workshop.results.talk import Talk
from workshop.rules import Move
from workshop.store import Store

GOLDEN = Path(__file__).parent / "golden"
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")

HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://evil.example","Click")',
    "+44 20 7946 0000",
    "-2 lanes for cars",
    "@council",
    "\tTab first",
    "\rReturn first",
    "\nNew line first",
    "\0Nul first",
    'He said "yes", then left',
    "one\r\ntwo\nthree",
    "a;b,c|d",
    "'quoted",
    "\u202eright to left override",
    "שלום עולם",
    "🎉 party 👩‍👩‍👧‍👦",
    "<script>alert(1)</script>",
    "\ufeffmark",
]


def workshop(**facts: Any) -> Workshop:
    return Workshop(
        **{"code": "K74M2P", "title": "Town centre", "simulated": False, "opened_at": NOW, "door": "open"} | facts
    )


def exercise(**facts: Any) -> Exercise:
    plain = {"number": 1, "prompt": "What matters?", "phase": "discuss", "allowance": 8, "totals": "hidden"}
    sides = [Side(key="yes", sign="tick"), Side(key="no", sign="cross")]
    return Exercise(**plain | {"sides": sides} | facts)


def result(texts: Sequence[str], dots: Sequence[int] | None = None, *, provisional: bool = False) -> Result:
    """One person's dots on some responses."""
    numbers = range(1, len(texts) + 1)
    placed = [
        ("ada", number) for number, count in zip(numbers, dots or [0] * len(texts), strict=True) for _ in range(count)
    ]
    return Result(
        standings=rules.standings(placed, numbers),
        responses={
            number: Response(number=number, side="yes", text=text) for number, text in zip(numbers, texts, strict=True)
        },
        merged={},
        allowance=8,
        joined=1,
        people=1 if placed else 0,
        on_paper=0,
        in_ballots=len(placed),
        in_tally=len(placed),
        provisional=provisional,
    )


def grouped(counted: Result) -> Result:
    """R1 stands for two more, under a theme whose name a spreadsheet would take for a formula; R2's was removed."""
    counted.responses[1].theme, counted.responses[2].theme = 3, 4
    originals = [Response(number=7, text="Parking, free"), Response(number=9, text='"Free" car park')]
    return replace(counted, themes={3: Theme(number=3, name="=Getting here")}, merged={1: originals})


def written(form: str, of: Workshop, asked: Exercise, counted: Result, said: Talk | None = None) -> bytes:
    return downloads.write(form, Report(of, asked, counted, said or Talk()))


def rows(body: bytes) -> list[list[str]]:
    """The cells of a CSV file, as a spreadsheet reads it."""
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def as_csv(counted: Result, **facts: Any) -> list[list[str]]:
    return rows(written("csv", workshop(**facts), exercise(), counted))


# CSV ------------------------------------------------------------------------------------------------------------------


def test_a_file_for_spreadsheets_says_so_and_ends_its_lines_as_they_do() -> None:
    body = written("csv", workshop(), exercise(), result(["Trees", "Benches"], [2, 1]))
    assert body.startswith(
        b"\xef\xbb\xbfrank,number,response,side,dots,people,share,largest,rank_by_people,ranks,verdict,theme,merged,note\r\n"
    )
    assert body.endswith(b"\r\n")
    assert body.count(b"\n") == body.count(b"\r\n") == 4


def test_a_row_is_a_response_and_the_last_row_is_all_of_them() -> None:
    *responses, everything = as_csv(result(["Trees", "Benches", "Shade"], [1, 4, 1]))[1:]
    assert everything[:7] == ["", "", "All responses", "", "6", "1", "100.0%"]
    assert responses == [
        ["1", "R2", "Benches", "YES", "4", "1", "66.7%", *[""] * 7],
        ["2=", "R1", "Trees", "YES", "1", "1", "16.7%", *[""] * 7],
        ["2=", "R3", "Shade", "YES", "1", "1", "16.7%", *[""] * 7],
    ]


def test_whoever_reads_the_file_is_told_that_the_count_was_checked() -> None:
    for dots, sentence in (
        ([3], "Checked: 1 ballot holds 3 dots, and the tally holds the same 3."),
        ([1], "Checked: 1 ballot holds 1 dot, and the tally holds the same 1."),
        ([0], "Checked: 0 ballots hold 0 dots, and the tally holds the same 0."),
    ):
        assert as_csv(result(["Trees"], dots))[-1][-1] == sentence
    wrong = replace(result(["Trees"], [3]), in_ballots=2)
    assert as_csv(wrong)[-1][-1] == "Does not add up: 2 dots in ballots, 3 in the tally. Do not use it."


def test_what_people_write_stays_in_its_cell_and_is_no_formula() -> None:
    cells = [row[2] for row in as_csv(result(HOSTILE))[1:-1]]
    assert cells == [f"'{text}" if text.startswith(FORMULAS) else text for text in HOSTILE]
    assert not any(cell.startswith(FORMULAS) for cell in cells)


def test_a_row_has_its_theme_and_what_was_merged_into_it_a_line_each() -> None:
    counted = grouped(result(["Free parking", "Benches"], [2, 1]))
    assert [row[11:] for row in as_csv(counted)[1:]][:2] == [
        ["'=Getting here", 'R7 Parking, free\nR9 "Free" car park', ""],
        ["", "", ""],
    ]


@given(st.lists(st.text(max_size=20), max_size=8))
def test_whatever_people_write_can_be_read_again(texts: list[str]) -> None:
    table = as_csv(result(texts))
    assert [len(row) for row in table] == [14] * (len(texts) + 2)
    for row, text in zip(table[1:-1], texts, strict=True):
        assert row[2] in (text, f"'{text}")
        assert not any(cell.startswith(FORMULAS) for cell in row)


# JSON -----------------------------------------------------------------------------------------------------------------


def as_json(counted: Result, of: Exercise | None = None, **facts: Any) -> Any:
    return json.loads(written("json", workshop(**facts), of or exercise(), counted))


def test_json_has_everything_as_it_was_written() -> None:
    told = as_json(result(["Trees", "Benches", "Shade"], [1, 4, 1]))
    assert told["workshop"] == {
        "title": "Town centre", "code": "K74M2P", "opened_at": "2019-11-15T00:00:00+00:00", "simulated": False,
        "rehearsal": False,
    }  # fmt: skip
    assert told["exercise"] == {
        "number": 1, "prompt": "What matters?", "phase": "discuss", "allowance": 8, "most_per_response": None,
        "totals": "hidden", "note": "", "cut": None, "cut_share": None, "run_off_of": None,
    }  # fmt: skip
    assert (told["voted"], told["in_the_room"], told["line"]) == (True, None, None)
    assert (told["provisional"], told["joined"], told["people"]) == (False, 1, 1)
    assert told["dots"] == {"used": 6, "available": 8}
    assert {key: told["check"][key] for key in ("sum_of_ballots", "sum_of_tally", "equal")} == {
        "sum_of_ballots": 6, "sum_of_tally": 6, "equal": True,
    }  # fmt: skip
    assert told["results"][1] == {
        "rank": 2, "shared": True, "number": 1, "response": "Trees", "side": "yes", "dots": 1, "people": 1,
        "share": 0.1667, "largest": None, "rank_by_people": None, "best_rank": None, "worst_rank": None, "place": None,
        "verdict": None, "theme": None, "merged": [], "note": "",
    }  # fmt: skip
    assert [(each["rank"], each["shared"]) for each in told["results"]] == [(1, False), (2, True), (2, True)]


@pytest.mark.parametrize(
    ("door", "people", "note"),
    [
        ("open", 0, "1 ballot, 0 in the room. In an open workshop one person may have joined twice."),
        ("slips", 0, "1 ballot, 0 in the room."),
        ("open", 3, "1 ballot, 3 in the room."),
    ],
)
def test_ballots_are_held_against_the_people_in_the_room(door: str, people: int, note: str) -> None:
    shown = workshop(door=door), exercise(in_the_room=people), result(["Trees"], [1])
    told = json.loads(written("json", *shown))
    assert (told["in_the_room"], told["notes"]) == (people, [note])
    assert rows(written("csv", *shown))[-1][-1].startswith(note)


def test_json_says_who_goes_forward_and_how_a_tie_was_settled() -> None:
    counted = result(["Trees", "Benches", "Shade"], [4, 1, 1])
    told = json.loads(written("json", workshop(), exercise(cut=2), replace(counted, line=Line([1], [2, 3], 1))))
    assert told["line"] == {"forward": [1], "tied": [2, 3], "places": 1, "margin": None, "run_off": None}
    assert (told["exercise"]["cut"], told["notes"]) == (2, [])
    settled = replace(counted, line=Line([1], [2, 3], 1, run_off=3, settled=[3]))
    told = json.loads(written("json", workshop(), exercise(cut=2), settled))
    assert told["line"]["forward"] == [1, 3]
    assert told["notes"] == ["The tie across the line was settled by a run-off in exercise 3."]
    told = json.loads(written("json", workshop(), exercise(number=3, run_off_of=1), counted))
    assert told["notes"] == ["This is a run-off among those who tied in exercise 1."]


def test_json_has_themes_and_originals() -> None:
    told = as_json(grouped(result(["Free parking", "Benches"], [2, 1])))["results"]
    assert [each["theme"] for each in told] == ["=Getting here", None]
    assert [each["merged"] for each in told] == [
        [{"number": 7, "response": "Parking, free"}, {"number": 9, "response": '"Free" car park'}],
        [],
    ]


def test_json_keeps_what_people_write_to_the_letter() -> None:
    assert [each["response"] for each in as_json(result(HOSTILE))["results"]] == HOSTILE
    assert "🎉".encode() in written("json", workshop(), exercise(), result(HOSTILE))


def test_json_has_both_prompts_where_there_are_two() -> None:
    told = as_json(
        result([]),
        exercise(
            prompt=None,
            sides=[
                Side(key="yes", sign="tick", prompt="What should?"),
                Side(key="no", sign="cross", prompt="What not?"),
            ],
        ),
    )
    assert told["exercise"]["prompt"] == {"yes": "What should?", "no": "What not?"}


# Notes, and exercises that nobody voted on ----------------------------------------------------------------------------


def test_notes_stand_beside_their_responses_and_that_on_the_exercise_with_it() -> None:
    counted, said = (
        result(["Trees", "Benches"], [1, 4]),
        Talk(notes={0: "A lively room.", 1: "=Where?\nIn the square."}),
    )
    table = rows(written("csv", workshop(), exercise(), counted, said))
    assert [row[table[0].index("note")] for row in table[1:3]] == ["", "'=Where?\nIn the square."]
    assert table[3][table[0].index("note")].startswith("Checked: ")
    told = json.loads(written("json", workshop(), exercise(), counted, said))
    assert told["exercise"]["note"] == "A lively room."
    assert [each["note"] for each in told["results"]] == ["", "=Where?\nIn the square."]


def test_without_a_vote_nothing_is_said_of_dots_and_responses_are_in_the_order_of_their_numbers() -> None:
    # What is left of a vote that was begun must not show, in the order of the rows neither.
    counted, said = result(["Trees", "Benches"], [1, 4]), Talk(notes={2: "Of wood"}, voted=False)
    table = rows(written("csv", workshop(), exercise(), counted, said))
    unknown = dict.fromkeys(("largest", "rank_by_people", "ranks", "verdict"), "")
    assert [dict(zip(table[0], row, strict=True)) for row in table[1:]] == [
        {"rank": "", "number": "R1", "response": "Trees", "side": "YES", "dots": "", "people": "", "share": "",
         **unknown, "theme": "", "merged": "", "note": ""},
        {"rank": "", "number": "R2", "response": "Benches", "side": "YES", "dots": "", "people": "", "share": "",
         **unknown, "theme": "", "merged": "", "note": "Of wood"},
        {"rank": "", "number": "", "response": "All responses", "side": "", "dots": "", "people": "", "share": "",
         **unknown, "theme": "", "merged": "", "note": "A vote was begun and not finished."},
    ]  # fmt: skip
    told = json.loads(written("json", workshop(), exercise(), counted, said))
    assert (told["voted"], told["people"], told["dots"], told["check"]) == (False, None, None, None)
    assert [{key: each[key] for key in ("rank", "shared", "number", "dots", "people", "share", "note")}
            for each in told["results"]] == [
        {"rank": None, "shared": None, "number": 1, "dots": None, "people": None, "share": None, "note": ""},
        {"rank": None, "shared": None, "number": 2, "dots": None, "people": None, "share": None, "note": "Of wood"},
    ]  # fmt: skip


def test_a_file_without_a_vote_says_so() -> None:
    said = Talk(voted=False)
    for simulated, sentences in (
        (False, ["No vote was taken."]),
        (True, ["Simulated: these responses are not from people.", "No vote was taken."]),
    ):
        of = workshop(simulated=simulated)
        told = json.loads(written("json", of, exercise(), result(["Trees"]), said))
        assert told["notes"] == sentences
        assert rows(written("csv", of, exercise(), result(["Trees"]), said))[-1][-1] == " ".join(sentences)


# Stamps and names -----------------------------------------------------------------------------------------------------


def test_a_provisional_result_says_so_everywhere() -> None:
    counted = result(["Trees"], [1], provisional=True)
    assert as_csv(counted)[-1][-1].startswith("Provisional: dots can still move. Checked: ")
    told = as_json(counted)
    assert (told["provisional"], told["notes"]) == (True, ["Provisional: dots can still move."])
    assert stamps.file_name("csv", workshop(), exercise(), counted) == (
        "2019-11-15_town-centre_ex1-results-provisional.csv"
    )


def test_a_simulated_result_says_so() -> None:
    counted = result(["Trees"], [1])
    assert as_csv(counted, simulated=True)[-1][-1].startswith("Simulated: these dots were not placed by people. ")
    told = as_json(counted, simulated=True)
    assert (told["workshop"]["simulated"], told["notes"]) == (
        True, ["Simulated: these dots were not placed by people."],
    )  # fmt: skip


def test_a_real_and_final_result_has_no_stamp() -> None:
    counted = result(["Trees"], [1])
    assert as_csv(counted)[-1][-1].startswith("Checked: ")
    assert as_json(counted)["notes"] == []


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Town centre", "town-centre"),
        ("  Größe & Fläche!  ", "groe-flache"),
        ("../../etc/passwd", "etc-passwd"),
        ('a"b\r\nSet-Cookie: x', "a-b-set-cookie-x"),
        ("שלום", "workshop"),
        ("🎉", "workshop"),
        ("x" * 100, "x" * 40),
        ("a" * 39 + " b", "a" * 39),
    ],
)
def test_a_files_name_says_which_workshop_and_harms_nobody(title: str, slug: str) -> None:
    name = stamps.file_name("json", workshop(title=title), exercise(number=2), result([]))
    assert name == f"2019-11-15_{slug}_ex2-results.json"


# The first workshop of all --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["csv", "json"])
def test_the_first_workshop_counted_again_gives_the_same_files(store: Store, box: BallotBox, form: str) -> None:
    """LocalGovCamp 2019 with made-up dots: eight people, eight dots each. The files are kept in `golden/`."""
    room = Room(store, box, random.Random(f"2019 as {form}"), replace(agenda.from_json(example()), simulated=True))
    people = [room.person() for _ in range(8)]
    room.goes_to("vote")
    for place, person in enumerate(people):
        # Squares modulo 20 crowd on a few responses, as people's dots do.
        moves = [Move(dot, 0, 1 + (place + dot) ** 2 % 20, "a") for dot in range(1, 9)]
        assert person.casts(moves).outcomes == ["moved"] * 8
    room.goes_to("discuss")
    with store.reading() as session:
        found = session.get_one(Workshop, room.id)
        # The fingerprint holds a secret of the workshop's own.
        report = replace(reporting.report(session, found.exercise), fingerprint="0" * 64)
        body = downloads.write(form, report).replace(found.code.encode(), b"K74M2P")
    assert body == (GOLDEN / f"localgovcamp-2019.{form}").read_bytes()

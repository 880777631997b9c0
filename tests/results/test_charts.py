"""The ranking as a picture: read as XML, as whoever draws it does, and counted mark by mark."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.cast import NOW
from workshop import rules
from workshop.documents import drawing
from workshop.models import Exercise, Response, Side, Workshop
from workshop.results import charts, lettering
from workshop.results.counting import Result
from workshop.results.cutting import draw
from workshop.results.reporting import Report
from workshop.results.talk import Talk

Votes = Sequence[tuple[str, int]]
XML = "{http://www.w3.org/2000/svg}"


def report(votes: Votes, *, cut: int | None = None, texts: Sequence[str] = (), provisional: bool = False) -> Report:
    """A result with one response for each (column, dots), all placed by one person."""
    keys = sorted({side for side, _ in votes}, key=["yes", "no", "open", "a", "b", "c", "d", "e"].index)
    named = {key: None if key in ("yes", "no", "open") else f"Column {key.upper()}" for key in keys}
    sides = [Side(key=key, place=place, name=named[key], sign="tick") for place, key in enumerate(keys, start=1)]
    exercise = Exercise(number=1, prompt="What matters?", allowance=8, sides=sides, phase="discuss")
    workshop = Workshop(code="K74M2P", title="Town centre", simulated=False, opened_at=NOW)
    ballot = {number: dots for number, (_, dots) in enumerate(votes, start=1) if dots}
    responses = {
        number: Response(number=number, side=side, text=texts[number - 1] if texts else f"Response {number}")
        for number, (side, _) in enumerate(votes, start=1)
    }
    standings = rules.standings_of([ballot], responses)
    dots = sum(ballot.values())
    line = None if cut is None else draw(standings, cut)
    result = Result(standings, responses, {}, 8, 1, 1, 0, dots, dots, provisional, ballots=[ballot], line=line)
    return Report(workshop, exercise, result, Talk())


def drawn(*given: Any, **more: Any) -> ElementTree.Element:
    return ElementTree.fromstring(charts.svg(*given, **more))


def words(picture: ElementTree.Element) -> list[str]:
    return ["".join(each.itertext()).strip() for each in picture.iter(f"{XML}text")]


def marks(picture: ElementTree.Element, kind: str = "") -> list[ElementTree.Element]:
    """The marks and bars in its rows, of one filling or of all."""
    rows = [row for row in picture.iter(f"{XML}g") if row.get("class") == "row"]
    return [each for row in rows for each in row if (each.get("class") or "").startswith(f"plotted {kind}".rstrip())]


def said(picture: ElementTree.Element) -> tuple[str, str]:
    """What a screen reader says: the title and the description that the picture is labelled with."""
    by_id = {each.get("id"): each.text or "" for each in picture.iter()}
    title, description = (by_id[name] for name in (picture.get("aria-labelledby") or "").split())
    return title, description


def test_there_is_one_mark_for_each_dot_and_its_number_beside_it() -> None:
    picture = drawn(report([("yes", 7), ("no", 3), ("yes", 0)]))
    assert (len(marks(picture, "solid")), len(marks(picture, "striped"))) == (7, 3)
    assert [each.text for each in picture.iter(f"{XML}text") if each.get("class") == "dots"] == ["7", "3", "0"]


def test_a_column_is_told_by_its_filling_and_not_by_colour_alone() -> None:
    picture = drawn(report([("a", 5), ("b", 4), ("c", 3), ("d", 2), ("e", 1)]))
    patterns = {each.get("id") for each in picture.iter(f"{XML}pattern")}
    filled = [each.get("fill") or "" for each in marks(picture)]
    assert patterns == {"chart-striped", "chart-spotted", "chart-lined"}
    assert {each.removeprefix("url(#").rstrip(")") for each in filled if each.startswith("url")} == patterns
    assert len(set(filled)) == 5
    assert "Column B – striped" in words(picture)


@pytest.mark.parametrize(("most", "expected"), [(30, 31), (31, 2)])
def test_a_row_that_is_too_long_to_count_becomes_a_bar(most: int, expected: int) -> None:
    picture = drawn(report([("open", most), ("open", 1)]))
    assert len(marks(picture)) == expected
    lengths = [float(each.get("width", "0")) for each in marks(picture)]
    if most == 31:
        assert lengths[0] / lengths[1] == pytest.approx(31, rel=0.01)


@pytest.mark.parametrize(
    ("dots", "sentence"),
    [
        ((12, 4, 3), "R1 has most dots: 12 of 19"),
        ((4, 6, 6), "R2 and R3 have most dots: 6 of 16 each"),
        ((2,) * 8, "8 responses have most dots: 2 of 16 each"),
        ((0, 0), "No response has a dot."),
        ((), "No response has a dot."),
    ],
)
def test_the_title_says_the_finding(dots: tuple[int, ...], sentence: str) -> None:
    made = report([("open", each) for each in dots])
    assert charts.finding(made) == sentence
    if dots:
        assert said(drawn(made))[0] == sentence


def test_whoever_hears_it_is_told_every_figure() -> None:
    _, description = said(drawn(report([("yes", 3), ("no", 3), ("no", 1)])))
    assert "YES solid, NO striped." in description
    assert description.endswith("1= R1: 3; 1= R2: 3; 3 R3: 1.")


def test_the_line_is_drawn_under_what_goes_forward_and_another_under_the_tie_across_it() -> None:
    picture = drawn(report([("open", 5), ("open", 3), ("open", 3), ("open", 1)], cut=2))
    rules_at = [float((each.get("d") or "M0 0").split()[1].split("H")[0]) for each in picture.iter(f"{XML}path")]
    ranks_at = [float(each.get("y", "0")) for each in picture.iter(f"{XML}text") if each.get("class") == "rank"]
    first, second = rules_at
    assert ranks_at[0] < first < ranks_at[1] < ranks_at[2] < second < ranks_at[3]
    # Words under a rule would be the heading of what does not go forward.
    words_at = [
        (each.text or "", float(each.get("y", "0")))
        for each in picture.iter(f"{XML}text")
        if each.get("class") == "rule"
    ]
    assert words_at[0][0] == "This one goes forward."
    assert ranks_at[0] < words_at[0][1] < first
    tie = [y for text, y in words_at if text.startswith("R2 and R3 tie across the line.")]
    assert ranks_at[2] < tie[0] <= words_at[-1][1] < second
    assert [each.get("stroke-dasharray") for each in picture.iter(f"{XML}path")] == [None, "6 4"]


def test_one_column_has_ranks_of_its_own_and_no_line() -> None:
    picture = drawn(report([("yes", 5), ("no", 3), ("no", 2)], cut=1), "no")
    assert [each.text for each in picture.iter(f"{XML}text") if each.get("class") == "rank"] == ["1", "2"]
    assert list(picture.iter(f"{XML}path")) == []
    assert said(picture)[0] == "NO: R2 has most dots: 3 of 5"
    assert len(marks(picture, "striped")) == 5


HOSTILE = [
    "<script>alert(1)</script> & 'more'",
    "\0\x0b\ufffe\u202eback",
    "w" * 400,
    "خدمات عامة مفتوحة للجميع (2026)",
    "🎉 👩‍👩‍👧‍👦",
]


@pytest.mark.parametrize("shape", [charts.ALONE, charts.WIDE, charts.NARROW, charts.SHEET], ids=lambda each: each.name)
def test_whatever_people_write_it_is_a_picture_and_nothing_else(shape: charts.Shape) -> None:
    made = report([("yes", 2)] * len(HOSTILE), texts=HOSTILE)
    picture = drawn(made, None, shape)
    assert {each.tag.removeprefix(XML) for each in picture.iter()} <= {
        "svg", "title", "desc", "defs", "pattern", "rect", "circle", "path", "g", "text", "tspan",
    }  # fmt: skip
    assert "<script>alert(1)</script>" in " ".join(words(picture))
    assert drawing.png(charts.svg(made, None, shape), 300).startswith(b"\x89PNG")


def test_on_a_page_there_are_as_many_as_have_room_and_a_tie_is_not_cut() -> None:
    made = report([("open", 5)] * 18 + [("open", 1)] * 5)
    assert len(list(drawn(made, None, charts.WIDE).iter(f"{XML}g"))) == 18
    assert not charts.is_whole(made, charts.WIDE)
    assert len(list(drawn(made).iter(f"{XML}g"))) == 23
    tied = report([("open", 1)] * 30)
    assert len(list(drawn(tied, None, charts.WIDE).iter(f"{XML}g"))) == charts.WIDE.most


def test_two_charts_on_one_page_have_no_id_in_common() -> None:
    made = report([("yes", 2), ("no", 1)])
    ids = [{each.get("id") for each in drawn(made, None, shape).iter()} for shape in (charts.WIDE, charts.NARROW)]
    assert ids[0] & ids[1] == {None}


def test_a_file_that_may_change_says_so() -> None:
    made = report([("yes", 1)], provisional=True)
    assert "1 person used 1 of 8 dots. Provisional: dots can still move." in words(drawn(made))
    assert charts.file_name(made, "svg") == "2019-11-15_town-centre_ex1-chart-provisional.svg"
    assert charts.file_name(report([("yes", 1)]), "png", "yes") == "2019-11-15_town-centre_ex1-chart-yes.png"


def test_the_same_result_is_the_same_picture_in_the_size_that_was_asked_for() -> None:
    made = report([("yes", 3), ("no", 2)])
    picture = drawing.png(charts.svg(made), 640)
    width, height = struct.unpack(">II", picture[16:24])
    assert width == 640
    assert 100 < height < 640
    assert picture == drawing.png(charts.svg(made), 640)


@pytest.mark.parametrize("size", [12, 15, 23])
def test_lines_are_no_wider_than_their_room_and_no_word_is_lost(size: float) -> None:
    text = "A council that listens to everybody, and " + "keeps its promises to them " * 6
    broken = lettering.lines(text, size, 240)
    assert " ".join(broken).split() == text.split()
    assert all(lettering.width(line, size) <= 240 for line in broken)


def test_what_has_no_room_ends_in_an_ellipsis() -> None:
    broken = lettering.lines("word " * 80, 15, 200, most=2)
    assert len(broken) == 2
    assert broken[1].endswith("…")
    assert lettering.width(broken[1], 15) <= 200


def test_right_to_left_stays_together() -> None:
    (line,) = lettering.lines("שלום, עולם (2026)", 15, 400)
    assert (line[0], line[-1]) == ("\u2068", "\u2069")

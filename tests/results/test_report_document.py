"""A report as a document: what it says is what was counted, in every form that it is written in."""

from __future__ import annotations

import html
import io
import random
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast import Room
from tests.documents.samples import HOSTILE, SVG
from tests.results.test_downloads import exercise, workshop
from tests.results.test_workbook import counted, report
from tests.test_printing import kinds, letters, pages, words
from workshop import documents
from workshop.ballot_box import BallotBox
from workshop.documents import Bullets, Document, Facts, Figure, Heading, Paragraph, Table
from workshop.models import Exercise, Response, Side, Theme
from workshop.results.as_document import as_document
from workshop.results.cutting import Line, draw
from workshop.results.findings import Finding
from workshop.results.report_document import document
from workshop.results.reporting import Report
from workshop.results.rows import rows, show_share
from workshop.results.talk import Talk
from workshop.store import Store


def yes_and_no(**facts: Any) -> Exercise:
    sides = [Side(key="yes", place=1, sign="tick"), Side(key="no", place=2, sign="cross")]
    return exercise(**{"allowance": 4, "cut": 1, "sides": sides} | facts)


def of_two_columns() -> Report:
    result = counted(("Trees", "Cars", "Shade"))
    result.responses[2].side = "no"
    return report(result, yes_and_no())


def without_a_vote() -> Report:
    shown = report(replace(counted(), people=0))
    first, *others = shown.result.responses.values()
    by_theme: Sequence[tuple[Theme | None, Sequence[Response]]] = [
        (Theme(number=1, name="Green"), [first]),
        (None, others),
    ]
    return replace(
        shown, talk=Talk({0: "A lively room", 2: "What is meant?"}, by_theme, voted=False), findings=[], fingerprint=""
    )


def headings(shown: Document) -> list[tuple[int, str]]:
    return [(block.level, block.text) for block in shown.blocks if isinstance(block, Heading)]


def texts(shown: Document) -> list[str]:
    return [block.text for block in shown.blocks if isinstance(block, Paragraph)]


def tables(shown: Document) -> dict[str, Table]:
    return {block.caption: block for block in shown.blocks if isinstance(block, Table)}


def facts(shown: Document) -> dict[str, str]:
    return {name: what for block in shown.blocks if isinstance(block, Facts) for name, what in block.pairs}


def under(shown: Document, heading: str) -> list[str]:
    """What stands between a heading and the next, paragraphs and points."""
    said: list[str] = []
    is_here = False
    for block in shown.blocks:
        if isinstance(block, Heading):
            is_here = block.text == heading
        elif is_here and isinstance(block, Paragraph):
            said.append(block.text)
        elif is_here and isinstance(block, Bullets):
            said.extend(block.texts)
    return said


# The whole report -----------------------------------------------------------------------------------------------------


def test_it_begins_with_the_headline_and_what_was_asked() -> None:
    shown = document(report())
    assert (shown.title, texts(shown)[0]) == ("Town centre", "3 people used 12 of 12 dots.")
    assert facts(shown) == {
        "Date": "15 November 2019",
        "Exercise": "1",
        "Question": "What matters?",
        "Dots each": "4",
        "People who joined": "4",
        "People who voted": "3",
        "Dots used": "12 of 12",
    }


def test_its_ranking_is_the_result() -> None:
    told = report()
    (ranking,) = [table for caption, table in tables(document(told)).items() if caption == "All responses"]
    assert ranking.columns == ["Rank", "Number", "Response", "Dots", "People", "Share of dots"]
    for row, standing in zip(ranking.shown, told.result.standings, strict=True):
        response = told.result.responses[standing.response]
        assert row == [
            f"{standing.rank}{'=' if standing.shared else ''}", f"R{standing.response}", response.text,
            str(standing.dots), str(standing.people), show_share(standing.dots / 12),
        ]  # fmt: skip


def test_how_far_a_rank_can_be_trusted_is_what_was_worked_out() -> None:
    told = report()
    table = tables(document(told))["One person's part, people instead of dots, any one ballot left out"]
    assert table.columns == ["Rank", "Number", "Response", "Most from one", "Rank by people", "Ranks", "Holds?"]
    assert [row[3:] for row in table.rows] == [
        [row.breadth and row.breadth.largest, row.rank_by_people, row.ranks, row.verdict] for row in rows(told)
    ]
    assert table.rows[0][3:] == [3, "1=", "1–3", "one person decides"]


def test_several_columns_are_ranked_together_and_each_by_itself() -> None:
    shown = document(of_two_columns())
    together = tables(shown)["YES and NO together"]
    assert [row[3] for row in together.rows] == ["YES", "YES", "NO"]
    assert [row[:3] for row in tables(shown)["YES alone"].rows] == [["1", "R3", "Shade"], ["2", "R1", "Trees"]]
    assert [row[:3] for row in tables(shown)["NO alone"].rows] == [["1", "R2", "Cars"]]
    assert "YES alone" not in tables(document(report()))


def test_what_goes_forward_is_named_with_its_dots() -> None:
    assert under(document(report()), "What goes forward") == [
        "This one goes forward.", "R3 Shade & shelter (5 dots from 2 people)",
    ]  # fmt: skip


def test_a_tie_across_the_line_is_never_cut() -> None:
    result = counted(("Trees", "Benches", "Shade"), [{1: 2, 2: 1, 3: 1}])
    told = report(replace(result, line=draw(result.standings, 2)))
    assert under(document(told), "What goes forward") == [
        "This one goes forward.",
        "R1 Trees (2 dots from 1 person)",
        "R2 and R3 tie across the line. 1 place is open between them.",
        "R2 Benches (1 dot from 1 person)",
        "R3 Shade (1 dot from 1 person)",
    ]
    settled = replace(told, result=replace(result, line=Line([1], [2, 3], 1, run_off=2, settled=[3])))
    shown = document(settled)
    assert "Settled by a run-off in exercise 2: R3 goes forward." in under(shown, "What goes forward")
    verdicts = tables(shown)["One person's part, people instead of dots, any one ballot left out"]
    assert [row[-1] for row in verdicts.rows][1:] == ["settled by a run-off"] * 2


def test_without_a_line_nothing_is_said_to_go_forward() -> None:
    told = report(replace(counted(), line=None))
    sentence = "No line was drawn, so nothing says how many priorities go forward."
    assert under(document(told), "What goes forward") == [sentence]
    assert sentence in texts(document(told, full=False))


def test_findings_are_all_there_with_what_they_mean() -> None:
    found = Finding("x", "Something new", ["First.", "Second."], "It looks.", [Table("Cells", ["a"], [["1"]])])
    shown = document(replace(report(), findings=[found]))
    assert under(shown, "Something new") == ["First.", "Second.", "What this means: It looks."]
    assert (2, "Something new") in headings(shown)
    assert tables(shown)["Cells"].rows == [["1"]]


def test_originals_and_notes_stand_with_their_responses() -> None:
    shown = document(report())
    assert tables(shown)["What was merged, and into what"].rows == [["R9", "@More trees", "R1", "Trees"]]
    assert under(shown, "Notes") == ["A lively room"]
    assert under(shown, "R2 =1+1") == ["-What is meant?"]


def test_themes_have_the_dots_of_their_responses() -> None:
    told = report()
    first, *others = told.result.responses.values()
    talk = replace(told.talk, by_theme=[(Theme(number=1, name="Green"), [first]), (None, others)])
    assert tables(document(replace(told, talk=talk)))["Dots by theme"].rows == [
        ["Green", "R1", 4], ["Without a theme", "R2, R3", 8],
    ]  # fmt: skip
    assert "Dots by theme" not in tables(document(told))


def test_it_says_how_it_was_counted_and_that_it_adds_up() -> None:
    said = under(document(report(of=yes_and_no(most_per_response=2, totals="live"))), "How it was counted")
    assert said == [
        "Everybody had 4 dots. At most 2 of them could go onto one response. Totals could be seen while people voted.",
        "More dots means more priority, not agreement from everyone. Equal dots share a rank, and nothing but dots"
        " decides between two responses. Share is a response's part of all dots placed.",
        "Checked: 3 ballots hold 12 dots, and the tally holds the same 12.",
        f"Fingerprint of the file of ballots (SHA-256): {'ab' * 32}",
    ]


@pytest.mark.parametrize("full", [True, False])
def test_no_page_can_be_taken_for_more_than_it_is(full: bool) -> None:
    def marks(told: Report) -> Sequence[str]:
        return document(told, full=full).marks

    assert marks(report()) == []
    assert marks(report(replace(counted(), provisional=True))) == ["Provisional"]
    assert marks(report(simulated=True)) == ["Simulated"]
    assert marks(report(simulated=True, rehearsal_of=1)) == ["Rehearsal"]
    assert marks(report(replace(counted(), in_ballots=3))) == ["Does not add up"]
    told = document(report(replace(counted(), provisional=True)), full=full)
    assert "Provisional: dots can still move. 1 of 3 ballots was on paper." in texts(told)


def test_few_people_are_warned_that_they_may_be_guessed() -> None:
    warning = "Fewer than ten people voted, so results may let others guess who voted for what."
    assert warning in texts(document(report()))
    many = counted(ballots=[{1: 1}] * 10)
    assert warning not in texts(document(report(many)))


def test_figures_stand_before_the_ranking() -> None:
    picture = Figure(SVG, "R3 has most dots")
    blocks = document(report(), figures=[picture]).blocks
    assert blocks[blocks.index(picture) - 1] == Heading(1, "The ranking")


def test_headings_follow_each_other() -> None:
    for shown in (
        document(report()),
        document(of_two_columns()),
        document(without_a_vote()),
        document(report(), full=False),
    ):
        levels = [0, *(level for level, _ in headings(shown))]
        assert all(after <= before + 1 for before, after in pairwise(levels))


# Without a vote -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("full", [True, False])
def test_without_a_vote_there_are_responses_by_theme_and_notes_and_no_dots(full: bool) -> None:
    shown = document(without_a_vote(), full=full)
    assert headings(shown) == [(1, "Note on the exercise"), (1, "Green"), (1, "Without a theme")]
    assert texts(shown)[:2] == ["3 responses.", "No vote was taken."]
    assert under(shown, "Green") == ["R1 Trees", "R9 @More trees"]
    assert under(shown, "Without a theme") == ["R2 =1+1", "What is meant?", "R3 Shade & shelter"]
    assert tables(shown) == {}
    said = words(documents.write("pdf", shown))
    assert "dots" not in said
    assert "rank" not in said.lower()


# One page -------------------------------------------------------------------------------------------------------------


def crowd(length: int, responses: int = 60) -> Report:
    """Sixty responses of so many characters, by twelve people who leave few ties."""
    worded = [("Shade and benches for the square " * 20)[:length] for _ in range(responses)]
    ballots = [{1 + (person * dot) % responses: dot for dot in range(1, 12)} for person in range(12)]
    result = counted(worded, ballots)
    return report(replace(result, line=draw(result.standings, 5)))


@pytest.mark.parametrize("length", [5, 60, 140, 400])
def test_one_page_is_one_page(length: int) -> None:
    told = crowd(length)
    shown = document(told, full=False)
    (page,) = pages(documents.write("pdf", shown))
    (ranking,) = tables(shown).values()
    assert ranking.rows
    assert f"These are {len(ranking.rows)} of 60 responses." in page
    assert "ab" * 16 in letters(page)


@pytest.mark.parametrize(
    ("columns", "prompt"), [(2, "Why would anybody want that " * 7), (5, "What would you like? " * 3)]
)
def test_one_page_is_one_page_where_much_was_asked(columns: int, prompt: str) -> None:
    told = crowd(140)
    for each in told.result.responses.values():
        each.side = "a"
    sides = [
        Side(key=key, place=place, sign="tick", name=f"A long name for it {place}", prompt=prompt)
        for place, key in enumerate("abcde"[:columns])
    ]
    told = replace(
        told,
        workshop=workshop(title="Wide words " * 9, simulated=True),
        exercise=exercise(prompt=None, sides=sides, in_the_room=30),
    )
    (page,) = pages(documents.write("pdf", document(told, full=False)))
    assert "12 ballots, 30 in the room." in page


def test_one_page_shows_no_part_of_a_tie() -> None:
    ballots = [{number: 60 - number for number in range(1, 9)} | dict.fromkeys(range(9, 30), 1)]
    told = report(counted(["Short"] * 30, ballots))
    (ranking,) = tables(document(told, full=False)).values()
    assert [row[0] for row in ranking.rows] == [str(rank) for rank in range(1, 9)]


# Every form -----------------------------------------------------------------------------------------------------------


def plain(form: str, body: bytes) -> str:
    """All the words of a file, without its spaces and what Markdown escapes."""
    if form == "pdf":
        return letters(words(body))
    if form == "docx":
        file = docx.Document(io.BytesIO(body))
        cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
        return letters(" ".join([*(each.text for each in file.paragraphs), *cells]))
    said = body.decode()
    if form == "html":
        return letters(html.unescape(re.sub(r"<[^>]+>", " ", said.partition("</head>")[2])))
    return letters(re.sub(r"\\(.)", r"\1", said))


@pytest.mark.parametrize("form", sorted(documents.FORMATS))
def test_what_people_write_stays_text_in_every_form(form: str) -> None:
    result = counted(HOSTILE, [{1: 1}])
    said = plain(form, as_document(form, report(result, title="<b>Town</b> # centre")))
    assert letters("<b>Town</b> # centre") in said
    for text in HOSTILE:
        # What has no letters in the typeface, or runs from the right, is read otherwise from a PDF; what is on several
        # lines has a sign between them in Markdown's cells.
        if (text.isascii() or form != "pdf") and "\n" not in text:
            assert letters(text) in said, text


@pytest.mark.parametrize("form", sorted(documents.FORMATS))
def test_the_same_report_makes_the_same_bytes(form: str) -> None:
    assert as_document(form, report()) == as_document(form, report())


@settings(max_examples=6, deadline=None)
@given(st.lists(st.text(max_size=20), min_size=1, max_size=4))
def test_whatever_people_write_every_form_can_be_written(worded: list[str]) -> None:
    told = report(counted(worded, [{1: 1}]), title="".join(worded))
    told = replace(told, talk=Talk(dict.fromkeys(range(len(worded) + 1), worded[0])))
    assert kinds(as_document("pdf", told)).count("H1") == 1
    assert len(docx.Document(io.BytesIO(as_document("docx", told))).tables) >= 3
    assert as_document("md", told).startswith(b"# ")
    assert as_document("html", told).count(b"<h1") == 1


def test_a_real_workshop_is_read_back_from_word_and_pdf(store: Store, box: BallotBox) -> None:
    room = Room(store, box, random.Random(), allowance=4)
    people = [room.person() for _ in range(3)]
    room.goes_to("gather")
    numbers = [
        people[0].writes(text, side) for text, side in (("Trees", "yes"), ("Benches", "yes"), ("Fewer cars", "no"))
    ]
    room.goes_to("vote")
    for person, placed in zip(people, ([0, 0, 1], [0, 2, 2, 2], [0, 1]), strict=True):
        for dot, on in enumerate(placed, 1):
            assert person.moves(dot, numbers[on]).outcomes == ["moved"]
    provisional = room.report
    assert all("Provisional" in page for page in pages(as_document("pdf", provisional)))
    room.goes_to("discuss")
    with store.reading() as session:
        told = replace(room.report, exercise=room._exercise(session))
        word, paper = as_document("docx", told), words(as_document("pdf", told))
    ranked = docx.Document(io.BytesIO(word)).tables[1]
    assert [[cell.text for cell in row.cells] for row in ranked.rows][1:] == [
        ["1", "R1", "Trees", "YES", "4", "3", "44.4%"],
        ["2", "R3", "Fewer cars", "NO", "3", "1", "33.3%"],
        ["3", "R2", "Benches", "YES", "2", "2", "22.2%"],
    ]
    for sentence in (
        "3 people used 9 of 12 dots.",
        "1 R1 Trees YES 4 3 44.4%",
        "2 R3 Fewer cars NO 3 1 33.3%",
        "Checked: 3 ballots hold 9 dots, and the tally holds the same 9.",
        told.fingerprint,
    ):
        assert letters(sentence) in letters(paper)
    assert "Provisional" not in paper

"""A report as a document: everything that was found is in it, and in each of its files."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace

import docx
import pytest

from tests.cast import BY, Room
from tests.test_printing import letters, pages
from workshop.actions import discussing, grouping, revealing
from workshop.documents import Block, Document, Facts, Figure, Heading, Paragraph, Table
from workshop.models import Workshop
from workshop.results import one_page
from workshop.results.as_document import as_document
from workshop.results.findings import Finding
from workshop.results.report_document import document
from workshop.results.reporting import report

TEXTS = ("Trees", "Benches", "Shade", "Buses", "<b>Parking</b> | free", "Late trains")
FINDING = Finding(
    "contested",
    "Contested",
    ["Eight people cannot show this either way."],
    "Looks at responses that are alike in both columns.",
    [Table("Alike", ["Here", "There"], [["R1", "R2"]])],
)


@pytest.fixture
def told(room: Room) -> Callable[..., Document]:
    """Three people's votes on six responses, and a document of them."""
    room.goes_to("gather")
    ada, ben, cat = (room.person() for _ in range(3))
    for place, text in enumerate(TEXTS):
        ada.writes(text, "no" if place > 3 else "yes")
    room.goes_to("vote")
    for person, places in ((ada, (1, 1, 1, 1, 2, 2, 3, 5)), (ben, (1, 2, 2, 3, 3, 5)), (cat, (1, 5))):
        for dot, on in enumerate(places, start=1):
            person.moves(dot, on)
    room.goes_to("discuss")

    def tell(full: bool = True, figures: Sequence[Figure] = (), **facts: object) -> Document:
        with room.store.reading() as session:
            found = report(session, session.get_one(Workshop, room.id).exercise)
            return document(replace(found, **facts), full=full, figures=figures)  # type: ignore[arg-type]

    return tell


def of(kind: type[Block], told: Document) -> list[Block]:
    return [block for block in told.blocks if isinstance(block, kind)]


def headings(told: Document) -> list[str]:
    return [block.text for block in told.blocks if isinstance(block, Heading)]


def paragraphs(told: Document) -> list[str]:
    return [block.text for block in told.blocks if isinstance(block, Paragraph)]


def tables(told: Document) -> dict[str, Table]:
    return {block.caption: block for block in told.blocks if isinstance(block, Table)}


def test_it_begins_with_the_headline_and_ends_with_how_to_read_it(told: Callable[..., Document]) -> None:
    whole = told(fingerprint="ab" * 32)
    assert paragraphs(whole)[0] == "3 people used 16 of 24 dots. Two responses tie for 3rd place."
    assert headings(whole)[-1] == "How to read this"
    *_, more, equal, check, fingerprint = paragraphs(whole)
    assert more == "More dots means more priority, not agreement from everyone."
    assert equal.startswith("Equal dots share a rank")
    assert check == "Checked: 3 ballots hold 16 dots, and the tally holds the same 16."
    assert fingerprint == f"Fingerprint of the ballots (SHA-256): {'ab' * 32}"


def test_the_ranking_is_there_whole_and_column_by_column(told: Callable[..., Document]) -> None:
    found = tables(told())
    assert [list(row) for row in found["YES and NO together"].rows] == [
        ["1", "R1", "Trees", "YES", 6, 3, 6 / 16],
        ["2", "R2", "Benches", "YES", 4, 2, 4 / 16],
        ["3=", "R3", "Shade", "YES", 3, 2, 3 / 16],
        ["3=", "R5", "<b>Parking</b> | free", "NO", 3, 3, 3 / 16],
        ["5=", "R4", "Buses", "YES", 0, 0, 0.0],
        ["5=", "R6", "Late trains", "NO", 0, 0, 0.0],
    ]
    assert [row[:2] for row in found["YES alone"].rows] == [["1", "R1"], ["2", "R2"], ["3", "R3"], ["4", "R4"]]
    assert [row[:2] for row in found["NO alone"].rows] == [["1", "R5"], ["2", "R6"]]


def test_what_each_rank_rests_on_is_said(told: Callable[..., Document]) -> None:
    whole = told()
    table = tables(whole)["What each rank rests on"]
    assert table.columns[3:] == ["Largest share from one person", "Rank by people", "Ranks without any one ballot"]
    # Ada put four of the six on R1. Without her, all four tie for the first place; without Ben, R3 is fourth.
    assert table.rows[0] == ["1", "R1", "Trees", 4 / 6, "1=", "1"]
    assert [row[-1] for row in table.rows[1:3]] == ["1–2", "1–4"]
    assert "Half or more of the dots of R1, R2 and R3 come from one person." in paragraphs(whole)


def test_the_line_is_in_the_table_and_said_under_it(room: Room, told: Callable[..., Document]) -> None:
    revealing.set_cut(room.store, room.id, 1, 3, by=BY)
    whole = told()
    table = tables(whole)["YES and NO together"]
    assert [row[-1] for row in table.rows] == ["above", "above", "tied", "tied", "below", "below"]
    assert "These 2 go forward. R3 and R5 tie across the line." in paragraphs(whole)
    assert tables(whole)["What each rank rests on"].columns[-1] == "Verdict"


def test_every_finding_is_told_in_its_own_words(told: Callable[..., Document]) -> None:
    whole = told(findings=[FINDING])
    assert "Contested" in headings(whole)
    assert set(FINDING.sentences) <= set(paragraphs(whole))
    assert FINDING.meaning in paragraphs(whole)
    assert tables(whole)["Alike"] is FINDING.tables[0]


def test_a_picture_that_is_given_is_in_it(told: Callable[..., Document]) -> None:
    picture = Figure('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"/>', "Six bars.")
    assert of(Figure, told(figures=[picture])) == [picture]


def test_one_page_is_the_headline_the_top_and_how_to_read_it(told: Callable[..., Document]) -> None:
    page = told(full=False, findings=[FINDING])
    assert headings(page) == ["How to read this"]
    assert list(tables(page)) == ["YES and NO together"]
    assert of(Facts, page) == []


def test_one_page_leaves_no_tie_cut_in_two(told: Callable[..., Document], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_page, "_taken", lambda _report: one_page.ROWS - 3)
    page = told(full=False)
    assert [row[1] for row in tables(page)["YES and NO together"].rows] == ["R1", "R2"]
    assert "4 more are in the full report." in paragraphs(page)


def test_what_is_provisional_or_simulated_says_so_on_every_page(room: Room, told: Callable[..., Document]) -> None:
    assert told().marks == []
    with room.store.reading() as session:
        counted = report(session, session.get_one(Workshop, room.id).exercise)
        counted.workshop.simulated = True
        assert document(replace(counted, result=replace(counted.result, provisional=True))).marks == [
            "Provisional",
            "Simulated",
        ]
        session.expunge_all()


def test_what_was_merged_grouped_and_written_down_is_told(room: Room) -> None:
    room.goes_to("gather")
    ada = room.person()
    for text in TEXTS:
        ada.writes(text)
    grouping.merge(room.store, room.id, 1, [1, 3], by=BY)
    grouping.add_theme(room.store, room.id, 1, "Green", [1, 2], by=BY)
    room.goes_to("vote")
    ada.moves(1, 1)
    room.goes_to("discuss")
    discussing.save_note(room.store, room.id, 1, 1, "Ask the county.", "", by=BY)
    discussing.save_note(room.store, room.id, 1, 0, "A good hour.", "", by=BY)
    with room.store.reading() as session:
        told = document(report(session, session.get_one(Workshop, room.id).exercise))
    assert tables(told)["Merged responses as they were written"].rows == [["R1", "R3", "Shade"]]
    assert tables(told)["Notes on responses"].rows == [["R1", "Trees", "Ask the county."]]
    assert tables(told)["Themes in order of their dots"].rows[0] == ("Green", "1", 1, 1, "R1, R2")
    assert "A good hour." in paragraphs(told)


def test_without_a_vote_responses_stand_under_their_themes(room: Room) -> None:
    room.goes_to("gather")
    ada = room.person()
    for text in TEXTS[:3]:
        ada.writes(text)
    grouping.add_theme(room.store, room.id, 1, "Green", [1, 3], by=BY)
    with room.store.reading() as session:
        found = report(session, session.get_one(Workshop, room.id).exercise)
        told = document(found)
        assert document(found, full=False) == told
    assert paragraphs(told)[:2] == ["3 responses.", "No vote was taken."]
    assert headings(told) == ["Green", "Without a theme"]
    assert [block.rows for block in told.blocks if isinstance(block, Table)] == [
        [["R1", "Trees"], ["R3", "Shade"]],
        [["R2", "Benches"]],
    ]


@pytest.mark.parametrize("form", ["docx", "pdf", "html", "md"])
def test_every_file_holds_every_response_and_is_always_the_same(
    room: Room, told: Callable[..., Document], form: str
) -> None:
    with room.store.reading() as session:
        found = report(session, session.get_one(Workshop, room.id).exercise)
        body = as_document(form, found)
        assert as_document(form, found) == body
    said = letters(words(form, body))
    for text in TEXTS:
        escaped = {"md": r"\<b\>Parking\</b\>\|free", "html": "&lt;b&gt;Parking&lt;/b&gt;|free"}
        assert letters(escaped.get(form, text) if "<" in text else text) in said


def words(form: str, body: bytes) -> str:
    if form == "pdf":
        return " ".join(pages(body))
    if form == "docx":
        return " ".join(cell.text for table in docx.Document(io.BytesIO(body)).tables for cell in table._cells)
    return body.decode()

"""The same exercise in several workshops: who may put them side by side, and what is shown."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask

from tests.pages.people import Browser, Facilitator, Organiser


def revealed(organiser: Organiser, title: str, dots: dict[str, int], cut: int | None = 1) -> Facilitator:
    """A workshop whose result is out: one person, some dots on each response."""
    facilitator = organiser.opens(title=title)
    phone = facilitator.phone()
    facilitator.goes_to("gather")
    numbers = {text: phone.writes(text) for text in dots}
    facilitator.goes_to("vote")
    placed = [numbers[text] for text, count in dots.items() for _ in range(count)]
    assert phone.moves(*(phone.move(dot, 0, on) for dot, on in enumerate(placed, start=1))).status_code == 200
    facilitator.goes_to("discuss")
    if cut:
        assert facilitator.asks(f"/w/{facilitator.code}/1/cut", {"cut": str(cut)}).status_code == 200
    return facilitator


@pytest.fixture
def north(organiser: Organiser) -> Facilitator:
    return revealed(organiser, "North", {"Trees": 5, "Benches": 2, "=1+1": 1})


@pytest.fixture
def south(organiser: Organiser) -> Facilitator:
    return revealed(organiser, "South", {"trees": 4, "Bins": 3}, None)


def asked(*workshops: Facilitator) -> str:
    return "/across?" + "&".join(f"of={each.code}-1" for each in workshops)


def test_an_organiser_chooses_from_what_was_revealed(
    organiser: Organiser, north: Facilitator, south: Facilitator
) -> None:
    organiser.opens(title="Not yet")
    organiser.get("/across")
    assert (organiser.status, "North" in organiser.page.text, "Not yet" in organiser.page.text) == (200, True, False)
    organiser.presses("Put them side by side", of=[f"{north.code}-1", f"{south.code}-1"])
    assert (organiser.status, organiser.path) == (200, "/across")
    text = organiser.page.text
    assert "2 groups, 2 people, 15 dots" in text
    assert "This needs a line in two groups or more." in text
    assert "Too few responses are the same in every group" in text


def test_what_all_share_and_what_one_has_is_said(organiser: Organiser, north: Facilitator) -> None:
    east = revealed(organiser, "East", {"Trees": 5, "Bins": 2, "Shade": 1}, 2)
    organiser.get(asked(north, east))
    text = organiser.page.text
    assert "Above the line in every group: “Trees”." in text
    assert "Only East has above its line: “Bins”." in text
    assert "Only North" not in text


def test_dots_are_added_up_in_the_table_and_in_the_file(
    organiser: Organiser, north: Facilitator, south: Facilitator
) -> None:
    body = organiser.get(asked(north, south).replace("/across", "/across.csv")).data
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["Rank", "Response", "Column", "Dots", "People", "Mean share", "North", "South"]
    assert rows[1] == ["1", "Trees", "YES", "9", "2", "59.8%", "1 · 5", "1 · 4"]
    assert [row[1] for row in rows[1:]] == ["Trees", "Bins", "Benches", "'=1+1"]
    assert rows[2][6:] == ["not there", "2 · 3"]
    organiser.get(asked(north, south))
    assert "59.8%" in organiser.page.text


def test_whoever_holds_the_results_links_may_and_nobody_else(
    app: Flask, organiser: Organiser, north: Facilitator, south: Facilitator
) -> None:
    reader = Browser(app)
    reader.get(north.links["results"])
    reader.get(asked(north, south))
    assert reader.status == 403
    reader.get(south.links["results"])
    reader.get(asked(north, south))
    assert reader.status == 200
    for path in ("/across", asked(north, south), asked(north, south).replace("/across", "/across.csv")):
        stranger = Browser(app)
        stranger.get(path)
        assert (path, stranger.status) == (path, 403)


def test_what_cannot_be_compared_is_said(organiser: Organiser, north: Facilitator) -> None:
    voting = organiser.opens(title="Still voting")
    for path, status, sentence in (
        (asked(north), 400, "Choose 2 to 12 exercises."),
        (asked(north, voting), 400, "Only exercises whose results were revealed can be compared."),
        (f"{asked(north)}&of=000000-1", 404, ""),
        (f"{asked(north)}&of={north.code}-9", 404, ""),
        (f"{asked(north)}&of={north.code}-x", 404, ""),
        (f"{asked(north)}&of=", 404, ""),
    ):
        organiser.get(path)
        assert (path, organiser.status) == (path, status)
        assert sentence in organiser.page.text


def test_the_same_exercise_twice_is_one(organiser: Organiser, north: Facilitator) -> None:
    code = north.code
    for again in (f"{code}-1", f"{code}-01", f"{code.lower()}-1"):
        organiser.get(f"/across?of={code}-1&of={again}")
        assert (again, organiser.status) == (again, 400)


def test_a_hundred_are_not_even_looked_up(organiser: Organiser) -> None:
    organiser.get("/across?" + "&".join(f"of=ZZZZ{number:02}-1" for number in range(100)))
    assert "Choose 2 to 12 exercises." in organiser.page.text


def test_groups_that_are_called_alike_are_told_apart_by_their_codes(organiser: Organiser, north: Facilitator) -> None:
    other = revealed(organiser, "North", {"Bins": 5, "Shade": 1})
    organiser.get(asked(north, other))
    code = other.code
    assert f"Only North ({code[:2]} {code[2:4]} {code[4:]}) has above its line: “Bins”." in organiser.page.text

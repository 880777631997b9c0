"""What stands on the results page beside the ranking: what goes forward, the chart, figures and what they mean,
findings, and two ways to print it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.pages.people import JSON, Browser, Facilitator, Phone
from workshop.documents import Table
from workshop.results import meanings, reporting
from workshop.results.findings import Finding

VOTES = {"ada": (1, 1, 1, 2, 2, 3), "ben": (1, 2, 2, 3, 4, 4)}


@pytest.fixture
def voted(facilitator: Facilitator, ada: Phone, ben: Phone) -> Facilitator:
    """R1 and R2 have four dots each, R3 and R4 two, and R4 both of its own from one person. Two go forward."""
    facilitator.goes_to("gather")
    for text, side in (("Free park and ride", "yes"), ("Benches", "yes"), ("Cars", "no"), ("<i>Kiosks</i>", "yes")):
        ada.writes(text, side)
    assert facilitator.asks(f"/w/{facilitator.code}/1/cut", {"cut": "2"}).status_code == 200
    facilitator.goes_to("vote")
    for phone, responses in zip((ada, ben), VOTES.values(), strict=True):
        phone.moves(*(phone.move(dot, 0, response) for dot, response in enumerate(responses, start=1)))
    return facilitator


@pytest.fixture
def reader(facilitator: Facilitator) -> Browser:
    """Somebody who holds the results link."""
    reader = Browser(facilitator.app)
    reader.get(facilitator.links["results"])
    return reader


def rows(page: str) -> list[list[str]]:
    """The cells of the whole ranking, row by row."""
    table = page.partition('<table class="ranking whole"')[2].partition("</table>")[0].partition("<tbody")[2]
    found = [re.findall(r"<t[hd][ >].*?</t[hd]>", row, re.S) for row in table.split("<tr")[1:]]
    return [[" ".join(re.sub("<svg.*?</svg>|<[^>]*>", " ", cell, flags=re.S).split()) for cell in row] for row in found]


def test_every_response_has_every_figure_and_the_line_is_under_what_goes_forward(
    voted: Facilitator, reader: Browser
) -> None:
    voted.goes_to("discuss")
    reader.get(reader.path)
    first, second, line, third, fourth = rows(reader.page.html)
    # Without the first ballot R1 would be third, with R3.
    decides = ["One person decides"]
    assert first == ["1=", "R1 Free park and ride", "YES", "4", "2", "33.3%", "3 half or more", "1=", "1–3", *decides]
    safe = ["Safe above the line"]
    assert second == ["1=", "R2 Benches", "YES", "4", "2", "33.3%", "2 half or more", "1=", "1–2", *safe]
    assert line[0].startswith("These 2 go forward.")
    assert third[:7] == ["3=", "R3 Cars", "NO", "2", "2", "16.7%", "1 half or more"]
    assert fourth[:8] == ["3=", "R4 &lt;i&gt;Kiosks&lt;/i&gt;", "YES", "2", "1", "16.7%", "2 half or more", "4"]


def test_every_figure_is_explained_in_one_sentence(voted: Facilitator, reader: Browser) -> None:
    voted.goes_to("discuss")
    reader.get(reader.path)
    for name, sentence in meanings.MEANINGS.values():
        assert f"{name} {sentence}" in reader.page.text
    assert voted.asks(f"/w/{voted.code}/1/cut", {"cut": ""}).status_code == 200
    reader.get(reader.path)
    assert "Coin toss" not in reader.page.text
    assert "No line was drawn" in reader.page.text


def test_what_goes_forward_is_said_before_the_figures(voted: Facilitator, reader: Browser) -> None:
    voted.goes_to("discuss")
    reader.get(reader.path)
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", reader.page.html)
    assert headings == [
        "What goes forward", "R1 and R2 have most dots: 4 of 12 each", "The ranking in figures",
        "Each column by itself", "What the result can bear", "How it was counted", "Downloads",
    ]  # fmt: skip
    forward = reader.page.html.partition('<section class="forward">')[2].partition("</section>")[0]
    assert [number in forward for number in ("R1", "R2", "R3", "R4")] == [True, True, False, False]


def test_a_tie_across_the_line_is_open_until_somebody_settles_it(voted: Facilitator, reader: Browser) -> None:
    assert voted.asks(f"/w/{voted.code}/1/cut", {"cut": "1"}).status_code == 200
    voted.goes_to("discuss")
    reader.get(reader.path)
    assert "Nothing is above the line for certain." in reader.page.text
    assert "1 place is open between them:" in reader.page.text
    assert [row[-1] for row in rows(reader.page.html)[:2]] == ["Coin toss", "Coin toss"]


def test_a_column_without_responses_gets_a_sentence_and_no_table(
    facilitator: Facilitator, ada: Phone, reader: Browser
) -> None:
    facilitator.goes_to("gather")
    ada.writes("Benches", "yes")
    facilitator.goes_to("discuss")
    reader.get(reader.path)
    assert "No response stands in NO." in reader.page.text
    assert reader.page.html.count('<table class="ranking') == 2
    facilitator.withdraws(1)
    reader.get(reader.path)
    assert "No response is left to rank." in reader.page.text
    assert '<table class="ranking' not in reader.page.html


FOUND = Finding(
    "contested",
    "Contested",
    ["Two ideas stand in both columns.", "One of them is R1."],
    "Looks for one idea in both columns.",
    [
        Table(
            "In both columns",
            ["Response", "Dots", "Part", "Twin"],
            [["<b>R1</b>", 4, 0.25, None], ["R2", 1, 0.5, "R9"]],
            percent=[2],
        ),
        Table("Nothing in it", ["Response"], []),
    ],
)


def test_whatever_is_found_is_read_with_its_verdict_tables_and_meaning(
    voted: Facilitator, reader: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(*_given: Any) -> Sequence[Finding]:
        return [FOUND]

    monkeypatch.setattr(reporting, "_findings", found)
    voted.goes_to("discuss")
    reader.get(reader.path)
    said = reader.page.text.rpartition("What the result can bear")[2].partition("How it was counted")[0]
    assert said.split(" In both columns ")[0].strip() == "Contested Two ideas stand in both columns. One of them is R1."
    assert "Response Dots Part Twin <b>R1</b> 4 25.0% – R2 1 50.0% R9 What this means:" in said
    assert "Looks for one idea in both columns." in said
    assert "Nothing in it" not in said


def test_one_sheet_holds_the_headline_the_chart_and_the_method(voted: Facilitator, reader: Browser) -> None:
    voted.goes_to("discuss")
    reader.get(reader.path)
    assert {"?print=one", "?print=all"} <= set(reader.page.links)
    reader.get(reader.path, query_string={"print": "one"})
    for words in (
        "2 people used 12 of 16 dots.",
        "What goes forward",
        "R1 and R2 have most dots",
        "How it was counted",
    ):
        assert words in reader.page.text
    for words in ("The ranking in figures", "Each column by itself", "For spreadsheets"):
        assert words not in reader.page.text


def test_paper_before_the_reveal_is_asked_for_as_the_page_is(voted: Facilitator, reader: Browser) -> None:
    voted.goes_to("reveal")
    reader.get(reader.path, query_string={"print": "one"})
    assert "used" not in reader.page.text
    reader.get(reader.path, query_string={"before_reveal": "yes"})
    assert "?before_reveal=yes&print=one" in reader.page.links
    reader.get(reader.path, query_string={"before_reveal": "yes", "print": "one"})
    assert "2 people used 12 of 16 dots." in reader.page.text


def test_only_who_runs_the_workshop_finds_the_way_back_to_the_desk(voted: Facilitator, reader: Browser) -> None:
    reader.get(reader.path)
    assert f"/w/{voted.code}/console" not in reader.page.links
    voted.get(f"/w/{voted.code}/results")
    assert f"/w/{voted.code}/console" in voted.page.links
    assert f'href="/w/{voted.code}/results" aria-current="page"' in voted.page.html


def test_everything_on_the_list_of_downloads_is_there(voted: Facilitator, reader: Browser) -> None:
    voted.goes_to("discuss")
    reader.get(reader.path)
    listed = re.findall(r'href="(/w/[^"]*)" download', reader.page.html)
    assert len(listed) >= 8
    for address in listed:
        assert (address, reader.get(address.replace("&amp;", "&")).status_code) == (address, 200)


def test_the_chart_is_a_file_in_two_forms(voted: Facilitator, reader: Browser) -> None:
    base = f"/w/{voted.code}/1"
    svg = reader.get(f"{base}/chart.svg")
    assert svg.content_type.startswith("image/svg+xml")
    assert svg.headers["Content-Disposition"].endswith('_town-centre_ex1-chart-provisional.svg"')
    assert ElementTree.fromstring(svg.data).get("role") == "img"
    voted.goes_to("discuss")
    png = reader.get(f"{base}/chart.png", query_string={"side": "no"})
    assert (png.content_type, png.data[:4]) == ("image/png", b"\x89PNG")
    assert png.headers["Content-Disposition"].endswith('_town-centre_ex1-chart-no.png"')
    assert "Cars" in reader.get(f"{base}/chart.svg", query_string={"side": "no"}).text
    assert "Benches" not in reader.get(f"{base}/chart.svg", query_string={"side": "no"}).text


def test_there_is_no_chart_without_a_vote_a_column_or_the_link(voted: Facilitator, reader: Browser, ada: Phone) -> None:
    answer = reader.get(f"/w/{voted.code}/1/chart.svg", query_string={"side": "e"}, headers=JSON)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (404, "no_such_side")
    assert reader.get(f"/w/{voted.code}/1/chart.gif").status_code == 404
    assert ada.get(f"/w/{voted.code}/1/chart.svg").status_code == 403
    voted.goes_to("gather")
    answer = reader.get(f"/w/{voted.code}/1/chart.png", headers=JSON)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "no_results")

"""What the document of a scope says: everything that was agreed, and that the rest was not."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tests.cast import NOW
from tests.results import scoped
from tests.results.scoped import item
from workshop.documents import Document, Facts, Heading, NewPage, Paragraph, Signatures, Table
from workshop.results import report_document
from workshop.results.findings import Finding
from workshop.results.reporting import Report
from workshop.results.scope.document import scope_document
from workshop.results.scope.grounds import grounds_of
from workshop.results.scope.parts import filled

EMPTY = "Not agreed in the workshop"
HEADINGS = [
    "Purpose",
    "Local context",
    "In scope",
    "Out of scope",
    "Contested and parked",
    "Map to the core areas",
    "Lines of enquiry",
    "Peer team",
    "Duration and timetable",
    "Components",
    "Five things to agree",
    "Key recommendations",
    "Follow-up",
    "Method note",
    "Annex: results and notes",
    "Agreement",
]


def document(content: dict[str, Any], reports: list[Report] | None = None) -> Document:
    found = scoped.reports() if reports is None else reports
    return scope_document(content, grounds_of(content, found, "Town centre"), made_at=NOW)


def blank() -> dict[str, Any]:
    """A scope in which nobody agreed on anything."""
    parts = filled({})
    for part in parts.values():
        part.update({name: [] if isinstance(value, list) else None if isinstance(value, int) else ""
                     for name, value in part.items()})  # fmt: skip
    return {"items": {"in": [], "out": [], "parked": []}, "parts": parts, "version": 1, "state": "draft"}


def under(made: Document, heading: str) -> list[Any]:
    """The blocks under a heading of the first level."""
    found: list[Any] = []
    here = False
    for block in made.blocks:
        if isinstance(block, Heading) and block.level == 1:
            here = block.text == heading
        elif here:
            found.append(block)
    return found


def table(made: Document, heading: str, place: int = 0) -> Table:
    tables: list[Table] = [block for block in under(made, heading) if isinstance(block, Table)]
    return tables[place]


def sentences(made: Document, heading: str) -> list[str]:
    return [block.text for block in under(made, heading) if isinstance(block, Paragraph)]


def facts(made: Document) -> dict[str, str]:
    return dict(next(block.pairs for block in made.blocks if isinstance(block, Facts)))


def texts(made: Document) -> Iterator[str]:
    for block in made.blocks:
        if isinstance(block, Heading | Paragraph):
            yield block.text
        if isinstance(block, Facts):
            yield from (text for pair in block.pairs for text in pair)
        if isinstance(block, Table):
            yield from (str(cell) for row in block.rows for cell in row)


def test_everything_has_its_place_and_who_signs_comes_last() -> None:
    made = document(scoped.content())
    assert [block.text for block in made.blocks if isinstance(block, Heading) and block.level == 1] == HEADINGS
    assert isinstance(made.blocks[-1], Signatures)
    assert sum(isinstance(block, NewPage) for block in made.blocks) == 2


def test_headings_follow_each_other_and_rows_have_a_cell_for_each_column() -> None:
    for content in (scoped.content(), blank()):
        level = 0
        for block in document(content).blocks:
            if isinstance(block, Heading):
                assert block.level <= level + 1
                level = block.level
            if isinstance(block, Table):
                assert {len(row) for row in block.rows} <= {len(block.columns)}


def test_every_empty_field_says_that_it_was_not_agreed() -> None:
    made = document(blank(), [])
    assert facts(made) == {
        "Council": EMPTY,
        "Type of challenge": EMPTY,
        "Workshop": "Town centre",
        "State": "Draft, version 1",
        "Date": EMPTY,
        "Audience": EMPTY,
    }
    for heading in HEADINGS:
        assert any(EMPTY in said for said in texts(replace(made, blocks=under(made, heading)))), heading


def test_an_empty_cell_says_so_as_well() -> None:
    content = scoped.content()
    content["items"]["in"] = [item(1, "Trees")]
    content["items"]["out"] = [item(2, "Cars")]
    made = document(content)
    assert table(made, "In scope").rows == [["Trees", EMPTY, "Written here, not voted on"]]
    assert table(made, "In scope", 1).rows == [["Trees", EMPTY, EMPTY, EMPTY]]
    assert table(made, "Out of scope").rows == [["Cars", EMPTY, EMPTY, "Written here, not voted on"]]
    assert table(made, "Peer team").rows[0] == ["Councillor", 2, EMPTY, EMPTY]
    assert table(made, "Five things to agree").rows[0] == ["Focus", "Not yet", EMPTY, EMPTY]
    assert table(made, "Duration and timetable").rows[0] == ["Scoping", "4 to 6 months before", EMPTY]


def test_what_is_in_scope_carries_what_it_rests_on() -> None:
    content = scoped.content()
    content["items"]["in"][0] |= {"priority": "high", "components": ["Cyber security"], "core_areas": ["Local focus"]}
    made = document(content)
    assert table(made, "In scope").rows[0] == [
        "What users need (R1)",
        "High",
        "12 dots from 6 people, in YES, rank 1, 18.8% of all dots. Safe above the line.",
    ]
    assert table(made, "In scope", 1).rows[0] == [
        "What users need (R1)",
        "Simulated: nothing was published of what was said.",
        "Cyber security",
        "Local focus",
    ]


def test_what_rests_on_one_ballot_says_so() -> None:
    evidence = {"dots": 1, "people": 1, "rank": "2=", "verdict": "one person decides", "side": "", "of": 1}
    for verdict, words in (
        ("one person decides", "One person decides."),
        ("coin toss", "Coin toss."),
        ("settled by a run-off", "Settled by a run-off."),
    ):
        content = blank()
        content["items"]["in"] = [item(1, "Trees", exercise=1, response="R1", evidence=evidence | {"verdict": verdict})]
        assert table(document(content, []), "In scope").rows[0][2] == f"1 dot from 1 person, rank 2=. {words}"


def test_a_response_says_its_exercise_where_two_feed_the_scope() -> None:
    content = blank()
    content["items"]["in"] = [item(1, "Trees", exercise=1, response="R1"), item(2, "Ponds", exercise=3, response="R1")]
    rows = table(document(content, []), "In scope").rows
    assert [row[0] for row in rows] == ["Trees (R1 of exercise 1)", "Ponds (R1 of exercise 3)"]


def test_what_is_out_of_scope_says_where_it_is_handled_instead() -> None:
    content = scoped.content()
    content["items"]["out"][0]["elsewhere"] = "External audit"
    assert table(document(content), "Out of scope").rows[0][:2] == ["An inspection (R17)", "External audit"]


def test_the_map_has_every_core_area_and_says_which_nobody_touched() -> None:
    content = scoped.content()
    content["parts"]["core_areas"]["areas"] = ["Money", "People", "Place"]
    content["items"]["in"][0]["core_areas"] = ["People", "Long gone"]
    content["items"]["parked"][0]["core_areas"] = ["Place"]
    made = document(content)
    parked = scoped.content()["items"]["parked"][0]
    areas = table(made, "Map to the core areas")
    # Nothing that is out of scope is mapped, so there is no column for it.
    assert areas.columns == ["Core area", "In scope", "Parked"]
    assert areas.rows == [
        ["Money", "Nobody touched this area", "–"],
        ["People", "What users need (R1)", "–"],
        ["Place", "–", f"{parked['text']} ({parked['response']})"],
        ["Long gone", "What users need (R1)", "–"],
    ]
    assert sentences(made, "Map to the core areas") == ["Nothing in scope touches: Money, Place."]


def test_each_component_has_what_is_mapped_to_it() -> None:
    content = scoped.content()
    for each in content["items"]["in"][:2]:
        each["components"] = ["Service delivery"]
    rows = {row[0]: row[1] for row in table(document(content), "Components").rows}
    assert rows["Service delivery"] == "What users need (R1)\nSkilled experts who know local government (R12)"
    assert rows["Cyber security"] == "Nothing is mapped to this component"


def test_recommendations_have_numbered_places_of_the_shape_that_was_set() -> None:
    content = scoped.content()
    rows = table(document(content), "Key recommendations").rows
    assert rows == [[number, EMPTY] for number in range(1, 11)]
    content["parts"]["recommendations"] |= {"number": 3, "shape": ["What", "Who"], "scoping": ["Users"], "peers": []}
    made = document(content)
    places = table(made, "Key recommendations")
    assert places.columns == ["No.", "What", "Who"]
    assert places.rows == [[1, EMPTY, EMPTY], [2, EMPTY, EMPTY], [3, EMPTY, EMPTY]]
    headings = [block.text for block in under(made, "Key recommendations") if isinstance(block, Heading)]
    assert headings == ["Themes from scoping", "Themes from the peer team"]


def test_follow_up_dates_are_worked_out_and_say_how() -> None:
    content = scoped.content()
    assert table(document(content), "Follow-up").rows == [
        ["Report and action plan, at the latest", EMPTY, "3 months after the first day on site"],
        ["Progress review, about", EMPTY, "10 months after the first day on site"],
    ]
    content["parts"]["timing"]["on_site"] = "2026-11-30"
    content["parts"]["follow_up"]["review_on"] = "2027-10-04"
    assert table(document(content), "Follow-up").rows == [
        ["Report and action plan, at the latest", "28 February 2027", "3 months after the first day on site"],
        ["Progress review, about", "4 October 2027", "Set by the organisers"],
    ]


def test_the_timetable_has_its_days_once_the_first_is_known() -> None:
    content = scoped.content()
    content["parts"]["timing"]["on_site"] = "2026-03-31"
    content["parts"]["timing"]["steps"][3]["dates"] = "In April"
    assert [row[2] for row in table(document(content), "Duration and timetable").rows] == [
        "30 September 2025 to 30 November 2025",
        "10 March 2026 to 17 March 2026",
        "31 March 2026 to 1 April 2026",
        "In April",
    ]


def test_the_method_note_comes_from_the_results_until_somebody_writes_one() -> None:
    content = scoped.content()
    said = " ".join(text for block in under(document(content), "Method note") for text in getattr(block, "texts", ()))
    assert "20 responses; 8 people placed 64 of 64 dots, 8 each." in said
    assert "The line is under the first 6 places." in said
    assert "Responses tie across it, and nothing has settled the tie." in said
    assert "Checked: 8 ballots hold 64 dots, and the tally holds the same 64." in said
    assert "No responses were written down, and there was no vote." in said
    content["parts"]["method"]["text"] = "By hand."
    assert sentences(document(content), "Method note") == ["By hand."]


def test_simulated_dots_are_marked_at_the_front_in_the_method_in_the_annex_and_on_every_page() -> None:
    made = document(scoped.content())
    simulated = "Simulated: these dots were not placed by people."
    said = [block.style for block in made.blocks if isinstance(block, Paragraph) and block.text == simulated]
    assert said[:2] == ["lead", "plain"]
    annex = under(made, HEADINGS[-2])
    assert any(isinstance(block, Paragraph) and block.text.startswith("Simulated") for block in annex)
    assert list(made.marks) == ["Draft, version 1", "Simulated"]


def test_an_agreed_scope_says_so_on_every_page() -> None:
    made = document(scoped.content() | {"state": "agreed", "version": 4}, [])
    assert facts(made)["State"] == "Agreed, version 4"
    assert list(made.marks) == ["Agreed, version 4"]


def test_the_annex_has_each_exercises_report_under_a_heading_of_its_own() -> None:
    voted, talked = scoped.reports()
    finding = Finding("order", "Order", ["No sign of it."], "Whether what stands first gets more.", [])
    voted = replace(voted, findings=[finding])
    annex = under(document(scoped.content(), [voted, talked]), HEADINGS[-2])
    headings = [(block.level, block.text.partition(":")[0]) for block in annex if isinstance(block, Heading)]
    assert [text for level, text in headings if level == 2] == ["Exercise 1", "Exercise 2"]
    assert {(3, "Results"), (3, "Order"), (3, "Notes")} <= set(headings)
    for report in (voted, talked):
        for block in report_document.document(report).blocks:
            assert isinstance(block, Heading) or block in annex


def test_the_annex_says_when_dots_have_changed_since() -> None:
    content = scoped.content()
    content["items"]["in"][0]["evidence"]["dots"] = 11
    made = document(content)
    assert any("dots have changed on: R1 of exercise 1." in said for said in sentences(made, HEADINGS[-2]))
    assert not any("have changed" in said for said in sentences(document(scoped.content()), HEADINGS[-2]))


def test_whoever_signs_is_named_with_the_side_they_sign_for() -> None:
    content = scoped.content()
    content["parts"]["agreement"]["signers"][0]["name"] = "Ada Ayton"
    (signed,) = [block.table.rows for block in document(content).blocks if isinstance(block, Signatures)]
    assert signed == [
        ["For the council: Leader of the council", "Ada Ayton", "Sign here", EMPTY],
        ["For the council: Chief executive", EMPTY, "Sign here", EMPTY],
        ["For the peer team: Lead peer", EMPTY, "Sign here", EMPTY],
    ]


def test_no_cell_of_a_scope_is_left_blank() -> None:
    for content in (scoped.content(), nameless(scoped.content()), blank()):
        before_the_annex = itertools.takewhile(
            lambda block: not (isinstance(block, Heading) and block.text == HEADINGS[-2]), document(content).blocks
        )
        tables = [block for block in before_the_annex if isinstance(block, Table)]
        signed = [block.table for block in document(content).blocks if isinstance(block, Signatures)]
        assert [
            (each.caption, row) for each in (*tables, *signed) for row in each.rows if None in row or "" in row
        ] == []
        assert tables


def nameless(content: dict[str, Any]) -> dict[str, Any]:
    """The same, with all that is written in its rows taken out."""
    for part in content["parts"].values():
        for name, rows in part.items():
            if isinstance(rows, list) and rows and isinstance(rows[0], dict):
                part[name] = [{key: _emptied(key, value) for key, value in each.items()} for each in rows]
    return content


def _emptied(key: str, value: Any) -> Any:
    if key == "side":
        return value
    return "" if isinstance(value, str) else None

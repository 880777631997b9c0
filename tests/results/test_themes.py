"""The standings of themes: dots added up, people counted once."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from tests.cast import BY, Room
from tests.results.votes import result
from workshop.actions import grouping
from workshop.ballot_box import BallotBox
from workshop.results.counting import Result
from workshop.results.findings import Finding
from workshop.results.reporting import report
from workshop.results.theming import ThemeStanding, by_theme, of_themes
from workshop.store import Store

NAMES = ("Transport", "Shops", "Green space")

# R1 and R2 are under Transport, R3 under Shops, R4 has no theme.
# Transport has 3 + 1 + 2 = 6 dots from two people, one of whom has dots on both of its responses; Shops has 6 from one.
THEMED = result({1: 3, 2: 1, 4: 1}, {2: 2}, {3: 6}, of=4, themes={1: 1, 2: 1, 3: 2}, named=NAMES)


def finding(counted: Result) -> Finding | None:
    return of_themes(counted.by_theme(), {number: theme.name for number, theme in counted.themes.items()})


def test_dots_are_added_up_each_person_counts_once_and_equal_dots_share_a_rank() -> None:
    assert THEMED.by_theme() == [
        ThemeStanding(1, 1, True, 6, 2, (1, 2)),
        ThemeStanding(2, 1, True, 6, 1, (3,)),
        ThemeStanding(None, None, False, 1, 1, (4,)),
    ]


def test_a_theme_that_was_removed_or_holds_nothing_is_none() -> None:
    """Theme 9 is not there any more, and nothing stands under Shops and Green space."""
    there = result({1: 1, 2: 2}, of=2, themes={1: 1, 2: 9}, named=NAMES).by_theme()
    assert [(each.theme, each.dots, each.responses) for each in there] == [(1, 1, (1,)), (None, 2, (2,))]


def test_themes_without_dots_share_the_last_rank() -> None:
    there = result({1: 1}, of=3, themes={1: 1, 2: 2, 3: 3}, named=NAMES).by_theme()
    assert [(each.theme, each.rank, each.shared) for each in there] == [(1, 1, False), (2, 2, True), (3, 2, True)]


def test_where_nothing_has_a_theme_there_is_no_finding() -> None:
    assert finding(result({1: 1})) is None
    assert finding(result(of=0)) is None


BALLOTS = st.lists(st.dictionaries(st.integers(1, 6), st.integers(0, 3), max_size=4), max_size=6)
THEMES = st.dictionaries(st.integers(1, 5), st.none() | st.integers(1, 3), max_size=5)


@given(BALLOTS, THEMES)
def test_it_is_what_counting_dot_by_dot_gives(ballots: list[dict[int, int]], theme_of: dict[int, int | None]) -> None:
    """Every dot is laid out with its person and its theme. R6 is not live, and others may not be either."""
    placed = [
        (who, theme_of[on])
        for who, ballot in enumerate(ballots)
        for on, dots in ballot.items()
        for _ in range(dots)
        if on in theme_of
    ]
    there = by_theme(ballots, theme_of)
    assert {each.theme for each in there} == set(theme_of.values())
    for each in there:
        own = [who for who, theme in placed if theme == each.theme]
        assert (each.dots, each.people) == (len(own), len(set(own)))
        if each.theme is not None:
            others = [other.dots for other in there if other.theme is not None]
            assert each.rank == 1 + sum(1 for other in others if other > each.dots)
            assert each.shared == (others.count(each.dots) > 1)


# In words -------------------------------------------------------------------------------------------------------------


def test_the_finding_names_all_that_share_the_first_rank() -> None:
    there = finding(THEMED)
    assert there is not None
    assert there.sentences == [
        "“Transport” and “Shops” share the first rank: 6 dots each.",
        "1 response has no theme, and stands apart from this ranking.",
    ]
    (table,) = there.tables
    assert [list(row) for row in table.rows] == [
        ["Transport", "1=", 6, 2, "R1, R2"],
        ["Shops", "1=", 6, 1, "R3"],
        ["Without a theme", None, 1, 1, "R4"],
    ]
    assert there.data["themes"][2] == {
        "theme": None, "rank": None, "shared": False, "dots": 1, "people": 1, "responses": [4],
    }  # fmt: skip


def test_the_finding_says_which_theme_has_most() -> None:
    there = finding(result({1: 3}, {2: 1, 1: 1}, {3: 2}, themes={1: 1, 2: 1, 3: 2}, named=NAMES))
    assert there is not None
    assert there.sentences == ["“Transport” is the theme with most dots: 5 dots from 2 people."]


def test_themes_without_a_dot_are_not_ranked_first() -> None:
    there = finding(result({2: 1}, of=2, themes={1: 1}, named=NAMES))
    assert there is not None
    assert there.sentences[0] == "No theme has a dot."


# In a workshop --------------------------------------------------------------------------------------------------------


def test_a_report_has_findings_on_line_stability_people_and_themes(store: Store, box: BallotBox) -> None:
    room = Room(store, box, random.Random(), cut=1)
    ada, ben = room.person(), room.person()
    room.goes_to("gather")
    for number in (1, 2, 3):
        ada.writes(f"Response {number}")
    theme, _ = grouping.add_theme(store, room.id, 1, "Transport", by=BY)
    grouping.set_theme(store, room.id, 1, [1, 2], theme, by=BY)
    room.goes_to("vote")
    ada.moves(1, 1)
    ada.moves(2, 2)
    ben.moves(1, 2)
    room.goes_to("discuss")
    with store.reading() as session:
        told = report(session, room._exercise(session))
    found = {each.key: each.sentences[0] for each in told.findings}
    wanted = {
        "line": "R2 goes forward.",
        # Without Ben R1 and R2 are level, and without Ada R2 alone has a dot.
        "stability": "One person decides whether R1 and R2 are above the line: "
        "without one ballot or another they move.",
        "breadth": "Half or more of the dots are one person's on R2 (1 of 2).",
        "themes": "“Transport” is the theme with most dots: 3 dots from 2 people.",
    }
    assert {key: found[key] for key in wanted} == wanted
    assert [key for key in found if key in wanted] == list(wanted)
    assert told.result.by_theme()[0].people == 2
    assert {number: (each.best, each.worst) for number, each in told.stability.items()} == {
        1: (1, 2), 2: (1, 1), 3: (2, 3),
    }  # fmt: skip

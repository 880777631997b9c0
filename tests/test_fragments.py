"""Fragments: one element each, named by its id, holding what its audience may see and nothing more."""

from __future__ import annotations

import random
import re
from html.parser import HTMLParser

import pytest
from flask import Flask

from tests.cast import ALL_PHASES, BY, Person, Room
from tests.pages.people import EMPTY
from workshop import fragments, screens
from workshop.actions import gathering, voting
from workshop.screens import AUDIENCES


def draws(app: Flask, room: Room, audience: str) -> dict[str, str]:
    with room.store.reading() as session, app.test_request_context():
        screen = screens.screen(session, room.id, audience)
        assert screen is not None
        return fragments.render(screen)


class Roots(HTMLParser):
    """The outermost elements of a fragment, and whether everything that was opened was closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.roots: list[str | None] = []
        self.open: list[str] = []
        self.lists: list[str | None] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.open:
            self.roots.append(dict(attrs).get("id"))
            self.lists.append(dict(attrs).get("data-list"))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert self.open, f"<{tag}/> stands alone"

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        assert self.open or not data.strip(), f"words outside of the element: {data}"


@pytest.fixture(params=["hidden", "live"])
def room(app: Flask, request: pytest.FixtureRequest) -> Room:
    """Two people; R1 has three dots, R2 one, R3 is withdrawn. Voting is open."""
    house = app.extensions["eightdots"]
    room = Room(house.store, house.box, random.Random(), totals=request.param)
    ada, ben = room.person(), room.person()
    room.goes_to("gather")
    for text, side in (("Free park & <ride>", "yes"), ("A “night” market", "no"), ("Benches", "no")):
        ada.writes(text, side)
    room.goes_to("vote")
    for person, dot, response in ((ada, 1, 1), (ada, 2, 1), (ada, 3, 2), (ben, 1, 1), (ben, 2, 3)):
        person.moves(dot, response)
    gathering.withdraw(room.store, room.id, 1, 3, by=BY)
    return room


def test_a_fragment_is_one_element_with_the_id_that_it_is_named_by(app: Flask, room: Room) -> None:
    for phase in ALL_PHASES:
        room.goes_to(phase)
        for audience in AUDIENCES:
            drawn = draws(app, room, audience)
            assert next(iter(drawn)) == "stage"
            for key, html in drawn.items():
                read = Roots(html)
                assert (phase, audience, read.roots, read.open) == (phase, audience, [key], [])


def test_a_response_names_a_list_that_the_stage_has(app: Flask, room: Room) -> None:
    for phase in ("gather", "vote", "reveal"):
        room.goes_to(phase)
        for audience in AUDIENCES:
            drawn = draws(app, room, audience)
            lists = set(re.findall(r'data-items="(\w+)"', drawn["stage"]))
            named = {Roots(html).lists[0] for key, html in drawn.items() if re.fullmatch(r"r\d+", key)}
            assert named <= lists, (phase, audience)


def test_what_people_write_is_text_and_no_markup(app: Flask, room: Room) -> None:
    for phase in ("vote", "discuss"):
        room.goes_to(phase)
        for audience in AUDIENCES:
            whole = "".join(draws(app, room, audience).values())
            assert "<ride" not in whole
            assert "Free park &amp; &lt;ride&gt;" in whole or (phase, audience) == ("discuss", "console")


def test_nothing_of_ones_own_is_in_what_everybody_is_sent(app: Flask, room: Room) -> None:
    for phase in ALL_PHASES:
        room.goes_to(phase)
        whole = "".join("".join(draws(app, room, audience).values()) for audience in AUDIENCES)
        # A token would be somebody's; and the version of a page is told beside the fragments.
        assert "csrf_token" not in whole
        assert "Yours" not in whole


@pytest.mark.parametrize("room", ["hidden"], indirect=True)
def test_before_the_reveal_what_is_drawn_is_the_same_wherever_dots_are(app: Flask, room: Room) -> None:
    ada = room.person()
    for phase in ("vote", "reveal"):
        for audience in AUDIENCES:
            drawn = []
            for response in (1, 2):
                room.goes_to("vote")
                ada.moves(1, response)
                room.goes_to(phase)
                drawn.append(draws(app, room, audience))
            assert drawn[0] == drawn[1], (phase, audience)


@pytest.mark.parametrize("room", ["live"], indirect=True)
def test_live_totals_are_drawn_for_participants_and_the_board(app: Flask, room: Room) -> None:
    assert "3 dots from everybody" in draws(app, room, "participant")["r1"]
    assert "3 dots" in draws(app, room, "board")["r1"]


def test_only_the_console_draws_what_is_withdrawn(app: Flask, room: Room) -> None:
    for phase in ALL_PHASES:
        room.goes_to(phase)
        assert ["Benches" in "".join(draws(app, room, audience).values()) for audience in AUDIENCES] == [
            False, False, True, True,
        ]  # fmt: skip


def test_finishing_is_told_as_a_number(app: Flask, room: Room) -> None:
    person: Person = room.person()
    voting.set_finished(room.store, room.id, person.id, 1, True)
    for audience, part in (("participant", "people"), ("board", "progress")):
        assert "1 of 3 people have finished" in " ".join(draws(app, room, audience)[part].split())

"""Before the reveal nothing of the totals reaches a participant or a board: no page, file, message or cookie."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from tests.server.modes import GREEN_AND_NATIVE, IN_ONE_MODE
from tests.server.phones import JSON, Browser, Facilitator, Organiser, Phone
from tests.server.sockets import Socket
from tests.server.walker import Walker

PEOPLE = 16
TOTALS = (59, 38, 31)
"""Dots on R1, R2 and R3 by people with eight each. None of these numbers is anywhere before they are there."""

PLACED = f"{sum(TOTALS)} of"


class Watching(NamedTuple):
    """Who watches all along: by websocket, by long polling, by asking for `state`, and from the projector."""

    walker: Walker
    ada: Phone
    eve: Phone
    pat: Phone
    board: Browser
    sockets: list[Socket]

    def finds(self) -> list[str]:
        """Everything that everybody can find now."""
        late = Phone(self.ada.base, self.ada.code)
        findings = [
            *self.walker.walks(self.ada, posts=False),
            *self.walker.walks(self.eve, posts=True),
            *self.walker.in_data(self.pat.state()),
            *self.walker.in_data(self.pat.state(version=1)),
            *self.walker.walks(self.board, posts=False),
            *self.walker.walks(late, posts=False),
        ]
        late_sockets = [late.socket(), late.polls(), self.board.socket(audience="board", version=0)]
        for socket in late_sockets:
            socket.hears("state")
        for socket in self.sockets + late_sockets:
            socket.catches_up()
            findings += self.walker.in_packets(socket.raw)
        return findings

    def see(self, phase: str) -> None:
        """Wait until everybody has been sent a phase."""
        for socket in self.sockets:
            while f'data-phase="{phase}"' not in socket.hears("patch")["fragments"].get("stage", ""):
                pass


def watch(facilitator: Facilitator) -> Watching:
    ada, eve, pat, board = facilitator.phone(), facilitator.phone(), facilitator.phone(), facilitator.board()
    sockets = [ada.socket(), eve.polls(), board.socket(audience="board")]
    return Watching(Walker(TOTALS, facilitator.code), ada, eve, pat, board, sockets)


def write(facilitator: Facilitator) -> None:
    facilitator.goes_to("gather")
    writer = facilitator.phone()
    for text in ("Free park and ride", "Later buses", "More benches", "Fewer signs"):
        writer.writes(text)


def crowd(facilitator: Facilitator) -> list[Phone]:
    return [facilitator.phone() for _ in range(PEOPLE)]


def vote(facilitator: Facilitator, watching: Watching, people: list[Phone]) -> None:
    """Place the dots that make the totals, and wait until the board says that they are placed."""
    facilitator.goes_to("vote")
    wishes = [number for number, total in enumerate(TOTALS, start=1) for _ in range(total)]
    for n, phone in enumerate(people):
        moves = [phone.move(dot, 0, wishes[8 * n + dot - 1]) for dot in range(1, 9)]
        assert phone.ask_json(f"/w/{phone.code}/1/dots", {"moves": moves}).json()["ok"]
    assert facilitator.tally() == dict(enumerate(TOTALS, start=1))
    while PLACED not in watching.sockets[2].hears("patch")["fragments"].get("progress", ""):
        pass


@pytest.fixture
def live_facilitator(organiser: Organiser) -> Facilitator:
    return organiser.opens(totals="live")


@GREEN_AND_NATIVE
def test_nobody_finds_a_total_before_the_reveal(facilitator: Facilitator) -> None:
    watching = watch(facilitator)
    qr = watching.ada.get(f"/w/{facilitator.code}/join.svg").content
    write(facilitator)
    # If these numbers were anywhere now, finding them later would mean nothing.
    assert watching.finds() == []
    vote(facilitator, watching, crowd(facilitator))
    assert watching.finds() == []
    facilitator.goes_to("reveal")
    watching.see("reveal")
    assert watching.finds() == []
    assert watching.ada.get(f"/w/{facilitator.code}/join.svg").content == qr
    assert facilitator.tally() == dict(enumerate(TOTALS, start=1))


@IN_ONE_MODE
def test_everybody_finds_the_totals_where_they_are_live(live_facilitator: Facilitator) -> None:
    """Otherwise the test above could find nothing, wherever it looked."""
    watching = watch(live_facilitator)
    write(live_facilitator)
    assert watching.finds() == []
    vote(live_facilitator, watching, crowd(live_facilitator))
    findings = watching.finds()
    addresses = {finding.rpartition(" ")[2] for finding in findings}
    code = live_facilitator.code
    assert {f"/w/{code}", f"/w/{code}/state", f"/w/{code}/board"} <= addresses
    for socket in watching.sockets:
        assert watching.walker.in_packets(socket.raw)


@IN_ONE_MODE
def test_everybody_finds_the_totals_after_the_reveal(facilitator: Facilitator) -> None:
    watching = watch(facilitator)
    write(facilitator)
    vote(facilitator, watching, crowd(facilitator))
    facilitator.goes_to("discuss")
    watching.see("discuss")
    for socket in watching.sockets:
        assert watching.walker.in_packets(socket.raw)
    assert watching.walker.in_text(watching.ada.get(f"/w/{facilitator.code}").text)


@IN_ONE_MODE
def test_results_are_for_those_who_hold_their_link(facilitator: Facilitator, ada: Phone) -> None:
    board = facilitator.board()
    write(facilitator)
    for phase in ("vote", "reveal", "discuss", "closed"):
        facilitator.goes_to(phase)
        for browser in (ada, board, Browser(ada.base)):
            for page in ("results", "results?before_reveal=yes", "1/results.csv", "1/results.json"):
                for headers in ({}, JSON):
                    assert browser.get(f"/w/{ada.code}/{page}", headers=headers).status_code == 403
        assert ada.get(f"/w/{ada.code}/board").status_code == 403
        for browser in (ada, board):
            assert browser.get(f"/w/{ada.code}/console").status_code == 403


@IN_ONE_MODE
def test_a_results_page_shows_nothing_by_itself_before_the_reveal(facilitator: Facilitator) -> None:
    """It may be opened on the projector. Whoever holds its link may ask for more."""
    watching = watch(facilitator)
    write(facilitator)
    vote(facilitator, watching, crowd(facilitator))
    holder = Browser(facilitator.base)
    for phase in ("vote", "reveal"):
        facilitator.goes_to(phase)
        page = holder.get(facilitator.path("results")).text
        assert watching.walker.in_text(page) == []
        more = re.search(r'href="(\?\w+=yes)"', page)
        assert more
        assert watching.walker.in_text(holder.get(f"/w/{facilitator.code}/results{more.group(1)}").text)


def test_a_participant_hears_nothing_of_the_dots_of_others(facilitator: Facilitator) -> None:
    """Not even that somebody moved one: no message of any kind, however small."""
    watching = watch(facilitator)
    write(facilitator)
    people = crowd(facilitator)
    facilitator.goes_to("vote")
    watching.see("vote")
    participants = watching.sockets[:2]
    for socket in participants:
        socket.catches_up()
    before = [len(socket.raw) for socket in participants]
    version = watching.pat.state()["version"]
    vote(facilitator, watching, people)
    for socket, heard in zip(participants, before, strict=True):
        socket.catches_up()
        (answer,) = socket.raw[heard:]
        assert answer.startswith("43")
    told = watching.pat.state(version)
    assert told == {"version": version, "now": told["now"], "ballot": watching.pat.state()["ballot"]}

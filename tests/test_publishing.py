"""What is pushed: to whom, how often, and what is not. The sockets are stood in for; all else is real."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

import workshop.publishing
from tests.cast import BY, Person, Room
from tests.sockets import Screens, Sockets, gathered
from workshop import access
from workshop.actions import deleting, gathering, voting
from workshop.ballot_box import BallotBox
from workshop.live import Live
from workshop.models import Workshop
from workshop.publishing import Seats
from workshop.store import Store

LONG = 600.0


@pytest.fixture
def ada(screens: Screens) -> Person:
    return screens.room.person()


# Pushing --------------------------------------------------------------------------------------------------------------


def test_only_what_changed_is_sent(screens: Screens, ada: Person) -> None:
    gathered(screens, ada)
    phone, board = screens.watches(screens.phone(), "participant"), screens.board()
    phone.hears(), board.hears()
    ada.writes("A library", "no")
    ((event, patch),) = phone.hears()
    assert (event, list(patch["fragments"])) == ("patch", ["r4"])
    assert patch["version"] == screens.version("participant")
    # The board counts responses, so its stage and its foot changed as well.
    ((_, patch),) = board.hears()
    assert set(patch["fragments"]) == {"stage", "progress", "r4"}


def test_what_is_withdrawn_goes_and_comes_back(screens: Screens, ada: Person) -> None:
    gathered(screens, ada)
    phone = screens.watches(screens.phone(), "participant")
    phone.hears()
    gathering.withdraw(screens.room.store, screens.room.id, 1, 2, by=BY)
    ((_, patch),) = phone.hears()
    assert patch["fragments"] == {"r2": None}
    gathering.restore(screens.room.store, screens.room.id, 1, 2, by=BY)
    ((_, patch),) = phone.hears()
    assert "A night market" in patch["fragments"]["r2"]


def test_a_workshop_that_is_deleted_is_no_fault(
    screens: Screens, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    gathered(screens, ada)
    board = screens.board()
    board.hears()
    with screens.room.store.reading() as session:
        title = session.get_one(Workshop, screens.room.id).title
    deleting.delete_workshop(screens.room.store, screens.room.id, title)
    assert "patch" not in [event for event, _ in board.hears()]
    assert [each.message for each in caplog.records if each.levelname == "ERROR"] == []


def test_who_applies_every_patch_has_what_who_comes_late_is_told(screens: Screens, ada: Person) -> None:
    watchers = {
        "participant": screens.watches(screens.phone(), "participant"),
        "board": screens.board(),
        "console": screens.watches(screens.browser("facilitator"), "console"),
    }
    shown: dict[str, dict[str, str | None]] = {audience: {} for audience in watchers}

    def look() -> None:
        for audience, watcher in watchers.items():
            for event, message in watcher.hears():
                shown[audience] |= message.get("fragments", {}) if event in ("state", "patch") else {}
            assert {key: html for key, html in shown[audience].items() if html} == screens.now(audience)["fragments"]

    look()
    gathered(screens, ada)
    look()
    for phase in ("vote", "reveal", "discuss", "closed", "discuss", "reveal", "vote", "gather", "vote", "discuss"):
        screens.room.goes_to(phase)
        look()
        if phase == "vote":
            ada.moves(1, 1)
            look()
            gathering.withdraw(screens.room.store, screens.room.id, 1, 3, by=BY)
            look()
            voting.set_finished(screens.room.store, screens.room.id, ada.id, 1, True)
            gathering.restore(screens.room.store, screens.room.id, 1, 3, by=BY)
            look()


def test_a_participant_hears_nothing_at_all_of_others_dots_while_totals_are_hidden(
    screens: Screens, ada: Person
) -> None:
    gathered(screens, ada)
    screens.room.goes_to("vote")
    phone, board = screens.watches(screens.phone(), "participant"), screens.board()
    phone.hears(), board.hears()
    for dot in range(1, 9):
        ada.moves(dot, 1 + dot % 3)
        screens.sockets.runs()
    assert phone.hears() == []
    # The board hears how many are placed in all, and not where.
    heard = board.hears()
    assert heard
    assert {key for _, patch in heard for key in patch["fragments"]} == {"progress"}


def test_a_dot_that_only_changes_its_place_is_heard_by_nobody(screens: Screens, ada: Person) -> None:
    gathered(screens, ada)
    screens.room.goes_to("vote")
    ada.moves(1, 1)
    watchers = [
        screens.watches(screens.phone(), "participant"),
        screens.board(),
        screens.watches(screens.browser("facilitator"), "console"),
    ]
    for watcher in watchers:
        watcher.hears()
    ada.moves(1, 2)
    assert [watcher.hears() for watcher in watchers] == [[], [], []]


def test_with_live_totals_everybody_hears_where_dots_are(app: Flask) -> None:
    screens = Screens(app, totals="live")
    ada = screens.room.person()
    gathered(screens, ada)
    screens.room.goes_to("vote")
    phone = screens.watches(screens.phone(), "participant")
    phone.hears()
    ada.moves(1, 2)
    ((_, patch),) = phone.hears()
    assert list(patch["fragments"]) == ["r2"]


def test_an_audience_is_rendered_once_for_a_change_however_many_watch(screens: Screens, ada: Person) -> None:
    gathered(screens, ada)
    phone = screens.phone()
    crowd = [screens.watches(phone, "participant") for _ in range(50)] + [screens.board() for _ in range(3)]
    for watcher in crowd:
        watcher.hears()
    before = screens.live.publisher.renders
    ada.writes("A library")
    heard = [watcher.hears() for watcher in crowd]
    assert all(len(each) == 1 for each in heard)
    assert screens.live.publisher.renders - before == 2


def test_who_comes_back_costs_no_rendering(screens: Screens, ada: Person) -> None:
    gathered(screens, ada)
    phone = screens.phone()
    assert screens.watches(phone, "participant").hears()
    before = screens.live.publisher.renders
    for _ in range(50):
        assert screens.watches(phone, "participant").hears()
    assert screens.live.publisher.renders == before


def test_a_change_that_nobody_watches_costs_no_rendering(screens: Screens, ada: Person) -> None:
    before = screens.live.publisher.renders
    gathered(screens, ada)
    screens.sockets.runs()
    assert screens.live.publisher.renders == before


def test_the_first_change_shows_at_once_and_what_follows_shows_together(
    screens: Screens, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Longer than any machine takes between the two.
    monkeypatch.setattr(workshop.publishing, "SECONDS_BETWEEN_PUSHES", LONG)
    board = screens.board()
    board.hears()
    screens.room.goes_to("gather")
    assert len(board.hears()) == 1
    assert screens.sockets.slept == []

    ada = screens.room.person()
    screens.sockets.meanwhile = lambda: [ada.writes(words) for words in ("A playground", "Trees", "Better lighting")]
    ((_, patch),) = board.hears()
    assert {"progress", "r1", "r2", "r3"} <= patch["fragments"].keys()
    assert all(0 < seconds <= LONG for seconds in screens.sockets.slept)
    assert screens.sockets.slept


def test_what_changes_while_it_is_being_pushed_is_pushed_as_well(screens: Screens, ada: Person) -> None:
    gathered(screens, ada)
    board = screens.board()
    board.hears()
    ada.writes("A library")
    board.hears()
    ada.writes("A playground")
    screens.sockets.meanwhile = lambda: gathering.withdraw(screens.room.store, screens.room.id, 1, 1, by=BY)
    fragments: dict[str, Any] = {}
    for _, patch in board.hears():
        fragments |= patch["fragments"]
    assert "r5" in fragments
    assert fragments["r1"] is None


def test_who_has_hung_up_hears_nothing_more(screens: Screens, ada: Person) -> None:
    gathered(screens, ada)
    phone = screens.phone()
    one, other = screens.watches(phone, "participant"), screens.watches(phone, "participant")
    one.hears(), other.hears()
    one.hangs_up()
    ada.writes("A library")
    assert (len(one.hears()), len(other.hears())) == (0, 1)
    assert one.sends({"exercise": 1, "moves": []})["error"]["code"] == "not_joined"
    one.hangs_up()


def test_who_was_away_when_something_changed_is_told_on_coming_back(screens: Screens, ada: Person) -> None:
    """The only board loses its connection just after a change, before the change is pushed."""
    gathered(screens, ada)
    browser = screens.browser("board")
    board = screens.watches(browser, "board")
    ((_, shown),) = board.hears()
    ada.writes("A library")
    board.hangs_up()
    screens.sockets.runs()
    heard = screens.watches(browser, "board", shown["version"]).hears()
    assert heard, "The board shows the old responses and is not told of the new one."
    assert "r4" in heard[0][1]["fragments"]


class Interrupted(Store):
    """A store where something happens just before a reading ends: what was read is old by then."""

    happens: Callable[[], object] | None = None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with super().reading() as session:
            yield session
            happens, self.happens = self.happens, None
            if happens:
                happens()


def test_a_change_while_a_screen_is_being_drawn_is_not_kept_from_those_who_poll(screens: Screens, ada: Person) -> None:
    gathered(screens, ada)
    store = Interrupted(screens.room.store.engine.url.render_as_string(hide_password=False))
    live = Live(screens.app, Sockets(), store, BallotBox(store), screens.app.extensions["eightdots"].languages)  # type: ignore[arg-type]
    store.happens = lambda: Room.again(screens.room, store).goes_to("vote")
    before = live.state(Seats(screens.room.id, "participant", "en"), None)
    assert before is not None
    then = live.state(Seats(screens.room.id, "participant", "en"), before["version"])
    assert then, "Whoever polls never learns that voting has opened."
    assert 'data-phase="vote"' in then["fragments"]["stage"]
    store.close()


def test_what_goes_while_nobody_knows_what_was_sent_goes_from_every_phone(screens: Screens, ada: Person) -> None:
    """Something else changes while a phone is told how things stand, so that what it was sent is not kept."""
    gathered(screens, ada)
    store = Interrupted(screens.room.store.engine.url.render_as_string(hide_password=False))
    screens.sockets = Sockets()
    languages = screens.app.extensions["eightdots"].languages
    screens.live = Live(screens.app, screens.sockets, store, BallotBox(store), languages)  # type: ignore[arg-type]
    phone = screens.watches(screens.phone(), "participant")
    store.happens = lambda: screens.live.publisher.changed(0)
    ((_, state),) = phone.hears()
    assert "r2" in state["fragments"]
    gathering.withdraw(store, screens.room.id, 1, 2, by=BY)
    ((_, patch),) = phone.hears()
    assert patch["full"], "The phone goes on showing R2."
    assert not {"r2"} & patch["fragments"].keys()
    store.close()


# Turning away ---------------------------------------------------------------------------------------------------------


def test_who_may_still_watch_is_looked_up_only_when_more_than_dots_changed(
    screens: Screens, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    gathered(screens, ada)
    screens.room.goes_to("vote")
    board = screens.board()
    board.hears()
    looked: list[access.Standing | None] = []
    look = access.standing

    def looks(*given: Any) -> access.Standing | None:
        found = look(*given)
        # The app pushes as well, to nobody, in threads of its own.
        if threading.current_thread() is threading.main_thread():
            looked.append(found)
        return found

    monkeypatch.setattr(access, "standing", looks)
    for dot in range(1, 5):
        ada.moves(dot, 1)
        assert board.hears()
    assert set(looked) == {None}
    gathering.withdraw(screens.room.store, screens.room.id, 1, 1, by=BY)
    board.hears()
    assert looked[-1] is not None


def test_a_fault_in_turning_away_keeps_nobody_from_being_told_what_changed(
    screens: Screens, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    gathered(screens, ada)
    board = screens.board()
    board.hears()

    def fails(*_: Any) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr(access, "standing", fails)
    ada.writes("A library")
    assert [event for event, _ in board.hears()] == ["patch"]

"""Who may watch, what they have missed, and moves over a socket. The sockets are stood in for; all else is real."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from socketio.exceptions import ConnectionRefusedError as Refused
from sqlalchemy import text

from tests.cast import BY, KEY, Person
from tests.pages.people import Browser, Phone
from tests.sockets import Screens, Sockets, Watcher, gathered
from workshop.actions import doors, history, linking
from workshop.ballot_box import BallotBox
from workshop.live import Live
from workshop.models import Link
from workshop.store import Store


@pytest.fixture
def ada(screens: Screens) -> Person:
    return screens.room.person()


# Connecting -----------------------------------------------------------------------------------------------------------


def test_whoever_connects_without_a_version_is_told_everything(screens: Screens, ada: Person) -> None:
    gathered(screens, ada)
    ((event, state),) = screens.board().hears()
    assert (event, state["full"], state["version"]) == ("state", True, screens.version("board"))
    assert list(state["fragments"]) == ["stage", "progress", "timer", "spotlight", "r1", "r2", "r3"]
    assert "A night market" in state["fragments"]["r2"]
    assert not {"ballot", "mine"} & state.keys()


def test_whoever_shows_what_is_current_is_told_nothing_but_what_is_their_own(screens: Screens, ada: Person) -> None:
    gathered(screens, ada)
    ((event, state),) = screens.board(screens.version("board")).hears()
    assert (event, state) == ("state", {"version": screens.version("board"), "now": state["now"]})
    phone = screens.phone()
    version = screens.version("participant")
    ((event, state),) = screens.watches(phone, "participant", version).hears()
    assert (event, state) == ("state", {"version": version, "now": state["now"], "mine": [], "unchecked": []})


def test_whoever_shows_something_older_is_told_everything(screens: Screens, ada: Person) -> None:
    gathered(screens, ada)
    ((_, state),) = screens.board(screens.version("board") - 1).hears()
    assert state["full"]


@pytest.mark.parametrize(
    ("phase", "own"),
    [("draft", None), ("gather", "mine"), ("vote", "ballot"), ("reveal", "ballot"), ("discuss", "ballot")],
)
def test_a_phone_is_told_its_own_responses_while_gathering_and_its_ballot_from_then_on(
    screens: Screens, ada: Person, phase: str, own: str | None
) -> None:
    gathered(screens, ada)
    screens.room.goes_to(phase)
    phone = screens.phone()
    ((_, state),) = screens.watches(phone, "participant").hears()
    assert {"ballot", "mine"} & state.keys() == ({own} if own else set())
    if own == "ballot":
        assert state["ballot"] == {"exercise": 1, "allowance": 8, "finished": False, "dots": [[None, 0]] * 8}


@pytest.mark.parametrize(
    ("auth", "code"),
    [
        (None, "not_understood"),
        ("K74M2P", "not_understood"),
        ([], "not_understood"),
        ({}, "not_understood"),
        ({"code": "K74M2P", "audience": "everybody", "version": None}, "not_understood"),
        ({"code": "K74M2P", "audience": ["board"], "version": None}, "not_understood"),
        ({"code": "K74M2P", "audience": None, "version": None}, "not_understood"),
        ({"code": ["K74M2P"], "audience": "board", "version": None}, "not_understood"),
        ({"code": "no code", "audience": "board", "version": None}, "not_understood"),
        ({"code": "K74M2P", "audience": "board", "version": "12"}, "not_understood"),
        ({"code": "K74M2P", "audience": "board", "version": True}, "not_understood"),
        ({"code": "K74M2P", "audience": "board", "version": 1.5}, "not_understood"),
        ({"code": "222222", "audience": "board", "version": None}, "no_such_workshop"),
    ],
)
def test_whoever_cannot_be_understood_is_not_let_in(screens: Screens, auth: Any, code: str) -> None:
    board = screens.browser("board")
    with pytest.raises(Refused) as refused:
        Watcher(screens.sockets, board.cookie, auth)
    assert refused.value.error_args["data"] == {"code": code}
    assert not screens.sockets.rooms


@pytest.mark.parametrize("audience", ["participant", "board", "console"])
def test_whoever_does_not_hold_what_it_needs_is_not_let_in(screens: Screens, audience: str) -> None:
    stranger = Browser(screens.app)
    stranger.get("/")
    others = Screens(screens.app)
    elsewhere = others.phone() if audience == "participant" else others.browser("facilitator")
    forged = "eightdots=eyJoZWxkIjp7fX0.forged.forged"
    for cookie in ("", forged, stranger.cookie, elsewhere.cookie):
        with pytest.raises(Refused) as refused:
            Watcher(screens.sockets, cookie, {"code": screens.code, "audience": audience, "version": None})
        assert refused.value.error_args["data"]["code"] in ("not_joined", "no_link")


def test_a_board_link_does_not_open_the_console_and_a_facilitators_opens_the_board(screens: Screens) -> None:
    with pytest.raises(Refused):
        screens.watches(screens.browser("board"), "console")
    with pytest.raises(Refused):
        screens.watches(screens.browser("results"), "board")
    assert screens.watches(screens.browser("facilitator"), "board").hears()


def test_a_link_that_was_revoked_lets_nobody_in(screens: Screens) -> None:
    board = screens.browser("board")
    with screens.room.store.change(screens.room.id) as session:
        session.execute(text("UPDATE link SET revoked_at = 1 WHERE workshop_id = :id"), {"id": screens.room.id})
    with pytest.raises(Refused):
        screens.watches(board, "board")


def test_whatever_goes_wrong_nobody_is_let_in(screens: Screens, tmp_path: Path) -> None:
    """Left alone, the library lets in whoever makes the handler fail."""
    board = screens.browser("board")
    gone = Store(f"sqlite:///{tmp_path}")
    sockets = Sockets()
    languages = screens.app.extensions["eightdots"].languages
    Live(screens.app, sockets, gone, BallotBox(gone), languages)  # type: ignore[arg-type]
    with pytest.raises(Refused) as refused:
        Watcher(sockets, board.cookie, {"code": screens.code, "audience": "board", "version": None})
    assert refused.value.error_args["data"] == {"code": "fault"}
    assert not sockets.rooms


def test_whoever_connects_to_a_workshop_that_ends_is_told_that_it_is_gone(screens: Screens) -> None:
    board = screens.board()
    with screens.room.store.engine.begin() as connection:
        connection.execute(text("DELETE FROM workshop WHERE id = :id"), {"id": screens.room.id})
    assert board.hears() == [("gone", {"code": "no_such_workshop", "message": "This workshop has ended."})]


# Being turned away ----------------------------------------------------------------------------------------------------

REVOKED = (
    "gone",
    {"code": "no_link", "message": "This link no longer works. Ask whoever gave it to you for a new one."},
)
MOVED = ("gone", {"code": "moved", "message": "Your ballot is on another phone now."})


def revokes(screens: Screens, role: str) -> int | None:
    """A facilitator revokes the first link of a role that works. Returns the entry in the history."""
    link = next(each for each in links(screens) if each.role == role and each.revoked_at is None)
    return linking.revoke_link(screens.room.store, screens.room.id, link.id, by=BY)


def links(screens: Screens) -> Sequence[Link]:
    with screens.room.store.reading() as session:
        return linking.list_links(session, screens.room.id)


def moves_away(screens: Screens, phone: Phone) -> None:
    """Somebody takes their ballot to another phone."""
    path = urlsplit(phone.asks(f"{phone.home}/return").get_json()["link"]).path
    other = Browser(screens.app)
    other.get(path)
    other.presses("Go on with this phone")
    assert other.path == phone.home


def test_who_came_with_a_link_that_is_revoked_is_told_at_once_and_hears_no_more(screens: Screens, ada: Person) -> None:
    with_boards, with_facilitators = screens.board(), screens.watches(screens.browser("facilitator"), "board")
    with_boards.hears(), with_facilitators.hears()
    revokes(screens, "board")
    assert with_boards.hears() == [REVOKED]
    screens.room.goes_to("gather")
    ada.writes("Trees")
    assert with_boards.hears() == []
    assert with_facilitators.hears()[0][0] == "patch"
    assert screens.sockets.hung_up == [with_boards.sid]
    with_boards.hangs_up()


def test_a_link_that_works_again_lets_its_pages_in_again(screens: Screens) -> None:
    browser = screens.browser("board")
    board = screens.watches(browser, "board")
    board.hears()
    entry = revokes(screens, "board")
    assert board.hears() == [REVOKED]
    assert entry is not None
    history.undo(screens.room.store, screens.room.id, entry, by=BY)
    assert [event for event, _ in screens.watches(browser, "board").hears()] == ["state"]


def test_a_rotated_link_turns_away_the_pages_of_the_old_one(screens: Screens) -> None:
    board = screens.board()
    board.hears()
    link = next(each for each in links(screens) if each.role == "board")
    linking.rotate_link(screens.room.store, screens.room.id, link.id, key=KEY, chance=screens.room.chance, by=BY)
    assert board.hears() == [REVOKED]


def test_the_phone_that_a_ballot_moved_from_is_told_and_moves_no_more_dots(
    screens: Screens, voters: tuple[Phone, Phone]
) -> None:
    phone, other = voters
    sockets = [screens.watches(phone, "participant") for _ in range(2)]
    somebody_else = screens.watches(other, "participant")
    for socket in (*sockets, somebody_else):
        socket.hears()
    moves_away(screens, phone)
    assert [socket.hears() for socket in sockets] == [[MOVED], [MOVED]]
    assert somebody_else.hears() == []
    answer = sockets[0].sends({"exercise": 1, "moves": [move(1, 0, 1)]})
    assert (answer["ok"], answer["error"]["code"]) == (False, "not_joined")
    with pytest.raises(Refused) as refused:
        screens.watches(phone, "participant")
    assert refused.value.error_args["data"] == {"code": "moved"}


def test_whoever_waits_is_not_let_in_and_whoever_is_put_back_is_told(screens: Screens) -> None:
    store, room = screens.room.store, screens.room.id
    doors.set_door(store, room, "capped", 1, by=BY)
    screens.phone()
    phone = screens.phone()
    with pytest.raises(Refused) as refused:
        screens.watches(phone, "participant")
    assert refused.value.error_args["data"] == {"code": "waiting"}
    _, entry = doors.admit(store, room, by=BY)
    socket = screens.watches(phone, "participant")
    assert socket.hears()[0][0] == "state"
    assert entry is not None
    history.undo(store, room, entry, by=BY)
    message = {"code": "waiting", "message": "The room is full. The facilitator can let you in."}
    assert socket.hears() == [("gone", message)]


def test_who_connects_while_their_link_is_being_revoked_is_turned_away_as_well(screens: Screens) -> None:
    """They were let in before, and come on the roll only after everybody on it was looked at."""
    browser = screens.browser("board")
    early = screens.watches(browser, "board")
    early.hears()
    admit = screens.live._admit

    def slowly(environ: dict[str, Any], auth: Any) -> Any:
        admitted = admit(environ, auth)
        revokes(screens, "board")
        assert early.hears() == [REVOKED]
        return admitted

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(screens.live, "_admit", slowly)
        late = Watcher(screens.sockets, browser.cookie, {"code": screens.code, "audience": "board", "version": None})
    assert late.hears()[-1] == REVOKED
    screens.room.goes_to("gather")
    assert late.hears() == []


def test_when_a_workshop_is_gone_everybody_is_told(screens: Screens, voters: tuple[Phone, Phone]) -> None:
    sockets = [screens.board(), *(screens.watches(phone, "participant") for phone in voters)]
    for socket in sockets:
        socket.hears()
    with screens.room.store.engine.begin() as connection:
        connection.execute(text("DELETE FROM workshop WHERE id = :id"), {"id": screens.room.id})
    screens.live.publisher.changed(screens.room.id)
    for socket in sockets:
        assert socket.hears() == [("gone", {"code": "no_such_workshop", "message": "This workshop has ended."})]


# Dots -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def voters(screens: Screens, ada: Person) -> tuple[Phone, Phone]:
    """Two phones, and voting is open."""
    gathered(screens, ada)
    screens.room.goes_to("vote")
    return screens.phone(), screens.phone()


def move(dot: int, replaces: int, response: int | None, op: str = "a") -> dict[str, Any]:
    return {"dot": dot, "replaces": replaces, "response": response, "op": op}


def test_a_move_is_answered_with_the_ballot_and_what_became_of_it(
    screens: Screens, voters: tuple[Phone, Phone]
) -> None:
    phone = screens.watches(voters[0], "participant")
    assert phone.sends({"exercise": 1, "moves": [move(3, 0, 2, "x"), move(1, 0, 1, "y")]}) == {
        "ok": True,
        "ballot": {
            "exercise": 1,
            "allowance": 8,
            "finished": False,
            "dots": [(1, 1), (None, 0), (2, 1), *[(None, 0)] * 5],
        },
        "moves": [{"dot": 3, "op": "x", "outcome": "moved"}, {"dot": 1, "op": "y", "outcome": "moved"}],
    }


def test_a_ballot_says_whether_its_owner_has_finished(screens: Screens, voters: tuple[Phone, Phone]) -> None:
    phone = voters[0]
    assert phone.asks(f"{phone.home}/1/finished", {"finished": "yes"}).status_code == 200
    socket = screens.watches(phone, "participant")
    assert socket.hears()[0][1]["ballot"]["finished"] is True
    assert socket.sends({"exercise": 1, "moves": [move(1, 0, 1)]})["ballot"]["finished"] is True


def test_a_move_that_is_stale_or_refused_says_so_and_shows_the_truth(
    screens: Screens, voters: tuple[Phone, Phone]
) -> None:
    phone = screens.watches(voters[0], "participant")
    phone.sends({"exercise": 1, "moves": [move(1, 0, 1, "x")]})
    answer = phone.sends({"exercise": 1, "moves": [move(1, 0, 2, "y"), move(2, 0, 99, "z"), move(1 + 2, 0, 3, "w")]})
    assert [each["outcome"] for each in answer["moves"]] == ["stale", "refused", "moved"]
    assert answer["moves"][1]["error"]["code"] == "no_such_response"
    assert (answer["ok"], answer["error"]["code"]) == (False, "stale")
    assert answer["ballot"]["dots"][:3] == [(1, 1), (None, 0), (3, 1)]
    again = phone.sends({"exercise": 1, "moves": [move(1, 0, 1, "x")]})
    assert (again["ok"], again["moves"][0]["outcome"]) == (True, "repeated")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (None, "not_understood"),
        ([], "not_understood"),
        ("move", "not_understood"),
        ({}, "not_understood"),
        ({"exercise": 1}, "not_understood"),
        ({"exercise": 1, "moves": {}}, "not_understood"),
        ({"exercise": None, "moves": [move(1, 0, 1)]}, "not_understood"),
        ({"exercise": 1, "moves": [None]}, "not_understood"),
        ({"exercise": 1, "moves": [move(1, 0, 1) | {"op": None}]}, "not_understood"),
        ({"exercise": 1, "moves": [move(1, 0, 1) | {"dot": 1.0}]}, "not_understood"),
        ({"exercise": 1, "moves": [move(1, 0, 1) | {"dot": True}]}, "not_understood"),
        ({"exercise": 1, "moves": [move(1, 0, 1) | {"dot": 2**40}]}, "not_understood"),
        ({"exercise": 1, "moves": [move(1, 0, 1) | {"response": []}]}, "not_understood"),
        ({"exercise": 1, "moves": []}, "unacceptable"),
        ({"exercise": 1, "moves": [move(dot, 0, 1) for dot in range(1, 22)]}, "unacceptable"),
        ({"exercise": 1, "moves": [move(1, 0, 1), move(1, 1, 2)]}, "unacceptable"),
        ({"exercise": 2, "moves": [move(1, 0, 1)]}, "no_such_exercise"),
        ({"exercise": 2**31 - 1, "moves": [move(1, 0, 1)]}, "no_such_exercise"),
    ],
)
def test_a_message_that_cannot_be_meant_is_answered_with_a_sentence(
    screens: Screens, voters: tuple[Phone, Phone], data: Any, code: str
) -> None:
    answer = screens.watches(voters[0], "participant").sends(data)
    assert (answer["ok"], answer["error"]["code"]) == (False, code)
    assert answer["error"]["message"].endswith(".")
    assert voters[0].slots() == [[None, 0]] * 8


def test_who_only_watches_moves_nothing(screens: Screens, voters: tuple[Phone, Phone]) -> None:
    facilitator = screens.browser("facilitator")
    for audience in ("board", "console"):
        answer = screens.watches(facilitator, audience).sends({"exercise": 1, "moves": [move(1, 0, 1)]})
        assert (answer["ok"], answer["error"]["code"]) == (False, "not_joined")
    assert screens.room.tally == {}


def test_another_tab_hears_of_a_move_and_the_one_that_moved_and_other_people_do_not(
    screens: Screens, voters: tuple[Phone, Phone]
) -> None:
    phone, other = voters
    here, there = screens.watches(phone, "participant"), screens.watches(phone, "participant")
    somebody_else = screens.watches(other, "participant")
    for each in (here, there, somebody_else):
        each.hears()
    answer = here.sends({"exercise": 1, "moves": [move(2, 0, 1)]})
    assert here.hears() == somebody_else.hears() == []
    assert there.hears() == [("ballot", json.loads(json.dumps(answer["ballot"])))]


def test_a_tab_hears_of_a_move_by_form(screens: Screens, voters: tuple[Phone, Phone]) -> None:
    phone = screens.watches(voters[0], "participant")
    phone.hears()
    assert voters[0].asks(f"{voters[0].home}/1/dots", move(1, 0, 2)).status_code == 200
    ((event, ballot),) = phone.hears()
    assert (event, ballot["dots"][0]) == ("ballot", [2, 1])

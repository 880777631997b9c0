"""Moving dots by HTTP: as a form and as JSON, with the status that each deserves, whoever makes it up."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.pages.people import JSON, Browser, Facilitator, Organiser, Phone


@pytest.fixture
def voting(facilitator: Facilitator, ada: Phone) -> Facilitator:
    facilitator.goes_to("gather")
    for text in ("Free park and ride", "A night market", "Benches"):
        ada.writes(text)
    facilitator.goes_to("vote")
    return facilitator


def dots(phone: Phone) -> str:
    return f"{phone.home}/1/dots"


def test_a_move_is_answered_with_the_ballot(voting: Facilitator, ada: Phone) -> None:
    answer = ada.moves({"dot": 3, "replaces": 0, "response": 2, "op": "one"})
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.json == {
        "ok": True,
        "ballot": {
            "exercise": 1,
            "allowance": 8,
            "finished": False,
            "dots": [[None, 0], [None, 0], [2, 1], *[[None, 0]] * 5],
        },
        "moves": [{"dot": 3, "op": "one", "outcome": "moved"}],
    }


def test_the_form_and_json_do_the_same(voting: Facilitator, ada: Phone, ben: Phone) -> None:
    for move in (
        {"dot": 1, "replaces": 0, "response": 2, "op": "a"},
        {"dot": 1, "replaces": 1, "response": None, "op": "b"},
        {"dot": 1, "replaces": 1, "response": None, "op": "b"},
        {"dot": 1, "replaces": 0, "response": 3, "op": "c"},
        {"dot": 9, "replaces": 0, "response": 3, "op": "d"},
        {"dot": 1, "replaces": -1, "response": 3, "op": "e"},
        {"dot": 2, "replaces": 0, "response": 99, "op": "f"},
        {"dot": 2, "replaces": 0, "response": 1, "op": "ä"},
        {"dot": 2, "replaces": 0, "response": 1},
        {"dot": "", "replaces": 0, "response": 1, "op": "g"},
        {"dot": "1e0", "replaces": 0, "response": 1, "op": "h"},
        {"replaces": 0, "response": 1, "op": "i"},
        {"dot": 2, "replaces": 0, "op": "j"},
        {"dot": 2**31, "replaces": 0, "response": 1, "op": "k"},
        {"dot": 2, "replaces": 0, "response": -(2**31) + 1, "op": "l"},
        {"dot": 2, "replaces": 2**31 - 1, "response": 1, "op": "m"},
    ):
        as_json = ada.moves(move)
        as_form = ben.asks(dots(ben), {name: "" if value is None else value for name, value in move.items()})
        assert (as_json.status_code, as_json.json) == (as_form.status_code, as_form.json), move


def test_a_move_that_cannot_be_changes_nothing(voting: Facilitator, ada: Phone) -> None:
    wrongs: list[tuple[dict[str, Any], int, str]] = [
        ({"dot": 0}, 422, "no_such_dot"),
        ({"dot": 9}, 422, "no_such_dot"),
        ({"dot": -1}, 422, "no_such_dot"),
        ({"dot": "x"}, 400, "not_understood"),
        ({"dot": None}, 400, "not_understood"),
        ({"dot": 1.5}, 400, "not_understood"),
        ({"dot": True}, 400, "not_understood"),
        ({"dot": [1]}, 400, "not_understood"),
        ({"dot": 10**30}, 400, "not_understood"),
        ({"replaces": 1}, 409, "stale"),
        ({"replaces": -1}, 400, "not_understood"),
        ({"response": 99}, 422, "no_such_response"),
        ({"response": 0}, 422, "no_such_response"),
        ({"response": {}}, 400, "not_understood"),
        ({"op": ""}, 400, "not_understood"),
        ({"op": "x" * 41}, 400, "not_understood"),
        ({"op": "a b"}, 400, "not_understood"),
        ({"op": 7}, 400, "not_understood"),
        ({"op": "\ud800"}, 400, "not_understood"),
    ]
    for wrong, status, code in wrongs:
        answer = ada.moves({"dot": 1, "replaces": 0, "response": 1, "op": "one"} | wrong)
        told = answer.get_json()
        assert (wrong, answer.status_code, told["ok"], told["error"]["code"]) == (wrong, status, False, code)
    assert ada.slots() == [[None, 0]] * 8


def test_json_that_cannot_be_meant_is_not_understood(voting: Facilitator, ada: Phone) -> None:
    for body in (
        b"",
        b"{",
        b"null",
        b"[]",
        b"7",
        b'"moves"',
        b"{}",
        b'{"moves": null}',
        b'{"moves": {}}',
        b'{"moves": [[]]}',
        b'{"moves": ["R1"]}',
        b'{"moves": [{"dot": NaN, "replaces": 0, "response": 1, "op": "a"}]}',
        b'{"moves": [{"dot": 1e999, "replaces": 0, "response": 1, "op": "a"}]}',
        b'{"moves": [{"dot": ' + b"9" * 5000 + b', "replaces": 0, "response": 1, "op": "a"}]}',
        b"[" * 20_000,
        b'{"moves": ' * 5_000,
        b"\xff\xfe",
        b"\0",
    ):
        answer = ada.sends(dots(ada), body, "application/json")
        told = answer.get_json()
        assert (body[:60], answer.status_code, told["ok"]) == (body[:60], 400, False)
        assert told["error"]["message"].endswith(".")
    assert ada.slots() == [[None, 0]] * 8


def test_moves_of_another_type_than_a_form_or_json_are_not_understood(voting: Facilitator, ada: Phone) -> None:
    body = json.dumps({"moves": [ada.move(1, 0, 1)]}).encode()
    for mimetype in ("text/plain", "application/xml", "application/octet-stream", "multipart/form-data"):
        assert ada.sends(dots(ada), body, mimetype).status_code in (400, 415)
    assert ada.slots() == [[None, 0]] * 8


def test_a_form_in_parts_is_a_form(voting: Facilitator, ada: Phone) -> None:
    answer = ada.asks_in_parts(dots(ada), {"dot": 1, "replaces": 0, "response": 1, "op": "one"})
    assert answer.status_code == 200
    assert ada.slots()[0] == [1, 1]


def test_a_post_of_more_than_64_kilobytes_is_refused(voting: Facilitator, ada: Phone) -> None:
    for kind in ("application/json", "application/x-www-form-urlencoded"):
        answer = ada.sends(dots(ada), b" " * (64 * 1024 + 1), kind)
        assert (answer.status_code, answer.get_json()["ok"]) == (413, False)
        assert "64 kB" in answer.get_json()["error"]["message"]


def test_up_to_twenty_moves_go_together_each_of_another_dot(organiser: Organiser) -> None:
    facilitator = organiser.opens(allowance="20")
    phone = facilitator.phone()
    facilitator.goes_to("gather")
    phone.writes("Trees")
    facilitator.goes_to("vote")
    for moves in ([], [phone.move(dot, 0, 1) for dot in range(1, 22)], [phone.move(1, 0, 1), phone.move(1, 1, 1)]):
        assert phone.moves(*moves).status_code == 422
    assert phone.slots() == [[None, 0]] * 20
    answer = phone.moves(*[phone.move(dot, 0, 1) for dot in range(1, 21)])
    assert (answer.status_code, phone.slots()) == (200, [[1, 1]] * 20)


def test_of_several_moves_each_is_told_what_became_of_it(voting: Facilitator, ada: Phone) -> None:
    answer = ada.moves(ada.move(1, 0, 1), ada.move(2, 3, 1), ada.move(3, 0, 99))
    told = answer.get_json()
    assert [each["outcome"] for each in told["moves"]] == ["moved", "stale", "refused"]
    assert (told["ok"], told["error"]["code"], told["moves"][2]["error"]["code"]) == (
        False,
        "stale",
        "no_such_response",
    )
    assert told["ballot"]["dots"][:2] == [[1, 1], [None, 0]]


def test_there_is_no_other_exercise(voting: Facilitator, ada: Phone) -> None:
    for number in (0, 2, 2**31, 2**63, 10**30):
        base = f"{ada.home}/{number}"
        for path, fields in (
            (f"{base}/dots", {"dot": 1, "replaces": 0, "response": 1, "op": "a"}),
            (f"{base}/dots/back", {}),
            (f"{base}/finished", {"finished": "yes"}),
            (f"{base}/responses", {"side": "yes", "text": "Trees", "op": "a"}),
            (f"{base}/responses/1", {"side": "yes", "text": "Trees"}),
            (f"{base}/responses/1/remove", {}),
        ):
            answer = ada.asks(path, fields)
            assert (path, answer.status_code, answer.get_json()["ok"]) == (path, 404, False)


def test_there_is_no_other_response(voting: Facilitator, ada: Phone) -> None:
    voting.goes_to("gather")
    for number in (0, 99, 2**31, 2**63, 10**30):
        path = f"{ada.home}/1/responses/{number}"
        for there in (path, f"{path}/remove"):
            answer = ada.asks(there, {"side": "yes", "text": "Trees"})
            assert (there, answer.status_code, answer.get_json()["ok"]) == (there, 404, False)
        assert (path, ada.get(path).status_code) == (path, 404)


def test_taking_all_back_is_answered_like_a_move(voting: Facilitator, ada: Phone) -> None:
    ada.moves(ada.move(1, 0, 1), ada.move(2, 0, 1))
    answer = ada.asks(f"{dots(ada)}/back")
    assert answer.status_code == 200
    assert [each["outcome"] for each in answer.get_json()["moves"]] == ["moved", "moved"]
    assert answer.get_json()["ballot"]["dots"] == ada.slots() == [[None, 2], [None, 2], *[[None, 0]] * 6]


def test_finishing_is_yes_or_no(voting: Facilitator, ada: Phone) -> None:
    path = f"{ada.home}/1/finished"
    assert ada.asks(path, {"finished": "yes"}).get_json()["finished"] is True
    assert ada.state()["ballot"]["finished"] is True
    assert ada.asks(path, {"finished": "no"}).get_json()["finished"] is False
    for fields in ({}, {"finished": ""}, {"finished": "true"}):
        assert ada.asks(path, fields).status_code == 400
    voting.goes_to("reveal")
    answer = ada.asks(path, {"finished": "yes"})
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "not_voting")


def test_whoever_has_not_joined_moves_nothing(voting: Facilitator) -> None:
    stranger = Browser(voting.app)
    stranger.get("/")
    home = f"/w/{voting.code}/1"
    for path, fields in (
        (f"{home}/dots", {"dot": 1, "replaces": 0, "response": 1, "op": "a"}),
        (f"{home}/dots/back", {}),
        (f"{home}/finished", {"finished": "yes"}),
        (f"{home}/responses", {"side": "yes", "text": "Trees", "op": "a"}),
        (f"{home}/responses/1", {"side": "yes", "text": "Trees"}),
        (f"{home}/responses/1/remove", {}),
    ):
        for somebody in (stranger, voting):
            answer = somebody.asks(path, fields)
            assert (path, answer.status_code, answer.get_json()["error"]["code"]) == (path, 403, "not_joined")
    assert stranger.get(f"{home}/responses/1", headers=JSON).status_code == 403


# Polling --------------------------------------------------------------------------------------------------------------


def test_whoever_polls_is_told_everything_once_and_then_what_is_their_own(voting: Facilitator, ada: Phone) -> None:
    first = ada.state()
    assert first["full"]
    assert {"stage", "r1", "r2", "r3"} <= first["fragments"].keys()
    later = ada.state(first["version"])
    assert {key: later[key] for key in later if key != "now"} == {key: first[key] for key in ("version", "ballot")}
    voting.withdraws(2)
    then = ada.state(first["version"])
    assert then["version"] > first["version"]
    assert "r2" not in then["fragments"]


def test_a_page_says_which_version_it_shows(voting: Facilitator, ada: Phone) -> None:
    ada.get(ada.home)
    assert f'data-version="{ada.state()["version"]}"' in ada.page.html


def test_a_version_is_a_whole_number(voting: Facilitator, ada: Phone) -> None:
    for version in ("x", "-1", "1.5", "9" * 30, "²", " "):
        answer = ada.get(f"{ada.home}/state", query_string={"version": version}, headers=JSON)
        assert (version, answer.status_code, answer.get_json()["error"]["code"]) == (version, 400, "not_understood")


def test_a_version_of_the_future_is_current(voting: Facilitator, ada: Phone) -> None:
    assert "fragments" not in ada.state(999_999_999)

"""Moving dots over the socket, against the real server."""

from __future__ import annotations

from tests.server.phones import Facilitator, Phone


def test_a_dot_is_acknowledged_and_seen_in_the_other_tab(facilitator: Facilitator, ada: Phone) -> None:
    facilitator.goes_to("gather")
    number = ada.writes("Free park and ride")
    facilitator.goes_to("vote")
    here, there = ada.socket(ada.code), ada.socket(ada.code)
    answer = here.moves(ada.move(3, 0, number))
    assert answer["ok"]
    assert answer["moves"][0]["outcome"] == "moved"
    assert answer["ballot"]["dots"][2] == [number, 1]
    assert there.hears("ballot")["dots"] == answer["ballot"]["dots"]
    assert ada.slots()[2] == (number, 1)

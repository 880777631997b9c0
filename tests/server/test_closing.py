"""Voting closes while everybody moves dots. A dot counts if and only if it was acknowledged as moved.

24 closes in each async mode, 72 a run: 0 failures bound the rate at about 3/72, one in twenty-four (95 %).
"""

from __future__ import annotations

import random

from tests.server.phones import Facilitator
from tests.server.plays import Mover, close_under_load
from tests.server.server import SOAK

PHONES = 4
CLOSES = 24 * SOAK


def test_no_dot_lands_after_the_result_was_fixed(facilitator: Facilitator, chance: random.Random) -> None:
    numbers = facilitator.opens_voting(5)
    movers = [Mover(facilitator.phone(), [*numbers, None], chance) for _ in range(PHONES)]
    for _ in range(CLOSES):
        close_under_load(facilitator, movers, chance)


def test_what_was_shown_is_what_was_acknowledged(facilitator: Facilitator, chance: random.Random) -> None:
    numbers = facilitator.opens_voting(5)
    movers = [Mover(facilitator.phone(), numbers, chance) for _ in range(PHONES)]
    board = facilitator.board()
    close_under_load(facilitator, movers, chance)
    fixed = facilitator.results()["results"]
    facilitator.goes_to("closed")
    for mover in movers:
        mover.is_refused()
    assert facilitator.results()["results"] == fixed
    assert board.get(f"/w/{facilitator.code}/board").ok
    for response in fixed:
        assert response["response"] in board.page

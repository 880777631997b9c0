"""An acknowledged dot survives a killed process.

60 kills a run. 0 failures in 60 kills bound the rate at about 3/60, one in twenty (95 %); SOAK=17 makes 1,020 kills of
it and bounds it at about three in a thousand. A kill leaves the disk's cache as it is, so this says nothing of power
cuts.
"""

from __future__ import annotations

import random
import sqlite3
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.server.phones import Facilitator, Organiser, Phone
from tests.server.server import SOAK, Server
from tests.server.sockets import PATIENCE, Closed, Socket
from tests.server.warm import WarmServer

SERVERS = 3
KILLS_EACH = 20 * SOAK
RESPONSES = 6
PHONES = 2


class Voter:
    """A participant who knows what was acknowledged and what was not."""

    def __init__(self, phone: Phone, responses: list[int], chance: random.Random) -> None:
        self.phone = phone
        self.responses = responses
        self.chance = chance
        self.known: dict[int, tuple[int | None, int]] = dict.fromkeys(range(1, 9), (None, 0))
        """What each dot was last acknowledged as: where it is, and its revision."""
        self.wishes: dict[int, dict[str, Any]] = {}
        """The moves that were sent and not answered."""
        self.problems: list[Any] = []

    def votes(self, socket: Socket, acknowledged: threading.Semaphore) -> None:
        """Move dots as fast as the answers allow, up to three at a time, until the server is gone."""
        try:
            while not self.problems:
                dots = self.chance.sample(range(1, 9), self.chance.randint(1, 3))
                self.wishes = {dot: self.phone.move(dot, self.known[dot][1], self._somewhere()) for dot in dots}
                numbers = {dot: socket.throws_moves(wish) for dot, wish in self.wishes.items()}
                for dot, number in numbers.items():
                    self._learns(dot, socket.answer_to(number), "moved")
                    acknowledged.release()
        except Closed:
            pass

    def comes_back(self) -> int:
        """See that all that was acknowledged is there, and send again what was not. Returns how much that was."""
        there = dict(enumerate(self.phone.slots(), start=1))
        assert len(there) == 8
        arrived = {dot for dot, wish in self.wishes.items() if there[dot] == (wish["response"], wish["replaces"] + 1)}
        assert {dot: slot for dot, slot in there.items() if dot not in arrived} == {
            dot: slot for dot, slot in self.known.items() if dot not in arrived
        }
        socket = self.phone.socket()
        unanswered = list(self.wishes.items())
        for dot, wish in unanswered:
            self._learns(dot, socket.moves(wish), "repeated" if dot in arrived else "moved")
        assert self.problems == []
        assert dict(enumerate(self.phone.slots(), start=1)) == self.known
        return len(unanswered)

    def _somewhere(self) -> int | None:
        return self.chance.choice([*self.responses, None])

    def _learns(self, dot: int, answer: Any, outcome: str) -> None:
        wish = self.wishes.pop(dot)
        slot = (wish["response"], wish["replaces"] + 1)
        if answer["moves"][0]["outcome"] != outcome or tuple(answer["ballot"]["dots"][dot - 1]) != slot:
            self.problems.append((wish, answer))
        self.known[dot] = slot


def placed(voters: list[Voter]) -> Counter[int]:
    return Counter(on for voter in voters for on, _ in voter.known.values() if on is not None)


def kill_and_start_again(server: Server, facilitator: Facilitator, voters: list[Voter], chance: random.Random) -> int:
    """One kill in the middle of voting. Returns how many moves it left unanswered."""
    acknowledged = threading.Semaphore(0)
    threads = [
        threading.Thread(target=voter.votes, args=(voter.phone.socket(), acknowledged), daemon=True) for voter in voters
    ]
    for thread in threads:
        thread.start()
    for _ in range(chance.randint(1, 40)):
        assert acknowledged.acquire(timeout=PATIENCE)
    server.kill()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()
    server.start()
    unanswered = sum(voter.comes_back() for voter in voters)
    assert facilitator.tally() == placed(voters)
    return unanswered


def one_server(folder: Path, seed: int) -> int:
    """Many kills of one server, on the same data. Returns how many moves they left unanswered."""
    chance = random.Random(seed)
    folder.mkdir()
    with WarmServer(folder) as server:
        facilitator = Organiser(server.base, server.organiser_path).opens()
        responses = facilitator.opens_voting(RESPONSES)
        voters = [Voter(facilitator.phone(), responses, random.Random(seed + n)) for n in range(PHONES)]
        unanswered = sum(kill_and_start_again(server, facilitator, voters, chance) for _ in range(KILLS_EACH))
        assert server.faults() == []
    with sqlite3.connect(folder / "eightdots.sqlite") as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        dots = database.execute("SELECT participant_id, count(*), max(number) FROM dot GROUP BY 1").fetchall()
    database.close()
    assert len(dots) == PHONES
    assert all(count <= 8 and number <= 8 for _, count, number in dots)
    return unanswered


def test_an_acknowledged_dot_survives_a_killed_process(tmp_path: Path) -> None:
    with ThreadPoolExecutor(SERVERS) as pool:
        unanswered = list(pool.map(lambda n: one_server(tmp_path / str(n), 100 * n), range(SERVERS)))
    # Otherwise no kill came in the middle of anything.
    assert sum(unanswered) > SERVERS * KILLS_EACH / 4

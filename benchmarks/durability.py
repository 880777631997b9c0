"""Was everything that was acknowledged really stored?"""

import sqlite3

from . import BenchmarkFailure
from .measuring import Side


def check_durability(side: Side) -> int:
    """Kills the server and looks in its file for the last acknowledged move of every dot.

    Returns how many dots there are; raises BenchmarkFailure if one is missing, elsewhere, or more
    than was acknowledged.
    """
    side.server.kill()
    moves = [move for phone in side.crowd.phones for move in phone.ballot.last.values()]
    acknowledged = {move.op: (move.dot, move.response, move.revision) for move in moves}
    database = sqlite3.connect(f"file:{side.server.database}?mode=ro", uri=True)
    found = database.execute("SELECT op, number, response, rev FROM dot").fetchall()
    database.close()
    stored = {op: tuple(where) for op, *where in found}
    if stored != acknowledged:
        wrong = [(move, stored.get(move.op)) for move in moves]
        wrong = [pair for pair in wrong if pair[1] != acknowledged[pair[0].op]]
        raise BenchmarkFailure(
            f"{side.name}: of {len(moves)} acknowledged dots {len(wrong)} are not as they should"
            f" be, and {len(stored)} are stored; for instance {wrong[:3]}"
        )
    return len(moves)

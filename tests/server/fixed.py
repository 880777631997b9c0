"""The program with nothing left to chance or to the clock: the same requests are answered with the same bytes.

Codes, secrets, tokens, cookies, the order of responses and the ids of sockets come out of one seeded generator, and the
wall clock stands still. What is timed runs on the monotonic clock, which goes on.
"""

from __future__ import annotations

import datetime
import os
import random
import time
from unittest.mock import patch

NOW = 2_000_000_000.0
"""In the future, so that no browser takes a cookie for expired."""


class Standing(datetime.datetime):
    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> Standing:
        return cls.fromtimestamp(NOW, tz)


def main() -> None:
    chance = random.Random(8)
    for module, name in ((os, "urandom"), (random, "_urandom")):
        patch.object(module, name, chance.randbytes).start()
    patch.object(time, "time", lambda: NOW).start()
    patch.object(datetime, "datetime", Standing).start()

    import app

    app.main()


if __name__ == "__main__":
    main()

"""Answers that are lost on their way: by lot, but the same ones in every run.

A lot is drawn from what was asked for and how often it was asked for before, and not from when, so it does not depend
on how fast a machine is.
"""

from __future__ import annotations

import random
import re
from collections import Counter


class Losses:
    """For one phone. A share of all answers is lost (0 to 1), and besides the `first` ones to every kind of write, for
    a small journey would hardly lose one by lot.
    """

    def __init__(self, seed: str, share: float, first: int) -> None:
        self.lost: list[str] = []
        self._seed = seed
        self._share = share
        self._first = first
        self._asked: Counter[str] = Counter()

    def takes(self, what: str) -> bool:
        """Whether the answer to `what` ("POST /w/K74M2P/1/dots") is lost this time."""
        # Codes, numbers and versions are others in every run.
        what = re.sub(r"\?.*|(?<=/[wj]/)\w{6}|(?<=/static/)[^/]+|\d+", "", what)
        self._asked[what] += 1
        nth = self._asked[what]
        is_write = what.startswith(("POST /j", "POST /w", "acknowledgement"))
        lot = random.Random(f"{self._seed} {what} {nth}").random()
        if lot >= self._share and not (is_write and nth <= self._first):
            return False
        self.lost.append(what)
        return True

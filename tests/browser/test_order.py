"""Phone and server put responses into the same order of one's own."""

from __future__ import annotations

import random

import pytest

from tests.browser.people import People
from workshop.rules import shuffled

pytestmark = pytest.mark.browser

ORDER = """async (tries) => {
  const { shuffled } = await import("/static/js/order.js");
  return tries.map(([numbers, seed]) => shuffled(numbers, seed));
}"""


def test_phone_and_server_have_the_same_order(people: People) -> None:
    chance = random.Random(8)
    seeds = [0, 1, 2**31 - 1, *(chance.randrange(2**31) for _ in range(2000))]
    # Small workshops and large, with gaps where responses were removed.
    tries = [(sorted(chance.sample(range(1, 401), chance.randint(0, 60))), seed) for seed in seeds]
    on_the_phone = people.somebody("/").evaluate(ORDER, [list(each) for each in tries])
    assert on_the_phone == [shuffled(numbers, seed) for numbers, seed in tries]

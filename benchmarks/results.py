"""How long everything that is said of a result takes to work out: `python -m benchmarks.results`.

500 ballots on 100 responses, no two ballots alike, which is the most work: equal ballots are counted once.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from statistics import median
from time import perf_counter

from workshop import rules
from workshop.models import Exercise, Response, Side, Workshop
from workshop.results import downloads, fairness
from workshop.results.alike import wordings_of
from workshop.results.breadth import breadth
from workshop.results.contested import contested
from workshop.results.counting import Result
from workshop.results.cutting import cut_of, draw
from workshop.results.herding import herding
from workshop.results.reporting import Report
from workshop.results.splitting import splits
from workshop.results.stability import stability
from workshop.results.talk import Talk
from workshop.results.theming import by_theme

BALLOTS, RESPONSES, ALLOWANCE, THEMES = 500, 100, 20, 10
SHARE = 60
PLACES = 8
REPEATS = 9
FORMS = ("csv", "json", "xlsx", "docx", "pdf")
SIGNS = {"yes": "tick", "no": "cross"}
MOST_SECONDS = 1.0


def main() -> None:
    ballots = cast(random.Random(2019))
    live = range(1, RESPONSES + 1)
    times = []
    for _ in range(REPEATS):
        started = perf_counter()
        work_out(ballots, live)
        times.append(perf_counter() - started)
    print(
        f"results of {BALLOTS} ballots on {RESPONSES} responses: {1000 * median(times):.0f} ms "
        f"(median of {REPEATS}, slowest {1000 * max(times):.0f} ms; goal {1000 * MOST_SECONDS:.0f} ms)"
    )

    shown = report(ballots)
    for name, work in findings(shown, random.Random(1935)).items():
        times = []
        for _ in range(REPEATS):
            started = perf_counter()
            work()
            times.append(perf_counter() - started)
        print(f"  {name}: {1000 * median(times):.0f} ms")
    for form in FORMS:
        times = []
        for _ in range(REPEATS):
            started = perf_counter()
            downloads.write(form, shown)
            times.append(perf_counter() - started)
        print(f"  as {form}: {1000 * median(times):.0f} ms")


def findings(shown: Report, chance: random.Random) -> dict[str, Callable[[], object]]:
    """What is looked for beside the ranking, each by itself and without a database."""
    result = shown.result
    responses, merged = wordings_of(result)
    places = [chance.random() for _ in result.ballots]
    turns = iter(chance.sample(range(BALLOTS * ALLOWANCE), BALLOTS * ALLOWANCE))
    timed = [[(next(turns), on) for on, dots in each.items() for _ in range(dots)] for each in result.ballots]
    return {
        "contested": lambda: contested(responses, merged, result.ballots),
        "split votes": lambda: splits(responses, merged, result.ballots, places=PLACES),
        "order on the screen": lambda: fairness.position(places),
        "order of arrival": lambda: fairness.of_arrival(result),
        "herding": lambda: herding(timed, RESPONSES),
    }


def report(ballots: list[rules.Marks]) -> Report:
    """The same as a report, without a database."""
    live = range(1, RESPONSES + 1)
    standings = rules.standings_of(ballots, live)
    dots = sum(each.dots for each in standings)
    sides = [Side(key=key, place=place, sign=sign) for place, (key, sign) in enumerate(SIGNS.items(), start=1)]
    texts = {number: f"Response {number}, as long as what people write" for number in live}
    result = Result(
        standings=standings,
        responses={
            number: Response(number=number, side=("yes", "no")[number % 2], text=texts[number]) for number in live
        },
        merged={},
        allowance=ALLOWANCE,
        joined=BALLOTS,
        people=BALLOTS,
        on_paper=0,
        in_ballots=dots,
        in_tally=dots,
        provisional=False,
        ballots=ballots,
        line=draw(standings, PLACES),
    )
    exercise = Exercise(
        number=1, kind="columns", prompt="What matters?", phase="discuss", revealed=True, allowance=ALLOWANCE,
        totals="hidden", cut=PLACES, sides=sides,
    )  # fmt: skip
    return Report(
        workshop=Workshop(code="K74M2P", title="Town centre", simulated=True, opened_at=1_573_776_000, door="open"),
        exercise=exercise,
        result=result,
        talk=Talk(),
        breadth=breadth(ballots, standings),
        stability=stability(ballots, live, places=PLACES),
        fingerprint="0" * 64,
    )


def cast(chance: random.Random) -> list[rules.Marks]:
    """Ballots that are spent to the last dot, the first responses being liked best."""
    likes = [1 / place for place in range(1, RESPONSES + 1)]
    return [Counter(chance.choices(range(1, RESPONSES + 1), likes, k=ALLOWANCE)) for _ in range(BALLOTS)]


def work_out(ballots: list[rules.Marks], live: range) -> None:
    standings = rules.standings_of(ballots, live)
    cut = cut_of(None, SHARE, standings)
    assert cut is not None
    draw(standings, cut)
    breadth(ballots, standings)
    by_theme(ballots, {number: number % THEMES for number in live})
    stability(ballots, live, share=SHARE)


if __name__ == "__main__":
    main()

"""`python -m benchmarks`: measures, prints one table, and writes build/bench/bench.json."""

import argparse
import gc
import json
import os
import signal
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any

from . import BenchmarkFailure
from .crowd import Crowd
from .durability import check_durability
from .exchange import Exchange
from .machine import facts
from .measuring import BEARABLE_MS, LONG, PHONES, QUICK, Effort, Run, say
from .servers import LOAD_CORE, ROOT, SERVER_CORE, Product, Server
from .table import figures, middle, table
from .workshop import open_workshop

RESULT = ROOT / "build" / "bench" / "bench.json"
# Any code will do where there are no workshops.
NO_CODE = "222222"
# On a machine that does nothing else the load is late by a fraction of this. Milliseconds.
QUIET_MS = 2


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two minutes instead of ten")
    parser.add_argument("--floor-only", action="store_true", help="leave the product out")
    arguments = parser.parse_args()

    # So that servers are ended and folders removed then, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("terminated"))
    if LOAD_CORE == SERVER_CORE:
        say("There is one core: load and server share it, and no figure says much.")
    os.sched_setaffinity(0, {LOAD_CORE})
    # Nothing here makes cycles worth a pause in the middle of a measurement.
    gc.disable()
    try:
        measure(QUICK if arguments.quick else LONG, with_product=not arguments.floor_only)
    except BenchmarkFailure as failure:
        sys.exit(f"The run is void. {failure}")


def measure(effort: Effort, with_product: bool) -> None:
    exchange, chance = Exchange(), Random(8)
    run = Run(effort, exchange, chance)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="eightdots-bench-")))
        machine = facts(folder)
        ceiling = load_ceiling(exchange, chance, folder)
        say(f"the load itself: {ceiling:,.0f} moves/s")

        floor = run.add(stack.enter_context(Server("bare_eventlet", folder / "floor")), NO_CODE)
        product = None
        if with_product:
            server = stack.enter_context(Product(folder / "product"))
            product = run.add(server, open_workshop(server))
        for side in run.sides:
            say(f"{side.name}: process {side.server.pid}")
        run.join()
        run.move()
        dots = " and ".join(f"{check_durability(side):,}" for side in run.sides)

    lines = figures(product, floor)
    late_ms = max(middle(side.ordinary, "late_p99_ms") for side in run.sides)
    used = [f"{middle(s.highest, 'load_cpu_share'):.0%} ({s.name})" for s in run.sides]
    print(table(lines))
    print(f"Load: could do {ceiling:,.0f} moves/s; used {', '.join(used)} of its core at the most.")
    if late_ms > QUIET_MS:
        print(f"THE MACHINE WAS NOT QUIET: the load was {late_ms:.1f} ms late at its p99.")
    print(f"Durability: killed, each server had all {dots} acknowledged dots in its file.")
    print("Machine:", ", ".join(f"{name} {fact}" for name, fact in machine.items()))
    keep(
        machine=machine,
        phones=PHONES,
        load_ceiling_per_s=ceiling,
        load_late_p99_ms=late_ms,
        quiet=late_ms <= QUIET_MS,
        figures=[line.as_json() for line in lines],
        measured={side.name: side.as_json() for side in run.sides},
    )


def keep(**result: Any) -> None:
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n")


def load_ceiling(exchange: Exchange, chance: Random, folder: Path) -> float:
    """Moves a second that the load itself can send, hear and time, if nobody holds it up."""
    with Server("mirror", folder / "mirror") as mirror:
        crowd = Crowd(exchange, mirror, NO_CODE, "mirror", PHONES)
        crowd.connect()
        held, rate = 0.0, 20_000.0
        while (trial := crowd.trial(rate, 0.5, 1, chance)).p99_ms <= BEARABLE_MS:
            held, rate = trial.acknowledged_per_s, rate * 2
        crowd.hang_up()
    return held


if __name__ == "__main__":
    main()

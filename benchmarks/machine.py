"""What the figures depend on: the machine and the versions."""

import os
import platform
import sqlite3
import subprocess
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from .servers import LOAD_CORE, ROOT, SERVER_CORE

PACKAGES = ("eventlet", "greenlet", "python-engineio", "python-socketio", "Flask", "SQLAlchemy")


def facts(folder: Path) -> dict[str, Any]:
    """Taken before the run. `load` is the average of the last minute; `folder` is on the disk of
    the databases."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": git("describe", "--always", "--dirty", "--exclude=*"),
        "cpu": cpu(),
        "cores": os.cpu_count(),
        "server_core": SERVER_CORE,
        "load_core": LOAD_CORE,
        "load": os.getloadavg()[0],
        "fsync_ms": round(fsync_ms(folder), 3),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    } | {package: version(package) for package in PACKAGES}


def cpu() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.machine()


def git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    return done.stdout.strip()


def fsync_ms(folder: Path) -> float:
    """How long the disk takes to make a page safe: all durable figures hang on it."""
    times = []
    with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
        for _ in range(100):
            file.write(bytes(4096))
            started = perf_counter()
            os.fsync(file.fileno())
            times.append(perf_counter() - started)
    return median(times) * 1000

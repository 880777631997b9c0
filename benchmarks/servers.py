"""The servers under test: each a process of its own, on one core, with a folder for its data."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from . import BenchmarkFailure

ROOT = Path(__file__).parent.parent
# Seconds a server may take to answer, migrations of an empty database included.
PATIENCE = 30

# Two different ones, if there are two. Read before anything is pinned.
LOAD_CORE, SERVER_CORE = min(os.sched_getaffinity(0)), max(os.sched_getaffinity(0))


class Server:
    """A running server. It listens on 127.0.0.1 alone and is killed when its `with` ends."""

    def __init__(self, name: str, folder: Path) -> None:
        folder.mkdir()
        self.name = name
        self.port = free_port()
        self.database = folder / "bench.sqlite"
        self._log = folder / "log.txt"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                self._command(),
                cwd=ROOT,
                env=self._environment(folder),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Before it starts, so that no thread of it escapes.
                preexec_fn=lambda: os.sched_setaffinity(0, {SERVER_CORE}),
            )

    def __enter__(self) -> Self:
        try:
            self.wait_for(self._listens, "does not listen")
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def _command(self) -> list[str]:
        module = f"benchmarks.floors.{self.name}"
        return [sys.executable, "-m", module, str(self.port), str(self.database)]

    def _environment(self, _folder: Path) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if "EIGHTDOTS" not in name}
        return ours | {"PYTHONUNBUFFERED": "1"}

    @property
    def pid(self) -> int:
        return self._process.pid

    def cpu_seconds(self) -> float:
        """User and system time of all its threads so far, counted in hundredths."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def log(self) -> str:
        return self._log.read_text(errors="replace")

    def kill(self) -> None:
        """Without a chance to tidy up: whatever it acknowledged must be in its file already."""
        self._process.kill()
        self._process.wait()

    def wait_for(self, condition: Callable[[], object], otherwise: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise BenchmarkFailure(f"{self.name} {otherwise}:\n{self.log()[-2000:]}")
            time.sleep(0.05)

    def _listens(self) -> bool:
        with socket.socket() as line:
            return line.connect_ex(("127.0.0.1", self.port)) == 0


class Product(Server):
    """Eight Dots as it is run by anybody, but for its address and its folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__("product", folder)

    def _command(self) -> list[str]:
        return [sys.executable, "app.py", "serve"]

    def _environment(self, folder: Path) -> dict[str, str]:
        return super()._environment(folder) | {
            "EIGHTDOTS_HOST": "127.0.0.1",
            "EIGHTDOTS_PORT": str(self.port),
            "EIGHTDOTS_DATABASE_URL": f"sqlite:///{self.database}",
            "EIGHTDOTS_DATA_DIR": str(folder),
        }


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])

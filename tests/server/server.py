"""The real server as a process of its own: started, killed and started again by tests."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
MODES = ("eventlet", "gevent", "threading")

# A long run makes so many times the trials.
SOAK = int(os.environ.get("SOAK", "1"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """`app.py serve` on a port of its own. A context manager: nothing is left running."""

    def __init__(
        self,
        folder: Path,
        mode: str = "eventlet",
        database_url: str | None = None,
        program: Sequence[str] = ("app.py",),
        port: int | None = None,
        **settings: str,
    ) -> None:
        self.folder = folder
        self.mode = mode
        self.port = port or free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        self._program = program
        self._environ = os.environ | {
            "EIGHTDOTS_HOST": "127.0.0.1",
            "EIGHTDOTS_PORT": str(self.port),
            "EIGHTDOTS_DATA_DIR": str(folder),
            "EIGHTDOTS_DATABASE_URL": database_url or f"sqlite:///{folder}/eightdots.sqlite",
            "EIGHTDOTS_ASYNC_MODE": mode,
            "PYTHONUNBUFFERED": "1",
            **{f"EIGHTDOTS_{name.upper()}": value for name, value in settings.items()},
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Server:
        self._launch()
        deadline = time.monotonic() + 30
        while not self._answers():
            if self._has_ended() or time.monotonic() > deadline:
                raise RuntimeError(f"The server did not start:\n{self.log.read_text()}")
            time.sleep(0.02)
        return self

    def _launch(self) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, *self._program, "serve"], cwd=ROOT, env=self._environ, stdout=log, stderr=log
            )

    def _has_ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    def runs(self, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the program with this server's settings."""
        changed = {f"EIGHTDOTS_{name.upper()}": value for name, value in settings.items()}
        return subprocess.run(
            [sys.executable, *self._program, *words],
            cwd=ROOT, env=self._environ | changed, capture_output=True, text=True, timeout=60,
        )  # fmt: skip

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.base}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """End it as a power cut of the process would: without a word."""
        self.ends(signal.SIGKILL)

    def stop(self) -> None:
        self.ends(signal.SIGTERM)

    def ends(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(timeout=20)
            self._process = None

    def close(self) -> None:
        self.kill()

    def faults(self) -> list[str]:
        """The tracebacks in the log that go through our own code, and not only through what is wrapped around all."""
        tracebacks = re.findall(r"^Traceback.*\n(?:[ \t].*\n|\n)*.*", self.log.read_text(), re.MULTILINE)
        ours = re.compile(f'File "{re.escape(str(ROOT))}/workshop/.*, in (?!wrapped$)', re.MULTILINE)
        return [each for each in tracebacks if ours.search(each)]

    @property
    def organiser_path(self) -> str:
        """The path of the organiser's link, as the server printed it."""
        found = re.findall(r"/o/[\w-]+", self.log.read_text())
        assert found, self.log.read_text()
        return str(found[-1])

    def __enter__(self) -> Server:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

"""Starts the server again and again within a moment: all is imported once, and each start is a fork of that.

A start is seven tenths of a second of importing and a fiftieth of everything else, so a test that kills the server a
hundred times can afford it. Run as a program, it forks a server for each line on its standard input, writes the
server's process id, and another line when that server has ended.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from subprocess import PIPE, Popen
from typing import IO

from tests.server.server import ROOT, Server

# eventlet's own waiting would start its loop here, and every server would inherit it.
fork, wait_for = os.fork, os.waitpid


class WarmServer(Server):
    """A server that is killed and started again very often."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._stable: Popen[str] | None = None
        self._pid = 0

    def _launch(self) -> None:
        if self._stable is None:
            with self.log.open("ab") as log:
                command = [sys.executable, "-m", "tests.server.warm"]
                self._stable = Popen(
                    command, cwd=ROOT, env=self._environ, stdin=PIPE, stdout=PIPE, stderr=log, text=True
                )
        _pipe(self._stable.stdin).write("start\n")
        _pipe(self._stable.stdin).flush()
        self._pid = int(_pipe(self._stable.stdout).readline())

    def _has_ended(self) -> bool:
        return self._stable is None or self._stable.poll() is not None

    def ends(self, how: signal.Signals) -> None:
        if self._stable is not None and self._pid:
            os.kill(self._pid, how)
            assert _pipe(self._stable.stdout).readline() == "ended\n"
            self._pid = 0

    def close(self) -> None:
        self.kill()
        if self._stable is not None:
            with self._stable as stable:
                _pipe(stable.stdin).close()


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe
    return pipe


def main() -> None:
    from workshop import concurrency, settings

    configured = settings.from_environ()
    concurrency.patch(configured.async_mode)

    import engineio.async_drivers.eventlet  # noqa: F401
    import flask_babel
    import flask_socketio  # noqa: F401
    from alembic import command  # noqa: F401

    from workshop import cli, pages  # noqa: F401

    assert flask_babel
    for _ in sys.stdin:
        pid = fork()
        if not pid:
            os.dup2(2, 1)
            sys.stdin.close()
            sys.argv = ["eightdots", "serve"]
            cli.run(configured)
        print(pid, flush=True)
        wait_for(pid, 0)
        print("ended", flush=True)


if __name__ == "__main__":
    main()

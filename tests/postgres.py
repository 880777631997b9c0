"""A PostgreSQL of the tests' own: made in a temporary folder, reached by a socket there, gone with the tests."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def find(program: str) -> str | None:
    """A server program; Debian keeps them off the PATH."""
    places = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    return shutil.which(program, path=os.pathsep.join([*places, os.environ.get("PATH", "")]))


@contextmanager
def running() -> Iterator[str]:
    """Run a server; gives the address of an empty database, with `{name}` where another database's name goes."""
    initdb, pg_ctl = find("initdb"), find("pg_ctl")
    assert initdb
    assert pg_ctl
    folder = Path(tempfile.mkdtemp(prefix="eightdots-pg-"))
    # PostgreSQL refuses to run as root, where a container's tests often do.
    as_owner = {"user": "postgres"} if os.geteuid() == 0 else {}
    if as_owner:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)

    def run(*words: str) -> None:
        subprocess.run(words, check=True, capture_output=True, cwd=folder, **as_owner)  # type: ignore[call-overload]

    data = str(folder / "data")
    try:
        run(initdb, "-D", data, "-U", "eightdots", "--auth=trust", "--encoding=UTF8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        run(pg_ctl, "-D", data, "-w", "-t", "60", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql://eightdots@/{{name}}?host={folder}"
        finally:
            run(pg_ctl, "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)

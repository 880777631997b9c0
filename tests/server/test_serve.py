"""The program as its operator meets it: what it prints, how it refuses, and how it ends."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.phones import Browser, Organiser
from tests.server.server import MODES, ROOT, Server, free_port
from tests.server.sockets import PATIENCE

DEMONSTRATION = 90.0
"""Seconds within which a demonstration at fifty times the speed of people must have come to its results."""


def test_it_says_where_it_is(running_server: Server) -> None:
    base, said = running_server.base, running_server.log.read_text()
    assert re.search(rf"^Organiser.*{base}/o/[\w-]{{43}}$", said, re.MULTILINE)
    assert re.search(rf"^Phones.*{base}/$", said, re.MULTILINE)
    # The QR code, drawn with half blocks: 25 modules and a margin need 14 lines or more.
    assert len(re.findall(r"^[█▀▄ ]{25,}$", said, re.MULTILINE)) >= 14
    assert Organiser(base, running_server.organiser_path).get("/workshops").ok


def test_it_says_the_public_address(tmp_path: Path) -> None:
    with Server(tmp_path, public_url="https://dots.example/") as server:
        said = server.log.read_text()
        assert "https://dots.example/o/" in said
        assert re.search(r"^Phones.*https://dots.example/$", said, re.MULTILINE)
        assert "__Host-eightdots=" in Browser(server.base).get("/").headers["Set-Cookie"]


def test_the_organisers_link_is_the_only_way_in(running_server: Server) -> None:
    path = running_server.organiser_path
    stranger = Browser(running_server.base)
    assert stranger.get("/workshops").status_code == 403
    assert stranger.get(path[:-1] + ("A" if path[-1] != "A" else "B")).status_code == 404
    assert stranger.post("/workshops", {"title": "Mine", "prompt": "?"}).status_code == 403
    assert (running_server.folder / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_port_in_use_is_said_in_one_sentence(running_server: Server) -> None:
    tried = running_server.runs("serve")
    assert tried.returncode == 1
    assert tried.stdout == ""
    (sentence,) = tried.stderr.splitlines()
    assert f"127.0.0.1 port {running_server.port}" in sentence
    assert "EIGHTDOTS_PORT" in sentence


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("port", "eighty"),
        ("port", "70000"),
        ("port", "-1"),
        ("async_mode", "twisted"),
        ("public_url", "dots.example"),
        ("proxies", "many"),
        ("log_level", "LOUD"),
        ("host", "no such host"),
        ("host", "192.0.2.1"),
        ("database_url", "nonsense"),
        ("database_url", "mysql://localhost/x"),
        ("data_dir", "/dev/null/x"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_said_in_one_sentence(tmp_path: Path, setting: str, value: str) -> None:
    server = Server(tmp_path)
    extra = {"database_url": ""} if setting == "data_dir" else {}
    tried = server.runs("serve", **{setting: value}, **extra)
    assert tried.returncode == 1
    (sentence,) = tried.stderr.splitlines()
    assert sentence.startswith("eightdots: ")
    assert value in sentence or f"EIGHTDOTS_{setting.upper()}" in sentence


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("mode", MODES)
def test_it_ends_without_a_fuss(tmp_path: Path, mode: str, how: signal.Signals) -> None:
    with Server(tmp_path, mode) as server:
        facilitator = Organiser(server.base, server.organiser_path).opens()
        phone = facilitator.phone().socket()
        phone.hears("state")
        server.ends(how)
        phone.hears_the_end()
        assert "Traceback" not in server.log.read_text()


class Demonstration:
    """`app.py demo`, and what it has said so far."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.log = folder / "demo.log"
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        environ = os.environ | {
            "EIGHTDOTS_HOST": "127.0.0.1",
            "EIGHTDOTS_PORT": str(free_port()),
            "EIGHTDOTS_ASYNC_MODE": "eventlet",
            "TMPDIR": str(self.temporary),
            "PYTHONUNBUFFERED": "1",
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "app.py", "demo", *words], cwd=ROOT, env=environ, stdout=log, stderr=log
            )

    def says(self, pattern: str) -> str:
        """Wait for something to be said."""
        deadline = time.monotonic() + DEMONSTRATION
        while not (found := re.search(pattern, self.log.read_text())):
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.05)
        return found.group(1)


@pytest.fixture
def demonstration(tmp_path: Path) -> Iterator[Demonstration]:
    demonstration = Demonstration(tmp_path, "--speed", "50")
    yield demonstration
    demonstration.process.kill()
    demonstration.process.wait()


def test_the_demonstration_comes_to_its_results(demonstration: Demonstration) -> None:
    base, path = re.split(r"(?=/r/)", demonstration.says(r"results: +(http://\S+)"))
    code = demonstration.says(r"/j/(\w{6})")
    holder = Browser(base)
    deadline = time.monotonic() + DEMONSTRATION
    holder.get(path)
    while (answer := holder.get(f"/w/{code}/1/results.json")).status_code == 409 or answer.json()["provisional"]:
        assert time.monotonic() < deadline, demonstration.log.read_text()
        time.sleep(0.05)
    demonstration.says("(The result is on every screen)")
    results = holder.get(f"/w/{code}/1/results.json").json()
    assert results["workshop"]["simulated"]
    assert results["dots"]["used"] == 64
    assert results["check"]["equal"]

    board = Browser(base)
    board.get(re.split(r"(?=/b/)", demonstration.says(r"board: +(http://\S+)"))[1])
    for response in results["results"]:
        assert response["response"].replace("'", "&#39;").replace("&", "&") in board.page.replace("&amp;", "&")
    assert "imulated" in board.page

    demonstration.process.send_signal(signal.SIGINT)
    demonstration.process.wait(PATIENCE)
    assert "Traceback" not in demonstration.log.read_text()
    assert list(demonstration.temporary.iterdir()) == []

"""The command line, as somebody types it. Each command is a process of its own, so there are few."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.pages.people import Facilitator
from workshop import create_app
from workshop.demo import EXAMPLE
from workshop.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
AGENDA = ROOT / "workshop" / "examples" / EXAMPLE


class Terminal:
    """Somebody at a terminal, with a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._environ = {name: value for name, value in os.environ.items() if not name.startswith("EIGHTDOTS_")} | {
            "EIGHTDOTS_DATA_DIR": str(folder),
            "EIGHTDOTS_PUBLIC_URL": "http://localhost",
            "EIGHTDOTS_ASYNC_MODE": "threading",
        }

    def types(self, *words: str | Path, typed: bytes = b"", **settings: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "app.py", *map(str, words)],
            cwd=ROOT,
            env=self._environ | {f"EIGHTDOTS_{name.upper()}": value for name, value in settings.items()},
            input=typed,
            capture_output=True,
            timeout=60,
        )

    def complains(self, *words: str | Path, typed: bytes = b"", **settings: str) -> str:
        """What it says when it does not do what was typed."""
        done = self.types(*words, typed=typed, **settings)
        assert (done.returncode, done.stdout) == (1, b"")
        said = done.stderr.decode()
        assert said.startswith("eightdots: ")
        assert "Traceback" not in said
        return said

    def imports(self, agenda: Path) -> Any:
        done = self.types("workshop", "import", agenda)
        assert (done.returncode, done.stderr) == (0, b"")
        return json.loads(done.stdout)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


def test_a_workshop_is_imported_listed_run_and_exported(terminal: Terminal) -> None:
    opened = terminal.imports(AGENDA)
    assert opened["title"] == "Digital peer challenge"
    assert opened["links"]["join"] == f"http://localhost/j/{opened['code']}"
    assert set(opened["links"]) == {"facilitator", "board", "results", "join"}

    listed = terminal.types("workshop", "list").stdout.decode()
    assert opened["code"] in listed
    assert "draft" in listed
    assert "Digital peer challenge" in listed

    # A server on the same folder knows the links, and its downloads are the same to the byte.
    settings = Settings(
        data_dir=terminal.folder,
        database_url=f"sqlite:///{terminal.folder}/eightdots.sqlite",
        async_mode="threading",
        public_url="http://localhost",
    )
    app = create_app(settings)
    facilitator = Facilitator(app, opened)
    assert (facilitator.status, facilitator.path) == (200, f"/w/{opened['code']}/console")
    phone = facilitator.phone()
    facilitator.goes_to("vote")
    phone.moves(phone.move(1, 0, 3), phone.move(2, 0, 14), phone.move(3, 0, 14))
    facilitator.goes_to("discuss")
    for form in ("csv", "json"):
        exported = terminal.types("workshop", "export", opened["code"].lower(), "--format", form)
        assert (exported.returncode, exported.stderr) == (0, b"")
        assert exported.stdout == facilitator.get(f"/w/{opened['code']}/1/results.{form}").data
    for form in ("docx", "json"):
        exported = terminal.types("workshop", "scope", opened["code"].lower(), "--format", form)
        assert (exported.returncode, exported.stderr) == (0, b"")
        assert exported.stdout == facilitator.get(f"/w/{opened['code']}/scope.{form}").data
    app.extensions["eightdots"].store.close()


def test_an_agenda_is_printed_as_the_page_gives_it_and_opens_the_same_workshop(terminal: Terminal) -> None:
    shipped = AGENDA.parent / "agendas" / "start-stop-continue.json"
    opened = terminal.imports(shipped)
    printed = terminal.types("workshop", "agenda", opened["code"].lower())
    assert (printed.returncode, printed.stderr) == (0, b"")
    assert printed.stdout == shipped.read_bytes()
    assert "We can't find that code." in terminal.complains("workshop", "agenda", "222222")


def test_what_is_not_an_agenda_is_refused_in_a_sentence(terminal: Terminal, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"title": ')
    assert "broken.json is not JSON" in terminal.complains("workshop", "import", broken)
    assert "Give the workshop a title." in terminal.complains(
        "workshop", "import", "-", typed=b'{"exercises": [{"prompt": "What matters?"}]}'
    )
    assert "is not JSON" in terminal.complains("workshop", "import", "-", typed=b"\xff\xfe\x00")
    assert terminal.types("workshop", "list").stdout == b""


def test_a_workshop_that_there_is_not_cannot_be_exported(terminal: Terminal) -> None:
    assert "We can't find that code." in terminal.complains("workshop", "export", "222222")
    assert "We can't find that code." in terminal.complains("workshop", "scope", "222222")


def test_a_setting_that_cannot_be_meant_stops_the_program_with_a_sentence(terminal: Terminal) -> None:
    assert "EIGHTDOTS_PORT is 'http'" in terminal.complains("serve", port="http")


def test_a_key_that_was_cut_short_stops_the_program_with_a_sentence(terminal: Terminal) -> None:
    (terminal.folder / "secret-key").write_text("")
    assert "does not hold a key" in terminal.complains("workshop", "import", AGENDA)

"""Counting again at a terminal: what is printed, what is compared, and how it ends."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.pages.people import Facilitator
from tests.results.ballot_files import told, written
from tests.test_cli import AGENDA, Terminal
from workshop import create_app, recounts
from workshop.results import downloads
from workshop.results.recount import fingerprint
from workshop.settings import Settings

BALLOTS = [{1: 4, 3: 1}, {1: 1, 3: 1}, {2: 5}]


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


def types(folder: Path, file: bytes, *words: str, results: Any = None) -> Result:
    """What `eightdots recount` does, without a process for each."""
    (folder / "ballots.json").write_bytes(file)
    (folder / "results.json").write_text(json.dumps(results))
    against = () if results is None else ("--against", str(folder / "results.json"))
    return CliRunner().invoke(recounts.recount_file, [str(folder / "ballots.json"), *words, *against])


def test_a_vote_is_exported_counted_again_and_held_against_its_results(terminal: Terminal, tmp_path: Path) -> None:
    opened = terminal.imports(AGENDA)
    settings = Settings(
        data_dir=terminal.folder,
        database_url=f"sqlite:///{terminal.folder}/eightdots.sqlite",
        async_mode="threading",
        public_url="http://localhost",
    )
    app = create_app(settings)
    facilitator = Facilitator(app, opened)
    phone = facilitator.phone()
    facilitator.goes_to("vote")
    phone.moves(phone.move(1, 0, 3), phone.move(2, 0, 14), phone.move(3, 0, 14))
    assert "once voting has closed" in terminal.complains("workshop", "ballots", opened["code"], "--yes")
    facilitator.goes_to("discuss")
    said = terminal.complains("workshop", "ballots", opened["code"])
    assert said == (
        "eightdots: Fewer than ten people voted. Whoever reads their ballots may guess whose they are. "
        "To print them all the same, add --yes.\n"
    )
    ballots = terminal.types("workshop", "ballots", opened["code"].lower(), "--exercise", "1", "--yes")
    assert (ballots.returncode, ballots.stderr) == (0, b"")
    page = facilitator.get(f"/w/{opened['code']}/1/ballots.json", query_string={"sure": "yes"})
    assert ballots.stdout == page.data
    sheets = terminal.types("workshop", "ballots", opened["code"], "--yes", "--format", "xlsx").stdout
    assert sheets == facilitator.get(f"/w/{opened['code']}/1/ballots.xlsx", query_string={"sure": "yes"}).data
    for form in downloads.FORMATS:
        exported = terminal.types("workshop", "export", opened["code"], "--format", form).stdout
        assert (form, exported == facilitator.get(f"/w/{opened['code']}/1/results.{form}").data) == (form, True)
    results = terminal.types("workshop", "export", opened["code"], "--format", "json").stdout
    app.extensions["eightdots"].store.close()
    for name, body in (("ballots", ballots.stdout), ("results", results)):
        (tmp_path / f"{name}.json").write_bytes(body)

    again = terminal.types("recount", tmp_path / "ballots.json", "--against", tmp_path / "results.json")
    assert (again.returncode, again.stderr) == (0, b"")
    printed = again.stdout.decode()
    assert f"Fingerprint: {fingerprint(ballots.stdout)}\n" in printed
    assert "The file's own tally agrees.\n" in printed
    assert " figures of ballots and results compared: all agree.\n" in printed


def test_ballots_of_a_result_by_groups_are_printed_once_that_was_said(terminal: Terminal) -> None:
    opened = terminal.imports(AGENDA)
    settings = Settings(
        data_dir=terminal.folder,
        database_url=f"sqlite:///{terminal.folder}/eightdots.sqlite",
        async_mode="threading",
        public_url="http://localhost",
    )
    app = create_app(settings)
    facilitator = Facilitator(app, opened)
    facilitator.asks(f"/w/{facilitator.code}/people/lenses", {"lenses": "Councillor\nOfficer"})
    phones = [facilitator.phone() for _ in range(10)]
    for place, phone in enumerate(phones):
        phone.asks(f"/w/{facilitator.code}/lens", {"lens": "Councillor" if place % 2 else "Officer"})
    facilitator.goes_to("vote")
    for phone in phones:
        phone.moves(phone.move(1, 0, 3))
    facilitator.goes_to("discuss")
    said = terminal.complains("workshop", "ballots", facilitator.code)
    assert said.startswith("eightdots: This result is shown by groups of people, so its ballots are not given away")
    assert said.endswith("To print them all the same, add --yes.\n")
    printed = terminal.types("workshop", "ballots", facilitator.code, "--yes")
    app.extensions["eightdots"].store.close()
    assert printed.returncode == 0
    assert printed.stderr.decode().startswith("eightdots: This result is shown by groups of people")
    assert len(json.loads(printed.stdout)["ballots"]) == 10


def test_the_standings_are_printed_with_what_they_can_bear(tmp_path: Path) -> None:
    file = written(BALLOTS)
    done = types(tmp_path, file, "--top", "2")
    assert done.exit_code == 0
    assert done.output == (
        f"""Town centre (K74M2P), exercise 1
Ballots: 3. Dots: 12 of 24.
Fingerprint: {fingerprint(file)}

All responses
rank      dots  people  share     largest  by people  range                 line  response
  1=  R1     5       2  41.7%   4 (80.0%)          1    1–2   one person decides  Response 1
  1=  R2     5       1  41.7%  5 (100.0%)          3    1–3   one person decides  Response 2
   3  R3     2       2  16.7%   1 (50.0%)          1    2–3   one person decides  Response 3
   4  R4     0       0   0.0%           0          4    3–4  safe below the line  Response 4

YES alone
rank      dots  people  share    largest  by people  range                line  response
   1  R1     5       2  41.7%  4 (80.0%)          1    1–2  one person decides  Response 1
   2  R3     2       2  16.7%  1 (50.0%)          1    2–3  one person decides  Response 3

NO alone
rank      dots  people  share     largest  by people  range                 line  response
   1  R2     5       1  41.7%  5 (100.0%)          1    1–3   one person decides  Response 2
   2  R4     0       0   0.0%           0          2    3–4  safe below the line  Response 4

Rank by people, range and line are always those among all responses.

These 2 go forward. Margin in dots: 3.

The file's own tally agrees.
"""
    )


def test_a_line_by_share_may_lie_in_a_tie(tmp_path: Path) -> None:
    done = types(tmp_path, written(BALLOTS), "--share", "20")
    assert "R1 and R2 tie across the line." in done.output
    assert done.output.count("coin toss") == 4  # each among all, and in its column


def test_what_does_not_agree_is_listed_and_ends_with_one(tmp_path: Path) -> None:
    results = {
        "workshop": {"code": "K74M2P"},
        "exercise": {"cut": 1},
        "dots": {"used": 13},
        "check": {},
        "line": {"forward": [], "tied": [1, 2], "places": 1},
        "results": [{"number": number, "rank": 1, "theme": "Getting \x1b[2Jhere"} for number in (1, 2, 3, 4)],
    }
    document = told(BALLOTS)
    document["tally"][0]["people"] = 3
    done = types(tmp_path, json.dumps(document).encode(), results=results)
    assert done.exit_code == 1
    assert (
        "The file's own tally differs:\n  R1 has 5 dots from 2 people, and the file's tally says 5 from 3\n"
        in done.output
    )
    assert " figures differ:\n" in done.output
    assert "  dots.used: the ballots say 12, the results 13\n" in done.output
    assert "  dots.available: the ballots say 24, the results do not have it\n" in done.output
    assert "  line.margin: the ballots say 0, the results do not have it\n" in done.output
    assert "  R3 dots: the ballots say 2, the results do not have it\n" in done.output
    assert "  R3 rank: the ballots say 3, the results 1\n" in done.output
    assert "Theme: Getting �[2Jhere\n" in done.output


@pytest.mark.parametrize(
    ("file", "results", "sentence"),
    [
        (b"", None, "eightdots: This is not JSON.\n"),
        (b"{}", None, "eightdots: This is not a file of ballots: its “format” is not “Eight Dots ballots”.\n"),
        (written(BALLOTS), {}, "eightdots: This is not a file of results: it has no “exercise”.\n"),
    ],
)
def test_what_cannot_be_read_ends_with_two_and_a_sentence(
    tmp_path: Path, file: bytes, results: Any, sentence: str
) -> None:
    done = types(tmp_path, file, results=results)
    assert (done.exit_code, done.stdout, done.stderr) == (2, "", sentence)


def test_the_line_is_drawn_once_and_the_file_must_be_there(tmp_path: Path) -> None:
    done = types(tmp_path, written(BALLOTS), "--top", "2", "--share", "20")
    assert (done.exit_code, "give --top, --share or --against" in done.output) == (2, True)
    assert CliRunner().invoke(recounts.recount_file, [os.fspath(tmp_path / "none")]).exit_code == 2


def test_nothing_in_a_file_steers_a_terminal(tmp_path: Path) -> None:
    document = told(BALLOTS)
    document["workshop"]["title"] = "Town\n\x1b]0;centre\x07\ud800"
    document["responses"][0]["text"] = "\u202eTrees\r" + "x" * 200
    done = types(tmp_path, json.dumps(document).encode())
    assert done.exit_code == 0
    assert done.output.startswith("Town �]0;centre�� (K74M2P), exercise 1\n")
    assert "  �Trees " + "x" * 52 + "…\n" in done.output

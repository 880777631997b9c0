"""docs/protocol.md against the program: everything that there is is described, and everything described is there."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from workshop import answers, errors, rules, screens
from workshop.pages import faults
from workshop.results import downloads

ROOT = Path(__file__).resolve().parents[1]
PROTOCOL = (ROOT / "docs" / "protocol.md").read_text()

# What stands for something in the addresses of the page.
EXAMPLES = {
    "CODE": "K74M2P",
    "TOKEN": "x" * 43,
    "VERSION/PATH": "0123456789ab/img/mark.svg",
    "PATH": "img/mark.svg",
    "N": "1",
    "R": "7",
    "T": "3",
    "NAME": "backlog",
}


def described() -> list[tuple[str, str]]:
    """(method, address) of everything that the tables say one can ask."""
    rows = [line.split("|")[1] for line in PROTOCOL.splitlines() if line.startswith("| `")]
    return [ask for row in rows for ask in re.findall(r"`(GET|POST|PUT|DELETE) ([^`?]+)[^`]*`", row)]


def example(address: str) -> str:
    for name, value in EXAMPLES.items():
        address = re.sub(rf"(?<=/){name}\b", value, address)
    return address


def asks(app: Flask) -> Iterator[tuple[str, str]]:
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            yield rule.rule, method


def section(start: str, end: str) -> str:
    return PROTOCOL.partition(f"\n{start}\n")[2].partition(f"\n{end}")[0]


def messages(text: str) -> set[str]:
    return set(re.findall(r"^\*\*`(\w+)`\*\*", text, re.MULTILINE))


def test_every_address_is_described_and_every_address_described_is_there(app: Flask) -> None:
    adapter = app.url_map.bind("localhost")
    found = set()
    for method, address in described():
        try:
            rule, _ = adapter.match(example(address), method=method, return_rule=True)
        except HTTPException as error:
            pytest.fail(f"{method} {address} is described and answered with {error}")
        found.add((rule.rule, method))
    missing = [f"{method} {rule}" for rule, method in asks(app) if (rule, method) not in found]
    assert not missing, f"not described in docs/protocol.md: {missing}"


def test_every_form_of_a_download_is_described() -> None:
    assert {address.rpartition(".")[2] for _, address in described() if "/results." in address} == set(
        downloads.FORMATS
    )


def test_every_message_that_comes_in_is_described_and_there_is_no_other(app: Flask) -> None:
    handled = set(app.extensions["socketio"].server.handlers["/"])
    assert handled - {"connect", "disconnect"} == messages(section("### What comes in", "### "))
    assert {"connect", "disconnect"} <= handled


def test_every_message_that_goes_out_is_described_and_there_is_no_other() -> None:
    sent = set()
    for path in (ROOT / "workshop").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("emit", "send")
            ):
                assert isinstance(node.args[0], ast.Constant), f"{path} sends something that this test cannot name"
                sent.add(node.args[0].value)
    assert sent == messages(section("### What goes out", "## "))


def test_every_audience_is_described() -> None:
    sentence = re.search(r"`audience` is ([^;]+);", PROTOCOL)
    assert sentence
    assert set(re.findall(r"`(\w+)`", sentence[1])) == set(screens.AUDIENCES)


def test_every_status_is_described_and_there_is_no_other() -> None:
    def kinds(kind: type[errors.WorkshopError]) -> Iterator[type[errors.WorkshopError]]:
        yield kind
        for under in kind.__subclasses__():
            yield from kinds(under)

    used = (
        {kind.status for kind in kinds(errors.WorkshopError)} | {answers.FAULT.status} | (set(faults.SENTENCES) - {415})
    )
    assert {int(status) for status in re.findall(r"^\| (\d{3}) \|", PROTOCOL, re.MULTILINE)} == used - {415}


def test_every_outcome_of_a_move_is_described() -> None:
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| [^|]+ \|$", section("### A move", "## "), re.MULTILINE)
    assert set(rows) == {"outcome", *get_args(rules.Outcome), "refused"}


def test_the_examples_are_json() -> None:
    examples = re.findall(r"```json\n(.+?)```", PROTOCOL, re.DOTALL)
    assert len(examples) >= 5
    for text in examples:
        assert isinstance(json.loads(text.replace("{…}", "{}")), dict)

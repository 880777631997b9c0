"""The rules of the house that no other tool checks. The map is docs/architecture.md, and it is taken at its word."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "workshop"
MAP = (ROOT / "docs" / "architecture.md").read_text()
FILES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 300

# Where one has to go through somebody else's door.
COMMITS = {"store", "migrations"}
READS_THE_ENVIRONMENT = {"settings"}
KNOWS_THE_MODES = {"concurrency"}
KNOWS_THE_ASKER = {"pages", "live", "__init__"}
# What is decided here is decided by what is passed in: no clock, no chance, no request.
PLAIN = {
    "errors",
    "likeness",
    "wording",
    "rules",
    "models",
    "agenda",
    "ballots",
    "actions",
    "results",
    "documents",
    "printing",
    "screens",
}


def room(path: Path) -> str:
    """The room that a file is in: `rules`, `actions`, …; `__init__` is the hall."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def rooms() -> list[set[str]]:
    """The rows of the map, from the ground to the roof."""
    table = MAP.partition("## The rooms")[2].partition("\n## ")[0]
    named = [
        re.findall(r"`(?:workshop/)?([\w.]+)/?`", row.split("|")[1]) for row in table.splitlines() if row[:3] == "| `"
    ]
    return [{name.removesuffix(".py") for name in row} & {room(path) for path in FILES} for row in named]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def code(path: Path) -> Iterator[ast.AST]:
    """Everything in a file but its docstrings and what only the type checker reads."""
    waiting: list[ast.AST] = [tree(path)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        yield node
        waiting.extend(ast.iter_child_nodes(node))


def imports(path: Path) -> set[str]:
    """What a file imports, in full: `workshop.rules`, `flask.Flask`, …"""
    found: set[str] = set()
    for node in code(path):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        if isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{name.name}" for name in node.names}
    return found


def imported_rooms(path: Path) -> set[str]:
    """The rooms that a file imports from, other than its own."""
    known = {room(each) for each in FILES}
    parts = {name.split(".")[1] for name in imports(path) if name.startswith("workshop.")}
    # `from workshop import create_app` asks the hall.
    return {part if part in known else "__init__" for part in parts} - {room(path)}


def everything(path: Path) -> set[str]:
    """Every name, attribute and plain string in a file's code."""
    found: set[str] = set()
    for node in code(path):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(f".{node.attr}")
            if isinstance(node.value, ast.Name):
                found.add(f"{node.value.id}.{node.attr}")
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
    return found


def outside(allowed: set[str]) -> list[Path]:
    return [path for path in FILES if room(path) not in allowed]


def test_every_room_is_on_the_map_once() -> None:
    drawn = [name for row in rooms() for name in row]
    assert sorted(drawn) == sorted({room(path) for path in FILES})


def test_a_room_imports_only_from_rooms_above_it_on_the_map() -> None:
    height = {name: place for place, row in enumerate(rooms()) for name in row}
    for path in FILES:
        # The hall wires everything, and the command line, which stands on it, asks it for the app.
        if room(path) == "__init__":
            continue
        taken = imported_rooms(path)
        assert "__init__" not in taken or room(path) == "cli", path
        wrong = {name for name in taken - {"__init__"} if height[name] > height[room(path)]}
        assert not wrong, f"{path} imports from {wrong}"


def test_only_who_answers_people_asks_who_is_asking() -> None:
    assert {room(path) for path in outside({"access"}) if "access" in imported_rooms(path)} <= KNOWS_THE_ASKER


def test_only_the_store_commits_and_before_it_the_migrations() -> None:
    for path in outside(COMMITS):
        words = everything(path)
        assert not {".commit", ".begin_nested", "COMMIT"} & words, path
        assert ".begin" not in words, path


def test_only_settings_reads_the_environment() -> None:
    for path in outside(READS_THE_ENVIRONMENT):
        assert not {"os.environ", "os.getenv", "os.putenv"} & (everything(path) | imports(path)), path


def test_only_one_room_names_the_ways_of_being_many() -> None:
    for path in outside(KNOWS_THE_MODES):
        named = {word for word in everything(path) | imports(path) if re.match(r"(eventlet|gevent)\b", word)}
        assert not named, f"{path} names {named}"


def test_nothing_is_decided_by_a_clock_by_chance_or_by_a_request_that_was_not_passed_in() -> None:
    for path in FILES:
        if room(path) not in PLAIN:
            continue
        brought = {name.split(".")[0] for name in imports(path)}
        wrong = {"flask", "flask_socketio", "time", "secrets", "uuid", "os", "socket"} & brought
        assert not wrong, f"{path} imports {wrong}"
        words = everything(path)
        assert not {".now", ".today", ".utcnow", "random.random", "random.choice", "random.shuffle"} & words, path


def test_the_arithmetic_stands_on_nothing() -> None:
    for path in (PACKAGE / "rules").iterdir():
        if path.suffix != ".py":
            continue
        brought = {name.split(".")[0] for name in imports(path)}
        assert brought <= {"__future__", "collections", "typing", "unicodedata", "workshop"}, path
        assert imported_rooms(path) <= {"errors"}, path


def test_only_templates_make_html() -> None:
    for path in FILES:
        tags = [word for word in everything(path) if re.search(r"</?(a|b|p|li|ul|div|span|form|h\d)[ >/]", word)]
        assert not tags, f"{path} has {tags}"


def test_a_file_is_short_and_says_what_it_is_for() -> None:
    for path in (*FILES, ROOT / "app.py"):
        assert len(path.read_text().splitlines()) <= LONGEST, path
        assert ast.get_docstring(tree(path)), path

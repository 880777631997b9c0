"""The two scripts of docs/recount.md, run as they stand there: they come to every figure of the ranking, the line and
its firmness.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.results.ballot_files import result, written
from tests.results.whole_vote import WholeVote
from workshop.ballot_box import BallotBox
from workshop.models import Workshop
from workshop.results import counting
from workshop.results.breadth import breadth
from workshop.results.cutting import cut_of, draw
from workshop.results.recount import fingerprint
from workshop.results.stability import stability
from workshop.store import Store

DOCS = (Path(__file__).resolve().parents[2] / "docs" / "recount.md").read_text("utf-8")
COUNT, FIRM = re.findall(r"^```python\n(.*?)^```", DOCS, re.DOTALL | re.MULTILINE)


def prints(script: str, *files: Path) -> Any:
    """What a script prints, with nothing but Python."""
    done = subprocess.run([sys.executable, "-I", "-S", "-c", script, *files], capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def named(numbers: list[int]) -> list[str]:
    return [f"R{number}" for number in numbers]


def test_the_scripts_are_short_and_need_nothing_but_python() -> None:
    for script in (COUNT, FIRM):
        assert len(script.splitlines()) <= 30
        assert max(map(len, script.splitlines())) <= 120
    assert re.findall(r"^(?:import|from) (.*)", COUNT + FIRM, re.MULTILINE) == ["hashlib, json, sys", "json, sys"]


def test_the_scripts_come_to_every_figure_of_each_response(store: Store, box: BallotBox, tmp_path: Path) -> None:
    vote = WholeVote(store, box)
    files, results = vote.keep(tmp_path), vote.results
    counted, firm = prints(COUNT, *files), prints(FIRM, *files)
    assert counted["fingerprint"] == results["fingerprint"] == fingerprint(vote.ballots)
    assert {name: counted[name] for name in ("people", "on_paper", "dots")} == {
        name: results[name] for name in ("people", "on_paper", "dots")
    }
    assert list(counted["results"]) == list(firm["results"]) == named([row["number"] for row in results["results"]])
    facts = {"rank", "shared", "dots", "people", "share", "largest", "rank_by_people"}
    firmness = {"best_rank", "worst_rank", "place", "verdict"}
    for row in results["results"]:
        name = f"R{row['number']}"
        both = counted["results"][name] | firm["results"][name]
        assert {each: both[each] for each in facts | firmness} == {each: row[each] for each in facts | firmness}
    broad = {f"R{row['number']}": row for row in results["findings"]["breadth"]["data"]["responses"]}
    for fact in ("shared_by_people", "half_or_more_from_one"):
        of_each = {name: row[fact] for name, row in broad.items()}
        assert {name: row[fact] for name, row in counted["results"].items()} == of_each
        assert {True, False} == set(of_each.values())


def test_the_first_script_ranks_each_column_and_each_theme(store: Store, box: BallotBox, tmp_path: Path) -> None:
    vote = WholeVote(store, box)
    counted = prints(COUNT, *vote.keep(tmp_path))
    with store.reading() as session:
        there = counting.count(session, session.get_one(Workshop, vote.room.id).exercise)
        for side in ("yes", "no"):
            assert [
                (name, row["rank"], row["shared"], row["dots"], row["people"])
                for name, row in counted["columns"][side].items()
            ] == [(f"R{each.response}", *each[1:]) for each in there.on_side(side)]
    *themes, rest = vote.results["findings"]["themes"]["data"]["themes"]
    assert [
        (name, row["rank"], row["shared"], row["dots"], row["people"]) for name, row in counted["themes"].items()
    ] == [(each["theme"], each["rank"], each["shared"], each["dots"], each["people"]) for each in themes]
    assert (counted["without_theme"]["dots"], counted["without_theme"]["people"]) == (rest["dots"], rest["people"])
    assert {name: set(rows) for name, rows in counted["under_themes"].items()} == {
        each["theme"]: set(named(each["responses"])) for each in themes
    }


@pytest.mark.parametrize(("places", "share"), [(2, None), (3, None), (40, None), (None, 60)])
def test_the_second_script_draws_the_line_where_the_results_have_it(
    store: Store, box: BallotBox, tmp_path: Path, places: int | None, share: int | None
) -> None:
    vote = WholeVote(store, box, places=places, share=share)
    line, told = prints(FIRM, *vote.keep(tmp_path))["line"], vote.results["findings"]["line"]["data"]
    assert line == {
        "above": named(told["above"]),
        "tied": named(told["tied"]),
        "places": told["places"],
        "margin": told["margin"],
    }


def test_without_a_line_there_is_none_and_no_verdict(store: Store, box: BallotBox, tmp_path: Path) -> None:
    vote = WholeVote(store, box, places=None)
    ballots, results = vote.keep(tmp_path)
    for files in ((ballots, results), (ballots,)):
        firm = prints(FIRM, *files)
        assert firm["line"] is None
        assert {(row["place"], row["verdict"]) for row in firm["results"].values()} == {(None, None)}
    assert prints(COUNT, ballots)["themes"] == {}


@pytest.mark.parametrize("run_off", [None, 1])
@pytest.mark.parametrize(
    "ballots", [[], [{1: 1}], [{1: 4, 3: 1}, {1: 1, 3: 1}, {2: 5}, {2: 5}], [{1: 2}, {2: 2}, {3: 2}, {4: 2}]]
)
def test_the_scripts_know_what_hangs_on_one_person(
    ballots: list[dict[int, int]], run_off: int | None, tmp_path: Path
) -> None:
    file, drawn = tmp_path / "ballots.json", tmp_path / "results.json"
    file.write_bytes(written(ballots, run_off_of=run_off))
    drawn.write_text(json.dumps({"exercise": {"cut": 3, "cut_share": None}, "results": []}))
    counted, firm = prints(COUNT, file, drawn), prints(FIRM, file, drawn)
    there = result(ballots)
    broad = breadth(ballots, there.standings)
    stable = stability(ballots, there.responses, places=3, run_off=run_off is not None)
    assert {
        number: (counted["results"][f"R{number}"]["largest"], counted["results"][f"R{number}"]["rank_by_people"])
        for number in broad
    } == {number: (each.largest, each.rank) for number, each in broad.items()}
    assert {name: tuple(row.values()) for name, row in firm["results"].items()} == {
        f"R{number}": (each.best, each.worst, each.side, each.verdict) for number, each in stable.items()
    }
    cut = cut_of(3, None, there.standings, run_off=run_off is not None)
    assert cut is not None
    line = draw(there.standings, cut)
    assert firm["line"] == {
        "above": named([*line.above]),
        "tied": named([*line.tied]),
        "places": line.places,
        "margin": line.margin,
    }

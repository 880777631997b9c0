"""The findings of a result made anew, from a file of ballots instead of a database.

The ballots say who put what on which response. What facilitators decided (the line, the themes, what a run-off has
settled) and the wordings of what was merged are not in the ballots, and are taken from the results that are checked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from workshop import rules
from workshop.models import Exercise, Response, Side, Theme
from workshop.results import contested, fairness, splitting
from workshop.results.breadth import breadth
from workshop.results.counting import Result
from workshop.results.cutting import Line
from workshop.results.findings import Finding
from workshop.results.margins import of_line
from workshop.results.recounting import Recount
from workshop.results.rereading import Ballots
from workshop.results.robustness import of_stability
from workshop.results.spread import of_breadth
from workshop.results.theming import of_themes

# What hangs on when dots were placed, or by whom: on no file of ballots.
UNDETERMINED = ("herding", "lenses")


def findings(recount: Recount, told: Mapping[str, Any], places: int | None, share: int | None) -> dict[str, Any]:
    """The data of every finding that ballots determine, by its key, as JSON has it. `told` are results whose rows are
    known to be objects with numbers, and `places` or `share` where their line is.
    """
    exercise, result = _exercise(recount.file, places, share), _result(recount, told)
    made: list[Finding | None] = [
        of_line(exercise, result),
        of_stability(result, recount.stability),
        of_breadth(result, breadth(result.ballots, result.standings)),
        of_themes(result.by_theme(), {number: theme.name for number, theme in result.themes.items()}),
        contested.finding(exercise, result),
        splitting.finding(exercise, result),
    ]
    data = {each.key: each.data for each in made if each is not None} | {"order": _of_order(result, told)}
    plain: dict[str, Any] = json.loads(json.dumps(data))
    return plain


def _of_order(result: Result, told: Mapping[str, Any]) -> dict[str, Any]:
    """Numbers rise with arrival, so ballots tell about that. About the place on a screen only where all had one list:
    then it is the same.
    """
    by_arrival = fairness.of_arrival(result)
    shared = _data(told, "order").get("order") == "shared"
    return {"arrival": by_arrival} | ({"position": by_arrival} if shared else {})


def _exercise(file: Ballots, places: int | None, share: int | None) -> Exercise:
    return Exercise(
        number=file.exercise,
        allowance=file.allowance,
        run_off_of=file.run_off_of,
        cut=places,
        cut_share=share,
        sides=[Side(key=key, place=place, name=name) for place, (key, name) in enumerate(file.columns.items(), 1)],
    )


def _result(recount: Recount, told: Mapping[str, Any]) -> Result:
    file = recount.file
    names = _themes(told)
    number_of = {name: number for number, name in names.items()}
    theme_of = {row["number"]: row["theme"] for row in told["results"] if isinstance(row.get("theme"), str)}
    return Result(
        standings=[
            rules.Standing(row.number, row.rank, row.shared, row.dots, row.people) for row in recount.rows.values()
        ],
        responses={
            number: Response(
                number=number, side=each.side, text=each.text, theme=number_of.get(theme_of.get(number, ""))
            )
            for number, each in file.responses.items()
        },
        merged=_merged(recount, told),
        allowance=file.allowance,
        joined=len(file.ballots),
        people=len(file.ballots),
        on_paper=file.on_paper,
        in_ballots=recount.used,
        in_tally=recount.used,
        provisional=False,
        ballots=file.ballots,
        line=_settled(recount.line, told),
        themes={number: Theme(number=number, name=name) for number, name in names.items()},
    )


def _themes(told: Mapping[str, Any]) -> dict[int, str]:
    """The names of the themes by numbers that keep them in the order of the results, for equal ones stand in theirs."""
    rows = _data(told, "themes").get("themes")
    listed = [row.get("theme") for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    names = [name for name in (*listed, *(row.get("theme") for row in told["results"])) if isinstance(name, str)]
    return dict(enumerate(dict.fromkeys(names), start=1))


def _merged(recount: Recount, told: Mapping[str, Any]) -> dict[int, list[Response]]:
    """The wordings of what the ballots say was merged."""
    texts = {
        each["number"]: each["response"]
        for row in told["results"]
        if isinstance(row.get("merged"), list)
        for each in row["merged"]
        if isinstance(each, dict) and type(each.get("number")) is int and isinstance(each.get("response"), str)
    }
    return {
        number: [Response(number=each, text=texts[each]) for each in written.merged if each in texts]
        for number, written in recount.file.responses.items()
    }


def _settled(line: Line | None, told: Mapping[str, Any]) -> Line | None:
    """The line with what a run-off has made of its tie: that is in another file of ballots."""
    of_results = told.get("line")
    if line is None or not line.tied or not isinstance(of_results, dict) or type(of_results.get("run_off")) is not int:
        return line
    forward = of_results.get("forward")
    settled = [each for each in forward if each in line.tied] if isinstance(forward, list) else []
    return replace(line, run_off=of_results["run_off"], settled=settled or None)


def _data(told: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """The data of a finding of the results, or nothing where they have none."""
    for name in ("findings", key, "data"):
        found = told.get(name)
        told = found if isinstance(found, dict) else {}
    return told

"""A recount held against the JSON file of the results: every figure that ballots determine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from workshop.errors import N_, NotUnderstood
from workshop.results import remaking
from workshop.results.recounting import Recount, Row

# Shares are written with four digits.
DIGITS = 4
# Of a text that differs, no more than this is said.
LONGEST = 100
# What the results tell of a figure that they do not have: it equals nothing, None included.
ABSENT = object()


class Figure(NamedTuple):
    """One thing that was counted twice."""

    where: str
    recounted: Any
    told: Any

    @property
    def agrees(self) -> bool:
        # 1, 1.0 and True are one number to Python.
        is_whole = isinstance(self.recounted, (bool, int)) and isinstance(self.told, (bool, int))
        return bool(self.recounted == self.told) and (not is_whole or type(self.recounted) is type(self.told))

    def __str__(self) -> str:
        # As Python writes it, so that nothing in a file can steer a terminal.
        if self.told is ABSENT:
            return f"{self.where}: the ballots say {self.recounted!r:.{LONGEST}}, the results do not have it"
        return f"{self.where}: the ballots say {self.recounted!r:.{LONGEST}}, the results {self.told!r:.{LONGEST}}"


def line_of(results: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """(places, share in per cent) of the line that the results were given. Raises `NotUnderstood`."""
    exercise = _object(results, "exercise")
    places, share = exercise.get("cut"), exercise.get("cut_share")
    for each, most in ((places, 1_000_000), (share, 100)):
        if each is not None and (not isinstance(each, int) or isinstance(each, bool) or not 1 <= each <= most):
            raise NotUnderstood(N_("The line of this file of results is none."))
    return places, share


def themes_of(results: Mapping[str, Any]) -> dict[str, list[int]]:
    """The numbers of the responses under each theme of the results, in their order."""
    themes: dict[str, list[int]] = {}
    for row in _rows(results):
        if isinstance(row.get("theme"), str):
            themes.setdefault(row["theme"], []).append(row["number"])
    return themes


def compare(recount: Recount, results: Mapping[str, Any]) -> list[Figure]:
    """Every figure that ballots determine, those of the findings among them; one that the results do not have differs.
    Raises `NotUnderstood` where this is no file of results.
    """
    figures = [*_of_the_whole(recount, results), *_of_the_line(recount, results), *_of_responses(recount, results)]
    return [*figures, *_of_findings(recount, results)]


def _of_the_whole(recount: Recount, results: Mapping[str, Any]) -> Iterator[Figure]:
    file = recount.file
    yield from _both("", {"people": len(file.ballots), "on_paper": file.on_paper}, results)
    yield from _both("", {"fingerprint": file.fingerprint}, results)
    parts: dict[str, dict[str, Any]] = {
        "workshop": {"title": file.title, "code": file.code, "simulated": file.simulated},
        "exercise": {
            "number": file.exercise,
            "allowance": file.allowance,
            "most_per_response": file.most_per_response,
            "run_off_of": file.run_off_of,
        },
        "dots": {"used": recount.used, "available": recount.available},
        "check": {"sum_of_ballots": recount.used, "sum_of_tally": recount.used, "equal": True},
    }
    for name, facts in parts.items():
        yield from _both(f"{name}.", facts, _object(results, name))


def _of_the_line(recount: Recount, results: Mapping[str, Any]) -> Iterator[Figure]:
    line, told = recount.line, results.get("line", ABSENT)
    if line is None or not isinstance(told, dict):
        yield Figure("line", None if line is None else list(line.above), told)
        return
    forward = told.get("forward", ABSENT)
    if isinstance(forward, list) and type(told.get("run_off")) is int:
        # What a run-off has settled is not in these ballots.
        forward = [number for number in forward if number not in line.tied]
    yield Figure("line.forward", list(line.above), forward)
    yield from _both("line.", {"tied": list(line.tied), "places": line.places, "margin": line.margin}, told)


def _of_responses(recount: Recount, results: Mapping[str, Any]) -> Iterator[Figure]:
    told = _rows(results)
    yield Figure("results: the responses, in order of rank", list(recount.rows), [row["number"] for row in told])
    for row in told:
        if (own := recount.rows.get(row["number"])) is not None:
            yield from _both(f"R{own.number} ", _facts(recount, own), row)


def _of_findings(recount: Recount, results: Mapping[str, Any]) -> Iterator[Figure]:
    """The figures of the findings, made anew."""
    made, told = remaking.findings(recount, results, *line_of(results)), results.get("findings", ABSENT)
    if not isinstance(told, dict):
        yield Figure("findings", sorted(made), told)
        return
    yield Figure("findings", sorted(made), sorted(key for key in told if key not in remaking.UNDETERMINED))
    for key, data in made.items():
        found = told[key].get("data", ABSENT) if isinstance(told.get(key), dict) else ABSENT
        if key == "order" and isinstance(found, dict):
            found = {name: each for name, each in found.items() if name in data}
        yield from _leaves(f"findings.{key}", data, found)


def _leaves(where: str, made: Any, told: Any) -> Iterator[Figure]:
    """Every figure of two values of JSON, whatever their shape."""
    if isinstance(made, dict) and isinstance(told, dict) and made.keys() >= told.keys():
        for name, each in made.items():
            yield from _leaves(f"{where}.{name}", each, told.get(name, ABSENT))
    elif isinstance(made, list) and isinstance(told, list) and len(made) == len(told):
        for place, (one, other) in enumerate(zip(made, told, strict=True), start=1):
            yield from _leaves(f"{where}[{place}]", one, other)
    else:
        yield Figure(where, made, told)


def _facts(recount: Recount, row: Row) -> dict[str, Any]:
    written, stable = recount.file.responses[row.number], recount.stability[row.number]
    return {
        "rank": row.rank,
        "shared": row.shared,
        "response": written.text,
        "side": written.side,
        "dots": row.dots,
        "people": row.people,
        "share": round(row.share, DIGITS),
        "largest": row.largest,
        "rank_by_people": row.rank_by_people,
        "best_rank": stable.best,
        "worst_rank": stable.worst,
        "place": stable.side,
        "verdict": stable.verdict,
        "merged": list(written.merged),
    }


def _both(where: str, facts: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[Figure]:
    for name, fact in facts.items():
        yield Figure(f"{where}{name}", fact, _plain(name, told.get(name, ABSENT)))


def _plain(name: str, told: Any) -> Any:
    """What is told, as the ballots have it: of what was merged, its numbers."""
    if name == "merged" and isinstance(told, list):
        return [each.get("number") if isinstance(each, dict) else each for each in told]
    return told


def _object(results: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = results.get(name)
    if not isinstance(found, dict):
        raise NotUnderstood(N_("This is not a file of results: it has no “%(name)s”."), name=name)
    return found


def _rows(results: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows = results.get("results")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise NotUnderstood(N_("This is not a file of results: it has no “%(name)s”."), name="results")
    if not all(type(row.get("number")) is int for row in rows):
        raise NotUnderstood(N_("This is not a file of results: a response in it has no number."))
    return rows

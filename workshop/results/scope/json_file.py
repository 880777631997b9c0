"""The challenge scope as JSON, for programs. Its shape is published as `schemas/scope.schema.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from workshop.results.reporting import Report
from workshop.results.scope.dates import follow_up, span_of
from workshop.results.scope.parts import challenge_name

FORMAT = "eightdots-scope-1"


def as_json(content: Mapping[str, Any], *, title: str, made_at: int, reports: Sequence[Report] = ()) -> bytes:
    """The same as the document says, with fields as they were stored and dates as they were worked out."""
    parts = content["parts"]
    timing, due = parts["timing"], follow_up(parts)
    file = {
        "format": FORMAT,
        "title": title,
        "made_at": datetime.fromtimestamp(made_at, UTC).isoformat(),
        "state": content["state"],
        "version": content["version"],
        "simulated": any(each.workshop.simulated or each.workshop.is_rehearsal for each in reports),
        "challenge": challenge_name(parts["header"]) or None,
        "items": content["items"],
        "parts": parts,
        "worked_out": {
            "timetable": [_step(row, timing) for row in timing["steps"]],
            **{name: {"date": each.day and each.day.isoformat(), "own": each.own} for name, each in due.items()},
        },
        "results": [_result(each) for each in reports],
    }
    return (json.dumps(file, ensure_ascii=False, indent=2) + "\n").encode()


def _step(row: Mapping[str, Any], timing: Mapping[str, Any]) -> dict[str, Any]:
    span = span_of(row["when"], timing)
    return {
        "step": row["step"],
        "first": span and span.first.isoformat(),
        "last": span and span.last.isoformat(),
    }


def _result(report: Report) -> dict[str, Any]:
    exercise, result, talk = report.exercise, report.result, report.talk
    return {
        "exercise": exercise.number,
        "prompt": exercise.prompts or exercise.prompt,
        "voted": talk.voted,
        "allowance": exercise.allowance,
        "people": result.people if talk.voted else None,
        "dots": result.in_tally if talk.voted else None,
        "ballots_sha256": report.fingerprint or None,
        "note": talk.note(0),
        "responses": [
            {
                "response": f"R{each.response}",
                "text": result.responses[each.response].text,
                "side": result.responses[each.response].side,
                "rank": each.rank if talk.voted else None,
                "shared": each.shared if talk.voted else None,
                "dots": each.dots if talk.voted else None,
                "people": each.people if talk.voted else None,
                "note": talk.note(each.response),
            }
            for each in (result.standings if talk.voted else sorted(result.standings, key=lambda each: each.response))
        ],
    }

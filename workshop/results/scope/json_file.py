"""The challenge scope as JSON, for programs. Its shape is published as `schemas/scope.schema.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from workshop.results.scope.dates import follow_up, span_of
from workshop.results.scope.grounds import Grounds
from workshop.results.scope.parts import challenge_name
from workshop.results.scope.phrases import said
from workshop.results.scope.unfilled import unfilled

FORMAT = "eightdots-scope-1"


def as_json(content: Mapping[str, Any], grounds: Grounds, *, made_at: int) -> bytes:
    """The same as the document says, with fields as they were stored and dates as they were worked out."""
    parts = content["parts"]
    timing, due = parts["timing"], follow_up(parts)
    file = {
        "format": FORMAT,
        "title": grounds.title,
        "made_at": datetime.fromtimestamp(made_at, UTC).isoformat(),
        "state": content["state"],
        "version": content["version"],
        "simulated": grounds.simulated,
        "challenge": challenge_name(parts["header"]) or None,
        "items": content["items"],
        "parts": parts,
        "worked_out": {
            "timetable": [_step(row, timing) for row in timing["steps"]],
            **{name: {"date": each.day and each.day.isoformat(), "own": each.own} for name, each in due.items()},
            "recommendations": [
                {"number": place, "says": dict.fromkeys(parts["recommendations"]["shape"], said(None)) or said(None)}
                for place in range(1, (parts["recommendations"]["number"] or 0) + 1)
            ],
            "signatures": [
                {"role": said(each["role"]), "name": said(each["name"]), "date": said(None), "side": each["side"]}
                for each in parts["agreement"]["signers"]
            ],
        },
        "not_agreed": dict.fromkeys(unfilled(content, has_results=bool(grounds.results)), said(None)),
        "results": grounds.results,
    }
    return (json.dumps(file, ensure_ascii=False, indent=2) + "\n").encode()


def _step(row: Mapping[str, Any], timing: Mapping[str, Any]) -> dict[str, Any]:
    span = span_of(row["when"], timing)
    return {
        "step": row["step"],
        "first": span and span.first.isoformat(),
        "last": span and span.last.isoformat(),
    }

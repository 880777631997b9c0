"""A result as JSON. Its schema is static/schemas/results.schema.json."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from workshop.results.reporting import Report
from workshop.results.rows import Row, rows
from workshop.results.stamps import check_sentence, stamps

FORMAT = "eightdots-results"
VERSION = 1


def as_json(report: Report) -> bytes:
    """Everything that a report says, in figures and in words."""
    return (json.dumps(_document(report), ensure_ascii=False, indent=2) + "\n").encode()


def _document(report: Report) -> dict[str, Any]:
    result = report.result
    document: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "workshop": _workshop(report),
        "exercise": _exercise(report),
        "voted": report.talk.voted,
        "provisional": result.provisional,
        "joined": result.joined,
        "in_the_room": report.exercise.in_the_room,
        "people": result.people,
        "on_paper": result.on_paper,
        "dots": {"used": result.in_tally, "available": result.available},
        "line": _line(report),
        "check": {
            "sum_of_ballots": result.in_ballots,
            "sum_of_tally": result.in_tally,
            "equal": result.adds_up,
            "sentence": check_sentence(result),
        },
        "fingerprint": report.fingerprint or None,
        "notes": stamps(report),
        "results": [_row(row) for row in rows(report)],
        "findings": {
            each.key: {
                "heading": each.heading,
                "sentences": list(each.sentences),
                "meaning": each.meaning,
                "data": dict(each.data),
            }
            for each in report.findings
        },
    }
    if not report.talk.voted:
        document |= dict.fromkeys(("people", "dots", "check", "line", "fingerprint")) | {"findings": {}}
    return document


def _workshop(report: Report) -> dict[str, Any]:
    workshop = report.workshop
    return {
        "title": workshop.title,
        "code": workshop.code,
        "opened_at": datetime.fromtimestamp(workshop.opened_at, UTC).isoformat(),
        "simulated": workshop.simulated,
        "rehearsal": workshop.is_rehearsal,
    }


def _exercise(report: Report) -> dict[str, Any]:
    exercise = report.exercise
    return {
        "number": exercise.number,
        "prompt": exercise.prompts or exercise.prompt,
        "phase": exercise.phase,
        "allowance": exercise.allowance,
        "most_per_response": exercise.most_per_response,
        "totals": exercise.totals,
        "note": report.talk.note(0),
        "cut": exercise.cut,
        "cut_share": exercise.cut_share,
        "run_off_of": exercise.run_off_of,
    }


def _line(report: Report) -> dict[str, Any] | None:
    line = report.result.line
    if line is None:
        return None
    return {
        "forward": line.forward,
        "tied": list(line.tied),
        "places": line.places,
        "margin": line.margin,
        "run_off": line.run_off,
    }


def _row(row: Row) -> dict[str, Any]:
    standing, breadth, stability = row.standing, row.breadth, row.stability
    return {
        "rank": standing and standing.rank,
        "shared": standing and standing.shared,
        "number": row.response.number,
        "response": row.response.text,
        "side": row.response.side,
        "dots": standing and standing.dots,
        "people": standing and standing.people,
        "share": None if row.share is None else round(row.share, 4),
        "largest": breadth and breadth.largest,
        "rank_by_people": breadth and breadth.rank,
        "best_rank": stability and stability.best,
        "worst_rank": stability and stability.worst,
        "place": stability and stability.side,
        "verdict": stability and stability.verdict,
        "theme": row.theme,
        "merged": [{"number": each.number, "response": each.text} for each in row.merged],
        "note": row.note,
    }

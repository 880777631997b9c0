"""The results behind a scope as data, for its JSON."""

from __future__ import annotations

from typing import Any

from workshop.results.reporting import Report


def result_data(report: Report) -> dict[str, Any]:
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

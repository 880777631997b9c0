"""A result as files: CSV (RFC 4180) and JSON. What the page shows, the command line writes byte for byte."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from workshop import rules
from workshop.models import Exercise, Workshop
from workshop.results.counting import Result
from workshop.results.talk import Talk

FORMATS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
COLUMNS = ("rank", "number", "response", "side", "dots", "people", "share", "theme", "merged", "note")

# A spreadsheet takes a cell that begins like this for a formula, or drops the character and looks at the next.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")

# What is empty where there was no vote.
OF_DOTS = ("rank", "shared", "dots", "people", "share")


def write(form: str, workshop: Workshop, exercise: Exercise, result: Result, talk: Talk | None = None) -> bytes:
    """The file in the form `csv` or `json`, with the notes of the `talk`.

    Where there was no vote, responses are in the order of their numbers, and what is said of dots is empty.
    """
    return (_csv if form == "csv" else _json)(workshop, exercise, result, talk or Talk()).encode()


def file_name(form: str, workshop: Workshop, exercise: Exercise, result: Result) -> str:
    """2026-03-14_town-centre_ex1-results.csv, or …-results-provisional.csv while dots can still move."""
    stamp = "-provisional" if result.provisional else ""
    return f"{stem(workshop, exercise, 'results')}{stamp}.{form}"


def stem(workshop: Workshop, exercise: Exercise, what: str) -> str:
    """What the name of a file about an exercise begins with: 2026-03-14_town-centre_ex1-results."""
    stamp = "-rehearsal" if workshop.is_rehearsal else ""
    return f"{day_and_title(workshop)}_ex{exercise.number}-{what}{stamp}"


def day_and_title(workshop: Workshop) -> str:
    """What the name of any file about a workshop begins with: 2026-03-14_town-centre."""
    day = datetime.fromtimestamp(workshop.opened_at, UTC).date().isoformat()
    plain = unicodedata.normalize("NFKD", workshop.title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "workshop"
    return f"{day}_{slug}"


def show_rank(standing: rules.Standing) -> str:
    """1, 2=, 2=, 4."""
    return f"{standing.rank}=" if standing.shared else str(standing.rank)


def show_share(share: float) -> str:
    return f"{share:.1%}"


def check_sentence(result: Result) -> str:
    """Whether the count adds up, in one sentence for whoever reads the file."""
    if result.adds_up:
        hold = "holds" if result.people == 1 else "hold"
        held = f"{_count(result.people, 'ballot')} {hold} {_count(result.in_ballots, 'dot')}"
        return f"Checked: {held}, and the tally holds the same {result.in_tally}."
    return f"Does not add up: {result.in_ballots} dots in ballots, {result.in_tally} in the tally. Do not use it."


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def remarks(workshop: Workshop, exercise: Exercise, result: Result, talk: Talk) -> list[str]:
    """What one has to know of a result to trust it, beside its dots: a sentence each."""
    if not talk.voted:
        simulated = ["Simulated: these responses are not from people."] if workshop.simulated else []
        return [*simulated, "A vote was begun and not finished." if result.people else "No vote was taken."]
    notes = []
    if result.provisional:
        notes.append("Provisional: dots can still move.")
    if workshop.is_rehearsal:
        notes.append("Rehearsal: the people and their dots are simulated.")
    elif workshop.simulated:
        notes.append("Simulated: these dots were not placed by people.")
    if result.on_paper:
        were = "was" if result.on_paper == 1 else "were"
        notes.append(f"{result.on_paper} of {_count(result.people, 'ballot')} {were} on paper.")
    if exercise.in_the_room is not None:
        notes.append(_in_the_room(workshop, exercise.in_the_room, result.people))
    if result.line is not None and result.line.run_off is not None:
        settled = "was settled" if result.line.settled is not None else "is to be settled"
        notes.append(f"The tie across the line {settled} by a run-off in exercise {result.line.run_off}.")
    if exercise.run_off_of is not None:
        notes.append(f"This is a run-off among those who tied in exercise {exercise.run_off_of}.")
    return notes


def _in_order(result: Result, talk: Talk) -> Sequence[rules.Standing]:
    return result.standings if talk.voted else sorted(result.standings, key=lambda standing: standing.response)


def _row(cells: Sequence[object], talk: Talk) -> list[object]:
    named = zip(COLUMNS, cells, strict=True)
    return ["" if column in OF_DOTS and not talk.voted else cell for column, cell in named]


def _in_the_room(workshop: Workshop, people: int, ballots: int) -> str:
    """What the facilitator counted, held against the ballots. No more than a warning: nobody knows who is right."""
    counted = f"{_count(ballots, 'ballot')}, {people} in the room."
    if ballots > people and workshop.door == "open":
        return f"{counted} In an open workshop one person may have joined twice."
    return counted


def _csv(workshop: Workshop, exercise: Exercise, result: Result, talk: Talk) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for standing in _in_order(result, talk):
        response = result.responses[standing.response]
        cells = (
            show_rank(standing),
            f"R{standing.response}",
            _safe(response.text),
            response.side.upper(),
            standing.dots,
            standing.people,
            show_share(result.share(standing)),
            _safe(_theme(result, standing) or ""),
            "\n".join(f"R{each.number} {each.text}" for each in result.merged.get(standing.response, ())),
            _safe(talk.note(standing.response)),
        )
        writer.writerow(_row(cells, talk))
    total = show_share(1.0 if result.in_tally else 0.0)
    note = " ".join([*remarks(workshop, exercise, result, talk), *([check_sentence(result)] if talk.voted else [])])
    writer.writerow(_row(("", "", "All responses", "", result.in_tally, result.people, total, "", "", note), talk))
    # Excel takes a file without the mark for one in the machine's old code page.
    return "\ufeff" + out.getvalue()


def _theme(result: Result, standing: rules.Standing) -> str | None:
    theme = result.theme(result.responses[standing.response])
    return None if theme is None else theme.name


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _json(workshop: Workshop, exercise: Exercise, result: Result, talk: Talk) -> str:
    prompts: Any = exercise.prompts or exercise.prompt
    document: dict[str, Any] = {
        "workshop": {
            "title": workshop.title,
            "code": workshop.code,
            "opened_at": datetime.fromtimestamp(workshop.opened_at, UTC).isoformat(),
            "simulated": workshop.simulated,
            "rehearsal": workshop.is_rehearsal,
        },
        "exercise": {
            "number": exercise.number,
            "prompt": prompts,
            "phase": exercise.phase,
            "allowance": exercise.allowance,
            "most_per_response": exercise.most_per_response,
            "totals": exercise.totals,
            "note": talk.note(0),
            "cut": exercise.cut,
            "run_off_of": exercise.run_off_of,
        },
        "voted": talk.voted,
        "provisional": result.provisional,
        "joined": result.joined,
        "in_the_room": exercise.in_the_room,
        "people": result.people,
        "on_paper": result.on_paper,
        "dots": {"used": result.in_tally, "available": result.available},
        "line": result.line
        and {
            "forward": result.line.forward,
            "tied": list(result.line.tied),
            "places": result.line.places,
            "run_off": result.line.run_off,
        },
        "check": {
            "sum_of_ballots": result.in_ballots,
            "sum_of_tally": result.in_tally,
            "equal": result.adds_up,
            "sentence": check_sentence(result),
        },
        "notes": remarks(workshop, exercise, result, talk),
        "results": [
            {
                "rank": standing.rank,
                "shared": standing.shared,
                "number": standing.response,
                "response": result.responses[standing.response].text,
                "side": result.responses[standing.response].side,
                "dots": standing.dots,
                "people": standing.people,
                "share": round(result.share(standing), 4),
                "theme": _theme(result, standing),
                "merged": [
                    {"number": each.number, "response": each.text} for each in result.merged.get(standing.response, ())
                ],
                "note": talk.note(standing.response),
            }
            | ({} if talk.voted else dict.fromkeys(OF_DOTS))
            for standing in _in_order(result, talk)
        ],
    }
    if not talk.voted:
        document |= dict.fromkeys(("people", "dots", "check"))
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"

"""The scope of the first workshop, as far as it was published; every dot in it is simulated, for no votes were.

The golden files are made again by:  .venv/bin/python -m tests.results.scoped
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
from docx.table import Table as DocxTable

from tests.cast import NOW
from workshop import rules
from workshop.demo import example
from workshop.models import Exercise, Response, Side, Theme, Workshop
from workshop.results.breadth import breadth
from workshop.results.counting import Result
from workshop.results.cutting import draw
from workshop.results.reporting import Report
from workshop.results.scope import files
from workshop.results.scope.deriving import derive
from workshop.results.scope.grounds import Grounds, grounds_of
from workshop.results.scope.parts import filled
from workshop.results.stability import stability
from workshop.results.talk import Talk

GOLDEN = Path(__file__).parent / "golden"
FORMS = ("md", "json", "html", "txt")
CUT = 6

# Eight people's eight dots each, made up: R4 and R13 tie across the line under six places.
BALLOTS: tuple[Mapping[int, int], ...] = (
    {1: 3, 3: 1, 9: 2, 17: 2},
    {1: 2, 7: 1, 12: 3, 18: 2},
    {1: 1, 9: 2, 13: 2, 17: 3},
    {1: 2, 4: 3, 5: 2, 18: 1},
    {11: 2, 12: 2, 17: 2, 20: 2},
    {1: 2, 3: 1, 8: 1, 9: 2, 18: 2},
    {4: 2, 5: 1, 7: 2, 12: 2, 17: 1},
    {1: 2, 11: 1, 13: 3, 18: 1, 19: 1},
)


def workshop() -> Workshop:
    return Workshop(code="K74M2P", title=example()["title"], simulated=True, door="open", opened_at=NOW)


def reports() -> list[Report]:
    """The exercise with its columns, and the open one of which no response was published."""
    here, (columns, open_one) = workshop(), example()["exercises"]
    return [_voted(here, columns), _talked(here, open_one)]


def _voted(here: Workshop, data: Any) -> Report:
    names = list(dict.fromkeys(each["theme"] for each in data["responses"]))
    themes = {number: Theme(number=number, name=name) for number, name in enumerate(names, start=1)}
    responses = {
        number: Response(number=number, side=each["side"], text=each["text"], theme=names.index(each["theme"]) + 1)
        for number, each in enumerate(data["responses"], start=1)
    }
    exercise = Exercise(
        workshop=here, number=1, place=1, kind="columns", phase="discuss", revealed=True, allowance=8, totals="hidden",
        removed=False, cut=CUT,
        sides=[
            Side(key=key, place=place, sign=sign, prompt=data["prompt"][key])
            for place, (key, sign) in enumerate((("yes", "tick"), ("no", "cross")), start=1)
        ],
    )  # fmt: skip
    standings = rules.standings_of(BALLOTS, responses)
    result = Result(
        standings=standings,
        responses=responses,
        merged={},
        allowance=8,
        joined=8,
        people=8,
        on_paper=0,
        in_ballots=sum(sum(each.values()) for each in BALLOTS),
        in_tally=sum(each.dots for each in standings),
        provisional=False,
        ballots=BALLOTS,
        line=draw(standings, CUT),
        themes=themes,
    )
    return Report(
        here,
        exercise,
        result,
        Talk(
            {1: "Simulated: nothing was published of what was said."},
            [(each, [one for one in responses.values() if one.theme == number]) for number, each in themes.items()],
        ),
        breadth=breadth(BALLOTS, standings),
        stability=stability(BALLOTS, responses, places=CUT),
    )


def _talked(here: Workshop, data: Any) -> Report:
    exercise = Exercise(
        workshop=here, number=2, place=2, kind="open", phase="discuss", revealed=False, allowance=8, totals="hidden",
        removed=False, prompt=data["prompt"], sides=[Side(key="open", place=1, sign="circle")],
    )  # fmt: skip
    result = Result([], {}, {}, 8, joined=8, people=0, on_paper=0, in_ballots=0, in_tally=0, provisional=False)
    return Report(here, exercise, result, Talk(voted=False))


def content() -> dict[str, Any]:
    """The scope as the builder brings it in from the results. All else is as it usually is."""
    sections: dict[str, list[dict[str, Any]]] = {"in": [], "out": [], "parked": []}
    derived = [each for those in derive(reports()).values() for each in those]
    for number, each in enumerate(derived, start=1):
        facts = {"exercise": each.exercise, "response": f"R{each.response}", "note": each.note}
        sections[each.section].append(item(number, each.text, evidence=each.evidence, **facts))
    return {"items": sections, "parts": filled({}), "version": 1, "state": "draft"}


def item(number: int, text: str, **facts: Any) -> dict[str, Any]:
    """Something in a scope about which nothing else is known."""
    plain = {"exercise": None, "response": None, "note": "", "elsewhere": "", "priority": None}
    return {"number": number, "text": text, **plain, "components": [], "core_areas": [], "evidence": {}, **facts}


def written(form: str, said: Mapping[str, Any] | None = None, of: list[Report] | None = None) -> bytes:
    """The scope as a file."""
    said = content() if said is None else said
    return files.write(form, said, grounds(said, of), made_at=NOW)


def grounds(said: Mapping[str, Any], of: list[Report] | None = None) -> Grounds:
    """What a scope takes from the results, all of them unless some are named."""
    return grounds_of(said, reports() if of is None else of, workshop().title)


def read_again(word: bytes) -> str:
    """What stands in a Word file, a line for each paragraph with its style and a line for each row of a table."""
    lines = []
    for block in docx.Document(io.BytesIO(word)).iter_inner_content():
        if isinstance(block, DocxTable):
            lines += [" | ".join(cell.text.replace("\n", " / ") for cell in row.cells) for row in block.rows]
        elif block.text:
            lines.append(f"[{block.style.name if block.style else ''}] {block.text}")
    return "\n".join(lines) + "\n"


def made(form: str) -> bytes:
    """What a golden file holds. As text there is what is read again from the Word file, which itself is no text."""
    return read_again(written("docx")).encode() if form == "txt" else written(form)


def golden(form: str) -> Path:
    return GOLDEN / f"localgovcamp-scope.{form}"


if __name__ == "__main__":
    for form in FORMS:
        golden(form).write_bytes(made(form))

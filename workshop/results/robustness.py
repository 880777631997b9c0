"""How firm a result is, in words: what would change without any one of its ballots."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext, ngettext

from workshop.documents import Cell, Table
from workshop.errors import N_
from workshop.results.counting import Result
from workshop.results.cutting import Line
from workshop.results.findings import Finding
from workshop.results.margins import how_to_draw
from workshop.results.sentences import these
from workshop.results.showing import show_standing
from workshop.results.stability import Stability

SETTLED = "settled by a run-off"
VERDICTS = {
    ("safe", "above"): N_("safe above the line"),
    ("safe", "below"): N_("safe below the line"),
    ("one person decides", "above"): N_("one person decides"),
    ("one person decides", "below"): N_("one person decides"),
    ("coin toss", "tied"): N_("coin toss"),
    (SETTLED, "tied"): N_("settled by a run-off"),
}


def verdict(each: Stability, line: Line | None = None) -> str:
    """How firmly a response stands above or below the line; empty where none was drawn. With the `line`, a tie that a
    run-off has settled is no coin toss.
    """
    return verdict_said(settled_verdict(each, line), each.side)


def settled_verdict(each: Stability, line: Line | None = None) -> str | None:
    """The verdict for programs, SETTLED among them where the `line` says so."""
    return SETTLED if each.side == "tied" and line is not None and line.settled is not None else each.verdict


def verdict_said(verdict: str | None, side: str | None) -> str:
    """The words of a verdict that was kept without what it came from. Without a `side` it speaks for itself."""
    return str(gettext(VERDICTS.get((verdict, side or ""), verdict))) if verdict else ""


def rank_range(each: Stability) -> str:
    """1–3, or 2 where it is the same whichever ballot is left out."""
    return str(each.best) if each.is_fixed else f"{each.best}–{each.worst}"


def of_stability(result: Result, stable: Mapping[int, Stability]) -> Finding:
    """What becomes of the ranks, and of what is above the line, without any one of the ballots."""
    has_line = result.line is not None
    columns = [gettext("Number"), gettext("Response"), gettext("Rank"), gettext("Without any one ballot")]
    if has_line:
        columns.append(gettext("At the line"))
    rows: list[list[Cell]] = []
    for each in result.standings:
        found = stable[each.response]
        row: list[Cell] = [
            f"R{each.response}",
            result.responses[each.response].text,
            show_standing(each),
            rank_range(found),
        ]
        rows.append([*row, verdict(found, result.line)] if has_line else row)
    return Finding(
        "stability",
        gettext("How much hangs on one person"),
        list(filter(None, _stability_sentences(result, stable))),
        gettext(
            "The result is counted again without each ballot in turn, "
            "so a rank that moves is one that a single person decides."
        ),
        [Table(gettext("Ranks with any one ballot left out"), columns, rows)],
        {
            "ballots": len(result.ballots),
            "responses": [
                {
                    "number": found.response,
                    "best": found.best,
                    "worst": found.worst,
                    "side": found.side,
                    "verdict": found.verdict,
                }
                for found in (stable[each.response] for each in result.standings)
            ],
        },
    )


def _stability_sentences(result: Result, stable: Mapping[int, Stability]) -> list[str]:
    if not result.ballots:
        return [gettext("No response has a dot, so there is nothing that could change.")]
    said = []
    if len(result.ballots) == 1:
        said.append(gettext("All dots come from one person, who decides everything."))
    elif result.line is not None:
        said += _at_the_line(result.line, stable)
    else:
        said.append(_ahead(result, stable))
        said.append(
            ngettext(
                "%(num)s of %(all)s responses keeps its rank whichever ballot is left out.",
                "%(num)s of %(all)s responses keep their ranks whichever ballot is left out.",
                sum(each.is_fixed for each in stable.values()),
                all=len(stable),
            )
        )
        said.append(
            gettext("No line was drawn, so the table has the ranks that each response can take, and no verdict.")
        )
        said.append(how_to_draw())
    if result.is_of_few:
        said.append(
            ngettext(
                "This is %(num)s person: that can show what matters to them, and not what would matter to others.",
                "These are %(num)s people: that can show what matters to them, and not what would matter to others.",
                len(result.ballots),
            )
        )
    return said


def _at_the_line(line: Line, stable: Mapping[int, Stability]) -> list[str]:
    decided = [each.response for each in stable.values() if each.verdict == "one person decides"]
    said = []
    if decided:
        said.append(
            ngettext(
                "One person decides whether %(responses)s is above the line: without one of the ballots it moves.",
                "One person decides whether %(responses)s are above the line: without one ballot or another they move.",
                len(decided),
                responses=these(sorted(decided)),
            )
        )
    if line.is_open:
        said.append(
            gettext(
                "%(responses)s tie across the line: which goes forward would be a coin toss.",
                responses=these(line.tied),
            )
        )
    elif line.tied:
        said.append(
            gettext("%(responses)s tied across the line, and a run-off has settled it.", responses=these(line.tied))
        )
    if not said:
        return [gettext("No one person decides: whichever ballot is left out, the same responses are above the line.")]
    above, below = (
        sum(1 for each in stable.values() if (each.verdict, each.side) == ("safe", side)) for side in ("above", "below")
    )
    said.append(
        gettext(
            "Safe whichever ballot is left out: %(above)s above the line, %(below)s below it.", above=above, below=below
        )
    )
    return said


def _ahead(result: Result, stable: Mapping[int, Stability]) -> str:
    """Whether what is first stays first."""
    first = [each.response for each in result.standings if each.rank == 1]
    moved = [response for response in first if stable[response].worst > 1]
    if not moved:
        return str(gettext("Whichever ballot is left out, nothing gets ahead of %(first)s.", first=these(first)))
    if len(first) > 1:
        return str(
            gettext(
                "%(first)s share the first rank, and one ballot decides which of them is ahead.", first=these(first)
            )
        )
    return str(
        gettext(
            "One person decides what is first: without one of the ballots, something gets ahead of %(first)s.",
            first=these(first),
        )
    )

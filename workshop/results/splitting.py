"""Split votes: one idea that missed the line because its dots are spread over several responses."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Literal, NamedTuple

from flask_babel import gettext, ngettext

from workshop import rules
from workshop.documents import Table
from workshop.likeness import Candidate
from workshop.models import Exercise
from workshop.results import alike
from workshop.results.counting import Result
from workshop.results.findings import Finding
from workshop.results.sentences import names
from workshop.results.stability import Side, sides_of
from workshop.rules import Marks

# More than these nobody reads as sentences; the table has them all.
MOST_SAID = 6

_HEIGHT = {"below": 0, "tied": 1, "above": 2}


class Split(NamedTuple):
    """Responses of one column that say much the same, in the order of their numbers, and what they come to together."""

    responses: tuple[int, ...]
    dots: int
    people: int
    """Each counted once, on however many of the responses they put dots."""
    rank: int
    """Theirs as one response among the others."""
    would: Literal["cross", "tie"]
    """Whether they would be above the line or tie across it, as one."""
    above: tuple[int, ...]
    """Those that are above it already."""


def splits(
    responses: Sequence[Candidate],
    merged: alike.Merged,
    ballots: Sequence[Marks],
    *,
    places: int | None = None,
    share: int | None = None,
    settled: Collection[int] | None = None,
    run_off: bool = False,
) -> list[Split]:
    """Groups of live `responses` that would be further up together than the best of them is by itself, above the line
    or across it; and groups of which only some are above. Those with most dots come first.

    `places` or `share` (per cent of all dots) say where the line is; it is drawn anew where a group counts as one.
    `settled` are those that a run-off has chosen from a tie across it, None where there was none.
    """
    live = [each.number for each in responses]
    sides = sides_of(rules.standings_of(ballots, live), places, share, run_off=run_off)
    if settled is not None:
        sides |= {each: "above" if each in settled else "below" for each, side in sides.items() if side == "tied"}
    found = []
    for group in alike.groups(alike.within_columns(responses, merged)) if sides else ():
        pooled = [_pooled(ballot, group) for ballot in ballots]
        standings = rules.standings_of(pooled, [each for each in live if each not in group[1:]])
        side = sides_of(standings, places, share, run_off=run_off)[group[0]]
        one = next(each for each in standings if each.response == group[0])
        if one.dots and _is_split([sides[each] for each in group], side):
            above = tuple(each for each in group if sides[each] == "above")
            would: Literal["cross", "tie"] = "cross" if side == "above" else "tie"
            found.append(Split(tuple(group), one.dots, one.people, one.rank, would, above))
    return sorted(found, key=lambda each: (-each.dots, each.responses))


def _pooled(ballot: Marks, group: Sequence[int]) -> Marks:
    """A ballot with all that is on a group on the first of it."""
    pooled = {response: dots for response, dots in ballot.items() if response not in group}
    return pooled | {group[0]: sum(ballot.get(each, 0) for each in group)}


def _is_split(apart: Sequence[Side], together: Side) -> bool:
    best, worst = (pick(_HEIGHT[side] for side in apart) for pick in (max, min))
    return _HEIGHT[together] > best or (_HEIGHT[together] == best == _HEIGHT["above"] > worst)


def splits_in(exercise: Exercise, result: Result) -> list[Split]:
    """The split votes of a counted exercise. None without a line."""
    settled = result.line.settled if result.line else None
    responses, merged = alike.wordings_of(result)
    return splits(
        responses,
        merged,
        result.ballots,
        places=exercise.cut,
        share=exercise.cut_share,
        settled=settled,
        run_off=exercise.run_off_of is not None,
    )


# In words -------------------------------------------------------------------------------------------------------------


def finding(exercise: Exercise, result: Result) -> Finding | None:
    """Which votes are split, or that none is. None where no line was drawn: there is nothing to miss."""
    if result.line is None:
        return None
    found = splits_in(exercise, result)
    return Finding(
        "split",
        gettext("Split votes"),
        _sentences(found),
        gettext(
            "Responses of one column whose wordings are much the same are counted as one, each person once, to see "
            "whether they would cross the line; whether they are one idea is for people to say."
        ),
        [_table(found, result)] if found else (),
        {"groups": [_data(each) for each in found]},
    )


def _sentences(found: Sequence[Split]) -> list[str]:
    missed = [split for split in found if not split.above]
    if missed:
        verdict = ngettext(
            "One idea may have missed the line because its dots are split among similar responses.",
            "%(num)s ideas may have missed the line because their dots are split among similar responses.",
            len(missed),
        )
    else:
        verdict = gettext(
            "As far as wordings tell, no idea missed the line because its dots are split among similar responses."
        )
    return [verdict, *map(_sentence, found[:MOST_SAID])]


def _sentence(split: Split) -> str:
    if split.above:
        others = [each for each in split.responses if each not in split.above]
        return str(
            gettext(
                "%(above)s above the line, %(others)s not, and they say much the same.",
                above=_is_or_are(split.above),
                others=_is_or_are(others),
            )
        )
    dots = ngettext("%(num)s dot", "%(num)s dots", split.dots)
    people = ngettext("%(num)s person", "%(num)s people", split.people)
    sentence = (
        gettext("%(responses)s say much the same: together, with %(dots)s from %(people)s, they would cross the line.")
        if split.would == "cross"
        else gettext("%(responses)s say much the same: together, with %(dots)s from %(people)s, they would tie for it.")
    )
    return str(sentence % {"responses": names(split.responses), "dots": dots, "people": people})


def _is_or_are(responses: Sequence[int]) -> str:
    """R3 is, R3 and R7 are."""
    return str(ngettext("%(responses)s is", "%(responses)s are", len(responses), responses=names(responses)))


def _table(found: Sequence[Split], result: Result) -> Table:
    dots_of = {each.response: each.dots for each in result.standings}
    rows = [
        (
            " · ".join(f"R{number} {result.responses[number].text} ({dots_of[number]})" for number in split.responses),
            split.dots,
            split.people,
            split.rank,
            gettext("above the line") if split.would == "cross" else gettext("tied across it"),
        )
        for split in found
    ]
    columns = (
        gettext("Responses, with their dots"),
        gettext("Dots together"),
        gettext("People"),
        gettext("Rank"),
        gettext("Where"),
    )
    return Table(gettext("Similar responses, counted as one"), columns, rows)


def _data(split: Split) -> dict[str, Any]:
    return {
        "responses": list(split.responses),
        "dots": split.dots,
        "people": split.people,
        "rank": split.rank,
        "would": split.would,
        "above": list(split.above),
    }

"""A result by lens, side by side: what councillors put their dots on, what officers …, as far as it may be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop import rules
from workshop.ballots import resolved
from workshop.documents import Table
from workshop.models import Dot, Exercise, Participant, Response
from workshop.results import lens_words
from workshop.results.counting import Result
from workshop.results.findings import Finding
from workshop.results.lens_words import Column
from workshop.results.otherwise import ByGroup
from workshop.results.suppression import FEWEST, Shown, suppress

MOST = 30
"""How many responses are looked at by group, by rank over all that was voted on."""
MOST_TIED = 40
"""How many where some tie with the last of these: what has equal dots is parted only beyond."""


class Looked(NamedTuple):
    """A vote by lens: all that was voted on, withdrawn or not, so that withdrawing a response, looking and restoring it
    shows nothing more than looking once.
    """

    lenses: Sequence[str | None]
    """By column of the table; None is of those who have not said."""
    responses: Sequence[int]
    """By row of the table, by rank: only those that are looked at."""
    shown: Shown | None


def finding(session: Session, exercise: Exercise, result: Result) -> Finding | None:
    """What is said of a result by lens. None where nobody is asked, nobody has voted, or before the reveal: until then
    voting can be opened for somebody who is late, and a table before and after would tell what that person did.
    """
    if not _may_be_shown(exercise):
        return None
    looked = look(session, exercise)
    if not looked.responses:
        return None
    return side_by_side(
        looked,
        result.standings,
        {number: response.text for number, response in result.responses.items()},
    )


def are_shown(session: Session, exercise: Exercise) -> bool:
    """Whether a table by lens is shown, or would be if no response had been withdrawn."""
    return _may_be_shown(exercise) and look(session, exercise).shown is not None


def _may_be_shown(exercise: Exercise) -> bool:
    return bool(exercise.workshop.lenses) and exercise.revealed


def look(session: Session, exercise: Exercise) -> Looked:
    """A vote by lens, as far as it may be shown."""
    side_of, by_lens = ballots_by_lens(session, exercise)
    everybody = [ballot for ballots in by_lens.values() for ballot in ballots]
    order = [each for each in rules.standings_of(everybody, sorted(side_of)) if each.dots]
    allowances, purse_of = _purses(exercise)
    table = _table(
        by_lens,
        [each.response for each in order],
        allowances,
        {number: purse_of[side] for number, side in side_of.items()},
    )
    responses = [each.response for each in order[: _looked_at(order)]]
    # Without one who has said there is nothing to show, and nothing to work out.
    has_said = any(ballots for lens, ballots in by_lens.items() if lens is not None)
    return Looked(list(by_lens), responses, suppress(table, rows=len(responses)) if has_said else None)


def _looked_at(order: Sequence[rules.Standing]) -> int:
    """How many of a ranking are looked at: the first `MOST`, with what ties with the last of them up to `MOST_TIED`."""
    if len(order) <= MOST:
        return len(order)
    return min(MOST_TIED, sum(1 for each in order if each.dots >= order[MOST - 1].dots))


def ballots_by_lens(session: Session, exercise: Exercise) -> tuple[dict[int, str], dict[str | None, list[rules.Marks]]]:
    """The side of each response that is not merged, and the ballots that hold a dot on any of these, withdrawn ones
    too, by what their owners said of themselves; None is of those who have not, or who said what is no longer asked.
    """
    lenses = exercise.workshop.lenses or []
    rows = session.execute(
        select(Response.number, Response.side, Response.merged_into).where(Response.exercise_id == exercise.id)
    ).all()
    side_of = {row.number: row.side for row in rows if row.merged_into is None}
    merged = resolved({row.number: row.merged_into for row in rows if row.merged_into is not None}, side_of)
    placed = session.execute(
        select(Dot.participant_id, Participant.lens, Dot.response)
        .join(Participant, Participant.id == Dot.participant_id)
        .where(
            Dot.exercise_id == exercise.id,
            Dot.number <= exercise.allowance,
            Dot.response.is_not(None),
            Participant.state == "in",
        )
    )
    ballots: dict[tuple[int, str | None], dict[int, int]] = {}
    for person, lens, on in placed:
        if on is not None and (response := merged.get(on, on)) in side_of:
            ballot = ballots.setdefault((person, lens if lens in lenses else None), {})
            ballot[response] = ballot.get(response, 0) + 1
    by_lens: dict[str | None, list[rules.Marks]] = {lens: [] for lens in (*lenses, None)}
    for (_, lens), ballot in ballots.items():
        by_lens[lens].append(ballot)
    return side_of, by_lens


def side_by_side(looked: Looked, standings: Sequence[rules.Standing], texts: Mapping[int, str]) -> Finding:
    """The finding: the rows of what is left are shown, those of withdrawn responses left out."""
    shown = looked.shown
    if shown is None:
        return _finding([lens_words.too_small()], (), {"fewest": FEWEST, "groups": [], "results": []})
    row_of = {response: row for row, response in enumerate(looked.responses)}
    left = [each.response for each in standings if each.response in row_of]
    columns = []
    for at, group in enumerate(shown.groups):
        seen = {response: row_of[response] for response in left if (row_of[response], at) not in shown.hidden}
        held = [looked.lenses[column] for column in group]
        columns.append(
            Column(
                lens_words.name(held),
                held,
                shown.table.sizes[at],
                {response: shown.table.dots[row][at] for response, row in seen.items()},
                {response: shown.table.people[row][at] for response, row in seen.items()},
            )
        )
    rows = [each for each in standings if any(each.response in column.dots for column in columns)]
    data = {
        "fewest": FEWEST,
        "groups": [{"name": each.name, "lenses": list(each.lenses), "people": each.people} for each in columns],
        "results": [
            {
                "number": each.response,
                "dots": [column.dots.get(each.response) for column in columns],
                "people": [column.supporters.get(each.response) for column in columns],
            }
            for each in standings
        ],
    }
    if not rows:
        return _finding([lens_words.nothing_left()], (), data)
    with_dots = sum(1 for each in standings if each.dots)
    said = lens_words.sentences(
        columns, len(rows), len(standings) - (with_dots - len(left)), of_many=MOST if len(left) < with_dots else None
    )
    return _finding(said, [lens_words.as_table(columns, rows, texts)], data)


def _table(
    by_lens: Mapping[str | None, Sequence[rules.Marks]],
    order: Sequence[int],
    allowances: Sequence[int],
    sides: Mapping[int, int],
) -> ByGroup:
    of_all = list(by_lens.values())
    return ByGroup(
        sizes=[len(ballots) for ballots in of_all],
        people=[[sum(1 for each in ballots if each.get(response)) for ballots in of_all] for response in order],
        dots=[[sum(each.get(response, 0) for each in ballots) for ballots in of_all] for response in order],
        largest=[max(each.get(response, 0) for ballots in of_all for each in ballots) for response in order],
        allowances=allowances,
        sides=[sides[response] for response in order],
    )


def _finding(sentences: Sequence[str], tables: Sequence[Table], data: Mapping[str, object]) -> Finding:
    return Finding(
        key="lenses",
        heading=gettext("Groups side by side"),
        sentences=sentences,
        meaning=gettext(
            "Puts beside each other what people voted for who said which group they are in; it describes who voted "
            "here, and says nothing about others of the same group."
        ),
        tables=tables,
        data=data,
    )


def _purses(exercise: Exercise) -> tuple[list[int], dict[str, int]]:
    """The dots that each person had, for all columns together or for each; and by column, which of them is its own."""
    own = [side.allowance for side in exercise.sides]
    if len(own) > 1 and None not in own:
        return [each or 0 for each in own], {side.key: at for at, side in enumerate(exercise.sides)}
    return [exercise.allowance], {side.key: 0 for side in exercise.sides}

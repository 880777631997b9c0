"""A result by lens, side by side: what councillors put their dots on, what officers …, as far as it may be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop import rules
from workshop.ballots import voting_in
from workshop.documents import Table
from workshop.models import Dot, Exercise, Participant
from workshop.results import lens_words
from workshop.results.counting import Result
from workshop.results.findings import Finding
from workshop.results.lens_words import Column
from workshop.results.otherwise import ByGroup
from workshop.results.suppression import FEWEST, suppress


def finding(session: Session, exercise: Exercise, result: Result) -> Finding | None:
    """What is said of a result by lens. None where nobody is asked, nobody has voted, or dots can still move: who sees
    a table before and after one person's vote would know what that person did.
    """
    lenses = exercise.workshop.lenses
    if not lenses or result.provisional or not result.people:
        return None
    by_lens = ballots_by_lens(session, exercise, result, lenses)
    allowances, purse_of = _purses(exercise)
    return side_by_side(
        by_lens,
        result.standings,
        {number: response.text for number, response in result.responses.items()},
        allowances,
        {number: purse_of[response.side] for number, response in result.responses.items()},
    )


def ballots_by_lens(
    session: Session, exercise: Exercise, result: Result, lenses: Sequence[str]
) -> dict[str | None, list[rules.Marks]]:
    """The ballots that hold a dot that counts, by what their owners said of themselves; None is of those who have not,
    or who said what is no longer asked.
    """
    voting = voting_in(session, exercise)
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
        response = voting.counts_for(on)
        if response in result.responses:
            ballot = ballots.setdefault((person, lens if lens in lenses else None), {})
            ballot[response] = ballot.get(response, 0) + 1
    by_lens: dict[str | None, list[rules.Marks]] = {lens: [] for lens in (*lenses, None)}
    for (_, lens), ballot in ballots.items():
        by_lens[lens].append(ballot)
    return by_lens


def side_by_side(
    by_lens: Mapping[str | None, Sequence[rules.Marks]],
    standings: Sequence[rules.Standing],
    texts: Mapping[int, str],
    allowances: Sequence[int],
    sides: Mapping[int, int],
) -> Finding:
    """The finding from ballots by lens. `sides` says of each response which of the allowances its dots are from."""
    order = [each.response for each in standings]
    shown = suppress(_table(by_lens, order, allowances, sides))
    if shown is None:
        return _finding([lens_words.too_small()], (), {"fewest": FEWEST, "groups": [], "results": []})
    lenses = list(by_lens)
    columns = []
    for at, group in enumerate(shown.groups):
        seen = [row for row in range(len(order)) if (row, at) not in shown.hidden]
        held = [lenses[column] for column in group]
        columns.append(
            Column(
                lens_words.name(held),
                held,
                shown.table.sizes[at],
                {order[row]: shown.table.dots[row][at] for row in seen},
                {order[row]: shown.table.people[row][at] for row in seen},
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
    return _finding(
        lens_words.sentences(columns, len(rows), len(order)), [lens_words.as_table(columns, rows, texts)], data
    )


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

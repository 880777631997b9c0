"""A report is worked out once for each state of its workshop, and never kept of what may not be committed."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel, force_locale
from sqlalchemy.orm import attributes

from tests.cast import BY
from tests.results.whole_vote import WholeVote
from workshop.actions import discussing, revealing
from workshop.ballot_box import BallotBox
from workshop.models import Exercise, Workshop
from workshop.results import remembering, reporting
from workshop.results.remembering import remembered
from workshop.results.reporting import Report
from workshop.results.stability import stability
from workshop.store import Store


@pytest.fixture
def vote(store: Store, box: BallotBox) -> WholeVote:
    return WholeVote(store, box)


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lines for which stability was worked out, in turn."""
    lines: list[int] = []

    def counted(*of: Any, **line: Any) -> Any:
        lines.append(line["places"])
        return stability(*of, **line)

    monkeypatch.setattr(reporting, "stability", counted)
    return lines


def looked_at(vote: WholeVote) -> Report:
    with vote.room.store.reading() as session:
        return reporting.report(session, session.get_one(Workshop, vote.room.id).exercise)


def test_who_looks_again_is_shown_what_was_worked_out(vote: WholeVote, worked_out: list[int]) -> None:
    first, again = looked_at(vote), looked_at(vote)
    assert worked_out == [2]
    assert again.findings == first.findings
    assert (again.stability, again.breadth, again.fingerprint) == (first.stability, first.breadth, first.fingerprint)


def test_whatever_changes_it_is_worked_out_again(vote: WholeVote, worked_out: list[int]) -> None:
    looked_at(vote)
    revealing.set_cut(vote.room.store, vote.room.id, 1, 3, by=BY)
    assert looked_at(vote).findings[0].data["cut"] == 3
    assert worked_out == [2, 3]
    discussing.save_note(vote.room.store, vote.room.id, 1, 1, "Ask the county.", "", by=BY)
    assert looked_at(vote).talk.notes == {1: "Ask the county."}


def test_a_dot_that_moves_is_counted_in_a_vote_that_is_on(vote: WholeVote, worked_out: list[int]) -> None:
    vote.room.goes_to("vote")
    before = looked_at(vote).result.in_tally
    person = vote.room.person()
    worked_out.clear()
    looked_at(vote)
    person.moves(1, 4)
    assert looked_at(vote).stability != {}
    assert (looked_at(vote).result.in_tally, len(worked_out)) == (before + 1, 2)


def test_what_is_seen_inside_a_change_is_neither_kept_nor_looked_up(vote: WholeVote, worked_out: list[int]) -> None:
    looked_at(vote)
    with suppress(RuntimeError), vote.room.store.change(vote.room.id) as session:
        exercise = session.get_one(Workshop, vote.room.id).exercise
        exercise.cut = 4
        session.flush()
        assert reporting.report(session, exercise).findings[0].data["cut"] == 4
        raise RuntimeError
    assert looked_at(vote).findings[0].data["cut"] == 2
    assert worked_out == [2, 4]


def test_each_language_has_its_own(vote: WholeVote) -> None:
    app = Flask("two languages")
    done: list[str] = []
    Babel(app)
    for language in ("en", "cy", "en"):
        with vote.room.store.reading() as session, app.test_request_context(), force_locale(language):
            exercise = session.get_one(Workshop, vote.room.id).exercise
            remembered(session, exercise, partial(done.append, language))
    assert done == ["en", "cy"]


def test_no_more_are_kept_than_a_few(vote: WholeVote) -> None:
    kept: list[int] = []
    with vote.room.store.reading() as session:
        exercise = session.get_one(Workshop, vote.room.id).exercise
        for number in range(1, remembering.MOST + 2):
            # As many exercises, none of which is stored.
            one = Exercise(id=1000 + number)
            with session.no_autoflush:
                attributes.set_committed_value(one, "workshop", exercise.workshop)
                remembered(session, one, partial(kept.append, number))
                remembered(session, exercise, partial(kept.append, 0))
        first = Exercise(id=1001)
        attributes.set_committed_value(first, "workshop", exercise.workshop)
        remembered(session, first, partial(kept.append, 1001))
    assert kept[-1] == 1001
    assert kept.count(0) == 1

"""The same exercise in several workshops: choose which, and see them together and side by side."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from workshop import access
from workshop.actions import hosting
from workshop.actions.hosting import find_exercise
from workshop.errors import N_, NotUnderstood
from workshop.models import Exercise
from workshop.pages.house import find_workshop, house
from workshop.results import reporting
from workshop.results.across import MOST_GROUPS, Across, across, table
from workshop.results.csv_file import as_table

pages = Blueprint("across", __name__)


@pages.get("/across")
def show() -> str:
    """The exercises that `of` names, each as CODE-N; without any, those that can be chosen from."""
    with house().store.reading() as db:
        chosen = list(_chosen(db))
        if not chosen:
            access.check_organiser()
            offered = [
                (workshop, [each for each in workshop.exercises if each.revealed])
                for workshop in hosting.workshops(db)
                if not workshop.is_rehearsal
            ]
            return render_template("results/choose.html", offered=[each for each in offered if each[1]])
        compared = _across(db, chosen)
        return render_template(
            "results/across.html", compared=compared, table=table(compared), asked=request.args.getlist("of")
        )


@pages.get("/across.csv")
def download() -> Answer:
    with house().store.reading() as db:
        body = as_table(table(_across(db, list(_chosen(db)))))
    return Answer(
        body,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="across-workshops.csv"'},
    )


def _across(db: Session, exercises: list[Exercise]) -> Across:
    if len(exercises) < 2:
        raise _how_many()
    return across([reporting.report(db, each) for each in exercises])


def _chosen(db: Session) -> Iterator[Exercise]:
    """The exercises that are asked for: only revealed ones, of workshops whose results the asker may see."""
    asked = request.args.getlist("of")
    if len(asked) > MOST_GROUPS:
        raise _how_many()
    seen: set[int] = set()
    for each in asked:
        code, _, number = each.partition("-")
        workshop = find_workshop(db, code)
        if not access.is_organiser():
            access.check_may(db, workshop, "results", access.held(workshop.code))
        exercise = find_exercise(db, workshop.id, int(number) if number.isdecimal() and len(number) < 6 else 0)
        if not exercise.revealed:
            raise NotUnderstood(N_("Only exercises whose results were revealed can be compared."), code="not_revealed")
        # However it was written, it is one exercise.
        if exercise.id not in seen:
            seen.add(exercise.id)
            yield exercise


def _how_many() -> NotUnderstood:
    return NotUnderstood(N_("Choose 2 to %(most)s exercises."), code="how_many", most=MOST_GROUPS)

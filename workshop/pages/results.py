"""The results page and its downloads."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from workshop import access
from workshop.actions.hosting import find_exercise
from workshop.errors import N_, NotNow
from workshop.models import Workshop
from workshop.pages.house import find_workshop, house
from workshop.results import counting, downloads, recount, reporting, stamps, talk

pages = Blueprint("results", __name__)


@pages.get("/r/<secret>")
def open_link(secret: str) -> Answer:
    with house().store.reading() as db:
        code = access.workshop_behind(db, "results", secret).code
    access.hold(code, "results", secret)
    return redirect(f"/w/{code}/results", 303)


@pages.get("/w/<code>/results")
def show(code: str) -> Answer | str:
    """The results of the exercise that is on."""
    return _page(code, None)


@pages.get("/w/<code>/<int:number>/results")
def show_one(code: str, number: int) -> Answer | str:
    return _page(code, number)


@pages.get(f"/w/<code>/<int:number>/results.<any({', '.join(downloads.FORMATS)}):form>")
def download(code: str, number: int, form: str) -> Answer:
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        _check(db, workshop)
        exercise = find_exercise(db, workshop.id, number)
        if not exercise.can_be_taken_away:
            raise NotNow(N_("There are no results yet: voting has not started."), code="no_results")
        report = reporting.report(db, exercise)
        body = downloads.write(form, report)
        name = stamps.file_name(form, workshop, exercise, report.result)
    return Answer(
        body,
        content_type=downloads.FORMATS[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _page(code: str, number: int | None) -> Answer | str:
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        if workshop.code != code:
            return redirect(f"/w/{workshop.code}/results" if number is None else f"/w/{workshop.code}/{number}/results")
        _check(db, workshop)
        exercise = workshop.exercise if number is None else find_exercise(db, workshop.id, number)
        result = counting.count(db, exercise)
        # Before the reveal it is asked for on purpose: a results page that is opened on the projector must not tell.
        is_revealed = exercise.revealed
        shown = is_revealed or (exercise.has_results and request.args.get("before_reveal") == "yes")
        return render_template(
            "results/page.html",
            workshop=workshop,
            exercise=exercise,
            result=result if shown else None,
            check=stamps.check_sentence(result),
            counted=result,
            talk=talk.talk(db, exercise, result),
            of_ballots=recount.fingerprint_of(db, exercise, result) if shown and not result.provisional else "",
        )


def _check(db: Session, workshop: Workshop) -> None:
    access.check_may(db, workshop, "results", access.held(workshop.code))

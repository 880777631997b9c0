"""The file of ballots, for whoever may see the results: asked for twice where there are few."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as Answer

from workshop import access, answers
from workshop.actions.hosting import find_exercise
from workshop.errors import NotNow
from workshop.pages.house import find_workshop, house, wants_json
from workshop.results import counting, downloads, lenses, recount, stamps

pages = Blueprint("recount", __name__)


@pages.get("/w/<code>/<int:number>/ballots.<any(json, xlsx):form>")
def download(code: str, number: int, form: str) -> Answer | tuple[str, int]:
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        access.check_may(db, workshop, "results", access.held(workshop.code))
        exercise = find_exercise(db, workshop.id, number)
        result = counting.count(db, exercise)
        try:
            recount.check_taken_away(
                exercise,
                result,
                by_groups=lenses.are_shown(db, exercise),
                sure=request.args.get("sure") == "yes",
            )
        except NotNow as error:
            if error.code != "few_voters" or wants_json():
                raise
            page = render_template(
                "results/ballots.html",
                workshop=workshop,
                exercise=exercise,
                people=result.people,
                form=form,
                sentence=answers.sentence(error),
            )
            return page, error.status
        body = downloads.write_ballots(form, db, exercise, result)
        name = f"{stamps.stem(workshop, exercise, 'ballots')}.{form}"
    return Answer(
        body,
        content_type=downloads.FORMATS[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )

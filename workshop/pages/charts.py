"""The chart of a result as a file: SVG, and PNG for where that cannot be read."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response as Answer

from workshop import access
from workshop.actions.hosting import find_exercise
from workshop.documents import drawing
from workshop.errors import N_, NotFound, NotNow
from workshop.languages import in_a_file
from workshop.pages.house import find_workshop, house
from workshop.results import charts, reporting

pages = Blueprint("charts", __name__, url_prefix="/w/<code>/<int:number>")

FORMATS = {"svg": "image/svg+xml", "png": "image/png"}
# Wide enough for a slide.
WIDTH = 1920


@pages.get("/chart.<any(svg, png):form>")
def chart(code: str, number: int, form: str) -> Answer:
    """The chart of all responses, or of the one column that the query names."""
    side = request.args.get("side")
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        access.check_may(db, workshop, "results", access.held(workshop.code))
        exercise = find_exercise(db, workshop.id, number)
        if not exercise.has_results:
            raise NotNow(N_("There is no chart: no vote was taken."), code="no_results")
        if side is not None and side not in {each.key for each in exercise.sides}:
            raise NotFound(N_("This exercise has no such column."), code="no_such_side")
        # A file speaks English, whoever asks for it.
        with in_a_file():
            report = reporting.report(db, exercise)
            drawn = charts.svg(report, side)
        name = charts.file_name(report, form, side)
    body = drawn.encode() if form == "svg" else house().draw(lambda: drawing.png(drawn, WIDTH))
    return Answer(
        body,
        content_type=FORMATS[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )

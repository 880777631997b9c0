"""What is printed for people without a phone: the ballot paper of an exercise, and cards for the wall."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from flask import Blueprint
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from workshop import access
from workshop.actions import paper
from workshop.actions.hosting import find_exercise
from workshop.errors import N_, NotNow
from workshop.languages import current
from workshop.models import Exercise, Response, Workshop
from workshop.pages.house import find_workshop, house
from workshop.pages.said import said, side_name
from workshop.printing import sheets
from workshop.results.stamps import stem

pages = Blueprint("sheets", __name__, url_prefix="/w/<code>/<int:number>")


@pages.get("/ballot-paper.pdf")
def ballot_paper(code: str, number: int) -> Answer:
    return _drawn(code, number, "ballot-paper", _paper)


@pages.get("/sticker-cards.pdf")
def sticker_cards(code: str, number: int) -> Answer:
    return _drawn(code, number, "sticker-cards", _cards)


Drawing = Callable[[Workshop, Exercise, Sequence[Response]], Callable[[], bytes]]


def _drawn(code: str, number: int, what: str, drawing: Drawing) -> Answer:
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        access.check_may(db, workshop, "console", access.held(workshop.code))
        exercise = find_exercise(db, workshop.id, number)
        responses = paper.responses_on_paper(db, exercise)
        if not responses:
            raise NotNow(N_("There is nothing to print yet. Gather a response first."), code="no_responses")
        draw = drawing(workshop, exercise, responses)
        name = f"{stem(workshop, exercise, what)}.pdf"
    body = house().draw(draw)
    return Answer(
        body,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def _paper(workshop: Workshop, exercise: Exercise, responses: Sequence[Response]) -> Callable[[], bytes]:
    printed = sheets.Paper(
        title=_title(workshop),
        prompt=said(exercise, "prompt"),
        responses=_responses(exercise, responses),
        allowance=exercise.allowance,
        most_per_response=exercise.most_per_response,
        columns=_columns(exercise),
        language=str(current()),
    )
    return lambda: sheets.ballot_paper(printed)


def _cards(workshop: Workshop, exercise: Exercise, responses: Sequence[Response]) -> Callable[[], bytes]:
    printed = sheets.Cards(
        title=_title(workshop),
        responses=_responses(exercise, responses),
        columns=_columns(exercise),
        language=str(current()),
    )
    return lambda: sheets.sticker_cards(printed)


def _title(workshop: Workshop) -> str:
    title = said(workshop, "title")
    return _("Rehearsal: %(title)s", title=title) if workshop.is_rehearsal else title


def _columns(exercise: Exercise) -> list[sheets.Column]:
    """Its columns, where it has more than one to tell apart."""
    if exercise.kind == "open":
        return []
    return [
        sheets.Column(side.key, side_name(side), cast(sheets.Sign, side.sign), said(side, "prompt"))
        for side in exercise.sides
    ]


def _responses(exercise: Exercise, responses: Sequence[Response]) -> list[sheets.Response]:
    return [
        sheets.Response(each.number, each.text, None if exercise.kind == "open" else each.side) for each in responses
    ]

"""The results page and its downloads."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from workshop import access
from workshop.actions.hosting import find_exercise
from workshop.errors import N_, NotNow
from workshop.languages import in_a_file
from workshop.models import Link, Workshop
from workshop.pages.house import find_workshop, house
from workshop.results import charts, downloads, meanings, reporting, stamps
from workshop.results.findings import IN_RANKING
from workshop.results.reporting import Report
from workshop.results.showing import together

pages = Blueprint("results", __name__)


class Download(NamedTuple):
    """A file on the page's list. `path` stands under the workshop's address, with `{number}` for the exercise."""

    group: str
    name: str
    path: str
    hint: str
    of_votes: bool = False
    """Whether it is there only where votes were counted."""
    of_ballots: bool = False
    """Whether it holds ballots: there only once they were revealed, and not where results are shown by groups."""


DOWNLOADS = (
    Download(
        N_("For reading"), "PDF", "{number}/results.pdf", N_("To print or to send round; tagged for screen readers.")
    ),
    Download(N_("For reading"), "Word", "{number}/results.docx", N_("To go on writing in.")),
    Download(N_("For reading"), "Markdown", "{number}/results.md", N_("Plain text with headings and tables.")),
    Download(N_("For spreadsheets"), "Excel", "{number}/results.xlsx", N_("Sheets for results, responses and notes.")),
    Download(N_("For spreadsheets"), "CSV", "{number}/results.csv", N_("Every response with its figures, one a row.")),
    Download(N_("For programs"), "JSON", "{number}/results.json", N_("Everything on this page, as data.")),
    Download(
        N_("To check"), N_("Ballots"), "{number}/ballots.json", N_("To count it again; without names."), of_ballots=True
    ),
    Download(
        N_("To check"),
        N_("Excel with ballots"),
        "{number}/ballots.xlsx",
        N_("The workbook with a sheet of each ballot by itself."),
        of_ballots=True,
    ),
    Download(N_("Charts"), "SVG", "{number}/chart.svg", N_("Sharp at every size."), of_votes=True),
    Download(N_("Charts"), "PNG", "{number}/chart.png", N_("For slides and documents."), of_votes=True),
    Download(N_("Everything"), "ZIP", "{number}/results.zip", N_("All of these but the ballots.")),
    Download(N_("What comes next"), N_("Challenge scope"), "scope", N_("What the work takes in and leaves out.")),
)


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
        # A file speaks English, whoever asks for it.
        with in_a_file():
            report = reporting.report(db, exercise)
        body = house().draw(lambda: downloads.write(form, report))
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
        link = _check(db, workshop)
        exercise = workshop.exercise if number is None else find_exercise(db, workshop.id, number)
        report = reporting.report(db, exercise)
        # Before the reveal it is asked for on purpose: a results page that is opened on the projector must not tell.
        is_asked_for = exercise.has_results and request.args.get("before_reveal") == "yes"
        is_shown = exercise.revealed or is_asked_for
        printed = request.args.get("print") if is_shown else None
        return render_template(
            "results/page.html",
            workshop=workshop,
            exercise=exercise,
            report=report,
            is_shown=is_shown,
            is_one_page=printed == "one",
            # Paper cannot unfold what is folded.
            is_unfolded=printed == "all",
            at_desk=link.role != "results",
            charts=charts,
            in_ranking=IN_RANKING,
            meanings=meanings,
            together=together(report.exercise),
            check=stamps.check_sentence(report.result),
            downloads=_downloads(report),
            again={way: _address(way, asked_for=is_asked_for) for way in ("", "one", "all")},
        )


def _downloads(report: Report) -> list[tuple[str, Sequence[tuple[str, str, str]]]]:
    """(group, its files: name, address, hint) in order."""
    workshop, exercise = report.workshop, report.exercise
    has_ballots = report.fingerprint and exercise.revealed and not report.is_by_groups
    there = [
        each
        for each in DOWNLOADS
        if (exercise.has_results or not each.of_votes) and (has_ballots or not each.of_ballots)
    ]
    return [
        (
            group,
            [(each.name, f"/w/{workshop.code}/{each.path.format(number=exercise.number)}", each.hint) for each in of],
        )
        for group, of in groupby(there, lambda each: each.group)
    ]


def _address(way: str, *, asked_for: bool) -> str:
    """This page again, to be printed in one way or another."""
    asked = {"before_reveal": "yes"} if asked_for else {}
    return "?" + urlencode(asked | ({"print": way} if way else {}))


def _check(db: Session, workshop: Workshop) -> Link:
    return access.check_may(db, workshop, "results", access.held(workshop.code))

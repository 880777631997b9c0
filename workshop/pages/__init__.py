"""HTTP in, HTML or JSON out: one module an audience. No queries, no rules; a write is a call to an action."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import IntegerConverter

from workshop.pages import (
    about,
    across,
    agenda,
    board,
    charts,
    console,
    deleting,
    discussing,
    faults,
    front,
    history,
    joining,
    languages,
    links,
    listing,
    moderating,
    organiser,
    paper,
    participant,
    people,
    recount,
    rehearsing,
    results,
    returning,
    revealing,
    scope,
    scope_files,
    scope_versions,
    sheets,
    templates,
    timing,
)
from workshop.pages.languages import language_of_reader

__all__ = ["init_app", "language_of_reader"]


class Number(IntegerConverter):
    """A number in an address. One that no database can hold becomes the largest that it can: there is nothing there."""

    def to_python(self, value: str) -> int:
        return min(int(value[:12]), 2**31 - 1)


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = Number
    faults.init_app(app)
    front.init_app(app)
    for module in (
        about,
        across,
        agenda,
        board,
        charts,
        console,
        deleting,
        discussing,
        history,
        joining,
        languages,
        links,
        listing,
        moderating,
        organiser,
        paper,
        participant,
        people,
        recount,
        rehearsing,
        results,
        returning,
        revealing,
        scope,
        scope_files,
        scope_versions,
        sheets,
        templates,
        timing,
    ):
        app.register_blueprint(module.pages)

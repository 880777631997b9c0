"""HTTP in, HTML or JSON out: one module an audience. No queries, no rules; a write is a call to an action."""

from __future__ import annotations

from flask import Flask

from workshop.pages import board, console, faults, front, joining, organiser, participant, results


def init_app(app: Flask) -> None:
    faults.init_app(app)
    front.init_app(app)
    for module in (joining, participant, console, board, results, organiser):
        app.register_blueprint(module.pages)

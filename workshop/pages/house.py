"""What every page needs: the parts of the house, the workshop that is meant, and how the asker wants to be answered."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import dataclass, field
from typing import Any

from flask import current_app, flash, has_request_context, jsonify, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from workshop import access, timekeeper, tokens
from workshop.ballot_box import BallotBox
from workshop.errors import N_, NotFound, TooMany
from workshop.languages import Languages
from workshop.live import Live
from workshop.models import Workshop
from workshop.rehearsal import Rehearsals
from workshop.settings import Settings
from workshop.store import Store

# There are some twenty native threads, and every COMMIT waits for the disk in one of them: files never take more than
# these, however many are asked for at once.
MOST_DRAWN = 2


@dataclass(frozen=True, slots=True)
class House:
    """The parts that pages hand to actions."""

    settings: Settings
    store: Store
    box: BallotBox
    live: Live
    rehearsals: Rehearsals
    languages: Languages
    chance: random.Random
    key: str
    run_native: Callable[[Callable[[], Any]], Any]
    """Runs what takes long without Python, beside the green threads."""
    desks: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(MOST_DRAWN))

    def draw(self, work: Callable[[], bytes]) -> bytes:
        """Have a file drawn, beside the green threads, in the language of whoever asked. Others wait for their turn."""
        context = copy_context()
        with self.desks:
            drawn: bytes = self.run_native(lambda: context.run(work))
        return drawn

    def now(self) -> int:
        return int(time.time())

    def now_ms(self) -> int:
        return timekeeper.now_ms()


def house() -> House:
    parts: House = current_app.extensions["eightdots"]
    return parts


def find_workshop(db: Session, typed: str) -> Workshop:
    """The workshop with a code, however it was typed. Raises `NotFound`, and `TooMany` after too many wrong ones."""
    try:
        return access.find_workshop(db, typed, request.remote_addr or "")
    except (NotFound, TooMany) as error:
        # Whoever was in it did not mistype its code.
        if access.held(tokens.read_code(typed) or ""):
            raise NotFound(N_("This workshop has ended."), code="no_such_workshop") from error
        raise


def wants_json() -> bool:
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"]


def done(page: str, /, *, said: str | None = None, status: int = 200, undo: str | None = None, **facts: Any) -> Answer:
    """Answer a write: in JSON with `facts`, or by leading to `page`, where `said` is shown once. `undo` is the address
    that takes it back.
    """
    if wants_json():
        more = {key: value for key, value in (("message", said), ("undo", undo)) if value}
        answer = jsonify({"ok": True} | more | facts)
        answer.status_code = status
        return answer
    if said:
        flash(said)
    if undo:
        flash(undo, "undo")
    return redirect(page, 303)


def public_url(path: str = "") -> str:
    """An address as people's browsers know it."""
    base = house().settings.public_url or (request.host_url if has_request_context() else "")
    return base.rstrip("/") + path


def host() -> str:
    """What people type to get here: the public address without its scheme."""
    return public_url().partition("://")[2]

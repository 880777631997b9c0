"""The challenge scope as files. What the page gives, the command line writes byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from workshop import documents
from workshop.errors import N_, NotFound
from workshop.models import ScopeVersion, Workshop
from workshop.results.reporting import Report, report
from workshop.results.scope import reading
from workshop.results.scope.document import scope_document
from workshop.results.scope.json_file import as_json
from workshop.results.stamps import stem_of

FORMATS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
}


def write(form: str, content: Mapping[str, Any], *, title: str, made_at: int, reports: Sequence[Report] = ()) -> bytes:
    """The file in one of the `FORMATS`: the same bytes for the same scope."""
    if form == "json":
        return as_json(content, title=title, made_at=made_at, reports=reports)
    return documents.write(form, scope_document(content, title=title, made_at=made_at, reports=reports))


def file_name(form: str, workshop: Workshop, content: Mapping[str, Any]) -> str:
    """2026-03-14_town-centre_scope-v2-draft.docx"""
    stamp = "-rehearsal" if workshop.is_rehearsal else ""
    return f"{stem_of(workshop)}_scope-v{content['version']}-{content['state']}{stamp}.{form}"


def prepare(
    session: Session, workshop: Workshop, form: str, version: int | None = None
) -> tuple[str, Callable[[], bytes]]:
    """The name of the file, and what writes it: that may take a while, and needs the session no more.

    `version` is a saved one; without it, the scope is as it stands. Raises `NotFound`.
    """
    content, made_at = _content(session, workshop, version)
    name, title, found = file_name(form, workshop, content), workshop.title, reports(session, workshop)
    if form == "json":
        body = as_json(content, title=title, made_at=made_at, reports=found)
        return name, lambda: body
    document = scope_document(content, title=title, made_at=made_at, reports=found)
    return name, lambda: documents.write(form, document)


def reports(session: Session, workshop: Workshop) -> list[Report]:
    """What the annex has in full: every exercise whose result everybody has been shown, or that was talked about. What
    can still change is no part of what is signed.
    """
    return [report(session, each) for each in workshop.exercises if each.phase in ("discuss", "closed")]


def _content(session: Session, workshop: Workshop, version: int | None) -> tuple[Mapping[str, Any], int]:
    """The content of a scope, and when it was made. A draft is of no moment: its bytes change only when it does."""
    # What is agreed stands as it was saved.
    version = version or workshop.agreed
    if version is None:
        return reading.content(reading.read_scope(session, workshop)), workshop.opened_at
    saved = session.get(ScopeVersion, (workshop.id, version))
    if saved is None or saved.removed:
        raise NotFound(N_("There is no version %(number)s of this scope."), code="no_such_version", number=version)
    state = "agreed" if workshop.agreed == version else saved.content["state"]
    return saved.content | {"state": state}, saved.saved_at

"""The challenge scope as files. What the page gives, the command line writes byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from workshop import documents
from workshop.errors import N_, NotFound
from workshop.models import ScopeVersion, Workshop
from workshop.results.scope import reading
from workshop.results.scope.document import scope_document
from workshop.results.scope.grounds import Grounds, kept, read_grounds
from workshop.results.scope.json_file import as_json
from workshop.results.stamps import stem_of

FORMATS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
}


def write(form: str, content: Mapping[str, Any], grounds: Grounds, *, made_at: int) -> bytes:
    """The file in one of the `FORMATS`: the same bytes for the same scope on the same grounds."""
    if form == "json":
        return as_json(content, grounds, made_at=made_at)
    return documents.write(form, scope_document(content, grounds, made_at=made_at))


def file_name(form: str, workshop: Workshop, content: Mapping[str, Any]) -> str:
    """2026-03-14_town-centre_scope-v2-draft.docx"""
    stamp = "-rehearsal" if workshop.is_rehearsal else ""
    return f"{stem_of(workshop)}_scope-v{content['version']}-{content['state']}{stamp}.{form}"


def prepare(
    session: Session, workshop: Workshop, form: str, version: int | None = None
) -> tuple[str, Callable[[], bytes]]:
    """The name of the file, and what writes it: that may take a while, and needs the session no more.

    `version` is a saved one, which says what it said when it was saved; without it, the scope is as it stands. Raises
    `NotFound`.
    """
    content, grounds, made_at = _read(session, workshop, version)
    return file_name(form, workshop, content), lambda: write(form, content, grounds, made_at=made_at)


def _read(session: Session, workshop: Workshop, version: int | None) -> tuple[Mapping[str, Any], Grounds, int]:
    """The content of a scope, its grounds, and when it was made. A draft is of no moment: its bytes change only when it
    or a result does.
    """
    # What is agreed stands as it was saved.
    version = version or workshop.agreed
    if version is None:
        content = reading.content(reading.read_scope(session, workshop))
        return content, read_grounds(session, workshop, content), workshop.opened_at
    saved = session.get(ScopeVersion, (workshop.id, version))
    if saved is None or saved.removed:
        raise NotFound(N_("There is no version %(number)s of this scope."), code="no_such_version", number=version)
    state = "agreed" if workshop.agreed == version else saved.content["state"]
    return saved.content | {"state": state}, kept(saved.grounds), saved.saved_at

"""While a scope is agreed, nothing of it is changed, by undoing neither; until a new draft is started, or the agreeing
itself is undone.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from workshop.errors import N_, NotAllowed, NotNow
from workshop.models import ScopeVersion, Workshop
from workshop.results.scope.reading import content, read_scope, says_the_same

_OF_THE_SCOPE = ("scope_item", "scope_part", "scope_version")


def check_draft(workshop: Workshop) -> None:
    """Raise where the scope is read only."""
    if workshop.agreed is not None:
        raise NotNow(
            N_("This scope was agreed as version %(version)s. Start a new draft to change it."),
            code="agreed",
            version=workshop.agreed,
        )


def check_same(session: Session, workshop: Workshop, version: ScopeVersion) -> None:
    """Raise where the draft is not what a version says."""
    if not says_the_same(content(read_scope(session, workshop)), version.content):
        raise NotNow(
            N_(
                "The draft is not as version %(version)s has it. Save it as a version and agree that, or bring "
                "version %(version)s back first."
            ),
            code="not_the_draft",
            version=version.number,
        )


def is_about_scope(changes: list[dict[str, Any]]) -> bool:
    """Whether changes are of the scope and of nothing else."""
    return all(each["of"] in _OF_THE_SCOPE or _is_agreement(each) for each in changes)


def check_organiser(changes: list[dict[str, Any]]) -> None:
    """Raise where an organiser, who holds no link of the workshop, would undo more than its scope."""
    if not is_about_scope(changes):
        raise NotAllowed(
            N_("This page needs the facilitator's link. Open that link in this browser first."), code="no_link"
        )


def check_undone(session: Session, workshop: Workshop, changes: list[dict[str, Any]]) -> None:
    """Raise where the undoing of `changes` has just changed what is agreed, or has agreed what nobody did."""
    if workshop.agreed is None:
        return
    version = session.get_one(ScopeVersion, (workshop.id, workshop.agreed))
    if not any(map(_is_agreement, changes)):
        if version.removed or any(each["of"] in ("scope_item", "scope_part") for each in changes):
            check_draft(workshop)
        return
    # The draft as it is: while something is agreed, that is what is read.
    agreed, workshop.agreed = workshop.agreed, None
    check_same(session, workshop, version)
    workshop.agreed = agreed


def _is_agreement(change: dict[str, Any]) -> bool:
    return (change["of"], change["field"]) == ("workshop", "agreed")

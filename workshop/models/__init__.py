"""Tables, their constraints, and the questions a row can answer about itself. Nothing here commits.

Times are whole seconds since 1970, UTC, unless their name says milliseconds. A dot has no time, and a ballot no name:
nothing stored ties a person to a choice beyond the secret on their own phone, of which only the hash is kept.

Nothing that a facilitator does is done by deleting a row: a field is set, so that it can be set back.
"""

from __future__ import annotations

from workshop.models.base import Base
from workshop.models.exercises import Ballot, Dot, Exercise, Note, Response, Side, Theme
from workshop.models.people import Link, Participant, ReturnLink, Slip
from workshop.models.scopes import ScopeItem, ScopePart, ScopeVersion
from workshop.models.workshops import Entry, Template, Workshop

__all__ = [
    "Ballot", "Base", "Dot", "Entry", "Exercise", "Link", "Note", "Participant", "Response", "ReturnLink",
    "ScopeItem", "ScopePart", "ScopeVersion", "Side", "Slip", "Template", "Theme", "Workshop",
]  # fmt: skip

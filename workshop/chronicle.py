"""The history in words and as a file: what was done from the console, by which role and when, and what was undone."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext

from workshop.errors import N_
from workshop.models import Entry, Workshop

ROLES = {
    "facilitator": N_("Facilitator"),
    "cofacilitator": N_("Co-facilitator"),
    "moderator": N_("Moderator"),
    "timer": N_("Timer"),
}

STEPS = {
    ("draft", "gather"): N_("opened responses"),
    ("gather", "group"): N_("closed responses to group them"),
    ("vote", "reveal"): N_("closed voting"),
    ("reveal", "discuss"): N_("revealed the results"),
    ("reveal", "vote"): N_("opened voting again"),
    ("discuss", "reveal"): N_("hid the results again"),
    ("discuss", "closed"): N_("closed the exercise"),
    ("closed", "discuss"): N_("opened the exercise again"),
}
TOWARDS = {
    "draft": N_("went back to draft"),
    "gather": N_("went back to gathering responses"),
    "group": N_("went back to grouping"),
    "vote": N_("started voting"),
    "discuss": N_("started the discussion"),
}

DEEDS = {
    "withdraw": N_("withdrew R%(response)s"),
    "restore": N_("restored R%(response)s"),
    "enter_paper_ballot": N_("entered paper ballot %(ballot)s"),
    "change_paper_ballot": N_("changed paper ballot %(ballot)s"),
    "withdraw_paper_ballot": N_("withdrew paper ballot %(ballot)s"),
}
"""What each verb of `actions` says, with what its entry's subject names."""


def deed(entry: Entry) -> str:
    """What was done, as the rest of a sentence that begins with who did it."""
    if entry.what == "undo":
        words = N_("did again: %(deed)s") if entry.subject["again"] else N_("undid: %(deed)s")
        return str(gettext(words, deed=_said(entry.subject["of"], entry.subject)))
    return _said(entry.what, entry.subject)


def who(entry: Entry) -> str:
    """The role, and the name of the link where it has one."""
    role = gettext(ROLES.get(entry.role, entry.role))
    return f"{role} ({entry.name})" if entry.name else str(role)


def _said(what: str, subject: dict[str, Any]) -> str:
    if what == "step":
        words = STEPS.get((subject["here"], subject["there"])) or TOWARDS[subject["there"]]
        return str(gettext(words))
    values = {key: _list(value) if isinstance(value, list) else value for key, value in subject.items()}
    return str(gettext(DEEDS.get(what, what))) % values


def _list(numbers: list[Any]) -> str:
    """R1, R4."""
    return ", ".join(f"R{number}" for number in numbers)


def at(seconds: int) -> str:
    """ISO 8601, UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def as_json(workshop: Workshop, entries: Iterable[Entry]) -> bytes:
    """The history as a file, oldest entry first: see docs/protocol.md."""
    document = {
        "workshop": {
            "title": workshop.title,
            "code": workshop.code,
            "simulated": workshop.simulated,
            "rehearsal": workshop.is_rehearsal,
        },
        "entries": [
            {
                "number": entry.id,
                "at": at(entry.at),
                "role": entry.role,
                "name": entry.name,
                "what": entry.what,
                "exercise": entry.exercise,
                "sentence": f"{who(entry)} {deed(entry)}",
                "undone_by": entry.undone_by,
            }
            for entry in sorted(entries, key=lambda entry: entry.id)
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()

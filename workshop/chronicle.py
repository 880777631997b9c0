"""The history in words and as a file: what was done from the console, by which role and when, and what was undone."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext

from workshop.errors import N_
from workshop.models import Entry, Workshop
from workshop.results.scope.parts import PARTS
from workshop.results.scope.saying import SECTIONS

ROLES = {
    "facilitator": N_("Facilitator"),
    "cofacilitator": N_("Co-facilitator"),
    "moderator": N_("Moderator"),
    "timer": N_("Timer"),
    "board": N_("Board"),
    "results": N_("Results"),
    "organiser": N_("Organiser"),
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

DOORS = {"open": N_("open"), "capped": N_("capped at %(capacity)s"), "slips": N_("slips")}

BOARD_LANGUAGES = {"one": N_("one"), "both": N_("both")}
BOARD_SIZES = {"small": N_("small"), "usual": N_("usual"), "large": N_("large")}
BOARD_THEMES = {"light": N_("light"), "white": N_("white, for a bright room"), "dark": N_("dark, for a wall of LEDs")}

DEEDS = {
    "withdraw": N_("withdrew R%(response)s"),
    "restore": N_("restored R%(response)s"),
    "add_exercise": N_("added the exercise"),
    "edit_exercise": N_("changed the exercise"),
    "copy_exercise": N_("copied exercise %(original)s"),
    "remove_exercise": N_("deleted the exercise"),
    "start": N_("started the exercise"),
    "reopen": N_("reopened the exercise"),
    "skip": N_("skipped the exercise"),
    "unskip": N_("put the exercise back into the agenda"),
    "move_exercise": N_("moved the exercise in the agenda"),
    "enter_paper_ballot": N_("entered paper ballot %(ballot)s"),
    "change_paper_ballot": N_("changed paper ballot %(ballot)s"),
    "withdraw_paper_ballot": N_("withdrew paper ballot %(ballot)s"),
    "approve": N_("showed %(responses)s after checking"),
    "lock": N_("closed responses for now"),
    "unlock": N_("let people write again"),
    "merge": N_("merged %(responses)s into R%(response)s"),
    "unmerge": N_("took R%(response)s out of R%(kept)s"),
    "add_theme": N_("added the theme “%(name)s”"),
    "set_theme": N_("put %(responses)s under the theme “%(name)s”"),
    "clear_theme": N_("put %(responses)s under no theme"),
    "rename_theme": N_("renamed the theme “%(before)s” to “%(name)s”"),
    "remove_theme": N_("removed the theme “%(name)s”"),
    "set_spotlight": N_("put R%(response)s on every screen"),
    "save_note": N_("wrote notes on R%(response)s"),
    "count_room": N_("counted people in the room: %(people)s"),
    "set_cut": N_("drew the line under place %(cut)s"),
    "start_run_off": N_("started a run-off"),
    "return_from_run_off": N_("went back to the exercise whose tie was settled"),
    "set_timer": N_("started a timer of %(minutes)s min"),
    "pause_timer": N_("stopped the timer for a moment"),
    "start_timer": N_("let the timer run on"),
    "add_time": N_("changed the timer by %(minutes)s min"),
    "stop_timer": N_("took the timer away"),
    "set_at_zero": N_("chose what happens at zero: %(at_zero)s"),
    "close_on_time": N_("closed at zero"),
    "create_link": N_("made a link: %(link)s"),
    "rename_link": N_("renamed a link: %(link)s"),
    "revoke_link": N_("revoked a link: %(link)s"),
    "rotate_link": N_("put a new link in the place of one: %(link)s"),
    "admit": N_("let people in from the lobby: %(count)s"),
    "set_door": N_("set the door: %(door)s"),
    "ask_names": N_("chose whether names are asked for: %(asks)s"),
    "ask_lenses": N_("asked people which group they are in: %(names)s"),
    "ask_no_lenses": N_("stopped asking people which group they are in"),
    "set_board_look": N_("changed how the board looks: responses %(board_size)s, colours %(board_theme)s"),
    "make_slips": N_("made slips %(first)s to %(last)s"),
    "void_slip": N_("made slip %(number)s void"),
    "make_return_link": N_("made a return link for ballot %(ballot)s"),
    "set_board_languages": N_("chose the languages on the board: %(languages)s"),
    "list_responses": N_("added %(responses)s from a list"),
    "derive_scope": N_("brought the results into the scope"),
    "add_scope_item": N_("wrote “%(item)s” into the scope, under “%(section)s”"),
    "edit_scope_item": N_("changed “%(item)s” in the scope"),
    "move_scope_item": N_("moved “%(item)s” in the scope to “%(section)s”"),
    "reorder_scope_item": N_("moved “%(item)s” up or down in the scope"),
    "remove_scope_item": N_("removed “%(item)s” from the scope"),
    "restore_scope_item": N_("put “%(item)s” back into the scope"),
    "save_scope_part": N_("changed a part of the scope: %(part)s"),
    "save_scope_version": N_("saved version %(version)s of the scope"),
    "agree_scope": N_("marked version %(version)s of the scope as agreed"),
    "start_scope_draft": N_("started a new draft after version %(version)s of the scope"),
    "restore_scope_version": N_("brought version %(version)s of the scope back as the draft"),
}
"""What each verb of `actions` says, with what its entry's subject names."""

DEEDS_ON_THE_WHOLE = {
    "set_spotlight": N_("took the response off every screen"),
    "save_note": N_("wrote notes on the exercise"),
    "set_cut": N_("took the line away"),
}
"""What it says where its subject names no response, and no line."""

LINE_BY_SHARE = N_("drew the line under %(share)s %% of the dots")


def deed(entry: Entry) -> str:
    """What was done, as the rest of a sentence that begins with who did it."""
    if entry.what == "undo":
        words = N_("did again: %(deed)s") if entry.subject["again"] else N_("undid: %(deed)s")
        return str(gettext(words, deed=_said(entry.subject["of"], entry.subject)))
    return _said(entry.what, entry.subject)


def who(entry: Entry) -> str:
    """The role, and the name of the link where it has one."""
    return _link(entry.role, entry.name)


def _link(role: str, name: str | None) -> str:
    words = gettext(ROLES.get(role, role))
    return f"{words} ({name})" if name else str(words)


def _said(what: str, subject: dict[str, Any]) -> str:
    if what == "step":
        words = STEPS.get((subject["here"], subject["there"])) or TOWARDS[subject["there"]]
        return str(gettext(words))
    values = {key: _list(value) if isinstance(value, list) else value for key, value in subject.items()}
    if "role" in subject:
        values["link"] = _link(subject["role"], subject["name"])
    if "door" in subject:
        values["door"] = gettext(DOORS[subject["door"]]) % subject
    if "asks" in subject:
        values["asks"] = gettext("yes") if subject["asks"] else gettext("no")
    if "languages" in subject:
        chosen = subject["languages"]
        values["languages"] = gettext(BOARD_LANGUAGES[chosen])
    if "board_size" in subject:
        size, theme = BOARD_SIZES[subject["board_size"]], BOARD_THEMES[subject["board_theme"]]
        values |= {"board_size": gettext(size), "board_theme": gettext(theme)}
    if "section" in subject:
        values["section"] = gettext(SECTIONS[subject["section"]])
    if "part" in subject:
        headings = {part.key: part.heading for part in PARTS}
        values["part"] = gettext(headings.get(subject["part"], subject["part"]))
    if what == "set_cut" and subject.get("share"):
        return str(gettext(LINE_BY_SHARE)) % values
    names_one = subject.get("response") or subject.get("cut")
    whole = None if names_one else DEEDS_ON_THE_WHOLE.get(what)
    return str(gettext(whole or DEEDS.get(what, what))) % values


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

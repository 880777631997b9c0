"""The parts of a scope that are not its items: what each asks for, and what stands in it until somebody writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from workshop.errors import N_
from workshop.results.scope import usual
from workshop.results.scope.challenge_types import OTHER, TYPES, USUAL, type_of
from workshop.results.scope.fields import Field, Part, Value, read_field, typed_field

AGREED = (("not_yet", N_("Not yet")), ("yes", N_("Yes")), ("no", N_("No")))
SIDES = (("council", N_("The council")), ("peers", N_("The peer team")))

PARTS: tuple[Part, ...] = (
    Part(
        "header",
        N_("Header"),
        N_("What the first page says of the challenge."),
        (
            Field("council", N_("Council"), "line"),
            Field(
                "challenge",
                N_("Type of challenge"),
                "choice",
                N_("Core areas and components begin with what is usual for it."),
                USUAL,
                choices=[(key, each.name) for key, each in TYPES.items()],
            ),
            Field("other", N_("What another type is called"), "line"),
            Field("audience", N_("Audience"), "line", N_("Who this document is for.")),
            Field("date", N_("Date"), "date", N_("The date that the document bears.")),
        ),
    ),
    Part(
        "purpose",
        N_("Purpose"),
        N_("Why the challenge takes place, and how the peer team will act."),
        (
            Field("purpose", N_("Purpose"), "text", default=usual.PURPOSE),
            Field("friend", N_("Critical friend"), "text", default=usual.FRIEND),
            Field("question", N_("The question"), "text", N_("What the council wants to know, in a sentence or two.")),
        ),
    ),
    Part(
        "context",
        N_("Local context"),
        N_("What somebody from elsewhere has to know first."),
        (Field("context", N_("Local context"), "text"),),
    ),
    Part(
        "core_areas",
        N_("Core areas"),
        N_("What a challenge of this type looks at."),
        (Field("areas", N_("Core areas"), "lines", N_("One on each line."), TYPES[USUAL].core_areas),),
    ),
    Part(
        "components",
        N_("Components"),
        N_("What the challenge is made of."),
        (Field("components", N_("Components"), "lines", N_("One on each line."), TYPES[USUAL].components),),
    ),
    Part(
        "enquiry",
        N_("Lines of enquiry"),
        N_("What the peer team will follow up, and what they ask to see. Three to six are usual."),
        (
            Field(
                "lines",
                N_("Lines of enquiry"),
                "rows",
                row=N_("Line of enquiry"),
                least=3,
                most=6,
                columns=(
                    Field("line", N_("What the peer team will ask"), "text"),
                    Field("evidence", N_("Evidence wanted"), "text"),
                ),
            ),
        ),
    ),
    Part(
        "team",
        N_("Peer team"),
        N_("Who comes, what they bring, and what they have declared."),
        (
            Field(
                "roles",
                N_("Roles"),
                "rows",
                N_("Where somebody has no interest to declare, write so."),
                row=N_("Role"),
                most=12,
                default=usual.TEAM,
                columns=(
                    Field("role", N_("Role"), "line"),
                    Field("people", N_("People"), "number", least=1),
                    Field("skills", N_("Skills"), "text"),
                    Field("interests", N_("Declared interests"), "text"),
                ),
            ),
        ),
    ),
    Part(
        "timing",
        N_("Duration and timetable"),
        N_("Dates that are left empty are worked out from the first day on site."),
        (
            Field("days", N_("Days on site"), "number", default=usual.DAYS, least=1),
            Field("on_site", N_("First day on site"), "date"),
            Field(
                "steps",
                N_("Timetable"),
                "rows",
                row=N_("Step"),
                most=12,
                default=usual.TIMETABLE,
                columns=(
                    Field("step", N_("Step"), "line"),
                    Field("when", N_("When"), "line"),
                    Field("dates", N_("Dates"), "line"),
                ),
            ),
        ),
    ),
    Part(
        "sign_off",
        N_("Five things to agree"),
        N_("What the council and the peer team settle before the challenge begins."),
        (
            Field(
                "things",
                N_("Things to agree"),
                "rows",
                row=N_("Thing to agree"),
                least=5,
                most=5,
                default=usual.SIGN_OFF,
                columns=(
                    Field("thing", N_("What"), "line"),
                    Field("agreed", N_("Agreed?"), "choice", default="not_yet", choices=AGREED),
                    Field("by", N_("By whom"), "line"),
                    Field("on", N_("When"), "date"),
                ),
            ),
        ),
    ),
    Part(
        "recommendations",
        N_("Key recommendations"),
        N_("How many there will be and what each will say. The recommendations themselves come from the peer team."),
        (
            Field("number", N_("How many"), "number", default=usual.RECOMMENDATIONS, least=1, most=30),
            Field(
                "shape",
                N_("What each of them says"),
                "lines",
                N_("One on each line: the recommendation, who acts on it, by when …"),
                most=4,
            ),
            Field(
                "scoping",
                N_("Themes from scoping"),
                "lines",
                N_("What this workshop expects them to be about. One on each line."),
            ),
            Field(
                "peers",
                N_("Themes from the peer team"),
                "lines",
                N_("What the peer team found, kept apart from what was expected. One on each line."),
            ),
        ),
    ),
    Part(
        "follow_up",
        N_("Follow-up"),
        N_("Dates are worked out from the first day on site. A date of your own replaces the one worked out."),
        (
            Field("report_months", N_("Report and action plan within, in months"), "number", default=3, most=24),
            Field("report_by", N_("Report and action plan by"), "date"),
            Field("review_months", N_("Progress review after about, in months"), "number", default=10, most=36),
            Field("review_on", N_("Progress review on"), "date"),
            Field("note", N_("Note on follow-up"), "text"),
        ),
    ),
    Part(
        "method",
        N_("Method note"),
        N_("How the dots were counted."),
        (Field("text", N_("Method note"), "text", N_("Left empty, the document says it from the results.")),),
    ),
    Part(
        "agreement",
        N_("Agreement"),
        N_("Who signs."),
        (
            Field(
                "signers",
                N_("Who signs"),
                "rows",
                row=N_("Signature"),
                most=10,
                default=usual.SIGNERS,
                columns=(
                    Field("role", N_("Role"), "line"),
                    Field("name", N_("Name"), "line"),
                    Field("side", N_("For"), "choice", default="council", choices=SIDES),
                ),
            ),
        ),
    ),
)

_BY_KEY = {part.key: part for part in PARTS}


def defaults(key: str) -> Value:
    """What stands in a part until somebody has written in it."""
    return {field.name: field.usual for field in _BY_KEY[key].fields}


def read(part: Part, form: MultiDict[str, str]) -> Value:
    """What a form holds of a part. Raises `Unacceptable`, whose code is the id of the input that is wrong."""
    return {field.name: read_field(field, form, field.name, f"{part.key}-{field.name}") for field in part.fields}


def typed(part: Part, form: MultiDict[str, str]) -> Value:
    """What somebody typed in a part, right or wrong, to be shown to them again."""
    return {field.name: typed_field(field, form, field.name) for field in part.fields}


def filled(stored: Mapping[str, Mapping[str, Any]]) -> dict[str, Value]:
    """Every part: as it is stored, and where nothing is, as it usually is for this type of challenge."""
    parts = {part.key: defaults(part.key) for part in PARTS}
    kind = type_of((stored.get("header") or {}).get("challenge", USUAL))
    parts["core_areas"]["areas"] = [str(gettext(area)) for area in kind.core_areas]
    parts["components"]["components"] = [str(gettext(component)) for component in kind.components]
    for key, usually in parts.items():
        usually |= {name: value for name, value in (stored.get(key) or {}).items() if name in usually}
    return parts


def challenge_name(header: Mapping[str, Any]) -> str:
    """What the type of challenge is called: of another type, what its header says."""
    kind = type_of(header.get("challenge", USUAL))
    return str(header.get("other") or "") if kind is TYPES[OTHER] else str(gettext(kind.name))

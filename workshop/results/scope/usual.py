"""What stands in the parts of a scope until somebody writes something else: plain words, and usual numbers."""

from __future__ import annotations

from workshop.errors import N_

PURPOSE = N_(
    "This challenge is there to help the council get better at what it does for the people it serves. It is not an"
    " inspection: nobody is scored, rated or put in a table, and what is found is the council’s to use."
)
FRIEND = N_(
    "The peers come as critical friends. They do similar work elsewhere, they want the council to succeed, and they say"
    " frankly what they see."
)

TEAM = (
    {"role": N_("Councillor"), "people": 2, "skills": "", "interests": ""},
    {"role": N_("Chief digital officer or equivalent"), "people": 1, "skills": "", "interests": ""},
    {"role": N_("Communications director"), "people": 1, "skills": "", "interests": ""},
    {"role": N_("Head of an operational service"), "people": 1, "skills": "", "interests": ""},
)

DAYS = 2
SCOPING = N_("4 to 6 months before")
PRE_READING = N_("2 to 3 weeks before")
ON_SITE = N_("The days on site")
FEEDBACK = N_("At the end of the last day on site")
TIMETABLE = (
    {"step": N_("Scoping"), "when": SCOPING, "dates": ""},
    {"step": N_("Pre-reading for the peer team"), "when": PRE_READING, "dates": ""},
    {"step": N_("On site"), "when": ON_SITE, "dates": ""},
    {"step": N_("Feedback to the council"), "when": FEEDBACK, "dates": ""},
)

SIGN_OFF = tuple(
    {"thing": thing, "agreed": "not_yet", "by": "", "on": None}
    for thing in (
        N_("Focus"),
        N_("Team"),
        N_("Timing"),
        N_("Preparatory material"),
        N_("Form of feedback"),
    )
)

RECOMMENDATIONS = 10

SIGNERS = (
    {"role": N_("Leader of the council"), "name": "", "side": "council"},
    {"role": N_("Chief executive"), "name": "", "side": "council"},
    {"role": N_("Lead peer"), "name": "", "side": "peers"},
)

"""The agendas that come with Eight Dots, to open a workshop from. Each is a file as `agenda.text` writes it."""

from __future__ import annotations

from functools import cache
from importlib import resources

from workshop.agenda import text
from workshop.agenda.planned import Agenda
from workshop.errors import N_

SHIPPED = {
    "start-stop-continue": N_("Three columns: what to start, what to stop and what to carry on with."),
    "went-well": N_("Look back: what went well, what less so, and what to do differently."),
    "hopes-and-fears": N_("Before something begins: what people hope for, what worries them, and what would help."),
    "backlog": N_("You paste a list that there is already; people put their dots on what should come first."),
    "peer-challenge": N_(
        "The workshop of LocalGovCamp 2019: what a review should consider, and how it should operate."
    ),
}
"""What each is for, by its name, in the order in which they are offered."""


@cache
def shipped(name: str) -> Agenda:
    """Raises `KeyError` where there is none of that name."""
    if name not in SHIPPED:
        raise KeyError(name)
    return text.read(resources.files("workshop").joinpath("examples", "agendas", f"{name}.json").read_bytes())

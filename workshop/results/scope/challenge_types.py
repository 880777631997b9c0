"""The types of challenge that a scope can be for, and the lists that each begins with.

Another type is another entry here. Whoever writes a scope replaces the lists in it by their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workshop.errors import N_

CORE_AREAS = (
    N_("Local priorities and outcomes"),
    N_("Organisational and place leadership"),
    N_("Governance and culture"),
    N_("Financial planning and management"),
    N_("Capacity for improvement"),
    N_("Local focus"),
)
"""What a corporate peer challenge looks at, and what the council adds."""

COMPONENTS = (
    N_("Digital communications"),
    N_("Service delivery"),
    N_("Infrastructure and contract management"),
    N_("Customer contact and channel shift"),
    N_("Cyber security"),
)
"""What the first workshop, at LocalGovCamp in 2019, wanted a digital peer challenge to be made of."""


@dataclass(frozen=True, slots=True)
class ChallengeType:
    """A type of challenge. Its lists are empty where nobody has said what they usually are."""

    name: str
    core_areas: tuple[str, ...] = ()
    components: tuple[str, ...] = ()


USUAL = "digital"
OTHER = "other"
TYPES: Mapping[str, ChallengeType] = {
    USUAL: ChallengeType(N_("Digital peer challenge"), CORE_AREAS, COMPONENTS),
    "corporate": ChallengeType(N_("Corporate peer challenge"), CORE_AREAS),
    OTHER: ChallengeType(N_("Another type")),
}


def type_of(key: object) -> ChallengeType:
    """The type with a key; one that is not known is another type."""
    return TYPES.get(str(key), TYPES[OTHER])

"""What is said of a result beside its ranking: the same words for the page and for every file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workshop.documents import Table

# The findings whose tables, response by response, are columns of a ranking wherever one is shown in full.
IN_RANKING = ("stability", "breadth")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked for, and what was found."""

    key: str
    """Its name in files: `contested`, `order` …"""
    heading: str
    sentences: Sequence[str]
    """What was found, the verdict first. Never empty: that nothing was found is said as well."""
    meaning: str
    """What this looks at and what it can tell, in one plain sentence."""
    tables: Sequence[Table] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    """The same in figures, as they stand in JSON."""

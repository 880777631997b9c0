"""What each audience sees: the screen that it shares, and what is one participant's own. Reads, and never writes."""

from __future__ import annotations

from workshop.screens.personal import Own, own
from workshop.screens.shared import AT_THE_DESK, AUDIENCES, Screen, screen, version, version_for

__all__ = ["AT_THE_DESK", "AUDIENCES", "Own", "Screen", "own", "screen", "version", "version_for"]

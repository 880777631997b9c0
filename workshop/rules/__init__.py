"""The arithmetic of dot voting, on plain values: phases, ballots, tallies, ranks. No Flask, no SQLAlchemy, no clock."""

from __future__ import annotations

from workshop.rules.dots import (
    DEFAULT_ALLOWANCE,
    IN_HAND,
    LONGEST_OP,
    MOST_ALLOWANCE,
    OP_LETTERS,
    Ballot,
    Dot,
    Move,
    Outcome,
    Voting,
    in_hand,
    judge,
    suggested_allowance,
    suggested_range,
)
from workshop.rules.phases import (
    PHASES,
    backwards,
    can_be_taken_away,
    check_step,
    discussion_is_open,
    grouping_is_open,
    is_revealed,
    merging_is_open,
    onwards,
    results_are_ready,
    totals_are_public,
)
from workshop.rules.ranking import Marks, Standing, rank, shuffled, standings, standings_of, tie_across
from workshop.rules.responses import (
    KINDS,
    LONGEST_CAP,
    LONGEST_RESPONSE,
    LONGEST_SIDE,
    LONGEST_THEME,
    OPEN_SIDE,
    OWN_SIDES,
    SHORTEST_CAP,
    SIDE_KEYS,
    SIDES,
    SIGNS,
    check_response,
    check_side,
    check_theme,
    tidy,
)
from workshop.rules.timing import ADDED, GRACE, MINUTE, MOST_MINUTES, closes_at_zero, time_left

__all__ = [
    "ADDED", "DEFAULT_ALLOWANCE", "GRACE", "IN_HAND", "KINDS", "LONGEST_CAP", "LONGEST_OP", "LONGEST_RESPONSE",
    "LONGEST_SIDE", "LONGEST_THEME", "MINUTE", "MOST_ALLOWANCE", "MOST_MINUTES", "OPEN_SIDE", "OP_LETTERS",
    "OWN_SIDES", "PHASES", "SHORTEST_CAP", "SIDES", "SIDE_KEYS", "SIGNS", "Ballot", "Dot", "Marks", "Move", "Outcome",
    "Standing", "Voting", "backwards", "can_be_taken_away", "check_response", "check_side", "check_step",
    "check_theme", "closes_at_zero", "discussion_is_open", "grouping_is_open", "in_hand", "is_revealed", "judge",
    "merging_is_open", "onwards", "rank", "results_are_ready", "shuffled", "standings", "standings_of",
    "suggested_allowance", "suggested_range", "tidy", "tie_across", "time_left", "totals_are_public",
]  # fmt: skip

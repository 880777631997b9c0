"""The phases of an exercise, and what each of them opens."""

from __future__ import annotations

from workshop.errors import N_, NotNow, NotUnderstood

PHASES = ("draft", "gather", "group", "vote", "reveal", "discuss", "closed")

_ONWARDS: dict[str, dict[str, tuple[str, ...]]] = {
    "columns": {
        "draft": ("gather", "vote"),
        "gather": ("vote", "group"),
        "group": ("vote",),
        "vote": ("reveal",),
        "reveal": ("discuss",),
        "discuss": ("closed",),
        "closed": (),
    },
    # It may be discussed without a vote, and voted on after the discussion.
    "open": {
        "draft": ("gather", "discuss", "vote"),
        "gather": ("discuss", "group", "vote"),
        "group": ("discuss", "vote"),
        "vote": ("reveal",),
        "reveal": ("discuss",),
        "discuss": ("closed", "vote"),
        "closed": (),
    },
}


def onwards(kind: str, phase: str, revealed: bool = False) -> tuple[str, ...]:
    """The phases that an exercise may go on to, the usual one first."""
    steps = _ONWARDS[kind][phase]
    # What has been voted on is not voted on again by a way round the reveal.
    return tuple(step for step in steps if not (phase == "discuss" and step == "vote" and revealed))


def backwards(kind: str, phase: str, revealed: bool = False) -> tuple[str, ...]:
    """The phases that it may go back to, the usual one first."""
    back: dict[str, tuple[str, ...]] = {
        "draft": (),
        "gather": ("draft",),
        "group": ("gather",),
        "vote": ("gather", "group"),
        "reveal": ("vote",),
        "discuss": ("reveal",) if revealed or kind == "columns" else ("gather", "group"),
        "closed": ("discuss",),
    }
    return back[phase]


def check_step(here: str, there: str, kind: str = "columns", revealed: bool = False) -> None:
    """Raise unless an exercise may go from phase `here` to phase `there`: one step forwards or back.

    From `reveal` (voting is closed, nothing shown yet) the way back reopens voting. So does the way back from `discuss`
    and `closed`, in as many steps: what has been shown is not hidden by a slip of the finger.
    """
    if there not in PHASES:
        raise NotUnderstood(N_("There is no phase called “%(phase)s”."), phase=there)
    if there not in (*onwards(kind, here, revealed), *backwards(kind, here, revealed)):
        raise NotNow(N_("An exercise moves one step at a time."))


def is_revealed(here: str, there: str, revealed: bool) -> bool:
    """Whether everybody has been shown the result of the vote, once an exercise has gone from `here` to `there`."""
    return there in ("discuss", "closed") and (revealed or here == "reveal")


def totals_are_public(phase: str, totals: str, revealed: bool) -> bool:
    """Whether everybody may see how many dots each response has. `totals` is `hidden` or `live`."""
    return (phase in ("discuss", "closed") and revealed) or (totals == "live" and phase in ("vote", "reveal"))


def results_are_ready(phase: str, revealed: bool) -> bool:
    """Whether the results page has anything to show: before the reveal only to whoever asks for it."""
    return phase in ("vote", "reveal") or revealed


def can_be_taken_away(phase: str, revealed: bool) -> bool:
    """Whether there is something to download: a result, or responses that were talked about without a vote."""
    return results_are_ready(phase, revealed) or phase in ("discuss", "closed")


def discussion_is_open(phase: str) -> bool:
    """Whether a response can be put on every screen to be talked about: not before people have written, and not while
    a vote is under way.
    """
    return phase not in ("draft", "vote", "reveal")


def grouping_is_open(phase: str) -> bool:
    """Whether responses can be given themes. While people vote, what they vote on stays as it is."""
    return phase != "vote"


def merging_is_open(phase: str, revealed: bool) -> bool:
    """Whether responses can be merged and taken apart: not once people have voted on them, for that would pool dots
    after the vote.
    """
    return phase not in ("vote", "reveal") and not revealed

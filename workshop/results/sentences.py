"""What a result says in words."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext, ngettext

from workshop.errors import N_
from workshop.results.counting import Result

# Ties further down change nothing that a group decides, and the table shows them all.
MOST_TIES = 2
PLACES = (
    N_("1st"), N_("2nd"), N_("3rd"), N_("4th"), N_("5th"), N_("6th"), N_("7th"), N_("8th"), N_("9th"), N_("10th"),
)  # fmt: skip
COUNTS = {
    2: N_("Two"), 3: N_("Three"), 4: N_("Four"), 5: N_("Five"), 6: N_("Six"), 7: N_("Seven"), 8: N_("Eight"),
    9: N_("Nine"),
}  # fmt: skip


def tie_sentences(result: Result) -> Iterator[str]:
    """Two responses tie for 2nd place: at most two sentences, for ties among the first ten places."""
    ties = [(rank, sharers) for rank, sharers in result.ties() if rank <= len(PLACES)]
    for rank, sharers in ties[:MOST_TIES]:
        count = gettext(COUNTS[sharers]) if sharers in COUNTS else str(sharers)
        yield gettext("%(count)s responses tie for %(place)s place.", count=count, place=gettext(PLACES[rank - 1]))


def paper_sentence(result: Result) -> str:
    """2 of 9 ballots were on paper; nothing where none was."""
    if not result.on_paper:
        return ""
    return str(
        ngettext(
            "%(num)s of %(all)s ballots was on paper.",
            "%(num)s of %(all)s ballots were on paper.",
            result.on_paper,
            all=result.people,
        )
    )

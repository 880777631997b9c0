"""What a result says in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import gettext, ngettext

from workshop.errors import N_
from workshop.models import Exercise, Workshop
from workshop.results.counting import Result
from workshop.results.cutting import Line

# Ties further down change nothing that a group decides, and the table shows them all.
MOST_TIES = 2
# More names than this nobody listens to.
MOST_NAMES = 6
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


def headline(result: Result) -> str:
    """27 people used 212 of 216 dots. Two responses tie for 2nd place."""
    return " ".join([used(result), *tie_sentences(result)])


def used(result: Result) -> str:
    """27 people used 212 of 216 dots; or that no response has one."""
    if not result.in_tally:
        return str(gettext("No response has a dot."))
    return str(
        ngettext(
            "%(num)s person used %(used)s of %(available)s dots.",
            "%(num)s people used %(used)s of %(available)s dots.",
            result.people,
            used=result.in_tally,
            available=result.available,
        )
    )


def method() -> list[str]:
    """How to read a ranking by dots."""
    return [
        what_dots_mean(),
        gettext(
            "Equal dots share a rank, and nothing but dots decides between two responses: after two second places "
            "comes the fourth. Share is a response's part of all dots placed."
        ),
    ]


def what_dots_mean() -> str:
    return str(gettext("More dots means more priority, not agreement from everyone."))


def most_on_one(exercise: Exercise) -> str:
    """How many of somebody's dots could go onto one response."""
    if not exercise.most_per_response:
        return str(gettext("Any number of a person's dots could go onto one response."))
    return str(
        ngettext(
            "At most %(num)s of a person's dots could go onto one response.",
            "At most %(num)s of a person's dots could go onto one response.",
            exercise.most_per_response,
        )
    )


def totals(exercise: Exercise) -> str:
    """What was known of the dots while people placed them."""
    if exercise.totals == "live":
        return str(gettext("Totals could be seen while people voted."))
    return str(gettext("Totals were hidden from everybody who voted until the reveal."))


def provisional() -> str:
    return str(gettext("Provisional: dots can still move."))


def made_up(workshop: Workshop) -> str:
    """That people or their dots are not real; empty where they are."""
    if workshop.is_rehearsal:
        return str(gettext("Rehearsal: the people and their dots are simulated."))
    return simulated() if workshop.simulated else ""


def simulated() -> str:
    return str(gettext("Simulated: these dots were not placed by people."))


def in_the_room(workshop: Workshop, people: int, ballots: int) -> str:
    """What the facilitator counted, held against the ballots. No more than a warning: nobody knows who is right."""
    counted = ngettext("%(num)s ballot, %(people)s in the room.", "%(num)s ballots, %(people)s in the room.", ballots,
                       people=people)  # fmt: skip
    if ballots > people and workshop.door == "open":
        return f"{counted} {gettext('In an open workshop one person may have joined twice.')}"
    return str(counted)


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


def said_aloud(result: Result) -> str:
    """What is said aloud at the reveal: the ties, and whether one lies across the line."""
    across = [tie_across(result.line)] if result.line and result.line.is_open else []
    return " ".join([*tie_sentences(result), *across])


def after(line: Line | None, response: int) -> str:
    """What stands in the ranking under a response, if the line is there: these go forward, or these tie across it."""
    if line is None:
        return ""
    if line.above and response == line.above[-1]:
        return goes_forward(line)
    return tie_across(line) if line.tied and response == line.tied[-1] else ""


def goes_forward(line: Line) -> str:
    """These 5 go forward."""
    return str(ngettext("This one goes forward.", "These %(num)s go forward.", len(line.above)))


def tie_across(line: Line) -> str:
    """R3, R7 and R9 tie across the line; or how a run-off has settled that."""
    if line.settled is None:
        if len(line.tied) > MOST_NAMES:
            return str(gettext("%(count)s responses tie across the line.", count=len(line.tied)))
        return str(gettext("%(responses)s tie across the line.", responses=names(line.tied)))
    return str(
        ngettext(
            "Settled by a run-off in exercise %(exercise)s: %(responses)s goes forward.",
            "Settled by a run-off in exercise %(exercise)s: %(responses)s go forward.",
            len(line.settled),
            exercise=line.run_off,
            responses=names(line.settled),
        )
    )


def names(responses: Sequence[int]) -> str:
    """R3, R7 and R9."""
    *several, last = [f"R{number}" for number in responses]
    if not several:
        return last
    return str(gettext("%(several)s and %(last)s", several=", ".join(several), last=last))


def these(responses: Sequence[int]) -> str:
    """R3, R7 and R9; or how many they are, where nobody would listen to so many."""
    if len(responses) <= MOST_NAMES:
        return names(responses)
    return str(ngettext("%(num)s response", "%(num)s responses", len(responses)))


def show_dots(number: int) -> str:
    return str(ngettext("%(num)s dot", "%(num)s dots", number))

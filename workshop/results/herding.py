"""Herding: whether later dots followed what led, in a vote whose totals everybody saw.

The dots are halved by the order in which they were placed. What led after the first half has a share of those dots,
and another of the later ones; by how much the second is higher is compared with what the same ballots give when they
are cast in another order. Ballots are exchanged and not dots: two dots of one person on one response are one person's
doing, and no two signs of herding.

This shows who followed late. Where people follow from the first dots on, what leads early leads for that reason, and
the halves look alike: no order of dots tells that from an idea that many like (a crowd that reinforces itself in
proportion, the urn of F. Eggenberger and G. Pólya, 1923, gives every order the same chance).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import Literal, NamedTuple

from flask_babel import gettext, ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.ballots import voting_in
from workshop.models import Dot, Exercise, Participant
from workshop.results import chance
from workshop.results.fairness import with_few_ballots
from workshop.results.findings import Finding
from workshop.results.sentences import names

Timed = Sequence[tuple[int, int]]
"""A ballot in time: the turn of each dot, and the response that it counts for."""

# What led: as many as somebody keeps an eye on, and never more than a third of what there is.
MOST_LEADERS = 3


class Herding(NamedTuple):
    """`leaders` led after the first half of the dots. Shares are of all dots of their half, from 0 to 1."""

    verdict: Literal["no sign", "followed", "too few"]
    leaders: tuple[int, ...]
    early: float
    """The leaders' share of the earlier dots."""
    late: float
    expected: float
    """Their share of the later ones, as it came out and as chance alone would have it."""
    p: float
    ballots: int


def herding(ballots: Sequence[Timed], responses: int) -> Herding:
    """Whether later dots went to what led, among so many live `responses`, more than chance explains."""
    ballots = [sorted(ballot) for ballot in ballots if ballot]
    half = _half([turn for ballot in ballots for turn, _ in ballot])
    if half is None:
        return Herding("too few", (), 0.0, 0.0, 0.0, 1.0, len(ballots))
    marks = [[response for _, response in ballot] for ballot in ballots]
    when = [(sum(1 for turn, _ in ballot if turn <= half), len(ballot)) for ballot in ballots]
    most = max(1, min(MOST_LEADERS, responses // 3))
    total = Counter(chain.from_iterable(marks))
    seen = _shares(marks, when, total, most)
    rises = [
        late - early for early, late, _ in (_shares(marks, each[0], total, most) for each in chance.rearranged([when]))
    ]
    found = chance.among(rises[0], rises[0], rises)
    verdict: Literal["no sign", "followed", "too few"] = "followed" if found.is_rare else "no sign"
    early, late, leaders = seen
    expected = min(1.0, max(0.0, early + sum(rises) / len(rises)))
    return Herding(verdict if found.can_tell else "too few", leaders, early, late, expected, found.p, len(ballots))


def _half(turns: Sequence[int]) -> int | None:
    """The turn after which as nearly half of the dots lie as can be; None where all lie in one."""
    upto: dict[int, int] = {}
    placed = 0
    for turn, dots in sorted(Counter(turns).items()):
        placed += dots
        upto[turn] = placed
    return min([*upto][:-1], key=lambda turn: abs(2 * upto[turn] - placed), default=None)


def _shares(
    marks: Sequence[Sequence[int]], when: Sequence[tuple[int, int]], total: Counter[int], most: int
) -> tuple[float, float, tuple[int, ...]]:
    """What led after the first half had what share of that half, and of the other: (early, late, leaders).

    `marks` are ballots, each in the order of its dots; `when` says for each how many of how many dots are early. A
    ballot in another's place has as large a part of its own dots early, rounded to whole dots.
    """
    cuts = [(2 * len(each) * early + of) // (2 * of) for each, (early, of) in zip(marks, when, strict=True)]
    before = Counter(chain.from_iterable(each[:cut] for each, cut in zip(marks, cuts, strict=True)))
    in_first = sum(cuts)
    in_second = total.total() - in_first
    if not in_first or not in_second:
        return 0.0, 0.0, ()
    least = sorted(before.values(), reverse=True)[:most][-1]
    leaders = tuple(sorted(response for response, dots in before.items() if dots >= least))
    early = sum(before[each] for each in leaders)
    return early / in_first, (sum(total[each] for each in leaders) - early) / in_second, leaders


# In words -------------------------------------------------------------------------------------------------------------


def finding(session: Session, exercise: Exercise) -> Finding | None:
    """Whether later dots followed the lead. None where nobody saw totals."""
    if exercise.totals != "live":
        return None
    ballots, responses, left_out = _read(session, exercise)
    found = herding(ballots, responses)
    sentences = [*_sentences(found)]
    if left_out:
        sentences.append(
            ngettext(
                "%(num)s dot is left out: it came on paper, or while totals were hidden.",
                "%(num)s dots are left out: they came on paper, or while totals were hidden.",
                left_out,
            )
        )
    return Finding(
        "herding",
        gettext("Did later dots follow?"),
        sentences,
        gettext(
            "Everybody saw totals while voting, so the share that the leaders at half-time had of the earlier dots is "
            "compared with their share of the later ones; it raises a false alarm in one vote in twenty at most, and "
            "does not see people who followed from the first dots on."
        ),
        data={
            "verdict": found.verdict,
            "leaders": list(found.leaders),
            "share_of_earlier": round(found.early, 4),
            "share_of_later": round(found.late, 4),
            "expected_share_of_later": round(found.expected, 4),
            "p": round(found.p, 4),
            "ballots": found.ballots,
            "dots_left_out": left_out,
        },
    )


def _read(session: Session, exercise: Exercise) -> tuple[Sequence[Timed], int, int]:
    """The ballots in time, in no order that says whose they are; how many responses there are; how many dots that
    count have no turn.
    """
    voting = voting_in(session, exercise)
    placed = session.execute(
        select(Dot.participant_id, Dot.turn, Dot.response)
        .join(Participant, Participant.id == Dot.participant_id)
        .where(Dot.exercise_id == exercise.id, Dot.number <= exercise.allowance, Participant.state == "in")
    )
    ballots: dict[int, list[tuple[int, int]]] = {}
    left_out = 0
    for person, turn, on in placed:
        response = voting.counts_for(on)
        if response is None:
            continue
        if turn is None:
            left_out += 1
        else:
            ballots.setdefault(person, []).append((turn, response))
    return sorted(map(sorted, ballots.values())), len(voting.live), left_out


def _sentences(found: Herding) -> list[str]:
    if found.verdict == "too few":
        return [
            ngettext(
                "Too little to tell whether later dots followed what led: %(num)s ballot cannot show it either way.",
                "Too little to tell whether later dots followed what led: %(num)s ballots, placed when they were, "
                "cannot show it either way.",
                found.ballots,
            )
        ]
    figures = gettext(
        "What led at half-time (%(leaders)s) had %(early)s of the earlier dots and got %(late)s of the later ones; "
        "by chance alone it would be about %(expected)s.",
        leaders=names(found.leaders),
        early=f"{found.early:.0%}",
        late=f"{found.late:.0%}",
        expected=f"{found.expected:.0%}",
    )
    if found.verdict == "followed":
        return [
            gettext("Later dots followed what led, more than chance explains."),
            figures,
            gettext("With hidden totals the first places might be others: talk them over."),
        ]
    return [gettext("No sign that later dots followed what led."), figures, *with_few_ballots(found.ballots)]

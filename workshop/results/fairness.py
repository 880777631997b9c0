"""Order: whether dots went to what stood high on people's screens, or to what was written early.

Where each participant's list was shuffled, chance has made an experiment of it: a ballot's dots are as likely to lie
high as low unless the place matters, so each ballot's mean place is set against the middle. Where all saw one list,
it was in the order of arrival, and the two questions are one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from flask_babel import gettext, ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop import rules
from workshop.models import Dot, Exercise, Participant
from workshop.results import chance
from workshop.results.chance import Chance
from workshop.results.counting import Result
from workshop.results.findings import Finding

Verdict = Literal["no sign", "earlier", "later", "too few"]

MIDDLE = 0.5
# With fewer ballots, or responses, than this nothing but a strong pull is told from chance: a rank correlation of 20
# has to be beyond 0.45.
FEW = 20


class Look(NamedTuple):
    """What one comparison came to. `earlier`: what stood or came earlier has more dots than chance explains."""

    verdict: Verdict
    figure: float
    """The mean place of dots, 0 first to 1 last, or a rank correlation, −1 to 1: negative where earlier has more."""
    p: float
    counted: int
    """How many ballots, or responses, were compared."""


def place(order: Sequence[int], marks: rules.Marks, side_of: Mapping[int, str]) -> float | None:
    """How far down their columns the dots of a ballot lie on average, as its owner saw them: 0 first, 1 last. None
    where no dot lies in a column that has several responses. `order` has the responses of all columns.
    """
    columns: dict[str, list[int]] = {}
    for response in order:
        columns.setdefault(side_of[response], []).append(response)
    places = {
        response: at / (len(column) - 1) for column in columns.values() if len(column) > 1
        for at, response in enumerate(column)
    }  # fmt: skip
    dots = sum(marks.get(response, 0) for response in places)
    return sum(at * marks.get(response, 0) for response, at in places.items()) / dots if dots else None


def position(places: Sequence[float]) -> Look:
    """Whether dots went to what stood high in lists that were shuffled for each ballot, from each ballot's mean
    place. Ballots are what is compared: the dots of one are one person's doing.
    """
    found = chance.off_zero([place - MIDDLE for place in places])
    return Look(_verdict(found), MIDDLE + found.figure, found.p, len(places))


def arrival(columns: Sequence[Sequence[int]]) -> Look:
    """Whether dots went to what was written early, from the dots of each column's responses in order of arrival."""
    found = chance.trend(columns)
    return Look(_verdict(found), found.figure, found.p, sum(len(column) for column in columns))


def _verdict(found: Chance) -> Verdict:
    if not found.can_tell:
        return "too few"
    if not found.is_rare:
        return "no sign"
    return "earlier" if found.figure < 0 else "later"


def columns_of(result: Result) -> list[list[int]]:
    """The dots of each column's responses, in order of arrival."""
    dots = {each.response: each.dots for each in result.standings}
    columns: dict[str, list[int]] = {}
    for number, response in sorted(result.responses.items()):
        columns.setdefault(response.side, []).append(dots[number])
    return list(columns.values())


def of_arrival(result: Result) -> dict[str, Any]:
    """What the order of arrival came to, as it stands in files."""
    return _data(arrival(columns_of(result)), "rank correlation")


def places_of(session: Session, exercise: Exercise, result: Result) -> list[float]:
    """The mean place of each ballot's dots on its owner's screen, lowest first: nothing that leaves here says whose.

    Paper ballots are left out, for a sheet is not shuffled; so are dots on what has been merged since.
    """
    placed = session.execute(
        select(Participant.id, Participant.seed, Dot.response)
        .join(Dot, Dot.participant_id == Participant.id)
        .where(
            Dot.exercise_id == exercise.id,
            Dot.number <= exercise.allowance,
            Participant.state == "in",
            Participant.kind != "paper",
        )
    )
    side_of = {number: each.side for number, each in result.responses.items()}
    ballots: dict[tuple[int, int], Counter[int]] = {}
    for person, seed, on in placed:
        if on in side_of:
            ballots.setdefault((person, seed), Counter())[on] += 1
    places = (place(rules.shuffled(side_of, seed), ballot, side_of) for (_, seed), ballot in ballots.items())
    return sorted(each for each in places if each is not None)


# In words -------------------------------------------------------------------------------------------------------------


def finding(session: Session, exercise: Exercise, result: Result) -> Finding:
    """Whether the order mattered: that on people's screens, and that of arrival."""
    by_arrival = arrival(columns_of(result))
    figures = _data(by_arrival, "rank correlation")
    data: dict[str, Any] = {"order": exercise.order, "position": figures, "arrival": figures}
    if exercise.order == "shared":
        sentences = _of_one_list(by_arrival)
    else:
        by_place = position(places_of(session, exercise, result))
        sentences = [*_of_places(by_place), *_of_arrival(by_arrival)]
        data["position"] = _data(by_place, "mean place")
    return Finding(
        "order",
        gettext("Did the order matter?"),
        sentences,
        gettext(
            "Dots are compared with where each response stood on people's screens and with when it was written; what "
            "chance alone gives less than one time in twenty is called more than chance explains, so each of these "
            "comparisons raises a false alarm in up to one workshop in twenty."
        ),
        data=data,
    )


def _of_places(look: Look) -> list[str]:
    if look.verdict == "too few":
        return [
            ngettext(
                "Too few ballots to tell whether the place on the screen mattered: %(num)s ballot from a phone "
                "cannot show it either way.",
                "Too few ballots to tell whether the place on the screen mattered: %(num)s ballots from phones "
                "cannot show it either way.",
                look.counted,
            )
        ]
    figures = gettext(
        "On average dots lie %(share)s of the way down the list that each person saw; where the place plays no part "
        "it is about 50%%.",
        share=f"{look.figure:.0%}",
    )
    verdicts = {
        "no sign": gettext("No sign that the place on the screen mattered."),
        "earlier": gettext("What stood higher on people's screens got more dots than chance explains."),
        "later": gettext("What stood lower on people's screens got more dots than chance explains."),
    }
    if look.verdict == "no sign":
        after = with_few_ballots(look.counted)
    else:
        after = [gettext("Each person saw another order, so this favoured no response before the others.")]
    return [verdicts[look.verdict], figures, *after]


def with_few_ballots(ballots: int) -> list[str]:
    """What is to be said where so many show nothing."""
    if ballots >= FEW:
        return []
    return [
        ngettext(
            "With %(num)s ballot only a strong pull would show.",
            "With %(num)s ballots only a strong pull would show.",
            ballots,
        )
    ]


def _of_arrival(look: Look) -> list[str]:
    verdicts = {
        "no sign": gettext("No sign that it mattered when a response was written."),
        "earlier": gettext("What was written earlier got more dots than chance explains."),
        "later": gettext("What was written later got more dots than chance explains."),
        "too few": gettext("Too few responses that differ in dots to tell whether it mattered when they were written."),
    }
    return [verdicts[look.verdict], *_of_ranks(look)]


def _of_one_list(look: Look) -> list[str]:
    verdicts = {
        "no sign": gettext("No sign that the place in the list mattered."),
        "earlier": gettext("What stood earlier in the list got more dots than chance explains."),
        "later": gettext("What stood later in the list got more dots than chance explains."),
        "too few": gettext("Too few responses that differ in dots to tell whether the place in the list mattered."),
    }
    same = gettext(
        "Everybody saw the same list, in the order of arrival: standing first and being written first are one."
    )
    return [verdicts[look.verdict], *_of_ranks(look), same]


def _of_ranks(look: Look) -> list[str]:
    """What a verdict on the order of arrival rests on, and what it does not prove."""
    if look.verdict == "no sign" and look.counted < FEW:
        return [
            ngettext(
                "With %(num)s response only a strong pull would show.",
                "With %(num)s responses only a strong pull would show.",
                look.counted,
            )
        ]
    reasons = {
        "earlier": gettext("That proves nothing against them: good ideas may simply come first."),
        "later": gettext("That proves nothing against them: later ideas may build on earlier ones."),
    }
    return [reasons[look.verdict]] if look.verdict in reasons else []


def _data(look: Look, measure: str) -> dict[str, Any]:
    return {
        "verdict": look.verdict,
        "measure": measure,
        "figure": round(look.figure, 4),
        "p": round(look.p, 4),
        "counted": look.counted,
    }

"""Who the dots come from, in words: many people, or one who spent all of theirs."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext, ngettext

from workshop.documents import Table
from workshop.errors import N_
from workshop.results.breadth import Breadth
from workshop.results.counting import Result
from workshop.results.findings import Finding
from workshop.results.sentences import MOST_NAMES, these
from workshop.results.showing import show_rank, show_standing
from workshop.results.stability import Side, sides_of

# Where no line was drawn, as many ranks are looked at as people look at first.
FIRST_RANKS = 5

BY_PEOPLE: dict[Side, str] = {
    "above": N_("Ranked by people instead of dots, above the line would be: %(responses)s."),
    "below": N_("Ranked by people instead of dots, below the line would be: %(responses)s."),
    "tied": N_("Ranked by people instead of dots, tied across the line would be: %(responses)s."),
}


def of_breadth(result: Result, broad: Mapping[int, Breadth]) -> Finding:
    """Who the dots come from: many, or one who spent all of theirs."""
    return Finding(
        "breadth",
        gettext("Dots and people"),
        list(filter(None, _breadth_sentences(result, broad))),
        gettext(
            "Dots say how much a response is wanted and people by how many, "
            "so one whose dots are half or more one person's may be the wish of that person."
        ),
        [
            Table(
                gettext("Ranks by dots and by people"),
                [
                    gettext("Number"),
                    gettext("Response"),
                    gettext("Dots"),
                    gettext("Rank by dots"),
                    gettext("People"),
                    gettext("Rank by people"),
                    gettext("Largest share from one person"),
                    gettext("Half or more from one person"),
                ],
                [
                    (
                        f"R{each.response}",
                        result.responses[each.response].text,
                        each.dots,
                        show_standing(each),
                        each.people,
                        show_rank(found.rank, found.shared),
                        found.largest_share if found.dots else None,
                        gettext("yes") if found.is_from_one else "",
                    )
                    for each, found in ((each, broad[each.response]) for each in result.standings)
                ],
                percent=[6],
            )
        ],
        {
            "responses": [
                {
                    "number": each.response,
                    "dots": each.dots,
                    "people": each.people,
                    "rank_by_people": broad[each.response].rank,
                    "shared_by_people": broad[each.response].shared,
                    "largest": broad[each.response].largest,
                    "half_or_more_from_one": broad[each.response].is_from_one,
                }
                for each in result.standings
            ]
        },
    )


def _breadth_sentences(result: Result, broad: Mapping[int, Breadth]) -> list[str]:
    if not result.in_tally:
        return [gettext("No response has a dot.")]
    return [*_from_one(result, broad), *_by_people(result, broad)]


def _from_one(result: Result, broad: Mapping[int, Breadth]) -> list[str]:
    """On which of those that matter most half or more of the dots are one person's, and on how many others."""
    line = result.line
    if line is not None and line.forward:
        looked_at = set(line.forward)
        none = gettext("Nothing that goes forward has half or more of its dots from one person.")
    else:
        looked_at = {each.response for each in result.standings if each.dots and each.rank <= FIRST_RANKS}
        none = gettext("Nothing in the first ranks has half or more of its dots from one person.")
    from_one = [broad[each.response] for each in result.standings if broad[each.response].is_from_one]
    here = [each for each in from_one if each.response in looked_at]
    said = [none]
    if here:
        each_of = [
            gettext("R%(number)s (%(part)s of %(all)s)", number=each.response, part=each.largest, all=each.dots)
            for each in here
        ]
        listed = ", ".join(each_of) if len(here) <= MOST_NAMES else these([each.response for each in here])
        said = [gettext("Half or more of the dots are one person's on %(responses)s.", responses=listed)]
    if others := len(from_one) - len(here):
        said.append(
            ngettext(
                "The same holds for %(num)s other response; the table shows which.",
                "The same holds for %(num)s other responses; the table shows which.",
                others,
            )
        )
    return said


def _by_people(result: Result, broad: Mapping[int, Breadth]) -> list[str]:
    """What would be otherwise if people counted instead of dots."""
    line = result.line
    by_people = sorted(
        (
            each._replace(rank=broad[each.response].rank, shared=broad[each.response].shared, dots=each.people)
            for each in result.standings
        ),
        key=lambda each: each.rank,
    )
    if line is None or not (line.above or line.tied):
        first, widest = (
            these([each.response for each in standings if each.rank == 1])
            for standings in (result.standings, by_people)
        )
        if first == widest:
            return [gettext("First by dots and by people: %(first)s.", first=first)]
        return [gettext("First by dots: %(first)s. First by people: %(widest)s.", first=first, widest=widest)]
    places = len(line.above) + line.places
    sides, others = (sides_of(standings, places, None, run_off=True) for standings in (result.standings, by_people))
    said = []
    for side, sentence in BY_PEOPLE.items():
        moved = [response for response, now in others.items() if now == side != sides[response]]
        if moved:
            said.append(gettext(sentence, responses=these(moved)))
    return said or [gettext("Ranked by people instead of dots, the same responses are above the line.")]

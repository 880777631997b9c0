"""The standings of themes: what several responses have in common, added up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flask_babel import gettext, ngettext

from workshop import rules
from workshop.documents import Table
from workshop.results.findings import Finding
from workshop.results.showing import show_rank


class ThemeStanding(NamedTuple):
    """One theme among all, or what has none: then `theme` and `rank` are None."""

    theme: int | None
    """Its number."""
    rank: int | None
    shared: bool
    dots: int
    people: int
    """How many have a dot on any of its responses: each counts once."""
    responses: tuple[int, ...]


def by_theme(ballots: Sequence[rules.Marks], theme_of: Mapping[int, int | None]) -> list[ThemeStanding]:
    """The standings of all themes that have a response, and at the end of the responses without one. `theme_of` says
    which theme each live response has.
    """
    under: dict[int | None, list[int]] = {}
    for response, theme in sorted(theme_of.items()):
        under.setdefault(theme, []).append(response)
    dots, people = dict.fromkeys(under, 0), dict.fromkeys(under, 0)
    for ballot in ballots:
        placed = {response: count for response, count in ballot.items() if count and response in theme_of}
        for response, count in placed.items():
            dots[theme_of[response]] += count
        for theme in {theme_of[response] for response in placed}:
            people[theme] += 1
    ranked: list[tuple[int | None, int | None, bool]] = [
        *rules.rank({theme: dots[theme] for theme in sorted(each for each in under if each is not None)}),
        *([(None, None, False)] if None in under else []),
    ]
    return [
        ThemeStanding(theme, rank, shared, dots[theme], people[theme], tuple(under[theme]))
        for theme, rank, shared in ranked
    ]


def of_themes(standings: Sequence[ThemeStanding], names: Mapping[int, str]) -> Finding | None:
    """The themes in order of rank, with their names by their numbers. None where no response has a theme."""
    ranked = [each for each in standings if each.theme is not None]
    if not ranked:
        return None
    called = [gettext("Without a theme") if each.theme is None else names[each.theme] for each in standings]
    return Finding(
        "themes",
        gettext("Themes"),
        [*_first(ranked, names), *_without(standings)],
        gettext(
            "The dots of all responses under a theme are added up, and each person counts once; "
            "a theme with many responses has had more chances to get dots."
        ),
        [
            Table(
                gettext("Themes in order of their dots"),
                [gettext("Theme"), gettext("Rank"), gettext("Dots"), gettext("People"), gettext("Responses")],
                [
                    (name, _place(each), each.dots, each.people, ", ".join(f"R{number}" for number in each.responses))
                    for name, each in zip(called, standings, strict=True)
                ],
            )
        ],
        {
            "themes": [
                each._asdict()
                | {"theme": None if each.theme is None else names[each.theme], "responses": list(each.responses)}
                for each in standings
            ]
        },
    )


def _place(each: ThemeStanding) -> str | None:
    return None if each.rank is None else show_rank(each.rank, each.shared)


def _first(ranked: Sequence[ThemeStanding], names: Mapping[int, str]) -> list[str]:
    best = ranked[0]
    if not best.dots:
        return [gettext("No theme has a dot.")]
    dots = ngettext("%(num)s dot", "%(num)s dots", best.dots)
    first = [names[each.theme] for each in ranked if each.rank == 1 and each.theme is not None]
    if len(first) > 1:
        themes = gettext("%(names)s and %(last)s", names=_quoted(first[:-1]), last=_quoted(first[-1:]))
        return [gettext("%(themes)s share the first rank: %(dots)s each.", themes=themes, dots=dots)]
    people = ngettext("%(num)s person", "%(num)s people", best.people)
    return [
        gettext("%(theme)s is the theme with most dots: %(dots)s from %(people)s.", theme=_quoted(first), dots=dots,
                people=people)
    ]  # fmt: skip


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(gettext("“%(name)s”", name=name) for name in names)


def _without(standings: Sequence[ThemeStanding]) -> list[str]:
    rest = next((each for each in standings if each.theme is None), None)
    if rest is None:
        return []
    return [
        ngettext(
            "%(num)s response has no theme, and stands apart from this ranking.",
            "%(num)s responses have no theme, and stand apart from this ranking.",
            len(rest.responses),
        )
    ]

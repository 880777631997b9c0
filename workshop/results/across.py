"""The same exercise in several workshops, as tables and sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _
from flask_babel import ngettext

from workshop import likeness
from workshop.documents import Cell, Table
from workshop.likeness import Candidate
from workshop.results import pooling
from workshop.results.findings import Finding
from workshop.results.pooling import Group, Idea, Pooled
from workshop.results.reporting import Report
from workshop.results.showing import show_rank, show_standing, side_name
from workshop.tokens import show_code

MOST_GROUPS = 12


@dataclass(frozen=True, slots=True)
class Across:
    """Several groups side by side."""

    reports: Sequence[Report]
    groups: Sequence[Group]
    pooled: Sequence[Pooled]
    findings: Sequence[Finding]

    @property
    def people(self) -> int:
        return sum(group.people for group in self.groups)

    @property
    def has_few(self) -> bool:
        return any(report.result.is_of_few for report in self.reports)

    @property
    def dots(self) -> int:
        return sum(group.dots for group in self.groups)


def across(reports: Sequence[Report]) -> Across:
    """What the exercises of these reports come to together."""
    titles = Counter(report.workshop.title for report in reports)
    groups = [
        # Groups that are called alike are told apart by their codes.
        replace(group, name=f"{group.name} ({show_code(report.workshop.code)})") if titles[group.name] > 1 else group
        for group, report in ((group_of(report), report) for report in reports)
    ]
    findings = [_agreement(groups), _shared(groups), _alike(groups)]
    return Across(reports, groups, pooling.pool(groups), findings)


def group_of(report: Report) -> Group:
    """One exercise as plain values. Responses of one exercise that are worded alike stay apart as far as they were."""
    result = report.result
    standings, texts = {}, {}
    for standing in result.standings:
        response = result.responses[standing.response]
        idea = pooling.idea_of(response.side, response.text)
        if idea in standings:
            idea = response.side, f"{idea[1]} R{response.number}"
        standings[idea], texts[idea] = standing, response.text
    numbers = {standing.response: idea for idea, standing in standings.items()}
    forward = None if result.line is None else frozenset(numbers[number] for number in result.line.forward)
    return Group(report.workshop.title, standings, texts, result.people, forward)


def table(compared: Across) -> Table:
    """Every idea with its rank in all groups together and in each: the same on the page and in the file."""
    rows: list[list[Cell]] = [
        [
            show_rank(each.rank, each.shared),
            each.text,
            _column(compared, each),
            each.dots,
            each.people,
            each.mean_share,
            *(
                _("not there") if standing is None else f"{show_standing(standing)} · {standing.dots}"
                for standing in each.standings
            ),
        ]
        for each in compared.pooled
    ]
    columns = [
        _("Rank"),
        _("Response"),
        _("Column"),
        _("Dots"),
        _("People"),
        _("Mean share"),
        *(group.name for group in compared.groups),
    ]
    return Table(_("All groups together, and each: rank and dots"), columns, rows, percent=(5,))


def _column(compared: Across, pooled: Pooled) -> str:
    key = pooled.idea[0]
    sides = (side for report in compared.reports for side in report.exercise.sides if side.key == key)
    return next(filter(None, map(side_name, sides)), key.upper())


def _agreement(groups: Sequence[Group]) -> Finding:
    found = pooling.concordance(groups)
    said = {
        "too few": _("Too few responses are the same in every group to say whether the groups agree."),
        "no more than chance": _("The groups agree no more than chance would have it."),
        "partly": _("The groups agree in part: more than by chance."),
        "largely": _("The groups largely agree."),
    }[found.verdict]
    common = ngettext("%(num)s response is in every group.", "%(num)s responses are in every group.", found.ideas)
    figures = []
    if found.coefficient is not None and found.probability is not None:
        figures = [
            _(
                "Kendall's W is %(coefficient)s: 1 is the same order in every group, 0 none in common. "
                "Shuffled orders agree as much in %(often)s of 100 cases.",
                coefficient=f"{found.coefficient:.2f}",
                often=f"{100 * found.probability:.1f}",
            )
        ]
    return Finding(
        "agreement",
        _("Do the groups agree?"),
        [said, common, *figures],
        _("This compares the order in which each group puts the responses that all of them had."),
        data={"ideas": found.ideas, "w": found.coefficient, "probability": found.probability, "verdict": found.verdict},
    )


def _shared(groups: Sequence[Group]) -> Finding:
    heading = _("What all share, and what only one has")
    meaning = _("This looks at what goes forward in each group, however many dots it has there.")
    texts = _texts(groups)
    without = [group.name for group in groups if group.forward is None]
    everywhere, only = pooling.in_all(groups), pooling.in_one(groups)
    if len(groups) - len(without) < 2:
        sentences = [_("This needs a line in two groups or more.")]
        return Finding("shared", heading, sentences, meaning, data={"in_all": [], "only": []})
    sentences = [
        _("Above the line in every group: %(responses)s.", responses=_listed(everywhere, texts))
        if everywhere
        else _("No response is above the line in every group.")
    ]
    sentences += [
        _("Only %(group)s has above its line: %(responses)s.", group=group.name, responses=_listed(ideas, texts))
        for group, ideas in zip(groups, only, strict=True)
        if ideas
    ]
    if without:
        sentences.append(_("No line was drawn in: %(groups)s.", groups="; ".join(without)))
    return Finding(
        "shared",
        heading,
        sentences,
        meaning,
        data={
            "in_all": [texts[idea] for idea in everywhere],
            "only": [[texts[idea] for idea in ideas] for ideas in only],
        },
    )


def _alike(groups: Sequence[Group]) -> Finding:
    """Wordings of different groups that may be one idea: they are counted apart, and whoever reads should know."""
    seen = _texts(groups)
    ideas = list(seen)
    pairs = likeness.suggestions([Candidate(place, idea[0], seen[idea]) for place, idea in enumerate(ideas)])
    together = [(seen[ideas[pair.one]], seen[ideas[pair.other]]) for pair in pairs]
    sentences = [_("“%(one)s” and “%(other)s” may be the same idea.", one=one, other=other) for one, other in together]
    return Finding(
        "alike",
        _("Worded differently"),
        sentences or [_("No two responses of different wording look like the same idea.")],
        _("Only responses with the same words are counted together; these are counted apart."),
        data={"pairs": [list(pair) for pair in together]},
    )


def _texts(groups: Sequence[Group]) -> dict[Idea, str]:
    """Each idea in the words of the first group that had it."""
    seen: dict[Idea, str] = {}
    for group in groups:
        for idea, text in group.texts.items():
            seen.setdefault(idea, text)
    return seen


def _listed(ideas: Sequence[Idea], texts: dict[Idea, str]) -> str:
    return "; ".join(f"“{texts[idea]}”" for idea in ideas)

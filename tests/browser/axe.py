"""axe-core: which of its rules a view is judged by, and what it found."""

from __future__ import annotations

from typing import Any, NamedTuple

from playwright.sync_api import Page

from tests.server.server import ROOT

SCRIPT = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
# Off by default, though WCAG 2.2 asks for it.
TARGET_SIZE = {"target-size": {"enabled": True}}
EVERYTHING: dict[str, Any] = {"runOnly": list(TAGS), "rules": TARGET_SIZE}
# Names, roles, headings, landmarks and languages are in the HTML, which is the same at every size: what is left to
# judge is where things lie, whether they overlap, and what scrolls.
LAYOUT: dict[str, Any] = {
    "runOnly": {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]},
    "rules": TARGET_SIZE,
}
# And in another scheme, nothing but colours changes.
COLOURS: dict[str, Any] = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}

# What axe leaves open is told apart by why: what lies under the bar at the foot can be scrolled clear of it, and what
# is on another page of the board is looked at when it is leafed to.
FINDINGS = """async ([how, reviewed]) => {
  scrollTo(0, 0);
  const { violations, incomplete } = await axe.run({ ...how, resultTypes: ["violations", "incomplete"] });
  const list = (found) => found.flatMap(({ id, nodes }) => nodes.map((node) => ({ rule: id, ...node })));
  const why = (element, data) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const room = element.closest(".window")?.getBoundingClientRect();
    if (room && (left >= room.right - 2 || right <= room.left + 2)) return "awayFromTheWindow";
    const over = [top + 1, bottom - 1].map((y) => document.elementFromPoint((left + right) / 2, y));
    return over.some((each) => each?.closest(".dock, .used") && !each.contains(element))
      ? "underTheDock" : data?.messageKey?.replace(/Obscured|Obscuring/, "");
  };
  const open = list(incomplete).map(({ rule, target, any }) => {
    const element = document.querySelector(target[0]);
    const by = reviewed.findIndex(([name, key, selector]) =>
      name === rule && key === why(element, any[0]?.data) && element.matches(selector));
    return [by, `${rule} (${why(element, any[0]?.data)}): ${target.join(" ")}`];
  });
  return [
    list(violations).map(({ rule, html, failureSummary }) => `${rule}: ${html.slice(0, 200)} ${failureSummary}`),
    open.filter(([by]) => by < 0).map(([, words]) => words),
    [...new Set(open.map(([by]) => by))],
  ];
}"""


class Left(NamedTuple):
    """What axe cannot judge, and we have: in the places named, and in any other that has it, too."""

    rule: str
    key: str
    selector: str
    places: tuple[str, ...]
    reason: str


# `incomplete` is to equal this: what is not here is a fault, and so is what is here and no longer found in its places.
REVIEWED = [
    Left(
        "color-contrast", "pseudoContent", ".steps span", ("console-draft",),
        "The disc of a phase stands above its word, never behind it.",
    ),
    Left(
        "color-contrast", "imgNode", "svg text, svg tspan", ("results",),
        "Letters of a chart, on the white that it brings along: tests/test_contrast.py computes them.",
    ),
    Left(
        "color-contrast", "shortTextContent", "svg text, svg tspan, .agenda .number, small", ("results",),
        "Figures of one digit, in the colours of the longer ones.",
    ),
    Left(
        "color-contrast", "equalRatio", "button, .button", ("join",),
        "In forced colours the system paints buttons, ButtonText on ButtonFace; axe reads other colours off the sheet.",
    ),
    Left(
        "color-contrast", "underTheDock", "main *, .dock *", ("paper",),
        "What lies under the bar at the foot scrolls clear of it, as the walk along the stops shows.",
    ),
    Left(
        "color-contrast", "awayFromTheWindow", ".window *", ("board-vote-page-two",),
        "Responses on the board's other pages have the colours of those on this one.",
    ),
    Left(
        "color-contrast", "bgOverlap", ".board *", ("board-gather",),
        "Areas of the board's grid lie over one another; they have no colour of their own there.",
    ),
    Left(
        "color-contrast", "elmPartially", ".window .text *, .window h3, .board [data-length] *",
        ("board-vote-many",),
        "Lines of one response stand close: axe takes the boxes of their letters for an overlap.",
    ),
    Left(
        "color-contrast", "nonBmp", ".help kbd", ("board-help",),
        "Arrows have the colour of the letters beside them.",
    ),
]  # fmt: skip


class Findings(NamedTuple):
    violations: list[str]
    unreviewed: list[str]
    reviewed: set[int]


def ask(page: Page, how: dict[str, Any]) -> Findings:
    """What breaks a rule; what axe leaves open and nobody has looked at; and which of `REVIEWED` it left open again."""
    violations, unreviewed, reviewed = page.evaluate(FINDINGS, [how, [each[:3] for each in REVIEWED]])
    return Findings(violations, unreviewed, set(reviewed) - {-1})

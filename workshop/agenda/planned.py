"""What is planned, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workshop import rules

LONGEST_TITLE = 100
LONGEST_PROMPT = 200
MOST_RESPONSES = 500
MOST_EXERCISES = 30
MOST_SHARE = 100
FEWEST_SIDES, MOST_SIDES = 2, len(rules.OWN_SIDES)


@dataclass(frozen=True, slots=True)
class PlannedSide:
    key: str
    name: str | None
    sign: str
    prompt: str | None = None
    allowance: int | None = None
    name_in: dict[str, str] | None = None
    prompt_in: dict[str, str] | None = None
    """Both in further languages, by their codes."""

    @property
    def names(self) -> list[str]:
        """What it is called, in all of its languages."""
        return [self.name, *(self.name_in or {}).values()] if self.name else [self.key]


YES_AND_NO = (PlannedSide("yes", None, "tick"), PlannedSide("no", None, "cross"))
NO_COLUMNS = (PlannedSide(rules.OPEN_SIDE, None, "circle"),)


@dataclass(frozen=True, slots=True)
class PlannedExercise:
    kind: str = "columns"
    prompt: str | None = None
    """None where each column has its own."""
    prompt_in: dict[str, str] | None = None
    """The prompt in further languages, by their codes."""
    sides: tuple[PlannedSide, ...] = YES_AND_NO
    allowance: int = rules.DEFAULT_ALLOWANCE
    most_per_response: int | None = None
    totals: str = "hidden"
    checks_first: bool = False
    locked: bool = False
    longest: int = rules.LONGEST_RESPONSE
    own_allowed: bool = True
    order: str = "shuffled"
    cut: int | None = None
    cut_share: int | None = None
    responses: tuple[tuple[str, str], ...] = ()
    """(side, text) of those that are there from the start."""


@dataclass(frozen=True, slots=True)
class Agenda:
    title: str
    exercises: tuple[PlannedExercise, ...]
    simulated: bool = False
    lenses: tuple[str, ...] = ()
    """What people are asked to say of themselves; empty where they are not."""
    language: str = "en"
    """What the title, the prompts and the names of columns are in."""
    title_in: dict[str, str] | None = None
    """The title in further languages, by their codes."""

    def called(self, title: str, title_in: dict[str, str] | None = None) -> Agenda:
        """The same under another title. What the former is in other languages does not go with a new one."""
        if title == self.title and title_in is None:
            return self
        return replace(self, title=title, title_in=title_in)

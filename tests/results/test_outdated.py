"""What is said of a scope whose results have changed, with plain items and plain results."""

from __future__ import annotations

from typing import Any

from workshop.models import ScopeItem
from workshop.results.scope.deriving import Derived
from workshop.results.scope.outdated import Outdated, outdated

FIGURES = {"dots": 4, "people": 2, "rank": "1", "side": "YES"}


def said(response: int, section: str = "in", text: str = "Users", **evidence: Any) -> Derived:
    return Derived(1, response, section, text, "", FIGURES | evidence)


def item(response: int, *, removed: bool = False, derived: dict[str, Any] | None = None, **fields: Any) -> ScopeItem:
    """An item as it came from `said`, and was edited to `fields`."""
    plain = {"exercise": 1, "section": "in", "text": "Users", "evidence": dict(FIGURES)}
    kept = {"section": "in", "text": "Users", "note": ""} if derived is None else derived
    return ScopeItem(response=response, removed=removed, derived=kept, **plain | fields)


def test_a_scope_that_has_what_results_say_is_not_outdated() -> None:
    assert outdated({1: [said(1), said(2)]}, [item(1), item(2)]) == Outdated(0, 0, 0)


def test_other_figures_another_section_and_other_words_are_changes() -> None:
    for other in (said(1, dots=5), said(1, "parked"), said(1, text="People")):
        assert outdated({1: [other]}, [item(1)]) == Outdated(0, 1, 0)


def test_a_column_in_another_language_is_no_change_nor_is_what_somebody_edited() -> None:
    assert outdated({1: [said(1, side="IE")]}, [item(1, text="People", section="out")]) == Outdated(0, 0, 0)


def test_what_somebody_removed_stays_removed_and_what_a_result_removed_may_come_back() -> None:
    dropped = {"section": "in", "text": "Users", "note": "", "dropped": True}
    assert outdated({1: [said(1, dots=9)]}, [item(1, removed=True)]) == Outdated(0, 0, 0)
    assert outdated({1: [said(1)]}, [item(1, removed=True, derived=dropped)]) == Outdated(1, 0, 0)


def test_what_is_no_longer_above_the_line_is_told_until_it_is_marked() -> None:
    assert outdated({1: []}, [item(1)]) == Outdated(0, 0, 1)
    assert outdated({1: []}, [item(1, evidence=FIGURES | {"below": True})]) == Outdated(0, 0, 0)
    # An exercise without a line says nothing.
    assert outdated({}, [item(1)]) == Outdated(0, 0, 0)

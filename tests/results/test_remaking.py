"""Findings made anew from a file of ballots: figure by figure those of the results, and every other is noticed."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from tests.cast import BY
from tests.results.whole_vote import WholeVote
from workshop.actions import hosting, run_off, voting
from workshop.ballot_box import BallotBox
from workshop.errors import NotUnderstood
from workshop.results import agreement, recounting, rereading
from workshop.rules import Move
from workshop.store import Store

DETERMINED = {"line", "stability", "breadth", "themes", "contested", "split", "order"}


@pytest.fixture
def vote(store: Store, box: BallotBox) -> WholeVote:
    return WholeVote(store, box)


def figures(ballots: bytes, results: Any) -> list[agreement.Figure]:
    places, share = agreement.line_of(results)
    return agreement.compare(recounting.recount(rereading.read(ballots), places=places, share=share), results)


def differences(ballots: bytes, results: Any) -> list[str]:
    return [str(each) for each in figures(ballots, results) if not each.agrees]


def leaves(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every figure in a value of JSON."""
    if isinstance(value, dict | list):
        for name, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(each, (*at, name))
    else:
        yield at


def changed(results: Any, at: tuple[Any, ...]) -> Any:
    """The results with another figure there."""
    there = results = copy.deepcopy(results)
    for name in at[:-1]:
        there = there[name]
    there[at[-1]] = there[at[-1]] + 1 if type(there[at[-1]]) in (int, float) else "changed"
    return results


def test_every_finding_that_ballots_determine_is_made_anew_and_agrees(vote: WholeVote) -> None:
    ballots, results = vote.ballots, vote.results
    found = results["findings"]
    assert set(found) == DETERMINED
    # Otherwise there would be nothing to compare.
    assert found["contested"]["data"]["pairs"][0]["responses"] == [3, 7]
    assert found["split"]["data"]["groups"][0]["responses"] == [1, 2]
    assert [each["theme"] for each in found["themes"]["data"]["themes"]] == ["Getting here", "Being here", None]
    assert differences(ballots, results) == []
    compared = {each.where for each in figures(ballots, results)}
    assert {
        "findings",
        "findings.line.margin",
        "findings.stability.responses[1].verdict",
        "findings.breadth.responses[3].half_or_more_from_one",
        "findings.themes.themes[1].dots",
        "findings.contested.pairs[1].people_on_both",
        "findings.contested.pairs[1].wordings[2]",
        "findings.split.groups[1].rank",
        "findings.order.arrival.p",
    } <= compared


def test_any_figure_of_a_finding_that_was_changed_is_noticed(vote: WholeVote) -> None:
    ballots, results = vote.ballots, vote.results
    found = results["findings"]
    ways = [(key, *way) for key in DETERMINED for way in leaves(found[key]["data"], ("data",))]
    # What is not in ballots: which order people saw, and where on it their dots lay.
    theirs = [way for way in ways if way[:2] != ("order", "data") or way[2] == "arrival"]
    assert len(theirs) > 150
    unnoticed = [way for way in theirs if not differences(ballots, changed(results, ("findings", *way)))]
    assert unnoticed == []


def test_a_finding_that_was_taken_out_or_put_in_is_noticed(vote: WholeVote) -> None:
    ballots, results = vote.ballots, vote.results
    less = copy.deepcopy(results)
    del less["findings"]["split"]
    assert any(each.startswith("findings: ") for each in differences(ballots, less))
    more = copy.deepcopy(results)
    more["findings"]["praise"] = {"data": {}}
    assert any(each.startswith("findings: ") for each in differences(ballots, more))
    shorter = copy.deepcopy(results)
    shorter["findings"]["breadth"]["data"]["responses"].pop()
    assert any(each.startswith("findings.breadth.responses: ") for each in differences(ballots, shorter))


# What a facilitator decided or wrote, what is known of the room, and what is said in words: not in ballots.
UNDETERMINED = {
    "format", "version", "voted", "provisional", "joined", "in_the_room", "notes", "opened_at", "rehearsal", "prompt",
    "phase", "totals", "note", "cut_share", "run_off", "sentence", "theme", "heading", "sentences", "meaning",
}  # fmt: skip


def test_nothing_that_ballots_determine_can_be_taken_out_unnoticed(vote: WholeVote) -> None:
    ballots, results = vote.ballots, vote.results
    # One of each kind: all rows of a list have the same names.
    ways = {tuple(name for name in way if isinstance(name, str)): way for way in members(results)}.values()
    unnoticed = {way for way in ways if not noticed(ballots, without(results, way))}
    of_order = ("findings", "order", "data")
    of_screens = {way for way in unnoticed if way[:3] == of_order and way[3:4] in {("order",), ("position",)}}
    of_merged = {way for way in unnoticed if "merged" in way and way[-1] == "response"}
    assert {way[-1] for way in unnoticed - of_screens - of_merged} == UNDETERMINED
    assert len(ways) - len(unnoticed) > 90


def members(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to everything that has a name in a value of JSON."""
    if isinstance(value, dict | list):
        for name, each in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(value, dict):
                yield (*at, name)
            yield from members(each, (*at, name))


def without(results: Any, at: tuple[Any, ...]) -> Any:
    there = results = copy.deepcopy(results)
    for name in at[:-1]:
        there = there[name]
    del there[at[-1]]
    return results


def noticed(ballots: bytes, results: Any) -> bool:
    """Whether something differs, or this is no file of results any more."""
    try:
        return bool(differences(ballots, results))
    except NotUnderstood:
        return True


def test_what_only_time_or_groups_tell_is_left_to_them(vote: WholeVote) -> None:
    results = vote.results
    results["findings"]["herding"] = {"data": {"p": 0.5}}
    results["findings"]["lenses"] = {"data": {"groups": []}}
    results["findings"]["order"]["data"]["position"]["figure"] = 0.9
    assert differences(vote.ballots, results) == []


def test_a_line_by_share_and_none_at_all_agree_too(store: Store, box: BallotBox) -> None:
    for share in (60, None):
        vote = WholeVote(store, box, places=None, share=share)
        assert differences(vote.ballots, vote.results) == []


def test_a_tie_that_a_run_off_has_settled_agrees(store: Store, box: BallotBox) -> None:
    vote = WholeVote(store, box, places=3)
    tied = vote.results["line"]["tied"]
    assert len(tied) > 1
    number, _ = run_off.start_run_off(store, vote.room.id, 1, by=BY)
    assert differences(vote.ballots, vote.results) == []
    voter = vote.room.person()
    voting.move_dots(box, vote.room.id, voter.id, number, [Move(1, 0, 1, "settles")])
    for here, there in pairwise(("vote", "reveal", "discuss")):
        hosting.step(store, vote.room.id, number, here, there, by=BY)
    results = vote.results
    assert len(results["line"]["forward"]) == 3
    assert differences(vote.ballots, results) == []


SHAPES: tuple[Any, ...] = (None, 5, [], {}, {"themes": 5}, {"themes": [5, {"theme": 7}]}, {"order": "shared"})


def test_findings_of_any_shape_are_compared_and_differ(vote: WholeVote) -> None:
    ballots, results = vote.ballots, vote.results
    for data in SHAPES:
        for key in DETERMINED:
            broken = copy.deepcopy(results)
            broken["findings"][key]["data"] = data
            assert differences(ballots, broken), (key, data)
        assert differences(ballots, results | {"findings": dict.fromkeys(DETERMINED, data)})

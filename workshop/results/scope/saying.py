"""What a scope holds, in lines that can be read: for those who only read it, and for comparing two versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext, ngettext

from workshop.errors import N_
from workshop.results.scope.fields import Field
from workshop.results.scope.phrases import EMPTY, PRIORITIES, are_apart, firmness_said, support_said

__all__ = ["EMPTY", "PRIORITIES", "SECTIONS", "are_apart", "evidence_line", "lines_of"]

SECTIONS = {"in": N_("In scope"), "out": N_("Out of scope"), "parked": N_("Contested and parked")}
# What says itself what it is, beside the first column of its row.
PLAIN = ("people", "when", "agreed", "name", "side")
CHOSEN = {
    ("agreed", "not_yet"): N_("not agreed yet"), ("agreed", "yes"): N_("agreed"), ("agreed", "no"): N_("not agreed"),
    ("side", "council"): N_("for the council"), ("side", "peers"): N_("for the peer team"),
}  # fmt: skip


def evidence_line(item: Mapping[str, Any], *, several: bool = False) -> str:
    """R7, 9 dots from 6 people, rank 2=, safe above the line. `several` says whether its exercise has to be named.
    Empty for what was written by hand.
    """
    evidence = item["evidence"]
    if not item["response"]:
        return ""
    said = [item["response"]]
    if several and item["exercise"]:
        said.append(gettext("exercise %(number)s", number=item["exercise"]))
    if "dots" in evidence:
        said.append(support_said(evidence))
    if evidence.get("rank"):
        said.append(gettext("rank %(rank)s", rank=evidence["rank"]))
    if firmness := firmness_said(evidence):
        said.append(firmness)
    return ", ".join(said)


def lines_of(field: Field, value: Any) -> list[str]:
    """What a field of a part says, a line each. Nothing where it is empty."""
    if value in (None, "", []):
        return []
    if field.kind == "lines":
        return [str(each) for each in value]
    if field.kind == "rows":
        return [line for line in (_row(field, each) for each in value) if line]
    if field.kind == "choice":
        return [_chosen(field, value)]
    return str(value).splitlines()


def _row(field: Field, value: Mapping[str, Any]) -> str:
    """Councillor – 2 people. The first column says what the row is about, and needs no label."""
    first, *others = field.columns
    about = "; ".join(lines_of(first, value.get(first.name)))
    said = "; ".join(filter(None, (_beside(column, value.get(column.name)) for column in others)))
    return " – ".join(filter(None, (about, said)))


def _beside(column: Field, value: Any) -> str:
    """2 people; not agreed yet; Skills: finance."""
    if column.name == "people" and value:
        return str(ngettext("%(num)s person", "%(num)s people", value))
    if words := CHOSEN.get((column.name, value)):
        return str(gettext(words))
    words = "; ".join(lines_of(column, value))
    return words if column.name in PLAIN or not words else f"{gettext(column.label)}: {words}"


def _chosen(field: Field, value: str) -> str:
    words = dict(field.choices).get(value)
    return gettext(words) if words else str(value)

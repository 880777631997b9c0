"""What a scope takes from results beside its items. A version keeps it, and so says the same whatever changes later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from sqlalchemy.orm import Session

from workshop.documents import Block
from workshop.documents.keeping import from_data, to_data
from workshop.languages import in_a_file
from workshop.models import Workshop
from workshop.results.reporting import Report, report
from workshop.results.scope.annex import annex
from workshop.results.scope.counted import result_data
from workshop.results.scope.method import made_up, method


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a scope stands on, as blocks of its document and as data of its JSON."""

    title: str
    """The workshop's."""
    mark: str
    """Rehearsal or Simulated, for every page; empty where people and their dots are real."""
    simulated: bool
    made_up: Sequence[Block]
    method: Sequence[Block]
    annex: Sequence[Block]
    results: Sequence[Mapping[str, Any]]


def grounds_of(content: Mapping[str, Any], reports: Sequence[Report], title: str) -> Grounds:
    """`content` is what `reading.content` gives, `reports` are on the exercises that the annex has in full."""
    here = reports[0].workshop if reports else None
    return Grounds(
        title=title,
        mark=_mark(here) if here else "",
        simulated=here is not None and (here.simulated or here.is_rehearsal),
        made_up=list(made_up(here)) if here else [],
        method=list(method(content["parts"], reports)),
        annex=list(annex(content, reports)),
        results=[result_data(each) for each in reports],
    )


def read_grounds(session: Session, workshop: Workshop, content: Mapping[str, Any]) -> Grounds:
    """Those of the results as they stand, in English as all files are: every exercise whose result everybody has been
    shown, or that was talked about. What can still change is no part of what is signed.
    """
    with in_a_file():
        reports = [report(session, each) for each in workshop.exercises if each.phase in ("discuss", "closed")]
        return grounds_of(content, reports, workshop.title)


def keep(grounds: Grounds) -> dict[str, Any]:
    """As a version keeps it, in JSON."""
    return {
        "title": grounds.title,
        "mark": grounds.mark,
        "simulated": grounds.simulated,
        "made_up": to_data(grounds.made_up),
        "method": to_data(grounds.method),
        "annex": to_data(grounds.annex),
        "results": list(grounds.results),
    }


def kept(data: Mapping[str, Any]) -> Grounds:
    """What `keep` was given."""
    blocks = {name: from_data(data[name]) for name in ("made_up", "method", "annex")}
    return Grounds(**{**data, **blocks})


def _mark(workshop: Workshop) -> str:
    if workshop.is_rehearsal:
        return str(gettext("Rehearsal"))
    return str(gettext("Simulated")) if workshop.simulated else ""

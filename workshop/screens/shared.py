"""What each audience sees. Reads, and never writes.

Secrecy lives here: what an audience may not know is not in its screen, so no template and no message can let it out.
Before the reveal nobody's screen holds how many dots a response has, unless the facilitator chose live totals; how
many dots are placed in all, wherever they are, is for the board and the console.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from workshop import likeness, rules
from workshop.ballots import resolved
from workshop.likeness import Candidate
from workshop.models import Ballot, Dot, Exercise, Note, Participant, Response, Side, Theme, Workshop
from workshop.results import counting, recount
from workshop.results.counting import Result

# What fits along the foot of a board.
MOST_DISCS = 128

AUDIENCES = ("participant", "board", "console", "moderation")
AT_THE_DESK = ("console", "moderation")


@dataclass(frozen=True, slots=True)
class Screen:
    """What one audience may see of a workshop. What it may not see is None."""

    audience: str
    version: int
    workshop: Workshop
    exercise: Exercise
    responses: Sequence[Response]
    """The live ones in the order of their numbers."""
    merged: Mapping[int, Sequence[Response]] = field(default_factory=dict)
    """The originals that stand under a response, by its number."""
    themes: Sequence[Theme] = ()
    alike: Sequence[tuple[Response, Response]] = ()
    """Pairs that may say the same, the likest first."""
    pending: Sequence[Response] = ()
    withdrawn: Sequence[Response] = ()
    notes: Mapping[int, Note] = field(default_factory=dict)
    """By the number of their response; the exercise's own is 0."""
    joined: int | None = None
    waiting: int | None = None
    """How many are in the lobby."""
    started: int | None = None
    """How many have placed a dot."""
    finished: int | None = None
    placed: int | None = None
    """Dots placed in all."""
    totals: dict[int, int] | None = None
    """Dots on each response."""
    result: Result | None = None
    fingerprint: str = ""
    """That of the file of ballots, where there is a result to see."""

    @property
    def phase(self) -> str:
        return self.exercise.phase

    def on_side(self, side: str) -> list[Response]:
        return [response for response in self.responses if response.side == side]

    def side(self, response: Response) -> Side:
        return self.exercise.side(response.side)

    @property
    def not_started(self) -> int | None:
        """How many of those who joined have not placed a dot: a number, and never who."""
        return None if self.started is None else max(0, (self.joined or 0) - self.started)

    @property
    def spotlight(self) -> Response | None:
        """The response that everybody is shown large, while there is something to talk about."""
        shown = self.exercise.spotlight if rules.discussion_is_open(self.phase) else None
        # Every card asks: without one, none has to be looked for.
        if shown is None:
            return None
        return next((response for response in self.responses if response.number == shown), None)

    @property
    def to_discuss(self) -> list[Response]:
        """The responses in the order in which they are talked about: by rank where there is one, else as they stand
        on the board.
        """
        if self.result:
            return [self.result.responses[standing.response] for standing in self.result.standings]
        sides = [side.key for side in self.exercise.sides]
        lists = [name for side in sides for name in (*(f"{side}_{theme.number}" for theme in self.headings), side)]
        return [response for name in lists for response in self.in_list(name)]

    @property
    def beside_the_spotlight(self) -> tuple[Response | None, Response | None]:
        """What is talked about before the response in the spotlight, and after it; without one, what comes first."""
        order = [None, *self.to_discuss, None]
        place = order.index(self.spotlight)
        return order[place - 1], order[place + 1]

    def note(self, response: int) -> str:
        """What is noted down on a response; 0 is the exercise."""
        return self.notes[response].text if response in self.notes else ""

    @property
    def is_rehearsal(self) -> bool:
        return self.workshop.is_rehearsal

    def in_theme(self, theme: Theme | None) -> list[Response]:
        """The responses under a theme, or under none."""
        return [response for response in self.responses if self.theme(response) is theme]

    def theme(self, response: Response) -> Theme | None:
        """The theme of a response, or None where it has none or its theme was removed."""
        return next((theme for theme in self.themes if theme.number == response.theme), None)

    @property
    def headings(self) -> Sequence[Theme]:
        """The themes that responses are listed under on phones and boards: none while people write or vote."""
        return self.themes if self.phase in ("group", "discuss", "closed") and self.result is None else ()

    @property
    def offers_grouping(self) -> bool:
        """Whether the desk has the tools for it at hand: not once people have voted."""
        return self.phase in ("draft", "gather", "group", "discuss") and not self.exercise.revealed

    def list_of(self, response: Response) -> str:
        """The name of the list that phones and boards have a response in."""
        theme = self.theme(response) if self.headings else None
        return f"{response.side}_{theme.number}" if theme else response.side

    def in_list(self, name: str) -> list[Response]:
        return [response for response in self.responses if self.list_of(response) == name]

    def shuffled(self, seed: int) -> list[Response]:
        """The responses in a participant's own order."""
        by_number = {response.number: response for response in self.responses}
        if self.exercise.order == "shared":
            return list(self.responses)
        return [by_number[number] for number in rules.shuffled(by_number, seed)]

    @property
    def disc_worth(self) -> int:
        """How many dots one disc at the board's foot stands for: one, unless the room has very many."""
        return max(1, -(-self.dots // MOST_DISCS))

    @property
    def discs(self) -> tuple[int, int]:
        """The discs at the board's foot: how many are filled, of how many."""
        return (self.placed or 0) // self.disc_worth, -(-self.dots // self.disc_worth)

    @property
    def dots(self) -> int:
        """The dots of everybody who joined."""
        return (self.joined or 0) * self.exercise.allowance


def screen(session: Session, workshop_id: int, audience: str) -> Screen | None:
    """What `audience` sees now, or None where the workshop is gone."""
    workshop = session.get(Workshop, workshop_id)
    if workshop is None:
        return None
    exercise = workshop.exercise
    rows = session.scalars(select(Response).where(Response.exercise_id == exercise.id).order_by(Response.number)).all()
    at_the_desk, at_the_front = audience in AT_THE_DESK, audience != "participant"
    live = [row for row in rows if row.state == "live"]
    withdrawn = [row for row in rows if row.state == "withdrawn"]
    # At the desk, what stands under a withdrawn response is seen with it; elsewhere neither is.
    standing = {row.number for row in (*live, *(withdrawn if at_the_desk else ()))}
    merged = resolved({row.number: row.merged_into for row in rows if row.state == "merged"}, standing)
    result = counting.count(session, exercise) if exercise.totals_are_public else None
    return Screen(
        audience=audience,
        version=version_for(workshop.version, workshop.tally_version, audience, exercise.totals),
        workshop=workshop,
        exercise=exercise,
        responses=live if at_the_desk or exercise.phase != "draft" else [],
        merged=counting.merged_under(rows, merged),
        themes=session.scalars(
            select(Theme).where(Theme.exercise_id == exercise.id, ~Theme.removed).order_by(Theme.number)
        ).all(),
        alike=_alike(live) if at_the_desk and _may_be_grouped(exercise) else (),
        pending=[row for row in rows if row.state == "pending"] if at_the_desk else (),
        withdrawn=withdrawn if at_the_desk else (),
        notes={note.response: note for note in _notes(session, exercise)} if at_the_desk else {},
        joined=counting.joined(session, workshop_id) if at_the_front or exercise.phase == "vote" else None,
        waiting=counting.waiting(session, workshop_id) if at_the_desk else None,
        started=_started(session, exercise) if at_the_desk and exercise.phase in ("vote", "reveal") else None,
        finished=_finished(session, exercise) if exercise.phase == "vote" else None,
        placed=_placed(session, exercise) if at_the_front and exercise.phase in ("vote", "reveal") else None,
        totals={each.response: each.dots for each in result.standings} if result else None,
        result=result if exercise.revealed else None,
        fingerprint=recount.fingerprint_of(session, exercise, result) if result and exercise.revealed else "",
    )


def version(session: Session, workshop_id: int, audience: str) -> int | None:
    """The version that `screen` would have, without the rest of it."""
    row = session.execute(
        select(Workshop.version, Workshop.tally_version, Exercise.totals)
        .join(Exercise, (Exercise.workshop_id == Workshop.id) & (Exercise.number == Workshop.on))
        .where(Workshop.id == workshop_id)
    ).one_or_none()
    return row and version_for(row.version, row.tally_version, audience, row.totals)


def version_for(version: int, tally_version: int, audience: str, totals: str) -> int:
    """The version of an audience's screen. Moves of dots count only where something of them may be seen."""
    sees_dots = audience != "participant" or totals == "live"
    return version + tally_version if sees_dots else version


def _finished(session: Session, exercise: Exercise) -> int:
    finished = (
        select(func.count())
        .join_from(Ballot, Participant, Ballot.participant_id == Participant.id)
        .where(Ballot.exercise_id == exercise.id, Ballot.finished, Participant.state == "in")
    )
    return session.scalar(finished) or 0


def _placed(session: Session, exercise: Exercise) -> int:
    # Those on withdrawn responses as well: if the sum fell when one is withdrawn, it would tell how many lay there.
    placed = (
        select(func.count())
        .join_from(Dot, Participant, Dot.participant_id == Participant.id)
        .where(
            Dot.exercise_id == exercise.id,
            Dot.number <= exercise.allowance,
            Dot.response.is_not(None),
            Participant.state == "in",
        )
    )
    return session.scalar(placed) or 0


def _started(session: Session, exercise: Exercise) -> int:
    started = (
        select(func.count(distinct(Dot.participant_id)))
        .join(Participant, Participant.id == Dot.participant_id)
        .where(
            Dot.exercise_id == exercise.id,
            Dot.number <= exercise.allowance,
            Dot.response.is_not(None),
            Participant.state == "in",
        )
    )
    return session.scalar(started) or 0


def _notes(session: Session, exercise: Exercise) -> Sequence[Note]:
    return session.scalars(select(Note).where(Note.exercise_id == exercise.id)).all()


def _may_be_grouped(exercise: Exercise) -> bool:
    """Whether it is worth saying which responses may be one idea twice: not once people have voted on them."""
    return exercise.phase in ("gather", "group", "discuss") and not exercise.revealed


def _alike(live: Sequence[Response]) -> list[tuple[Response, Response]]:
    by_number = {row.number: row for row in live}
    pairs = likeness.remembered(tuple(Candidate(row.number, row.side, row.text) for row in live))
    return [(by_number[pair.one], by_number[pair.other]) for pair in pairs]

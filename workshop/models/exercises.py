"""An exercise: its columns, responses, themes and notes, and the ballots that are cast in it."""

from __future__ import annotations

import hashlib

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop import rules
from workshop.languages import said_in
from workshop.models.base import Base, one_of
from workshop.models.workshops import Workshop


class Exercise(Base):
    """One activity with a prompt, or with one prompt for each column. Its number names it; its place is where it
    stands in the agenda.
    """

    __tablename__ = "exercise"
    KINDS = rules.KINDS
    TOTALS = ("hidden", "live")
    ORDERS = ("shuffled", "shared")
    AT_ZERO = ("remind", "close")

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"))
    number: Mapped[int]
    place: Mapped[int]
    removed: Mapped[bool] = mapped_column(default=False)
    skipped: Mapped[bool] = mapped_column(default=False)
    kind: Mapped[str] = mapped_column(default="columns")
    prompt: Mapped[str | None]
    """None where each column has its own."""
    prompt_in: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    """The prompt in other languages, by their codes."""
    phase: Mapped[str] = mapped_column(default="draft")
    revealed: Mapped[bool] = mapped_column(default=False)
    """Whether everybody has been shown the result of the vote."""

    checks_first: Mapped[bool] = mapped_column(default=False)
    """Whether a response is shown only when the facilitator has checked it."""
    locked: Mapped[bool] = mapped_column(default=False)
    """Whether nobody may write responses, though the phase would allow it."""
    longest: Mapped[int] = mapped_column(default=rules.LONGEST_RESPONSE)

    allowance: Mapped[int] = mapped_column(default=rules.DEFAULT_ALLOWANCE)
    most_per_response: Mapped[int | None]
    totals: Mapped[str] = mapped_column(default="hidden")
    own_allowed: Mapped[bool] = mapped_column(default=True)
    """Whether people may put dots on what they wrote themselves."""
    order: Mapped[str] = mapped_column("response_order", default="shuffled")
    cut: Mapped[int | None]
    """How many priorities go forward: the line is drawn under that many."""
    cut_share: Mapped[int | None]
    """Instead of that: the share of all dots, in per cent, that what goes forward holds at least."""
    run_off_of: Mapped[int | None]
    """The number of the exercise whose tie this one settles."""
    in_the_room: Mapped[int | None]
    """How many people the facilitator counted before the reveal."""

    spotlight: Mapped[int | None]
    """The number of the response that everybody is shown large."""
    timer_ends: Mapped[int | None] = mapped_column(BigInteger)
    """When the running timer is at zero, in milliseconds since 1970."""
    timer_left: Mapped[int | None]
    """What a stopped timer has left, in milliseconds."""
    at_zero: Mapped[str] = mapped_column(default="remind")

    workshop: Mapped[Workshop] = relationship(back_populates="all_exercises")
    sides: Mapped[list[Side]] = relationship(
        order_by="Side.place", primaryjoin="and_(Exercise.id == Side.exercise_id, Side.place > 0)"
    )
    """Its columns, from left to right. An open exercise has one, without a name."""

    __table_args__ = (
        UniqueConstraint("workshop_id", "number"),
        one_of("kind", KINDS, "kind_known"),
        one_of("phase", rules.PHASES, "phase_known"),
        one_of("totals", TOTALS, "totals_known"),
        one_of("response_order", ORDERS, "order_known"),
        one_of("at_zero", AT_ZERO, "at_zero_known"),
        CheckConstraint(f"allowance BETWEEN 1 AND {rules.MOST_ALLOWANCE}", name="allowance_in_range"),
        CheckConstraint("most_per_response BETWEEN 1 AND allowance", name="most_in_range"),
        CheckConstraint(
            f"longest BETWEEN {rules.SHORTEST_CAP} AND {rules.LONGEST_CAP}",
            name="longest_in_range",
        ),
        CheckConstraint("cut >= 1", name="cut_from_one"),
        CheckConstraint("cut_share BETWEEN 1 AND 100", name="cut_share_in_range"),
        CheckConstraint("cut IS NULL OR cut_share IS NULL", name="one_line"),
        CheckConstraint("in_the_room >= 0", name="room_not_negative"),
        CheckConstraint("timer_ends IS NULL OR timer_left IS NULL", name="timer_runs_or_stands"),
    )

    @property
    def is_on(self) -> bool:
        return self.workshop.on == self.number

    @property
    def totals_are_public(self) -> bool:
        return rules.totals_are_public(self.phase, self.totals, self.revealed)

    @property
    def has_results(self) -> bool:
        return rules.results_are_ready(self.phase, self.revealed)

    @property
    def can_be_taken_away(self) -> bool:
        return rules.can_be_taken_away(self.phase, self.revealed)

    @property
    def prompts(self) -> dict[str, str]:
        """The prompt of each column, where each has its own; otherwise empty."""
        return {} if self.prompt is not None else {side.key: side.prompt or "" for side in self.sides}

    def clear_timer(self) -> None:
        """Each step has its own time, and its own end of it. They are no part of what undoing brings back."""
        self.timer_ends = self.timer_left = None
        self.at_zero = "remind"

    @property
    def asked(self) -> str:
        """The prompt, or all of them: what an agenda calls the exercise."""
        return self.prompt or " · ".join(self.prompts.values())

    def asked_in(self, code: str) -> tuple[str, str]:
        """The same for a reader of `code`, and the language that it is in: one for all of it."""
        if self.prompt is not None:
            return said_in(code, self.language, self.prompt, self.prompt_in)
        said = [said_in(code, self.language, side.prompt, side.prompt_in) for side in self.sides]
        if all(language == code for _, language in said):
            return " · ".join(text for text, _ in said), code
        return self.asked, self.language

    @property
    def language(self) -> str:
        """The one that it is written in."""
        return self.workshop.language

    @property
    def languages(self) -> list[str]:
        """The workshop's own, and those that something of it is written in beside."""
        others = (self.prompt_in, *(written for side in self.sides for written in (side.name_in, side.prompt_in)))
        return [self.language, *sorted({code for each in others for code in each or ()} - {self.language})]

    def side(self, key: str) -> Side:
        return next(side for side in self.sides if side.key == key)


class Side(Base):
    """A column. Those called YES and NO have no name of their own: it is said in each reader's language."""

    __tablename__ = "side"
    SIGNS = rules.SIGNS

    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int]
    """From 1; a column that was taken away again has none, and 0 stands here."""
    name: Mapped[str | None]
    sign: Mapped[str]
    prompt: Mapped[str | None]
    name_in: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    prompt_in: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    """What it is called, and its prompt, in other languages, by their codes."""
    allowance: Mapped[int | None]
    """How many of one's dots may lie in this column."""

    exercise: Mapped[Exercise] = relationship(viewonly=True)

    @property
    def language(self) -> str:
        """The one that its name and its prompt are written in."""
        return self.exercise.language

    __table_args__ = (
        one_of("key", rules.SIDE_KEYS, "key_known"),
        one_of("sign", SIGNS, "sign_known"),
        CheckConstraint("name IS NOT NULL OR key IN ('yes', 'no', 'open')", name="named"),
        CheckConstraint(f"allowance BETWEEN 1 AND {rules.MOST_ALLOWANCE}", name="allowance_in_range"),
        {"sqlite_with_rowid": False},
    )


class Theme(Base):
    """What several responses have in common. Responses point at it."""

    __tablename__ = "theme"

    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    removed: Mapped[bool] = mapped_column(default=False)

    __table_args__ = ({"sqlite_with_rowid": False},)


class Response(Base):
    """What a participant wrote. R7 is the one numbered 7 in its exercise; numbers are never used again."""

    __tablename__ = "response"
    STATES = ("pending", "live", "withdrawn", "merged")

    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    side: Mapped[str]
    text: Mapped[str]
    state: Mapped[str] = mapped_column(default="live")
    """`pending` waits to be checked; `merged` points at the response whose wording was kept."""
    merged_into: Mapped[int | None]
    theme: Mapped[int | None]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id", ondelete="SET NULL"))
    """Lets the author edit it. Never shown to anyone."""
    op: Mapped[str]
    """Names the post that added it, so that the same post sent again adds nothing."""

    __table_args__ = (
        UniqueConstraint("exercise_id", "author_id", "op"),
        ForeignKeyConstraint(["exercise_id", "side"], ["side.exercise_id", "side.key"]),
        ForeignKeyConstraint(["exercise_id", "merged_into"], ["response.exercise_id", "response.number"]),
        ForeignKeyConstraint(["exercise_id", "theme"], ["theme.exercise_id", "theme.number"]),
        one_of("state", STATES, "state_known"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("(state = 'merged') = (merged_into IS NOT NULL)", name="merged_into_one"),
        CheckConstraint("merged_into != number", name="merged_into_another"),
        {"sqlite_with_rowid": False},
    )

    @property
    def wording(self) -> str:
        """Stands for its text: whoever says that they have read it names this."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:12]


class Note(Base):
    """What facilitators wrote down on a response, or on the exercise: then `response` is 0."""

    __tablename__ = "note"

    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="CASCADE"), primary_key=True)
    response: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str]
    saved_at: Mapped[int]

    __table_args__ = ({"sqlite_with_rowid": False},)


class Ballot(Base):
    """What is known of one participant's dots in one exercise beside the dots: whether they have finished."""

    __tablename__ = "ballot"

    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="CASCADE"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True)
    finished: Mapped[bool] = mapped_column(default=False)

    __table_args__ = ({"sqlite_with_rowid": False},)


class Dot(Base):
    """A dot that has been moved: in hand again, or on a response of the same exercise.

    The primary key makes overspending impossible: there is no ninth dot. `rev` counts its moves and `op` names the
    last one.
    """

    __tablename__ = "dot"

    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="CASCADE"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    response: Mapped[int | None]
    rev: Mapped[int]
    op: Mapped[str]
    turn: Mapped[int | None]
    """Where totals were live, and only there: how many moves the workshop had seen when its last one was stored. Those
    stored together have the same. It is for asking whether what people saw moved them; no page and no file holds it.
    A dot on paper has none: when it was entered says nothing of when it was chosen."""

    __table_args__ = (
        ForeignKeyConstraint(["exercise_id", "response"], ["response.exercise_id", "response.number"]),
        CheckConstraint(f"number BETWEEN 1 AND {rules.MOST_ALLOWANCE}", name="number_in_range"),
        CheckConstraint("rev > 0", name="rev_positive"),
        {"sqlite_with_rowid": False},
    )

"""Tables, their constraints, and the questions a row can answer about itself. Nothing here commits.

Times are whole seconds since 1970, UTC. A dot has no time, and a ballot no name: nothing stored ties a person to a
choice beyond the secret on their own phone, of which only the hash is kept.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    LargeBinary,
    MetaData,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from workshop import rules


class Base(DeclarativeBase):
    # Named constraints, so that a later migration can speak of them on every database.
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def _one_of(column: str, words: tuple[str, ...], name: str) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(word) for word in words)})", name=name)


class Workshop(Base):
    """One event, joined by a code."""

    __tablename__ = "workshop"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    simulated: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    """Counts what everybody may know of."""
    tally_version: Mapped[int] = mapped_column(default=0)
    """Counts the moves of dots, which only those who may see totals learn of."""
    opened_at: Mapped[int]

    # What is remembered of a workshop must never be taken for another's: ids are not used again.
    __table_args__ = ({"sqlite_autoincrement": True},)

    exercises: Mapped[list[Exercise]] = relationship(order_by="Exercise.number", back_populates="workshop")

    @property
    def exercise(self) -> Exercise:
        """The exercise that is on."""
        return self.exercises[0]


class Link(Base):
    """A secret link that gives a role. The server's key and `nonce` make its secret again; only the hash is stored."""

    __tablename__ = "link"
    ROLES = ("facilitator", "board", "results")

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), index=True)
    role: Mapped[str]
    nonce: Mapped[str]
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    revoked_at: Mapped[int | None]

    __table_args__ = (_one_of("role", ROLES, "role_known"),)


class Exercise(Base):
    """One activity with a prompt, or with one prompt for each column."""

    __tablename__ = "exercise"
    KINDS = ("columns", "open")
    TOTALS = ("hidden", "live")

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(default="columns")
    prompt: Mapped[str | None]
    yes_prompt: Mapped[str | None]
    no_prompt: Mapped[str | None]
    phase: Mapped[str] = mapped_column(default="draft")
    allowance: Mapped[int] = mapped_column(default=rules.DEFAULT_ALLOWANCE)
    most_per_response: Mapped[int | None]
    totals: Mapped[str] = mapped_column(default="hidden")

    workshop: Mapped[Workshop] = relationship(back_populates="exercises")

    __table_args__ = (
        UniqueConstraint("workshop_id", "number"),
        _one_of("kind", KINDS, "kind_known"),
        _one_of("phase", rules.PHASES, "phase_known"),
        _one_of("totals", TOTALS, "totals_known"),
        CheckConstraint(f"allowance BETWEEN 1 AND {rules.MOST_ALLOWANCE}", name="allowance_in_range"),
        CheckConstraint("most_per_response BETWEEN 1 AND allowance", name="most_in_range"),
        CheckConstraint(
            "(prompt IS NULL) = (yes_prompt IS NOT NULL AND no_prompt IS NOT NULL)",
            name="one_prompt_or_two",
        ),
    )

    @property
    def totals_are_public(self) -> bool:
        return rules.totals_are_public(self.phase, self.totals)

    @property
    def prompts(self) -> dict[str, str]:
        """The prompt of each column, where each has its own; otherwise empty."""
        return {"yes": self.yes_prompt, "no": self.no_prompt} if self.yes_prompt and self.no_prompt else {}


class Participant(Base):
    """Whoever holds one ballot. Nothing is known of them but the hash of the secret on their phone."""

    __tablename__ = "participant"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), index=True)
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    seed: Mapped[int]
    """Shuffles the responses on this participant's phone."""


class Response(Base):
    """What a participant wrote. R7 is the one numbered 7 in its exercise; numbers are never used again."""

    __tablename__ = "response"
    STATES = ("live", "withdrawn")

    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    side: Mapped[str]
    text: Mapped[str]
    state: Mapped[str] = mapped_column(default="live")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id", ondelete="SET NULL"))
    """Lets the author edit it. Never shown to anyone."""
    op: Mapped[str]
    """Names the post that added it, so that the same post sent again adds nothing."""

    __table_args__ = (
        UniqueConstraint("exercise_id", "author_id", "op"),
        _one_of("side", rules.SIDES, "side_known"),
        _one_of("state", STATES, "state_known"),
        CheckConstraint("number >= 1", name="number_from_one"),
        {"sqlite_with_rowid": False},
    )


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

    __table_args__ = (
        ForeignKeyConstraint(["exercise_id", "response"], ["response.exercise_id", "response.number"]),
        CheckConstraint(f"number BETWEEN 1 AND {rules.MOST_ALLOWANCE}", name="number_in_range"),
        CheckConstraint("rev > 0", name="rev_positive"),
        {"sqlite_with_rowid": False},
    )

"""A workshop, what was done with it, and the agendas that are kept for another time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.models.base import Base, one_of

if TYPE_CHECKING:
    from workshop.models.exercises import Exercise


class Workshop(Base):
    """One event, joined by a code."""

    __tablename__ = "workshop"
    DOORS = ("open", "capped", "slips")
    BOARD_SIZES = ("small", "usual", "large")
    BOARD_THEMES = ("light", "white", "dark")
    BOARD_LANGUAGES = ("one", "both")

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")
    """The language that its title and prompts are in."""
    title_in: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    """The title in other languages, by their codes."""
    simulated: Mapped[bool] = mapped_column(default=False)
    """Whether its participants are made up, in a demonstration or a rehearsal."""
    rehearsal_of: Mapped[int | None] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"))
    on: Mapped[int] = mapped_column("on_exercise", default=1)
    """The number of the exercise that is on."""
    door: Mapped[str] = mapped_column(default="open")
    """How people get in: whoever has the code; as many as `capacity`, then those whom the facilitator lets in; or
    with a slip."""
    capacity: Mapped[int | None]
    asks_names: Mapped[bool] = mapped_column(default=False)
    lenses: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    """What participants are asked to say of themselves (councillor, officer, partner …); None where they are not."""
    board_size: Mapped[str] = mapped_column(default="usual")
    board_theme: Mapped[str] = mapped_column(default="light")
    """`white` for a projector in a bright room, `dark` for a wall of LEDs."""
    board_languages: Mapped[str] = mapped_column(default="one")
    """`both`: what is written in two languages is shown in both."""
    agreed: Mapped[int | None]
    """The number of the version of the scope that was agreed. While it is, the scope is read only."""
    version: Mapped[int] = mapped_column(default=1)
    """Counts what everybody may know of."""
    tally_version: Mapped[int] = mapped_column(default=0)
    """Counts the moves of dots, which only those who may see totals learn of."""
    opened_at: Mapped[int]

    __table_args__ = (
        one_of("door", DOORS, "door_known"),
        one_of("board_size", BOARD_SIZES, "board_size_known"),
        one_of("board_theme", BOARD_THEMES, "board_theme_known"),
        one_of("board_languages", BOARD_LANGUAGES, "board_languages_known"),
        CheckConstraint("capacity >= 1", name="capacity_from_one"),
        CheckConstraint("door != 'capped' OR capacity IS NOT NULL", name="capped_at_a_number"),
        # What is remembered of a workshop must never be taken for another's: ids are not used again.
        {"sqlite_autoincrement": True},
    )

    all_exercises: Mapped[list[Exercise]] = relationship(order_by="Exercise.place", back_populates="workshop")

    @property
    def exercises(self) -> list[Exercise]:
        """The agenda, in its order."""
        return [exercise for exercise in self.all_exercises if not exercise.removed]

    @property
    def exercise(self) -> Exercise:
        """The exercise that is on."""
        return next(exercise for exercise in self.all_exercises if exercise.number == self.on)

    @property
    def next_exercise(self) -> Exercise | None:
        """The one to start when the one that is on is done: the next that is neither skipped nor closed."""
        later = [each for each in self.exercises if each.place > self.exercise.place]
        # A run-off that was revealed has settled what it was for.
        done = [each for each in later if each.phase == "closed" or (each.run_off_of and each.revealed)]
        return next((each for each in later if not each.skipped and each not in done), None)

    @property
    def is_rehearsal(self) -> bool:
        return self.rehearsal_of is not None


class Entry(Base):
    """One thing that was done from the console, and what it changed, so that it can be undone: `actions.history`."""

    __tablename__ = "entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), index=True)
    at: Mapped[int]
    role: Mapped[str]
    name: Mapped[str | None]
    """The name of the link that it was done with."""
    what: Mapped[str]
    """The verb, as the action is called."""
    exercise: Mapped[int | None]
    """The number of the exercise that it was done in."""
    subject: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What the sentence about it names."""
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    undone_by: Mapped[int | None]
    """The entry that undid it."""


class Template(Base):
    """An agenda that an organiser kept."""

    __tablename__ = "template"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    agenda: Mapped[dict[str, Any]] = mapped_column(JSON)
    kept_at: Mapped[int]
    removed: Mapped[bool] = mapped_column(default=False)

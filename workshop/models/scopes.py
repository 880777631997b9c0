"""The challenge scope of a workshop while it is written, and its versions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from workshop.models.base import Base, one_of


class ScopeItem(Base):
    """One thing that is in scope, out of it, or parked. Most come from a response."""

    __tablename__ = "scope_item"
    SECTIONS = ("in", "out", "parked")
    PRIORITIES = ("high", "medium", "low")

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    exercise: Mapped[int | None]
    """The number of the exercise that it comes from; None where somebody wrote it here."""
    response: Mapped[int | None]
    section: Mapped[str]
    place: Mapped[int]
    """Where it stands in its section."""
    text: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    elsewhere: Mapped[str] = mapped_column(default="")
    """Where something that is out of scope is handled instead."""
    priority: Mapped[str | None]
    components: Mapped[list[str]] = mapped_column(JSON, default=list)
    core_areas: Mapped[list[str]] = mapped_column(JSON, default=list)
    evidence: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What the result said of it when it was last derived: dots, people, rank, stability …"""
    derived: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """The fields as they were derived, so that what somebody has edited since can be told from what nobody has."""
    removed: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        one_of("section", SECTIONS, "section_known"),
        CheckConstraint("priority IN ('high', 'medium', 'low')", name="priority_known"),
        CheckConstraint("number >= 1", name="number_from_one"),
        {"sqlite_with_rowid": False},
    )


class ScopePart(Base):
    """A part of the scope that is not a list of its items: the header, the purpose, the team, the timetable …"""

    __tablename__ = "scope_part"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[dict[str, Any]] = mapped_column(JSON)

    __table_args__ = ({"sqlite_with_rowid": False},)


class ScopeVersion(Base):
    """The whole scope as it was saved at one time. What it says is never changed after; whether it is agreed may be."""

    __tablename__ = "scope_version"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    label: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Its items and parts, its number, and its state: draft or agreed."""
    grounds: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    """What its document takes from results, as they were then: of the size of their reports, and read only for files.
    No part of `content`, which is compared, restored, and copied into the history when it is agreed.
    """
    saved_at: Mapped[int]
    role: Mapped[str]
    name: Mapped[str | None]
    """The name of the link that it was saved with."""
    removed: Mapped[bool] = mapped_column(default=False)

    __table_args__ = ({"sqlite_with_rowid": False},)

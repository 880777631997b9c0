"""Participants, and the secret links and slips by which people get in."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workshop.models.base import Base, one_of


class Link(Base):
    """A secret link that gives a role. The server's key and `nonce` make its secret again; only the hash is stored."""

    __tablename__ = "link"
    ROLES = ("facilitator", "cofacilitator", "moderator", "board", "results")
    FROM_THE_START = ("facilitator", "board", "results")

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), index=True)
    role: Mapped[str]
    name: Mapped[str | None]
    nonce: Mapped[str]
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    revoked_at: Mapped[int | None]

    __table_args__ = (one_of("role", ROLES, "role_known"),)


class Participant(Base):
    """Whoever holds one ballot: a phone, of which nothing is known but the hash of its secret, or a paper ballot, or
    nobody, in a rehearsal.
    """

    __tablename__ = "participant"
    KINDS = ("phone", "paper", "simulated")
    STATES = ("in", "waiting", "withdrawn")

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"))
    number: Mapped[int]
    """Told to the facilitator by whoever needs help with their ballot; never shown to others. Not used again."""
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    seed: Mapped[int]
    """Shuffles the responses on this participant's phone."""
    kind: Mapped[str] = mapped_column(default="phone")
    state: Mapped[str] = mapped_column(default="in")
    """`waiting` in the lobby; `withdrawn` is a paper ballot that was entered by mistake."""
    name: Mapped[str | None]
    lens: Mapped[str | None]
    """Which of the workshop's lenses they chose."""

    __table_args__ = (
        UniqueConstraint("workshop_id", "number"),
        one_of("kind", KINDS, "kind_known"),
        one_of("state", STATES, "state_known"),
        CheckConstraint("number >= 1", name="number_from_one"),
    )


class Slip(Base):
    """A printed seat slip: its QR code lets one phone in, once. Made again from the server's key like a link; one
    whose nonce was taken away is void.
    """

    __tablename__ = "slip"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"))
    number: Mapped[int]
    nonce: Mapped[str]
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id", ondelete="SET NULL"))
    """Who came with it."""

    __table_args__ = (UniqueConstraint("workshop_id", "number"),)

    @property
    def is_void(self) -> bool:
        return self.nonce == ""


class ReturnLink(Base):
    """Moves a ballot to another phone, once. `former_hash` lets the phone that had it say where it went."""

    __tablename__ = "return_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), index=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    made_at: Mapped[int]
    used_at: Mapped[int | None]
    former_hash: Mapped[bytes | None] = mapped_column(LargeBinary, index=True)

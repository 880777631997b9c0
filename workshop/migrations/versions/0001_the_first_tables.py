"""The first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "workshop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("tally_version", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop")),
        sa.UniqueConstraint("code", name=op.f("uq_workshop_code")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "exercise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("prompt", sa.String(), nullable=True),
        sa.Column("yes_prompt", sa.String(), nullable=True),
        sa.Column("no_prompt", sa.String(), nullable=True),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("allowance", sa.Integer(), nullable=False),
        sa.Column("most_per_response", sa.Integer(), nullable=True),
        sa.Column("totals", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('columns', 'open')", name=op.f("ck_exercise_kind_known")),
        sa.CheckConstraint(
            "phase IN ('draft', 'gather', 'vote', 'reveal', 'discuss', 'closed')",
            name=op.f("ck_exercise_phase_known"),
        ),
        sa.CheckConstraint("totals IN ('hidden', 'live')", name=op.f("ck_exercise_totals_known")),
        sa.CheckConstraint(
            "(prompt IS NULL) = (yes_prompt IS NOT NULL AND no_prompt IS NOT NULL)",
            name=op.f("ck_exercise_one_prompt_or_two"),
        ),
        sa.CheckConstraint("allowance BETWEEN 1 AND 20", name=op.f("ck_exercise_allowance_in_range")),
        sa.CheckConstraint("most_per_response BETWEEN 1 AND allowance", name=op.f("ck_exercise_most_in_range")),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshop.id"],
            name=op.f("fk_exercise_workshop_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise")),
        sa.UniqueConstraint("workshop_id", "number", name=op.f("uq_exercise_workshop_id_number")),
    )
    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("revoked_at", sa.Integer(), nullable=True),
        sa.CheckConstraint("role IN ('facilitator', 'board', 'results')", name=op.f("ck_link_role_known")),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_link_workshop_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_link_secret_hash")),
    )
    op.create_index(op.f("ix_link_workshop_id"), "link", ["workshop_id"], unique=False)
    op.create_table(
        "participant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshop.id"],
            name=op.f("fk_participant_workshop_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_participant_secret_hash")),
    )
    op.create_index(op.f("ix_participant_workshop_id"), "participant", ["workshop_id"], unique=False)
    op.create_table(
        "ballot",
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exercise_id"], ["exercise.id"], name=op.f("fk_ballot_exercise_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_ballot_participant_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("exercise_id", "participant_id", name=op.f("pk_ballot")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "response",
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("op", sa.String(), nullable=False),
        sa.CheckConstraint("side IN ('yes', 'no')", name=op.f("ck_response_side_known")),
        sa.CheckConstraint("state IN ('live', 'withdrawn')", name=op.f("ck_response_state_known")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_response_number_from_one")),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["participant.id"],
            name=op.f("fk_response_author_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["exercise_id"],
            ["exercise.id"],
            name=op.f("fk_response_exercise_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("exercise_id", "number", name=op.f("pk_response")),
        sa.UniqueConstraint("exercise_id", "author_id", "op", name=op.f("uq_response_exercise_id_author_id_op")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "dot",
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("response", sa.Integer(), nullable=True),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("op", sa.String(), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 20", name=op.f("ck_dot_number_in_range")),
        sa.CheckConstraint("rev > 0", name=op.f("ck_dot_rev_positive")),
        sa.ForeignKeyConstraint(
            ["exercise_id", "response"],
            ["response.exercise_id", "response.number"],
            name=op.f("fk_dot_exercise_id_response"),
        ),
        sa.ForeignKeyConstraint(["exercise_id"], ["exercise.id"], name=op.f("fk_dot_exercise_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_dot_participant_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("exercise_id", "participant_id", "number", name=op.f("pk_dot")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in ("dot", "ballot", "response", "participant", "exercise", "link", "workshop"):
        op.drop_table(table)

"""Results that stand up to questions: a line by share of dots, lenses, the turns of dots, and the scope"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("exercise") as table:
        table.add_column(sa.Column("cut_share", sa.Integer(), nullable=True))
        table.create_check_constraint(op.f("ck_exercise_cut_share_in_range"), "cut_share BETWEEN 1 AND 100")
        table.create_check_constraint(op.f("ck_exercise_one_line"), "cut IS NULL OR cut_share IS NULL")
    op.add_column("dot", sa.Column("turn", sa.Integer(), nullable=True))
    op.add_column("participant", sa.Column("lens", sa.String(), nullable=True))
    op.add_column("workshop", sa.Column("lenses", sa.JSON(), nullable=True))
    op.add_column("workshop", sa.Column("agreed", sa.Integer(), nullable=True))
    _scope()


def _scope() -> None:
    op.create_table(
        "scope_item",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("exercise", sa.Integer(), nullable=True),
        sa.Column("response", sa.Integer(), nullable=True),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("elsewhere", sa.String(), nullable=False),
        sa.Column("priority", sa.String(), nullable=True),
        sa.Column("components", sa.JSON(), nullable=False),
        sa.Column("core_areas", sa.JSON(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("derived", sa.JSON(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_scope_item_number_from_one")),
        sa.CheckConstraint("section IN ('in', 'out', 'parked')", name=op.f("ck_scope_item_section_known")),
        sa.CheckConstraint("priority IN ('high', 'medium', 'low')", name=op.f("ck_scope_item_priority_known")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_scope_item_workshop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workshop_id", "number", name=op.f("pk_scope_item")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "scope_part",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_scope_part_workshop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workshop_id", "key", name=op.f("pk_scope_part")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "scope_version",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("grounds", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_scope_version_workshop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workshop_id", "number", name=op.f("pk_scope_version")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    raise NotImplementedError("What this version knows more has no place in the tables of the one before.")

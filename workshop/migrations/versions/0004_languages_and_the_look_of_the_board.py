"""What is said in a second language as well, and how the board looks"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# What was asked before was asked on pages that were in English.
USUAL = {"language": "en", "board_size": "usual", "board_theme": "light", "board_languages": "one"}


def upgrade() -> None:
    with op.batch_alter_table("workshop", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.add_column(sa.Column("title_in", sa.JSON(), nullable=True))
        for column, usual in USUAL.items():
            table.add_column(sa.Column(column, sa.String(), nullable=False, server_default=usual))
        table.create_check_constraint(op.f("ck_workshop_board_size_known"), "board_size IN ('small', 'usual', 'large')")
        table.create_check_constraint(
            op.f("ck_workshop_board_theme_known"), "board_theme IN ('light', 'white', 'dark')"
        )
        table.create_check_constraint(op.f("ck_workshop_board_languages_known"), "board_languages IN ('one', 'both')")
    with op.batch_alter_table("workshop", table_kwargs={"sqlite_autoincrement": True}) as table:
        for column in USUAL:
            table.alter_column(column, existing_type=sa.String(), server_default=None)
    op.add_column("exercise", sa.Column("prompt_in", sa.JSON(), nullable=True))
    op.add_column("side", sa.Column("name_in", sa.JSON(), nullable=True))
    op.add_column("side", sa.Column("prompt_in", sa.JSON(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("What this version knows more has no place in the tables of the one before.")

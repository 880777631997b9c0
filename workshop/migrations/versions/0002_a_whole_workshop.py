"""A whole workshop: an agenda, columns of one's own, grouping, notes, timers, doors, links with names, and history"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SIDE_KEYS = "('yes', 'no', 'a', 'b', 'c', 'd', 'e', 'open')"
SIGNS = "('tick', 'cross', 'plus', 'minus', 'star', 'question', 'circle', 'square', 'triangle', 'flag')"
PHASES = "('draft', 'gather', 'group', 'vote', 'reveal', 'discuss', 'closed')"


def upgrade() -> None:
    _workshops()
    _exercises()
    _people()
    _new_tables()
    _responses()


def _workshops() -> None:
    with op.batch_alter_table("workshop", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.add_column(sa.Column("rehearsal_of", sa.Integer(), nullable=True))
        table.add_column(sa.Column("on_exercise", sa.Integer(), nullable=False, server_default="1"))
        table.add_column(sa.Column("door", sa.String(), nullable=False, server_default="open"))
        table.add_column(sa.Column("capacity", sa.Integer(), nullable=True))
        table.add_column(sa.Column("asks_names", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.create_foreign_key(
            op.f("fk_workshop_rehearsal_of"), "workshop", ["rehearsal_of"], ["id"], ondelete="CASCADE"
        )
        table.create_check_constraint(op.f("ck_workshop_door_known"), "door IN ('open', 'capped', 'slips')")
        table.create_check_constraint(op.f("ck_workshop_capacity_from_one"), "capacity >= 1")
        table.create_check_constraint(
            op.f("ck_workshop_capped_at_a_number"), "door != 'capped' OR capacity IS NOT NULL"
        )
    _without_defaults("workshop", "on_exercise", "door", "asks_names", sqlite_autoincrement=True)


def _exercises() -> None:
    op.create_table(
        "side",
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("sign", sa.String(), nullable=False),
        sa.Column("prompt", sa.String(), nullable=True),
        sa.Column("allowance", sa.Integer(), nullable=True),
        sa.CheckConstraint(f"key IN {SIDE_KEYS}", name=op.f("ck_side_key_known")),
        sa.CheckConstraint(f"sign IN {SIGNS}", name=op.f("ck_side_sign_known")),
        sa.CheckConstraint("name IS NOT NULL OR key IN ('yes', 'no', 'open')", name=op.f("ck_side_named")),
        sa.CheckConstraint("allowance BETWEEN 1 AND 20", name=op.f("ck_side_allowance_in_range")),
        sa.ForeignKeyConstraint(["exercise_id"], ["exercise.id"], name=op.f("fk_side_exercise_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("exercise_id", "key", name=op.f("pk_side")),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO side (exercise_id, key, place, name, sign, prompt, allowance) "
        "SELECT id, 'yes', 1, NULL, 'tick', yes_prompt, NULL FROM exercise WHERE kind = 'columns'"
    )
    op.execute(
        "INSERT INTO side (exercise_id, key, place, name, sign, prompt, allowance) "
        "SELECT id, 'no', 2, NULL, 'cross', no_prompt, NULL FROM exercise WHERE kind = 'columns'"
    )
    op.execute(
        "INSERT INTO side (exercise_id, key, place, name, sign, prompt, allowance) "
        "SELECT id, 'open', 1, NULL, 'circle', NULL, NULL FROM exercise WHERE kind = 'open'"
    )
    with op.batch_alter_table("exercise") as table:
        table.drop_constraint(op.f("ck_exercise_one_prompt_or_two"), type_="check")
        table.drop_constraint(op.f("ck_exercise_phase_known"), type_="check")
        table.drop_column("yes_prompt")
        table.drop_column("no_prompt")
        table.add_column(sa.Column("place", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("removed", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("skipped", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("revealed", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("checks_first", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("locked", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("longest", sa.Integer(), nullable=False, server_default="140"))
        table.add_column(sa.Column("own_allowed", sa.Boolean(), nullable=False, server_default=sa.true()))
        table.add_column(sa.Column("response_order", sa.String(), nullable=False, server_default="shuffled"))
        table.add_column(sa.Column("cut", sa.Integer(), nullable=True))
        table.add_column(sa.Column("run_off_of", sa.Integer(), nullable=True))
        table.add_column(sa.Column("in_the_room", sa.Integer(), nullable=True))
        table.add_column(sa.Column("spotlight", sa.Integer(), nullable=True))
        table.add_column(sa.Column("timer_ends", sa.BigInteger(), nullable=True))
        table.add_column(sa.Column("timer_left", sa.Integer(), nullable=True))
        table.add_column(sa.Column("at_zero", sa.String(), nullable=False, server_default="remind"))
        table.create_check_constraint(op.f("ck_exercise_phase_known"), f"phase IN {PHASES}")
        table.create_check_constraint(op.f("ck_exercise_order_known"), "response_order IN ('shuffled', 'shared')")
        table.create_check_constraint(op.f("ck_exercise_at_zero_known"), "at_zero IN ('remind', 'close')")
        table.create_check_constraint(op.f("ck_exercise_longest_in_range"), "longest BETWEEN 20 AND 400")
        table.create_check_constraint(op.f("ck_exercise_cut_from_one"), "cut >= 1")
        table.create_check_constraint(op.f("ck_exercise_room_not_negative"), "in_the_room >= 0")
        table.create_check_constraint(
            op.f("ck_exercise_timer_runs_or_stands"), "timer_ends IS NULL OR timer_left IS NULL"
        )
    op.execute("UPDATE exercise SET place = number")
    op.execute(sa.text("UPDATE exercise SET revealed = :yes WHERE phase IN ('discuss', 'closed')").bindparams(yes=True))
    _without_defaults(
        "exercise", "place", "removed", "skipped", "revealed", "checks_first", "locked", "longest", "own_allowed",
        "response_order", "at_zero",
    )  # fmt: skip


def _people() -> None:
    with op.batch_alter_table("link") as table:
        table.add_column(sa.Column("name", sa.String(), nullable=True))
        table.drop_constraint(op.f("ck_link_role_known"), type_="check")
        table.create_check_constraint(
            op.f("ck_link_role_known"), "role IN ('facilitator', 'cofacilitator', 'moderator', 'board', 'results')"
        )
    with op.batch_alter_table("participant") as table:
        table.add_column(sa.Column("number", sa.Integer(), nullable=True))
        table.add_column(sa.Column("kind", sa.String(), nullable=False, server_default="phone"))
        table.add_column(sa.Column("state", sa.String(), nullable=False, server_default="in"))
        table.add_column(sa.Column("name", sa.String(), nullable=True))
    op.execute(
        "UPDATE participant SET number = (SELECT count(*) FROM participant AS earlier "
        "WHERE earlier.workshop_id = participant.workshop_id AND earlier.id <= participant.id)"
    )
    with op.batch_alter_table("participant") as table:
        table.alter_column("number", existing_type=sa.Integer(), nullable=False)
        table.alter_column("kind", existing_type=sa.String(), server_default=None)
        table.alter_column("state", existing_type=sa.String(), server_default=None)
        # The pair that follows begins with the workshop and serves the same look-ups.
        table.drop_index(op.f("ix_participant_workshop_id"))
        table.create_unique_constraint(op.f("uq_participant_workshop_id_number"), ["workshop_id", "number"])
        table.create_check_constraint(op.f("ck_participant_kind_known"), "kind IN ('phone', 'paper', 'simulated')")
        table.create_check_constraint(op.f("ck_participant_state_known"), "state IN ('in', 'waiting', 'withdrawn')")
        table.create_check_constraint(op.f("ck_participant_number_from_one"), "number >= 1")


def _new_tables() -> None:
    op.create_table(
        "slip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_slip_workshop_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_slip_participant_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slip")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_slip_secret_hash")),
        sa.UniqueConstraint("workshop_id", "number", name=op.f("uq_slip_workshop_id_number")),
    )
    op.create_table(
        "return_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.Integer(), nullable=True),
        sa.Column("former_hash", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_return_link_workshop_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_return_link_participant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_link")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_return_link_secret_hash")),
    )
    op.create_index(op.f("ix_return_link_workshop_id"), "return_link", ["workshop_id"], unique=False)
    op.create_index(op.f("ix_return_link_former_hash"), "return_link", ["former_hash"], unique=False)
    op.create_table(
        "entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("exercise", sa.Integer(), nullable=True),
        sa.Column("subject", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_entry_workshop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
    )
    op.create_index(op.f("ix_entry_workshop_id"), "entry", ["workshop_id"], unique=False)
    op.create_table(
        "template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("agenda", sa.JSON(), nullable=False),
        sa.Column("kept_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template")),
    )
    op.create_table(
        "theme",
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exercise_id"], ["exercise.id"], name=op.f("fk_theme_exercise_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("exercise_id", "number", name=op.f("pk_theme")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "note",
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("response", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("saved_at", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["exercise_id"], ["exercise.id"], name=op.f("fk_note_exercise_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("exercise_id", "response", name=op.f("pk_note")),
        sqlite_with_rowid=False,
    )


def _responses() -> None:
    # Without ROWID, as it was made: a copy would have one, and tell in which order responses came.
    with op.batch_alter_table("response", table_kwargs={"sqlite_with_rowid": False}) as table:
        table.add_column(sa.Column("merged_into", sa.Integer(), nullable=True))
        table.add_column(sa.Column("theme", sa.Integer(), nullable=True))
        table.drop_constraint(op.f("ck_response_side_known"), type_="check")
        table.drop_constraint(op.f("ck_response_state_known"), type_="check")
        table.create_check_constraint(
            op.f("ck_response_state_known"), "state IN ('pending', 'live', 'withdrawn', 'merged')"
        )
        table.create_check_constraint(
            op.f("ck_response_merged_into_one"), "(state = 'merged') = (merged_into IS NOT NULL)"
        )
        table.create_check_constraint(op.f("ck_response_merged_into_another"), "merged_into != number")
        table.create_foreign_key(
            op.f("fk_response_exercise_id_side"), "side", ["exercise_id", "side"], ["exercise_id", "key"]
        )
        table.create_foreign_key(
            op.f("fk_response_exercise_id_merged_into"),
            "response",
            ["exercise_id", "merged_into"],
            ["exercise_id", "number"],
        )
        table.create_foreign_key(
            op.f("fk_response_exercise_id_theme"), "theme", ["exercise_id", "theme"], ["exercise_id", "number"]
        )


def _without_defaults(table_name: str, *columns: str, **kwargs: bool) -> None:
    """A default filled the rows that were there; from now on the program says what it means."""
    with op.batch_alter_table(table_name, table_kwargs=kwargs) as table:
        for column in columns:
            table.alter_column(column, server_default=None)


def downgrade() -> None:
    raise NotImplementedError("What this version knows more has no place in the tables of the one before.")

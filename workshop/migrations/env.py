"""What Alembic runs. It is always given a connection: see `upgrade` beside this file."""

from alembic import context

from workshop.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # SQLite cannot alter most of a table; Alembic then makes it anew and copies.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()

"""Runs the steps over the connection that `upgrade` hands in."""

from alembic import context

from crt_console.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite cannot change a column in place
)
context.run_migrations()

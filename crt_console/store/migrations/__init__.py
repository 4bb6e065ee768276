"""Steps from one schema version to the next; imported by `db upgrade` only."""

"""Brings a room's tables to this version's schema, step by step."""

from pathlib import Path

from sqlalchemy import Connection, func, select

from crt_console.domain.errors import Unavailable
from crt_console.store.create import first_row, version_of
from crt_console.store.database import Database
from crt_console.store.tables import SCHEMA, journal_head


def upgrade(database: Database) -> tuple[str | None, str]:
    """Run the missing steps in one transaction; return the versions before and after."""
    database.make_file()
    return database.write(_upgrade)


def _upgrade(connection: Connection) -> tuple[str | None, str]:
    from alembic import command  # slow to import, and needed here only
    from alembic.config import Config
    from alembic.util import CommandError

    before = version_of(connection)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise Unavailable(f"the database cannot be brought to schema {SCHEMA}: {error}") from error
    if not connection.scalar(select(func.count()).select_from(journal_head)):
        first_row(connection)
    after = version_of(connection)
    assert after is not None  # noqa: S101 - a step has just run
    return before, after

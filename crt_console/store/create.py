"""Makes the tables of an empty database, and looks at the version of any other."""

import sqlite3
import time

from sqlalchemy import Connection, insert, inspect, select, text
from sqlalchemy.exc import SQLAlchemyError

from crt_console.domain.errors import Unavailable
from crt_console.store import tables
from crt_console.store.database import AT_LEISURE, Database
from crt_console.store.failures import Failure, failure_of, unavailable

_ONE_MAKER = text("SELECT pg_advisory_xact_lock(4713247)")
_PATIENCE = 10.0


def prepare(database: Database) -> None:
    """Make sure that the tables are there and are of this version; raises Unavailable."""
    database.make_file()
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            _prepare(database)
        except (SQLAlchemyError, sqlite3.Error) as error:
            if failure_of(error) is not Failure.BUSY or time.monotonic() > deadline:
                raise unavailable(error) from error
            time.sleep(0.05)
        else:
            return


def _prepare(database: Database) -> None:
    with database.connect("writer") as connection:
        if database.kind == "sqlite":
            connection.exec_driver_sql("SELECT 1")  # also tells a file that is no database
            _write_ahead(connection)
        with connection.begin():
            if version_of(connection) is None:
                if database.kind == "postgresql":
                    connection.exec_driver_sql(AT_LEISURE)
                    connection.execute(_ONE_MAKER)
                if version_of(connection) is None:
                    make_tables(connection)
            version = version_of(connection)
    if version != tables.SCHEMA:
        raise Unavailable(
            f"the database is at schema {version}, this console needs {tables.SCHEMA}:"
            " run crt-console db upgrade, or update the console"
        )


def _write_ahead(connection: Connection) -> None:
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)  # noqa: S101 - for the type checker
    connection.rollback()
    if raw.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        raw.execute("PRAGMA journal_mode=WAL")


def version_of(connection: Connection) -> str | None:
    """Return the schema step of a database; None where there are no tables of ours."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.scalar(select(tables.alembic_version.c.version_num))


def make_tables(connection: Connection) -> None:
    """Make every table and the row that a room starts with."""
    tables.metadata.create_all(connection)
    connection.execute(insert(tables.alembic_version).values(version_num=tables.SCHEMA))
    first_row(connection)


def first_row(connection: Connection) -> None:
    """Put in the head of the journal."""
    connection.execute(
        insert(tables.journal_head).values(
            id=1,
            seq=0,
            hash=tables.GENESIS,
            at=0,
            writer_min=tables.WRITER_VERSION,
            serial_year=0,  # the first number sets it: the year of the place, not UTC's
            serial=0,
        )
    )

"""What a database is and holds, read without changing anything."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from crt_console.store import tables
from crt_console.store.create import version_of
from crt_console.store.database import Database, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """`schema` is empty where there are no tables yet; `needed` is what this version works with."""

    kind: Kind
    schema: str | None = None
    needed: str = tables.SCHEMA
    entries: int = 0
    incidents: int = 0
    units: int = 0


def status(database: Database) -> Status:
    """Return what is there; raises Unavailable where nothing answers."""
    if database.path is not None and not database.path.exists():
        return Status(kind=database.kind)
    return database.read(lambda connection: _read(connection, database.kind))


def _read(connection: Connection, kind: Kind) -> Status:
    schema = version_of(connection)
    if schema is None:
        return Status(kind=kind)
    return Status(
        kind=kind,
        schema=schema,
        entries=connection.execute(select(tables.journal_head.c.seq)).scalar_one(),
        incidents=_count(connection, "incidents"),
        units=_count(connection, "units"),
    )


def _count(connection: Connection, name: str) -> int:
    return int(connection.execute(select(func.count()).select_from(tables.ROWS[name])).scalar_one())

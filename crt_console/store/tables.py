"""Every table, once, for both databases."""

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from crt_console.domain.board import TABLES
from crt_console.store.columns import Moment, columns_of

SCHEMA = "0001"  # the last step in migrations/versions
WRITER_VERSION = 1  # a database whose head asks for a later one is not written by this version
GENESIS = "0" * 64
_NUMBER = BigInteger().with_variant(Integer, "sqlite")  # SQLite's own row number

metadata = MetaData()
ROWS: dict[str, Table] = {
    name: Table(name, metadata, *columns_of(row)) for name, row in TABLES.items()
}
_COLUMN = {name: table.c for name, table in ROWS.items()}

# What must never be, whatever the code does.
ROWS["incidents"].append_constraint(UniqueConstraint("number", name="one_incident_per_number"))
ROWS["units"].append_constraint(UniqueConstraint("key", name="one_unit_per_call_sign"))


def _partial(name: str, table: str, *columns: str, where: str) -> Index:
    condition = text(where)
    parts = [_COLUMN[table][column] for column in columns]
    return Index(name, *parts, unique=True, sqlite_where=condition, postgresql_where=condition)


_partial("one_open_assignment", "assignments", "unit_id", where="released_at IS NULL")
_partial("one_call_per_external", "calls", "system", "external", where="external IS NOT NULL")
_open = text("ended_at IS NULL")
Index(
    "open_alarms_by_subject",
    _COLUMN["alarms"]["subject"],
    sqlite_where=_open,
    postgresql_where=_open,
)
_partial("one_open_alarm", "alarms", "kind", "subject", where="ended_at IS NULL")


def _index(table: str, *columns: str) -> None:
    parts = [_COLUMN[table][column] for column in columns]
    Index(f"{table}_by_{'_'.join(columns)}", *parts)


for _table in ("calls", "answers", "assignments", "handovers", "confirmations", "alarms"):
    _index(_table, "incident_id")
_index("incidents", "serial")
_index("incidents", "closed_at")
_index("incidents", "opened_at")
_index("assignments", "unit_id")
_index("answers", "by")
_index("alarms", "unit_id")

journal_head = Table(
    "journal_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("writer_min", Integer, nullable=False),
    Column("serial_year", Integer, nullable=False),
    Column("serial", BigInteger, nullable=False),
)
journal = Table(
    "journal",
    metadata,
    Column("seq", _NUMBER, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("operation_id", Text, nullable=False),
    Column("by_", Text, nullable=False),
    Column("console", Text, nullable=False),
    Column("incident_id", Text, index=True),
    Column("unit_id", Text),
    Column("body", Text, nullable=False),
    Column("prev_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
content = Table(
    "content",
    metadata,
    Column("id", Text, primary_key=True),
    Column("salt", Text),
    Column("sha256", String(64), nullable=False),
    Column("body", Text),
)
operations = Table(
    "operations",
    metadata,
    Column("operation_id", Text, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("outcome", Text, nullable=False),
)
quarantine = Table(
    "quarantine",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("origin", Text, nullable=False),
    Column("line", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("body", Text),
)
places = Table(
    "places",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False, index=True),
    Column("lat", Double),
    Column("lon", Double),
    Column("neighbourhood", Text, nullable=False),
    Column("kind", Text, nullable=False),
)
type_map = Table(
    "type_map",
    metadata,
    Column("system", Text, primary_key=True),
    Column("raw", Text, primary_key=True),
    Column("type", Text),
    Column("nature", Text),
    Column("priority", Integer),
    Column("seen", BigInteger, nullable=False),
)
settings = Table(
    "settings",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
# The steps' own mark, in the form that their tool expects.
alembic_version = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)

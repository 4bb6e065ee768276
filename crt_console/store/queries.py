"""What is read without writing: the board, entries since a number, a timeline, places, types."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, func, or_, select, text

from crt_console.domain.board import CHILDREN, KEPT_CLOSED, TABLES, Board, words_of
from crt_console.domain.entries import Entry, parse_entry
from crt_console.domain.places import Place
from crt_console.store import tables
from crt_console.store.columns import from_micros
from crt_console.store.rows import from_row
from crt_console.store.tables import ROWS, journal, journal_head

_SOME = 500
_incidents = ROWS["incidents"].c
_KEPT: dict[str, Any] = {
    "incidents": or_(
        _incidents.closed_at.is_(None),
        and_(_incidents.imported.is_(False), _incidents.closed_at > bindparam("since")),
    ),
    "alarms": ROWS["alarms"].c.ended_at.is_(None),
    "cautions": or_(
        ROWS["cautions"].c.until.is_(None), ROWS["cautions"].c.until > bindparam("now")
    ),
}


def _of_board(name: str) -> Select[Any]:
    table = ROWS[name]
    if name in CHILDREN:
        parent = ROWS["incidents"]
        joined = table.join(parent, parent.c.id == table.c.incident_id)
        return select(table).select_from(joined).where(_KEPT["incidents"])
    return select(table).where(_KEPT[name]) if name in _KEPT else select(table)


_BOARD = {name: _of_board(name) for name in TABLES}
_ASKS = {name: tuple(statement.compile().params) for name, statement in _BOARD.items()}
_HEAD = select(journal_head.c.seq, journal_head.c.hash, journal_head.c.at)
_CLOCK = text("SELECT (extract(epoch from clock_timestamp()) * 1000000)::bigint")
_LINKS = (
    select(journal.c.body, journal.c.prev_hash, journal.c.hash)
    .where(journal.c.seq > bindparam("seq"))
    .order_by(journal.c.seq)
    .limit(bindparam("most"))
)
_TIMELINE = (
    select(journal.c.body)
    .where(journal.c.incident_id == bindparam("incident_id"))
    .order_by(journal.c.seq)
)
_WORDS = select(tables.content.c.id, tables.content.c.body).where(
    tables.content.c.id.in_(bindparam("some", expanding=True))
)
_TYPES = select(tables.type_map).order_by(tables.type_map.c.system, tables.type_map.c.raw)
_PLACES = select(tables.places)
_OF_PLACE = tables.places.c
_PLACES_MARK = select(
    func.count(),
    func.sum(_OF_PLACE.lat),
    func.sum(_OF_PLACE.lon),
    func.sum(func.length(_OF_PLACE.name)),
    func.sum(func.length(_OF_PLACE.neighbourhood)),
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """The board as the rows have it, and the hash of the entry it stands at."""

    board: Board
    hash: str


@dataclass(frozen=True, slots=True)
class Followed:
    """Entries read by number, with the hashes that tie them to the board."""

    entries: tuple[Entry, ...]
    prev_hash: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedType:
    """What a word of another system stands for; `type` is empty where nothing is mapped yet."""

    system: str
    raw: str
    type: str | None = None
    nature: str | None = None
    priority: int | None = None
    seen: int = 0


def clock(connection: Connection) -> datetime:
    """Return the database's time: the server's, or for SQLite this machine's."""
    if connection.dialect.name == "sqlite":
        return from_micros(time.time_ns() // 1000)
    return from_micros(int(connection.execute(_CLOCK).scalar_one()))


def head(connection: Connection) -> tuple[int, str]:
    """Return the number and the hash of the last entry."""
    row = connection.execute(_HEAD).one()
    return row.seq, row.hash


def load_board(connection: Connection, now: datetime) -> Loaded:
    """Return everything open and what closed in the last hours, within one view."""
    newest = connection.execute(_HEAD).one()
    times = {"since": now - KEPT_CLOSED, "now": now}
    rows: dict[str, dict[str, Any]] = {}
    for name, statement in _BOARD.items():
        needed = {key: times[key] for key in _ASKS[name]}
        found = (from_row(name, row) for row in connection.execute(statement, needed))
        rows[name] = {row.id: row for row in found}
    named = {key for kept in rows.values() for row in kept.values() for key in words_of(row)}
    board = Board(
        seq=newest.seq,
        at=from_micros(newest.at) if newest.seq else None,
        tables=rows,
        content=words(connection, named),
    )
    return Loaded(board, newest.hash)


def words(connection: Connection, ids: Iterable[str]) -> dict[str, str | None]:
    """Return the words behind content ids; None where they were removed."""
    asked = list(ids)
    known: dict[str, str | None] = {}
    for start in range(0, len(asked), _SOME):
        found = connection.execute(_WORDS, {"some": asked[start : start + _SOME]})
        known.update({row.id: row.body for row in found})
    return known


def entries_after(connection: Connection, seq: int, most: int) -> Followed | None:
    """Return the entries after a number, `most` at most; None where there are none."""
    rows = connection.execute(_LINKS, {"seq": seq, "most": most}).all()
    if not rows:
        return None
    entries = tuple(parse_entry(row.body) for row in rows)
    return Followed(entries, rows[0].prev_hash, rows[-1].hash)


def words_of_entries(connection: Connection, entries: Iterable[Entry]) -> dict[str, str | None]:
    """Return the words that entries bring."""
    return words(connection, [key for entry in entries for key, _ in entry.content])


def timeline(
    connection: Connection, incident_id: str
) -> tuple[tuple[Entry, ...], Mapping[str, str | None]]:
    """Return all entries about an incident in their order, and the words they name."""
    rows = connection.scalars(_TIMELINE, {"incident_id": incident_id})
    entries = tuple(parse_entry(body) for body in rows)
    named = {key for entry in entries for key in _named(entry)}
    return entries, words(connection, named)


def _named(entry: Entry) -> set[str]:
    """Return what may be a content id in an entry: brought by it, or named in its data."""
    named = {key for key, _ in entry.content}
    for value in (entry.data, *(change.values for change in entry.changes)):
        named.update(part for part in value.values() if isinstance(part, str) and _is_id(part))
    return named


def _is_id(part: str) -> bool:
    return len(part) == 32 and part.isalnum()  # noqa: PLR2004 - as long as an id


def places(connection: Connection) -> list[Place]:
    """Return the whole gazetteer."""
    return [Place(**row._mapping) for row in connection.execute(_PLACES)]  # noqa: SLF001


def places_mark(connection: Connection) -> tuple[object, ...]:
    """Return what is another where places were added, moved or renamed."""
    return tuple(connection.execute(_PLACES_MARK).one())


def types(connection: Connection) -> tuple[MappedType, ...]:
    """Return what other systems' words are mapped to, the unmapped ones included."""
    return tuple(
        MappedType(**row._mapping)  # noqa: SLF001
        for row in connection.execute(_TYPES)
    )

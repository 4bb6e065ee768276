"""Proves the journal: gapless, unaltered, its words intact, and that it folds to the state."""

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from crt_console.domain.board import TABLES
from crt_console.domain.entries import Entry, canonical, parse_entry
from crt_console.store import tables
from crt_console.store.columns import to_micros
from crt_console.store.pen import digest_of, next_hash
from crt_console.store.rows import from_row, plain
from crt_console.store.tables import GENESIS, ROWS, journal, journal_head

_JOURNAL = select(journal).order_by(journal.c.seq)
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether the journal holds; `first_bad` is the first entry that does not."""

    ok: bool
    entries: int
    first_bad: int | None = None
    problem: str | None = None


class _Bad(Exception):  # noqa: N818 - how the checks below report
    def __init__(self, problem: str, seq: int | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.seq = seq


class _State:
    """What the entries add up to."""

    def __init__(self) -> None:
        self.seq = 0
        self.hash = GENESIS
        self.rows: dict[str, dict[str, dict[str, Any]]] = {name: {} for name in TABLES}
        self.content: dict[str, tuple[str, int]] = {}

    def add(self, row: Any) -> None:
        """Check one entry of the chain and take its changes."""
        if row.seq != self.seq + 1:
            raise _Bad(f"entry {self.seq + 1} is missing", self.seq + 1)
        self.seq = row.seq
        if not isinstance(row.body, str):
            raise _Bad("the entry is not text", row.seq)
        body = row.body.encode()
        if row.prev_hash != self.hash or row.hash != next_hash(self.hash, body):
            raise _Bad("the hash does not fit: the entry or one before it was altered", row.seq)
        try:
            entry = parse_entry(body)
        except msgspec.MsgspecError as error:
            raise _Bad(f"the entry cannot be read: {error}", row.seq) from error
        if canonical(entry) != body or not _same_columns(entry, row):
            raise _Bad("the entry's columns were altered", row.seq)
        self.hash = row.hash
        self._take(entry)

    def _take(self, entry: Entry) -> None:
        self.content.update({key: (sha256, entry.seq) for key, sha256 in entry.content})
        for change in entry.changes:
            rows = self.rows.setdefault(change.table, {})
            if change.id not in rows and not change.new:
                raise _Bad(f"{change.table} {change.id} is changed before it is made", entry.seq)
            rows[change.id] = {**rows.get(change.id, {}), **change.values}


def _same_columns(entry: Entry, row: Any) -> bool:
    said = (entry.seq, to_micros(entry.at), entry.kind, entry.operation_id, entry.by)
    more = (entry.console, entry.incident_id, entry.unit_id)
    kept = (row.seq, row.at, row.kind, row.operation_id, row.by_)
    return said == kept and more == (row.console, row.incident_id, row.unit_id)


def verify(connection: Connection) -> Verdict:
    """Return whether the journal is gapless, unaltered and folds to the rows, in one view."""
    state = _State()
    try:
        with _stream(connection, _JOURNAL) as rows:
            for row in rows:
                state.add(row)
        _check_head(connection, state)
        _check_content(connection, state)
        for name in ROWS:
            _check_rows(connection, state, name)
    except _Bad as bad:
        return Verdict(ok=False, entries=state.seq, first_bad=bad.seq, problem=bad.problem)
    return Verdict(ok=True, entries=state.seq)


@contextlib.contextmanager
def _stream(connection: Connection, statement: Any) -> Iterator[Iterable[Any]]:
    """The rows of a statement, a thousand at a time, however long the journal is."""
    streaming = connection.execution_options(yield_per=_AT_ONCE)
    with streaming.execute(statement) as found:
        yield found


def _check_head(connection: Connection, state: _State) -> None:
    head = connection.execute(select(journal_head)).one()
    if (head.seq, head.hash) != (state.seq, state.hash):
        raise _Bad("the journal ends elsewhere than its head says", min(head.seq, state.seq) + 1)


def _check_content(connection: Connection, state: _State) -> None:
    """Words that are there must be those that an entry named; removed ones may be gone."""
    missing = dict(state.content)
    with _stream(connection, select(tables.content)) as rows:
        for row in rows:
            named = missing.pop(row.id, None)
            if named is None:
                raise _Bad(f"the words {row.id} belong to no entry")
            intact = row.body is None or digest_of(row.salt, row.body) == row.sha256
            if row.sha256 != named[0] or not intact:
                raise _Bad(f"the words {row.id} were altered", named[1])
    if missing:
        key, (_, seq) = min(missing.items(), key=lambda item: item[1][1])
        raise _Bad(f"the words {key} are gone", seq)


def _check_rows(connection: Connection, state: _State, name: str) -> None:
    said = state.rows[name]
    try:
        with _stream(connection, select(ROWS[name])) as rows:
            for found in rows:
                row = from_row(name, found)
                values = said.pop(row.id, None)
                if values is None:
                    raise _Bad(f"{name} {row.id} was made by no entry")
                if plain(msgspec.convert(values, TABLES[name])) != plain(row):
                    raise _Bad(f"{name} {row.id} is not what its entries say", row.changed)
    except (ValueError, TypeError, OverflowError) as error:  # msgspec's are among them
        raise _Bad(f"a row of {name} cannot be read: it was altered") from error
    if said:
        raise _Bad(f"{name} {next(iter(said))} is missing")

"""Statements compiled once for a driver: Core writes them, the driver runs them unaided.

A command runs some fifteen statements while it holds the room's lock; through Core each costs
ten times what the driver takes, and the compiled text is the same every time.
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import Boolean, Dialect, Executable
from sqlalchemy.types import TypeEngine

from crt_console.store.columns import Kept

Processor = Callable[[Any], Any]
_ONE_BY_ONE = contextlib.nullcontext()
ROW_ID = "row_id"  # the id in an UPDATE's condition


class Prepared:
    """One statement: its text, how values go in, how rows come out."""

    __slots__ = ("_columns", "_fixed", "_from_row", "_names", "_picked", "_ways", "named", "sql")

    def __init__(self, statement: Any, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self.sql: str = compiled.string
        self.named = not compiled.positional
        types = {name: bind.type for bind, name in compiled.bind_names.items()}
        self._names: tuple[str, ...] = tuple(types if self.named else compiled.positiontup)
        self._fixed = {k: v for k, v in compiled.params.items() if v is not None}
        ways = ((i, _way_in(types[name])) for i, name in enumerate(self._names))
        self._ways: list[tuple[int, Processor]] = [(i, way) for i, way in ways if way is not None]
        several = len(self._names) > 1 and not self.named
        self._picked = itemgetter(*self._names) if several else None
        self._from_row: Callable[[Any], Sequence[Any]] | None = None
        returned = getattr(statement, "exported_columns", None) or ()
        found = [(index, _way_out(c.type)) for index, c in enumerate(returned)]
        self._columns: list[tuple[int, Processor]] = [(i, p) for i, p in found if p is not None]

    def values(self, given: Mapping[str, Any]) -> Any:
        """Return named values in the form the driver takes."""
        if self._fixed:
            given = {**self._fixed, **given}
        if self._picked is not None:
            picked = self._picked(given)
            return _through(self._ways, list(picked)) if self._ways else picked
        return self._taken([given[name] for name in self._names])

    def values_of(self, row: Any) -> Any:
        """Return a row of the domain in the form the driver takes."""
        if self._from_row is None:
            self._from_row = attrgetter(*("id" if n == ROW_ID else n for n in self._names))
        return self._taken(list(self._from_row(row)))

    def _taken(self, values: list[Any]) -> Any:
        taken = _through(self._ways, values)
        return dict(zip(self._names, taken, strict=True)) if self.named else taken

    def rows(self, found: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
        """Return rows as the domain reads them."""
        if not self._columns:
            return list(found)
        return [_through(self._columns, list(row)) for row in found]


def _through(ways: list[tuple[int, Processor]], values: list[Any]) -> list[Any]:
    for index, way in ways:
        value = values[index]
        if value is not None:
            values[index] = way(value)
    return values


def _way_in(kind: TypeEngine[Any]) -> Processor | None:
    return kind.way_in if isinstance(kind, Kept) else None


def _way_out(kind: TypeEngine[Any]) -> Processor | None:
    if isinstance(kind, Kept):
        return kind.way_out
    return bool if isinstance(kind, Boolean) else None


class Statements(dict[Executable, Prepared]):
    """The statements of one database, each prepared when it is first needed."""

    def __init__(self, dialect: Dialect) -> None:
        super().__init__()
        self._dialect = dialect

    def __missing__(self, statement: Executable) -> Prepared:
        made = self[statement] = Prepared(statement, self._dialect)
        return made


class Hand:
    """A driver's connection within one transaction."""

    def __init__(self, raw: Any, statements: Statements) -> None:
        self._raw = raw
        self._cursor = raw.cursor()  # one for all: a driver makes another for each statement
        self._statements = statements
        self._batch: list[tuple[str, Any]] | None = None

    def rows(self, statement: Executable, values: Mapping[str, Any]) -> list[Sequence[Any]]:
        """Return what a statement finds."""
        prepared = self._statements[statement]
        found = self._cursor.execute(prepared.sql, prepared.values(values)).fetchall()
        return prepared.rows(found) if found else found

    def first(self, statement: Executable, values: Mapping[str, Any]) -> Sequence[Any] | None:
        """Return the first row that a statement finds."""
        found = self.rows(statement, values)
        return found[0] if found else None

    def run(self, statement: Executable, values: Sequence[Mapping[str, Any]]) -> None:
        """Run a statement once for each of these values."""
        prepared = self._statements[statement]
        self._each(prepared.sql, [prepared.values(given) for given in values])

    def write(self, statement: Executable, rows: Sequence[Any]) -> None:
        """Run a statement once for each of these rows of the domain."""
        prepared = self._statements[statement]
        self._each(prepared.sql, [prepared.values_of(row) for row in rows])

    def _each(self, sql: str, values: list[Any]) -> None:
        if self._batch is not None:
            self._batch += [(sql, given) for given in values]
        elif len(values) == 1:
            self._cursor.execute(sql, values[0])
        else:
            self._cursor.executemany(sql, values)

    def together(self) -> AbstractContextManager[None]:
        """Send what the block writes in one message, where that saves waiting (PostgreSQL)."""
        return self._one_message() if hasattr(self._raw, "pipeline") else _ONE_BY_ONE

    @contextlib.contextmanager
    def _one_message(self) -> Iterator[None]:
        """Collect statements and send them at the block's end.

        Not as a pipeline: a console that stops in the middle of one, or after it, holds the
        room's lock for ever, as the server's idle timeout does not count then (measured on 16).
        """
        self._batch = []
        try:
            yield
            self._send(self._batch)
        finally:
            self._batch = None

    def _send(self, batch: list[tuple[str, Any]]) -> None:
        from psycopg import ClientCursor  # a SQLite room never needs it

        with ClientCursor(self._raw) as cursor:
            cursor.execute(";\n".join(cursor.mogrify(sql, values) for sql, values in batch))

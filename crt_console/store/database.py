"""One database, SQLite or PostgreSQL, opened by its address."""

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Literal, TypeVar

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from crt_console.domain.errors import Unavailable
from crt_console.store.failures import Failure, failure_of, unavailable
from crt_console.store.prepared import Hand, Statements
from crt_console.store.watchdog import Watchdog

T = TypeVar("T")
Kind = Literal["sqlite", "postgresql"]
LONG_READ = 600.0  # seconds for the proof or the copy of a long journal
_LITE_WAIT = {"writer": 2.0, "reader": 5.0}
_LITE_STATEMENTS = 512  # compiled and kept: an update of other columns is another one
# Whoever stops in the middle of a write is ended before the others give up waiting.
_WRITER = "-c idle_in_transaction_session_timeout=1000 -c lock_timeout=2000"
_SESSIONS = {
    "writer": f"{_WRITER} -c statement_timeout=3000",
    "reader": "-c default_transaction_read_only=on -c statement_timeout=60000"
    " -c default_transaction_isolation=repeatable\\ read",
    "listener": "-c statement_timeout=10000 -c default_transaction_read_only=on",
}
# A dropped link is noticed within 3 s instead of after the kernel's patience.
_LINK: dict[str, Any] = {
    "connect_timeout": 3,
    "keepalives": 1,
    "keepalives_idle": 1,
    "keepalives_interval": 1,
    "keepalives_count": 2,
    "tcp_user_timeout": 3000,
    "application_name": "crt-console",
}
AT_LEISURE = "SET LOCAL idle_in_transaction_session_timeout = 30000"
_NO_LIMIT = contextlib.nullcontext()


class Database:
    """Where a room is kept. Connections are opened anew for each caller, never pooled."""

    def __init__(self, address: str) -> None:
        self.url = _checked(address)
        self.kind: Kind = "sqlite" if self.url.drivername.startswith("sqlite") else "postgresql"
        # The file of a SQLite database.
        self.path = Path(str(self.url.database)) if self.kind == "sqlite" else None
        self._file = str(self.path)
        self.watchdog = Watchdog()
        self._engines: dict[str, Engine] = {}
        self._statements: Statements | None = None

    def connect(self, session: Literal["writer", "reader"]) -> Connection:
        """Return a new connection; raises Unavailable."""
        self.identity()
        engine = self._engines.get(session) or self._engine(session)
        try:
            return engine.connect()
        except (SQLAlchemyError, sqlite3.Error, OSError) as error:
            raise unavailable(error) from error

    def driver(self) -> Any:
        """Return a new connection of the bare driver for a writer; raises Unavailable."""
        self.identity()
        engine = self._engines.get("writer") or self._engine("writer")
        try:
            pooled = engine.raw_connection()
        except Exception as error:
            raise meant(error) from error
        raw = pooled.driver_connection
        pooled.detach()
        self._statements = self._statements or Statements(engine.dialect)
        return raw

    def hand(self, raw: Any) -> Hand:
        """Return what runs this room's statements over a connection of the bare driver."""
        assert self._statements is not None  # noqa: S101 - made with the connection
        return Hand(raw, self._statements)

    def identity(self) -> tuple[int, int] | None:
        """Return which file the room is in now, to notice when it is gone; raises Unavailable."""
        if self.path is None:
            return None
        try:
            found = os.stat(self._file)  # noqa: PTH116 - before every command; half the cost
        except OSError as error:
            raise Unavailable(f"{self.path} is gone") from error
        return found.st_dev, found.st_ino

    def make_file(self) -> None:
        """Make a SQLite file that only its owner can read, before anything is in it."""
        if self.path is not None:
            try:
                os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
            except OSError as error:
                raise Unavailable(f"cannot use {self.path}: {error.strerror}") from error

    @contextlib.contextmanager
    def reading(self, limit: float = LONG_READ) -> Iterator[Connection]:
        """A consistent view for as long as the block lasts, given up after `limit` seconds.

        The end of the view and of the connection wait for the server too: the limit holds for
        them as well.
        """
        connection = self.connect("reader")
        with self.limit(connection, limit), connection, connection.begin():
            yield connection

    def read(self, function: Callable[[Connection], T], limit: float = LONG_READ) -> T:
        """Return what a function reads within one view; raises Unavailable."""
        try:
            with self.reading(limit) as connection:
                return function(connection)
        except (SQLAlchemyError, sqlite3.Error, OSError) as error:
            raise meant(error) from error

    def write(self, function: Callable[[Connection], T]) -> T:
        """Return what a function wrote to a list, outside the journal; raises Unavailable."""
        try:
            connection = self.connect("writer")
            with self.limit(connection, LONG_READ), connection, connection.begin():
                if self.kind == "postgresql":  # nobody waits for the journal's head meanwhile
                    connection.exec_driver_sql(AT_LEISURE)
                return function(connection)
        except (SQLAlchemyError, sqlite3.Error, OSError) as error:
            raise meant(error) from error

    def listener_arguments(self) -> dict[str, Any]:
        """Return what psycopg needs for a connection of the change feed."""
        engine = self._engines.get("reader") or self._engine("reader")
        words, named = engine.dialect.create_connect_args(self.url)
        assert not words  # noqa: S101 - psycopg takes names only
        return {**named, **_LINK, "options": _SESSIONS["listener"]}

    def limit(self, connection: Any, seconds: float) -> AbstractContextManager[None]:
        """Give up on a server that does not answer within these seconds (SQLite has none)."""
        if self.kind == "sqlite":
            return _NO_LIMIT
        if isinstance(connection, Connection):
            connection = connection.connection.driver_connection
        return self.watchdog.limit(connection, seconds)

    def close(self) -> None:
        """Let go of engines and the watchdog's thread."""
        for engine in self._engines.values():
            engine.dispose()
        self.watchdog.close()

    def _engine(self, session: Literal["writer", "reader"]) -> Engine:
        options: dict[str, Any]
        if self.kind == "sqlite":
            options = {
                "timeout": _LITE_WAIT[session],
                "check_same_thread": False,
                "cached_statements": _LITE_STATEMENTS,
            }
        else:
            options = {**_LINK, "options": _SESSIONS[session]}
            if len(self.url.query.get("host", ())) > 1 and session == "writer":
                options["target_session_attrs"] = "read-write"
        engine = create_engine(
            self.url,
            poolclass=NullPool,
            connect_args=options,
            hide_parameters=True,  # words of callers belong in no traceback
        )
        if self.kind == "sqlite":
            _sqlite_manners(engine, "BEGIN IMMEDIATE" if session == "writer" else "BEGIN")
        self._engines[session] = engine
        return engine


def meant(error: Exception) -> Exception:
    """Return what a driver's error is to a person; a bug stays what it is."""
    return error if failure_of(error) in {Failure.BUG, Failure.CLASH} else unavailable(error)


def _checked(address: str) -> URL:
    try:
        url = make_url(address)
    except ArgumentError:
        raise Unavailable(f"“{address}” is not the address of a database") from None
    if url.drivername in {"sqlite", "sqlite+pysqlite"}:
        if not url.database or url.database == ":memory:":
            raise Unavailable("a SQLite room needs a file: sqlite:///FILE")
        return url.set(drivername="sqlite+pysqlite")
    if url.drivername in {"postgresql", "postgres", "postgresql+psycopg"}:
        return url.set(drivername="postgresql+psycopg")
    raise Unavailable("the address of a database begins with sqlite:/// or postgresql://")


def _sqlite_manners(engine: Engine, begin: str) -> None:
    @event.listens_for(engine, "connect")
    def _opened(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # we begin ourselves
        connection.execute("PRAGMA synchronous=FULL")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

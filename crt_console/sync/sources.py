"""Where the feed hears of new entries: a file that is looked at, or a server that calls."""

import contextlib
import threading
import time
from datetime import datetime
from typing import Any, Protocol

from crt_console.domain.board import Changes, Gap
from crt_console.domain.errors import Unavailable
from crt_console.store import queries
from crt_console.store.columns import from_micros
from crt_console.store.database import Database
from crt_console.store.watchdog import shut
from crt_console.sync.clock import Clock
from crt_console.sync.follower import Follower

LOOK_EVERY = 0.05  # SQLite tells nobody: 3.6 µs a look
BEAT_EVERY = 1.0
BEAT_LIMIT = 1.0
_BEAT = (
    "SELECT (extract(epoch from clock_timestamp()) * 1000000)::bigint, seq"
    " FROM journal_head WHERE id = 1"
)


class Listener(Protocol):
    """What a source tells; the feed, in short."""

    clock: Clock
    follower: Follower
    closing: threading.Event

    def tell(self, changes: Changes | None) -> None:
        """Pass on what changed."""

    def good(self) -> None:
        """The database has just answered."""

    def read(self) -> None:
        """Read what is missing."""

    def maybe_prune(self) -> None:
        """Now and then let go of what closed long ago."""


class Source(Protocol):
    """Hears of new entries."""

    def follow(self, feed: Listener) -> None:
        """Follow until the feed closes; raises when the database is lost."""

    def wake(self) -> None:
        """Look at once."""

    def interrupt(self) -> None:
        """End a wait."""


class FileSource:
    """Looks at a SQLite file twenty times a second."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._flag = threading.Event()

    def wake(self) -> None:
        """Look at once."""
        self._flag.set()

    interrupt = wake

    def follow(self, feed: Listener) -> None:
        """Follow until the feed closes; raises when the file is lost."""
        with self._database.connect("reader") as connection:
            raw: Any = connection.connection.driver_connection
            identity = self._database.identity()
            seen, beat = None, 0.0
            while not feed.closing.is_set():
                version = raw.execute("PRAGMA data_version").fetchone()
                if version != seen:
                    seen = version
                    with connection.begin():
                        feed.tell(feed.follower.catch_up(connection))
                if time.monotonic() >= beat:
                    beat = time.monotonic() + BEAT_EVERY
                    if self._database.identity() != identity:
                        raise Unavailable(f"{self._database.path} was replaced")
                    feed.clock.set(queries.clock(connection))
                    feed.good()
                    feed.maybe_prune()
                self._flag.wait(LOOK_EVERY)
                self._flag.clear()  # before the next look, or a wake-up could be lost


class ServerSource:
    """Listens to a PostgreSQL server, and asks it every second whether it is there."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._number: int | None = None
        self._lock = threading.Lock()

    def wake(self) -> None:
        """The server wakes us."""

    def interrupt(self) -> None:
        """End a wait by shutting the socket."""
        with self._lock:
            if self._number is not None:
                shut(self._number)

    def follow(self, feed: Listener) -> None:
        """Follow until the feed closes; raises when the server does not answer."""
        import psycopg  # a SQLite room never needs it

        arguments = self._database.listener_arguments()
        with contextlib.closing(psycopg.connect(**arguments, autocommit=True)) as connection:
            with self._lock:
                self._number = connection.fileno()
            try:
                self._follow(feed, connection)
            finally:
                with self._lock:
                    self._number = None

    def _follow(self, feed: Listener, connection: Any) -> None:
        with self._database.watchdog.limit(connection, BEAT_LIMIT):
            connection.execute("LISTEN crt")
        feed.read()
        next_beat = 0.0
        while not feed.closing.is_set():
            wait = max(0.0, next_beat - time.monotonic())
            self._hear(feed, connection, wait)
            if time.monotonic() >= next_beat:
                next_beat = time.monotonic() + BEAT_EVERY
                self._beat(feed, connection)

    def _hear(self, feed: Listener, connection: Any, wait: float) -> None:
        for notice in connection.notifies(timeout=wait, stop_after=1):
            try:
                feed.tell(feed.follower.apply(notice.payload))
            except Gap:
                feed.read()

    def _beat(self, feed: Listener, connection: Any) -> None:
        moment, seq = self._ask(connection)
        feed.clock.set(moment)
        feed.good()
        if seq > feed.follower.board.seq:
            self._hear(feed, connection, 0.0)  # it may be on its way
        if seq != feed.follower.board.seq:  # lower: an earlier copy was put back
            feed.read()
        feed.maybe_prune()

    def _ask(self, connection: Any) -> tuple[datetime, int]:
        with self._database.watchdog.limit(connection, BEAT_LIMIT):
            row = connection.execute(_BEAT).fetchone()
        return from_micros(row[0]), row[1]

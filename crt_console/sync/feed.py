"""The change feed: a thread that follows the journal and judges whether the database is there."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from crt_console.domain.board import Changes, Link
from crt_console.domain.errors import Unavailable
from crt_console.store.database import Database
from crt_console.store.failures import Failure, failure_of, words_of
from crt_console.sync.clock import Clock
from crt_console.sync.follower import Follower
from crt_console.sync.sources import FileSource, ServerSource, Source

_log = logging.getLogger(__name__)
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 1.0
# A server that froze has to be noticed soon; a whole board over a slow line may take longer.
_FIRST_READ, _LONGEST_READ = 2.0, 30.0
_PRUNE_EVERY = 300.0


class Feed:
    """Follows one database until closed; calls `publish` in its own thread."""

    def __init__(
        self, database: Database, clock: Clock, publish: Callable[[Changes], None]
    ) -> None:
        self.database = database
        self.clock = clock
        self.follower = Follower(clock)
        self.closing = threading.Event()
        self.link = Link()
        self._publish = publish
        self._source = _source_for(database)
        self._pause = _FIRST_PAUSE
        self._limit = _FIRST_READ
        self._pruned = time.monotonic()
        self._last_good: datetime | None = None
        self._thread = threading.Thread(target=self._run, name="crt-feed", daemon=True)

    def load(self) -> Changes:
        """Read the board before the thread starts."""
        with self.database.reading() as connection:
            return self.follower.reload(connection)

    def start(self) -> None:
        """Begin to follow."""
        self._thread.start()

    def wake(self) -> None:
        """Look at once: this console has just written."""
        self._source.wake()

    def close(self) -> None:
        """End the thread and wait for it."""
        self.closing.set()
        self._source.wake()
        self._source.interrupt()
        if self._thread.is_alive():
            self._thread.join()

    # called by the sources, in the feed's thread

    def tell(self, changes: Changes | None) -> None:
        """Pass on what changed."""
        if changes is not None:
            self._publish(replace(changes, link=self.link))

    def good(self) -> None:
        """The database has just answered."""
        self._last_good = self.clock.now()
        self._pause = _FIRST_PAUSE
        if not self.link.live:
            self.link = Link()
            self.tell(Changes(board=self.follower.board))

    def maybe_prune(self) -> None:
        """Now and then let go of what closed long ago."""
        if time.monotonic() - self._pruned >= _PRUNE_EVERY:
            self._pruned = time.monotonic()
            self.tell(self.follower.prune())

    def read(self) -> None:
        """Read what is missing, over a connection of its own."""
        limit, self._limit = self._limit, min(self._limit * 2, _LONGEST_READ)
        with self.database.reading(limit) as connection:
            self.tell(self.follower.catch_up(connection))
        self._limit = _FIRST_READ

    def _run(self) -> None:
        while not self.closing.is_set():
            try:
                self._source.follow(self)
            except Exception as error:  # noqa: BLE001 - the feed outlives whatever happens
                self._lost(error)
            self.closing.wait(self._pause)
            self._pause = min(self._pause * 2, _LONGEST_PAUSE)

    def _lost(self, error: Exception) -> None:
        if self.closing.is_set():
            return
        gone = isinstance(error, Unavailable)
        if not gone and failure_of(error) is Failure.BUG:
            _log.exception("the feed failed", exc_info=error)
        if self.link.live:
            _log.warning("the database is away: %s", type(error).__name__)
            because = error.because if isinstance(error, Unavailable) else words_of(error)
            since = self._last_good or self.clock.now()
            self.link = Link(live=False, since=since, because=because)
            self.tell(Changes(board=self.follower.board))


def _source_for(database: Database) -> Source:
    if database.kind == "sqlite":
        return FileSource(database)
    return ServerSource(database)

"""Console: the one object that a screen or a shell talks to."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar

from msgspec.structs import replace
from sqlalchemy import Connection

from crt_console.domain.board import Board, Changes, Link
from crt_console.domain.commands import Command, Outcome
from crt_console.domain.entries import Entry
from crt_console.domain.errors import Refused, Unavailable
from crt_console.domain.places import Place
from crt_console.domain.timers import Timers
from crt_console.services.carry_out import carry_out
from crt_console.store import backup, figures, lists, looking, queries, verify
from crt_console.store.create import prepare
from crt_console.store.database import LONG_READ, Database
from crt_console.store.gazetteer import Gazetteer
from crt_console.store.queries import MappedType
from crt_console.store.writer import Handle, Writer
from crt_console.sync.clock import Clock
from crt_console.sync.dues import Dues, command_for
from crt_console.sync.feed import Feed
from crt_console.sync.inbox import Inbox

T = TypeVar("T")
_DUES_EVERY = 0.25
_TRY_EVERY = 1.0  # seconds between two looks whether the database takes writes again
_READ_LIMIT = 10.0  # seconds for what a person waits for
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One entry about an incident, with all the words of that incident's entries."""

    entry: Entry
    content: Mapping[str, str | None]


class Console:
    """Commands go in through `do`, changes come out of `changes`; used on one event loop."""

    def __init__(
        self,
        database: Database,
        *,
        by: str,
        console: str,
        pack: Any,
        timers: Timers,
        handle: Handle,
    ) -> None:
        self.by = by
        self.console = console
        self._database = database
        self._loop = asyncio.get_running_loop()
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="crt-writer")
        self._reading = ThreadPoolExecutor(1, thread_name_prefix="crt-reader")
        self._writer = Writer(database, handle, by=by, console=console, pack=pack, timers=timers)
        self._clock = Clock()
        self._feed = Feed(database, self._clock, self._from_feed)
        self._gazetteer = Gazetteer()
        self._board = Board()
        self._link = Link()
        self._inboxes: set[Inbox] = set()
        self._dues: asyncio.Task[None] | None = None
        self._trying: asyncio.Task[None] | None = None
        self._follows = False

    @classmethod
    async def open(
        cls,
        url: str,
        *,
        by: str,
        console: str,
        pack: Any,
        timers: Timers,
        follow: bool = True,
        dues: bool | None = None,
        handle: Handle = carry_out,
    ) -> Self:
        """Open the room at this address, making its tables if it is empty; raises Unavailable.

        Without `follow` the board stays as it was then, until `refresh`. `dues` says whether
        this console raises what falls due; by default one that follows does.
        """
        made = cls(Database(url), by=by, console=console, pack=pack, timers=timers, handle=handle)
        try:
            await made._open(follow=follow, dues=follow if dues is None else dues)
        except BaseException:
            await made.close()
            raise
        return made

    @property
    def board(self) -> Board:
        """The room as this console knows it."""
        return self._board

    @property
    def link(self) -> Link:
        """How this console stands to the database."""
        return self._link

    def now(self) -> datetime:
        """Return the database's time."""
        return self._clock.now()

    async def do(self, command: Command, *, by: str | None = None) -> Outcome:
        """Carry out a command; raises Refused or Unavailable.

        After Unavailable the same command may be given again: it is done once.
        """
        try:
            outcome = await self._in(self._writing, partial(self._writer.carry_out, command, by))
        except Unavailable as gone:
            self._saving(gone)
            raise
        except Refused:
            self._wrote()
            raise
        self._wrote()
        return outcome

    async def changes(self) -> AsyncIterator[Changes]:
        """Yield the board now, then every change; what comes while nobody takes it is merged."""
        inbox = Inbox(Changes(board=self._board, reloaded=True, link=self._link))
        self._inboxes.add(inbox)
        try:
            async for changes in inbox.taken():
                yield changes
        finally:
            self._inboxes.discard(inbox)

    async def refresh(self) -> Board:
        """Read the board anew and return it; for a console that does not follow."""
        if not self._follows:
            loaded = await self._in(self._reading, self._feed.load)
            self._take(loaded)
        return self._board

    # reading

    async def look(self, ref: str) -> looking.Found:
        """Return an incident or a unit as its rows are now, closed long ago or not."""
        return await self._read(
            partial(looking.look, ref=ref, now=self.now(), pack=self._writer.pack)
        )

    async def timeline(self, incident_id: str) -> tuple[TimelineLine, ...]:
        """Return what was said, answered, advised and decided about an incident, oldest first."""
        entries, words = await self._read(partial(queries.timeline, incident_id=incident_id))
        return tuple(TimelineLine(entry, words) for entry in entries)

    async def entries(self, since: int, most: int = 1000) -> tuple[Entry, ...]:
        """Return the entries after a number, `most` at most."""
        found = await self._read(partial(queries.entries_after, seq=since, most=most))
        return found.entries if found else ()

    async def figures(self, since: datetime) -> figures.Figures:
        """Return the figures of what came in since then."""
        return await self._read(partial(figures.figures, since=since))

    async def places(self, text: str, limit: int = 8) -> tuple[Place, ...]:
        """Return the places that a text, finished or not, most likely means."""
        return await self._read(partial(self._gazetteer.find, text=text, limit=limit))

    async def types(self) -> tuple[MappedType, ...]:
        """Return what other systems' words stand for, those not mapped yet included."""
        return await self._read(queries.types)

    async def verify(self) -> verify.Verdict:
        """Return whether the journal is gapless, unaltered and folds to the state."""
        return await self._read(verify.verify, LONG_READ)

    async def backup(self, path: Path) -> None:
        """Write a consistent copy to a new file while everybody works."""
        await self._in(self._reading, partial(backup.backup, self._database, path))

    # lists

    async def add_places(self, rows: Iterable[Place]) -> int:
        """Add places to the gazetteer, or change those with the same id; return how many."""
        return await self._list(partial(lists.put_places, found=list(rows)))

    async def add_types(self, rows: Iterable[MappedType]) -> int:
        """Map words of other systems to types; return how many."""
        return await self._list(partial(lists.put_types, found=list(rows)))

    # ending

    async def close(self) -> None:
        """End dues, feed, threads and connections, in this order."""
        for task in (self._dues, self._trying):
            if task is not None:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
        for inbox in self._inboxes:
            inbox.close()
        await self._in(self._reading, self._feed.close)
        await self._in(self._writing, self._writer.close)
        await self._in(self._reading, self._database.close)
        self._writing.shutdown()
        self._reading.shutdown()

    # inside

    async def _open(self, *, follow: bool, dues: bool) -> None:
        await self._in(self._reading, partial(prepare, self._database))
        self._take(await self._in(self._reading, self._feed.load))
        self._follows = follow
        if follow:
            self._feed.start()
        if dues:
            self._dues = self._loop.create_task(self._raise_dues(), name="crt-dues")

    async def _in(self, thread: ThreadPoolExecutor, function: Callable[[], T]) -> T:
        return await self._loop.run_in_executor(thread, function)

    async def _read(self, function: Callable[[Connection], T], limit: float = _READ_LIMIT) -> T:
        return await self._in(self._reading, partial(self._database.read, function, limit))

    async def _list(self, function: Callable[[Connection], T]) -> T:
        return await self._in(self._writing, partial(self._database.write, function))

    def _wrote(self) -> None:
        self._feed.wake()
        if not self._link.saving:
            self._show(replace(self._link, saving=True))

    def _saving(self, gone: Unavailable) -> None:
        """Show that nothing is saved, since the first command that failed."""
        if self._link.saving:
            if self._follows and (self._trying is None or self._trying.done()):
                self._trying = self._loop.create_task(self._try_saving(), name="crt-trying")
            since = self._link.since or self.now()
            self._show(replace(self._link, saving=False, since=since, because=gone.because))

    def _show(self, link: Link) -> None:
        self._link = link
        self._deliver(Changes(board=self._board, link=link))

    def _from_feed(self, changes: Changes) -> None:
        """Bring changes from the feed's thread to the loop, unless it has ended."""
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._take, changes)

    def _take(self, changes: Changes) -> None:
        self._board = changes.board
        link = changes.link
        if not self._link.saving:  # the feed does not know: only a write that comes through does
            link = replace(link, saving=False, since=self._link.since, because=self._link.because)
        self._link = link
        self._deliver(replace(changes, link=link))

    def _deliver(self, changes: Changes) -> None:
        for inbox in self._inboxes:
            inbox.put(changes)

    async def _try_saving(self) -> None:
        """Nobody may act for hours: say when the database takes writes again."""
        while not self._link.saving:
            await asyncio.sleep(_TRY_EVERY)
            if not self._link.live:
                continue
            with contextlib.suppress(Unavailable):
                await self._in(self._writing, self._writer.probe)
                self._wrote()

    async def _raise_dues(self) -> None:
        dues = Dues(self.console)
        while True:
            await asyncio.sleep(_DUES_EVERY)
            if not self._link.live:
                continue
            for alarm in dues.ready(self._board, self.now(), time.monotonic()):
                if alarm.id not in self._board.alarms:
                    continue
                try:
                    await self.do(command_for(alarm))
                except Refused:
                    continue  # somebody else was first; the others are due all the same
                except Unavailable:
                    break  # nobody can: look again
                except Exception:  # noqa: BLE001 - one bug must not silence the other alarms
                    _log.exception("a due could not be raised")

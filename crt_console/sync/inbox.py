"""What waits for one reader of the changes: merged until it is taken."""

import asyncio
from collections.abc import AsyncIterator

from msgspec.structs import replace

from crt_console.domain.board import Changes


class Inbox:
    """One subscriber's place; used on the event loop only."""

    def __init__(self, first: Changes) -> None:
        self._waiting: Changes | None = first
        self._closed = False
        self._flag = asyncio.Event()
        self._flag.set()

    def put(self, changes: Changes) -> None:
        """Add what changed."""
        self._waiting = changes if self._waiting is None else merged(self._waiting, changes)
        self._flag.set()

    def close(self) -> None:
        """End the iteration once everything was taken."""
        self._closed = True
        self._flag.set()

    async def taken(self) -> AsyncIterator[Changes]:
        """Yield what came since the last time, as one."""
        while True:
            await self._flag.wait()
            self._flag.clear()
            changes, self._waiting = self._waiting, None
            if changes is not None:
                yield changes
            elif self._closed:
                return
            if self._closed:
                self._flag.set()


def merged(first: Changes, second: Changes) -> Changes:
    """Return two changes as one."""
    return replace(
        second,
        entries=first.entries + second.entries,
        touched=first.touched | second.touched,
        reloaded=first.reloaded or second.reloaded,
    )

"""The room before the database is there: an empty board, and nothing can be done yet."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

from crt_console.domain.board import Board, Changes
from crt_console.domain.commands import Command, Outcome
from crt_console.domain.errors import Unavailable


class NoRoom:
    """What a desk stands in while its console opens, and in pictures."""

    def __init__(self, board: Board | None = None, now: datetime | None = None) -> None:
        self.board = board or Board()
        self._now = now

    def now(self) -> datetime:
        """Return the computer's time, or the time it was given."""
        return self._now or datetime.now(UTC)

    async def do(self, command: Command, *, by: str | None = None) -> Outcome:
        """Refuse: there is nowhere to write yet."""
        del command, by
        raise Unavailable("the database is being opened")

    async def changes(self) -> AsyncIterator[Changes]:
        """Yield the board once."""
        yield Changes(board=self.board, reloaded=True)
        await asyncio.Event().wait()

    async def timeline(self, incident_id: str) -> Any:
        """Return nothing."""
        del incident_id
        return ()

    async def places(self, text: str, limit: int = 8) -> Any:
        """Return nothing."""
        del text, limit
        return ()

    async def figures(self, since: datetime) -> Any:
        """Return nothing."""
        del since
        return None

"""What calls coming in need of the console: its one door, and patience when it is busy."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from crt_console.domain.commands import Command, Outcome
from crt_console.domain.errors import Unavailable

FIRST_WAIT, LONGEST_WAIT = 0.1, 2.0  # seconds between two attempts


class Door(Protocol):
    """The console, as far as calls coming in use it."""

    async def do(self, command: Command) -> Outcome:
        """Carry out a command; raises Refused or Unavailable."""
        ...


async def insist(console: Door, command: Command, tell: Callable[[str], None]) -> Outcome:
    """Carry out a command however long the database is away; `tell` once what is waited for.

    The operation id stays, so that an act whose answer was lost is not done twice.
    """
    wait = FIRST_WAIT
    while True:
        try:
            return await console.do(command)
        except Unavailable as gone:
            if wait == FIRST_WAIT:
                tell(gone.because)
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)

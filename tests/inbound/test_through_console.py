"""The console itself as the door: import, receive and replay, and its feed tells of them."""

import asyncio
import io
from pathlib import Path

from crt_console.console import Console
from crt_console.domain.timers import Timers
from crt_console.inbound.importing import import_file
from crt_console.inbound.profile import Profile
from crt_console.inbound.receive import receive
from crt_console.inbound.replay import replay
from crt_console.protocol.loader import load


def test_import_receive_and_replay(database_url: str, calls_file: Path, north: Profile) -> None:
    async def work() -> None:
        console = await Console.open(
            database_url, by="Ortiz", console="3", pack=load("hartford"), timers=Timers()
        )
        try:
            imported = await import_file(console, calls_file, north)
            assert (imported.accepted, imported.duplicate, imported.quarantined) == (4, 1, 1)
            line = io.BytesIO(b'{"external": "1", "at": "2026-03-01T10:00:00Z"}\n')
            assert (await receive(console, line)).accepted == 1
            assert (await replay(console, calls_file, north, speed=1e6)).accepted == 4
            async with asyncio.timeout(20):
                async for changes in console.changes():
                    if len(changes.board.incidents) == 6:  # one open import, one, four
                        break
        finally:
            await console.close()

    asyncio.run(work())

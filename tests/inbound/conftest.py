"""The console's door over the real writer, and what is in the room afterwards."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from crt_console.domain.board import Board
from crt_console.domain.commands import Command, Outcome
from crt_console.domain.errors import Unavailable
from crt_console.domain.incident import Incident
from crt_console.inbound.profile import Profile, parse_profile
from crt_console.store.queries import load_board
from tests.support.shift import Shift


class RoomDoor:
    """Commands go to the one writer thread; an outage can be had before or after the commit."""

    def __init__(self, url: str) -> None:
        self._thread = ThreadPoolExecutor(1)
        self.shift = self._thread.submit(Shift, url).result()
        self.outage: Callable[[Command], str] = lambda _: ""

    async def do(self, command: Command) -> Outcome:
        """Carry out a command as the console does."""
        when = self.outage(command)
        if when == "before":
            raise Unavailable("the database is away")
        loop = asyncio.get_running_loop()
        outcome = await loop.run_in_executor(self._thread, self.shift.do, command)
        if when == "after":
            raise Unavailable("the answer was lost", may_be_done=True)
        return outcome

    def board(self) -> Board:
        """Return the board as it stands."""

        def look() -> Board:
            with self.shift.reading() as connection:
                return load_board(connection, datetime.now(UTC)).board

        return self._thread.submit(look).result()

    def incidents(self) -> dict[str | None, Incident]:
        """Return the incidents on the board by their number in the other system."""
        return {i.external: i for i in self.board().incidents.values()}

    def words(self, external: str, name: str) -> str:
        """Return the words of an incident's field."""
        board = self.board()
        found = next(i for i in board.incidents.values() if i.external == external)
        return board.text(getattr(found, name))

    def count(self, table: str, where: str = "1 = 1") -> int:
        """Return how many rows a table has."""

        def look() -> int:
            with self.shift.reading() as connection:
                # The names are the test's own.
                query = text(f"SELECT count(*) FROM {table} WHERE {where}")  # noqa: S608
                return int(connection.scalar(query) or 0)

        return self._thread.submit(look).result()

    def close(self) -> None:
        """Let go of the database."""
        self._thread.submit(self.shift.close).result()
        self._thread.shutdown()


@pytest.fixture
def door(room_url: str) -> Iterator[RoomDoor]:
    """The door of an empty room, once on each kind of database."""
    opened = RoomDoor(room_url)
    yield opened
    opened.close()


@pytest.fixture
def run() -> Callable[..., Any]:
    """Run a coroutine to its end."""
    return asyncio.run


@pytest.fixture
def calls_file(tmp_path: Path) -> Path:
    """Six rows of a made-up export: two twins, one without time, one open."""
    path = tmp_path / "calls.csv"
    path.write_text(
        "No,At,Type,Place,Closed\n"
        "A1,2025-03-01 10:00:00,WELFARE CHECK,1 Main St,2025-03-01 10:30:00\n"
        "A2,2025-03-01 10:02:00,ODD,2 Main St,2025-03-01 10:30:00\n"
        "A1,2025-03-01 10:00:00,WELFARE CHECK,1 Main St,2025-03-01 10:30:00\n"
        "A3,soon,ODD,,\n"
        "A4,2025-03-01 10:01:00,ODD,4 Main St,\n"
        "A5,2025-03-01 10:03:00,,5 Main St,2025-03-01 10:30:00\n"
    )
    return path


@pytest.fixture
def north() -> Profile:
    """The profile of the made-up export."""
    return parse_profile(
        """name = "north"
title = "Made up"
[columns]
external = "No"
at = "At"
type = "Type"
place = "Place"
closed_at = "Closed"
[times]
zone = "America/New_York"
[types]
"welfare check" = "welfare check"
""",
        "north.toml",
    )

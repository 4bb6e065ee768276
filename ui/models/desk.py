"""The desk of one person: the present board, what is selected, and the way to act on it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from crt_console.domain.board import Board, Changes, Link
from crt_console.domain.commands import Command, Outcome
from crt_console.domain.incident import Incident
from crt_console.domain.timers import Timers
from crt_console.protocol.pack import Pack
from ui.tasks import Tasks


class Room(Protocol):
    """What the desk needs of a console; `crt_console.console.Console` is one."""

    @property
    def board(self) -> Board: ...

    def now(self) -> datetime: ...

    async def do(self, command: Command, *, by: str | None = None) -> Outcome: ...

    def changes(self) -> AsyncIterator[Changes]: ...

    async def timeline(self, incident_id: str) -> Any: ...

    async def places(self, text: str, limit: int = 8) -> Any: ...

    async def figures(self, since: datetime) -> Any: ...


class Desk(QObject):
    """Holds the board that is drawn; every panel draws from it and acts through `do`.

    `changed` carries a Changes after the board was replaced; `selected` an incident id ("" for
    none); `said` a kind (refused, unavailable, fault, done, news) and words for the person.
    """

    changed = Signal(object)
    selected = Signal(str)
    said = Signal(str, str)

    def __init__(
        self,
        room: Room,
        *,
        who: str,
        console: str,
        pack: Pack,
        timers: Timers,
        shared: bool = False,
    ) -> None:
        super().__init__()
        self._room = room
        self.who = who
        self.console = console
        self.pack = pack
        self.timers = timers
        self.shared = shared  # whether other consoles may be at the same database
        self.board: Board = room.board
        self.link = Link()
        self.incident_id = ""
        self.heard: dict[str, int] = {}  # the last entry about each incident since the start
        self.tasks = Tasks(self.said.emit)

    @property
    def room(self) -> Room:
        """The console behind it, for reads (timeline, places, figures)."""
        return self._room

    @property
    def incident(self) -> Incident | None:
        """The selected incident."""
        return self.board.incidents.get(self.incident_id)

    def attach(self, room: Room) -> None:
        """Stand in this room from now on."""
        self._room = room
        self.board = room.board

    def now(self) -> datetime:
        """Return the time of the database."""
        return self._room.now()

    def select(self, incident_id: str) -> None:
        """Open an incident; "" closes it."""
        if incident_id != self.incident_id:
            self.incident_id = incident_id
            self.selected.emit(incident_id)

    def take(self, changes: Changes) -> None:
        """Put a new board on the desk."""
        self.board = changes.board
        self.link = changes.link
        if changes.reloaded:  # now and then: what closed long ago has left the board
            self.heard = {key: self.heard[key] for key in self.heard.keys() & self.board.incidents}
        for entry in changes.entries:
            if entry.incident_id is not None:
                self.heard[entry.incident_id] = entry.seq
        self.changed.emit(changes)

    def do(
        self,
        command: Command,
        then: Callable[[Outcome], None] | None = None,
        *,
        by: str | None = None,
        quiet: bool = False,
    ) -> asyncio.Task[Any]:
        """Carry out a command; a refusal is said unless `quiet`, `then` hears the outcome."""
        return self.tasks.start(self._do(command, then, by), quiet=quiet)

    async def _do(
        self, command: Command, then: Callable[[Outcome], None] | None, by: str | None
    ) -> Outcome:
        outcome = await self._room.do(command, by=by)
        if then is not None:
            then(outcome)
        return outcome

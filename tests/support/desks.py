"""A desk for tests of panels: a small room in memory, and the loop that drives both."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import qasync
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from crt_console.console import Console
from crt_console.domain.board import Board, Changes
from crt_console.domain.commands import Command, Outcome, ReceiveCall
from crt_console.domain.grammar import parse
from crt_console.domain.ids import CautionId, ContentId, IncidentId, UnitId, new_id
from crt_console.domain.incident import Caution, Incident
from crt_console.domain.places import Place, about_key, place_key
from crt_console.domain.timers import Timers
from crt_console.domain.unit import Unit, call_sign_key
from crt_console.domain.words import UnitStatus
from crt_console.protocol.loader import load
from crt_console.protocol.vocabulary import VOCABULARY
from ui.garbage import Garbage
from ui.models.desk import Desk

START = datetime(2026, 11, 24, 19, 31, 20, tzinfo=UTC)
PLACES = (
    Place(id="1", name="124 Albany Ave", key=place_key("124 Albany Ave"), lat=41.77, lon=-72.68,
          neighbourhood="Clay Arsenal"),
    Place(id="2", name="1240 Main St", key=place_key("1240 Main St"), lat=41.78, lon=-72.67,
          neighbourhood="North End"),
    Place(id="3", name="Albany Ave & Main St", key=place_key("Albany Ave & Main St"), lat=41.7,
          lon=-72.6, neighbourhood="Clay Arsenal"),
)  # fmt: skip


class MemoryRoom:
    """Does what a console does for a panel: takes commands, remembers them, has a board."""

    def __init__(self) -> None:
        self.board = Board(seq=1, at=START)
        self.done: list[Command] = []
        self.failing: Exception | None = None
        self.slow: asyncio.Event | None = None
        self.answer: Callable[[Command], Outcome] | None = None
        self._serial = 141

    def now(self) -> datetime:
        return START + timedelta(seconds=len(self.done))

    async def do(self, command: Command, *, by: str | None = None) -> Outcome:  # noqa: ARG002
        if self.slow is not None:
            await self.slow.wait()
        if self.failing is not None:
            raise self.failing
        self.done.append(command)
        if self.answer is not None:
            return self.answer(command)
        if isinstance(command, ReceiveCall) and command.incident is None:
            return self._received(command)
        return Outcome(seq=1, incident="26-000142", incident_id=getattr(command, "incident", None))

    def _received(self, command: ReceiveCall) -> Outcome:
        made = self.incident(
            id=command.incident_id, place=command.place or "", call_back=command.call_back or ""
        )
        return Outcome(seq=1, incident=made.number, incident_id=made.id)

    async def changes(self) -> AsyncIterator[Changes]:
        yield Changes(board=self.board)

    async def timeline(self, incident_id: str) -> Any:  # noqa: ARG002
        return ()

    async def places(self, text: str, limit: int = 8) -> Any:
        key = about_key(text)
        return [place for place in PLACES if place.key.startswith(key)][:limit]

    async def figures(self, since: datetime) -> Any:  # noqa: ARG002
        return {}

    # What stands on the board

    def incident(self, **values: Any) -> Incident:
        """One more open incident; place, call_back and text are given as words."""
        self._serial += 1
        words = {name: values.pop(name, "") for name in ("place", "call_back", "text")}
        kept = {name: self._keep(said) for name, said in words.items() if said}
        values = {"id": IncidentId(new_id()), "type": "welfare check", **kept, **values}
        made = Incident(
            serial=self._serial, number=f"26-000{self._serial}", opened_at=START,
            arrived_at=START, waiting_since=START, **values,
        )  # fmt: skip
        self.put("incidents", made.id, made)
        return made

    def unit(self, call_sign: str, **values: Any) -> Unit:
        """One more team, free."""
        made = Unit(
            id=UnitId(new_id()), key=call_sign_key(call_sign), call_sign=call_sign,
            status_at=START, **{"status": UnitStatus.AVAILABLE, **values},
        )  # fmt: skip
        self.put("units", made.id, made)
        return made

    def caution(self, about: str, text: str) -> Caution:
        """A warning."""
        made = Caution(
            id=CautionId(new_id()), about=self._keep(about), text=self._keep(text),
            author="M. Ortiz", at=START,
        )  # fmt: skip
        self.put("cautions", made.id, made)
        return made

    def _keep(self, words: str) -> ContentId:
        content = ContentId(new_id())
        self.board = replace(self.board, content={**self.board.content, content: words})
        return content

    def put(self, table: str, row_id: str, row: Any) -> None:
        """A row on the board."""
        tables: dict[str, Mapping[str, Any]] = dict(self.board.tables)
        tables[table] = {**tables[table], row_id: row}
        self.board = replace(self.board, tables=tables)


def desk_of(room: MemoryRoom) -> Desk:
    """The desk of somebody in this room."""
    return Desk(room, who="M. Ortiz", console="console 3", pack=load("hartford"), timers=Timers())


@asynccontextmanager
async def real_desk(url: str) -> AsyncIterator[Desk]:
    """A desk on a real console, which follows what happens there."""
    console = await Console.open(
        url, by="M. Ortiz", console="console 3", pack=load("hartford"), timers=Timers()
    )
    desk = Desk(
        console, who="M. Ortiz", console="console 3", pack=load("hartford"), timers=Timers()
    )
    following = asyncio.get_running_loop().create_task(_follow(console, desk))
    try:
        yield desk
    finally:
        following.cancel()
        await desk.tasks.close()
        await console.close()


async def _follow(console: Console, desk: Desk) -> None:
    async for changes in console.changes():
        desk.take(changes)


async def say(desk: Desk, *lines: str) -> None:
    """Carry out command lines one after the other and wait until the desk shows them."""
    for line in lines:
        units = [unit.call_sign for unit in desk.board.units.values()]
        command = parse(line, now=desk.now(), known_units=units, facts=VOCABULARY.facts)
        assert isinstance(command, Command)
        seen = desk.board.seq
        await desk.room.do(command)
        await until(partial(_moved_on, desk, seen))


def _moved_on(desk: Desk, seen: int) -> bool:
    return desk.board.seq > seen


def drive(scene: Coroutine[Any, Any, None]) -> None:
    """Play a scene on the loop that drives window and console together."""
    app = QApplication.instance()
    QApplication.setQuitOnLastWindowClosed(False)  # as the product does: the loop ends it
    loop = qasync.QEventLoop(app, already_running=False)
    asyncio.set_event_loop(loop)  # qasync asks for it when work goes to a thread
    garbage = Garbage()
    garbage.start()
    try:
        loop.run_until_complete(scene)
    finally:
        asyncio.set_event_loop(None)
        loop.close()
        del loop
        gc.collect()  # here, not in the thread of a later console
        garbage.stop()


async def until(holds: Callable[[], object], times: int = 400) -> None:
    """Let the loop go round until something holds; fail when it never does."""
    for _ in range(times):
        if holds():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it never came true")


def write(text: str) -> None:
    """Type this where the keyboard is."""
    QTest.keyClicks(held(), text)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    QTest.keyClick(held(), key, modifier)


def held() -> QWidget:
    """The widget that has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the keyboard"
    return widget

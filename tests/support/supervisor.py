"""The supervisor's window on a desk, as the tests of it play their scenes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

from pytestqt.qtbot import QtBot

from crt_console.domain.board import Board, Link
from tests.support.desks import drive
from tests.tools import supervisor_boards as boards
from ui import theme
from ui.models.desk import Desk
from ui.sample_rows import ME, SUPERVISOR, TIMERS, sample_pack
from ui.supervisor_window import SupervisorWindow

Window = SupervisorWindow


@contextmanager
def still() -> Iterator[None]:
    """Dark, at full size, at the moment of the made-up boards."""
    theme.apply("dark", 1.0)
    theme.clock.hold(boards.NOW.timestamp())
    yield
    theme.clock.use()
    theme.apply("dark", 1.0)


@asynccontextmanager
async def shown(qtbot: QtBot, desk: Desk, name: str = SUPERVISOR) -> AsyncIterator[Window]:
    """Her window over a desk; its cards have been on the screen for a while."""
    window = SupervisorWindow(desk)
    qtbot.addWidget(window)
    window.resize(1920, 1080)
    window.show()
    window.activateWindow()
    if name:
        window.acts.set_name(name)
    await asyncio.sleep(0.02)
    theme.clock.hold(theme.clock.now() + 1)  # the cards have been on the screen for a while
    yield window
    window.hide()


def desk_on(board: Board, link: Link | None = None) -> tuple[Desk, boards.Room]:
    """A desk on a made-up board, and the room behind it."""
    room = boards.Room(board)
    desk = Desk(room, who=ME, console="3", pack=sample_pack(), timers=TIMERS)
    desk.link = link or Link()
    return desk, room


def play(qtbot: QtBot, board: Board, scene: Callable[[Window, boards.Room], Awaitable[None]],
         *, name: str = SUPERVISOR, link: Link | None = None) -> None:  # fmt: skip
    """Play a scene in her window on this board."""

    async def whole() -> None:
        desk, room = desk_on(board, link)
        async with shown(qtbot, desk, name) as window:
            await scene(window, room)
        await desk.tasks.close()

    drive(whole())

"""One sitting at a console: the room opened, its windows, and everything closed in order."""

import asyncio
import contextlib
import signal
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from crt_console.protocol.engine import prepare
from ui import theme
from ui.bridge import Bridge
from ui.models.desk import Desk
from ui.sounds import Sounds

if TYPE_CHECKING:
    from crt_console.console import Console
    from ui.main_window import MainWindow


def _library() -> "type[Console]":
    """The console, and with it all that speaks to a database."""
    from crt_console.console import Console

    return Console


class Session:
    """Opens the console behind a painted window; `ended` is set when somebody leaves."""

    def __init__(
        self, desk: Desk, window: "MainWindow", settings: Any, *, demo: bool = False
    ) -> None:
        self.desk, self.window, self.settings = desk, window, settings
        self.ended = asyncio.Event()
        self._demo = demo
        self._console: Console | None = None
        self._supervisor: Any = None
        self.sounds = Sounds()
        self.bridge = Bridge(desk, self.sounds, window)
        self.bridge.supervises = self._supervises
        window.close_wanted.connect(self.ended.set)
        window.supervisor_wanted.connect(self.show_supervisor)
        window.mute_wanted.connect(self._mute)

    async def open(self) -> None:
        """Open the room and let the window follow it; raises Unavailable."""
        s = self.settings
        # The database's libraries and what the first question needs take most of a second: in a
        # thread, so that the window answers, and before anything is shown that asks for it.
        with ThreadPoolExecutor(1, thread_name_prefix="crt-pack") as beside:
            loop = asyncio.get_running_loop()
            console = await loop.run_in_executor(beside, _library)
            made = loop.run_in_executor(beside, prepare, self.desk.pack)
            self._console = await console.open(
                s.database, by=s.by, console=s.console, pack=self.desk.pack, timers=s.timers
            )
            await made
        self.desk.attach(self._console)
        theme.clock.use(lambda: self.desk.now().timestamp())
        for number in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError, ValueError):
                asyncio.get_running_loop().add_signal_handler(number, self.ended.set)
        if self._demo:
            await self._seed()
        self.bridge.start()
        self.sounds.load()
        self.window.set_sound(self.sounds.state)

    async def _seed(self) -> None:
        from crt_console.inbound import demo

        console = self._console
        assert console is not None  # noqa: S101 - opened just before
        if not await demo.is_empty(console):
            from crt_console.config import BadSettings

            raise BadSettings("the demo needs a database without data; this one has some")
        await demo.seed(console, me=self.settings.by, now=console.now())
        self.desk.tasks.start(demo.live(console, me=self.settings.by))

    def show_supervisor(self) -> None:
        """Open the supervisor's window, or bring it to the front."""
        if self._supervisor is None:
            from ui.supervisor_window import SupervisorWindow

            self._supervisor = SupervisorWindow(self.desk)
            self._to_second_monitor(self._supervisor)
        self._supervisor.show()
        self._supervisor.raise_()

    def _to_second_monitor(self, window: QWidget) -> None:
        """All of the second monitor, where there is one."""
        mine = self.window.screen()
        other = next((s for s in QGuiApplication.screens() if s is not mine), None)
        if other is not None:
            window.setGeometry(other.availableGeometry())
            window.setWindowState(Qt.WindowState.WindowMaximized)

    def _supervises(self) -> bool:
        """Whether the supervisor sits here: what is for her rings here at once."""
        return self._supervisor is not None and self._supervisor.isVisible()

    def _mute(self) -> None:
        self.sounds.toggle()
        self.window.set_sound(self.sounds.state)

    async def close(self) -> None:
        """End tasks and feed, then threads and connections, then the windows."""
        await self.desk.tasks.close()
        if self._console is not None:
            await self._console.close()
        self.window.drafts.close()
        for window in (self._supervisor, self.window):
            if window is not None:
                window.hide()
                window.deleteLater()
        self._supervisor = None

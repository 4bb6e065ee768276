"""The bridge: what is new is drawn, whether or not it can be heard."""

from functools import partial

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crt_console.console import Console
from crt_console.domain.commands import ReceiveCall
from crt_console.domain.timers import Timers
from crt_console.protocol.loader import load
from tests.support.desks import drive, until
from ui.bridge import Bridge
from ui.models.desk import Desk
from ui.sounds import Sounds


class PulledOut(Sounds):
    """A loudspeaker that was pulled out while it played."""

    def play(self, name: str) -> None:
        """Fail as a tone does whose device is gone."""
        raise RuntimeError(name)


def _shows(desk: Desk, calls: int) -> bool:
    return len(desk.board.incidents) == calls


def test_calls_are_drawn_though_their_tone_fails(qtbot: QtBot, sqlite_url: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)

    async def run() -> None:
        pack, timers = load("hartford"), Timers()
        room = await Console.open(sqlite_url, by="M. Ortiz", console="3", pack=pack, timers=timers)
        desk = Desk(room, who="M. Ortiz", console="3", pack=pack, timers=timers)
        Bridge(desk, PulledOut(), window).start()
        for number in (1, 2):
            desk.do(ReceiveCall(place="124 Albany Ave", text="asks for help"))
            await until(partial(_shows, desk, number))
        await desk.tasks.close()
        await room.close()

    drive(run())

"""The window of the shift: the real one, at the same room, its stalls and memory measured."""

import asyncio
import gc
import os
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path
from typing import Any

import qasync
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from crt_console import config
from crt_console.protocol.loader import load
from tests.faults.shift_part import SAMPLE, Steady, arguments, memory, say, told_to_end
from ui import theme
from ui.garbage import Garbage
from ui.main_window import MainWindow
from ui.models.desk import Desk
from ui.models.drafts import Drafts
from ui.models.no_room import NoRoom
from ui.panels.supervisor_cards import AskCard
from ui.session import Session
from ui.supervisor_window import SupervisorWindow

BEAT = 0.01
STALL = 0.1
LOOKS_AT = 2.0  # seconds that the person at the window stays with one incident
SUPERVISOR = "L. Stone"
DECIDES_IN, DECIDES_EVERY = (40.0, 90.0), 0.5  # seconds of the day; seconds
AGREES = 0.6


class Waiting:
    """How long this thread was ready to run and got no core, in seconds (Linux; else 0)."""

    def __init__(self) -> None:
        try:
            self._file = os.open("/proc/thread-self/schedstat", os.O_RDONLY)
        except OSError:
            self._file = -1

    def seconds(self) -> float:
        """Return it as it is now."""
        return int(os.pread(self._file, 80, 0).split()[1]) / 1e9 if self._file >= 0 else 0.0


class Collections:
    """How long the collector of cycles stopped us at most, in seconds."""

    def __init__(self) -> None:
        self.longest = self._began = 0.0
        gc.callbacks.append(self._told)

    def _told(self, phase: str, _: dict[str, int]) -> None:
        if phase == "start":
            self._began = time.thread_time()
        else:
            self.longest = max(self.longest, time.thread_time() - self._began)


class Beat:
    """Notes how late each beat comes, and how much of that we waited for a core."""

    def __init__(self, waiting: Waiting) -> None:
        self.longest = self.gap = 0.0
        self.beats = 0
        self._waiting = waiting
        self.stalls: list[dict[str, float]] = []
        self._last = self._now()

    def _now(self) -> tuple[float, float, float]:
        return time.monotonic(), time.thread_time(), self._waiting.seconds()

    def beat(self) -> None:
        """It comes."""
        last, self._last = self._last, self._now()
        gap, busy, waited = (now - then for now, then in zip(self._last, last, strict=True))
        self.beats += 1
        self.longest = max(self.longest, gap - waited)
        self.gap = max(self.gap, gap)
        if gap - BEAT > STALL:
            found = {"at": self._last[0], "gap": gap, "busy": busy, "no_core": waited}
            self.stalls.append({key: round(value, 3) for key, value in found.items()})

    def report(self) -> dict[str, Any]:
        """Return what was noted."""
        return {
            "beats": self.beats,
            "longest": round(self.longest, 3),
            "gap": round(self.gap, 3),
            "stalls": self.stalls,
        }


async def beat_of(loop_beat: Beat, ended: asyncio.Event) -> None:
    """Beat on the event loop."""
    while not ended.is_set():
        await asyncio.sleep(BEAT)
        loop_beat.beat()


async def look(desk: Desk, ended: asyncio.Event, kept: list[tuple[float, float]]) -> None:
    """Go through the open incidents as a person does, and note the memory."""
    began, turn = time.monotonic(), cycle(range(1_000_000))
    while not ended.is_set():
        found = list(desk.board.open_incidents)
        if found:
            desk.select(found[next(turn) % len(found)].id)
        if not kept or time.monotonic() - began - kept[-1][0] >= SAMPLE:
            kept.append((round(time.monotonic() - began, 1), round(memory(), 2)))
        await asyncio.sleep(LOOKS_AT)


async def decide(hers: SupervisorWindow, ended: asyncio.Event, speed: float) -> None:
    """Say yes or no at her window, by its keys, as the second person."""
    pace = Steady(speed, 7)
    hers.acts.set_name(SUPERVISOR)
    while not ended.is_set():
        pace.begin(time.monotonic())
        card = next((card for card in hers.left.cards if isinstance(card, AskCard)), None)
        key = card.view.key if card is not None else ""
        if key and pace.ripe(*DECIDES_IN, key):
            hers.left.press("Y" if pace.chance(key, "agrees") < AGREES else "N")
        await asyncio.sleep(DECIDES_EVERY)


async def run(
    session: Session, window: MainWindow, ended: asyncio.Event, speed: float
) -> dict[str, Any]:
    """Keep the window open until told to end; return what was measured."""
    await session.open()
    session.show_supervisor()
    await asyncio.sleep(1.0)  # what the start costs is another bench's
    waiting, collected = Waiting(), Collections()
    loop_beat, timer_beat = Beat(waiting), Beat(waiting)
    timer = QTimer(window)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(timer_beat.beat)
    timer.start(int(BEAT * 1000))
    kept: list[tuple[float, float]] = []
    working = [
        asyncio.ensure_future(beat_of(loop_beat, ended)),
        asyncio.ensure_future(look(session.desk, ended, kept)),
        asyncio.ensure_future(decide(session._supervisor, ended, speed)),
    ]
    sys.stdout.write("{}\n")
    sys.stdout.flush()
    await ended.wait()
    timer.stop()
    await asyncio.gather(*working)
    return {
        "loop": loop_beat.report(),
        "timer": timer_beat.report(),
        "memory": kept,
        "collected": collected.longest,
    }


def main() -> None:
    """Open the window as the product does, at the room of the shift."""
    given = arguments(__doc__)
    settings = config.load(db=given.url, by=given.name, console="window")
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    theme.apply("dark", 1.0)
    desk = Desk(
        NoRoom(), who=settings.by, console=settings.console, pack=load(settings.pack),
        timers=settings.timers, shared=True,
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        window = MainWindow(desk, Drafts(Path(folder), desk.who))
        window.resize(1920, 1080)
        window.show()
        application.processEvents()
        garbage = Garbage(window)
        garbage.start()
        loop = qasync.QEventLoop(application)
        with loop:
            found = loop.run_until_complete(_sitting(desk, window, settings, given.speed))
            say({"name": given.name, **found})


async def _sitting(
    desk: Desk, window: MainWindow, settings: config.Settings, speed: float
) -> dict[str, Any]:
    session = Session(desk, window, settings)
    ended = told_to_end()
    session.ended = ended
    try:
        found = await run(session, window, ended, speed)
        rung = {kind.value: n for kind, n in session.bridge.rung.items()}
    finally:
        await session.close()
    return {**found, "rung": rung, "refused": {}, "done": 0}


if __name__ == "__main__":
    main()

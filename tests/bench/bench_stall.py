"""How long the window's loop stands still: start-up, first question, keys; `bench_stall.py`."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.support.desks import drive, until
from tests.support.seat import HARMLESS, TEAMS, Key, colleague, seated

_TICK = 0.01


class Watch:
    """A ticker on the loop: what comes later than its time is a stall."""

    def __init__(self) -> None:
        self.stalls: list[float] = []

    async def run(self) -> None:
        """Tick until cancelled."""
        before = time.perf_counter()
        while True:
            await asyncio.sleep(_TICK)
            now = time.perf_counter()
            self.stalls.append(now - before - _TICK)
            before = now

    def report(self, phase: str) -> None:
        """Print the figures of a phase and begin the next."""
        worst = sorted(self.stalls)[-3:][::-1]
        words = ", ".join(f"{late * 1000:.0f}" for late in worst)
        over = sum(late > 0.1 for late in self.stalls)
        print(f"{phase}: {len(self.stalls)} ticks, worst {words} ms, {over} above 100 ms")
        self.stalls.clear()


async def _play(folder: Path) -> None:
    url, watch = f"sqlite:///{folder / 'stall.db'}", Watch()
    ticking = asyncio.get_running_loop().create_task(watch.run())
    try:
        async with seated(url, folder) as seat, colleague(url) as kim:
            watch.report("opening")
            for line in (*TEAMS, "new 88 Zion St, welfare check, p2"):
                await kim.say(line)
            await until(lambda: seat.desk.board.open_incidents)
            await seat.open_first()
            await seat.give("medical", "alert")
            watch.report("first incident and question")
            await kim.say(f"answer 1 nature welfare_check, age_group adult, {HARMLESS}")
            await until(lambda: seat.incident.assessed)
            seat.press(Key.Key_S)
            seat.press(Key.Key_Return)
            await until(lambda: seat.unit("crt1").incident_id)
            seat.press(Key.Key_F1)
            seat.press(Key.Key_Escape)
            watch.report("sending and keys")
    finally:
        ticking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await ticking


if __name__ == "__main__":
    application = QApplication([])
    with tempfile.TemporaryDirectory() as made:
        drive(_play(Path(made)))

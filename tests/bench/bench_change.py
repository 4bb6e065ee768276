"""What one change, a burst of them and one tick cost the window's thread, with 300 incidents.

Run: python -m tests.bench.bench_change [--incidents N] [--changes N] [--supervisor] [--profile].
Processor time of that thread alone: what else runs on the machine does not count.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import os
import pstats
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crt_console.domain.board import Changes
from crt_console.domain.commands import (
    AddNote,
    AnswerFacts,
    Command,
    OfferHandover,
    ReceiveCall,
    ReportStatus,
)
from crt_console.domain.timers import Timers
from crt_console.domain.words import UnitStatus
from crt_console.protocol.loader import load
from crt_console.services.carry_out import carry_out
from crt_console.store.database import Database
from crt_console.store.writer import Writer
from tests.bench import bench_click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.seat import Colleague, Seat

TICKS, DUES, WANTED_MS = 20, 60, 16.0
_PAINTED = 0.03


class Took:
    """Processor time of the window's thread, by what took it."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {}

    @contextmanager
    def timed(self, name: str, parts: int = 1) -> Iterator[None]:
        """Note what runs inside, in so many equal parts."""
        started = time.thread_time()
        yield
        self.seconds.setdefault(name, []).append((time.thread_time() - started) / parts)

    def report(self) -> bool:
        """Print the figures; whether a change and a tick stay within a frame."""
        for name, seconds in self.seconds.items():
            millis = sorted(s * 1000 for s in seconds)
            middle = statistics.median(millis)
            sys.stdout.write(f"{name}: {len(millis)}, p50 {middle:.1f}, most {millis[-1]:.1f} ms\n")
        return all(
            statistics.median(self.seconds[name]) * 1000 <= WANTED_MS for name in ("change", "tick")
        )


def commands(first: int, changes: int) -> Iterator[Command]:
    """What happens in a room: calls, answers, notes, statuses, hand-overs."""
    for number in range(first, first + changes):
        other = str(100 + number)
        yield (
            ReceiveCall(place=f"{number} Elm St", type="disturbance"),
            AnswerFacts(incident=other, answers=(("weapon", "none"),)),
            AddNote(incident=other, text="is calm, wants to talk"),
            ReportStatus(
                unit=f"crt{number % bench_click.BUSY + 1}",
                status=UnitStatus.TRANSPORTING if number % 2 else UnitStatus.AT_DESTINATION,
            ),
            OfferHandover(incident=other, agency="ems"),
        )[number % 5]


def fill(url: str, incidents: int) -> None:
    """A room with teams and incidents, some of whose first questions are due."""
    bench_click.fill(url, incidents - DUES, 20)
    database, soon = Database(url), Timers(first_question=0.01)
    making = Writer(
        database, carry_out, by="bench", console="bench", pack=load("hartford"), timers=soon
    )
    for number in range(1, DUES + 1):
        making.carry_out(ReceiveCall(place=f"{number} Albany Ave", type="disturbance"))
    making.close()
    database.close()


async def _shown(seat: Seat, seq: int) -> None:
    while seat.desk.board.seq < seq:  # noqa: ASYNC110 - comes from a thread
        await asyncio.sleep(0.002)
    await asyncio.sleep(_PAINTED)


async def measure(seat: Seat, other: Colleague, changes: int, took: Took) -> None:
    """Changes one by one, then as one burst, then ticks."""
    from PySide6.QtWidgets import QApplication

    seat.desk.select(seat.desk.board.open_incidents[-1].id)
    await asyncio.sleep(2.0)
    plain = seat.desk.take

    def take(changes: Changes) -> None:
        with took.timed("change, its model alone"):
            plain(changes)

    seat.desk.take = take  # type: ignore[method-assign]
    for command in commands(1, changes):
        with took.timed("change"):
            await _shown(seat, (await other.do(command)).seq or 0)
    with took.timed("change in a burst", changes):
        burst = commands(1 + changes, changes)
        done = await asyncio.gather(*(other.do(command) for command in burst))
        await _shown(seat, max(outcome.seq or 0 for outcome in done))
    for _ in range(TICKS):
        with took.timed("tick"):
            seat.window.tick()
            QApplication.processEvents()
        await asyncio.sleep(0.01)


async def _room(url: str, folder: Path, options: argparse.Namespace, took: Took) -> None:
    from tests.support.seat import colleague, seated

    async with seated(url, folder) as seat, colleague(url) as other:
        if options.supervisor:
            seat.session.show_supervisor()
        while len(seat.desk.board.raised) < DUES:  # noqa: ASYNC110 - comes from a thread
            await asyncio.sleep(0.05)
        sys.stdout.write(f"{len(seat.desk.board.raised)} dues in the room\n")
        await measure(seat, other, options.changes, took)


def in_window(work: Callable[[], Any]) -> None:
    """Run it on an application and loop of its own."""
    from PySide6.QtWidgets import QApplication
    from qasync import QEventLoop

    from ui.garbage import Garbage

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication(["bench"])
    garbage = Garbage(application)
    garbage.start()
    with QEventLoop(application) as loop:
        loop.run_until_complete(work())


def main() -> int:
    """Run it; exit 1 where a change or a tick takes more than a frame."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=300)
    parser.add_argument("--changes", type=int, default=50)
    parser.add_argument("--supervisor", action="store_true", help="her window is open too")
    parser.add_argument("--profile", action="store_true", help="what took most, in place of times")
    options = parser.parse_args()
    took, profile = Took(), cProfile.Profile()
    with tempfile.TemporaryDirectory() as made:
        url = f"sqlite:///{Path(made) / 'room.db'}"
        fill(url, options.incidents)
        if options.profile:
            profile.enable()
        in_window(lambda: _room(url, Path(made) / "drafts", options, took))
    if options.profile:
        profile.disable()
        pstats.Stats(profile).sort_stats("tottime").print_stats(45)
        return 0
    return 0 if took.report() else 1


if __name__ == "__main__":
    raise SystemExit(main())

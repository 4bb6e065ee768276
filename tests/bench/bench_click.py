"""From the click on Assign to both rows painted, and from a call to its row, in the real window.

Run: python -m tests.bench.bench_click [--clicks N] [--incidents N] [--postgresql] [--xvfb]. The
floor, in the same run and in turn: two bare lists of as many lines, one line changed and painted
in each, and the SQL of the same command through the bare driver.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from crt_console.domain.commands import (
    AddUnit,
    AnswerFacts,
    AssignUnits,
    ReceiveCall,
    ReleaseUnit,
    ReportStatus,
    StartShift,
)
from crt_console.domain.words import UnitStatus
from crt_console.store.create import prepare
from crt_console.store.database import Database
from tests.bench import bench_commands
from tests.support import postgres, xvfb

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.seat import Colleague, Seat

TEAMS, BUSY, WANTED_MS, PATIENCE = 20, 16, 50.0, 10.0
ASSIGN = 2  # the place of the assignment among the commands of one incident


def fill(url: str, incidents: int, ready: int) -> None:
    """A room with teams on shift, most of them out, and incidents, the first ready to send."""
    database = Database(url)
    prepare(database)
    making = bench_commands.writer(database)
    for number in range(1, TEAMS + 1):
        making.carry_out(AddUnit(call_sign=f"CRT {number}", members=("Vega", "Long")))
        making.carry_out(StartShift(unit=f"crt{number}"))
    for number in range(1, incidents + 1):
        making.carry_out(ReceiveCall(place=f"{number} Main St", type="welfare check"))
        if number <= ready + BUSY:
            making.carry_out(AnswerFacts(incident=str(number), answers=bench_commands.CALM))
        if number <= BUSY:
            making.carry_out(AssignUnits(units=(f"crt{number}",), incident=str(number)))
            making.carry_out(ReportStatus(unit=f"crt{number}", status=UnitStatus.ONSCENE))
    making.close()
    database.close()


class Painted:
    """Knows when a row that is as wanted has been painted."""

    def __init__(self) -> None:
        self._wanted: dict[str, tuple[str, Callable[[Any], bool]]] = {}
        self.all = asyncio.Event()

    def wait_for(self, **wanted: tuple[str, Callable[[Any], bool]]) -> None:
        """Rows by list: the key and what has to be true of it."""
        self._wanted = wanted
        self.all.clear()

    def hook(self) -> None:
        """Look at what each list painted; before any list is made."""
        from ui.delegates import RowsView

        paint, painted = RowsView.paintEvent, self

        def paint_event(view: Any, event: Any) -> None:
            region = event.region()
            paint(view, event)
            painted.see(view, region)

        setattr(RowsView, "paintEvent", paint_event)  # noqa: B010 - for this run only

    def see(self, view: Any, region: Any) -> None:
        """Strike off the row if it is among what was painted just now."""
        name = view.accessibleName()
        if name not in self._wanted:
            return
        key, as_wanted = self._wanted[name]
        index = view.model().index_of(key)
        if not index.isValid() or not as_wanted(view.model().row_at(index.row())):
            return
        if region.intersects(view.visualRect(index)):
            del self._wanted[name]
        if not self._wanted:
            self.all.set()


class Bare:
    """The least that the same act could take."""

    def __init__(self, lines: int, groups: list[Any], driver: Any) -> None:
        from PySide6.QtCore import QStringListModel
        from PySide6.QtWidgets import QListView

        self._groups, self._driver, self._next = groups, driver, 0
        self._lists = []
        for count in (lines, TEAMS):
            view = QListView()
            view.setModel(QStringListModel([f"line {n}" for n in range(count)], view))
            view.resize(560, 900)
            view.show()
            self._lists.append(view)

    def act(self) -> float:
        """Seconds for the SQL of one assignment and one line in each list."""
        for _ in range(ASSIGN):
            self._run()
        started = time.perf_counter()
        self._run()
        for view in self._lists:
            view.model().setData(view.model().index(3, 0), f"line {self._next}")
            view.viewport().repaint(view.visualRect(view.model().index(3, 0)))
        took = time.perf_counter() - started
        for _ in range(bench_commands.LIFE - ASSIGN - 1):
            self._run()
        return took

    def _run(self) -> None:
        bench_commands.run(self._driver, self._groups[self._next])
        self._next += 1


async def click(seat: Seat, painted: Painted, incident_id: str) -> tuple[float, float]:
    """Seconds from the click to both rows painted, on the wall and of this process's own work."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    seat.desk.select(incident_id)
    await asyncio.sleep(0.15)  # all that opening an incident causes has been drawn
    offer = seat.window.send._offer  # which team the button will send
    assert offer is not None, "nothing is proposed"
    assert offer.unit_id, offer.headline
    painted.wait_for(
        **{
            "open incidents": (incident_id, lambda row: row.section == "working"),
            "teams": (offer.unit_id, lambda row: row.section != "free"),
        }
    )
    started, worked = time.perf_counter(), time.process_time()
    QTest.mouseClick(seat.window.send.button, Qt.MouseButton.LeftButton)
    await asyncio.wait_for(painted.all.wait(), PATIENCE)
    took = time.perf_counter() - started, time.process_time() - worked
    await seat.desk.room.do(ReleaseUnit(unit=offer.unit_id))
    await seat.desk.room.do(ReportStatus(unit=offer.unit_id, status=UnitStatus.AVAILABLE))
    return took


async def arrive(seat: Seat, other: Colleague, painted: Painted) -> float:
    """Seconds from a call given at another console to its row painted here."""
    from crt_console.domain.ids import IncidentId, new_id

    made = IncidentId(new_id())
    painted.wait_for(**{"open incidents": (made, lambda _: True)})
    seat.window.queue.view.verticalScrollBar().setValue(0)
    started = time.perf_counter()
    await other.do(ReceiveCall(incident_id=made, place="9 Elm St", type="shooting", priority=1))
    await asyncio.wait_for(painted.all.wait(), PATIENCE)
    return time.perf_counter() - started


async def measure(url: str, folder: Path, bare: Bare, clicks: int) -> dict[str, list[float]]:
    """Each series of seconds by its name."""
    from tests.support.seat import colleague, seated

    painted = Painted()
    painted.hook()
    took: dict[str, list[float]] = {"click": [], "work": [], "floor": [], "call": []}
    async with seated(url, folder) as seat, colleague(url) as other:
        board = seat.desk.board
        ready = [
            i.id for i in board.open_incidents if i.assessed and not board.assignments_of(i.id)
        ][:clicks]
        for number, incident_id in enumerate(ready):
            wall, work = await click(seat, painted, incident_id)
            took["click"].append(wall)
            took["work"].append(work)
            took["floor"].append(bare.act())
            if number % 2:
                seat.desk.select("")
                took["call"].append(await arrive(seat, other, painted))
    return took


def report(took: dict[str, list[float]], what: str) -> bool:
    """Print the figures; return whether they are as wanted."""
    figures = {}
    for name, seconds in took.items():
        millis = [s * 1000 for s in seconds]
        figures[name] = statistics.median(millis), statistics.quantiles(millis, n=20)[-1]
    p50, p95 = figures["click"]
    least, floor95 = figures["floor"]
    work50, work95 = figures["work"]
    call50, call95 = figures["call"]
    good = p95 <= WANTED_MS
    sys.stdout.write(
        f"{what}: click to both rows painted, {len(took['click'])} clicks: p50 {p50:.1f}"
        f" p95 {p95:.1f} ms (wanted p95 {WANTED_MS:.0f}): {'ok' if good else 'MISSED'};"
        f" floor p50 {least:.1f} p95 {floor95:.1f} ms, ratio p50 {p50 / least:.1f};"
        f" processor time of all threads p50 {work50:.1f} p95 {work95:.1f} ms\n"
        f"{what}: a call to its row painted, {len(took['call'])} calls:"
        f" p50 {call50:.1f} p95 {call95:.1f} ms\n"
    )
    return good


def rooms(on: ExitStack, folder: Path, options: argparse.Namespace) -> tuple[str, list[Any], Any]:
    """The address of the full room; the SQL of quiet incidents, and a driver to run it through."""
    if not options.postgresql:
        bench_commands.fill(f"sqlite:///{folder / 'a.db'}")
        shutil.copy(folder / "a.db", folder / "b.db")
        groups = bench_commands.recorded(f"sqlite:///{folder / 'a.db'}", options.clicks)
        driver: Any = sqlite3.connect(folder / "b.db", isolation_level=None)
        driver.execute("PRAGMA synchronous=FULL")
        return f"sqlite:///{folder / 'room.db'}", groups, driver
    server = on.enter_context(postgres.running(durable=True))
    first = server.create()
    bench_commands.fill(first)
    second = server.create(template=first.rpartition("/")[2])
    groups = bench_commands.recorded(first, options.clicks)
    return server.create(), groups, psycopg.connect(second)


def main() -> int:
    """Run it; exit 1 when the aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clicks", type=int, default=40)
    parser.add_argument("--incidents", type=int, default=300)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--xvfb", action="store_true", help="on a virtual screen")
    options = parser.parse_args()
    with ExitStack() as on:
        folder = Path(on.enter_context(tempfile.TemporaryDirectory()))
        os.environ["QT_QPA_PLATFORM"] = "xcb" if options.xvfb else "offscreen"
        if options.xvfb:
            os.environ["DISPLAY"] = on.enter_context(xvfb.screen())
        url, groups, driver = rooms(on, folder, options)
        fill(url, options.incidents, options.clicks)
        took = in_window(url, folder, groups, driver, options)
        driver.close()
    what = f"{'postgresql' if options.postgresql else 'sqlite'}, {os.environ['QT_QPA_PLATFORM']}"
    return 0 if report(took, what) else 1


def in_window(
    url: str, folder: Path, groups: list[Any], driver: Any, options: argparse.Namespace
) -> dict[str, list[float]]:
    """The measurement on an application and loop of its own."""
    from PySide6.QtWidgets import QApplication
    from qasync import QEventLoop

    from ui.garbage import Garbage

    application = QApplication(["bench"])
    garbage = Garbage(application)
    garbage.start()
    bare = Bare(options.incidents, groups, driver)
    with QEventLoop(application) as loop:
        took: dict[str, list[float]] = loop.run_until_complete(
            measure(url, folder / "drafts", bare, options.clicks)
        )
    return took


if __name__ == "__main__":
    raise SystemExit(main())

"""Commands a second through the writer against the same SQL through the bare driver, in one run.

Run: python -m tests.bench.bench_commands [--rounds N]. The first incident counts for neither: a
console compiles its statements once, the bare driver gets them compiled.
"""

from __future__ import annotations

import argparse
import gc
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from crt_console.domain.commands import (
    AddNote,
    AddUnit,
    AnswerFacts,
    AssignUnits,
    CloseIncident,
    Command,
    ReceiveCall,
    ReleaseUnit,
    ReportStatus,
    StartShift,
)
from crt_console.domain.timers import Timers
from crt_console.domain.words import UnitStatus
from crt_console.protocol.loader import load
from crt_console.services.carry_out import carry_out
from crt_console.store.create import prepare
from crt_console.store.database import Database
from crt_console.store.prepared import Hand
from crt_console.store.writer import Writer
from tests.support import postgres

WANTED_SHARE, WANTED_HELD_MS = 0.60, 10.0
UNITS, LIFE = 10, 9  # units of the room, commands of one incident
CALM: tuple[tuple[str, str | bool], ...] = (
    *((fact, "none") for fact in ("weapon", "violence_now", "medical", "suicide")),
    ("nature", "welfare_check"),
    ("behavioural_health_nexus", True),
)
Statement = tuple[str, Any, bool]


@dataclass(slots=True)
class Run:
    """What one pass took: a list of seconds per command, and of seconds the head was held."""

    seconds: list[float] = field(default_factory=list)
    held: list[float] = field(default_factory=list)

    def start_anew(self) -> None:
        """Forget what was warming up."""
        self.seconds.clear()
        self.held.clear()

    @property
    def per_second(self) -> float:
        """Commands a second over the whole pass."""
        return len(self.seconds) / sum(self.seconds)


def commands(rounds: int) -> Iterator[Command]:
    """The life of one quiet incident after another."""
    for number in range(1, rounds + 1):
        incident, unit = str(number), f"crt{number % UNITS + 1}"
        yield ReceiveCall(place=f"{number} Main St", text="not answering", type="welfare check")
        yield AnswerFacts(incident=incident, answers=CALM)
        yield AssignUnits(units=(unit,), incident=incident)
        for status in (UnitStatus.ENROUTE, UnitStatus.ONSCENE):
            yield ReportStatus(unit=unit, status=status)
        yield AddNote(incident=incident, text="is calm, wants to talk")
        yield ReleaseUnit(unit=unit)
        yield ReportStatus(unit=unit, status=UnitStatus.AVAILABLE)
        yield CloseIncident(incident=incident, disposition="helped")


def writer(database: Database) -> Writer:
    """A writer with the real services."""
    return Writer(
        database, carry_out, by="bench", console="bench", pack=load("hartford"), timers=Timers()
    )


def fill(url: str) -> None:
    """Make the room: units on shift."""
    database = Database(url)
    prepare(database)
    making = writer(database)
    for number in range(1, UNITS + 1):
        making.carry_out(AddUnit(call_sign=f"CRT {number}"))
        making.carry_out(StartShift(unit=f"crt{number}"))
    making.close()
    database.close()


class Recorder:
    """A driver's connection that notes what it is asked to run."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self.now: list[Statement] = []

    def __getattr__(self, name: str) -> Any:
        if name == "cursor":
            return lambda: self
        return getattr(self._raw, name)

    def execute(self, sql: str, values: Any = ()) -> Any:
        """Note and run one statement."""
        self.now.append((sql, values, False))
        return self._raw.execute(sql, values)

    def executemany(self, sql: str, values: Any) -> None:
        """Note and run one statement for many rows."""
        self.now.append((sql, values, True))
        self._raw.cursor().executemany(sql, values)


def recorded(url: str, rounds: int) -> list[list[Statement]]:
    """The SQL of each command, as the driver got it."""
    database, groups = Database(url), []
    working, recorder = writer(database), Recorder(database.driver())
    setattr(database, "driver", lambda: recorder)  # noqa: B010 - for this pass only
    send = Hand._send

    def note(hand: Hand, batch: list[tuple[str, Any]]) -> None:
        recorder.now += [(sql, values, False) for sql, values in batch]
        send(hand, batch)

    setattr(Hand, "_send", note)  # noqa: B010 - put back below
    for command in commands(rounds):
        recorder.now.clear()
        working.carry_out(command)
        groups.append(list(recorder.now))
    setattr(Hand, "_send", send)  # noqa: B010
    working.close()
    database.close()
    return groups


def side_by_side(
    url: str, groups: list[list[Statement]], bare: Any, rounds: int
) -> tuple[Run, Run]:
    """Each command through the writer, then its SQL through the driver: one disk, one moment."""
    database, ours, theirs = Database(url), Run(), Run()
    working = writer(database)
    with closing(bare):
        for number, (command, group) in enumerate(zip(commands(rounds), groups, strict=True)):
            if number == LIFE:
                ours.start_anew()
                theirs.start_anew()
            started = time.perf_counter()
            working.carry_out(command)
            ours.seconds.append(time.perf_counter() - started)
            ours.held.append(working.held)
            started = time.perf_counter()
            run(bare, group)
            theirs.seconds.append(time.perf_counter() - started)
    working.close()
    database.close()
    return ours, theirs


def run(bare: Any, group: list[Statement]) -> None:
    """One transaction through the driver, each answer fetched."""
    for sql, values, many in group:
        if many:
            bare.cursor().executemany(sql, values)
            continue
        cursor = bare.execute(sql, values)
        if cursor.description:
            cursor.fetchall()
    bare.commit()


def report(name: str, ours: Run, bare: Run, statements: float) -> bool:
    """Print the figures; return whether they are as wanted."""
    share = ours.per_second / bare.per_second
    held = statistics.quantiles(ours.held, n=20)[-1] * 1000
    whole = statistics.quantiles(bare.seconds, n=20)[-1] * 1000
    good = share >= WANTED_SHARE and held <= WANTED_HELD_MS
    sys.stdout.write(
        f"{name}: {ours.per_second:.0f} commands/s, bare driver {bare.per_second:.0f}"
        f" ({statements:.1f} statements each), share {share:.0%}"
        f" (wanted {WANTED_SHARE:.0%}), head held p95 {held:.1f} ms"
        f" (wanted {WANTED_HELD_MS:.0f}; the bare transactions themselves p95 {whole:.1f} ms):"
        f" {'ok' if good else 'MISSED'}\n"
    )
    return good


def on_sqlite(folder: Path, rounds: int) -> bool:
    """The three passes on copies of one file."""
    fill(f"sqlite:///{folder / 'a.db'}")
    for name in ("b", "c"):
        shutil.copy(folder / "a.db", folder / f"{name}.db")
    groups = recorded(f"sqlite:///{folder / 'a.db'}", rounds)

    bare_driver = sqlite3.connect(folder / "b.db", isolation_level=None)
    bare_driver.execute("PRAGMA synchronous=FULL")
    ours, bare = side_by_side(f"sqlite:///{folder / 'c.db'}", groups, bare_driver, rounds)
    return report("sqlite", ours, bare, sum(map(len, groups)) / len(groups))


def on_postgresql(server: postgres.Server, rounds: int) -> bool:
    """The three passes on copies of one database."""
    first = server.create()
    fill(first)
    second, third = (server.create(template=first.rpartition("/")[2]) for _ in range(2))
    groups = recorded(first, rounds)
    ours, bare = side_by_side(third, groups, psycopg.connect(second), rounds)
    return report("postgresql", ours, bare, sum(map(len, groups)) / len(groups))


def main() -> int:
    """Run both; exit 1 where a figure is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200, help="incidents, nine commands each")
    rounds = parser.parse_args().rounds
    gc.disable()  # as in the window, which collects by a timer of its own
    with tempfile.TemporaryDirectory() as folder:
        good = on_sqlite(Path(folder), rounds)
    with postgres.running(durable=True) as server:
        good = on_postgresql(server, rounds) and good
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())

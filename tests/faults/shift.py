"""A shift: real calls, 60 an hour, six dispatchers in six processes, the window open beside them.

`python -m tests.faults.shift [--hours H] [--speed X] [--database sqlite|postgresql]`. The day runs
`speed` times as fast, limits and check-ins with it. The calls are those of ../shared/data.
"""

import argparse
import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from crt_console.config import load_timers
from crt_console.console import Console
from crt_console.domain.commands import AddUnit
from crt_console.domain.timers import Timers
from crt_console.protocol.loader import load
from tests.faults.people import ROOT, databases, verified
from tests.faults.shift_calls import CALLS
from tests.faults.shift_desk import DESKS
from tests.faults.shift_machine import Load, Machine
from tests.faults.shift_report import Story, refused, slope, told

TEAMS = 8  # few enough that somebody has to wait
DRAIN = 3.0  # hours of the day in which the last calls have to end
ALARMS_AN_HOUR = 6.0
STALL = 0.1  # seconds
GROWTH = 0.10  # of memory, from a third of the time to the end


class Shift:
    """The processes of one shift, started and ended in order."""

    def __init__(self, url: str, speed: float, hours: float) -> None:
        self.url, self.speed, self.hours = url, speed, hours
        self._environment = {
            **os.environ, "CRT_CONSOLE_SPEED": str(speed), "QT_QPA_PLATFORM": "offscreen",
            "QT_LOGGING_RULES": "qt.multimedia*=false",
        }  # fmt: skip
        self.timers: Timers = load_timers(self._environment)
        self._running: list[subprocess.Popen[str]] = []

    def start(self, part: str, name: str, number: int = 0) -> subprocess.Popen[str]:
        """Start one process."""
        process = subprocess.Popen(
            [sys.executable, "-m", f"tests.faults.shift_{part}", self.url, name,
             "--number", str(number), "--speed", str(self.speed), "--hours", str(self.hours)],
            cwd=ROOT, env=self._environment, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._running.append(process)
        return process

    def end(self) -> list[dict[str, Any]]:
        """End all of them and return their reports."""
        for process in self._running:
            process.terminate()
        reports = []
        for process in self._running:
            said = process.communicate()[0].splitlines()
            reports += [json.loads(line) for line in said if line.startswith('{"name"')]
        return reports

    async def run(self) -> tuple[Story, list[dict[str, Any]], Load]:
        """Let the shift take place; return its story, what the processes report, and the load."""
        console = await Console.open(
            self.url, by="Stone", console="chief", pack=load("hartford"), timers=self.timers,
            follow=False,
        )  # fmt: skip
        for number in range(1, TEAMS + 1):
            await console.do(AddUnit(call_sign=f"CRT {number}", members=("Vega", "Long")))
        try:
            window = self.start("window", "Reyes")
            _wait(window)
            self.start("field", "Field", 90)
            for number in range(DESKS):
                self.start("desk", f"Desk {number}", number)
            calls = self.start("calls", "CAD", 91)
            machine = Machine()
            await asyncio.to_thread(_wait, calls)
            await self._drained(console)
            busy = machine.load()
        finally:
            reports = self.end()
        story = told(await _journal(console), self.timers)
        await console.close()
        return story, reports, busy

    async def _drained(self, console: Console) -> None:
        until = time.monotonic() + DRAIN * 3600 / self.speed
        while time.monotonic() < until and (await console.refresh()).open_incidents:  # noqa: ASYNC110
            await asyncio.sleep(0.5)


def _wait(process: subprocess.Popen[str]) -> None:
    """Wait until a process says that it has come so far."""
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "{}"


async def _journal(console: Console) -> list[Any]:
    entries: list[Any] = []
    while more := await console.entries(len(entries)):
        entries += more
    return entries


def judged(
    story: Story, reports: list[dict[str, Any]], hours: float, verdict: Any, load: Load
) -> list[str]:
    """Print what was measured; return the promises that were broken."""
    ends = {
        kind: sum(kind in e for e in story.ends.values())
        for kind in ("sent", "handed over", "not sent")
    }
    print(f"calls {len(story.calls)}: {ends}; entries {verdict['entries']}")
    print("acts:", dict(story.acts.most_common()))
    print("refused:", dict(refused(reports)))
    print("raised in the room:")
    for kind, number in story.raised.most_common():
        print(f"  {kind} {number}: {dict(story.why[kind])}")
    broken = [f"neither sent, handed over nor not-sent: {story.left}"] if story.left else []
    broken += [f"still open: {story.open}"] if story.open else []
    broken += [f"double booked: {story.doubles}"] if story.doubles else []
    broken += [f"not justified: {story.unjustified}"] if story.unjustified else []
    broken += [] if verdict["ok"] else [f"verify: {verdict}"]
    broken += [] if story.seconds else ["nobody was asked as a second person"]
    return broken + _alarms(reports, hours) + _memory(reports) + _stalls(reports, load)


def _alarms(reports: list[dict[str, Any]], hours: float) -> list[str]:
    heard = {r["name"]: sum(r["rung"].values()) / hours for r in reports if "rung" in r}
    kinds = {r["name"]: r["rung"] for r in reports if "rung" in r}
    for name, rate in heard.items():
        print(f"rang at {name}: {rate:.1f} an hour of the day {kinds[name]}")
    mean = sum(heard.values()) / max(1, len(heard))
    print(f"mean {mean:.1f} alarms an hour and console (at most {ALARMS_AN_HOUR:.0f})")
    return [f"{mean:.1f} alarms an hour and console"] if mean > ALARMS_AN_HOUR else []


def _memory(reports: list[dict[str, Any]]) -> list[str]:
    broken = []
    for report in reports:
        first, last, rise = slope(report["memory"])
        print(f"memory of {report['name']}: {first:.1f} → {last:.1f} MB, {rise:+.1f} MB an hour")
        if first and last > first * (1 + GROWTH):
            broken.append(f"memory of {report['name']} grows: {first} → {last} MB")
    return broken


def _stalls(reports: list[dict[str, Any]], load: Load) -> list[str]:
    """Raw: what the person at the window saw. Ours: without the time it waited for a core."""
    broken = []
    window = next(r for r in reports if "loop" in r)
    print(f"the longest collection of cycles took {window['collected'] * 1000:.0f} ms")
    print(f"the machine was {load.words()}")
    for name in ("loop", "timer"):
        found = window[name]
        raw = found["stalls"]
        ours = [s for s in raw if s["gap"] - s["no_core"] > STALL]
        longest = max((s["gap"] for s in raw), default=found["gap"])
        print(
            f"{name}: {found['beats']} beats; raw {len(raw)} above 100 ms, the longest"
            f" {longest:.3f} s; without waiting for a core {len(ours)} above 100 ms, the longest"
            f" {found['longest']:.3f} s {ours[:8] or ''}"
        )
        broken += [f"{len(ours)} stalls of the {name} above 100 ms"] if ours else []
        if raw and not ours and load.quiet:
            broken.append(f"{len(raw)} raw stalls of the {name} above 100 ms, nobody else at work")
    return broken


def passed(load: Load) -> str:
    """Return the verdict where nothing was broken, and no more than that."""
    if load.quiet:
        return "ok"
    return f"ok but for raw stalls, which were not judged: {load.others:.0%} of the cores others'"


def main() -> int:
    """Hold a shift on each database; exit 1 where a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=float, default=2.0)
    parser.add_argument("--speed", type=float, default=30.0)
    parser.add_argument("--database", choices=["sqlite", "postgresql"])
    parser.add_argument("--reports", help="a file for what the processes report")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended from outside, in order too
    if not CALLS.is_dir():
        print("skipped: the real call sets are not beside this clone (../shared/data)")
        return 0
    failed = False
    with databases() as urls:
        for kind in [options.database] if options.database else list(urls):
            began = time.monotonic()
            shift = Shift(urls[kind], options.speed, options.hours)
            story, reports, load = asyncio.run(shift.run())
            took = (time.monotonic() - began) * options.speed / 3600
            print(f"--- {kind}: {took:.1f} hours of the day, {options.speed:g} times as fast")
            broken = judged(story, reports, options.hours, verified(urls[kind]), load)
            if options.reports:
                Path(options.reports).write_text(json.dumps(reports), encoding="utf-8")
            print("\n".join(["FAILED:", *broken] if broken else [passed(load)]), flush=True)
            failed |= bool(broken)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

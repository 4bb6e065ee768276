"""What the processes of a shift share: a console of one's own, a pace, an orderly end."""

import argparse
import asyncio
import contextlib
import json
import os
import random
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from crt_console.config import load_timers
from crt_console.console import Console
from crt_console.domain.board import Board
from crt_console.domain.commands import Command, Outcome
from crt_console.domain.errors import Refused
from crt_console.inbound.demo_pace import Pace
from crt_console.protocol.loader import load

_PAGE = os.sysconf("SC_PAGE_SIZE")
LOOK = 0.05
SAMPLE = 5.0


class Steady(Pace):
    """A pace that forgets nothing: not everything is asked for in every round here."""

    def begin(self, now: float) -> None:
        """Begin a round at this time."""
        self.now = now
        self._known |= self._asked


def memory() -> float:
    """Return this process's resident memory in megabytes."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * _PAGE / 1e6


class Part:
    """One process at the room: it acts one act at a time and reports when it is told to end."""

    def __init__(self, options: argparse.Namespace, console: Console, ended: asyncio.Event) -> None:
        self.options = options
        self.console = console
        self.ended = ended
        self.pace = Steady(options.speed, 7)
        self.pack, self.timers = load("hartford"), load_timers(os.environ)
        self.memory: list[tuple[float, float]] = []
        self.refused: dict[str, int] = {}
        self.done = 0
        self._dice = random.Random(options.name)

    @property
    def board(self) -> Board:
        """The room as this process knows it."""
        return self.console.board

    async def do(self, command: Command, by: str | None = None) -> Outcome | None:
        """Carry out a command and see it on the board; None where it was refused."""
        try:
            outcome = await self.console.do(command, by=by)
        except Refused as refused:
            name = f"{type(command).__name__}: {refused.because}"
            self.refused[name] = self.refused.get(name, 0) + 1
            return None
        self.done += 1
        while self.board.seq < (outcome.seq or 0):  # noqa: ASYNC110 - comes from a thread
            await asyncio.sleep(0.01)
        return outcome

    async def takes(self, low: float, high: float) -> None:
        """Let an act take its time, in seconds of the day."""
        await self.sleep(self._dice.uniform(low, high) / self.options.speed)

    async def sleep(self, seconds: float) -> None:
        """Wait, but not beyond the end."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.ended.wait(), seconds)

    async def remember(self) -> None:
        """Note the memory now and then."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        while not self.ended.is_set():
            self.memory.append((round(loop.time() - began, 1), round(memory(), 2)))
            await self.sleep(SAMPLE)

    def report(self) -> dict[str, Any]:
        """Return what this process has to tell."""
        return {
            "name": self.options.name,
            "done": self.done,
            "refused": self.refused,
            "memory": self.memory,
        }


def arguments(doc: str | None) -> argparse.Namespace:
    """Return what a process of the shift was started with."""
    parser = argparse.ArgumentParser(description=doc)
    parser.add_argument("url")
    parser.add_argument("name")
    parser.add_argument("--number", type=int, default=0)
    parser.add_argument("--speed", type=float, required=True)
    parser.add_argument("--hours", type=float, default=0.0)
    return parser.parse_args()


def told_to_end() -> asyncio.Event:
    """Return what is set when somebody ends this process."""
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    return ended


async def take_part(
    options: argparse.Namespace, work: Callable[[Part], Awaitable[None]], *, dues: bool = True
) -> None:
    """Open a console, work until told to end, and write the report as a line."""
    ended = told_to_end()
    console = await Console.open(
        options.url, by=options.name, console=f"desk {options.number}", pack=load("hartford"),
        timers=load_timers(os.environ), dues=dues,
    )  # fmt: skip
    part = Part(options, console, ended)
    watching = asyncio.create_task(part.remember())
    try:
        await work(part)
        await ended.wait()
    finally:
        ended.set()
        await watching
        await console.close()
    say(part.report())


def say(report: dict[str, Any]) -> None:
    """Write a report for the one who started us."""
    sys.stdout.write(json.dumps(report) + "\n")
    sys.stdout.flush()

"""Consoles that stop or die at work: the others go on, and nothing acknowledged is lost.

Run: python -m pytest -s -o addopts=--import-mode=importlib tests/faults
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from crt_console.domain.commands import ReceiveCall
from crt_console.domain.timers import Timers
from crt_console.protocol.loader import load
from crt_console.services.carry_out import carry_out
from crt_console.store import queries
from crt_console.store.database import Database
from crt_console.store.verify import verify
from crt_console.store.writer import Writer
from tests.support.acts import opened

ROUNDS = 50
OTHERS_WAIT = 2.0  # the bar: how long a stopped console may keep the others waiting

WORKER = """
import sys
from tests.faults.test_stopped_and_killed import work
work(sys.argv[1])
"""


def writer(database: Database, console: str) -> Writer:
    """A writer with the real services."""
    return Writer(
        database, carry_out, by="kim", console=console, pack=load("hartford"), timers=Timers()
    )


def work(url: str) -> None:
    """Take calls without end; say each one that was acknowledged."""
    with opened(url) as database:
        working = writer(database, "worker")
        while True:
            done = working.carry_out(ReceiveCall(place="12 Main St", text="not answering"))
            sys.stdout.write(f"{done.incident_id}\n")
            sys.stdout.flush()


@contextmanager
def worker(url: str) -> Iterator[subprocess.Popen[str]]:
    """A console of its own process that has begun to work."""
    command = [sys.executable, "-c", WORKER, url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        try:
            yield process
        finally:
            process.kill()


def test_a_stopped_console_does_not_stop_the_others(postgres_url: str) -> None:
    chance, longest = random.Random(3), 0.0
    with opened(postgres_url) as database, worker(postgres_url) as process:
        other = writer(database, "other")
        other.carry_out(ReceiveCall(place="first"))
        for _ in range(ROUNDS):
            time.sleep(chance.uniform(0.0, 0.02))
            process.send_signal(signal.SIGSTOP)
            started = time.monotonic()
            other.carry_out(ReceiveCall(place="while it is stopped"))
            longest = max(longest, time.monotonic() - started)
            process.send_signal(signal.SIGCONT)
            assert process.stdout is not None
            assert process.stdout.readline()  # it goes on as if nothing had been
        other.close()
        process.kill()
        process.wait()
        verdict = database.read(verify)
    assert verdict.ok, verdict.problem
    sys.stdout.write(f"\nlongest wait for a stopped console: {longest:.2f} s\n")
    assert longest < OTHERS_WAIT


@pytest.mark.parametrize("rounds", [ROUNDS])
def test_a_killed_console_loses_nothing_it_acknowledged(database_url: str, rounds: int) -> None:
    chance, acknowledged = random.Random(4), set[str]()
    with opened(database_url) as database:
        for _ in range(rounds):
            with worker(database_url) as process:
                time.sleep(chance.uniform(0.0, 0.05))
                process.kill()
                assert process.stdout is not None
                acknowledged |= {line.strip() for line in process.stdout if line.endswith("\n")}
        board = database.read(lambda c: queries.load_board(c, queries.clock(c))).board
        verdict = database.read(verify)
    assert acknowledged <= board.incidents.keys()
    assert verdict.ok, verdict.problem

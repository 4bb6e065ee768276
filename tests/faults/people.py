"""Dispatchers as processes: `crt-console do`, kept open, answering a line at a time."""

import contextlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.support import postgres

ROOT = Path(__file__).resolve().parents[2]
HARMLESS = "medical none_reported, weapon none, violence_now none, suicide none"


class Person:
    """One `do` process; `say` sends a line, `hear` waits for its answer."""

    def __init__(
        self, url: str, name: str, console: str, program: Sequence[str] = ("main.py",)
    ) -> None:
        self.name = name
        self.process = subprocess.Popen(
            [sys.executable, *program, "do", "--json", "--db", url, "--as", name,
             "--console", console],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, bufsize=1,
        )  # fmt: skip

    def say(self, line: str) -> None:
        """Send a line without waiting."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        """Return the next answer."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            error = self.process.stderr.read() if self.process.stderr else ""
            message = f"{self.name} is gone: {error[-400:]}"
            raise RuntimeError(message)
        answer: dict[str, Any] = json.loads(line)
        return answer

    def ask(self, line: str) -> dict[str, Any]:
        """Send a line and return its answer."""
        self.say(line)
        return self.hear()

    def leave(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


@contextlib.contextmanager
def databases(*, durable: bool = True) -> Iterator[dict[str, str]]:
    """A fresh database of each kind, by name."""
    with (
        tempfile.TemporaryDirectory() as folder,
        postgres.running(connections=200, durable=durable) as server,
    ):
        yield {"sqlite": f"sqlite:///{folder}/room.db", "postgresql": server.create()}


def verified(url: str) -> dict[str, Any]:
    """Return what `journal verify` says."""
    found = subprocess.run(
        [sys.executable, "main.py", "journal", "verify", "--json", "--db", url],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    verdict: dict[str, Any] = json.loads(found.stdout)
    return verdict


def state(url: str) -> dict[str, Any]:
    """Return what `state` says."""
    found = subprocess.run(
        [sys.executable, "main.py", "state", "--json", "--db", url],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    board: dict[str, Any] = json.loads(found.stdout)
    return board

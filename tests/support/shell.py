"""The product's own processes, as a script would start them."""

import io
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import pytest

from crt_console import cli

ROOT = Path(__file__).resolve().parents[2]
# As the installed `crt-console` does; main.py itself would first see whether the clone is set up.
START = [sys.executable, "-c", "import sys, main; sys.exit(main.main())"]
PATIENCE = 60.0
Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Done:
    """What a verb wrote and how it ended."""

    returncode: int
    stdout: str
    stderr: str


def run(*words: str, db: str | None = None, given: str = "") -> Done:
    """Run one verb to its end, in this process: a tenth of the time of a new one."""
    said, complained = _Wrapper(), _Wrapper()
    typed = io.TextIOWrapper(io.BytesIO(given.encode()), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        if db is not None:
            patch.setenv("CRT_CONSOLE_DB", db)
        for name, stream in (("stdin", typed), ("stdout", said), ("stderr", complained)):
            patch.setattr(sys, name, stream)
        code = cli.main(list(words))
    return Done(code, said.text(), complained.text())


class _Wrapper(io.TextIOWrapper):
    """A text stream whose bytes can be read back."""

    def __init__(self) -> None:
        self.kept = io.BytesIO()
        super().__init__(self.kept, "utf-8")

    def text(self) -> str:
        """Return all that was written."""
        self.flush()
        return self.kept.getvalue().decode()


def spawned(*words: str, db: str | None = None, given: str = "") -> Done:
    """Run one verb to its end in a process of its own."""
    done = subprocess.run(
        [*START, *words],
        cwd=ROOT,
        env=environment(db),
        input=given,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def told(*words: str, db: str | None = None, given: str = "", code: int = 0) -> Any:
    """Return the JSON that one verb wrote, having ended with this code and said nothing else."""
    done = run(*words, "--json", db=db, given=given)
    assert done.returncode == code, done
    assert code or not done.stderr, done.stderr
    (line,) = done.stdout.splitlines()
    return json.loads(line)


def environment(db: str | None) -> dict[str, str]:
    """Return the environment of a process that works on this database."""
    return {**os.environ, **({"CRT_CONSOLE_DB": db} if db else {})}


class Process:
    """A verb that goes on: lines are written to it, answers come back, each in its time."""

    def __init__(self, *words: str, db: str) -> None:
        self.process = subprocess.Popen(
            [*START, *words],
            cwd=ROOT,
            env=environment(db),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)

    def send(self, line: str) -> None:
        """Write a line without waiting for the answer."""
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def next(self) -> Answer:
        """Return the next line it writes; fails after a minute."""
        answer: Answer = json.loads(self._lines.get(timeout=PATIENCE))
        return answer

    def ask(self, line: str) -> Answer:
        """Write a line and return its answer."""
        self.send(line)
        return self.next()

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self.process.send_signal(number)

    def end(self) -> int:
        """Close its input and return its exit code."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.wait()

    def wait(self) -> int:
        """Return its exit code."""
        return self.process.wait(PATIENCE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None and not stream.closed:
                stream.close()


def dispatcher(db: str, name: str = "Ann") -> Process:
    """Return one dispatcher at work: a long-lived `do`."""
    return Process("do", "--json", "--as", name, "--console", f"desk-{name}", db=db)

"""Makes a fresh clone run by itself, with the standard library only."""

from __future__ import annotations

import os
import sys
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def prepare(arguments: list[str], *, window: bool) -> None:
    """Return when everything is there; otherwise set it up and start again in `.venv`."""
    purpose = "test" if arguments[:1] == ["test"] else "window" if window else "core"
    if _inside():
        if is_ready(purpose):
            return
    elif not is_ready(purpose):
        from crt_console.bootstrap import requirements

        if requirements.satisfied(purpose):
            return
    if not is_ready(purpose):
        from crt_console.bootstrap import setup

        setup.run(purpose)
    os.execv(PYTHON, [str(PYTHON), str(ROOT / "main.py"), *arguments])  # noqa: S606


def test(arguments: list[str]) -> int:
    """Run the tests in this process, on all cores unless told what to run."""
    import pytest

    os.chdir(ROOT)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    workers = min(os.cpu_count() or 1, 4)
    # Slow tests stand together: who is through early takes some from another.
    return int(pytest.main(arguments or ["-n", str(workers), "--dist", "worksteal"]))


def is_ready(purpose: str) -> bool:
    """Whether `.venv` holds what pyproject.toml asks for, for the Python that asks."""
    try:
        return stamp(purpose).read_text("ascii") == fingerprint() and os.access(PYTHON, os.X_OK)
    except OSError:
        return False


def stamp(purpose: str) -> Path:
    """The file that says for what state of the project a purpose was set up."""
    return VENV / f".ready-{purpose}"


def fingerprint() -> str:
    """What the set-up depends on: pyproject.toml and this Python's version."""
    content = (ROOT / "pyproject.toml").read_bytes()
    return f"{sha256(content).hexdigest()} {sys.version_info[0]}.{sys.version_info[1]}\n"


def _inside() -> bool:
    return Path(sys.prefix).resolve() == VENV.resolve()

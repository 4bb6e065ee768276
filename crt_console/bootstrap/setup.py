"""The slow path of a fresh clone: system packages, `.venv`, pip; one line on stderr a step."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

from crt_console.bootstrap import PYTHON, ROOT, VENV, fingerprint, is_ready, libraries, stamp

OURS = VENV / ".made-by-crt-console"
# What a purpose includes: after the tests are set up, the window is too.
INCLUDES = {"core": ["core"], "window": ["core", "window"], "test": ["core", "window", "test"]}


def run(purpose: str) -> None:
    """Bring everything for a purpose, or end with one line that says what is missing."""
    try:
        with _alone():
            if not is_ready(purpose):
                _system(purpose)
                _environment()
                _install(purpose)
    except OSError as problem:
        _give_up(f"cannot set up in {ROOT}: {problem}. Clone to a folder of your own.")
    except KeyboardInterrupt:
        _give_up("interrupted; the next run goes on from here.")


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Let only one process at a time set this clone up."""
    with (ROOT / ".venv.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _system(purpose: str) -> None:
    needed, helpful = _packages(purpose)
    if not needed and not helpful:
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _apt([*needed.values(), *helpful.values()])
        needed, helpful = _packages(purpose)
    if needed:
        remedy = " ".join(["apt-get install -y", *dict.fromkeys(needed.values())])
        _give_up(f"missing here: {', '.join(needed)}. As root: apt-get update && {remedy}")
    if purpose == "window" and "libpulse.so.0" in helpful:
        _say("no libpulse.so.0, so no sound; as root: apt-get install -y libpulse0")


def _packages(purpose: str) -> tuple[dict[str, str], dict[str, str]]:
    """What is missing, as thing and Debian package: first what is needed, then what helps."""
    needed: dict[str, str] = {}
    helpful: dict[str, str] = {}
    if not PYTHON.exists() and not (find_spec("venv") and find_spec("ensurepip")):
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        needed["Python's venv and ensurepip"] = f"python{version}-venv"
    if purpose == "core" or sys.platform != "linux":
        return needed, helpful
    required = libraries.wanted()
    for name in libraries.missing(libraries.PACKAGES):
        group = needed if name in required else helpful
        group[name] = libraries.PACKAGES[name]
    if purpose == "test" and not shutil.which("Xvfb"):
        helpful["Xvfb"] = "xvfb"
    return needed, helpful


def _apt(packages: list[str]) -> None:
    names = list(dict.fromkeys(packages))
    _say(f"installing system packages: {' '.join(names)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    options = ["-q", "-y", "-o", "DPkg::Lock::Timeout=120"]
    for command in (["update"], ["install", "--no-install-recommends", *names]):
        done = _quietly(["apt-get", *options, *command], environment)
        if done.returncode != 0:
            _say(f"apt-get {command[0]}: {_last_line(done.stdout, 'E:')}")


def _environment() -> None:
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if _usable(version):
        return
    if VENV.exists() and not OURS.exists():
        _give_up(f"{VENV} is not for Python {version} and not of our making: move it away.")
    _say(f"making .venv with Python {version}")
    shutil.rmtree(VENV, ignore_errors=True)
    VENV.mkdir()
    OURS.touch()  # first, so that an interrupted set-up may be cleared away
    done = _quietly([sys.executable, "-m", "venv", str(VENV)], dict(os.environ))
    if done.returncode != 0:
        _give_up(f"python -m venv: {_last_line(done.stdout, 'Error')}")


def _usable(version: str) -> bool:
    """Whether `.venv` is whole, with pip, and of this version of Python."""
    if not PYTHON.exists():
        return False
    program = "import sys, pip._internal.cli.main; print('%d.%d' % sys.version_info[:2])"
    return _quietly([str(PYTHON), "-c", program], dict(os.environ)).stdout.strip() == version


def _install(purpose: str) -> None:
    what = "the program and its test tools" if purpose == "test" else "the program"
    _say(f"installing {what} into .venv (a minute or two the first time)")
    target = f"{ROOT}[test]" if purpose == "test" else str(ROOT)
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--editable", target]
    done = _quietly(command, _pip_environment())
    if done.returncode != 0:
        log = VENV / "install.log"
        log.write_text(done.stdout)
        _give_up(f"pip: {_last_line(done.stdout, 'ERROR')} (all of it: {log})")
    for included in INCLUDES[purpose]:
        stamp(included).write_text(fingerprint(), "ascii")


def _pip_environment() -> dict[str, str]:
    """The user's own pip settings, without remarks that nobody here can act on."""
    environment = {
        **os.environ,
        "PIP_ROOT_USER_ACTION": "ignore",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_WARN_SCRIPT_LOCATION": "1",
    }
    home = Path(os.environ.get("HOME") or "/")
    if "PIP_CACHE_DIR" not in environment and not os.access(home, os.W_OK):
        environment["PIP_NO_CACHE_DIR"] = "1"
    return environment


def _quietly(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )


def _last_line(output: str, mark: str) -> str:
    """The line that tells most: the last one with the mark, else the last one."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    marked = [line for line in lines if mark in line]
    return (marked or lines or ["no message"])[-1]


def _say(sentence: str) -> None:
    print(f"crt-console: {sentence}", file=sys.stderr, flush=True)


def _give_up(sentence: str) -> NoReturn:
    _say(sentence)
    raise SystemExit(1)

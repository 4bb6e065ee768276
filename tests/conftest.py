"""What every test may use: both databases, a screen, a home of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from hypothesis import settings

from crt_console.bootstrap import screen
from crt_console.store.create import prepare
from crt_console.store.database import Database
from tests.support import memory, postgres, xvfb

# Before anything imports Qt: a test run opens no window on somebody's screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
screen.speak_utf8()

# The same examples each time and no clock, so that a slow machine does not fail a property;
# `--hypothesis-profile=explore` looks for new ones.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile("steady")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown() -> None:
    """Take closed windows apart: no loop runs between tests, and a living one costs the next."""
    from PySide6.QtCore import QCoreApplication, QEvent

    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the user's data, configuration and database address out of the tests."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DATA", "CONFIG", "CACHE", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        patch.delenv("CRT_CONSOLE_DB", raising=False)
        yield


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """One PostgreSQL for the whole run (for each worker, where there are several)."""
    with postgres.running() as server:
        yield server


@pytest.fixture
def sqlite_url() -> Iterator[str]:
    """Address of a SQLite database that does not exist yet."""
    with memory.folder("crt-lite-") as folder:
        yield f"sqlite:///{folder / 'console.db'}"


@pytest.fixture
def postgres_url(postgres_server: postgres.Server) -> Iterator[str]:
    """Address of an empty PostgreSQL database."""
    url = postgres_server.create()
    yield url
    postgres_server.drop(url)


BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """Address of an empty database, once of each kind."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return str(request.getfixturevalue(name))


@pytest.fixture(scope="session")
def _sqlite_room() -> Iterator[str]:
    with memory.folder("crt-lite-") as folder:
        yield _with_tables(f"sqlite:///{folder / 'console.db'}")


@pytest.fixture(scope="session")
def _postgres_room(postgres_server: postgres.Server) -> str:
    return _with_tables(postgres_server.create())


def _with_tables(url: str) -> str:
    """Make the tables and return the database's file or name."""
    database = Database(url)
    prepare(database)
    database.close()
    return str(database.url.database)


@pytest.fixture
def _sqlite_copy(_sqlite_room: str, sqlite_url: str) -> str:
    shutil.copy(_sqlite_room, sqlite_url.removeprefix("sqlite:///"))
    return sqlite_url


@pytest.fixture
def _postgres_copy(_postgres_room: str, postgres_server: postgres.Server) -> Iterator[str]:
    url = postgres_server.create(_postgres_room)
    yield url
    postgres_server.drop(url)


@pytest.fixture(params=BOTH)
def room_url(request: pytest.FixtureRequest) -> str:
    """Address of a room where nothing has happened yet, once of each kind.

    A copy: the tables of an empty database take many times as long to make.
    """
    name = "_sqlite_copy" if request.param == "sqlite" else "_postgres_copy"
    return str(request.getfixturevalue(name))


@pytest.fixture
def display() -> Iterator[str]:
    """DISPLAY of a virtual screen, for a process of the product with a real window."""
    if not xvfb.available():
        pytest.skip("no Xvfb on this machine")
    with xvfb.screen() as name:
        yield name

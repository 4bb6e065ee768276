"""What the drivers' errors mean to the room: wait, gone, a clash of rows, or a bug."""

import sqlite3
from enum import Enum, auto

from sqlalchemy.exc import DBAPIError

from crt_console.domain.errors import Unavailable

_BUSY_STATES = frozenset({"55P03", "40P01", "40001", "57014"})
_LITE_FULL = ("FULL", "IOERR_SHMSIZE")  # the second: beside the database no file can grow
_FULL_STATE = "53100"
_LOST_CLASSES = frozenset({"08", "28", "3D", "53", "57", "58"})
_LOST_STATES = frozenset({"25P03", "25006"})
_LITE_LOST = ("CANTOPEN", "IOERR", "READONLY", "NOTADB", "CORRUPT", "PERM", "AUTH")


class Failure(Enum):
    """What went wrong, by what has to be done about it."""

    BUSY = auto()  # somebody holds the lock: try again
    LOST = auto()  # the database is away, or this connection is
    FULL = auto()  # no room where the database is kept: only a person can make some
    CLASH = auto()  # a constraint said no
    BUG = auto()


def failure_of(error: BaseException) -> Failure:
    """Return what a driver's error means."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(cause)
    if hasattr(cause, "sqlstate"):
        return _of_postgresql(cause.sqlstate, type(cause).__name__)
    return Failure.LOST if isinstance(cause, OSError) else Failure.BUG


def _of_sqlite(error: sqlite3.Error) -> Failure:
    name = str(getattr(error, "sqlite_errorname", "")).removeprefix("SQLITE_")
    if name.startswith(("BUSY", "LOCKED", "PROTOCOL")):
        return Failure.BUSY
    if name.startswith("CONSTRAINT"):
        return Failure.CLASH
    if name.startswith(_LITE_FULL):
        return Failure.FULL
    if name.startswith(_LITE_LOST):
        return Failure.LOST
    return Failure.BUG


def _of_postgresql(state: str | None, name: str) -> Failure:
    if state is None:  # no answer from a server: the connection itself
        lost = name in {"OperationalError", "ConnectionTimeout", "InterfaceError"}
        return Failure.LOST if lost else Failure.BUG
    if state in _BUSY_STATES:
        return Failure.BUSY
    if state[:2] == "23":
        return Failure.CLASH
    if state == _FULL_STATE:
        return Failure.FULL
    lost = state[:2] in _LOST_CLASSES or state in _LOST_STATES
    return Failure.LOST if lost else Failure.BUG


def words_of(error: BaseException) -> str:
    """Return the first line of what the driver said."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    lines = str(cause).strip().splitlines()
    return lines[0] if lines else type(cause).__name__


def unavailable(error: BaseException, *, may_be_done: bool = False) -> Unavailable:
    """Return the sentence for a person about a database that is away, or full."""
    if failure_of(error) is Failure.FULL:
        because = "the disk of the database is full: make room there; nothing is saved until then"
        return Unavailable(because, may_be_done=may_be_done)
    return Unavailable(f"the database does not answer ({words_of(error)})", may_be_done=may_be_done)

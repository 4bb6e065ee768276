"""A consistent copy of a room while everybody works, and a room made from one."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, MetaData, Table, delete, insert, select
from sqlalchemy.types import TypeDecorator

from crt_console.domain.errors import Refused
from crt_console.store.create import make_tables, version_of
from crt_console.store.database import Database, meant
from crt_console.store.tables import SCHEMA, metadata

_FORMAT = "crt-console backup 1"
_AT_ONCE = 500


def _raw(table: Table) -> Table:
    """The table with its values as they lie there, not as the domain reads them."""
    columns = []
    for column in table.c:
        kind = column.type
        columns.append(
            Column(column.name, kind.impl_instance if isinstance(kind, TypeDecorator) else kind)
        )
    return Table(table.name, MetaData(), *columns)


_RAW = {str(table.name): _raw(table) for table in metadata.sorted_tables}


def backup(database: Database, path: Path) -> None:
    """Write a copy to a new file: of SQLite a database, of PostgreSQL lines for `restore`."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise Refused(f"{path} exists already") from None
    except OSError as error:
        raise Refused(f"cannot write {path}: {error.strerror}") from error
    try:
        if database.kind == "sqlite":
            _copy_file(database, path)
        else:
            database.read(lambda connection: _write_lines(connection, path))
    except BaseException as error:
        path.unlink(missing_ok=True)  # half a copy is none
        if isinstance(error, (sqlite3.Error, OSError)):
            raise meant(error) from error
        raise


def _copy_file(database: Database, path: Path) -> None:
    with database.connect("reader") as connection:
        source: Any = connection.connection.driver_connection
        with contextlib.closing(sqlite3.connect(path)) as target:
            source.backup(target)


def _write_lines(connection: Connection, path: Path) -> None:
    encode = msgspec.json.Encoder().encode
    with path.open("wb") as file:
        file.write(encode({"format": _FORMAT, "schema": SCHEMA}) + b"\n")
        streaming = connection.execution_options(yield_per=_AT_ONCE)
        for name, table in _RAW.items():
            for row in streaming.execute(select(table)):
                file.write(encode({"table": name, "row": list(row)}) + b"\n")


def restore(database: Database, path: Path) -> None:
    """Fill an empty database from the lines that `backup` wrote."""
    database.make_file()
    with path.open("rb") as file:
        head = msgspec.json.decode(next(file, b"null"))
        if not isinstance(head, dict) or head.get("format") != _FORMAT:
            raise Refused(f"{path} is no backup of a PostgreSQL room")
        if head.get("schema") != SCHEMA:
            raise Refused(f"{path} is of schema {head.get('schema')}, this console has {SCHEMA}")
        database.write(lambda connection: _fill(connection, file))


def _fill(connection: Connection, lines: Iterator[bytes]) -> None:
    if version_of(connection) is not None:
        raise Refused("the database is not empty")
    make_tables(connection)
    for table in _RAW.values():
        connection.execute(delete(table))
    rows = (msgspec.json.decode(line) for line in lines)
    for name, group in groupby(rows, lambda said: said["table"]):
        statement, names = insert(_RAW[name]), _RAW[name].c.keys()
        while some := [
            dict(zip(names, said["row"], strict=True)) for said in islice(group, _AT_ONCE)
        ]:
            connection.execute(statement, some)

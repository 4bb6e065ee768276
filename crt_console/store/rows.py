"""Rows of the domain to rows of a table and back, and what differs between two of them."""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec.structs import astuple, replace

from crt_console.domain.board import TABLES

FIELDS: dict[str, tuple[str, ...]] = {name: row.__struct_fields__ for name, row in TABLES.items()}
_VERSIONS: dict[type[Any], tuple[str, ...]] = {
    row: tuple(name for name in ("changed", "decisive") if name in FIELDS[table])
    for table, row in TABLES.items()
}


def from_row(table: str, row: Sequence[Any]) -> Any:
    """Return the row of the domain that was selected with all columns in their order."""
    return TABLES[table](*row)


def plain(row: Any) -> dict[str, Any]:
    """Return a row as plain values, the form that journal entries carry."""
    values: dict[str, Any] = msgspec.to_builtins(row)
    return values


def differing(table: str, before: Any, after: Any) -> tuple[str, ...]:
    """Return the columns in which two states of a row differ."""
    pairs = zip(FIELDS[table], astuple(before), astuple(after), strict=True)
    return tuple([name for name, then, now in pairs if now != then])


def same(before: Any, after: Any) -> bool:
    """Return whether two states of a row differ in nothing but their versions."""
    if before is after:
        return True
    versions = {name: getattr(before, name) for name in _VERSIONS[type(after)]}
    return bool(before == replace(after, **versions))

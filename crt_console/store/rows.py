"""Rows of the domain to rows of a table and back, and what differs between two of them."""

from collections.abc import Sequence
from itertools import compress
from operator import ne
from typing import Any

import msgspec
from msgspec.structs import astuple, replace

from crt_console.domain.board import TABLES

FIELDS: dict[str, tuple[str, ...]] = {name: row.__struct_fields__ for name, row in TABLES.items()}
_DECISIVE = frozenset(row for table, row in TABLES.items() if "decisive" in FIELDS[table])


def from_row(table: str, row: Sequence[Any]) -> Any:
    """Return the row of the domain that was selected with all columns in their order."""
    return TABLES[table](*row)


def plain(row: Any) -> dict[str, Any]:
    """Return a row as plain values, the form that journal entries carry."""
    values: dict[str, Any] = msgspec.to_builtins(row)
    return values


def differing(table: str, before: Any, after: Any) -> tuple[str, ...]:
    """Return the columns in which two states of a row differ."""
    return tuple(compress(FIELDS[table], map(ne, astuple(before), astuple(after))))


def same(before: Any, after: Any) -> bool:
    """Return whether two states of a row differ in nothing but their versions."""
    if before is after:
        return True
    if type(after) in _DECISIVE:
        alike = replace(after, changed=before.changed, decisive=before.decisive)
    else:
        alike = replace(after, changed=before.changed)
    return bool(before == alike)

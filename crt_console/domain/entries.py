"""Journal entries: what happened, in the past tense, with the row changes it made."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct, field

Value = str | int | float | bool | None


class RowChange(Struct, frozen=True, kw_only=True, gc=False):
    """One row made or changed: the columns that differ (all of them where `new`)."""

    table: str
    id: str
    new: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)


class Entry(Struct, frozen=True, kw_only=True, gc=False):
    """One entry. `data` is typed by `kind` and names content by id, never personal text.

    `content` pairs each content id the entry brings with sha256(salt + body) in hex.
    """

    seq: int
    at: datetime
    kind: str
    operation_id: str
    by: str
    console: str
    incident_id: str | None = None
    unit_id: str | None = None
    happened_at: datetime | None = None
    unsure: bool = False
    data: Mapping[str, Any] = field(default_factory=dict)
    changes: tuple[RowChange, ...] = ()
    content: tuple[tuple[str, str], ...] = ()


_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(Entry)


def canonical(entry: Entry) -> bytes:
    """Return the one JSON form of an entry; these bytes are kept and hashed."""
    return _encoder.encode(entry)


def parse_entry(body: bytes | str) -> Entry:
    """Return the entry that these canonical bytes hold."""
    return _decoder.decode(body)

"""Whatever the bytes: nothing but the promised errors, and no line lost."""

import contextlib
import io
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from crt_console.domain.commands import PastCall
from crt_console.inbound.columns import Header
from crt_console.inbound.lines import Record, Records, lines
from crt_console.inbound.profile import load_profile
from crt_console.inbound.reader import Quarantined, RowReader
from crt_console.inbound.receive import Bad, parse_line

PIECES = st.sampled_from([b'"', b",", b"\n", b"\r\n", b"\x00", b"\xff", b"\x85", b"NULL", b" & "])
BYTES = st.lists(st.one_of(PIECES, st.binary(max_size=5)), max_size=60).map(b"".join)
HEAD = ("Event Number", "Call_Received", "Tencode", "Street Name", "Latitude", "Longitude")
CELL = st.one_of(st.text(max_size=12), st.sampled_from(["2024-03-10 02:30:00", "36.1", "-1e999"]))
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.lists(inner, max_size=2),
    max_leaves=4,
)
NAMES = ("external", "at", "priority", "source", "lat", "lon", "place", "text", "odd")


@given(BYTES)
def test_every_line_is_in_exactly_one_record(content: bytes) -> None:
    there = list(lines(io.BytesIO(content), "cp1252"))
    records = Records(iter(there), ",")
    records.width = 2
    found = list(records)
    assert [part for record in found for part in record.raw.split("\n")] == [
        line.text for line in there
    ]
    assert all(len(record.cells) == 2 for record in found if not record.problem)


@given(st.lists(CELL, min_size=len(HEAD), max_size=len(HEAD)))
def test_every_row_is_a_call_or_quarantined(cells: list[str]) -> None:
    rows = RowReader(load_profile("nashville"), Header.of(HEAD, ()))
    found = rows.read(Record(2, ",".join(cells), tuple(cells)))
    assert isinstance(found, PastCall | Quarantined)


@given(st.one_of(BYTES, st.binary(max_size=60)))
def test_a_line_of_any_bytes_is_a_call_or_bad(content: bytes) -> None:
    with contextlib.suppress(Bad):
        parse_line(content, 1)


@given(st.dictionaries(st.sampled_from(NAMES), JSON))
def test_an_object_of_any_values_is_a_call_or_bad(said: dict[str, Any]) -> None:
    said.setdefault("external", "1")
    said.setdefault("at", "2026-03-01T10:00:00Z")
    with contextlib.suppress(Bad):
        call = parse_line(json.dumps(said), 1)
        assert call.external
        assert call.priority in {None, 1, 2, 3}

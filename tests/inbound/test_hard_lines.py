"""Hostile lines on both databases: each has exactly one fate, and the room stays whole."""

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crt_console.domain.errors import Unavailable
from crt_console.inbound.counts import Counts
from crt_console.inbound.importing import import_file
from crt_console.inbound.profile import Profile
from crt_console.inbound.receive import receive
from crt_console.store.verify import verify
from tests.inbound.conftest import RoomDoor

Run = Callable[..., Any]
AT = "2026-03-01T10:00:00Z"
# A room is made once for all examples: each has numbers of its own or shares them, both is right.
ONE_ROOM = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
VALUE = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=12),
        st.sampled_from([AT, "9999-12-31T23:59:59Z", "1970-01-01T00:00:00Z", "", "911", "x" * 900]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
NAMES = st.sampled_from(
    ["at", "updated_at", "priority", "source", "lat", "lon", "place", "type", "text", "call_back"]
)
CALL = st.dictionaries(NAMES, VALUE).map(lambda said: {"external": "E1", "at": AT} | said)
ANY_LINE = st.one_of(CALL, VALUE).map(lambda said: json.dumps(said).encode())
ANY_BYTES = st.binary(min_size=1, max_size=40).map(lambda raw: raw.replace(b"\n", b" "))


def take(run: Run, door: RoomDoor, *said: dict[str, Any]) -> Counts:
    """Receive these calls."""
    stream = "\n".join(json.dumps({"at": AT} | each) for each in said).encode()
    counts = run(receive(door, io.BytesIO(stream)))
    assert isinstance(counts, Counts)
    return counts


def test_any_line_has_exactly_one_fate(door: RoomDoor, run: Run) -> None:
    @ONE_ROOM
    @given(st.lists(st.one_of(ANY_LINE, ANY_BYTES), min_size=1, max_size=4))
    def lines(said: list[bytes]) -> None:
        counts = run(receive(door, io.BytesIO(b"\n".join(said))))
        fates = counts.accepted + counts.updated + counts.duplicate + counts.quarantined
        # The mark at the head of a file, and blank lines, are no lines.
        first = said[0].removeprefix(b"\xef\xbb\xbf")
        assert counts.received == fates == sum(bool(s.strip()) for s in [first, *said[1:]])

    lines()
    with door.shift.reading() as connection:
        assert verify(connection).ok


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"text": "w" * 20_001}, "the text is too long: 20,000 characters at most"),
        ({"place": "w" * 501}, "the place is too long: 500 characters at most"),
        ({"call_back": "5" * 61}, "the number to call back is too long: 60 characters at most"),
        ({"type": "w" * 201}, "the type is too long: 200 characters at most"),
        ({"external": "7" * 201}, "their number is too long: 200 characters at most"),
        ({"external": "E\u200b1"}, "invisible characters in external"),
        ({"at": "9999-12-31T00:00:00Z"}, "at is more than a day ahead of our clock"),
        ({"updated_at": "9999-12-31T00:00:00Z"}, "updated_at is more than a day ahead"),
        ({"at": "1970-01-01T00:00:00Z"}, "at is more than 20 years ago"),
    ],
)
def test_what_cannot_be_is_quarantined_and_counted(
    door: RoomDoor, run: Run, said: dict[str, Any], reason: str
) -> None:
    counts = take(run, door, {"external": "E1"} | said, {"external": "E2"})
    assert (counts.received, counts.accepted, counts.quarantined) == (2, 1, 1)
    assert next(iter(counts.reasons)).startswith(reason)
    assert door.count("quarantine") == 1
    assert set(door.incidents()) == {"E2"}


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999"])
def test_a_number_that_is_none_never_reaches_the_journal(
    door: RoomDoor, run: Run, number: str
) -> None:
    line = f'{{"external": "E1", "at": "{AT}", "lat": {number}, "lon": 1}}'
    counts = run(receive(door, io.BytesIO(line.encode())))
    assert (counts.received, counts.quarantined) == (1, 1)
    with door.shift.reading() as connection:
        assert verify(connection).ok


def test_a_clock_that_is_ahead_is_flagged_and_the_call_waits_from_now(
    door: RoomDoor, run: Run
) -> None:
    ahead = (datetime.now(UTC) + timedelta(hours=5)).isoformat()
    counts = take(run, door, {"external": "E1", "at": ahead, "type": "x"})
    assert (counts.accepted, dict(counts.oddities)) == (1, {"at_ahead": 1})
    incident = door.incidents()["E1"]
    assert incident.arrived_at == incident.opened_at


def test_a_row_cannot_be_made_to_lie(door: RoomDoor, run: Run) -> None:
    said = {"external": "E1", "place": "12 Main St\u202e tS elppA 51", "text": "يوسف \u2066x"}
    take(run, door, said)
    assert door.words("E1", "place") == "12 Main St tS elppA 51"
    assert door.words("E1", "text") == "يوسف x"
    assert take(run, door, said).duplicate == 1


def test_rows_that_are_too_long_or_still_to_come_keep_their_line(
    door: RoomDoor, run: Run, north: Profile, tmp_path: Path
) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(
        "No,At,Type,Place,Closed\n"
        f"A1,2025-03-01 10:00:00,x,{'w' * 600},\n"
        "A2,9999-03-01 10:00:00,x,2 Main St,\n"
        "A3,1985-03-01 10:00:00,x,3 Main St,\n"
    )
    counts = run(import_file(door, path, north))
    assert (counts.received, counts.accepted, counts.quarantined) == (3, 1, 2)
    assert set(counts.reasons) == {
        "the place is too long: 500 characters at most",
        "the time of the call is still to come",
    }
    assert door.count("quarantine", "line IN (2, 3)") == 2


def test_counts_add_up_when_the_database_goes_in_the_middle(
    door: RoomDoor, run: Run, north: Profile, tmp_path: Path
) -> None:
    path = tmp_path / "calls.csv"
    rows = [f"A{n},2025-03-01 10:00:00,x,{n} Main St,2025-03-01 11:00:00\n" for n in range(50)]
    path.write_text("No,At,Type,Place,Closed\n" + "".join(rows) + "B,soon,x,,\n")
    acts: list[object] = []

    def outage(command: object) -> str:
        acts.append(command)
        return "before" if len(acts) > 1 else ""

    door.outage = outage
    counts = Counts(with_updated=False)
    with pytest.raises(Unavailable):
        run(import_file(door, path, north, counts=counts))
    assert len(acts) == 2  # the first that fails ends it
    assert (counts.received, counts.accepted) == (20, 20)

    door.outage = lambda _: ""
    again = run(import_file(door, path, north))
    assert (again.received, again.accepted, again.duplicate, again.quarantined) == (51, 30, 20, 1)


def test_what_is_waited_for_is_said_once(door: RoomDoor, run: Run, tmp_path: Path) -> None:
    attempts: list[object] = []

    def outage(command: object) -> str:
        attempts.append(command)
        return "before" if len(attempts) < 3 else ""

    door.outage = outage
    said: list[str] = []
    path = tmp_path / "calls.pipe"
    path.write_bytes(json.dumps({"external": "E1", "at": AT}).encode())
    stream = io.BytesIO(path.read_bytes())  # it ends, so following ends as well
    counts = run(receive(door, stream, follow=True, tell=said.append))
    assert (counts.accepted, said) == (1, ["the database is away"])

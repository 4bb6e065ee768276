"""Imports on both databases: once is once, and a crash in between costs nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crt_console.domain.commands import Command, ImportCalls
from crt_console.domain.errors import Refused, Unavailable
from crt_console.inbound.importing import BATCH, import_file, storable
from crt_console.inbound.profile import Profile
from tests.inbound.conftest import RoomDoor

Run = Callable[..., Any]


def test_every_row_is_accounted_for(
    door: RoomDoor, run: Run, calls_file: Path, north: Profile
) -> None:
    seen: list[tuple[int, int]] = []
    counts = run(import_file(door, calls_file, north, lambda *at: seen.append(at)))
    assert counts.to_json() == {
        "received": 6,
        "accepted": 4,
        "duplicate": 1,
        "quarantined": 1,
        "reasons": {"no time of the call that could be read": 1},
        "oddities": {"never_closed": 1, "no_type": 1},
        "unmapped": {"ODD": 2, "(none)": 1},
    }
    assert seen[-1] == (6, 6)
    assert door.count("incidents") == 4
    assert door.count("quarantine", "line = 5") == 1
    alarms = door.board().raised
    assert [alarm.kind.value for alarm in alarms] == ["quarantine"]


def test_open_and_closed_incidents(
    door: RoomDoor, run: Run, calls_file: Path, north: Profile
) -> None:
    run(import_file(door, calls_file, north))
    (still_open,) = door.incidents().values()
    assert (still_open.external, still_open.imported, still_open.open) == ("A4", True, True)
    assert door.words("A4", "place") == "4 Main St"
    assert door.count("incidents", "status = 'closed'") == 3


def test_the_same_file_again_adds_nothing(
    door: RoomDoor, run: Run, calls_file: Path, north: Profile
) -> None:
    run(import_file(door, calls_file, north))
    before = [door.count(name) for name in ("incidents", "calls", "quarantine", "alarms")]
    again = run(import_file(door, calls_file, north))
    assert (again.accepted, again.duplicate, again.quarantined) == (0, 5, 1)
    assert [door.count(n) for n in ("incidents", "calls", "quarantine", "alarms")] == before


def many(path: Path, rows: int) -> Path:
    lines = [f"M{n},2025-03-01 10:00:00,ODD,{n} Main St,2025-03-01 11:00:00" for n in range(rows)]
    path.write_text("\n".join(["No,At,Type,Place,Closed", *lines]))
    return path


@pytest.mark.parametrize("when", ["before", "after"])
def test_an_import_cut_short_goes_on_from_there(
    door: RoomDoor, run: Run, tmp_path: Path, north: Profile, when: str
) -> None:
    path = many(tmp_path / "many.csv", BATCH * 3 + 7)
    batches = 0

    def outage(command: Command) -> str:
        nonlocal batches
        batches += isinstance(command, ImportCalls)
        return when if batches == 2 else ""

    door.outage = outage
    with pytest.raises(Unavailable):
        run(import_file(door, path, north))
    door.outage = lambda _: ""
    there = BATCH if when == "before" else BATCH * 2
    assert door.count("incidents") == there
    counts = run(import_file(door, path, north))
    assert (counts.accepted, counts.duplicate) == (BATCH * 3 + 7 - there, there)
    assert door.count("incidents") == BATCH * 3 + 7


def test_two_files_of_one_system_share_their_numbers(
    door: RoomDoor, run: Run, tmp_path: Path, north: Profile
) -> None:
    run(import_file(door, many(tmp_path / "one.csv", 30), north))
    counts = run(import_file(door, many(tmp_path / "two.csv", 40), north))
    assert (counts.accepted, counts.duplicate) == (10, 30)


def test_a_file_that_cannot_be_read_changes_nothing(
    door: RoomDoor, run: Run, tmp_path: Path, north: Profile
) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(Refused, match="no column At"):
        run(import_file(door, path, north))
    assert door.count("journal") == 0


def test_what_no_database_takes_is_kept_readably(
    door: RoomDoor, run: Run, tmp_path: Path, north: Profile
) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(
        b"No,At,Type,Place,Closed\nA1,so\x00on,,,\nA\x002,2025-03-01 10:00:00,a\x00b,,\n"
    )
    counts = run(import_file(door, path, north))
    assert (counts.received, counts.accepted, counts.quarantined) == (2, 1, 1)
    assert door.count("quarantine", "line > 0") == 1


def test_a_bad_row_is_not_kept_without_end() -> None:
    kept = storable("x" * 50_000 + "\ud800")
    assert len(kept) < 11_000
    assert kept.endswith("characters in all")

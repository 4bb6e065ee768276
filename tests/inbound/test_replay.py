"""Replays on both databases: the same calls, arriving now, in order."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crt_console.domain.commands import Outcome, ReceiveCall
from crt_console.domain.errors import Refused
from crt_console.inbound.importing import import_file
from crt_console.inbound.profile import Profile
from crt_console.inbound.replay import replay
from tests.inbound.conftest import RoomDoor

Run = Callable[..., Any]
FAST = 1e6


def test_calls_arrive_in_the_order_of_their_times(
    door: RoomDoor, run: Run, calls_file: Path, north: Profile
) -> None:
    order: list[str | None] = []

    def arrived(command: ReceiveCall, outcome: Outcome) -> None:
        assert outcome.data["result"] == "accepted"
        order.append(command.external)

    counts = run(replay(door, calls_file, north, speed=FAST, on_call=arrived))
    assert order == ["A1", "A4", "A2", "A5"]
    assert (counts.received, counts.accepted, counts.duplicate, counts.quarantined) == (6, 4, 1, 1)
    assert counts.unmapped == {"ODD": 2, "(none)": 1}
    first = door.incidents()["A1"]
    assert (first.type, first.type_unmapped, first.imported) == ("welfare check", False, False)
    assert first.arrived_at == first.opened_at


def test_each_run_brings_the_calls_anew(
    door: RoomDoor, run: Run, calls_file: Path, north: Profile
) -> None:
    run(import_file(door, calls_file, north))
    for _ in range(2):
        assert run(replay(door, calls_file, north, speed=FAST)).accepted == 4
    assert door.count("incidents") == 12
    assert door.count("type_map", "system = 'north'") == 1  # the words stay those of the profile
    assert door.count("type_map") == 1


def test_a_stretch_of_time_in_the_profiles_own_zone(
    door: RoomDoor, run: Run, calls_file: Path, north: Profile
) -> None:
    counts = run(
        replay(
            door,
            calls_file,
            north,
            speed=FAST,
            start=datetime(2025, 3, 1, 10, 1),  # noqa: DTZ001 - the point of the test
            end=datetime(2025, 3, 1, 15, 3, tzinfo=UTC),
        )
    )
    assert set(door.incidents()) == {"A4", "A2"}
    assert counts.received == counts.accepted + counts.duplicate + counts.quarantined == 3


def test_a_speed_that_never_arrives_is_refused(
    door: RoomDoor, run: Run, calls_file: Path, north: Profile
) -> None:
    for speed in (0, -1, float("nan")):
        with pytest.raises(Refused, match="speed"):
            run(replay(door, calls_file, north, speed=speed))

"""The real exports, where they are at hand: every row accounted for, every oddity counted."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crt_console.inbound.importing import import_file
from crt_console.inbound.profile import load_profile
from crt_console.inbound.reader import Quarantined, read_calls
from tests.inbound.conftest import RoomDoor

CALLS = Path(__file__).resolve().parents[3] / "shared" / "data" / "calls"
pytestmark = pytest.mark.skipif(
    not CALLS.is_dir(), reason="the real call sets are not beside this clone (../shared/data)"
)


def _read(name: str, profile: str) -> tuple[int, int, int, Counter[str]]:
    """Rows, twins and bad ones of a file, and how often each oddity was met."""
    externals: Counter[str] = Counter()
    oddities: Counter[str] = Counter()
    rows = bad = 0
    for found in read_calls(CALLS / name, load_profile(profile), []):
        rows += 1
        if isinstance(found, Quarantined):
            bad += 1
            continue
        externals[found.external] += 1
        oddities.update(flag.partition(":")[0] for flag in found.flags)
        oddities["unmapped"] += found.type_unmapped
        oddities["open"] += found.closed_at is None
    return rows, externals.total() - len(externals), bad, oddities


def test_montgomery() -> None:
    rows, twins, bad, oddities = _read("montgomery-pa/2016-06-06_06-26.csv", "montgomery")
    assert (rows, twins, bad) == (8229, 3, 0)
    assert oddities["default_point"] > 500
    assert oddities["outside_area"] == 2
    assert oddities["open"] == 0


def test_alexandria() -> None:
    rows, twins, bad, oddities = _read("alexandria-va/weeks35-42.csv", "alexandria")
    assert (rows, twins, bad) == (11490, 0, 0)
    assert oddities["no_number"] == 3
    assert oddities["reopened"] == 202
    assert oddities["never_arrived"] == 1507
    assert oddities["closes_before_arrives"] == 67
    assert oddities["test_call"] >= 17
    assert oddities["unmapped"] > 0


def test_nashville() -> None:
    rows, twins, bad, oddities = _read("nashville-tn/2024-01_05.csv", "nashville")
    assert (rows, twins, bad) == (19215, 0, 0)
    assert oddities["not_a_call"] == 20
    assert oddities["type_second_choice"] == 1517


def test_the_two_odd_files() -> None:
    drift = _read("alexandria-va/week40_schema_drift_200rows.csv", "alexandria")
    mark = _read("nashville-tn/raw_head_double_bom.csv", "nashville")
    assert drift[:3] == mark[:3] == (200, 0, 0)


@pytest.mark.parametrize(
    ("name", "profile"),
    [
        ("alexandria-va/week40_schema_drift_200rows.csv", "alexandria"),
        ("nashville-tn/raw_head_double_bom.csv", "nashville"),
    ],
)
def test_the_odd_files_arrive_once(
    door: RoomDoor, run: Callable[..., Any], name: str, profile: str
) -> None:
    first = run(import_file(door, CALLS / name, load_profile(profile)))
    assert (first.received, first.accepted, first.quarantined) == (200, 200, 0)
    again = run(import_file(door, CALLS / name, load_profile(profile)))
    assert (again.accepted, again.duplicate) == (0, 200)
    assert door.count("incidents") == 200

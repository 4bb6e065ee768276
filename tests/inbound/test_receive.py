"""Lines of another system on both databases: once each, in order, whatever comes between."""

import asyncio
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crt_console.domain.commands import Command, EditIncident, ReceiveCall
from crt_console.domain.errors import Unavailable
from crt_console.inbound.counts import Counts
from crt_console.inbound.receive import receive
from tests.inbound.conftest import RoomDoor

Run = Callable[..., Any]
AT = "2026-03-01T10:00:00Z"


def lines(*said: dict[str, Any] | str) -> io.BytesIO:
    return io.BytesIO(
        "\n".join(s if isinstance(s, str) else json.dumps({"at": AT} | s) for s in said).encode()
    )


def test_accepted_repeated_updated_older_and_bad(door: RoomDoor, run: Run) -> None:
    counts = run(
        receive(
            door,
            lines(
                {"external": "1", "place": "1 Main St", "type": "welfare check"},
                "",
                {"external": "1", "place": "1 Main St", "type": "welfare check"},
                {"external": "1", "place": "2 Main St", "updated_at": "2026-03-01T10:05:00Z"},
                {"external": "1", "place": "3 Main St", "updated_at": "2026-03-01T10:04:00Z"},
                {"external": "2", "colour": "green"},
                "{",
                {"external": "3", "priority": "1"},
                {"external": "4", "priority": 1},
            ),
        )
    )
    assert counts.to_json() == {
        "received": 8,
        "accepted": 3,
        "updated": 1,
        "duplicate": 2,
        "quarantined": 2,
        "reasons": {"not JSON": 1, "priority must be a whole number": 1},
        "oddities": {"no_type": 4, "repeated": 1, "older update": 1},
        "ignored": {"colour": 1},
    }
    assert door.words("1", "place") == "2 Main St"
    assert door.incidents()["2"].type_unmapped
    assert door.count("quarantine", "line = 7") == 1
    assert "quarantine" in {alarm.kind.value for alarm in door.board().raised}


def test_there_and_back_is_two_updates(door: RoomDoor, run: Run) -> None:
    places = [{"external": "1", "place": place} for place in ("A St", "B St", "A St")]
    counts = run(receive(door, lines(*places)))
    assert (counts.accepted, counts.updated) == (1, 2)
    assert door.words("1", "place") == "A St"


def test_the_same_lines_again_change_nothing(door: RoomDoor, run: Run) -> None:
    said = [{"external": str(n), "place": f"{n} Main St"} for n in range(5)]
    run(receive(door, lines(*said)))
    again = run(receive(door, lines(*said)))
    assert (again.accepted, again.updated, again.duplicate) == (0, 0, 5)
    assert door.count("incidents") == 5


def test_the_same_bad_line_of_a_file_is_kept_once(door: RoomDoor, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "calls.jsonl"
    path.write_bytes(b'{"external": "\xff"}\n')
    for _ in range(2):
        with path.open("rb") as stream:
            assert run(receive(door, stream)).quarantined == 1
    assert door.count("quarantine") == 1


def test_what_a_dispatcher_changed_is_kept(door: RoomDoor, run: Run) -> None:
    run(receive(door, lines({"external": "1", "place": "1 Main St", "priority": 3})))
    number = door.incidents()["1"].number
    run(door.do(EditIncident(incident=number, field="place", value="9 Elm St")))
    counts = run(receive(door, lines({"external": "1", "place": "2 Main St", "priority": 1})))
    assert counts.updated == 1
    assert door.words("1", "place") == "9 Elm St"
    assert door.incidents()["1"].priority == 1


def test_types_go_through_the_table_and_new_words_are_listed(door: RoomDoor, run: Run) -> None:
    run(receive(door, lines({"external": "1", "type": "10-35"}), system="north"))
    assert door.incidents()["1"].type_unmapped
    run(receive(door, lines({"external": "1", "type": "10-36"}), system="north"))
    assert (door.incidents()["1"].type, door.incidents()["1"].type_unmapped) == ("10-36", True)
    assert door.count("type_map", "system = 'north' AND type IS NULL") == 2


def test_systems_do_not_share_their_numbers(door: RoomDoor, run: Run) -> None:
    run(receive(door, lines({"external": "1"}), system="north"))
    assert run(receive(door, lines({"external": "1"}), system="south")).accepted == 1


def test_without_following_an_outage_is_said(door: RoomDoor, run: Run) -> None:
    door.outage = lambda _: "before"
    counts = Counts()
    with pytest.raises(Unavailable):
        run(receive(door, lines({"external": "1"}), counts=counts))
    assert counts.received == 0


@pytest.mark.parametrize("when", ["before", "after"])
def test_following_waits_an_outage_out_and_loses_nothing(
    door: RoomDoor, run: Run, tmp_path: Path, when: str
) -> None:
    attempts: list[str] = []

    def outage(command: Command) -> str:
        if not isinstance(command, ReceiveCall):
            return ""
        attempts.append(command.operation_id)
        return when if len(attempts) in {2, 3} else ""

    door.outage = outage
    path = tmp_path / "growing.jsonl"
    path.write_bytes(lines({"external": "1"}).getvalue() + b"\n")

    async def follow() -> Counts:
        counts = Counts()
        with path.open("rb") as stream:
            task = asyncio.create_task(receive(door, stream, follow=True, counts=counts))
            await _until(lambda: counts.received == 1)
            with path.open("ab") as more:
                more.write(lines({"external": "2"}, "{", {"external": "3"}).getvalue() + b"\n")
            await _until(lambda: counts.received == 4)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        return counts

    counts = run(follow())
    assert (counts.accepted, counts.quarantined, counts.duplicate) == (3, 1, 0)
    assert len(set(attempts)) == 3
    assert len(attempts) == 5
    assert set(door.incidents()) == {"1", "2", "3"}


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not true():  # noqa: ASYNC110 - the other side is a file, not a task
            await asyncio.sleep(0.02)

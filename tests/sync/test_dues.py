"""A due is raised by its owner's console at once, by others only after a look."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from crt_console.domain.alarm import Alarm, operation_for
from crt_console.domain.board import Board
from crt_console.domain.ids import AlarmId, IncidentId
from crt_console.domain.incident import Incident
from crt_console.domain.words import AlarmKind
from crt_console.sync.dues import OTHERS_WAIT, SPREAD, Dues, command_for

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
INCIDENT = Incident(
    id=IncidentId("i"),
    serial=1,
    number="26-000001",
    opened_at=NOW,
    arrived_at=NOW,
    owner_console="one",
)


def alarm(**values: object) -> Alarm:
    made: dict[str, object] = {
        "id": AlarmId("a"),
        "kind": AlarmKind.WAITING,
        "subject": "i",
        "incident_id": IncidentId("i"),
        "due_at": NOW,
    }
    return Alarm(**(made | values))  # type: ignore[arg-type]


def board(*alarms: Alarm, incident: Incident = INCIDENT) -> Board:
    tables: dict[str, Any] = {**Board().tables, "alarms": {a.id: a for a in alarms}}
    return Board(tables={**tables, "incidents": {incident.id: incident}})


def test_the_owners_console_raises_at_once() -> None:
    due = alarm()
    assert Dues("one").ready(board(due), NOW, 0.0) == (due,)


def test_nothing_is_raised_before_its_time_or_after_its_end() -> None:
    later, over = alarm(due_at=NOW + timedelta(seconds=1)), alarm(ended_at=NOW)
    assert Dues("one").ready(board(later), NOW, 0.0) == ()
    assert Dues("one").ready(board(over), NOW, 0.0) == ()


def test_other_consoles_wait_and_look_first() -> None:
    dues, due = Dues("two", random.Random(1)), alarm()  # noqa: S311
    assert dues.ready(board(due), NOW, 0.0) == ()
    assert dues.ready(board(due), NOW, OTHERS_WAIT - 0.01) == ()
    assert dues.ready(board(due), NOW, OTHERS_WAIT + SPREAD) == (due,)
    raised = alarm(raised_at=NOW)
    assert dues.ready(board(raised), NOW, 100.0) == ()


def test_where_nobody_owns_it_consoles_come_one_by_one() -> None:
    nobody = board(alarm(), incident=replace(INCIDENT, owner_console=None))
    turns = []
    for seed in range(20):
        dues = Dues(f"console {seed}", random.Random(seed))  # noqa: S311
        clock = 0.0
        while not dues.ready(nobody, NOW, clock):
            clock += 0.05
        turns.append(clock)
    assert max(turns) <= SPREAD + 0.1
    assert len(set(turns)) > 10


def test_an_attempt_is_not_repeated_at_once() -> None:
    dues, due = Dues("one"), alarm()
    assert dues.ready(board(due), NOW, 0.0)
    assert dues.ready(board(due), NOW, 1.0) == ()
    assert dues.ready(board(due), NOW, 6.0)


def test_every_console_gives_the_same_command() -> None:
    step = alarm(raised_at=NOW, step=1, next_at=NOW + timedelta(minutes=2))
    assert command_for(step) == command_for(step)
    assert command_for(step).operation_id == operation_for(step)
    assert command_for(step).due_at == step.next_at

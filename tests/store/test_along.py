"""What follows from an act is carried by the act's own entry, and by nobody else's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from msgspec.structs import replace

from crt_console.domain.alarm import Alarm
from crt_console.domain.commands import Outcome
from crt_console.domain.entries import Entry
from crt_console.domain.ids import AlarmId, new_id
from crt_console.domain.incident import Incident
from crt_console.domain.words import AlarmKind, IncidentStatus
from crt_console.store import queries
from crt_console.store.database import Database
from crt_console.store.room import Room
from crt_console.store.verify import verify
from crt_console.store.writer import Writer
from tests.support.acts import Act, new_incident, opened, writing


@pytest.fixture
def database(room_url: str) -> Iterator[Database]:
    with opened(room_url) as found:
        yield found


@pytest.fixture
def writer(database: Database) -> Iterator[Writer]:
    with writing(database) as made:
        yield made


def entries(database: Database) -> tuple[Entry, ...]:
    found = database.read(lambda connection: queries.entries_after(connection, 0, 100))
    return found.entries if found else ()


def make_due(room: Room, incident: Incident) -> None:
    room.put(
        Alarm(
            id=AlarmId(new_id()),
            kind=AlarmKind.WAITING,
            subject=incident.id,
            incident_id=incident.id,
            due_at=room.at + timedelta(minutes=10),
        )
    )


def done(writer: Writer, run: Callable[[Room], object]) -> None:
    def act(room: Room) -> Outcome:
        run(room)
        return Outcome(seq=None)

    writer.carry_out(Act(run=act))


def test_due_times_go_along_with_the_act(database: Database, writer: Writer) -> None:
    def run(room: Room) -> None:
        made = new_incident(room)
        room.record("CallReceived", incident=made)
        room.put(replace(made, status=IncidentStatus.WORKING), decisive=True)
        make_due(room, made)
        room.record_along("DuesSet", incident=made)
        room.record("NoteAdded", incident=made)

    done(writer, run)
    first, second = entries(database)
    assert (first.kind, second.kind) == ("CallReceived", "NoteAdded")
    assert [change.table for change in first.changes] == ["incidents", "alarms"]
    assert first.changes[0].new
    assert first.changes[0].values["status"] == "working"
    assert {change.values["changed"] for change in first.changes} == {first.seq}
    assert first.changes[0].values["decisive"] == first.seq
    assert second.changes == ()
    assert database.read(verify).ok


def test_a_row_changed_twice_is_one_change_from_what_it_was(
    database: Database, writer: Writer
) -> None:
    done(writer, lambda room: room.record("CallReceived", incident=new_incident(room)))

    def run(room: Room) -> None:
        found = room.put(replace(room.incident("1"), type="welfare check", language="es"))
        room.record("IncidentEdited", incident=found)
        room.put(replace(found, type="", priority=2))
        room.record_along("DuesSet", incident=found)

    done(writer, run)
    last = entries(database)[-1]
    (change,) = last.changes
    assert dict(change.values) == {"language": "es", "priority": 2, "changed": last.seq}
    assert database.read(verify).ok


def test_nothing_goes_along_with_an_entry_about_another(database: Database, writer: Writer) -> None:
    def run(room: Room) -> None:
        one, other = new_incident(room), new_incident(room)
        room.record("CallReceived", incident=one)
        make_due(room, other)
        room.record_along("DuesSet", incident=other)

    done(writer, run)
    assert [entry.kind for entry in entries(database)] == ["CallReceived", "DuesSet"]
    assert database.read(verify).ok


def test_where_nothing_follows_nothing_is_recorded(database: Database, writer: Writer) -> None:
    done(writer, lambda room: room.record_along("DuesSet"))
    assert entries(database) == ()

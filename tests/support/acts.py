"""Commands for tests of the store: any function of the room, in place of the services."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from msgspec.structs import replace

from crt_console.domain.commands import Command, Outcome
from crt_console.domain.ids import AssignmentId, IncidentId, UnitId, new_id
from crt_console.domain.incident import Assignment, Incident
from crt_console.domain.timers import Timers
from crt_console.domain.unit import Unit, call_sign_key
from crt_console.store.create import prepare
from crt_console.store.database import Database
from crt_console.store.room import Room
from crt_console.store.writer import Writer


class Act(Command, frozen=True, kw_only=True):
    """Whatever a test wants done in one transaction."""

    run: Callable[[Room], Outcome | None]


def handle(room: Room, command: Command) -> Outcome:
    """Carry out an act."""
    assert isinstance(command, Act)
    return command.run(room) or Outcome(seq=None)


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """A database with its tables."""
    database = Database(url)
    prepare(database)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def writing(database: Database, console: str = "one") -> Iterator[Writer]:
    """A writer whose commands are acts."""
    writer = Writer(database, handle, by="kim", console=console, pack=None, timers=Timers())
    try:
        yield writer
    finally:
        writer.close()


def new_incident(room: Room, **values: object) -> Incident:
    """An incident that has just come in, staged."""
    serial, number = room.next_number()
    made = Incident(
        id=IncidentId(new_id()),
        serial=serial,
        number=number,
        opened_at=room.at,
        arrived_at=room.at,
        place=room.keep("12 Main St"),
    )
    return room.put(replace(made, **values))


def take_in(room: Room) -> Outcome:
    """An incident comes in."""
    made = new_incident(room)
    room.record("CallReceived", incident=made)
    return Outcome(seq=None, incident=made.number, incident_id=made.id)


def add_unit(call_sign: str) -> Callable[[Room], Outcome]:
    """A unit is made known."""

    def run(room: Room) -> Outcome:
        unit = room.put(
            Unit(
                id=UnitId(new_id()),
                key=call_sign_key(call_sign),
                call_sign=call_sign,
                status_at=room.at,
            )
        )
        room.record("UnitAdded", unit=unit)
        return Outcome(seq=None, unit=unit.key, id=unit.id)

    return run


def assign(unit_ref: str, incident_ref: str) -> Callable[[Room], Outcome]:
    """A unit is sent without anybody looking whether it is free."""

    def run(room: Room) -> Outcome:
        incident, unit = room.incident(incident_ref), room.unit(unit_ref)
        row = Assignment(
            id=AssignmentId(new_id()),
            incident_id=incident.id,
            unit_id=unit.id,
            at=room.at,
            by=room.by,
            console=room.console,
        )
        room.put(row)
        room.put(replace(unit, incident_id=incident.id), decisive=True)
        room.record("UnitAssigned", incident=incident, unit=unit)
        return Outcome(seq=None, id=row.id)

    return run

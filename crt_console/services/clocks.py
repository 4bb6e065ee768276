"""The clocks of a unit: its next check-in, and a status that lasts too long."""

from datetime import timedelta

from crt_console.domain.unit import Unit
from crt_console.domain.words import AlarmKind, UnitStatus
from crt_console.services.dues import end, schedule
from crt_console.store.room import Room


def unit_clocks(room: Room, unit: Unit) -> None:
    """Set the check-in and the overdue mark that the unit's status asks for, from now on."""
    check_in_clock(room, unit)
    _overdue(room, unit)


def check_in_clock(room: Room, unit: Unit) -> None:
    """Set the check-in that the unit's status asks for: it was heard, and reported nothing new."""
    interval = room.timers.check_in.get(unit.status.value)
    if interval is None or (unit.incident_id is None and unit.status is not UnitStatus.CLEARING):
        end(room, AlarmKind.CHECK_IN, unit.id)
        return
    if unit.incident_id is not None:
        incident = room.incident(unit.incident_id)
        wary = bool(incident.held or incident.cleared or "police" in incident.wanted)
        interval = min(interval, room.timers.check_in_wary) if wary else interval
    due = (unit.heard_at or room.at) + timedelta(seconds=interval)
    schedule(
        room,
        AlarmKind.CHECK_IN,
        unit.id,
        max(due, room.at),
        incident_id=unit.incident_id,
        unit_id=unit.id,
        detail=unit.call_sign,
    )


def _overdue(room: Room, unit: Unit) -> None:
    seconds = room.timers.overdue.get(unit.status.value)
    if seconds is None or unit.incident_id is None:
        end(room, AlarmKind.STATUS, unit.id)
        return
    schedule(
        room,
        AlarmKind.STATUS,
        unit.id,
        unit.status_at + timedelta(seconds=seconds),
        incident_id=unit.incident_id,
        unit_id=unit.id,
        detail=unit.status.value,
    )

"""Small words that every service says: what an act was about, when, what cannot be touched."""

from datetime import datetime

from crt_console.domain.commands import Outcome
from crt_console.domain.errors import Refused
from crt_console.domain.incident import Incident
from crt_console.domain.unit import Unit
from crt_console.store.room import Room


def about(incident: Incident, **data: str | float | bool | None) -> Outcome:
    """Return the outcome of an act on an incident."""
    return Outcome(seq=None, incident=incident.number, incident_id=incident.id, data=data)


def about_unit(unit: Unit, incident: Incident | None = None, **data: str | float | None) -> Outcome:
    """Return the outcome of an act on a unit."""
    return Outcome(
        seq=None,
        unit=unit.call_sign.replace(" ", ""),
        incident=incident.number if incident else None,
        incident_id=incident.id if incident else None,
        data=data,
    )


def when(room: Room) -> datetime:
    """Return when an act happened: now, or earlier where it is entered afterwards."""
    return min(room.happened_at or room.at, room.at)  # a clock that is ahead is not believed


def open_one(room: Room, ref: str) -> Incident:
    """Return an incident that is not closed; refused with how to go on where it is."""
    incident = room.incident(ref)
    if not incident.open:
        because = f"{incident.number} is closed: reopen it first"
        raise Refused(because)
    return incident

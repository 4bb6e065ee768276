"""The roster: units made known, shifts, out of service."""

from msgspec.structs import replace

from crt_console.domain.commands import AddUnit, EndShift, Outcome, SetOutOfService, StartShift
from crt_console.domain.errors import Refused
from crt_console.domain.ids import UnitId
from crt_console.domain.unit import Unit, call_sign_key, call_sign_words
from crt_console.domain.words import UnitStatus
from crt_console.services.clocks import unit_clocks
from crt_console.services.outcomes import about_unit, when
from crt_console.store.room import Room

_TAKEN = frozenset({"all", "at", "none", *(status.value for status in UnitStatus)})


def add_unit(room: Room, command: AddUnit) -> Outcome:
    """Make a unit known and free; a call sign that is known gets a new card."""
    key = call_sign_key(command.call_sign)
    if not key:
        because = "a unit needs a call sign"
        raise Refused(because)
    if not key.isalnum() or key in _TAKEN:
        because = f"{command.call_sign} cannot be a call sign: letters and digits, such as crt2"
        raise Refused(because)
    known = next((u for u in room.units() if u.key == key), None)
    place = room.place_named(command.at) if command.at else None
    lat = command.lat if command.lat is not None else (place.lat if place else None)
    lon = command.lon if command.lon is not None else (place.lon if place else None)
    unit = known or Unit(
        id=UnitId(command.unit_id),
        key=key,
        call_sign=call_sign_words(command.call_sign),
        status=UnitStatus.AVAILABLE,
        status_at=room.at,
        free_since=room.at,
        heard_at=room.at,
    )
    unit = replace(
        unit,
        members=command.members or unit.members,
        skills=command.skills or unit.skills,
        languages=command.languages or unit.languages,
        base=command.at or unit.base,
    )
    if lat is not None and lon is not None:
        unit = replace(unit, lat=lat, lon=lon, position_at=room.at, position_basis="base")
    room.put(unit, decisive=known is None)
    room.record("UnitAdded" if known is None else "UnitCardChanged", unit=unit)
    return about_unit(unit)


def start_shift(room: Room, command: StartShift) -> Outcome:
    """Begin a shift: the unit is free; one that is at work already only gets its new end.

    Refused where it reported off while on an incident: nobody says it has left there.
    """
    unit = room.unit(command.unit)
    started = replace(unit, shift_ends_at=command.ends_at or unit.shift_ends_at)
    if not unit.on_shift:
        _not_on_incident(room, unit.id, "release it first")
        at = when(room)
        started = replace(
            started,
            status=UnitStatus.AVAILABLE,
            status_at=at,
            free_since=at,
            heard_at=room.at,
            oos_reason="",
        )
    room.put(started, decisive=True)
    room.record("ShiftStarted", unit=started)
    return about_unit(started)


def end_shift(room: Room, command: EndShift) -> Outcome:
    """Send a unit home; refused while it is on an incident."""
    unit = _not_on_incident(room, command.unit, "its shift cannot end")
    ended = replace(
        unit,
        status=UnitStatus.OFF,
        status_at=when(room),
        free_since=None,
        shift_ends_at=None,
        oos_reason="",
    )
    room.put(ended, decisive=True)
    room.record("ShiftEnded", unit=ended)
    unit_clocks(room, ended)
    room.record_along("DuesSet", unit=ended)
    return about_unit(ended)


def out_of_service(room: Room, command: SetOutOfService) -> Outcome:
    """Take a unit out of service, with the reason; refused while it is on an incident."""
    if not command.reason.strip():
        because = "say why it is out of service"
        raise Refused(because)
    unit = _not_on_incident(room, command.unit, "release it first")
    out = replace(
        unit,
        status=UnitStatus.OUT_OF_SERVICE,
        status_at=when(room),
        free_since=None,
        oos_reason=command.reason,
    )
    room.put(out, decisive=True)
    room.record("UnitOutOfService", unit=out, reason=command.reason)
    unit_clocks(room, out)
    room.record_along("DuesSet", unit=out)
    return about_unit(out)


def _not_on_incident(room: Room, ref: str, then: str) -> Unit:
    unit = room.unit(ref)
    if unit.incident_id is not None:
        number = room.incident(unit.incident_id).number
        because = f"{unit.call_sign} is on {number}: {then}"
        raise Refused(because)
    return unit

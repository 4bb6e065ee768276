"""Safety of the people out there: emergency, backup, cautions."""

from msgspec.structs import replace

from crt_console.domain.commands import (
    AddCaution,
    CallBackup,
    ClearEmergency,
    DeclareEmergency,
    Outcome,
)
from crt_console.domain.errors import Refused
from crt_console.domain.ids import CautionId, new_id
from crt_console.domain.incident import Caution
from crt_console.domain.places import about_key
from crt_console.domain.words import AGENCY_NAMES, TEAM, AlarmKind, Basis
from crt_console.services.clocks import check_in_clock
from crt_console.services.dues import end, ring
from crt_console.services.handovers import check_unarmed
from crt_console.services.offers import offer
from crt_console.services.outcomes import about_unit, when
from crt_console.services.settle import settle
from crt_console.store.room import Room

_CALLED = ", ".join(agency for agency in AGENCY_NAMES if agency != TEAM)


def emergency(room: Room, command: DeclareEmergency) -> Outcome:
    """Declare that a unit is in danger of life; it rings everywhere until cleared with a reason."""
    unit = room.unit(command.unit)
    incident = room.incident(unit.incident_id) if unit.incident_id else None
    declared = replace(unit, emergency_at=unit.emergency_at or when(room))
    room.put(declared, decisive=True)
    ring(
        room,
        AlarmKind.EMERGENCY,
        unit.id,
        incident=incident,
        unit=declared,
        detail=unit.call_sign,
        supervisor=True,
    )
    room.record("EmergencyDeclared", incident=incident, unit=declared)
    return about_unit(declared, incident)


def clear_emergency(room: Room, command: ClearEmergency) -> Outcome:
    """End an emergency; how it is known to be over is written down."""
    unit = room.unit(command.unit)
    if unit.emergency_at is None:
        because = f"{unit.call_sign} has no emergency"
        raise Refused(because)
    if not command.reason.strip():
        because = "say how you know that it is over"
        raise Refused(because)
    safe = replace(unit, emergency_at=None, heard_at=room.at)
    room.put(safe, decisive=True)
    end(room, AlarmKind.EMERGENCY, unit.id)
    check_in_clock(room, safe)  # it was heard: its check-in runs anew
    incident = room.incident(unit.incident_id) if unit.incident_id else None
    room.record("EmergencyCleared", incident=incident, unit=safe, reason=room.keep(command.reason))
    return about_unit(safe, incident)


def backup(room: Room, command: CallBackup) -> Outcome:
    """Ask another agency to come to a unit, with a clock of its own."""
    unit = room.unit(command.unit)
    if unit.incident_id is None:
        because = f"{unit.call_sign} is on no incident: nobody knows where to send backup"
        raise Refused(because)
    if command.agency not in AGENCY_NAMES or command.agency == TEAM:
        because = f"{command.agency} is not an agency to call: {_CALLED}"
        raise Refused(because)
    before = room.incident(unit.incident_id)
    check_unarmed(room, before, command.agency)
    offer(
        room,
        before,
        command.agency,
        basis=Basis.BACKUP,
        unit=unit,
        urgent=command.urgent,
    )
    settle(room, before, before)
    return about_unit(unit, before, agency=command.agency)


def caution(room: Room, command: AddCaution) -> Outcome:
    """Warn about a place or a number; it shows before anyone is sent there."""
    if not about_key(command.about) or not command.text.strip():
        because = "say which place or number, a comma, and the warning"
        raise Refused(because)
    about, text = room.keep(command.about), room.keep(command.text)
    row = Caution(
        id=CautionId(new_id()),
        about=about,  # type: ignore[arg-type]
        text=text,  # type: ignore[arg-type]
        author=room.by,
        at=room.at,
        until=command.until,
    )
    room.put(row)
    room.record("CautionAdded", caution=row.id)
    return Outcome(seq=None, id=row.id)
